"""A run of days answered at once: what is known is answered, what is not stays open."""

from __future__ import annotations

from datetime import date

import pytest
from casebook import Casebook, book_of

from iepjournal.core.away import Away, away, in_words, touched_by_closure
from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.records import Calendar, Service, Span
from iepjournal.core.services import services
from iepjournal.core.sessions import recorded
from iepjournal.errors import CannotUnderstand, NotAllowed

START = date(2026, 8, 10)
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 11, day) for day in (9, 10, 11, 13))
NEXT_MONDAY, NEXT_WEDNESDAY, TODAY = date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 20)


@pytest.fixture
def term() -> Casebook:
    """Speech by the week, OT on Tuesdays, an aide each day, counseling by the month, PT in 3 of 4 weeks."""
    return book_of(
        [
            Service(handle="speech", minutes=30, times=2, start=START),
            Service(handle="ot", minutes=20, times=1, days=("tue",), start=START),
            Service(handle="aide", kind="aide", per="day", start=START),
            Service(handle="counsel", minutes=30, times=2, per="month", start=START),
            Service(handle="pt", minutes=30, times=1, weeks=(3, 4), start=START),
            Calendar(
                first_day=date(2026, 8, 6),
                last_day=date(2027, 5, 25),
                closed=(Span(first=WEDNESDAY, last=WEDNESDAY, why="Ice"),),
            ),
        ]
    )


def out(term: Casebook, first: date, last: date, *handles: str) -> Away:
    calendar = SchoolCalendar.of(term.case)
    return away(term.case, calendar, first, last, TODAY, reason="provider-absent", how="staff-told", services=handles)


def test_days_are_answered_one_by_one_and_a_week_when_all_of_it_lies_inside(term: Casebook) -> None:
    found = out(term, MONDAY, NEXT_WEDNESDAY)
    assert [(one.service, one.on.day) for one in found.sessions] == [
        ("speech", 9), ("speech", 10), ("aide", 9), ("ot", 10), ("aide", 10), ("aide", 12), ("aide", 13),
        ("aide", 16), ("ot", 17), ("aide", 17), ("aide", 18),
    ]  # fmt: skip
    assert {(one.result, one.reason, one.how) for one in found.sessions} == {
        ("missed", "provider-absent", "staff-told")
    }
    assert [(one.service.handle, one.period.first.day) for one in found.left_open] == [
        ("counsel", 1), ("pt", 9), ("speech", 16), ("pt", 16),
    ]  # fmt: skip


def test_it_says_how_many_of_what_and_what_it_leaves_open(term: Casebook) -> None:
    assert in_words(out(term, MONDAY, FRIDAY, "speech", "ot"), TODAY) == "3 sessions of 2 services (speech 2, ot 1)."
    assert in_words(out(term, MONDAY, TUESDAY, "speech", "ot"), TODAY) == (
        "1 session of 1 service (ot 1). Left open, because not all of the week or month lies in those days: "
        "speech from Mon Nov 9."
    )
    with pytest.raises(NotAllowed, match="Nothing waits"):
        in_words(out(term, WEDNESDAY, WEDNESDAY), TODAY)


def test_what_was_answered_stays_and_is_never_answered_twice(term: Casebook) -> None:
    def answer(service: str, result: str, on: date) -> None:
        term.write(recorded(term.case, service, result, on=on, today=TODAY))

    answer("speech", "given", TUESDAY)
    answer("ot", "unknown", TUESDAY)
    found = out(term, MONDAY, FRIDAY, "speech", "ot")
    assert [(one.service, one.on.day, bool(one.amends)) for one in found.sessions] == [
        ("speech", 9, False),
        ("ot", 10, True),
    ]
    term.write(*found.sessions)
    assert not out(term, MONDAY, FRIDAY, "speech", "ot").sessions


def test_the_figures_count_no_more_as_missed_than_was_said(term: Casebook) -> None:
    term.write(*out(term, MONDAY, NEXT_MONDAY, "speech").sessions)
    (speech,) = services(term.case, as_of=TODAY, since=MONDAY).only("speech").counts
    assert (speech.as_written.due, speech.as_written.missed, speech.as_written.unknown) == (120, 60, 60)


def test_two_sessions_a_day_are_two_answers() -> None:
    book = book_of([Service(handle="ot", minutes=20, times=4, days=("tue", "thu"), start=START)])
    found = out(book, TUESDAY, TUESDAY)
    assert [(one.on, one.extra) for one in found.sessions] == [(TUESDAY, False), (TUESDAY, True)]


@pytest.mark.parametrize(("first", "last"), [(FRIDAY, MONDAY), (MONDAY, date(2026, 11, 21)), (date(2025, 1, 1), TODAY)])
def test_days_that_cannot_be_are_refused(term: Casebook, first: date, last: date) -> None:
    with pytest.raises(CannotUnderstand):
        out(term, first, last)


def test_a_closure_says_how_much_of_the_log_it_is_about(term: Casebook) -> None:
    term.write(recorded(term.case, "aide", "given", on=FRIDAY, today=TODAY))
    calendar = SchoolCalendar.of(term.case)
    assert touched_by_closure(term.case, calendar, TUESDAY, FRIDAY) == (
        "3 school days fewer. 4 sessions of 2 services fell on them. The careful count gets shorter for speech, "
        "counsel, pt. 1 answer of those days stay as written."
    )
    assert touched_by_closure(term.case, calendar, WEDNESDAY, WEDNESDAY) == "No school day is touched."
