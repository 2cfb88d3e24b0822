"""Days and times as a parent types them: read one way, in US order, or refused with the reason."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from casebook import NOW, TODAY
from hypothesis import assume, given
from hypothesis import strategies as st

from iepjournal.core.dates import (
    COMING_DAY,
    PAST_DAY,
    TIME,
    Day,
    clock_time,
    coming_day,
    distance,
    full_date,
    is_long_ago,
    lag,
    monday_of,
    past_day,
    say,
    say_long,
    say_time,
    say_when,
)
from iepjournal.errors import CannotUnderstand

DAYS = st.dates(min_value=date(1992, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-3-4", "2026-03-04"),
        ("11/20", "2026-11-20"),
        ("11/24", "2026-11-24"),
        ("11/25", "2025-11-25"),
        ("3/4/26", "2026-03-04"),
        ("03/04/2025", "2025-03-04"),
        ("Mar 4", "2026-03-04"),
        ("march 4th", "2026-03-04"),
        ("Mar4", "2026-03-04"),
        ("Sept. 5", "2026-09-05"),
        ("Dec 1", "2025-12-01"),
        ("Mar 4, 2024", "2024-03-04"),
        ("May 17,2019", "2019-05-17"),
        ("May 17 2019", "2019-05-17"),
        ("Tue Nov 24", "2026-11-24"),
        ("Friday, Nov. 20, 2026", "2026-11-20"),
        ("fri 11/20", "2026-11-20"),
        ("today", "2026-11-24"),
        ("Yesterday ", "2026-11-23"),
        ("-3d", "2026-11-21"),
        ("-0d", "2026-11-24"),
        ("mon", "2026-11-23"),
        ("Monday", "2026-11-23"),
        ("tue", "2026-11-24"),
        ("last tue", "2026-11-17"),
        ("wed", "2026-11-18"),
        ("Thurs.", "2026-11-19"),
        ("last fri", "2026-11-20"),
        ("  SUN ", "2026-11-22"),
    ],
)
def test_a_typed_day_is_read_as_the_nearest_past_one(typed: str, on: str) -> None:
    assert past_day(typed, TODAY) == Day(on=date.fromisoformat(on))


@pytest.mark.parametrize(
    ("typed", "on", "about"),
    [
        ("about 11/10", "2026-11-10", "about"),
        ("About nov 1", "2026-11-01", "about"),
        ("week of 11/16", "2026-11-16", "week"),
        ("week of 11/19", "2026-11-16", "week"),
        ("week of Sat Nov 21", "2026-11-16", "week"),
        ("week of today", "2026-11-23", "week"),
        ("last week", "2026-11-16", "week"),
        ("this week", "2026-11-23", "week"),
    ],
)
def test_a_day_half_remembered_is_kept_as_such(typed: str, on: str, about: str) -> None:
    assert past_day(typed, TODAY) == Day(on=date.fromisoformat(on), about=about)


def test_friday_on_a_friday_is_today_and_last_friday_is_a_week_ago() -> None:
    friday = date(2026, 11, 20)

    assert past_day("fri", friday).on == friday
    assert past_day("last fri", friday).on == date(2026, 11, 13)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("13/6/26", "The month comes first: 6/13."),
        ("24/11", "The month comes first: 11/24."),
        ("31/31", "is not a date"),
        ("2/30", "February 2026 has no day 30."),
        ("2/29", "February 2026 has no day 29."),
        ("2025-02-29", "February 2025 has no day 29."),
        ("0/4", "is not a day of the calendar"),
        ("2026-13-01", "is not a date"),
        ("Wed Nov 24", "November 24, 2026 is a Tuesday."),
        ("week of 11/22", "write week of 11/21 or week of 11/23"),
        ("0206-11-20", "Check the year."),
        ("11/25/2026", "Wed Nov 25, 2026 is still to come"),
        ("2026-12-05", "Sat Dec 5, 2026 is still to come"),
        ("Nov 25, 2026", "is still to come"),
        ("6/7/80", "Write all four digits of the year."),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(CannotUnderstand, match=reason):
        past_day(typed, TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "", "10", "12.5", "1A2B", "2026", "May", "March", "4 Mar", "10 de marzo de 2026", "3/4/2", "3/4/026",
        "11-20", "2026/11/20", "20261120", "٣/٤/٢٠٢٦", "１１/２０", "3/4/26 EST", "99999999999999999999",
        "may I go", "on 3/4 we met", "last friday night", "tomorrow", "+3d", "next fri", "week of", "-3", "noon",
    ],
)  # fmt: skip
def test_what_is_not_wholly_a_past_day_is_refused(typed: str) -> None:
    """A free parser read most of these as some date; a wrong date in evidence is worse than a question."""
    with pytest.raises(CannotUnderstand, match="is not a date"):
        past_day(typed, TODAY)


def test_a_future_day_is_read_only_when_asked_for() -> None:
    assert past_day("2026-12-05", TODAY, allow_future=True) == Day(on=date(2026, 12, 5))
    assert past_day("12/5", TODAY, allow_future=True) == Day(on=date(2025, 12, 5))


@given(st.from_regex(rf"(?i)\A{PAST_DAY}\Z", alphabet=st.characters(codec="ascii")), DAYS)
def test_whatever_reads_as_a_past_day_is_not_after_today(typed: str, today: date) -> None:
    with suppress(CannotUnderstand):
        assert past_day(typed, today).on <= today


@given(st.text(max_size=20), DAYS)
def test_any_other_text_is_refused(typed: str, today: date) -> None:
    assume(not re.fullmatch(rf"(?i)(?:by |on )?(?:{PAST_DAY}|{COMING_DAY}|{TIME})", " ".join(typed.split())))
    for read in (lambda: past_day(typed, today), lambda: coming_day(typed, today), lambda: clock_time(typed)):
        with pytest.raises(CannotUnderstand):
            read()


@given(DAYS, st.integers(0, 364))
def test_every_way_a_day_is_said_is_read_back_as_that_day(today: date, days_ago: int) -> None:
    day = today - timedelta(days=days_ago)
    short = f"{day.month}/{day.day}"
    ways = (full_date(day), say(day, today), say_long(day), day.isoformat(), f"{short}/{day.year}")

    assert {past_day(way, today).on for way in ways} == {day}
    assert (day.month, day.day) == (2, 29) or past_day(short, today).on == day


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("fri", "2026-11-27"),
        ("tue", "2026-12-01"),
        ("this tue", "2026-11-24"),
        ("this Friday", "2026-11-27"),
        ("next Monday", "2026-11-30"),
        ("by Fri.", "2026-11-27"),
        ("today", "2026-11-24"),
        ("tomorrow", "2026-11-25"),
        ("+3d", "2026-11-27"),
        ("in 2 weeks", "2026-12-08"),
        ("in two weeks", "2026-12-08"),
        ("in a month", "2026-12-24"),
        ("in 10 days", "2026-12-04"),
        ("Dec 18", "2026-12-18"),
        ("12/18", "2026-12-18"),
        ("11/24", "2026-11-24"),
        ("1/7", "2027-01-07"),
        ("1/7/27", "2027-01-07"),
        ("2026-09-25", "2026-09-25"),
        ("end of the week", "2026-11-27"),
        ("this week", "2026-11-27"),
        ("next week", "2026-12-04"),
        ("the end of the month", "2026-11-30"),
        ("end of the day", "2026-11-24"),
    ],
)
def test_a_day_to_come_is_read_as_the_next_one(typed: str, on: str) -> None:
    assert coming_day(typed, TODAY) == date.fromisoformat(on)


def test_the_end_of_a_week_that_is_over_on_saturday_is_its_sunday() -> None:
    assert coming_day("end of the week", date(2026, 11, 28)) == date(2026, 11, 29)


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert coming_day("in a month", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("next fri", "Write 11/27 or 12/4."),
        ("yesterday", "is not a date"),
        ("soon", "is not a date"),
        ("1/7/49", "Write all four digits of the year."),
        ("18/12", "The month comes first: 12/18."),
    ],
)
def test_a_day_to_come_that_is_not_clear_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(CannotUnderstand, match=reason):
        coming_day(typed, TODAY)


@given(st.from_regex(rf"(?i)\A{COMING_DAY}\Z", alphabet=st.characters(codec="ascii")), DAYS)
def test_a_day_to_come_without_a_year_is_not_in_the_past(typed: str, today: date) -> None:
    try:
        day = coming_day(typed, today)
    except CannotUnderstand:
        return
    assert day >= today or str(day.year) in typed or f"/{day.year % 100:02}" in typed


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("3:10p", "15:10"),
        ("3:10 pm", "15:10"),
        ("3:10 P.M.", "15:10"),
        ("3pm", "15:00"),
        ("3p", "15:00"),
        ("10:15a", "10:15"),
        ("12am", "00:00"),
        ("12:30pm", "12:30"),
        ("noon", "12:00"),
        ("15:10", "15:10"),
        ("09:30", "09:30"),
        ("00:05", "00:05"),
    ],
)
def test_a_time_is_read_with_am_or_pm_or_by_the_24_hour_clock(typed: str, at: str) -> None:
    assert clock_time(typed) == time.fromisoformat(at)


@pytest.mark.parametrize("typed", ["3:10", "9:30"])
def test_a_time_that_may_be_morning_or_afternoon_is_asked_back(typed: str) -> None:
    with pytest.raises(CannotUnderstand, match=f"Write {typed}a for the morning or {typed}p for the afternoon"):
        clock_time(typed)


@pytest.mark.parametrize("typed", ["", "3", "1510", "13pm", "0:10a", "24:00", "12:60", "3:1p", "3:10pp", "noonish"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(CannotUnderstand, match="a time"):
        clock_time(typed)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_time_that_is_said_is_read_back(at: time) -> None:
    assert clock_time(say_time(at)) == at
    assert clock_time(at.strftime("%H:%M")) == at


@given(st.from_regex(rf"(?i)\A{TIME}\Z", alphabet=st.characters(codec="ascii")))
def test_whatever_looks_like_a_time_is_one_or_is_refused(typed: str) -> None:
    with suppress(CannotUnderstand):
        assert isinstance(clock_time(typed), time)


def test_days_are_said_with_their_weekday_and_the_year_only_when_it_is_another() -> None:
    assert say(date(2026, 11, 24), TODAY) == "Tue Nov 24"
    assert say(date(2027, 1, 7), TODAY) == "Thu Jan 7, 2027"
    assert full_date(date(2026, 8, 10)) == "Mon Aug 10, 2026"
    assert say_long(date(2027, 1, 7)) == "Thursday, January 7, 2027"


def test_a_moment_is_said_as_exactly_as_it_is_known() -> None:
    assert say_when(TODAY, time(15, 10), "", TODAY) == "Tue Nov 24, 3:10 pm"
    assert say_when(TODAY, None, "", TODAY) == "Tue Nov 24"
    assert say_when(date(2025, 11, 3), None, "about", TODAY) == "about Mon Nov 3, 2025"
    assert say_when(monday_of(TODAY), None, "week", TODAY) == "week of Mon Nov 23"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-24", "today"),
        ("2026-11-25", "tomorrow"),
        ("2026-11-23", "yesterday"),
        ("2026-12-07", "in 13 days"),
        ("2026-11-12", "12 days ago"),
        ("2027-01-22", "in 59 days"),
        ("2027-02-23", "in 2 months"),
        ("2026-03-24", "8 months ago"),
        ("2026-03-25", "7 months ago"),
        ("2024-11-24", "2 years ago"),
        ("2029-12-01", "in 3 years"),
    ],
)
def test_distances_are_said_in_the_largest_unit_that_is_plain(day: str, words: str) -> None:
    assert distance(date.fromisoformat(day), TODAY) == words


def test_a_day_half_a_year_back_is_worth_a_second_look() -> None:
    assert not is_long_ago(date(2026, 5, 28), TODAY)
    assert is_long_ago(date(2026, 5, 27), TODAY)


@pytest.mark.parametrize(
    ("on", "at", "about", "words"),
    [
        ("2026-11-24", "15:21", "", "written 9 min later"),
        ("2026-11-24", "15:30", "", "written at once"),
        ("2026-11-24", "10:15", "", "written 5 hours later"),
        ("2026-11-24", "14:00", "", "written 1 hour later"),
        ("2026-11-24", "16:00", "", "written before it happened"),
        ("2026-11-24", None, "", "written the same day"),
        ("2026-11-23", None, "", "written 1 day later"),
        ("2026-11-23", "15:10", "", "written 1 day later"),
        ("2026-11-12", None, "", "written 12 days later"),
        ("2026-11-12", None, "about", "written about 12 days later"),
        ("2026-12-01", None, "", "written before it happened"),
        ("2026-11-23", None, "week", "written that week"),
        ("2026-11-16", None, "week", "written 2 days after that week"),
    ],
)
def test_the_lag_between_happening_and_writing_is_said(on: str, at: str | None, about: str, words: str) -> None:
    assert lag(date.fromisoformat(on), time.fromisoformat(at) if at else None, about, NOW) == words


def test_a_few_minutes_over_midnight_are_minutes() -> None:
    assert lag(TODAY, time(23, 55), "", datetime(2026, 11, 25, 0, 4, tzinfo=NOW.tzinfo)) == "written 9 min later"
