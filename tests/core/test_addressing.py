"""Somebody is put on a letter, or taken off it, and nobody else on it moves; the greeting follows when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from casebook import FAMILY, TODAY, case_of

from iepjournal import library
from iepjournal.core.addressing import Greeting, addressed, greeting, placed
from iepjournal.core.records import Letter, Person

if TYPE_CHECKING:
    from iepjournal.core.addressing import Addressed

CASE = case_of(*FAMILY, Person(handle="board", role="School Board"))
CONCERN = library.template("implementation-concern")
WORDS = library.words()
LOTT = "Dr. Ann Lott\nSpecial Education Director\nMillbrook School District"
OFFICE = "Office of Special Education\nJackson, MS 39201"
LETTER = Letter(
    template=CONCERN.name,
    dated=TODAY,
    to=(LOTT, OFFICE),
    cc=("Mr. James Reed, Principal",),
    text="**Re: Maya**\n\nDear Dr. Lott:\n\nPlease answer.\n\nSincerely,\n\nRenee Bell",
)


def one(words: str, letter: Letter = LETTER) -> Addressed:
    return next(found for found in addressed(letter, CASE) if words in found.lines)


def test_everybody_on_the_letter_comes_before_the_other_people_of_the_case() -> None:
    assert [(found.place, found.person.handle if found.person else "") for found in addressed(LETTER, CASE)] == [
        ("to", "lott"), ("to", ""), ("cc", "reed"), ("", "hill"), ("", "board"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "place", "to", "cc"),
    [
        ("Hill", "to", (LOTT, OFFICE, "Ms. Dana Hill\nSpeech-Language Pathologist\nOak Ridge Elementary School"),
         LETTER.cc),
        ("Hill", "cc", LETTER.to, (*LETTER.cc, "Ms. Dana Hill, Speech-Language Pathologist")),
        ("Lott", "", (OFFICE,), LETTER.cc),
        ("Lott", "cc", (OFFICE,), (*LETTER.cc, "Dr. Ann Lott, Special Education Director")),
        ("Office of", "cc", (LOTT,), (*LETTER.cc, "Office of Special Education, Jackson, MS 39201")),
        ("Reed", "", LETTER.to, ()),
        ("School Board", "to", (LOTT, OFFICE, "School Board\nOak Ridge Elementary School"), LETTER.cc),
    ],
)  # fmt: skip
def test_one_changes_place_and_the_others_stay(who: str, place: str, to: tuple[str, ...], cc: tuple[str, ...]) -> None:
    found = placed(LETTER, CASE, one(who), place)  # type: ignore[arg-type]
    assert (found.to, found.cc) == (to, cc)
    assert found.text == LETTER.text


def test_a_greeting_that_fits_is_left_alone() -> None:
    assert greeting(LETTER.replace(to=(LOTT,)), CASE, CONCERN, WORDS) is None


def test_the_greeting_names_whom_the_letter_goes_to_now() -> None:
    letter = placed(LETTER.replace(to=(LOTT,)), CASE, one("Hill"), "to")
    assert greeting(letter, CASE, CONCERN, WORDS) == Greeting(now="Dear Dr. Lott:", then="Dear Dr. Lott and Ms. Hill:")
    assert greeting(letter.replace(text="Hello!\n\nPlease answer."), CASE, CONCERN, WORDS) is None


def test_a_greeting_in_spanish_is_the_line_before_its_colon() -> None:
    letter = LETTER.replace(to=(LOTT,), text="**Asunto: Maya**\n\nMs. Hill:\n\nLe escribo.")
    found = greeting(letter, CASE, library.template("implementation-concern.es"), library.words("es"))
    assert found == Greeting(now="Ms. Hill:", then="Dr. Lott:")
