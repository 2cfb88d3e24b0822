"""Entries are found again by what they say, who said it, when and about what; what was struck only when asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iepjournal.core.records import Strike
from iepjournal.core.search import Wanted, select, timeline
from iepjournal.errors import CannotUnderstand

if TYPE_CHECKING:
    from casebook import Casebook

    from iepjournal.core.case import Case


def found(case: Case, **wanted: object) -> list[int | None]:
    return [entry.no for entry in select(case, Wanted(**wanted))]


@pytest.mark.parametrize(
    ("wanted", "nos"),
    [
        ({}, [3, 1, 2, 4]),
        ({"since": date(2026, 11, 20)}, [1, 2, 4]),
        ({"until": date(2026, 11, 20)}, [3, 1]),
        ({"since": date(2026, 11, 20), "until": date(2026, 11, 20)}, [1]),
        ({"type": "call"}, [1]),
        ({"type": "Obs"}, [2]),
        ({"service": "%speech"}, [3]),
        ({"who": "@Hill"}, [1, 4]),
        ({"tag": "#Aide"}, [2]),
        ({"text": "MAKE it"}, [1]),
        ({"text": "it make"}, [1]),
        ({"text": "dana"}, [1, 4]),
        ({"text": "therapy"}, [3]),
        ({"text": "aide 10:15"}, [2]),
        ({"text": "straße"}, [4]),
        ({"text": "STRASSE"}, [4]),
        ({"text": "absent everywhere"}, []),
        ({"who": "hill", "text": "car"}, [4]),
    ],
)
def test_entries_are_found(case: Case, wanted: dict[str, object], nos: list[int]) -> None:
    """11/20 @hill !call she said "we will make it up"
    11/23 !observed no adult in the room at 10:15 #aide
    11/10: no session %speech
    @hill her car was in Hauptstraße
    """
    assert found(case, **wanted) == nos


def test_a_story_is_told_in_the_order_things_happened(case: Case) -> None:
    """11/20 4p: third
    11/20 3:10p: second
    11/20: first, its time not known
    11/19 5p: before all
    """
    assert [entry.text for entry in timeline(case.entries)] == [
        "before all",
        "first, its time not known",
        "second",
        "third",
    ]


def test_what_was_struck_is_found_only_when_asked_for(book: Casebook) -> None:
    struck, _ = book.log("no speech, twice", "no speech")
    book.write(Strike(of=struck.root, why="double"))

    assert found(book.case, text="no speech") == [2]
    assert found(book.case, text="no speech", struck=True) == [1, 2]


def test_an_unclear_type_is_asked_back(book: Casebook) -> None:
    with pytest.raises(CannotUnderstand, match="email-in or email-out"):
        found(book.case, type="email")
