"""The main menu of the plain mode: which case, and what to do in it."""

from __future__ import annotations

import shlex
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.cli.plain.case import change_case, first_questions
from iepjournal.cli.plain.checkins import check_in, waiting
from iepjournal.cli.plain.deadlines import deadlines
from iepjournal.cli.plain.desk import Back, PlainDesk, Question, ending_on
from iepjournal.cli.plain.letters import letters
from iepjournal.cli.plain.notes import bring_in
from iepjournal.cli.plain.packet import packet
from iepjournal.cli.plain.paper import papers
from iepjournal.cli.plain.promises import follow_up
from iepjournal.cli.plain.reading import read_log, undo
from iepjournal.cli.plain.safety import keep_safe
from iepjournal.cli.plain.services import services
from iepjournal.cli.plain.writing import write
from iepjournal.core import drafts
from iepjournal.core.dates import say
from iepjournal.errors import JournalError, JournalTooNew, JournalUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.cli.desk import Desk


def type_command(desk: PlainDesk) -> None:
    """Whatever has no question of its own here: a verb and its options."""
    typed = desk.needed("The command, as in: progress, or --help for all of them:")
    try:
        words = shlex.split(typed)
    except ValueError as error:
        desk.say(f"This cannot be read as a command: {error}.")
        return
    desk.run(*(words[1:] if words[0] == "iepjournal" else words))


ITEMS: dict[str, tuple[str, Callable[[PlainDesk], None], bool]] = {
    "write": ("write down what happened", write, False),
    "check-in": ("did it happen? the sessions of the day", check_in, True),
    "read": ("read and search the log", read_log, True),
    "promises": ("promises, and talks to confirm", follow_up, True),
    "letters": ("letters", letters, True),
    "deadlines": ("deadlines", deadlines, True),
    "services": ("services: given, not delivered, not known; goals; the school's log", services, True),
    "packet": ("the state complaint and its exhibits", packet, True),
    "case": ("the case: family, school, people, IEP, calendar", change_case, True),
    "undo": ("take back the last thing that was saved", undo, False),
    "paper": ("sheets to take along", papers, True),
    "notes": ("bring in old notes or e-mails", bring_in, False),
    "safety": ("keep it safe: copies, checks, another machine", keep_safe, True),
    "command": ("any command, as in the shell", type_command, True),
}
"""Each item's words, what it does, and whether it is repeated until the parent goes back."""
CASES = {"another": "another case", "board": "all cases in one line each", "cases": "the cases and their folders"}
NEW = {"new": "a new case, for another child"}


def open_menu(asked: Desk) -> int:
    """Open the plain mode; it ends at q, at an empty line in the main menu, or at the end of the input."""
    desk = PlainDesk(asked)
    with ending_on(signal.SIGHUP, signal.SIGTERM), suppress(Back):
        if not desk.case_folders() and not desk.case_name:
            first_questions(desk)
        _name_case(desk)
        desk.until_back(lambda: _main_menu(desk))
    desk.say("Left. What was saved is on the disk.")
    return 0


def _name_case(desk: PlainDesk) -> None:
    """Ask which case, where there are several and none was named."""
    known = [folder.name for folder in desk.case_folders()]
    if not desk.case_name and len(known) > 1:
        desk.case_name = desk.choose("Which case?", {name: name for name in known})
    desk.case_name = desk.folder().name


def _main_menu(desk: PlainDesk) -> None:
    case = desk.store().case()
    desk.out(f"{case.profile.child.name or desk.case_name}, {say(desk.today, desk.today)}")
    choices = {name: words for name, (words, _, _) in ITEMS.items()}
    if open_today := waiting(case, desk):
        choices["check-in"] += f", {open_today} without an answer"
    begun = {draft.name for draft in desk.store().drafts()}
    if drafts.ENTRY in begun:
        choices["write"] += ", or go on with what is not saved yet"
    for name in sorted(begun - {drafts.ENTRY}):
        desk.say(f"Not saved yet, and offered where it was begun: {drafts.called(name)}.")
    choices |= {**(CASES if len(desk.case_folders()) > 1 else {}), **NEW}
    chosen = desk.choose("What do you want to do?", choices)
    if chosen not in ITEMS:
        desk.then_back(lambda: change_case_to(desk, chosen))
        return
    _, act, repeated = ITEMS[chosen]
    step = _guarded(desk, act)
    if repeated:
        desk.until_back(step)
        return
    desk.then_back(step)


def change_case_to(desk: PlainDesk, what: str) -> None:
    """Another case, a new one, or how all of them stand."""
    if what == "another":
        desk.case_name = ""
        _name_case(desk)
    elif what == "new":
        slug = desk.needed("A short name for the case, as in sam; small letters, digits and dashes:")
        setup = Question(option="from", words="A set-up file for it: its path on this machine?")
        if desk.run("new", *desk.options(setup), slug):
            desk.case_name = slug
    else:
        desk.run(what)


def _guarded(desk: PlainDesk, act: Callable[[PlainDesk], None]) -> Callable[[], None]:
    """What cannot be done is said, and leads back to the menu; a journal that cannot be read ends the program."""

    def step() -> None:
        try:
            act(desk)
        except (JournalUnreadable, JournalTooNew):
            raise
        except JournalError as error:
            desk.say(str(error))
            raise Back from error

    return step
