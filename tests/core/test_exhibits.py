"""Exhibits: labels, names that can be called, and what may not be one."""

from __future__ import annotations

import pytest
from casebook import TODAY
from packetbook import attached, complaint, complete_book, missed, packed

from iepjournal.core.corrections import strike
from iepjournal.core.exhibits import free_handle, label, new_exhibit
from iepjournal.core.records import Entry, Letter, Mark
from iepjournal.errors import CannotUnderstand, NotAllowed


def test_labels_go_on_after_z() -> None:
    assert [label(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("title", "handle"),
    [
        ("SLP Log (Sept).pdf", "slp-log-sept"),
        ("Nuñez — reply.eml", "nunez-reply"),
        ("言語.pdf", "exhibit"),
        ("a very long name of a scan of the whole report card.pdf", "a-very-long-name-of-a-sc"),
    ],
)
def test_a_file_name_becomes_a_name_that_can_be_typed(title: str, handle: str) -> None:
    assert free_handle(title, ()) == handle


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_handle("log.pdf", {"log", "log-2"}) == "log-3"


def test_labels_follow_the_order_of_first_mention() -> None:
    book = complete_book()
    (first,) = book.log("9/10 !missed %speech No speech today.")
    (second,) = book.log("9/15 !missed %speech None again.")
    attached(book, second, "second.pdf")
    attached(book, first, "first.pdf")
    attached(book, first, "third.pdf")
    missed(book, "2026-09-17")
    made = packed(book)
    assert [one.exhibit.handle for one in made.exhibits] == ["first", "third", "second"]
    book.write(
        made.packet.revised(effect="As [[ex:third]] shows."), made.claims[0].claim.revised(text="See [[ex:second]].")
    )
    again = complaint(book)
    assert [(one.label, one.exhibit.handle) for one in again.exhibits] == [
        ("A", "second"), ("B", "first"), ("C", "third"),
    ]  # fmt: skip


def test_an_exhibit_that_nothing_mentions_comes_last() -> None:
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech No speech today.")
    missed(book, "2026-09-15")
    other = attached(book, book.case.profile, "other.pdf")
    attached(book, entry, "log.pdf")
    packed(book)
    book.write(new_exhibit(book.case, other, handle="Other-1", title="Something else"))
    assert [(one.label, one.title) for one in complaint(book).exhibits] == [("A", "log.pdf"), ("B", "Something else")]


def test_a_struck_file_takes_its_exhibit_out() -> None:
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech No speech today.")
    missed(book, "2026-09-15")
    file = attached(book, entry, "log.pdf")
    packed(book)
    book.write(strike(book.case, file, "wrong file"))
    assert complaint(book).exhibits == ()


def test_a_draft_a_note_and_a_file_of_a_private_entry_are_no_exhibits() -> None:
    book = complete_book()
    draft = book.write_one(Letter(template="records-request", dated=TODAY, text="Please."))
    (note,) = book.log("9/10 No speech today.")
    secret = book.write_one(Entry(happened_on=TODAY, text="Tired.", private=True))
    diary = attached(book, secret, "diary.pdf")
    for record in (draft, note, diary):
        with pytest.raises(NotAllowed):
            new_exhibit(book.case, record)


def test_a_sent_letter_is_an_exhibit_by_the_hash_it_was_sent_with() -> None:
    book = complete_book()
    letter = book.write_one(Letter(template="records-request", title="Records", dated=TODAY, text="Please."))
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="e-mail", sha256="b" * 64))
    missed(book, "2026-09-15")
    (one,) = packed(book).exhibits
    assert (one.title, one.sha256, one.name) == ("Records", "b" * 64, f"letter-{letter.no}.pdf")


def test_a_name_that_cannot_be_called_is_refused() -> None:
    book = complete_book()
    (entry,) = book.log("9/10 No speech today.")
    file = attached(book, entry)
    with pytest.raises(CannotUnderstand):
        new_exhibit(book.case, file, handle="my log]]")
