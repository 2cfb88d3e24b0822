"""Deadlines as a calendar file: all-day events that replace themselves when they are imported again.

Titles say nothing of the child or the matter unless asked, because a family's calendar is seen by others.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from icalendar import Calendar, Event

from iepjournal.core.dates import full_date
from iepjournal.core.rules import KINDS
from iepjournal.core.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iepjournal.core.due import Deadline

NEUTRAL_DUE = {"parent": "IEP: my date", "school": "IEP: the school’s date", "state": "IEP: the state’s date"}
NEUTRAL = {"act": "IEP: do it today", "mail": "IEP: mail it today"}
FULL = {"due": "{}", "act": "Do it today at the latest: {}", "mail": "To mail it, today: {}"}


class Day(NamedTuple):
    """One event of a deadline: the date itself, the day to act by or the day to mail by."""

    what: str
    on: date


def deadlines_ics(deadlines: Iterable[Deadline], *, made_on: date, written: int, whose: str = "") -> bytes:
    """The calendar file; with `whose` the events say what they are and whose, without it they are neutral.

    `written` is how many records the journal ever held: it only grows, so a later export replaces an earlier one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//iepjournal//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for deadline in deadlines:
        for day in _days(deadline):
            calendar.add_component(_event(deadline, day, made_on, written, whose))
    content: bytes = calendar.to_ical()
    return content


def _days(deadline: Deadline) -> Iterator[Day]:
    """A date that no longer waits is sent once more as cancelled as long as it lies ahead."""
    if deadline.due and (deadline.waits or deadline.due >= deadline.as_of):
        yield Day("due", deadline.due)
        if deadline.act_by and deadline.act_by != deadline.due:
            yield Day("act", deadline.act_by)
        if deadline.mail_by:
            yield Day("mail", deadline.mail_by)


def _event(deadline: Deadline, day: Day, made_on: date, written: int, whose: str) -> Event:
    event = Event()
    uid = hashlib.sha256(f"{deadline.key} {day.what}".encode()).hexdigest()[:32]
    event.add("uid", f"{uid}@iepjournal")
    event.add("sequence", written)
    event.add("dtstamp", datetime.combine(made_on, time(12), tzinfo=UTC))
    event.add("dtstart", day.on)
    if day.on < date.max:
        event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", _line(_title(deadline, day, whose)))
    event.add("description", clean_text(_description(deadline, made_on, whose)).text)
    event.add("status", "CONFIRMED" if deadline.waits else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _title(deadline: Deadline, day: Day, whose: str) -> str:
    if whose:
        suggested = " (no legal date)" if deadline.rule.kind == "suggested" else ""
        return f"{whose}: {FULL[day.what].format(deadline.rule.title)}{suggested}"
    if day.what == "due":
        return NEUTRAL_DUE.get(deadline.rule.who, NEUTRAL_DUE["parent"])
    return NEUTRAL[day.what]


def _description(deadline: Deadline, made_on: date, whose: str) -> str:
    lines = [f"Made on {full_date(made_on)}. Dates may have moved since: iepjournal due"]
    if whose:
        rule = deadline.rule
        lines.append(rule.says)
        lines += [f"{one.text}: {full_date(one.due)}" for one in deadline.readings if one.due]
        lines += deadline.remarks
        lines.append(f"{rule.citation} ({KINDS[rule.kind]})")
    return "\n".join(lines)


def _line(text: str) -> str:
    return clean_text(text, multiline=False).text
