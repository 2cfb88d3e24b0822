"""The action packet exhibit: which files go into the packet, under which name and title, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import bindery
from iepjournal.core import choices
from iepjournal.core.exhibits import new_exhibit, source_of
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk
    from iepjournal.core.packet import Complaint
    from iepjournal.core.records import Record


def exhibit_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `packet exhibit [add N | drop NAME | NAME]`."""
    parser.add_argument("what", nargs="*", metavar="add N | drop NAME | NAME")
    parser.add_argument("--as", dest="handle", default="", metavar="NAME", help="what [[ex:NAME]] calls it")
    parser.add_argument("--title", default="", help="in the table of exhibits")
    parser.add_argument("--shows", default="", metavar="N,N", help="facts it shows")
    parser.add_argument("--place", type=int, default=0, metavar="N", help="of NAME: the N-th exhibit from now on")
    parser.add_argument("--by-mention", action="store_true", help="all in the order of first mention again")
    parser.add_argument("--why", default="not an exhibit", help="with drop: kept with it")


def exhibit(args: argparse.Namespace, desk: Desk) -> int:
    """List the exhibits, or change one or their order."""
    store = desk.store()
    complaint = bindery.complaint_of(store.case())
    case = complaint.case
    written: tuple[Record, ...] = ()
    match args.what:
        case [] if args.by_mention:
            written = (choices.by_mention(case),)
        case []:
            if not complaint.exhibits:
                desk.say("No exhibit yet. Attach a file to an entry, then: iepjournal packet exhibit add N")
        case ["add", number]:
            choices.packet_of(case)
            written = (_described(args, complaint, case.numbered(number)),)
        case ["drop", handle]:
            written = choices.left_out(case, choices.exhibit_called(case, handle), args.why)
        case [handle]:
            written = _changes(args, complaint, handle)
        case _:
            raise CannotUnderstand("an action on an exhibit", " ".join(args.what), "Write: add N, drop NAME, or NAME.")
    if written:
        desk.append(store, written)
    for one in bindery.complaint_of(store.case()).exhibits:
        desk.out(f"{one.label:>3}  {one.title}  [[ex:{one.exhibit.handle}]]")
    return 0


def _changes(args: argparse.Namespace, complaint: Complaint, handle: str) -> tuple[Record, ...]:
    choices.packet_of(complaint.case)
    found = choices.exhibit_called(complaint.case, handle)
    written: list[Record] = []
    if args.handle or args.title or args.shows:
        source = source_of(found, complaint.case)
        if source is None:
            raise NotAllowed(f"The file of {found.handle} is not there any more.")
        written.append(_described(args, complaint, source))
    if args.place:
        written.append(choices.placed(complaint, found, args.place))
    if not written:
        raise NotAllowed("Nothing was changed.", "Say what: --title, --as, --shows or --place.")
    return tuple(written)


def _described(args: argparse.Namespace, complaint: Complaint, source: Record) -> Record:
    facts = choices.facts_of(complaint, choices.numbers(args.shows))
    title = clean_text(args.title, multiline=False).text
    return new_exhibit(complaint.case, source, handle=args.handle, title=title, facts=facts)
