"""The actions packet export, sent and received: the paper of both sets, and what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import bindery
from iepjournal.core import choices
from iepjournal.core.contents import check
from iepjournal.core.dates import past_day, say
from iepjournal.core.packet import complaint_letter
from iepjournal.errors import AlreadyThere, NotAllowed
from iepjournal.mailroom import METHODS
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.contents import Contents
    from iepjournal.core.packet import Complaint
    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

TO = {"mde": ("mde",), "state": ("mde",), "lea": ("lea",), "district": ("lea",), "both": ("mde", "lea")}
"""Who gets a set -> which ones."""
ZIP = ".zip"


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `packet export`."""
    parser.add_argument("--copy", default="mde", choices=tuple(bindery.SETS), help="the state’s set, or the district’s")
    parser.add_argument("--draft", action="store_true", help="although something is missing, stamped DRAFT")
    parser.add_argument("--override", default="", metavar="WHY", help="although something is missing; logged")
    parser.add_argument("--sheet", action="store_true", help="only the sheet for the mail counter")
    parser.add_argument("--split", type=int, default=0, metavar="MB", help="in files of at most so many megabytes")
    parser.add_argument("-o", "--output", default="", metavar="FILE", help="a new .pdf or .zip; else standard output")


def sent_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `packet sent`."""
    _mark_arguments(parser, "to both: two numbers with a comma between them")


def received_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `packet received`."""
    _mark_arguments(parser, "")


def _mark_arguments(parser: argparse.ArgumentParser, tracking: str) -> None:
    parser.add_argument("--to", required=True, choices=tuple(TO))
    parser.add_argument("--on", default="today", metavar="DAY")
    parser.add_argument("--by", default="", metavar="METHOD", help=", ".join(METHODS))
    if tracking:
        parser.add_argument("--tracking", default="", metavar="NUMBER", help=tracking)


def may_be_made(args: argparse.Namespace, complaint: Complaint, contents: Contents) -> bool:
    """Whether nothing is missing, or it was sent so, or the parent wants it all the same."""
    sent = complaint_letter(complaint.packet, complaint.case)
    return bool(contents.ready or sent or args.draft or args.override)


def export(args: argparse.Namespace, desk: Desk, store: CaseStore, complaint: Complaint, contents: Contents) -> int:
    """Make what was asked for, whole, and only then write it."""
    names = [finding.of for finding in contents.findings if finding.where == "names"]
    if names and not args.draft and not complaint_letter(complaint.packet, complaint.case):
        desk.say(
            f"Others will read these names: {', '.join(names)}. To change one: iepjournal packet name NAME BECOMES"
        )
    what = bindery.EVERYTHING if args.output.endswith(ZIP) else bindery.SHEET if args.sheet else args.copy
    if args.output and Path(args.output).exists():
        raise AlreadyThere(args.output)
    with desk.progress() as tell:
        made = bindery.Bindery(complaint=complaint, shelf=store, draft=args.draft, tell=tell)
        files = made.made(what, megabytes=args.split)
    if args.override and not contents.ready and not args.draft and not made.letter:
        mark = choices.overridden(complaint.packet, contents, args.override, desk.today)
        desk.append(store, [mark])
        desk.say(f"Made although something is missing; that and your reason are kept: {'; '.join(mark.findings)}")
    _write(args, desk, what, files)
    desk.append(store, made.marks(what, desk.today))
    return 0


def _write(args: argparse.Namespace, desk: Desk, what: str, files: tuple[bytes, ...]) -> None:
    from iepjournal.export.packet_files import size_in_words

    if not args.output:
        if len(files) > 1:
            raise NotAllowed("Several files need a name.", "Add -o FILE.")
        out = desk.binary_out()
        out.write(files[0])
        out.flush()
        return
    path = Path(args.output)
    named = dict(zip(bindery.file_names(path, len(files)), files, strict=True))
    desk.write_all_new(named)
    for name, content in named.items():
        inside = ": both sets, the sheet for the mail counter and the tables" if what == bindery.EVERYTHING else ""
        desk.say(f"{name}, {size_in_words(len(content))}{inside}")
    if len(files) == 1 and len(files[0]) > bindery.LARGE and what in bindery.SETS:
        desk.say("Many mailboxes refuse so large a file. In parts: add --split 10")


def sent(args: argparse.Namespace, desk: Desk) -> int:
    """Freeze both sets when the first goes out, so that the second is the same; mark what went."""
    store = desk.store()
    complaint = bindery.complaint_of(store.case())
    on = past_day(args.on, desk.today).on
    copies, tracking = TO[args.to], args.tracking.split(",") if args.to == "both" else [args.tracking]
    with desk.progress() as tell:
        made = bindery.Bindery(complaint=complaint, shelf=store, tell=tell)
        kept = made.letter
        bindery.known_method(args.by)
        sets = {} if kept else made.both()
    if changed := bindery.changed_since_made(complaint, sets):
        desk.say(f"{changed} If you sent the older one, say so in an entry.")
    contents = None if kept else check(complaint, desk.today, store.other_children())
    letter = kept or bindery.frozen(complaint, sets, new_uid(desk.now))
    marks = bindery.sent_marks(letter, copies, on, by=args.by, tracking=tracking, contents=contents)

    def post(case: Case) -> Iterable[Record]:
        if sets:
            store.keep_next_letter("pdf", [one.pdf for one in sets.values()])
        return marks if kept else (bindery.unchanged(letter, complaint, case), *marks)

    desk.change(store, post)
    for copy in copies:
        desk.out(f"Sent {say(on, desk.today)} by {args.by}: {bindery.SETS[copy]}.")
    gone = bindery.went_out(letter, store.case())
    waiting = [copy for copy in bindery.SETS if copy not in gone]
    for copy in waiting:
        desk.say(f"The other set is not marked as sent yet: iepjournal packet sent --to {bindery.SENT_TO[copy]}")
    if not waiting:
        desk.say("Both sets are on their way. What is due from now on: iepjournal due")
    return 0


def received(args: argparse.Namespace, desk: Desk) -> int:
    """Mark what arrived."""
    store = desk.store()
    complaint = bindery.complaint_of(store.case())
    letter = complaint_letter(complaint.packet, complaint.case)
    on = past_day(args.on, desk.today).on
    marks = [bindery.received_mark(letter, complaint.case, copy, on, args.by) for copy in TO[args.to]]
    desk.append(store, marks)
    for copy in TO[args.to]:
        desk.out(f"Received {say(on, desk.today)}: {bindery.SETS[copy]}.")
    return 0
