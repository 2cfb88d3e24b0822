"""Names of people who are not in the case: found to be looked at, replaced where the parent says so."""

from __future__ import annotations

import pytest
from packetbook import KIT, WORDS, complete_book

from iepjournal.core.names import renamed, strange_names
from iepjournal.core.records import Alias

CASE = complete_book().case


def found(text: str) -> tuple[str, ...]:
    return strange_names([text], CASE, KIT, WORDS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She sat with Liam today.", ("Liam",)),
        ("Mrs. Otto's daughter told Maya.", ("Mrs. Otto",)),
        ("José Peña and Ann-Marie were there.", ("José Peña", "Ann-Marie")),
        ("Today Coach Ray said so. Coach Ray again.", ("Coach Ray",)),
        ("Ms. Hill and Maya Bell, at Oak Ridge, on Tuesday in March.", ()),
        ("Nobody came. The aide was out. I asked Dr. Lott about the IEP.", ()),
        ("Speech was late. Therapy and speech therapy ended.", ()),
        ("Lunch was late, and then lunch again.", ()),
        ("There is no hope, she told Hope.", ("Hope",)),
    ],
)
def test_only_names_that_nobody_in_the_case_has_are_found(text: str, names: tuple[str, ...]) -> None:
    assert found(text) == names


def test_a_name_is_replaced_as_a_whole_word_and_the_longer_one_first() -> None:
    names = (Alias(name="Liam", becomes="Student B"), Alias(name="Liam Ott", becomes="Student C"), Alias(name="Ann"))
    assert renamed("Liam Ott, Liam and William; Ann.", names) == "Student C, Student B and William; Ann."


def test_what_stands_in_place_of_a_name_is_taken_as_it_was_typed() -> None:
    assert renamed("Liam left.", (Alias(name="Liam", becomes=r"S\1"),)) == r"S\1 left."
