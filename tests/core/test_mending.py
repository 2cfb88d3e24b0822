"""What is accepted of a finding is put where it belongs, and nothing else of the text changes."""

from __future__ import annotations

from datetime import date

import pytest

from iepjournal import library
from iepjournal.core.findings import Finding
from iepjournal.core.mending import blank_labels, mended, next_blank, sentence_around, with_blank_filled
from iepjournal.core.records import Figure, Letter

CONCERN = library.template("implementation-concern")
TEXT = "Dear Dr. Lott:\n\nOf 900 minutes 330 were not given.\n\nSincerely,\n\nRenee Bell"
LETTER = Letter(
    template=CONCERN.name,
    dated=date(2026, 11, 24),
    text=TEXT,
    figures=(Figure(name="speech.missed", value="330", records=("a",)),),
)
SENTENCE = Finding(level="warn", where="meeting", message="It does not say: a meeting.", suggestion="I ask for one.")
FIGURE = Finding(level="warn", where="moved", message="330, now 360", suggestion="360", key="moved: speech.missed: 360")


def test_a_sentence_stands_before_the_closing() -> None:
    found = mended(TEXT, SENTENCE, LETTER, CONCERN)
    assert found is not None
    assert found.text == TEXT.replace("Sincerely,", "I ask for one.\n\nSincerely,")
    assert found.text[found.start : found.end] == "I ask for one."


@pytest.mark.parametrize("text", ["Dear Dr. Lott: please call.", ""])
def test_without_a_closing_it_stands_at_the_end(text: str) -> None:
    found = mended(text, SENTENCE, LETTER, CONCERN)
    assert found is not None
    assert found.text.endswith("I ask for one.")
    assert found.text.startswith(text)
    assert found.text[found.start : found.end] == "I ask for one."


def test_a_figure_that_moved_takes_the_place_of_the_old_one_alone() -> None:
    found = mended(TEXT, FIGURE, LETTER, CONCERN)
    assert found is not None
    assert found.text == TEXT.replace("330", "360")
    assert found.text[found.start : found.end] == "360"


def test_a_figure_the_text_no_longer_says_is_put_nowhere() -> None:
    assert mended(TEXT.replace("330", "1330"), FIGURE, LETTER, CONCERN) is None


def test_advice_is_never_put_into_a_letter() -> None:
    advice = Finding(level="warn", where="addressee", message="Nobody is it.", suggestion="Add the person")
    assert mended(TEXT, advice, LETTER, CONCERN) is None


def test_the_next_blank_is_the_first_from_a_place_on() -> None:
    text = "On [ day ] with [ name ]."
    assert next_blank(text, 0) == (3, 10)
    assert next_blank(text, 4) == (16, 24)
    assert next_blank(text, 17) is None


BLANK = LETTER.replace(
    title="What was said on [ day ]",
    text="Dear Dr. Lott:\n\nThank you. On [ day ] I asked [ whom ] for a plan. I wait since [ day ].",
)


def test_a_blank_is_asked_for_once_with_the_sentence_it_stands_in() -> None:
    assert blank_labels(BLANK) == ("day", "whom")
    words = library.words()
    assert sentence_around(BLANK, "day", words) == "On ____ I asked [ whom ] for a plan."
    assert sentence_around(BLANK, "whom", words) == "On [ day ] I asked ____ for a plan."
    assert sentence_around(BLANK.replace(text=""), "day", words) == "What was said on ____"
    assert sentence_around(BLANK.replace(text="| [ sum ] |"), "sum", words) == ""


def test_what_is_typed_stands_in_every_blank_of_that_name_as_it_was_typed() -> None:
    filled = with_blank_filled(BLANK, "day", "*Monday* | 9")
    assert filled.title == "What was said on *Monday* | 9"
    assert filled.text.count("\\*Monday\\* \\| 9") == 2
    assert blank_labels(filled) == ("whom",)
