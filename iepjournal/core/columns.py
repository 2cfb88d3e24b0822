"""The columns of somebody else's table: which is which by its header or by choice, and a full date in a cell."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from iepjournal.core.dates import past_day
from iepjournal.errors import CannotUnderstand, TableRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date


MORE_THAN_A_YEAR = timedelta(days=366)


def columns_of(
    header: Sequence[str],
    known: Mapping[str, Sequence[str]],
    *,
    chosen: Mapping[str, str] | None = None,
    needed: Collection[str] = (),
) -> dict[str, int]:
    """Which column holds what: as chosen (by header or number from 1), else the first header that is a usual name."""
    titles = [" ".join(title.lower().split()) for title in header]
    found: dict[str, int] = {}
    for name, picked in (chosen or {}).items():
        if name not in known:
            raise CannotUnderstand("something a column can hold", name, f"Known: {', '.join(known)}.")
        found[name] = _picked(picked, titles)
    for name, usual in known.items():
        for title in usual:
            if name not in found and title in titles and titles.index(title) not in found.values():
                found[name] = titles.index(title)
    for name in needed:
        if name not in found:
            columns = ", ".join(f"{number} {title or 'no title'}" for number, title in enumerate(header, start=1))
            raise TableRefused(
                f"no column looks like “{name}”",
                instead=f"Say which, as in --column {name}=1. There are: {columns}.",
                lacks=name,
            )
    return found


def _picked(picked: str, titles: Sequence[str]) -> int:
    wanted = " ".join(picked.lower().split())
    if wanted in titles:
        return titles.index(wanted)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(titles):
        return int(wanted) - 1
    raise CannotUnderstand("a column of this file", picked, f"Its columns: {', '.join(titles)}.")


def full_day(cell: str, today: date, *, row: int, column: int) -> date:
    """A day with its year; one that would be read otherwise in another year is refused."""
    days = []
    for now in (today, today + MORE_THAN_A_YEAR):
        try:
            days.append(past_day(cell, now, allow_future=True))
        except CannotUnderstand:
            break
    if len(days) < 2 or days[0] != days[1] or days[0].about:
        raise TableRefused(f"“{cell}” is not a date with its year, like 10/6/2026", row=row, column=column)
    return days[0].on
