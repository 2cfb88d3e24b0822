"""Talks that still lack their written confirmation: “thank you for talking with me today; my understanding is ...”.

A talk stays open until its letter was sent, or until it was confirmed or waived by a mark.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from iepjournal.core.dates import say
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry

TALKS = ("call", "meeting", "talk")
_CLOSED_BY = ("confirmed", "waived")


class Unconfirmed(Value):
    """A talk nobody has put in writing to the school yet."""

    entry: Entry
    hours_left: int | None
    """Whole hours left of the day it took place; None when that day is over."""


def unconfirmed(case: Case, now: datetime) -> tuple[Unconfirmed, ...]:
    """The talks that wait, the newest first; private and imported entries ask for nothing."""
    written_about = {letter.answers for letter in case.letters if _has(case, letter.root, ("sent",))}
    waiting = [
        entry
        for entry in case.entries
        if entry.type in TALKS
        and not (entry.private or entry.source)
        and entry.happened_on <= now.date()
        and entry.root not in written_about
        and not _has(case, entry.root, _CLOSED_BY)
    ]
    waiting.sort(key=lambda entry: (entry.happened_on, entry.at or time.min, entry.no or 0), reverse=True)
    return tuple(Unconfirmed(entry=entry, hours_left=_hours_left(entry, now)) for entry in waiting)


def time_left(talk: Unconfirmed, today: date) -> str:
    """Today, 8 h; or the day it should have been."""
    if talk.hours_left is None:
        return f"since {say(talk.entry.happened_on, today)}"
    return f"today, {talk.hours_left} h" if talk.hours_left else "today, less than 1 h"


def _has(case: Case, root: str, what: tuple[str, ...]) -> bool:
    return any(mark.what in what for mark in case.marks(root))


def _hours_left(entry: Entry, now: datetime) -> int | None:
    if entry.happened_on != now.date() or entry.about:
        return None
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    return int((midnight - now).total_seconds()) // 3600
