"""The snapshot shows what stands: newest versions, without what was struck or undone, all still countable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from casebook import TODAY, Casebook

from iepjournal.core.case import Case
from iepjournal.core.records import (
    Attachment,
    Calendar,
    Child,
    Entry,
    Letter,
    Mark,
    Person,
    Profile,
    Promise,
    Purge,
    Strike,
    Undo,
)
from iepjournal.errors import NoSuchRecord

if TYPE_CHECKING:
    from collections.abc import Iterable


def entry(text: str = "No speech today") -> Entry:
    return Entry(happened_on=TODAY, text=text)


def texts(entries: Iterable[Entry]) -> list[str]:
    return [one.text for one in entries]


def test_entries_stand_in_the_order_they_were_written(book: Casebook) -> None:
    book.write(entry("first"))
    book.write(entry("second"), entry("third"))

    assert texts(book.case.entries) == ["first", "second", "third"]


def test_the_newest_version_stands_where_the_first_was_written(book: Casebook) -> None:
    first = book.write_one(entry("no speach"))
    book.write(entry("other"))
    book.write(first.revised(text="no speech", why="typing error"))

    assert texts(book.case.entries) == ["no speech", "other"]
    assert texts(book.case.versions(book.case.entries[0])) == ["no speach", "no speech"]


def test_a_struck_entry_is_out_of_sight_but_kept_with_its_reason(book: Casebook) -> None:
    first = book.write_one(entry("twice"))
    book.write(entry("stays"))
    book.write(Strike(of=first.root, why="double entry"))

    assert texts(book.case.entries) == ["stays"]
    assert texts(book.case.with_struck(Entry)) == ["twice", "stays"]
    assert book.case.struck == {first.root: "double entry"}


def test_an_undone_strike_brings_the_entry_back(book: Casebook) -> None:
    first = book.write_one(entry("back again"))
    strike = book.write_one(Strike(of=first.root, why="wrong row"))
    book.write(Undo(of=strike.command))

    assert texts(book.case.entries) == ["back again"]
    assert book.case.struck == {}


def test_an_undone_amendment_returns_to_the_text_before(book: Casebook) -> None:
    first = book.write_one(entry("as I wrote it"))
    amendment = book.write_one(first.revised(text="worse", why="hurry"))
    book.write(Undo(of=amendment.command))

    assert texts(book.case.entries) == ["as I wrote it"]
    assert texts(book.case.versions(first)) == ["as I wrote it"]
    assert book.case.numbered(str(first.no)).text == "as I wrote it"  # type: ignore[attr-defined]


def test_an_undone_entry_counts_as_struck_even_if_somebody_amended_it_meanwhile(book: Casebook) -> None:
    first = book.write_one(entry("typed by Renee"))
    book.write(first.revised(text="amended by Omar", why="typing error"), by="omar")
    book.write(Undo(of=first.command))

    assert book.case.entries == ()
    assert texts(book.case.with_struck(Entry)) == ["amended by Omar"]
    assert book.case.struck == {first.root: "undone"}


def test_undo_takes_the_whole_command(book: Casebook) -> None:
    closures = book.write(*(entry(f"closed {n}") for n in range(25)))
    book.write(entry("stays"))
    book.write(Undo(of=closures[0].command))

    assert texts(book.case.entries) == ["stays"]


def test_undoing_a_command_of_the_district_takes_back_a_closure(book: Casebook) -> None:
    year = Calendar(uid="c1", command="k1", first_day=date(2026, 8, 6), last_day=date(2027, 5, 25))
    closure = year.revised(last_day=date(2027, 5, 28)).replace(uid="c2", command="k2")

    assert Case("maya", book.records, (year, closure)).all(Calendar) == (closure,)
    assert Case("maya", book.records, (year, closure, Undo(uid="c3", of="k2"))).all(Calendar) == (year,)


def test_the_profile_is_the_newest_and_empty_until_told(book: Casebook) -> None:
    profile = book.case.profile
    book.write(profile.revised(child=Child(name="Maya Rose Bell"), why="full name"))

    assert book.case.profile.child.name == "Maya Rose Bell"
    assert book.case.profile.school.name == "Oak Ridge Elementary School"
    assert Case("new").profile == Profile()


def test_people_go_by_their_handle(book: Casebook) -> None:
    hill = book.case.people["hill"]
    book.write(hill.revised(role="Speech therapist", why="her words"))
    book.write(Strike(of=book.case.people["reed"].root, why="left the school"))

    assert {handle: person.role for handle, person in book.case.people.items()} == {
        "lott": "Special Education Director",
        "hill": "Speech therapist",
    }


def test_marks_belong_to_the_record_they_are_about(book: Casebook) -> None:
    promise = book.write_one(Promise(text="back Monday", made_on=TODAY))
    broken = book.write_one(Mark(of=promise.root, what="broken", on=TODAY))
    kept = book.write_one(Mark(of=promise.root, what="kept", on=TODAY))
    undone = book.write_one(Mark(of=promise.root, what="waived", on=TODAY))
    book.write(Undo(of=undone.command))

    assert book.case.marks(promise.root) == (broken, kept)
    assert book.case.marks("rule:other") == ()


def test_a_number_finds_the_newest_version_whatever_its_kind(book: Casebook) -> None:
    first = book.write_one(entry("no speach"))
    second = book.write_one(first.revised(text="no speech", why="typing error"))
    attached = book.write_one(Attachment(of=first.root, name="note.pdf"))

    assert (
        book.case.numbered(1)
        == book.case.numbered("#1")
        == book.case.numbered("001")
        == book.case.numbered(" 1 ", Entry)
        == second
    )
    assert book.case.numbered("2") == attached


def test_a_struck_or_undone_number_is_still_found(book: Casebook) -> None:
    first, second = book.write_one(entry("struck")), book.write_one(entry("undone"))
    book.write(Strike(of=first.root, why="double"))
    book.write(Undo(of=second.command))

    assert (book.case.numbered(1), book.case.numbered(2)) == (first, second)


def test_last_is_the_newest_of_the_kind_asked_for(book: Casebook) -> None:
    book.write(entry("older"))
    newest = book.write_one(entry("newest"))
    letter = book.write_one(Letter(template="records-request", dated=TODAY))

    assert book.case.numbered("last") == book.case.numbered("Last", Entry) == newest
    assert book.case.numbered("last", Letter) == letter
    with pytest.raises(NoSuchRecord, match="no promise last"):
        book.case.numbered("last", Promise)


@pytest.mark.parametrize("asked", ["2", "0", "-1", "", "one", "1.0", "²", "٢", "9" * 5000])
def test_a_number_that_is_not_there_is_said_plainly(book: Casebook, asked: str) -> None:
    book.write(entry())
    book.write(Purge(of=7))

    with pytest.raises(NoSuchRecord, match="There is no record"):
        book.case.numbered(asked)


def test_a_number_of_another_kind_says_what_it_is(book: Casebook) -> None:
    book.write(entry())

    with pytest.raises(NoSuchRecord, match="Number 1 is something else: entry"):
        book.case.numbered("1", Letter)


def test_a_purged_number_says_that_it_was_erased(book: Casebook) -> None:
    book.write(Purge(of=7))

    with pytest.raises(NoSuchRecord, match="erased"):
        book.case.numbered("7")


def test_the_seal_is_that_of_the_newest_record(book: Casebook) -> None:
    assert book.case.seal == book.records[-1].seal != ""
    assert Case("new").seal == ""


def test_struck_people_are_not_counted_among_the_standing(book: Casebook) -> None:
    undone = book.write_one(Person(handle="cole", name="Ms. Tia Cole"))
    book.write(Undo(of=undone.command))

    assert "cole" not in book.case.people
