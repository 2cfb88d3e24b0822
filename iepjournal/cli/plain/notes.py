"""Bringing in old notes: the file, its columns where it has some, what it would become, and only then the save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Question
from iepjournal.cli.plain.tables import columns
from iepjournal.core.notetable import HOLDS, NEEDED
from iepjournal.notefile import BY_ENDING

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk

FORMS = {
    "csv": "a table, CSV",
    "eml": "an e-mail",
    "mbox": "a mailbox",
    "jrnl": "what jrnl writes",
    "text": "text with days",
}


def bring_in(desk: PlainDesk) -> None:
    """Ask for the file, show what each note would be, and save when that is right."""
    file = desk.needed("Which file? CSV, .eml, .mbox, text with dates, or the ZIP of a case. Its path on this machine:")
    if file.lower().endswith(".zip"):
        name = Question(option="as", words="The case's name here, if not its own?")
        desk.run("import", *desk.options(name), "--", file)
        return
    words = _form(desk, file)
    if "--format=csv" in words or BY_ENDING.get(Path(file).suffix.lower()) == "csv":
        words += columns(desk, file, HOLDS, NEEDED)
    words += desk.options(
        Question(option="year", words="Of which year are days that are written without one?", number=True)
    )
    if desk.run("import", *words, "--", file) and desk.yes("Save them as shown?"):
        desk.run("import", "--yes", *words, "--", file)


def _form(desk: PlainDesk, file: str) -> list[str]:
    """What the file is, where its name does not say it."""
    if Path(file).suffix.lower() in BY_ENDING:
        return []
    return desk.options(Question(option="format", words="What kind of file, if not dated text?", choices=FORMS))
