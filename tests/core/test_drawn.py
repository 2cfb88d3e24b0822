"""A session drawn from an entry follows it, or is left as it is: never silently."""

from __future__ import annotations

from datetime import date

import pytest
from casebook import NOW, TODAY, Casebook, book_of

from iepjournal.core.corrections import amended, newest_command, strike, undo
from iepjournal.core.drawn import after_change, after_strike
from iepjournal.core.records import Entry, Session
from iepjournal.core.sessions import recorded, with_sessions

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def book() -> Casebook:
    return book_of()


def told(book: Casebook, on: date = MONDAY, service: str = "speech") -> Entry:
    """An entry that says a session was missed, and its session."""
    entry = Entry(happened_on=on, type="missed", service=service, text="No speech", raw="No speech")
    book.write(*(record for record, _ in with_sessions([entry], book.case, TODAY, lambda: "entry-uid")))
    return book.case.entries[-1]


def test_a_struck_entry_takes_its_session_along_and_one_undo_brings_both_back(book: Casebook) -> None:
    entry = told(book)
    follows = after_strike(book.case, entry, "double entry", TODAY)
    assert (
        follows.words
        == f"Session {entry.no + 1 if entry.no else 0} (Speech therapy, Mon Nov 23, not given) counts no more"
    )
    book.write(strike(book.case, entry, "double entry"), *follows.records)
    assert (book.case.entries, book.case.sessions) == ((), ())
    book.write(undo(newest_command(book.case, "renee")))
    assert len(book.case.entries) == len(book.case.sessions) == 1


def test_an_answer_from_before_the_entry_stands_again(book: Casebook) -> None:
    book.write(recorded(book.case, "speech", "given", on=MONDAY, today=TODAY))
    entry = told(book)
    follows = after_strike(book.case, entry, "wrong child", TODAY)
    assert follows.words.endswith("is again as it was before: given")
    book.write(strike(book.case, entry, "wrong child"), *follows.records)
    (session,) = book.case.sessions
    assert (session.result, session.entry) == ("given", "")


def test_an_entry_on_another_day_moves_its_session(book: Casebook) -> None:
    entry = told(book)
    after = entry.replace(happened_on=TUESDAY)
    follows = after_change(book.case, entry, after, "wrong day", TODAY)
    assert follows.words.endswith("moves to Tue Nov 24")
    book.write(amended(book.case, entry, {"happened_on": TUESDAY}, "wrong day"), *follows.records)
    (session,) = book.case.sessions
    assert (session.on, session.no, session.why) == (TUESDAY, (entry.no or 0) + 1, "wrong day")


def test_where_the_new_day_has_an_answer_the_session_is_taken_off_and_that_is_said(book: Casebook) -> None:
    book.write(recorded(book.case, "speech", "missed", on=TUESDAY, today=TODAY))
    entry = told(book)
    follows = after_change(book.case, entry, entry.replace(happened_on=TUESDAY), "wrong day", TODAY)
    assert "counts no more; Tue Nov 24 has an answer, session" in follows.words
    book.write(*follows.records)
    assert [session.on for session in book.case.sessions] == [TUESDAY]


def test_a_day_on_which_there_is_no_service_takes_it_off(book: Casebook) -> None:
    entry = told(book)
    follows = after_change(book.case, entry, entry.replace(happened_on=date(2026, 5, 20)), "wrong day", TODAY)
    assert follows.words.endswith("it cannot count on Wed May 20")


@pytest.mark.parametrize("change", [{"type": "note"}, {"service": "ot"}, {"service": ""}, {"about": "week"}])
def test_an_entry_that_tells_of_it_no_more_takes_it_off(book: Casebook, change: dict[str, str]) -> None:
    entry = told(book)
    follows = after_change(book.case, entry, entry.replace(**change), "misread", TODAY)
    book.write(*follows.records)
    assert not book.case.sessions


def test_other_corrections_and_other_entries_touch_no_session(book: Casebook) -> None:
    entry = told(book)
    book.write(Session(service="speech", on=TUESDAY, result="missed"))
    plain = book.log("a call @hill")[0]
    assert not after_change(book.case, entry, entry.replace(text="No speech at all"), "more exact", TODAY).records
    assert not after_strike(book.case, plain, "double entry", NOW.date()).records
