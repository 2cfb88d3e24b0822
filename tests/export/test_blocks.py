from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iepjournal.core.markdown import escaped, indented
from iepjournal.export.blocks import Heading, Paragraph, Run, Table, blocks

AS_TYPED = [
    "10--12 minutes",
    "2 ** 3",
    "__init__ and _x_ and __x__",
    "~~not struck~~",
    "`ticks` and ```more```",
    "[Exhibit A]: later",
    "[Exhibit A] and [1]",
    "![alt](/etc/passwd)",
    "<img src=x> <b>not bold</b>",
    "[here](file:///etc/passwd)",
    "[here](javascript:alert(1))",
    "[here](data:image/png;base64,xxxx)",
    "AT&amp;T &copy; 5",
    "___________________",
    "Name\n====\nPlace\n----",
    "    four blanks in front",
    "#142 is an entry",
    "3/4 of the session",
    "she said -5, not +5",
]


@pytest.mark.parametrize("typed", AS_TYPED)
def test_what_is_not_markup_in_a_letter_stays_as_typed(typed: str) -> None:
    (block,) = blocks(typed)
    assert isinstance(block, Paragraph)
    assert block.text == "\n".join(line.strip() for line in typed.split("\n"))


def test_a_year_at_the_start_of_a_line_keeps_its_number_and_stop() -> None:
    (block,) = blocks("1986. That was long ago.")
    assert isinstance(block, Paragraph)
    assert (block.marker, block.text) == ("1986.", "That was long ago.")


def test_numbers_of_a_list_are_those_that_were_typed() -> None:
    found = blocks("1. one\n1. again\n\n7) seven")
    assert [block.marker for block in found if isinstance(block, Paragraph)] == ["1.", "1.", "7)"]


def test_stars_make_bold_and_italic_and_lines_break_where_they_were_broken() -> None:
    (block,) = blocks("**Re:** *Maya*\nOak ***Elementary***")
    assert block == Paragraph(
        runs=(Run("Re:", "B"), Run(" "), Run("Maya", "I"), Run("\n"), Run("Oak "), Run("Elementary", "BI"))
    )


def test_a_link_is_followed_to_http_https_and_mail_and_its_address_is_printed() -> None:
    (block,) = blocks("See [the page](https://example.org/a), <https://example.org> or [mail](mailto:a@example.org).")
    assert isinstance(block, Paragraph)
    assert block.text == ("See the page (https://example.org/a), https://example.org or mail (a@example.org).")
    assert {run.link for run in block.runs if run.link} == {
        "https://example.org/a", "https://example.org", "mailto:a@example.org"
    }  # fmt: skip


def test_items_stand_in_their_lists() -> None:
    found = blocks("- one\n  - two\n\n    more of two\n- three\n\n> quoted")
    assert [(block.depth, block.marker, block.text) for block in found if isinstance(block, Paragraph)] == [
        (1, "•", "one"), (2, "•", "two"), (2, "", "more of two"), (1, "•", "three"), (1, "", "quoted"),
    ]  # fmt: skip


def test_a_box_to_tick_takes_the_place_of_the_bullet() -> None:
    (item,) = blocks("- ☐ Read the *service* page.")
    assert isinstance(item, Paragraph)
    assert (item.marker, item.text) == ("☐", "Read the service page.")


def test_a_table_keeps_its_cells_and_sides() -> None:
    heading, table = blocks("# Minutes\n\n| Service | Due |\n|---|--:|\n| Speech | **900** |")
    assert isinstance(heading, Heading)
    assert (heading.level, heading.text) == (1, "Minutes")
    assert isinstance(table, Table)
    assert table.text == "Service Due\nSpeech 900"
    assert table.aligned == ("left", "right")


@given(st.text(alphabet=" ab1.)(-+#>*_|\\[]<x:\n`~&;\t\"'é", max_size=40))
def test_escaped_words_are_shown_unchanged(words: str) -> None:
    shown = " ".join(block.text for block in blocks(escaped(words)))
    assert shown.split() == words.split()


@given(st.text(alphabet="ab1.-+#>*|\\[]<x \n", max_size=30))
def test_escaped_and_indented_words_stay_in_one_list_item(words: str) -> None:
    found = blocks(f"- said: {indented(escaped(words))}\n- next")
    assert [block.text for block in found if isinstance(block, Paragraph) and block.marker][1:] == ["next"]
    assert " ".join(block.text for block in found).split() == ["said:", *words.split(), "next"]
