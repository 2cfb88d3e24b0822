from __future__ import annotations

from datetime import date

import pytest

from iepjournal.core.calendars import SchoolCalendar, calendar_of, checked, with_closure, without_closure
from iepjournal.core.case import Case
from iepjournal.core.records import Calendar, Period, Span
from iepjournal.errors import CannotUnderstand, NotAllowed


def day(text: str) -> date:
    return date.fromisoformat(text)


def closed(first: str, last: str = "", why: str = "") -> Span:
    return Span(first=day(first), last=day(last or first), why=why)


TERM = Calendar(
    uid="c1",
    first_day=day("2026-08-06"),
    last_day=day("2027-05-25"),
    closed=(
        closed("2026-09-07", why="Labor Day"),
        closed("2026-10-12", "2026-10-13", "Fall break"),
        closed("2026-11-23", "2026-11-27", "Thanksgiving"),
        closed("2026-12-21", "2027-01-04", "Christmas break"),
    ),
    early=(day("2026-12-18"),),
    esy=(closed("2027-06-07", "2027-06-25"),),
    periods=(
        Period(kind="quarter", name="Q1", first=day("2026-08-06"), last=day("2026-10-09")),
        Period(kind="quarter", name="Q2", first=day("2026-10-14"), last=day("2026-12-18")),
        Period(kind="semester", name="Fall", first=day("2026-08-06"), last=day("2026-12-18")),
    ),
)


def test_a_school_day_is_a_weekday_of_the_term_that_is_not_closed() -> None:
    calendar = SchoolCalendar([TERM])
    assert calendar.is_school_day(day("2026-08-06"))
    assert not calendar.is_school_day(day("2026-08-08"))
    assert not calendar.is_school_day(day("2026-09-07"))
    assert not calendar.is_school_day(day("2026-08-05"))
    assert not calendar.is_school_day(day("2027-05-26"))


def test_an_early_release_day_is_a_school_day() -> None:
    assert SchoolCalendar([TERM]).is_school_day(day("2026-12-18"))


def test_every_weekday_is_a_school_day_while_no_calendar_is_known() -> None:
    calendar = SchoolCalendar()
    assert not calendar.known
    assert calendar.is_school_day(day("2026-12-25"))
    assert not calendar.is_school_day(day("2026-12-26"))


def test_extended_school_year_is_only_for_those_who_have_it() -> None:
    calendar = SchoolCalendar([TERM])
    assert not calendar.is_school_day(day("2027-06-08"))
    assert calendar.is_school_day(day("2027-06-08"), esy=True)
    assert calendar.is_school_day(day("2027-05-25"), esy=True)


def test_a_closure_inside_extended_school_year_closes_it_but_the_break_around_it_does_not() -> None:
    break_with_esy = TERM.replace(
        esy=(closed("2026-12-28", "2026-12-30"),), closed=(*TERM.closed, closed("2026-12-29", why="Ice"))
    )
    calendar = SchoolCalendar([break_with_esy])
    assert calendar.is_school_day(day("2026-12-28"), esy=True)
    assert not calendar.is_school_day(day("2026-12-29"), esy=True)


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2026-10-13", "Fall break"),
        ("2026-10-17", "weekend"),
        ("2026-10-14", ""),
        ("2028-01-03", "outside the school calendar"),
    ],
)
def test_it_says_why_a_day_is_no_school_day(when: str, why: str) -> None:
    assert SchoolCalendar([TERM]).closed_because(day(when)) == why


def test_the_summer_between_two_known_years_is_between_school_years() -> None:
    following = TERM.replace(uid="c2", first_day=day("2027-08-05"), last_day=day("2028-05-24"), closed=(), esy=())
    calendar = SchoolCalendar([TERM, following])
    assert calendar.closed_because(day("2027-07-01")) == "between school years"
    assert [period.name for period in calendar.periods("year")] == ["2026-27", "2027-28"]


def test_where_the_calendar_ends_weekdays_count_and_are_not_covered() -> None:
    calendar = SchoolCalendar([TERM])
    assert calendar.counts_as_school_day(day("2027-05-27"))
    assert not calendar.counts_as_school_day(day("2027-05-29"))
    assert not calendar.covers(day("2027-05-27"))
    assert calendar.covers(day("2026-12-25"))


def test_a_move_in_mid_year_hands_over_to_the_new_districts_calendar_on_its_first_day() -> None:
    new_district = Calendar(
        uid="c2",
        first_day=day("2027-01-11"),
        last_day=day("2027-05-20"),
        closed=(closed("2027-02-08", "2027-02-10", "Mardi Gras"),),
        periods=(Period(kind="quarter", name="second nine weeks", first=day("2026-10-14"), last=day("2027-01-15")),),
    )
    calendar = SchoolCalendar([TERM, new_district])
    assert not calendar.is_school_day(day("2026-10-12"))
    assert not calendar.is_school_day(day("2027-02-09"))
    assert not calendar.is_school_day(day("2027-05-24"))
    (year,) = calendar.periods("year")
    assert (year.first, year.last) == (day("2026-08-06"), day("2027-05-20"))
    assert [period.name for period in calendar.periods("quarter")] == ["Q1", "second nine weeks"]


def test_a_day_between_two_periods_is_in_none() -> None:
    calendar = SchoolCalendar([TERM])
    assert calendar.period_of("quarter", day("2026-10-12")) is None
    found = calendar.period_of("semester", day("2026-10-12"))
    assert found is not None
    assert found.name == "Fall"


def test_a_closure_makes_a_new_version_in_the_order_of_the_year() -> None:
    snow = closed("2027-01-21", why="Ice")
    later = with_closure([TERM], snow)
    assert later.amends == TERM.uid
    assert later.closed[-1] == snow
    case = Case("maya", [TERM, later.replace(uid="c2")])
    assert not SchoolCalendar.of(case).is_school_day(day("2027-01-21"))


def test_a_closure_outside_the_school_year_is_refused() -> None:
    with pytest.raises(NotAllowed, match="No school calendar is known"):
        with_closure([TERM], closed("2027-07-05"))


def test_a_closure_known_already_is_refused() -> None:
    with pytest.raises(NotAllowed, match="closed already"):
        with_closure([TERM], TERM.closed[0])


def test_a_closure_belongs_to_the_year_it_falls_in() -> None:
    following = TERM.replace(uid="c2", first_day=day("2027-08-05"), last_day=day("2028-05-24"), closed=(), esy=())
    assert with_closure([TERM, following], closed("2027-09-06")).amends == "c2"
    assert calendar_of([TERM, following], day("2027-07-01"), day("2027-07-09")) is None


def test_a_closure_that_was_a_mistake_is_taken_out_again() -> None:
    reopened = without_closure([TERM], day("2026-10-13"), "it was 2025")
    assert SchoolCalendar([reopened]).is_school_day(day("2026-10-13"))
    with pytest.raises(NotAllowed, match="not closed"):
        without_closure([TERM], day("2026-10-14"), "a mistake")


@pytest.mark.parametrize(
    "wrong",
    [
        TERM.replace(last_day=day("2026-08-05")),
        TERM.replace(last_day=day("2072-05-25")),
        TERM.replace(closed=(closed("2026-10-13", "2026-10-12"),)),
        TERM.replace(periods=(TERM.periods[0].replace(kind="trimester"),)),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_with_the_reason(wrong: Calendar) -> None:
    with pytest.raises(CannotUnderstand):
        checked(wrong)
