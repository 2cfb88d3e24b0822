"""Old notes on their way into the journal: what each file says becomes Notes, and Notes become entries, once.

An entry keeps where it came from; when it was recorded is the day of the import, never the note's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iepjournal.core.case import UNDONE
from iepjournal.core.dates import WRITTEN_DAY, clock_time, full_date, past_day
from iepjournal.core.entries import LONGEST_TEXT, quotes_in
from iepjournal.core.marks import read_marks
from iepjournal.core.records import Entry
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, TableRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, time

    from iepjournal.core.case import Case


GIST = 70
SECONDS = r"(?<=[0-9]:[0-9]{2}):[0-9]{2}(?:\.[0-9]+)?"
"""Spreadsheets and phones write them; nobody remembers them."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """One note of a file."""

    on: date
    text: str
    place: str
    """Where in the file: row 7, message 3."""
    at: time | None = None
    type: str = ""
    who: tuple[str, ...] = ()
    service: str = ""
    tags: tuple[str, ...] = ()
    original: bytes = field(default=b"", repr=False)
    """What is kept beside the entry, whole: the e-mail itself."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A note beside the entry it would become, and whether the journal has it already."""

    note: Note
    entry: Entry
    is_known: bool


def arrivals(files: Iterable[tuple[str, Iterable[Note]]], case: Case) -> tuple[Arrival, ...]:
    """Each note of each file, by its name, as an entry; the same words on the same day are new once.

    Two times of that day are two things that happened; a note without its time is the same as one with it.
    """
    known: dict[tuple[date, str], set[time | None]] = {}
    for entry in _standing_or_struck(case):
        known.setdefault(_sameness(entry), set()).add(entry.at)
    found = []
    for source, notes in files:
        for note in notes:
            entry = _entry(note, case, source)
            times = known.setdefault(_sameness(entry), set())
            is_known = bool(times) and (entry.at is None or not times.isdisjoint({None, entry.at}))
            found.append(Arrival(note=note, entry=entry, is_known=is_known))
            times.add(entry.at)
    return tuple(found)


def stated_day(written: str, today: date, *, year: int = 0, row: int, column: int = 0) -> date:
    """The day of a note: with its year, or in the year that was stated for the whole file; never one to come."""
    typed = " ".join(written.split())
    if not re.fullmatch(WRITTEN_DAY, typed, re.IGNORECASE):
        raise TableRefused(f"“{written}” is not a date like 10/6/2026 or Oct 6, 2026", row=row, column=column)
    # What is read otherwise in another year has no year of its own.
    years = (year or today.year, (year or today.year) + 1)
    try:
        days = [past_day(typed, today.replace(year=one, month=12, day=31), allow_future=True).on for one in years]
    except CannotUnderstand as error:
        raise TableRefused(f"“{written}” is not {error.what}. {error.hint}".strip(), row=row, column=column) from error
    if days[0] != days[1] and not year:
        raise TableRefused(
            f"“{written}” has no year",
            row=row,
            column=column,
            instead="Write it, or say --year for the whole file.",
            lacks="year",
        )
    if days[0] > today:
        raise TableRefused(f"{full_date(days[0])} is still to come", row=row, column=column)
    return days[0]


def stated_time(written: str, *, row: int, column: int = 0) -> time:
    """The time of a note, as `log` would read it."""
    try:
        return clock_time(written)
    except CannotUnderstand as error:
        raise TableRefused(f"“{written}” is not {error.what}. {error.hint}", row=row, column=column) from error


def _standing_or_struck(case: Case) -> Sequence[Entry]:
    """Every version, also of what was struck: only what was undone may come in again."""
    return [
        record
        for record in case.records
        if isinstance(record, Entry) and record.command not in case.undone and case.struck.get(record.root) != UNDONE
    ]


def _sameness(entry: Entry) -> tuple[date, str]:
    return entry.happened_on, " ".join(entry.text.split())


def _entry(note: Note, case: Case, source: str) -> Entry:
    """The words stay whole; marks in them are read where the note does not say it otherwise."""
    text = clean_text(note.text).text.strip()
    if not text:
        raise TableRefused(f"there are no words in {note.place}")
    if len(text) > LONGEST_TEXT:
        raise TableRefused(f"{note.place} has {len(text):,} characters; an entry holds {LONGEST_TEXT:,}")
    marks = read_marks(text, case) if not note.original else read_marks("", case)
    return Entry(
        happened_on=note.on,
        at=note.at,
        type=note.type or marks.type or "note",
        who=note.who or marks.who,
        service=note.service or marks.service,
        tags=note.tags or marks.tags,
        quote=() if note.original else quotes_in(text),
        text=text,
        source=f"{source}, {note.place}",
    )


def gist(entry: Entry) -> str:
    """The beginning of its words, on one line."""
    words = " ".join(entry.text.split())
    return words if len(words) <= GIST else f"{words[: GIST - 1]}…"
