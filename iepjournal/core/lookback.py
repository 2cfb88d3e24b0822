"""The look-back: how long what happened can still be used, what falls out when, and which days a complaint reaches.

Counted to the day of receipt; the anniversary itself is taken as too late.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from iepjournal.core.calendars import DAY
from iepjournal.core.counting import Count, Days
from iepjournal.core.records import Session
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iepjournal.core.occurrences import Journal, Occurrence
    from iepjournal.core.rules import Rule


class UsableDay(Value):
    """A day on which something happened, and the last day on which a complaint about it is safe."""

    on: date
    until: date
    shown_by: tuple[Occurrence, ...]


def usable_until(rule: Rule, day: date) -> date:
    """The last day on which a complaint about a day can safely be received."""
    return Count(reading=rule.readings[0], start=day, days=Days()).due or date.max


def usable_days(rule: Rule, journal: Journal, since: date = date.min) -> tuple[UsableDay, ...]:
    """The days with a missed session or an incident, the oldest first; an entry about a session is that session."""
    told_by_session = {session.entry for session in journal.case.all(Session) if session.entry}
    by_day: dict[date, list[Occurrence]] = defaultdict(list)
    for event in rule.starts:
        for found in journal.of(event):
            if found.on >= since and found.record not in told_by_session:
                by_day[found.on].append(found)
    return tuple(
        UsableDay(on=day, until=usable_until(rule, day), shown_by=tuple(found)) for day, found in sorted(by_day.items())
    )


def window(rule: Rule, received_on: date) -> tuple[date, date]:
    """The days a complaint received on a day safely reaches: the first and the last."""
    first = received_on - (usable_until(rule, received_on) - received_on) - 3 * DAY
    # From a little before: leap days make the way back up to two days longer than the way on.
    while usable_until(rule, first) < received_on:
        first += DAY
    return first, received_on


class Month(Value):
    """What can no longer be used after a month."""

    first: date
    leaving: int
    left: int
    """How many facts are still usable when it ends."""


def leaving(days: Iterable[UsableDay], as_of: date, months: int) -> Sequence[Month]:
    """How many facts fall out of the window in each of the coming months, this month first."""
    usable = [day for day in days if day.until >= as_of]
    left = sum(len(day.shown_by) for day in usable)
    by_month: Counter[tuple[int, int]] = Counter()
    for day in usable:
        by_month[day.until.year, day.until.month] += len(day.shown_by)
    bar = []
    year, month = as_of.year, as_of.month
    for _ in range(months):
        left -= by_month[year, month]
        bar.append(Month(first=date(year, month, 1), leaving=by_month[year, month], left=left))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return bar
