"""The chronology: the order of days, how each thing is known, and what is said about it."""

from __future__ import annotations

from datetime import date, datetime

from casebook import CENTRAL, TODAY
from packetbook import complaint, complete_book, missed, packed

from iepjournal.core.annexes import chronology, integrity
from iepjournal.core.corrections import amended
from iepjournal.core.records import Entry, Letter, Mark, Purge, Strike, Undo


def test_events_stand_in_the_order_in_which_they_happened() -> None:
    book = complete_book()
    missed(book, "2026-10-08")
    book.log("9/22 3:10p !call @reed %speech He said they look for a substitute.")
    letter = book.write_one(Letter(template="thank-you", title="Thank you", dated=TODAY, to=("Dr. Ann Lott",)))
    book.write(Mark(of=letter.root, what="sent", on=date(2026, 10, 1), by="e-mail"))
    assert [event.on.isoformat() for event in packed(book).chronology] == ["2026-09-22", "2026-10-01", "2026-10-08"]


def test_what_was_written_late_and_what_was_corrected_is_marked() -> None:
    book = complete_book()
    late = book.write_one(
        Entry(happened_on=date(2026, 9, 10), type="observed", service="speech", text="No speach."),
        at=datetime(2026, 9, 22, 9, 0, tzinfo=CENTRAL),
    )
    corrected_at = datetime(2026, 9, 23, 9, 0, tzinfo=CENTRAL)
    book.write_one(amended(book.case, late, {"text": "No speech."}, "a typing error"), at=corrected_at)
    missed(book, "2026-09-15")
    made = packed(book)
    row = next(line for line in chronology(made).splitlines() if f"Entry {late.no}" in line)
    assert "written 12 days later; corrected on Sep 23, 2026" in row
    page = integrity(made)
    assert f"- Entry {late.no}, Sep 10, 2026: written 12 days later" in page
    assert f"- Entry {late.no}, Sep 10, 2026: a typing error" in page


def test_a_note_of_the_next_day_is_not_called_late() -> None:
    book = complete_book()
    book.write_one(
        Entry(happened_on=date(2026, 9, 10), type="observed", service="speech", text="None."),
        at=datetime(2026, 9, 11, 9, 0, tzinfo=CENTRAL),
    )
    missed(book, "2026-09-15", reason="vacancy")
    assert packed(book).chronology[0].lag == ""


def test_a_day_that_is_not_exact_is_not_printed_as_exact() -> None:
    book = complete_book()
    book.write(Entry(happened_on=date(2026, 9, 10), about="about", type="observed", service="speech", text="None."))
    missed(book, "2026-09-15")
    event = packed(book).chronology[0]
    assert event.day == "about Sep 10, 2026"
    assert event.sentence.startswith("On or about Thursday, September 10, 2026, I observed: None.")


def test_the_integrity_page_counts_private_entries_without_their_words() -> None:
    book = complete_book()
    book.write(Entry(happened_on=TODAY, text="So tired.", private=True))
    missed(book, "2026-09-15")
    page = integrity(packed(book))
    assert "- Kept private by the parent and not in this packet: 1" in page
    assert "tired" not in page


def test_every_note_of_the_journal_is_counted_as_standing_struck_or_taken_back() -> None:
    book = complete_book()
    missed(book, "2026-09-15")
    _, struck, undone = book.write_one(Entry(happened_on=TODAY, text="kept")), *book.log("twice", "wrong place")
    book.write(Strike(of=struck.root, why="twice"), Undo(of=undone.command))
    page = integrity(packed(book))
    assert "- Taken out of sight with a reason: 1" in page
    assert "- Taken back by the same person after it was written: 1" in page


def test_the_integrity_page_says_what_it_does_not_prove() -> None:
    book = complete_book()
    missed(book, "2026-09-15")
    page = integrity(packed(book))
    assert "It does not prove that what was written is true" in page
    assert "nor that the newest notes were not left out" in page
    assert "- Erased for good: 0" in page
    book.write(Purge(of=99))
    assert "- Erased for good: 1" in integrity(complaint(book))


def test_words_that_would_break_a_table_stay_words() -> None:
    book = complete_book()
    book.log("9/10 !missed %speech *No* speech | none | [[entry")
    missed(book, "2026-09-15")
    row = next(line for line in chronology(packed(book)).splitlines() if "none" in line)
    assert r"\*No\* speech \| none \| [[entry" in row
