"""Notes in plain text, each beginning with its day; jrnl and the chats of phones have it in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.dates import TIME, WRITTEN_DAY
from iepjournal.core.notes import SECONDS, Note, stated_day, stated_time
from iepjournal.errors import TableRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_DAY = rf"(?i)[ \t]*({WRITTEN_DAY})(?![\w/])"
_AT = rf"(?i)(?:,[ \t]*|[ \t]+)(?:at[ \t]+)?({TIME})(?![\w/:])"
_NO_PROSE = r"[ \t]*(?:[:–—][ \t]*|-(?:[ \t]+|$)|$)"
_YEAR = r"[0-9]{4}|/[0-9]+/[0-9]{2}"
_BRACKETS = r"\u200e?\[([^\]\n]{6,40})\][ \t]*"


class _Begin(NamedTuple):
    """How a note begins: its day and time as they are written, and the words beside them."""

    day: str
    time: str
    words: str


def notes_of_text(text: str, today: date, *, year: int = 0) -> Iterator[Note]:
    """A note for each day that begins a line, with everything up to the next one."""
    lines = text.splitlines()
    begins = _begins(lines)
    first = min(begins, default=len(lines))
    before = next((number for number, line in enumerate(lines[:first], start=1) if line.strip()), 0)
    if before or not begins:
        raise TableRefused(
            "these words belong to no day" if before else "no line begins with a day",
            row=before,
            instead="Begin each note with its day, as in 11/24/2026: and then its words.",
        )
    ends = (*list(begins)[1:], len(lines))
    for (at, begin), end in zip(begins.items(), ends, strict=True):
        yield Note(
            on=stated_day(begin.day, today, year=year, row=at + 1),
            at=stated_time(begin.time, row=at + 1) if begin.time else None,
            text="\n".join((begin.words, *lines[at + 1 : end])).strip(),
            place=f"line {at + 1}",
        )


def _begins(lines: list[str]) -> dict[int, _Begin]:
    """Where notes begin; in a file of jrnl only days in brackets count."""
    bracketed = {at: begin for at, line in enumerate(lines) if (begin := _in_brackets(line))}
    first_words = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if first_words in bracketed:
        return bracketed
    return {at: begin for at, line in enumerate(lines) if (begin := _begin(line))}


def _in_brackets(line: str) -> _Begin | None:
    found = re.match(_BRACKETS, line)
    begin = _begin(re.sub(SECONDS, "", re.sub(r"\s", " ", found[1]))) if found else None
    return begin._replace(words=line[found.end() :]) if found and begin and not begin.words else None


def _begin(line: str) -> _Begin | None:
    """“3/4 of the session” is prose: a day without its year needs a time, a colon, a dash or nothing behind it."""
    day = re.match(_DAY, line)
    if not day:
        return None
    at = re.compile(_AT).match(line, day.end())
    end = (at or day).end()
    no_prose = re.compile(_NO_PROSE).match(line, end)
    if not (at or no_prose or re.search(_YEAR, day[1])):
        return None
    return _Begin(day[1], at[1] if at else "", line[no_prose.end() if no_prose else end :].strip())
