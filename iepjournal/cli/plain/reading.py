"""The log read aloud: the newest first, by words, by number; and what can be done with one entry."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.cli.entries import tell
from iepjournal.cli.plain.desk import Back, Question
from iepjournal.cli.plain.writing import correct
from iepjournal.core.corrections import described, newest_command
from iepjournal.core.promises import promises_in
from iepjournal.core.records import Entry, Letter
from iepjournal.core.search import Wanted, select
from iepjournal.errors import JournalError

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.records import Record

AT_ONCE = 8
"""So many entries are read before it asks."""


def read_log(desk: PlainDesk) -> None:
    """Ask for words or a number, and read what fits."""
    answer = desk.line("Words to look for, the number of an entry, or Enter for the newest:")
    if answer.isascii() and answer.isdigit():
        open_record(desk, answer)
        return
    entries = select(desk.store().case(), Wanted(text=answer))[::-1]
    if not entries:
        desk.say("Nothing is written yet." if not answer else "Nothing fits these words.")
        raise Back
    for first in range(0, len(entries), AT_ONCE):
        tell(desk, desk.store().case(), entries[first : first + AT_ONCE])
        left = len(entries) - first - AT_ONCE
        more = f"Enter reads on, {left} more" if left > 0 else "Enter goes back"
        chosen = desk.line(f"The number of an entry opens it ({more}):")
        if chosen:
            open_record(desk, chosen)
            return
    raise Back


def open_record(desk: PlainDesk, number: str) -> None:
    """Read one record whole, and ask what to do with it."""
    if not desk.run("show", number):
        return
    record = desk.store().case().numbered(number)
    if isinstance(record, Letter):
        from iepjournal.cli.plain.letters import open_letter

        open_letter(desk, record.no or 0)
    else:
        desk.until_back(lambda: _do_with(desk, record))


def _do_with(desk: PlainDesk, record: Record) -> None:
    no = str(record.no)
    choices = {"strike": "strike it: take it out of sight, with the reason", "attach": "keep a file with it"}
    if isinstance(record, Entry):
        choices = {"correct": "correct it", **choices, "promise": "write down what was promised in it"}
        choices["letter"] = "write a letter about it"
    what = desk.choose(f"{record.KIND.capitalize()} {no}:", choices)
    struck = False
    with suppress(Back):
        if what == "correct":
            correct(desk, record.no or 0)
        elif what == "strike":
            why = desk.needed("Why? It stays in the journal with this reason.")
            struck = desk.run("strike", no, f"--why={why}")
        elif what == "attach":
            file = desk.needed("Which file? Its path on this machine:")
            desk.run("attach", *desk.options(Question(option="received", words="When did you get it?")), no, "--", file)
        elif what == "letter":
            from iepjournal.cli.plain.letters import new_letter

            new_letter(desk, facts=no)
        else:
            promise(desk, no)
    if struck:
        raise Back


def promise(desk: PlainDesk, no: str) -> None:
    """Write down who said what would happen by when."""
    case = desk.store().case()
    found = promises_in(case.numbered(no, Entry))
    if found:
        desk.out(f"In it stands: {', '.join(f'“{one.text}”' for one in found)}")
    words = desk.line("What was promised? Enter takes the exact words of the entry.")
    people = {handle: one.name or f"@{handle}" for handle, one in case.people.items()}
    who = Question(option="who", words="Who said it?", choices=people)
    by = Question(option="by", words="By when? fri, 12/18, in 2 weeks")
    asked = desk.options(who, by) if people else desk.options(by)
    desk.run("promise", *asked, no, *(["--", words] if words else []))


def undo(desk: PlainDesk) -> None:
    """Show the newest command, and take it back when that is meant."""
    case = desk.store().case()
    try:
        together = newest_command(case, desk.user)
    except JournalError as error:
        desk.say(str(error))
        return
    desk.out("This would be taken back:")
    for record in together:
        desk.out(described(case, record))
    if desk.yes("Take it back?"):
        desk.run("undo", "--yes")
