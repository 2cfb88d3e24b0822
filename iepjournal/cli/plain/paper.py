"""What goes on paper beside letters: the sheets to take along, the calendar file, the state complaint."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal import library
from iepjournal.cli.plain.desk import Back, Question
from iepjournal.mailroom import METHODS

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk

PAPERS = {
    "sheet": "a sheet to take along: checklist, scripts, worksheet, meeting",
    "ics": "the deadlines as a file for a calendar",
    "packet": "the state complaint and its exhibits",
}
PACKET = {
    "show": "read it: the claims, the facts, what shows each",
    "check": "check it",
    "new": "make it of all that the journal shows",
    "effect": "say what it did to your child",
    "export": "take a set home as a file",
    "sent": "a set was sent",
    "received": "a set arrived",
}
SETS = {"mde": "the state's", "lea": "the district's"}


def papers(desk: PlainDesk) -> None:
    """One of these."""
    what = desk.choose("Paper:", PAPERS)
    with suppress(Back):
        _make(desk, what)


def _make(desk: PlainDesk, what: str) -> None:
    if what == "sheet":
        names = {name: library.printable(name).title for name in library.printable_names()}
        name = desk.choose("Which sheet?", names)
        file = desk.line("The name of a new PDF (Enter reads it here):")
        desk.run("print", name, *([f"--output={file}", "--pdf"] if file else []))
    elif what == "ics":
        desk.run("ics", f"--output={desk.needed('The name of the new file, as in deadlines.ics:')}")
    else:
        desk.until_back(lambda: _packet(desk))


def _packet(desk: PlainDesk) -> None:
    what = desk.choose("The state complaint:", PACKET)
    with suppress(Back):
        _change_packet(desk, what)


def _change_packet(desk: PlainDesk, what: str) -> None:
    if what == "new":
        by = Question(option="received-by", words="By which day will the state have it?")
        desk.run("packet", "new", *desk.options(by))
    elif what == "effect":
        text = desk.text("What did it do to your child?", "packet-effect")
        if desk.run("packet", "set", "--effect=-", text=text):
            desk.store().discard_draft("packet-effect")
    elif what == "export":
        copy = desk.choose("Whose set?", SETS)
        words = [f"--copy={copy}", f"--output={desk.needed('The name of the new PDF or ZIP:')}"]
        if not desk.run("packet", "export", *words) and desk.yes("Write it as a draft, stamped DRAFT?"):
            desk.run("packet", "export", "--draft", *words)
    elif what in ("sent", "received"):
        to = Question(option="to", words="Whose set?", choices=SETS, needed=True)
        on = Question(option="on", words="On which day, if not today?")
        by = Question(option="by", words="How?", choices={name: name for name in METHODS}, needed=what == "sent")
        desk.run("packet", what, *desk.options(to, on, by))
    else:
        desk.run("packet", what)
