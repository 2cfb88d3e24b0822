from __future__ import annotations

from datetime import date

import pytest

from iepjournal.core.calendar_events import Event, corrected, meaning_of, with_events
from iepjournal.core.records import Calendar, Period, Span
from iepjournal.errors import NotAllowed

FIRST, LAST = date(2026, 8, 6), date(2027, 5, 25)
TERM = Calendar(uid="c1", first_day=FIRST, last_day=LAST)


def event(title: str, first: date, last: date | None = None, kind: str = "") -> Event:
    return Event.read(title, first, last or first, kind)


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("First Day of School", "first"),
        ("Last Day of School - 60% day", "last"),
        ("Labor Day - No School", "closed"),
        ("FALL BREAK", "closed"),
        ("Early Release: Christmas Break", "early"),
        ("Staff Development / No Students", "closed"),
        ("Extended School Year begins", "esy"),
        ("PTA meeting", "skip"),
        ("End of 1st nine weeks", "skip"),
        ("", "skip"),
    ],
)
def test_a_title_is_read_for_plain_words_only(title: str, meaning: str) -> None:
    assert meaning_of(title) == meaning


def test_a_kind_that_the_file_names_wins_over_the_title() -> None:
    assert event("Labor Day parade", FIRST, kind="Skip").means == "skip"


def test_the_parent_may_choose_otherwise_by_number() -> None:
    events = corrected([event("Faculty day", FIRST), event("Break", LAST)], {1: "closed", 2: "skip"})
    assert [one.means for one in events] == ["closed", "skip"]


def test_a_line_that_is_not_there_cannot_be_chosen() -> None:
    with pytest.raises(NotAllowed, match="There is no line 3"):
        corrected([event("Break", FIRST)], {3: "closed"})


def test_a_first_calendar_needs_its_first_and_last_day() -> None:
    holiday = event("Labor Day holiday", date(2026, 9, 7))
    with pytest.raises(NotAllowed, match="first and the last day"):
        with_events([], [holiday])
    made = with_events([], [event("", FIRST, kind="first"), event("", LAST, kind="last"), holiday])
    assert (made.first_day, made.last_day, made.amends) == (FIRST, LAST, "")
    assert made.closed == (Span(first=date(2026, 9, 7), last=date(2026, 9, 7), why="Labor Day holiday"),)


def test_events_of_a_known_year_make_its_next_version() -> None:
    made = with_events([TERM], [event("Fall break", date(2026, 10, 12), date(2026, 10, 13))])
    assert made.amends == "c1"
    assert (made.first_day, made.last_day) == (FIRST, LAST)


def test_events_of_another_year_are_a_calendar_of_their_own() -> None:
    next_year = [event("", date(2027, 8, 5), kind="first"), event("", date(2028, 5, 24), kind="last")]
    assert with_events([TERM], next_year).amends == ""


def test_extended_school_year_belongs_to_the_year_before_it() -> None:
    assert with_events([TERM], [event("ESY", date(2027, 6, 7), date(2027, 6, 18))]).amends == "c1"


def test_the_same_events_twice_add_nothing() -> None:
    events = [
        event("Fall break", date(2026, 10, 12), date(2026, 10, 13)),
        event("Early release", date(2026, 12, 18)),
        event("Q1", FIRST, date(2026, 10, 9), "quarter"),
    ]
    once = with_events([TERM], events).replace(uid="c2")
    assert once.early == (date(2026, 12, 18),)
    assert once.periods == (Period(kind="quarter", name="Q1", first=FIRST, last=date(2026, 10, 9)),)
    with pytest.raises(NotAllowed, match="already"):
        with_events([once], events)


def test_two_first_days_are_refused_and_named() -> None:
    two = [event("First day of school", FIRST), event("First day of school", date(2027, 8, 5))]
    with pytest.raises(NotAllowed, match="Thu Aug 6, 2026 and Thu Aug 5, 2027"):
        with_events([TERM], two)


def test_lines_that_say_nothing_are_refused() -> None:
    with pytest.raises(NotAllowed, match="No line says anything"):
        with_events([TERM], [event("PTA meeting", FIRST)])
