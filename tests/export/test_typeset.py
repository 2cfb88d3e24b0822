from __future__ import annotations

from itertools import pairwise

import pytest
from typesetting import FRAME, prose, set_on_pages

from iepjournal.export.blocks import Run, Table
from iepjournal.export.fonts import fira, normalized, pieces, spectral
from iepjournal.export.pagination import paginate
from iepjournal.export.typeset import SIZE, boxes, width_of


def test_no_line_leaves_its_frame_and_each_is_as_full_as_it_can_be() -> None:
    lines = [line for page in set_on_pages(prose(400)).pages for line in page.lines]
    for line, following in pairwise(lines):
        assert width_of(line) <= FRAME.width
        next_word = following.text.split()[0]
        (piece,) = pieces(next_word, "")
        assert width_of(line) + (piece.width + spectral("").widths[32]) * SIZE > FRAME.width


def test_a_word_wider_than_the_page_is_cut_between_letters() -> None:
    layout = set_on_pages("x" * 400)
    assert "".join(line.text for line in layout.pages[0].lines) == "x" * 400
    assert all(width_of(line) <= FRAME.width for line in layout.pages[0].lines)


def test_lines_break_where_they_were_broken() -> None:
    layout = set_on_pages("12 Elm Street\nJackson, MS 39201")
    assert [line.text for line in layout.pages[0].lines] == ["12 Elm Street", "Jackson, MS 39201"]


def test_styles_that_touch_stay_one_word() -> None:
    layout = set_on_pages(prose(13) + " *very*long**est**, " + prose(20))
    spans = [span for line in layout.pages[0].lines for span in line.spans]
    assert [(span.text.strip(), span.face.style) for span in spans][1:4] == [
        ("very", "I"), ("long", ""), ("est", "B"),
    ]  # fmt: skip
    assert [span.x + span.width for span in spans[1:3]] == pytest.approx([span.x for span in spans[2:4]])


def test_columns_to_write_in_share_the_room_that_is_left() -> None:
    rows = tuple(((), (Run("Mon"),), ()) for _ in range(3))
    table = Table(header=((Run("A"),), (Run("B"),), (Run("C"),)), rows=rows, aligned=("left",) * 3)
    (page,) = paginate(boxes([table], FRAME.width), lambda number: FRAME).pages
    header = page.lines[0].spans
    assert header[1].x - header[0].x > 150
    assert header[2].x - header[1].x < 60


def test_the_column_with_the_most_to_read_gets_the_most_and_short_ones_stay_whole() -> None:
    texts = ["Session 21", "Sep 10, 2026", prose(60), "my child told me; nothing else shows it", "Ex. A, p. 0012"]
    header = tuple((Run(word),) for word in ("Note", "Date", "What happened", "How it is known", "Shown by"))
    rows = (tuple((Run(text),) for text in texts), ((Run("Entry 3"),), (), (Run(prose(30)),), (), ()))
    table = Table(header=header, rows=rows, aligned=("left",) * 5)
    (page,) = paginate(boxes([table], FRAME.width), lambda number: FRAME).pages
    first = next(line for line in page.lines if line.text.startswith("Session 21"))
    assert [span.text for span in first.spans][:2] == ["Session 21", "Sep 10, 2026"]
    assert first.spans[4].text == "Ex. A, p. 0012"
    at = [span.x for span in page.lines[0].spans]
    widths = [right - left for left, right in pairwise([*at, FRAME.right])]
    assert widths[2] == max(widths)
    assert widths[2] > 1.8 * widths[3] > 100


def test_a_column_is_as_narrow_as_makes_the_table_hardly_higher() -> None:
    told = "I noted a session that was not given; written 71 days later"
    for words, widest in ((4, 0.6), (60, 0.4)):
        rows = tuple(((Run("Sep 10, 2026"),), (Run(prose(words, seed)),), (Run(told),)) for seed in range(9))
        table = Table(header=((Run("Date"),), (Run("What"),), (Run("How"),)), rows=rows, aligned=("left",) * 3)
        header = next(iter(paginate(boxes([table], FRAME.width), lambda number: FRAME).pages)).lines[0].spans
        assert (FRAME.right - header[2].x) / FRAME.width < widest
        assert FRAME.right - header[2].x >= 60


def test_an_empty_row_is_high_enough_to_write_in() -> None:
    layout = set_on_pages("| Day | Min |\n|---|---|\n| | |\n| x | |\n| | |")
    heights = [low.y - high.y for high, low in pairwise(layout.pages[0].rules)]
    assert heights[0] == heights[2] > 23 > heights[1]


def test_numbers_of_a_column_end_at_the_same_place() -> None:
    layout = set_on_pages("| Day | Minutes |\n|---|--:|\n| a | 5 |\n| b | 1500 |")
    ends = {round(line.spans[-1].x + line.spans[-1].width, 6) for line in layout.pages[0].lines}
    assert len(ends) == 1


def test_cells_wider_than_the_page_are_broken_in_their_column() -> None:
    cell = tuple((Run(prose(60, seed)),) for seed in (1, 2, 3))
    table = Table(header=((Run("a"),), (Run("b"),), (Run("c"),)), rows=(cell,), aligned=("left",) * 3)
    layout = paginate(boxes([table], FRAME.width), lambda number: FRAME)
    for line in layout.pages[0].lines:
        for span, following in zip(line.spans, line.spans[1:], strict=False):
            assert span.x + span.width <= following.x
        assert line.spans[-1].x + line.spans[-1].width <= FRAME.right


def test_a_letter_with_a_mark_is_set_whole_in_the_face_that_can_place_it() -> None:
    assert [(piece.text, piece.face) for piece in pieces("chi̱ki", "")] == [
        ("ch", spectral("")), ("i̱", fira("")), ("ki", spectral("")),
    ]  # fmt: skip


def test_a_letter_written_with_a_mark_is_the_letter() -> None:
    assert [piece.face for piece in pieces(normalized("e\u0301"), "")] == [spectral("")]


def test_hyphens_and_blanks_of_other_kinds_print_as_the_usual_ones() -> None:
    assert normalized("make\u2011up 10\u202fmin re\u00adview ☑\ufe0f \u2003x\ty") == (
        "make-up 10\u00a0min review ☑  x    y"
    )


def test_no_line_ends_inside_a_citation_or_before_a_zip_code() -> None:
    for filling in range(60, 90):
        lines = [line.text for line in set_on_pages("x" * filling + " (34 CFR 300.153) MS 39999").pages[0].lines]
        assert not any(line.endswith((" (34", "MS")) for line in lines)
        assert " ".join(line.strip() for line in lines).endswith("(34 CFR 300.153) MS 39999")
