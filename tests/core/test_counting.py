"""Dates counted by hand, and the laws that counting keeps."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulebooks import MS

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.counting import Count, Days, Hold, closed_run
from iepjournal.core.deadlines import hypothetical
from iepjournal.core.records import Calendar, Span
from iepjournal.core.rules import Reading, Rule

HAND = tomllib.loads((Path(__file__).parent / "deadlines.toml").read_text(encoding="utf-8"))
DAY = timedelta(days=1)


def written(text: str) -> date:
    """A date with its weekday, which has to agree."""
    weekday, _, day = text.partition(" ")
    on = date.fromisoformat(day)
    assert on.strftime("%a") == weekday, f"{text}: the hand took it for another weekday"
    return on


def calendar_named(name: str) -> Calendar:
    stored = HAND["calendars"][name]
    closed = tuple(Span(first=span["from"], last=span["to"], why=span["why"]) for span in stored["closed"])
    return Calendar(uid=name, first_day=stored["first_day"], last_day=stored["last_day"], closed=closed)


OAK = calendar_named("oak")
CALENDARS = {"": SchoolCalendar(), "oak": SchoolCalendar([OAK]), "pine": SchoolCalendar([calendar_named("pine")])}
DATED = [rule for rule in MS.rules.values() if rule.readings]
DURING = st.dates(date(2026, 8, 6), date(2027, 4, 1))
OF_MANY_YEARS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def reading(length: int, unit: str, **more: Any) -> Reading:
    return Reading(length=length, unit=unit, **more)


def test_every_number_of_the_law_was_counted_by_hand() -> None:
    counted = {hand["rule"] for hand in HAND["counted"]}
    dated_in_the_iep = {"progress-reports"}
    of_two_events = {"ms-wpn-7"}
    numbers = {rule.id for rule in MS.rules.values() if rule.kind in ("law", "disputed")}
    assert numbers - counted == dated_in_the_iep | of_two_events


@pytest.mark.parametrize("hand", HAND["counted"], ids=lambda hand: f"{hand['rule']} from {hand['from']}")
def test_dates_counted_by_hand(hand: dict[str, str]) -> None:
    due = written(hand["due"])
    found = hypothetical(
        MS, MS.rules[hand["rule"]], written(hand["from"]), due, school=CALENDARS[hand.get("calendar", "")]
    )
    assert hand["sum"]
    assert found.due == due
    assert found.latest == (written(hand["late_after"]) if "late_after" in hand else found.latest)
    if "late_after" not in hand and found.rule.who != "parent":
        assert found.latest == due
    assert found.act_by == (written(hand["act_by"]) if found.rule.who == "parent" else None)
    if "mail_by" in hand:
        assert found.mail_by == written(hand["mail_by"])


@given(st.sampled_from(DATED), st.sampled_from(sorted(CALENDARS)), DURING, st.integers(0, 60))
def test_a_later_event_never_gives_an_earlier_date(rule: Rule, calendar: str, day: date, later: int) -> None:
    earlier_dates, later_dates = (
        [
            Count(reading=one, start=start, days=Days(school=CALENDARS[calendar], business=MS.business_days)).due
            for one in rule.readings
        ]
        for start in (day, day + later * DAY)
    )
    for first, second in zip(earlier_dates, later_dates, strict=True):
        assert first is not None
        assert second is not None
        assert first <= second


@given(st.sampled_from(CALENDARS["oak"].school_days(date(2026, 9, 1), date(2027, 3, 1))), st.integers(1, 40))
def test_from_a_school_day_as_many_school_days_forward_and_back_return(day: date, length: int) -> None:
    days = Days(school=CALENDARS["oak"])
    forward = Count(reading=reading(length, "school"), start=day, days=days).due
    assert forward is not None
    assert Count(reading=reading(length, "school", backwards=True), start=forward, days=days).due == day


@given(DURING, st.integers(1, 45), DURING, st.integers(0, 30))
def test_a_closure_never_makes_a_school_day_deadline_earlier(start: date, length: int, first: date, more: int) -> None:
    closure = Span(first=first, last=first + more * DAY, why="flood")
    before, after = (
        Count(reading=reading(length, "school"), start=start, days=Days(school=SchoolCalendar([calendar]))).due
        for calendar in (OAK, OAK.replace(closed=(*OAK.closed, closure)))
    )
    assert before is not None
    assert after is not None
    assert before <= after


@given(OF_MANY_YEARS, st.integers(0, 200), st.sampled_from(["after", "same"]), st.booleans())
def test_calendar_days_in_one_step_are_the_same_as_day_by_day(
    start: date, length: int, day_one: str, backwards: bool
) -> None:
    count = Count(reading=reading(length, "calendar", day_one=day_one, backwards=backwards), start=start, days=Days())
    *_, last = count.steps()
    assert count.due == last.on
    assert last.number == length


def test_months_are_counted_from_the_original_date_and_not_step_by_step() -> None:
    from_the_31st = [
        Count(reading=reading(n, "months"), start=date(2027, 1, 31), days=Days()).due for n in (1, 2, 3, 13)
    ]
    assert from_the_31st == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30), date(2028, 2, 29)]


def test_steps_name_every_day_that_is_left_out_and_number_those_that_count() -> None:
    steps = list(
        Count(reading=reading(2, "school"), start=date(2026, 11, 20), days=Days(school=CALENDARS["oak"])).steps()
    )
    assert [(step.on.day, step.number, step.reason) for step in steps] == [
        (20, 0, "the day itself"),
        (21, 0, "weekend"),
        (22, 0, "weekend"),
        (23, 0, "Thanksgiving"),
        (24, 0, "Thanksgiving"),
        (25, 0, "Thanksgiving"),
        (26, 0, "Thanksgiving"),
        (27, 0, "Thanksgiving"),
        (28, 0, "weekend"),
        (29, 0, "weekend"),
        (30, 1, ""),
        (1, 2, ""),
    ]


def test_a_hold_moves_a_date_by_exactly_the_days_it_lasted() -> None:
    held = Hold(date(2026, 12, 1), date(2026, 12, 15))
    count = Count(reading=reading(60, "calendar"), start=date(2026, 11, 23), days=Days(), holds=(held,))
    assert count.due == date(2027, 1, 22) + 14 * DAY
    assert [step.on for step in count.steps() if step.reason == "on hold"] == [
        date(2026, 12, 2) + n * DAY for n in range(14)
    ]


def test_a_weekend_between_two_closures_belongs_to_the_run() -> None:
    school = SchoolCalendar(
        [
            OAK.replace(
                closed=(
                    Span(first=date(2027, 2, 11), last=date(2027, 2, 12), why="storm"),
                    Span(first=date(2027, 2, 15), last=date(2027, 2, 15), why="Presidents' Day"),
                    Span(first=date(2027, 3, 5), last=date(2027, 3, 5), why="teachers' day"),
                )
            )
        ]
    )
    assert [closed_run(school, date(2027, 2, day)) for day in (10, 11, 13, 14, 15, 16)] == [0, 5, 5, 5, 5, 0]
    assert closed_run(school, date(2027, 3, 5)) == 1
    assert closed_run(school, date(2027, 3, 6)) == 0


@pytest.mark.parametrize("unit", ["calendar", "school", "business", "months", "years"])
def test_a_date_beyond_every_calendar_is_no_date(unit: str) -> None:
    assert Count(reading=reading(60, unit), start=date(9999, 12, 20), days=Days()).due is None


def test_a_school_closed_for_ever_gives_no_date() -> None:
    never = Calendar(
        first_day=date(2026, 8, 1),
        last_day=date(2099, 12, 31),
        closed=(Span(first=date(2026, 8, 1), last=date(2099, 12, 31)),),
    )
    count = Count(reading=reading(10, "school"), start=date(2026, 9, 1), days=Days(school=SchoolCalendar([never])))
    assert count.due is None
