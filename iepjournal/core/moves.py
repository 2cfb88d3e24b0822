"""Moves to another district: which one a case was in, from which day to which. Reads no calendar from anywhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.records import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iepjournal.core.records import Profile, Record

DAY = timedelta(days=1)


class Stay(NamedTuple):
    """The days of a case in one district, both included."""

    district: str
    first: date = date.min
    last: date = date.max


def stays(profiles: Iterable[Profile]) -> tuple[Stay, ...]:
    """The districts in the order of time, from every version of the profile; one with the same day corrects."""
    found: list[Stay] = []
    for profile in profiles:
        first = profile.since or date.min
        found = [stay for stay in found if stay.first < first]
        if found:
            found[-1] = found[-1]._replace(last=first - DAY)
        found.append(Stay(profile.school.district, first))
    return tuple(found)


def during(stay: Stay, records: Iterable[Record]) -> Iterable[Record]:
    """A district's records as they hold for one stay: its calendars cut to those days, all else as it is."""
    for record in records:
        if not isinstance(record, Calendar):
            yield record
            continue
        first, last = max(record.first_day, stay.first), min(record.last_day, stay.last)
        if first <= last:
            yield record.replace(first_day=first, last_day=last)
