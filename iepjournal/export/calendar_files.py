"""School calendars as districts publish them, .ics and CSV, read into events: all or nothing. Repeats stay folded."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar as Published

from iepjournal.core.calendar_events import Event
from iepjournal.core.columns import columns_of, full_day
from iepjournal.core.text import clean_text
from iepjournal.errors import TableRefused
from iepjournal.export.tables import read_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_EVENTS = 2_000
LONGEST_FILE = 8_000_000
_COLUMNS = {
    "from": ("from", "start date", "start", "first", "begins", "date"),
    "to": ("to", "end date", "end", "last", "until"),
    "why": ("why", "subject", "title", "event", "summary", "name", "description", "reason"),
    "kind": ("kind", "type", "category", "means"),
}


def read_calendar(name: str, content: bytes, *, today: date, encoding: str = "utf-8") -> tuple[Event, ...]:
    """The events of a file, in the order of the year; TableRefused says what is wrong and where."""
    if len(content) > LONGEST_FILE:
        raise TableRefused("it is far too long for a calendar")
    is_ics = name.lower().endswith((".ics", ".ical")) or content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR"
    events = _from_ics(content) if is_ics else _from_csv(content, today, encoding)
    found = sorted(events, key=lambda event: (event.first, event.last, event.title))
    if not found:
        raise TableRefused("no event was found in it")
    if len(found) > MOST_EVENTS:
        raise TableRefused(f"it has more than {MOST_EVENTS} events")
    return tuple(found)


def _from_ics(content: bytes) -> Iterator[Event]:
    try:
        published = Published.from_ical(clean_text(content.decode("utf-8-sig", "replace")).text)
    except (ValueError, IndexError, KeyError) as error:
        raise TableRefused(f"it is no calendar file ({error})") from error
    for number, event in enumerate(published.walk("VEVENT"), start=1):
        start = event.get("DTSTART")
        if start is None or not isinstance(start.dt, date):
            raise TableRefused("an event has no day", row=number)
        first = _day(start.dt)
        last = first
        if (end := event.get("DTEND")) is not None:
            # An all-day event ends on the day after its last one; midnight is such an end too.
            ends_at_midnight = not isinstance(end.dt, datetime) or (end.dt.hour, end.dt.minute) == (0, 0)
            last = max(first, _day(end.dt) - timedelta(days=ends_at_midnight))
        title = clean_text(str(event.get("SUMMARY", "")), multiline=False).text
        if event.get("RRULE"):
            yield Event(title=f"{title} (repeats: enter its days by hand)", first=first, last=last, means="skip")
        else:
            yield Event.read(title, first, last)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _from_csv(content: bytes, today: date, encoding: str) -> Iterator[Event]:
    table = read_csv(content, encoding)
    columns = columns_of(table.header, _COLUMNS, needed=("from",))
    for number, row in table.numbered():
        first = full_day(row[columns["from"]], today, row=number, column=columns["from"] + 1)
        last = first
        if "to" in columns and row[columns["to"]].strip():
            last = full_day(row[columns["to"]], today, row=number, column=columns["to"] + 1)
        if last < first:
            raise TableRefused("it ends before it begins", row=number, column=columns["to"] + 1)
        words = {
            name: clean_text(row[columns[name]], multiline=False).text for name in ("why", "kind") if name in columns
        }
        yield Event.read(words.get("why", ""), first, last, words.get("kind", ""))
