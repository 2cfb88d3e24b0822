"""Moves: each day keeps the calendar of the district the child was in."""

from __future__ import annotations

from datetime import date

from iepjournal.core.moves import Stay, during, stays
from iepjournal.core.records import Calendar, Person, Profile, School

JANUARY = date(2027, 1, 11)


def profile(district: str, since: date | None = None) -> Profile:
    return Profile(school=School(district=district), since=since)


def test_a_case_that_never_moved_has_one_stay_and_a_corrected_name_is_no_move() -> None:
    assert stays([]) == ()
    assert stays([profile("Milbrook"), profile("Millbrook")]) == (Stay("Millbrook"),)


def test_a_move_ends_the_stay_before_on_the_day_before() -> None:
    moved = [profile("Millbrook"), profile("Oak Hill", JANUARY), profile("Oak Hills", JANUARY)]
    assert stays(moved) == (
        Stay("Millbrook", last=date(2027, 1, 10)),
        Stay("Oak Hills", first=JANUARY),
    )


def test_a_districts_calendar_holds_only_for_the_stay_and_its_people_for_good() -> None:
    year = Calendar(first_day=date(2026, 8, 6), last_day=date(2027, 5, 25))
    hill = Person(handle="hill")
    before, after = stays([profile("Millbrook"), profile("Oak Hill", JANUARY)])
    assert tuple(during(before, [year, hill])) == (year.replace(last_day=date(2027, 1, 10)), hill)
    assert tuple(during(after, [year, hill])) == (year.replace(first_day=JANUARY), hill)
    assert tuple(during(before, [year.replace(first_day=JANUARY)])) == ()
