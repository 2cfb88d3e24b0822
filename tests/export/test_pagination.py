from __future__ import annotations

from collections import Counter

import pytest
from typesetting import FRAME, prose, set_on_pages, words_on

from iepjournal.export.blocks import BREAK, Heading, Paragraph, Run, Table
from iepjournal.export.pagination import paginate
from iepjournal.export.typeset import boxes


def test_every_word_is_set_once_and_in_order() -> None:
    text = "\n\n".join(prose(90, seed) for seed in range(60))
    assert words_on(set_on_pages(text)) == text.split()


def test_no_single_line_of_a_paragraph_is_left_on_a_page() -> None:
    for length in range(40, 75):
        paragraphs = (" ".join([f"paragraph{number}"] * length) for number in range(12))
        for page in set_on_pages("\n\n".join(paragraphs)).pages:
            lines_of = Counter(line.text.split()[0] for line in page.lines)
            assert min(lines_of.values()) >= 2


def test_a_heading_stays_with_what_it_is_over() -> None:
    for paragraphs in range(8, 16):
        text = "\n\n".join(prose(40, seed) for seed in range(paragraphs)) + "\n\n## Speech\n\n" + prose(40)
        layout = set_on_pages(text, FRAME._replace(bottom=400))
        (mark,) = layout.outline
        page = layout.pages[mark.page - 1]
        at = [line.text for line in page.lines].index("Speech")
        assert len(page.lines) > at + 2


def test_a_table_repeats_its_header_on_every_page() -> None:
    rows = "\n".join(f"| Mar {n} | {n} |" for n in range(1, 90))
    layout = set_on_pages(f"| Day | Minutes |\n|---|--:|\n{rows}")
    assert len(layout.pages) > 1
    assert all(page.lines[0].text == "DayMinutes" for page in layout.pages)
    assert sum(len(page.lines) for page in layout.pages) == len(layout.pages) + 89


def test_a_small_table_stays_on_one_page() -> None:
    for lines in range(20, 44):
        layout = set_on_pages(
            "\n".join(["x"] * lines) + "\n\n| Day | Min |\n|---|--:|\n| a | 1 |\n| b | 2 |\n| c | 3 |"
        )
        assert {len([line for line in page.lines if line.text != "x"]) for page in layout.pages} <= {0, 4}


@pytest.mark.parametrize("words", [20, 120, 300, 700])
def test_few_rows_that_are_high_leave_no_page_empty(words: int) -> None:
    rows = tuple(((Run(prose(words, seed)),), (Run("x"),)) for seed in range(5))
    table = Table(header=((Run("Text"),), (Run("Note"),)), rows=rows, aligned=("left", "left"))
    text = Paragraph(runs=(Run("What is shown here."),))
    pages = paginate(boxes([text, table], FRAME.width), lambda number: FRAME).pages
    for number, page in enumerate(pages):
        texts = [line.text for line in page.lines]
        assert ("TextNote" in texts) == (len(pages) == 1 or number > 0 or texts != ["What is shown here."])
        assert len(texts) > 2
    assert words < 300 or len(pages) > 1


def test_a_row_taller_than_a_page_goes_on_over_it() -> None:
    row = ((Run(prose(2000)),), (Run("x"),))
    table = Table(header=((Run("Text"),), (Run("Note"),)), rows=(row,), aligned=("left", "left"))
    layout = paginate(boxes([table], FRAME.width), lambda number: FRAME)
    assert len(layout.pages) > 1
    assert all(line.y <= FRAME.bottom for page in layout.pages for line in page.lines)


def test_what_no_face_has_is_named_with_its_page_and_line() -> None:
    layout = set_on_pages(prose(900) + "\n\nHe said 中 and 文.")
    assert [(char, page) for char, page, _ in layout.missing()] == [("中", 2), ("文", 2)]
    assert next(layout.missing())[2] == "He said □ and □."


def test_an_empty_text_is_one_empty_page() -> None:
    layout = set_on_pages("")
    assert [page.lines for page in layout.pages] == [[]]


def test_the_outline_says_where_headings_fell() -> None:
    contents = (
        Heading(runs=(Run("First"),), level=1),
        *(Paragraph(runs=(Run("a"), Run(BREAK), Run("b"))) for _ in range(40)),
        Heading(runs=(Run("Second"),), level=2),
        Paragraph(runs=(Run("end"),)),
    )
    layout = paginate(boxes(contents, FRAME.width), lambda number: FRAME)
    assert [(mark.text, mark.level, mark.page) for mark in layout.outline] == [
        ("First", 1, 1), ("Second", 2, len(layout.pages)),
    ]  # fmt: skip
