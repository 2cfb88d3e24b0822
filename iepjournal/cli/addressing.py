"""The action `letter address`: to whom a letter goes, who gets a copy, and its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import mailroom
from iepjournal.core.addressing import addressed, placed
from iepjournal.core.corrections import amended
from iepjournal.core.people import known_handle
from iepjournal.core.records import Letter
from iepjournal.core.text import clean_text
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from iepjournal.cli.desk import Desk
    from iepjournal.core.addressing import Addressed, Place
    from iepjournal.core.case import Case
    from iepjournal.core.records import Record

PLACES: dict[Place, str] = {"to": "addressed", "cc": "a copy", "": "not on it"}
OPTIONS: dict[str, Place] = {"to": "to", "cc": "cc", "off": ""}
"""Option -> where it puts somebody."""
CHANGED = ("to", "cc", "title", "text")


def address_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare who is put where."""
    for name, help_line in (("to", "address it to them"), ("cc", "a copy for them"), ("off", "neither")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar="HANDLE", help=help_line)
    parser.add_argument("--subject", default="", metavar="WORDS", help="of the mail, and the name of the file")
    parser.add_argument("--greeting", action="store_true", help="greet those whom it is addressed to")


def address(args: argparse.Namespace, desk: Desk) -> int:
    """List who is on the letter, or change it; the greeting only when that is said."""
    store = desk.store()
    asked = [(place, typed) for name, place in OPTIONS.items() for typed in getattr(args, name)]
    subject = clean_text(args.subject, multiline=False).text.strip()
    if asked or subject or args.greeting:

        def write(case: Case) -> Iterable[Record]:
            old = letter = case.numbered(args.no, Letter)
            for place, typed in asked:
                letter = placed(letter, case, _meant(typed, letter, case), place)
            if not letter.to:
                raise NotAllowed("A letter is addressed to somebody. Nothing was changed.", "Add --to HANDLE.")
            letter = letter.replace(title=subject or letter.title)
            for greeting in mailroom.greetings_of(letter, case) if args.greeting else ():
                letter = letter.replace(text=letter.text.replace(greeting.now, greeting.then, 1))
            return [amended(case, old, {name: getattr(letter, name) for name in CHANGED}, "addressed anew")]

        desk.change(store, write)
    case = store.case()
    letter = case.numbered(args.no, Letter)
    desk.out(f"Letter {letter.no}: {letter.title}")
    for one in addressed(letter, case):
        desk.out(f"  {PLACES[one.place]:<10} {name_of(one)}")
    for greeting in mailroom.greetings_of(letter, case):
        desk.say(f"It greets: “{greeting.now}” To make it “{greeting.then}”: add --greeting")
    return 0


def name_of(one: Addressed) -> str:
    """The first line of their address, with the handle where they have one."""
    return f"{one.lines.splitlines()[0]}{f' @{one.person.handle}' if one.person else ''}"


def _meant(typed: str, letter: Letter, case: Case) -> Addressed:
    """Somebody by handle, or by the first line of an address that stands on the letter."""
    everybody = addressed(letter, case)
    by_name = next((one for one in everybody if one.lines.splitlines()[0].casefold() == typed.casefold()), None)
    if by_name:
        return by_name
    handle = known_handle(typed, case)
    found = next((one for one in everybody if one.person and one.person.handle == handle), None)
    if found is None:
        raise NotAllowed(f"@{handle} has neither a name nor a role yet.", "iepjournal people change")
    return found
