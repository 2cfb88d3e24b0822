"""Units of account: the days, weeks, months or cycles of weeks by which a service is counted, and what each asks for.

It knows what the IEP and the calendar say, and no session.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, cast

from iepjournal.core.calendars import DAY, NamedKind, SchoolCalendar, days_between, is_weekday
from iepjournal.core.iep import Version, falls_on, session_length
from iepjournal.core.records import Period, Service

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOTHING = Fraction(0)
SCHOOL_WEEK_DAYS = 5


@dataclass(frozen=True, kw_only=True)
class Due:
    """What one period asks for, by the calendar and the IEP alone."""

    period: Period
    closes_on: date
    """The day that decides whether the period counts, and to which range and month it belongs."""
    full: Fraction
    """`times x minutes`, in a week that its cycle leaves out too."""
    as_written: Fraction
    conservative: Fraction
    shares: tuple[tuple[Version, Fraction], ...] = ()
    """What falls to each version in force; together 1, or nothing where no school day is inside the service's dates."""


Unit = tuple[Due, ...]
"""The periods that are settled together: one, or the weeks of a cycle."""


def runs(history: Sequence[Version]) -> list[tuple[Version, ...]]:
    """Versions one after the other that go by the same period and rhythm: they share their units."""
    grouped = groupby(history, key=lambda version: (version.service.per, version.service.weeks))
    return [tuple(versions) for _, versions in grouped]


def named_by_calendar(per: str) -> NamedKind | None:
    """The kind of period, if only a school calendar says when it begins and ends."""
    return cast("NamedKind", per) if per in ("quarter", "semester", "year") else None


def period_at(per: str, day: date, calendar: SchoolCalendar) -> Period | None:
    """The day, week, month, quarter, semester or year a day falls in; None where the calendar names none."""
    if per == "day":
        return Period(kind=per, name=day.isoformat(), first=day, last=day)
    if per == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(kind=per, name=monday.isoformat(), first=monday, last=monday + timedelta(days=6))
    if named := named_by_calendar(per):
        return calendar.period_of(named, day)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return Period(kind=per, name=f"{day:%Y-%m}", first=day.replace(day=1), last=last)


def units(history: Sequence[Version], run: Sequence[Version], calendar: SchoolCalendar, as_of: date) -> list[Unit]:
    """The units of one run of versions, up to the period that holds the as-of day."""
    dues = [_due(period, history, run, calendar) for period in _periods(run, calendar, as_of)]
    if not run[0].service.weeks:
        return [(due,) for due in dues]
    asked, cycle = run[0].service.weeks
    school_weeks = [due for due in dues if due.full]
    numbered = [due if n % cycle < asked else replace(due, as_written=NOTHING) for n, due in enumerate(school_weeks)]
    cycles = [tuple(numbered[at : at + cycle]) for at in range(0, len(numbered), cycle)]
    return cycles + [(due,) for due in dues if not due.full]


def _periods(run: Sequence[Version], calendar: SchoolCalendar, as_of: date) -> Iterator[Period]:
    per = run[0].service.per
    first, last = run[0].first, min(run[-1].last, as_of)
    if named := named_by_calendar(per):
        yield from (period for period in calendar.periods(named) if period.first <= last and first <= period.last)
        return
    while first <= last and (period := period_at(per, first, calendar)):
        yield period
        first = period.last + DAY


def _due(period: Period, history: Sequence[Version], run: Sequence[Version], calendar: SchoolCalendar) -> Due:
    covered = sum(len(_school_days(period, version, calendar)) for version in history)
    weighed = []
    conservative = NOTHING
    for version in run:
        if days := _school_days(period, version, calendar):
            service = version.service
            weighed.append((version, Fraction(service.times * session_length(service) * len(days), covered)))
            conservative += _conservative_sessions(period, service, days, calendar) * session_length(service)
    full = sum((weight for _, weight in weighed), NOTHING)
    return Due(
        period=period,
        closes_on=_closes_on(period, run, calendar),
        full=full,
        as_written=full,
        conservative=conservative,
        shares=tuple((version, weight / full) for version, weight in weighed),
    )


def _school_days(period: Period, version: Version, calendar: SchoolCalendar) -> tuple[date, ...]:
    first, last = max(period.first, version.first), min(period.last, version.last)
    return calendar.school_days(first, last, esy=version.service.esy)


def _closes_on(period: Period, run: Sequence[Version], calendar: SchoolCalendar) -> date:
    if named_by_calendar(period.kind):
        esy = any(version.service.esy for version in run)
        candidates = calendar.school_days(period.first, period.last, esy=esy)
    else:
        candidates = tuple(day for day in days_between(period.first, period.last) if is_weekday(day))
    return candidates[-1] if candidates else period.last


def _conservative_sessions(
    period: Period, service: Service, school_days: tuple[date, ...], calendar: SchoolCalendar
) -> Fraction:
    """Sessions that the school days inside the service's dates leave room for."""
    usable = [day for day in school_days if falls_on(service, day)]
    if period.kind == "day":
        return Fraction(service.times * len(usable))
    if period.kind != "week":
        whole = calendar.school_days(period.first, period.last, esy=service.esy)
        return min(Fraction(service.times * len(school_days), len(whole)), Fraction(len(usable)))
    if service.days:
        # Two sessions on one weekday are two; one session on either of two weekdays is one, whichever is open.
        sessions = len(usable) * max(Fraction(1), Fraction(service.times, len(service.days)))
    else:
        sessions = Fraction(service.times * len(usable), SCHOOL_WEEK_DAYS)
    return sessions * Fraction(*service.weeks) if service.weeks else sessions
