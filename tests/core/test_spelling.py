"""Doubts about spelling over a word list of the test's own: few, each with its place, and none about names."""

from __future__ import annotations

import pytest
from casebook import TODAY, Casebook

from iepjournal import library
from iepjournal.core.mending import corrected
from iepjournal.core.records import Entry, Letter, Person
from iepjournal.core.spelling import Doubt, doubts, known_words

WORDS, SPANISH = library.words(), library.words("es")


class Listed(dict[str, tuple[str, ...]]):
    """Words, and for each wrong one the words near it."""

    def __contains__(self, word: object) -> bool:
        return super().get(str(word)) == ()

    def near(self, word: str) -> tuple[str, ...]:
        return self.get(word, ())


def listed(text: str, **near: tuple[str, ...]) -> Listed:
    return Listed({**dict.fromkeys(text.split(), ()), **near})


ENGLISH = listed(
    "the speech therapist did not come to school and we are sorry that's child children read with thank you for",
    therpist=("therapist",), scool=("school", "scoop", "stool", "spool"), teh=("the",), chidl=("child",),
)  # fmt: skip
LISTS = {"en-US": ENGLISH}


def found(text: str, known: frozenset[str] = frozenset()) -> list[str]:
    return [doubt.word for doubt in doubts(text, WORDS, LISTS, known)]


def test_a_doubt_has_its_place_and_at_most_three_corrections() -> None:
    text = "The child did not come.\n\nThe **therpist** and the scool, the scool."
    first, second = doubts(text, WORDS, LISTS)
    assert (first.word, first.line, first.corrections) == ("therpist", 3, ("therapist",))
    assert text[first.start : first.end] == "therpist"
    assert second.corrections == ("school", "scoop", "stool")
    mended = corrected(text, first, "therapist")
    assert mended.text == text.replace("therpist", "therapist")
    assert mended.text[mended.start : mended.end] == "therapist"


@pytest.mark.parametrize(
    "text",
    [
        "We thank Whitfield and the Orton Gillingham school.",
        "The IEPs and the FAPE of the SLPs, McDonald.",
        "The “teh scool” and the child's therapist’s school. That’s for you.",
        "The [ nam of teh scool ] and r@exmaple.com, https://scool.example, B2b.",
        "> teh scool",
        "Chim achukma, chi hullo li, yakoke, the halito chim achukma",
        "ok we",
    ],
)
def test_names_quotes_blanks_addresses_and_other_languages_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_capital_at_the_start_of_a_sentence_makes_no_name_of_a_word_that_is_nearly_known() -> None:
    assert [one.corrections for one in doubts("Teh child. Whitfield did.\n- Chidl did", WORDS, LISTS)] == [
        ("The",), ("Child",),
    ]  # fmt: skip
    assert [one.corrections for one in doubts("the chidl’s school", WORDS, LISTS)] == [("child’s",)]


def test_the_names_of_the_case_and_what_the_parent_let_stand_are_right(book: Casebook) -> None:
    text = "the whitfield school and millbrook school and the therpist and reedley"
    assert found(text) == ["whitfield", "millbrook", "therpist", "reedley"]
    book.write(Person(handle="w", name="Ms. Whitfield"))
    book.write(Entry(happened_on=TODAY, text="We went to Reedley."))
    book.write(Letter(template="x", dated=TODAY, allowed=("spelling: therpist", "motive: lazy")))
    assert found(text, known_words(book.case, WORDS)) == []


def test_each_language_is_looked_at_with_its_own_list() -> None:
    lists = {**LISTS, "es-US": listed("la terapia de mi hija no se dio y el que", terpia=("terapia",))}
    text = (
        "La terpia de mi hija no se dio, y el speech therapist que no.\n\n# The school\n\n"
        "The terpia and the school did not come."
    )
    assert [(one.word, one.line, one.corrections) for one in doubts(text, SPANISH, lists)] == [
        ("terpia", 1, ("terapia",))
    ], "a word is doubted once, where it stands first"
    assert doubts(text, SPANISH, {}) == ()


def test_what_leads_to_an_entry_in_the_other_language_is_no_doubt(book: Casebook) -> None:
    text = "- El viernes 2 de octubre de 2026, hablé por teléfono: the child did not come to school and we are sorry."
    assert [one.word for one in doubts(text, SPANISH, LISTS, known_words(book.case, SPANISH))] == []


def test_a_doubt_is_let_stand_by_its_word() -> None:
    assert Doubt(word="Therpist", start=0, end=8, line=1).key == "spelling: therpist"
