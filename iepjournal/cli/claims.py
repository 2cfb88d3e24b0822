"""The action packet claim: what the complaint says was not done, the facts under it, and what is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import bindery
from iepjournal.core import choices
from iepjournal.core.contents import claim_line
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NotAllowed
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk
    from iepjournal.core.packet import ClaimShown, Complaint
    from iepjournal.core.records import Record

TRAINING, REIMBURSEMENT = "training", "reimbursement"
"""Proposals that have options of their own."""


def claim_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `packet claim [add KIND | drop N | N]`."""
    parser.add_argument("what", nargs="*", metavar="add KIND | drop N | N")
    parser.add_argument("--about", default="", help="of a new claim: the service’s handle")
    parser.add_argument("--add", default="", metavar="N,N|all", help="facts by number, or all the journal has")
    parser.add_argument("--drop", default="", metavar="N,N", help="facts that do not belong to it")
    parser.add_argument("--title", default=None, metavar="TEXT", help="your own title: what was not done")
    parser.add_argument("--text", default=None, metavar="TEXT", help="your own statement; - for standard input")
    parser.add_argument(
        "--ask", action="append", default=[], metavar="TEXT", help="propose this too, by name or in words"
    )
    parser.add_argument("--training", action="store_true", help="propose that the staff are told and trained")
    parser.add_argument("--reimbursement", default="", metavar="WHAT", help="propose it: what you paid for, how much")
    parser.add_argument("--no-ask", action="append", default=[], metavar="NAME", help="do not propose that")
    parser.add_argument("--first", action="store_true", help="make it the first claim")
    parser.add_argument("--why", default="not claimed", help="with drop: kept with it")


def claim(args: argparse.Namespace, desk: Desk) -> int:
    """List the claims, or change one."""
    store = desk.store()
    complaint = bindery.complaint_of(store.case())
    match args.what:
        case []:
            for shown in complaint.claims:
                desk.out(claim_line(shown))
                for ask in shown.claim.asks:
                    desk.out(f"       proposes: {ask}")
            others = ", ".join(complaint.kit.kinds)
            desk.say(f"More: iepjournal packet claim add KIND, with one of: {others}")
            return 0
        case ["add", kind]:
            written: tuple[Record, ...] = choices.added_claim(complaint, kind, args.about, new_uid(desk.now))
        case ["drop", number]:
            written = choices.dropped_claim(complaint, choices.claim_numbered(complaint, number), args.why)
        case [number]:
            written = _changes(args, desk, complaint, choices.claim_numbered(complaint, number))
        case _:
            raise CannotUnderstand("an action on a claim", " ".join(args.what), "Write: add KIND, drop N, or N.")
    if not written:
        raise NotAllowed("Nothing was changed: the claim is so already.")
    desk.append(store, written)
    for shown in bindery.complaint_of(store.case()).claims:
        desk.out(claim_line(shown))
    return 0


def _changes(args: argparse.Namespace, desk: Desk, complaint: Complaint, shown: ClaimShown) -> tuple[Record, ...]:
    asks = [clean_text(ask, multiline=False).text for ask in args.ask]
    if args.training:
        asks.append(TRAINING)
    if args.reimbursement:
        asks.append(f"{REIMBURSEMENT}: {clean_text(args.reimbursement, multiline=False).text}")
    changed = choices.changed_claim(
        complaint,
        shown,
        add=choices.numbers(args.add),
        drop=choices.numbers(args.drop),
        title=None if args.title is None else clean_text(args.title, multiline=False).text,
        text=None if args.text is None else desk.text_or_stdin(args.text),
        asks=asks,
        no_asks=args.no_ask,
    )
    first = choices.first_claim(complaint, shown) if args.first else None
    return tuple(record for record in (changed, first) if record is not None)
