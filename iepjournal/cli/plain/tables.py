"""Somebody's CSV by question and answer: how its letters are written, and which column holds what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.errors import CannotUnderstand, TableRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from iepjournal.cli.plain.desk import PlainDesk

EXAMPLE = 40


def encoding_of(desk: PlainDesk, file: str) -> str:
    """UTF-8, or what the parent says of a file that is not."""
    try:
        content = Path(file).expanduser().read_bytes()
    except OSError as error:
        raise CannotUnderstand("a file that can be read", file, str(error.strerror)) from error
    from iepjournal.export.tables import decoded

    try:
        decoded(content, "utf-8")
    except TableRefused:
        if desk.yes("The file is not UTF-8. Read it as an older Excel writes it, cp1252?"):
            return "cp1252"
    return "utf-8"


def columns(desk: PlainDesk, file: str, holds: Mapping[str, str], needed: Collection[str]) -> list[str]:
    """Which column holds what, asked for each thing, as options of a verb."""
    from iepjournal.export.tables import read_csv

    encoding = encoding_of(desk, file)
    words = [] if encoding == "utf-8" else [f"--encoding={encoding}"]
    table = read_csv(Path(file).expanduser().read_bytes(), encoding)
    example = table.rows[0] if table.rows else ("",) * len(table.header)
    choices = {
        str(number): f"{title or 'no title'}, as in “{cell[:EXAMPLE]}”" if cell else title or "no title"
        for number, (title, cell) in enumerate(zip(table.header, example, strict=True), start=1)
    }
    for name, what in holds.items():
        if chosen := desk.choose(f"Which column holds {what}?", choices, skip="" if name in needed else "if none does"):
            words.append(f"--column={name}={chosen}")
    return words
