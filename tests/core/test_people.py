"""People are called as a parent would call them, and never by a name that may be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iepjournal.core.people import called, known_handle, new_handle, short_name
from iepjournal.core.records import Person, Strike
from iepjournal.errors import CannotUnderstand, NoSuchRecord

if TYPE_CHECKING:
    from casebook import Casebook


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ms. Dana Hill", "Ms. Hill"),
        ("Dr Ann Lott", "Dr Lott"),
        ("Principal James Reed", "Principal Reed"),
        ("Ms. Hill", "Ms. Hill"),
        ("Dana Hill", "Dana Hill"),
        ("Ms. María García López", "Ms. María García López"),
        ("Mr. Reed Jr.", "Mr. Reed Jr."),
        ("Ana Lucía Peña", "Ana Lucía Peña"),
        ("", ""),
    ],
)
def test_a_name_is_shortened_only_where_that_cannot_be_wrong(name: str, short: str) -> None:
    assert short_name(Person(handle="x", name=name)) == short


def test_somebody_taken_off_the_list_keeps_her_name_in_old_entries(book: Casebook) -> None:
    book.write(Strike(of=book.case.people["hill"].root, why="resigned"))

    assert called("hill", book.case) == "Ms. Hill"


def test_a_handle_stands_for_somebody_without_a_name(book: Casebook) -> None:
    book.write(Person(handle="cole"))

    assert called("cole", book.case) == "@cole"
    assert called("nobody", book.case) == "@nobody"


@pytest.mark.parametrize("typed", ["hill", "@hill", " @Hill "])
def test_a_handle_may_be_typed_with_its_mark_and_capitals(book: Casebook, typed: str) -> None:
    assert known_handle(typed, book.case) == "hill"


def test_an_unknown_handle_says_how_to_add_it(book: Casebook) -> None:
    with pytest.raises(NoSuchRecord, match="iepjournal people add cole"):
        known_handle("@Cole", book.case)


@pytest.mark.parametrize(
    ("typed", "handle"), [("@Hill", "hill"), (" ms-hill_2 ", "ms-hill_2"), ("%OT", "ot"), ("peña", "peña")]
)
def test_a_new_handle_is_one_that_can_be_typed_behind_its_mark(typed: str, handle: str) -> None:
    assert new_handle(typed) == handle


@pytest.mark.parametrize("typed", ["", "@", "ms. hill", "12", "hill-", "-hill", "none", "a@b"])
def test_a_handle_that_a_mark_could_not_name_is_refused(typed: str) -> None:
    with pytest.raises(CannotUnderstand, match="is not a handle"):
        new_handle(typed)
