"""School days: which days children attend, and the periods a calendar names.

Without a calendar every weekday is a school day, and `known` is false so that every figure can say so.
Business days are not here: the school's calendar says nothing about offices.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from iepjournal.core.dates import full_date
from iepjournal.core.records import Calendar, Period, Span
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iepjournal.core.case import Case

DAY = timedelta(days=1)
LONGEST_YEAR = timedelta(days=400)
FRIDAY = 4
PERIOD_KINDS = ("quarter", "semester")
"""What a calendar names; its year is its first day to its last."""

NamedKind = Literal["quarter", "semester", "year"]


class SchoolYear(NamedTuple):
    """The days for which one calendar decides."""

    first: date
    last: date
    calendar: Calendar


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def is_weekday(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() <= FRIDAY


class SchoolCalendar:
    """The school years of a case, each decided by the newest calendar written for it."""

    def __init__(self, calendars: Iterable[Calendar] = ()) -> None:
        """Take the standing calendars in the order they were written."""
        self._years = _years(calendars)

    @classmethod
    def of(cls, case: Case) -> SchoolCalendar:
        """The calendar of a case: its own, or the one its district's cases share."""
        return cls(case.all(Calendar))

    @property
    def known(self) -> bool:
        """Whether there is any calendar; without one, figures say "no school calendar yet"."""
        return bool(self._years)

    def covers(self, day: date) -> bool:
        """Whether the day lies between the first and the last day that any calendar knows."""
        return self.known and self._years[0].first <= day <= self._years[-1].last

    def is_school_day(self, day: date, *, esy: bool = False) -> bool:
        """Whether children attend; with `esy`, whether those with extended school year do."""
        if not is_weekday(day):
            return False
        if not self.known:
            return True
        return day in self._attended or (esy and day in self._attended_esy)

    def school_days(self, first: date, last: date, *, esy: bool = False) -> tuple[date, ...]:
        """The school days from the first to the last day, both included."""
        return tuple(day for day in days_between(first, last) if self.is_school_day(day, esy=esy))

    def closed_because(self, day: date) -> str:
        """Why a day is no school day, in words; empty for a school day."""
        if self.is_school_day(day):
            return ""
        if not is_weekday(day):
            return "weekend"
        if closure := self.closure_on(day):
            return closure.why or "school closed"
        return "between school years" if self.covers(day) else "outside the school calendar"

    def closure_on(self, day: date) -> Span | None:
        """The closure of the school year that holds a day, weekends inside it too."""
        for year in self._years:
            for span in year.calendar.closed:
                if span.first <= day <= span.last and year.first <= day <= year.last:
                    return span
        return None

    def counts_as_school_day(self, day: date) -> bool:
        """The same where a calendar reaches; beyond its ends every weekday, so that counting never stops."""
        return self.is_school_day(day) if self.covers(day) else is_weekday(day)

    def periods(self, kind: NamedKind) -> tuple[Period, ...]:
        """The quarters, semesters or school years that are known, in the order of the year; none overlap."""
        return self._years_as_periods if kind == "year" else self._named[kind]

    def period_of(self, kind: NamedKind, day: date) -> Period | None:
        """The quarter, semester or school year a day falls in."""
        return next((period for period in self.periods(kind) if period.first <= day <= period.last), None)

    @cached_property
    def _attended(self) -> frozenset[date]:
        return frozenset(
            day
            for year in self._years
            for day in days_between(year.first, year.last)
            if is_weekday(day) and not any(span.first <= day <= span.last for span in year.calendar.closed)
        )

    @cached_property
    def _attended_esy(self) -> frozenset[date]:
        """A closure inside extended school year closes it; a break that holds the whole of it was meant for others."""
        return frozenset(
            day
            for year in self._years
            for esy in year.calendar.esy
            for day in days_between(esy.first, esy.last)
            if is_weekday(day)
            and not any(
                span.first <= day <= span.last and not (span.first < esy.first and esy.last < span.last)
                for span in year.calendar.closed
            )
        )

    @cached_property
    def _named(self) -> dict[str, tuple[Period, ...]]:
        """The newest calendar's periods first: after a move in mid-year, the old district's later ones give way."""
        named: dict[str, list[Period]] = {kind: [] for kind in PERIOD_KINDS}
        for year in reversed(self._years):
            for period in year.calendar.periods:
                taken = named.get(period.kind, [])
                if all(period.last < other.first or other.last < period.first for other in taken):
                    taken.append(period)
        return {kind: tuple(sorted(periods, key=lambda period: period.first)) for kind, periods in named.items()}

    @cached_property
    def _years_as_periods(self) -> tuple[Period, ...]:
        """A school year that goes on in another district the next day stays the same year."""
        years: list[Period] = []
        for year in self._years:
            first = years.pop().first if years and years[-1].last + DAY == year.first else year.first
            years.append(Period(kind="year", name=_year_name(first, year.last), first=first, last=year.last))
        return tuple(years)


