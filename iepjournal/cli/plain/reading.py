"""The log read aloud: the newest first, by words, by number; and what can be done with one entry."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from iepjournal.cli.entries import tell
from iepjournal.cli.plain.checkins import answer_again, made_up
from iepjournal.cli.plain.desk import Back, Question
from iepjournal.cli.plain.writing import correct
from iepjournal.core.corrections import described, newest_command
from iepjournal.core.promises import promises_in
from iepjournal.core.records import ENTRY_TYPES, Entry, Letter, Promise, Session
from iepjournal.core.search import Wanted, select
from iepjournal.errors import JournalError
from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.records import Record

STRUCK = object()
"""What an action gives when the record it was about is out of sight."""
ENTRY = {
    "promise": "write down what was promised in it",
    "letter": "write a letter about it",
    "shows": "say what it shows for a deadline, as in: the meeting was held",
}
SESSION = {"again": "answer again for this day", "made-up": "it was made up on another day"}
ONLY = {
    "type": "Of which kind?",
    "who": "With or about whom?",
    "service": "Of which service?",
    "tag": "With which tag?",
}
AT_ONCE = 8
"""So many entries are read before it asks."""


def read_log(desk: PlainDesk) -> None:
    """Ask for words or a number, and read what fits."""
    answer = desk.line("Words to look for, a number, Enter for the newest, or f to choose by day, kind or person:")
    if answer.lower() == "f":
        desk.then_back(lambda: _only_some(desk))
        return
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


def _only_some(desk: PlainDesk) -> None:
    """Only some of the log, oldest first, as the verb lists it."""
    case = desk.store().case()
    tags = sorted({tag for entry in case.entries for tag in entry.tags})
    choices = {"type": {kind: kind.replace("-", " ") for kind in ENTRY_TYPES}, "who": desk.people(),
               "service": desk.services(), "tag": {tag: tag for tag in tags}}  # fmt: skip
    asked = desk.options(
        Question(option="since", words="From which day on?"),
        Question(option="until", words="To which day?"),
        *(Question(option=name, words=ONLY[name], choices=known) for name, known in choices.items() if known),
        Question(option="text", words="With which words in it?"),
        Question(option="struck", words="Those that were struck as well?", flag=True),
    )
    desk.run("list", *asked)
    open_record(desk, desk.needed("The number of an entry opens it (Enter goes back):"))


def open_record(desk: PlainDesk, number: str) -> None:
    """Read one record whole, and ask what to do with it."""
    if not desk.run("show", number):
        return
    record = desk.store().case().numbered(number)
    if isinstance(record, Letter):
        from iepjournal.cli.plain.letters import open_letter

        open_letter(desk, record.no or 0)
    elif isinstance(record, Promise):
        from iepjournal.cli.plain.promises import close_promise

        desk.then_back(lambda: close_promise(desk, number, f"Promise {record.no}:"))
    else:
        desk.until_back(lambda: _do_with(desk, record))


def _do_with(desk: PlainDesk, record: Record) -> None:
    no = str(record.no)
    choices = {"strike": "strike it: take it out of sight, with the reason", "attach": "keep a file with it"}
    if isinstance(record, Entry):
        choices = {"correct": "correct it", **choices, **ENTRY}
    elif isinstance(record, Session):
        choices |= SESSION
    what = desk.choose(f"{record.KIND.capitalize()} {no}:", choices)
    actions: dict[str, Callable[[], object]] = {
        "correct": lambda: correct(desk, record.no or 0),
        "strike": lambda: _strike(desk, no),
        "attach": lambda: _attach(desk, no),
        "letter": lambda: _letter(desk, no),
        "promise": lambda: promise(desk, no),
        "shows": lambda: _shows(desk, no),
    }
    if isinstance(record, Session):
        actions |= {"again": partial(answer_again, desk, record), "made-up": partial(made_up, desk, record)}
    struck = False
    with suppress(Back):
        struck = actions[what]() is STRUCK
    if struck:
        raise Back


def _strike(desk: PlainDesk, no: str) -> object:
    why = desk.needed("Why? It stays in the journal with this reason.")
    return STRUCK if desk.run("strike", no, f"--why={why}") else None


def _attach(desk: PlainDesk, no: str) -> None:
    file = desk.needed("Which file? Its path on this machine:")
    name = Question(option="name", words="What is it called, if not as the file is?")
    received = Question(option="received", words="When did you get it?")
    desk.run("attach", *desk.options(name, received), no, "--", file)


def _letter(desk: PlainDesk, no: str) -> None:
    from iepjournal.cli.plain.letters import new_letter

    new_letter(desk, facts=no)


def _shows(desk: PlainDesk, no: str) -> None:
    """An event of the rules that the entry tells of, by which clocks start or end."""
    events = load_rules(desk.store().case().profile.state).events
    choices = {name: event.title for name, event in events.items() if not event.mark}
    event = desk.choose("What does it show?", choices)
    on = Question(option="on", words="On which day, if not that of the entry?")
    desk.run("mark", *desk.options(on, Question(option="why", words="A few words about it?")), no, event)


def promise(desk: PlainDesk, no: str) -> None:
    """Write down who said what would happen by when."""
    found = promises_in(desk.store().case().numbered(no, Entry))
    if found:
        desk.out(f"In it stands: {', '.join(f'“{one.text}”' for one in found)}")
    words = desk.line("What was promised? Enter takes the exact words of the entry.")
    people = desk.people()
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
