"""What all records share: their stamp, their versions, their place in the table of kinds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iepjournal.core.codec import KIND_KEY, _Shape
from iepjournal.core.records import ENTRY_TYPES, KINDS, UNWRITTEN, Entry, Record

if TYPE_CHECKING:
    from casebook import Casebook


def test_a_new_record_is_not_stamped() -> None:
    entry = Entry(happened_on=date(2026, 11, 24))

    assert (entry.uid, entry.no, entry.recorded_at, entry.seal) == ("", None, UNWRITTEN, "")


def test_a_later_version_keeps_the_number_and_the_root_but_nothing_of_the_stamp(book: Casebook) -> None:
    first = book.write_one(Entry(happened_on=date(2026, 11, 24), text="no speach"))
    second = book.write_one(first.revised(text="no speech", why="typing error"))
    third = second.revised(text="No speech.")

    assert (third.no, third.root, third.amends) == (first.no, first.uid, first.uid)
    assert (third.uid, third.command, third.prev, third.seal, third.why) == ("", "", "", "", "")
    assert third.text == "No speech."


def test_every_record_class_is_in_the_table_under_its_own_name() -> None:
    classes = set(Record.__subclasses__())

    assert set(KINDS.values()) == classes
    assert all(kind == KINDS[kind].KIND for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.KIND)
def test_every_field_of_a_record_says_its_type_plainly(kind: type[Record]) -> None:
    """The codec reads annotations as text; one it cannot read would fail only when such a record is loaded."""
    assert {name for name, _ in _Shape(kind, kind.FIELDS).readers} <= set(kind.FIELDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.KIND)
def test_no_field_hides_what_a_stored_record_is(kind: type[Record]) -> None:
    """An aide's `kind` once took the place of "service" in the stored object, and the service was lost on reading."""
    assert KIND_KEY not in kind.FIELDS


def test_entry_types_are_those_the_journal_knows() -> None:
    assert len(set(ENTRY_TYPES)) == len(ENTRY_TYPES) == 15