def _years(calendars: Iterable[Calendar]) -> tuple[SchoolYear, ...]:
    """Calendars cut so that none overlap: a later one takes over from its first day on."""
    years: list[SchoolYear] = []
    for calendar in calendars:
        kept = []
        for year in years:
            if year.first <= calendar.last_day and calendar.first_day <= year.last:
                year = year._replace(last=calendar.first_day - DAY)
            if year.first <= year.last:
                kept.append(year)
        years = [*kept, SchoolYear(calendar.first_day, calendar.last_day, calendar)]
    return tuple(sorted(years, key=lambda year: year.first))


def _year_name(first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year}-{last.year % 100:02d}"


def calendar_of(calendars: Sequence[Calendar], first: date, last: date) -> Calendar | None:
    """The newest calendar whose school year, or extended school year, has any of these days."""
    for calendar in reversed(calendars):
        spans = ((calendar.first_day, calendar.last_day), *((span.first, span.last) for span in calendar.esy))
        if any(begins <= last and first <= ends for begins, ends in spans):
            return calendar
    return None


def checked(calendar: Calendar) -> Calendar:
    """The same calendar, or the sentence that says what is wrong with its dates."""
    if calendar.last_day < calendar.first_day:
        begins = f"The first day is {full_date(calendar.first_day)}."
        raise CannotUnderstand("a last day of school", full_date(calendar.last_day), begins)
    if calendar.last_day - calendar.first_day > LONGEST_YEAR:
        raise CannotUnderstand("one school year", _from_to(Span(first=calendar.first_day, last=calendar.last_day)))
    spans = [(span.first, span.last) for span in (*calendar.closed, *calendar.esy)]
    for first, last in (*spans, *((period.first, period.last) for period in calendar.periods)):
        if last < first:
            raise CannotUnderstand("an end", full_date(last), f"It begins on {full_date(first)}.")
    for period in calendar.periods:
        if period.kind not in PERIOD_KINDS:
            raise CannotUnderstand("a period of the calendar", period.kind, f"Known: {', '.join(PERIOD_KINDS)}.")
    return calendar


def with_closure(calendars: Sequence[Calendar], closure: Span) -> Calendar:
    """The next version of the calendar a closure belongs to, with it."""
    calendar = calendar_of(calendars, closure.first, closure.last)
    if calendar is None:
        raise NotAllowed(
            f"No school calendar is known for {full_date(closure.first)}. Nothing was saved.",
            "Say the year first: iepjournal calendar year FIRST LAST",
        )
    if any((span.first, span.last) == (closure.first, closure.last) for span in calendar.closed):
        raise NotAllowed(f"{_from_to(closure)} is closed already. Nothing was added.")
    closed = tuple(sorted((*calendar.closed, closure), key=lambda span: (span.first, span.last)))
    return checked(calendar.revised(closed=closed))


def without_closure(calendars: Sequence[Calendar], day: date, why: str) -> Calendar:
    """The next version of a calendar in which the closure of a day was a mistake."""
    for calendar in reversed(calendars):
        closed = tuple(span for span in calendar.closed if not span.first <= day <= span.last)
        if closed != calendar.closed:
            return calendar.revised(closed=closed, why=why)
    raise NotAllowed(f"{full_date(day)} is not closed in the calendar. Nothing was changed.")


def _from_to(span: Span) -> str:
    return full_date(span.first) if span.first == span.last else f"{full_date(span.first)} to {full_date(span.last)}"
