"""Counting: from an event's day and one reading of a rule to a date, and every day on the way with its reason.

Months and years are counted from the original date in one step. Nothing is rolled to the next business day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateutil.relativedelta import relativedelta

from iepjournal.core.calendars import DAY, FRIDAY, SchoolCalendar, is_weekday
from iepjournal.core.dates import full_date
from iepjournal.core.holidays import BusinessDays
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, timedelta

    from iepjournal.core.rules import Reading

_FARTHEST = 5_000
"""Days left out in a row after which counting gives up: no calendar is closed for so long."""


class Step(NamedTuple):
    """One day on the way to a date, or the one step of months and years."""

    on: date
    number: int
    """0 for a day that is not counted."""
    reason: str


class Hold(NamedTuple):
    """A clock that stands still after the first day, until the last one is over."""

    first: date
    last: date


class Days(Value):
    """The days a case counts by."""

    school: SchoolCalendar = SchoolCalendar()
    business: BusinessDays = BusinessDays()


class Count(Value):
    """A reading applied to a day."""

    reading: Reading
    start: date
    days: Days
    holds: tuple[Hold, ...] = ()
    optional: bool = False
    """Whether days on which offices may close are taken as closed."""

    @property
    def due(self) -> date | None:
        """The date; None where no calendar reaches it."""
        try:
            if self.reading.unit == "calendar" and not self.holds and not self.reading.skip_closed_runs:
                from_the_day_after = self.reading.length - (self.reading.day_one == "same")
                return self.start + max(from_the_day_after, 0) * self._day
            *_, last = self.steps()
        except (OverflowError, ValueError):
            return None
        return last.on

    def steps(self) -> Iterator[Step]:
        """Every day that is counted or left out, with its reason; the last one is the date."""
        reading = self.reading
        if reading.unit in ("months", "years"):
            yield self._leap()
            return
        day, number, left_out = self.start, 0, 0
        if reading.day_one == "after" or not reading.length:
            yield Step(day, 0, "the day itself" if reading.length else "the same day")
            day += self._day
        while number < reading.length:
            if reason := self._left_out_because(day):
                left_out += 1
                if left_out > _FARTHEST:
                    raise OverflowError
                yield Step(day, 0, reason)
            else:
                number, left_out = number + 1, 0
                yield Step(day, number, self._counted_as(day))
            day += self._day

    @property
    def in_words(self) -> str:
        """How long from when; or the reading's own words."""
        reading, on = self.reading, full_date(self.start)
        if reading.text:
            return reading.text
        if not reading.length:
            return f"on {on}"
        if reading.look_back:
            return f"usable in it for {reading.amount} after {on}, less a day"
        day_one = ", that day included" if reading.day_one == "same" else ""
        return f"{reading.amount} {'before' if reading.backwards else 'from'} {on}{day_one}"

    @property
    def optional_closings(self) -> str:
        """The days it leaves out because offices may be closed, in words."""
        days = (step.on for step in self.steps() if not step.number and self.days.business.may_be_closed(step.on))
        return " and ".join(map(full_date, days))

    @property
    def beyond_calendar(self) -> bool:
        """Whether it needs a school calendar where none reaches."""
        needs_one = self.reading.unit == "school" or self.reading.skip_closed_runs
        if not needs_one or (due := self.due) is None:
            return False
        return not (self.days.school.covers(due) and self.days.school.covers(self.start))

    @property
    def _day(self) -> timedelta:
        return -DAY if self.reading.backwards else DAY

    def _leap(self) -> Step:
        months = self.reading.length * (12 if self.reading.unit == "years" else 1)
        on: date = self.start + relativedelta(months=-months if self.reading.backwards else months)
        if self.reading.look_back:
            return Step(on - DAY, 1, f"{self.reading.amount} later is {on:%Y-%m-%d}; the day before is safe")
        return Step(on, 1, f"{self.reading.amount} {'earlier' if self.reading.backwards else 'later'}")

    def _left_out_because(self, day: date) -> str:
        if any(hold.first < day <= hold.last for hold in self.holds):
            return "on hold"
        school, reading = self.days.school, self.reading
        if reading.unit == "business":
            return self.days.business.closed_because(day, optional=self.optional)
        if reading.unit == "school":
            return "" if school.counts_as_school_day(day) else school.closed_because(day)
        if reading.skip_closed_runs and (run := closed_run(school, day)) >= reading.skip_closed_runs:
            closure = school.closure_on(day)
            return f"{closure.why if closure and closure.why else 'school closed'}: {run} days in a row"
        return ""

    def _counted_as(self, day: date) -> str:
        if self.reading.unit == "school" and not self.days.school.is_school_day(day):
            return "a weekday outside the school calendar"
        return ""


def closed_run(school: SchoolCalendar, day: date) -> int:
    """How many days in a row the school is closed around a day, weekends between closures included; 0 on other days."""
    if not _closed(school, day):
        return 0
    first = last = day
    while _closed(school, first - DAY):
        first -= DAY
    while _closed(school, last + DAY):
        last += DAY
    return (last - first).days + 1


def _closed(school: SchoolCalendar, day: date) -> bool:
    """In a closure, or on a weekend between two of them."""
    if school.closure_on(day):
        return True
    if is_weekday(day):
        return False
    friday = day - (day.weekday() - FRIDAY) * DAY
    monday = friday + 3 * DAY
    return bool(school.closure_on(friday) and school.closure_on(monday))
