"""Notes in a table: which column is which, and each row a note or the reason why the file is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iepjournal.core.columns import columns_of
from iepjournal.core.dates import TIME, WRITTEN_DAY
from iepjournal.core.marks import entry_type
from iepjournal.core.notes import SECONDS, Note, stated_day, stated_time
from iepjournal.core.records import Service
from iepjournal.errors import CannotUnderstand, TableRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from iepjournal.core.case import Case

COLUMNS = {
    "date": ("date", "day", "when", "happened_on", "happened on", "date and time", "datetime", "timestamp"),
    "text": (
        "text", "note", "notes", "what happened", "entry", "details", "description", "comment", "comments", "body",
        "message", "summary",
    ),
    "time": ("time", "at"),
    "type": ("type", "kind"),
    "who": ("who", "person", "with", "contact", "spoke with"),
    "service": ("service",),
    "tags": ("tags", "tag"),
}  # fmt: skip
"""What a column can hold, and the headers it usually has."""
HOLDS = {
    "date": "the day",
    "text": "what happened",
    "time": "the time",
    "type": "what kind it is",
    "who": "who it was with or about",
    "service": "which service",
    "tags": "tags",
}
"""The same in words."""
NEEDED = ("date", "text")
_MOMENT = rf"(?i)({WRITTEN_DAY})(?:(?:,?[ \t]+|T)({TIME}))?"


def notes_of_table(
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    case: Case,
    today: date,
    *,
    chosen: Mapping[str, str] | None = None,
    year: int = 0,
) -> Iterator[Note]:
    """A note for each row, by the columns that were chosen or that are usual."""
    columns = columns_of(header, COLUMNS, chosen=chosen, needed=NEEDED)
    for number, row in rows:
        yield _note({name: row[place].strip() for name, place in columns.items()}, columns, number, case, today, year)


def left_out(header: Sequence[str], chosen: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The columns that are not taken over."""
    taken = columns_of(header, COLUMNS, chosen=chosen, needed=NEEDED).values()
    return tuple(title or f"column {place + 1}" for place, title in enumerate(header) if place not in taken)


def _note(cells: Mapping[str, str], columns: Mapping[str, int], row: int, case: Case, today: date, year: int) -> Note:
    place = {name: column + 1 for name, column in columns.items()}
    if not cells["text"]:
        raise TableRefused("there are no words", row=row, column=place["text"])
    moment = re.fullmatch(_MOMENT, re.sub(SECONDS, "", cells["date"]))
    day, time_beside = moment.groups() if moment else (cells["date"], None)
    typed_time = re.sub(SECONDS, "", cells.get("time", "")) or time_beside
    who, strangers = _people(cells.get("who", ""), case)
    service, foreign = _service(cells.get("service", ""), case)
    beside = [f"{name}: {words}" for name, words in (("who", strangers), ("service", foreign)) if words]
    return Note(
        on=stated_day(day, today, year=year, row=row, column=place["date"]),
        at=stated_time(typed_time, row=row, column=place.get("time", place["date"])) if typed_time else None,
        text="\n".join((cells["text"], *beside)),
        place=f"row {row}",
        type=_type(cells["type"], row, place["type"]) if cells.get("type") else "",
        who=who,
        service=service,
        tags=tuple(dict.fromkeys(re.findall(r"[\w-]+", cells.get("tags", "").lower()))),
    )


def _type(typed: str, row: int, column: int) -> str:
    try:
        return entry_type(typed)
    except CannotUnderstand as error:
        raise TableRefused(f"“{typed}” is not {error.what}. {error.hint}", row=row, column=column) from error


def _people(typed: str, case: Case) -> tuple[tuple[str, ...], str]:
    """The handles of a cell, by handle or whole name; and the cell itself where somebody in it is not known."""
    known = {person.name.casefold(): handle for handle, person in case.people.items() if person.name}
    known |= {handle: handle for handle in case.people}
    names = [typed] if typed.casefold() in known else re.split(r"[,;]|[ \t]+(?=@)", typed)
    names = [name.strip().lstrip("@").casefold() for name in names if name.strip()]
    handles = tuple(dict.fromkeys(known[name] for name in names if name in known))
    return handles, "" if all(name in known for name in names) else typed


def _service(typed: str, case: Case) -> tuple[str, str]:
    """The handle of a service by handle or name; else the cell."""
    known = {one.name.casefold(): one.handle for one in case.all(Service) if one.name}
    known |= {one.handle: one.handle for one in case.all(Service)}
    handle = known.get(typed.casefold().lstrip("%"), "")
    return handle, "" if handle else typed
