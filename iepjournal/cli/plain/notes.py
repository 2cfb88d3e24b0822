"""Bringing in old notes: the file, its columns where it has some, what it would become, and only then the save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Question
from iepjournal.core.notetable import COLUMNS, NEEDED
from iepjournal.errors import CannotUnderstand

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk

HOLDS = {
    "date": "the day",
    "text": "what happened",
    "time": "the time",
    "type": "what kind it is",
    "who": "who it was with or about",
    "service": "which service",
    "tags": "tags",
}


def bring_in(desk: PlainDesk) -> None:
    """Ask for the file, show what each note would be, and save when that is right."""
    file = desk.needed("Which file? CSV, .eml, .mbox, text with dates, or the ZIP of a case. Its path on this machine:")
    if file.lower().endswith(".zip"):
        desk.run("import", "--", file)
        return
    words = _columns(desk, file) if file.lower().endswith((".csv", ".tsv")) else []
    words += desk.options(
        Question(option="year", words="Of which year are days that are written without one?", number=True)
    )
    if desk.run("import", *words, "--", file) and desk.yes("Save them as shown?"):
        desk.run("import", "--yes", *words, "--", file)


def _columns(desk: PlainDesk, file: str) -> list[str]:
    """Which column holds what, asked for each thing that a note can have."""
    from iepjournal.export.tables import read_csv

    encoding, words = "utf-8", []
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise CannotUnderstand("a file that can be read", file, str(error.strerror)) from error
    if not _is_utf_8(content) and desk.yes("The file is not UTF-8. Read it as an older Excel writes it, cp1252?"):
        encoding = "cp1252"
        words = ["--encoding=cp1252"]
    table = read_csv(content, encoding)
    example = table.rows[0] if table.rows else ("",) * len(table.header)
    choices = {
        str(number): f"{title or 'no title'}, as in “{cell[:40]}”" if cell else title
        for number, (title, cell) in enumerate(zip(table.header, example, strict=True), start=1)
    }
    for name in COLUMNS:
        skip = "" if name in NEEDED else "if there is none"
        if chosen := desk.choose(f"Which column holds {HOLDS[name]}?", choices, skip=skip):
            words.append(f"--column={name}={chosen}")
    return words


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
