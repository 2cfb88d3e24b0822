"""Business days: the federal and the Mississippi list as printed, and days on which an office may close."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from rulebooks import MS

from iepjournal.core.holidays import BusinessDays

DAYS = MS.business_days
PRINTED = {
    # From the lists: every weekday of the year that is closed for sure.
    2026: "01-01 01-19 02-16 04-27 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 04-26 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 04-24 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
}
MAY_CLOSE = {
    2026: "07-06 11-27 12-24",
    2027: "11-26 12-27",
    2028: "01-03 11-13 11-24",
}


def weekdays_of(year: int) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return [day for day in days if day.year == year and day.weekday() < 5]


@pytest.mark.parametrize("year", PRINTED)
def test_a_year_is_closed_on_the_days_of_both_lists(year: int) -> None:
    closed = [f"{day:%m-%d}" for day in weekdays_of(year) if DAYS.closed_because(day)]
    assert closed == PRINTED[year].split()


@pytest.mark.parametrize("year", MAY_CLOSE)
def test_days_that_agencies_may_close_are_neither_open_nor_closed(year: int) -> None:
    perhaps = [f"{day:%m-%d}" for day in weekdays_of(year) if DAYS.may_be_closed(day)]
    assert perhaps == MAY_CLOSE[year].split()


def test_a_sunday_holiday_moves_to_monday_and_a_saturday_one_only_on_the_federal_list() -> None:
    state_only = BusinessDays([holiday for holiday in MS.holidays if holiday.id.startswith("ms-")])
    assert state_only.closed_because(date(2027, 7, 5)) == "Independence Day, observed"
    assert state_only.closed_because(date(2026, 7, 3)) == ""
    assert DAYS.closed_because(date(2026, 7, 3)) == "Independence Day, observed"


def test_a_holiday_of_the_next_year_is_kept_in_this_one() -> None:
    assert DAYS.closed_because(date(2027, 12, 31)) == "New Year’s Day, observed"


def test_juneteenth_is_a_holiday_only_since_it_is_one() -> None:
    assert DAYS.closed_because(date(2020, 6, 19)) == ""
    assert DAYS.closed_because(date(2026, 6, 19)) == "Juneteenth"


def test_the_last_business_day_before_passes_over_days_that_may_be_closed() -> None:
    assert DAYS.last_before(date(2026, 11, 30)) == date(2026, 11, 25)
    assert DAYS.last_before(date(2026, 12, 28)) == date(2026, 12, 23)
    assert DAYS.last_before(date(2026, 11, 24)) == date(2026, 11, 23)


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    assert DAYS.closed_because(date(9999, 12, 31)) == ""
    assert DAYS.closed_because(date(1, 1, 1)) == "New Year’s Day"
