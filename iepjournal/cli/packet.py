"""The verb packet: the state complaint begun, read, set and checked. Claims, exhibits and sets have their own files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from iepjournal import bindery, library
from iepjournal.cli import claims, exhibits, sets
from iepjournal.cli.findings import say_findings, to_stand
from iepjournal.core import choices
from iepjournal.core.contents import as_json, check, claim_line, rests_on_child
from iepjournal.core.dates import coming_day, full_date, past_day
from iepjournal.core.findings import SIGNS
from iepjournal.core.packet import newest_packet
from iepjournal.core.text import clean_text
from iepjournal.errors import NotAllowed
from iepjournal.rulefiles import load_rules
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from datetime import date

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.findings import Finding
    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

SHORT = 70
"""So many characters of the words that meet a part are shown."""


def packet_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare every action on the packet."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, help_line: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=help_line, description=help_line)

    new = action("new", "a state complaint of all that the journal shows")
    new.add_argument("--received-by", default="", metavar="DAY", help="by when the state will have it")
    show = action("show", "the claims, the facts under them, and what shows each fact")
    show.add_argument("--text", action="store_true", help="the complaint as it stands, word for word")
    claims.claim_arguments(action("claim", "list; add KIND; drop N; or change claim N"))
    exhibits.exhibit_arguments(action("exhibit", "list; add N, an attachment or sent letter; drop or change NAME"))
    name = action("name", "what stands in place of somebody else’s name")
    name.add_argument("name")
    name.add_argument("becomes", nargs="?", default="", help="Student B; without it, the name may stand")
    choose = action("set", "its date, its expected arrival, what it did to your child, cover sheets")
    choose.add_argument("--dated", default="", metavar="DAY")
    choose.add_argument("--received-by", default="", metavar="DAY")
    choose.add_argument("--effect", default=None, metavar="TEXT", help="- for standard input")
    choose.add_argument("--covers", choices=("on", "off"), default="", help="a sheet before each exhibit")
    test = action("check", "what is missing, what meets each rule and where, and what would weaken it")
    test.add_argument("--json", action="store_true", help="for programs")
    test.add_argument("--allow", default="", metavar="N", help="let remark N stand")
    sets.export_arguments(action("export", "a set as PDF, or everything in one .zip"))
    sets.sent_arguments(action("sent", "a set went out; both must"))
    sets.received_arguments(action("received", "a set arrived"))


def packet(args: argparse.Namespace, desk: Desk) -> int:
    """Carry out one action on the packet."""
    actions: dict[str, Callable[[argparse.Namespace, Desk], int]] = {
        "new": _new,
        "show": _show,
        "claim": claims.claim,
        "exhibit": exhibits.exhibit,
        "name": _name,
        "set": _set,
        "check": _check,
        "export": _export,
        "sent": sets.sent,
        "received": sets.received,
    }
    return actions[args.action](args, desk)


def _new(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    _make(store, desk, coming_day(args.received_by, desk.today) if args.received_by else None)
    complaint = bindery.complaint_of(store.case())
    first, last = complaint.window
    desk.out(f"Packet {complaint.packet.no}: {len(complaint.claims)} claims, {len(complaint.exhibits)} exhibits.")
    desk.out(f"It reaches back to {full_date(first)}, if the state has it by {full_date(last)}.")
    for claim in complaint.claims:
        desk.out(claim_line(claim))
    desk.say("See what is missing: iepjournal packet check")
    return 0


def _make(store: CaseStore, desk: Desk, received_by: date | None = None) -> None:
    def make(case: Case) -> Iterable[Record]:
        book = load_rules(case.profile.state)
        usual = desk.today + timedelta(days=max(book.receipt.values(), default=0))
        return choices.new_packet(
            case,
            library.packet_kit(),
            library.words("en"),
            book,
            today=desk.today,
            received_by=received_by or usual,
            new_uid=lambda: new_uid(desk.now),
        )

    desk.change(store, make)


def _show(args: argparse.Namespace, desk: Desk) -> int:
    case = desk.store().case()
    complaint = bindery.complaint_of(case)
    if args.text:
        from iepjournal.export.text import letter_text

        desk.out(letter_text(bindery.as_it_stands(complaint, case)))
        return 0
    labels = {one.exhibit.root: f"Ex. {one.label}" for one in complaint.exhibits}
    for claim in complaint.claims:
        desk.out(claim_line(claim))
        for event in (*claim.events, *claim.background):
            shown = ", ".join(labels[exhibit.root] for exhibit in complaint.shown_by[event.number])
            alone = "only the child’s word" if rests_on_child(complaint, event) else "no document"
            older = " · background" if event in claim.background else ""
            desk.out(f"       {event.number:<12} {event.day:<14} {shown or '– ' + alone}{older}")
    return 0


def _name(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    name, becomes = (clean_text(words, multiline=False).text for words in (args.name, args.becomes))
    desk.change(store, lambda case: [choices.with_name(choices.packet_of(case), name, becomes)])
    desk.out(f"“{name}” becomes “{becomes}” in the packet." if becomes else f"“{name}” may stand.")
    desk.say("Pages of exhibits are not changed: cover a name there by hand, on the copy.")
    return 0


def _set(args: argparse.Namespace, desk: Desk) -> int:
    changes: dict[str, object] = {}
    if args.dated:
        changes["dated"] = past_day(args.dated, desk.today).on
    if args.received_by:
        changes["received_by"] = coming_day(args.received_by, desk.today)
    if args.effect is not None:
        changes["effect"] = desk.text_or_stdin(args.effect)
    if args.covers:
        changes["covers"] = args.covers == "on"
    if not changes:
        raise NotAllowed("Nothing was changed.", "Say what: iepjournal packet set --help")
    desk.change(desk.store(), lambda case: [choices.changed(case, **changes)])
    desk.out("Saved. What is left: iepjournal packet check")
    return 0


def _check(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    complaint = bindery.complaint_of(store.case())
    with desk.progress() as tell:
        made = bindery.Bindery(complaint=complaint, shelf=store, tell=tell)
        pages = made.pages()
    contents = check(complaint, desk.today, store.other_children())
    findings = (*made.refused, *contents.findings)
    ready = contents.ready and not made.refused
    if args.allow:
        return _allow(args.allow, findings, store, desk)
    if args.json:
        desk.out_json({**as_json(complaint, contents, pages), "ready": ready})
        return 0 if ready else 1
    say_findings(desk, findings)
    for said in contents.parts:
        sign = "✓" if said.words else SIGNS[said.part.level]
        where = f" · page {pages[said.part.id]}" if said.part.id in pages else ""
        desk.out(f"{sign} {said.part.title} ({said.part.cite}){where}")
        if said.words:
            desk.out(f"    “{_short(said.words)}”")
    met = sum(bool(said.words) for said in contents.parts)
    desk.out(f"{met} of {len(contents.parts)} parts. The signature is yours, in ink, on both sets.")
    if made.unread:
        desk.say(made.unread)
    return 0 if ready else 1


def _allow(number: str, findings: tuple[Finding, ...], store: CaseStore, desk: Desk) -> int:
    instead = "Mend it, or export with --draft or --override."
    remark = to_stand(findings, number, seen_with="iepjournal packet check", instead=instead)
    desk.change(store, lambda case: [choices.allowing(case, remark)])
    desk.out(f"It stands: {remark.message}")
    return 0


def _export(args: argparse.Namespace, desk: Desk) -> int:
    """Make the files; of a packet of all that the journal shows, where there is none yet."""
    store = desk.store()
    if newest_packet(store.case()) is None:
        _make(store, desk)
        desk.say("There was no packet yet, so one was made of all that the journal shows.")
    complaint = bindery.complaint_of(store.case())
    contents = check(complaint, desk.today, store.other_children())
    if not sets.may_be_made(args, complaint, contents):
        say_findings(desk, contents.findings)
        desk.say("Nothing was written. Mend what is marked ✗, or add --draft, or --override WHY.")
        return 1
    return sets.export(args, desk, store, complaint, contents)


def _short(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"
