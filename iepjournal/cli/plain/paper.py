"""Sheets to take along, by question and answer: the checklist, the scripts, the worksheet, the meeting sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import library

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk


def papers(desk: PlainDesk) -> None:
    """One of the sheets, read here or written as a file."""
    name = desk.choose("Which sheet?", {name: library.printable(name).title for name in library.printable_names()})
    file = desk.line("The name of a new PDF (Enter reads it here):")
    desk.run("print", name, *([f"--output={file}", "--pdf"] if file else []))
