"""The verb packet: the state complaint from the journal, its claims and exhibits, its check, and its two sets."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import library
from iepjournal.core import choices
from iepjournal.core.contents import as_json, check, claim_line, rests_on_child
from iepjournal.core.dates import coming_day, full_date, past_day, say
from iepjournal.core.exhibits import new_exhibit
from iepjournal.core.packet import Complaint, complaint_letter, open_packet
from iepjournal.core.records import Figure, Letter, Mark
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NotAllowed
from iepjournal.rulefiles import load_rules
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.contents import Contents
    from iepjournal.core.exhibits import Labelled
    from iepjournal.core.findings import Finding
    from iepjournal.core.packet import ClaimShown
    from iepjournal.core.records import Packet, Record
    from iepjournal.export.packet import Bound, PacketBinder
    from iepjournal.export.steps import Step
    from iepjournal.store.case_store import CaseStore

METHODS = ("hand", "e-mail", "mail", "certified", "fax")
SETS = {"mde": "mde", "state": "mde", "lea": "lea", "district": "lea"}
"""Who gets a set -> which one."""
SENT_TO = {"mde": "mde", "lea": "district"}
"""As a mark of sending says it."""
NAMED = {"mde": "the state’s set", "lea": "the district’s copy"}
SIGNS = {"stop": "✗", "warn": "!"}
LONG, EVERY = 100, 50
"""Packets of so many pages tell how far they are, each time so many are done."""


def packet_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare every action on the packet."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, help_line: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=help_line, description=help_line)

    new = action("new", "a state complaint of all that the journal shows")
    new.add_argument("--received-by", default="", metavar="DAY", help="by when the state will have it")
    action("show", "the claims, the facts under them, and what shows each fact")
    claim = action("claim", "list; add KIND; drop N; or change claim N")
    claim.add_argument("what", nargs="*", metavar="add KIND | drop N | N")
    claim.add_argument("--about", default="", help="of a new claim: the service’s handle")
    claim.add_argument("--add", default="", metavar="N,N|all", help="facts by number, or all the journal has")
    claim.add_argument("--drop", default="", metavar="N,N", help="facts that do not belong to it")
    claim.add_argument("--text", default=None, metavar="TEXT", help="your own statement; - for standard input")
    claim.add_argument(
        "--ask", action="append", default=[], metavar="TEXT", help="propose this too, by name or in words"
    )
    claim.add_argument("--no-ask", action="append", default=[], metavar="NAME", help="do not propose that")
    claim.add_argument("--first", action="store_true", help="make it the first claim")
    claim.add_argument("--why", default="not claimed", help="with drop: kept with it")
    exhibit = action("exhibit", "list; add N, an attachment or sent letter; drop NAME")
    exhibit.add_argument("what", nargs="*", metavar="add N | drop NAME")
    exhibit.add_argument("--as", dest="handle", default="", metavar="NAME", help="what [[ex:NAME]] calls it")
    exhibit.add_argument("--title", default="", help="in the table of exhibits")
    exhibit.add_argument("--shows", default="", metavar="N,N", help="facts it shows")
    exhibit.add_argument("--why", default="not an exhibit", help="with drop: kept with it")
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
    export = action("export", "a set as PDF, or everything in one .zip")
    export.add_argument("--copy", default="mde", choices=("mde", "lea"), help="the state’s set, or the district’s")
    export.add_argument("--draft", action="store_true", help="although something is missing, stamped DRAFT")
    export.add_argument("--override", default="", metavar="WHY", help="although something is missing; logged")
    export.add_argument("--sheet", action="store_true", help="only the sheet for the mail counter")
    export.add_argument("--split", type=int, default=0, metavar="MB", help="in files of at most so many megabytes")
    export.add_argument("-o", "--output", default="", metavar="FILE", help="a new .pdf or .zip; else standard output")
    for what, help_line in (("sent", "a set went out; both must"), ("received", "a set arrived")):
        went = action(what, help_line)
        went.add_argument("--to", required=True, choices=tuple(SETS))
        went.add_argument("--on", default="today", metavar="DAY")
        went.add_argument("--by", default="", metavar="METHOD", help=", ".join(METHODS))
        went.add_argument("--tracking", default="", metavar="NUMBER")


def packet(args: argparse.Namespace, desk: Desk) -> int:
    """Carry out one action on the packet."""
    actions: dict[str, Callable[[argparse.Namespace, Desk], int]] = {
        "new": _new,
        "show": _show,
        "claim": _claim,
        "exhibit": _exhibit,
        "name": _name,
        "set": _set,
        "check": _check,
        "export": _export,
        "sent": _sent,
        "received": _received,
    }
    return actions[args.action](args, desk)


def _new(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    received_by = coming_day(args.received_by, desk.today) if args.received_by else None
    _make(store, desk, received_by)
    complaint = _complaint(store.case())
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
    complaint = _complaint(desk.store().case())
    labels = {one.exhibit.root: f"Ex. {one.label}" for one in complaint.exhibits}
    for claim in complaint.claims:
        desk.out(claim_line(claim))
        for event in (*claim.events, *claim.background):
            shown = ", ".join(labels[exhibit.root] for exhibit in complaint.shown_by[event.number])
            alone = "only the child’s word" if rests_on_child(complaint, event) else "no document"
            older = " · background" if event in claim.background else ""
            desk.out(f"       {event.number:<12} {event.day:<14} {shown or '– ' + alone}{older}")
    return 0


def _claim(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    complaint = _complaint(store.case())
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
            claim, packet = choices.added_claim(complaint, kind, args.about, new_uid(desk.now))
            written: tuple[Record, ...] = (claim, packet)
        case ["drop", number]:
            written = choices.dropped_claim(complaint, choices.claim_numbered(complaint, number), args.why)
        case [number]:
            written = _changes(args, desk, complaint, choices.claim_numbered(complaint, number))
        case _:
            raise CannotUnderstand("an action on a claim", " ".join(args.what), "Write: add KIND, drop N, or N.")
    if not written:
        raise NotAllowed("Nothing was changed: the claim is so already.")
    desk.append(store, written)
    for shown in _complaint(store.case()).claims:
        desk.out(claim_line(shown))
    return 0


def _changes(args: argparse.Namespace, desk: Desk, complaint: Complaint, shown: ClaimShown) -> tuple[Record, ...]:
    changed = choices.changed_claim(
        complaint,
        shown,
        add=choices.numbers(args.add),
        drop=choices.numbers(args.drop),
        text=_text(args.text, desk),
        asks=[clean_text(ask, multiline=False).text for ask in args.ask],
        no_asks=args.no_ask,
    )
    first = choices.first_claim(complaint, shown) if args.first else None
    return tuple(record for record in (changed, first) if record is not None)


def _exhibit(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    complaint = _complaint(store.case())
    match args.what:
        case []:
            for one in complaint.exhibits:
                desk.out(f"{one.label:>3}  {one.title}  [[ex:{one.exhibit.handle}]]")
            if not complaint.exhibits:
                desk.say("No exhibit yet. Attach a file to an entry, then: iepjournal packet exhibit add N")
            return 0
        case ["add", number]:
            choices.packet_of(complaint.case)
            facts = choices.facts_of(complaint, choices.numbers(args.shows))
            record = complaint.case.numbered(number)
            title = clean_text(args.title, multiline=False).text
            desk.append(store, [new_exhibit(complaint.case, record, handle=args.handle, title=title, facts=facts)])
        case ["drop", handle]:
            from iepjournal.core.corrections import strike

            choices.packet_of(complaint.case)
            desk.append(store, [strike(complaint.case, choices.exhibit_called(complaint.case, handle), args.why)])
        case _:
            raise CannotUnderstand("an action on an exhibit", " ".join(args.what), "Write: add N, or drop NAME.")
    for one in _complaint(store.case()).exhibits:
        desk.out(f"{one.label:>3}  {one.title}  [[ex:{one.exhibit.handle}]]")
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
        changes["effect"] = _text(args.effect, desk)
    if args.covers:
        changes["covers"] = args.covers == "on"
    if not changes:
        raise NotAllowed("Nothing was changed.", "Say what: iepjournal packet set --help")
    store = desk.store()
    desk.change(store, lambda case: [choices.changed(case, **changes)])
    desk.out("Saved. What is left: iepjournal packet check")
    return 0


def _check(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    complaint = _complaint(store.case())
    binder, refused = _binder(store, complaint)
    contents = _contents(store, complaint, desk)
    findings = (*refused, *contents.findings)
    pages = binder.places().parts if not refused else {}
    if args.allow:
        return _allow(args.allow, findings, store, desk)
    if args.json:
        shape = as_json(complaint, contents, pages)
        shape["ready"] = contents.ready and not refused
        desk.out_json(shape)
        return 0 if shape["ready"] else 1
    _tell(desk, findings)
    for said in contents.parts:
        sign = "✓" if said.words else SIGNS[said.part.level]
        where = f" · page {pages[said.part.id]}" if said.part.id in pages else ""
        desk.out(f"{sign} {said.part.title} ({said.part.cite}){where}")
        if said.words:
            desk.out(f"    “{_short(said.words)}”")
    met = sum(bool(said.words) for said in contents.parts)
    desk.out(f"{met} of {len(contents.parts)} parts. The signature is yours, in ink, on both sets.")
    return 0 if contents.ready and not refused else 1


def _allow(number: str, findings: tuple[Finding, ...], store: CaseStore, desk: Desk) -> int:
    if not number.isdigit() or not 1 <= int(number) <= len(findings):
        raise CannotUnderstand("the number of a remark", number, "See them with: iepjournal packet check")
    remark = findings[int(number) - 1]
    if not remark.key:
        raise NotAllowed(
            f"This cannot be let stand: {remark.message}", "Mend it, or export with --draft or --override."
        )

    def allow(case: Case) -> Iterable[Record]:
        packet = choices.packet_of(case)
        return [packet.revised(allowed=(*packet.allowed, remark.key))]

    desk.change(store, allow)
    desk.out(f"It stands: {remark.message}")
    return 0


def _export(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    case = store.case()
    if open_packet(case) is None:
        _make(store, desk)
        desk.say("There was no packet yet, so one was made of all that the journal shows.")
        case = store.case()
    complaint = _complaint(case)
    kept = complaint_letter(complaint.packet, case)
    if kept and not args.sheet and not args.output.endswith(".zip"):
        return _write(args, desk, [_kept_set(store, kept, args.copy)])
    binder, refused = _binder(store, complaint, draft=args.draft)
    if refused:
        raise NotAllowed(refused[0].message)
    contents = _contents(store, complaint, desk)
    if not contents.ready and not args.draft and not kept:
        if not args.override:
            _tell(desk, contents.findings)
            desk.say("Nothing was written. Mend what is marked ✗, or add --draft, or --override WHY.")
            return 1
        _log_override(store, complaint.packet, contents, args.override, desk)
    if args.output.endswith(".zip"):
        from iepjournal.export.packet_files import packet_zip

        sets = {copy: _bound(binder, copy, desk) for copy in SENT_TO}
        if kept:
            sets = {copy: replace(made, pdf=_kept_set(store, kept, copy)) for copy, made in sets.items()}
        size = desk.write_new(Path(args.output), packet_zip(binder, sets))
        desk.say(f"Both sets, the sheet for the mail counter and the tables are in {args.output} ({size:,} bytes).")
        return 0
    made = _bound(binder, args.copy, desk)
    if args.sheet:
        from iepjournal.export.packet_files import counter_sheet

        return _write(args, desk, [counter_sheet(binder, made)])
    if args.split:
        from iepjournal.export.packet_files import MEGABYTE, split

        return _write(args, desk, list(split(made, args.split * MEGABYTE)))
    return _write(args, desk, [made.pdf])


def _log_override(store: CaseStore, packet: Packet, contents: Contents, why: str, desk: Desk) -> None:
    stops = tuple(finding.message for finding in contents.findings if finding.level == "stop")
    reason = clean_text(why, multiline=False).text
    desk.append(store, [Mark(of=packet.root, what="overridden", on=desk.today, why=reason, findings=stops)])
    desk.say(f"Made although something is missing; that and your reason are in the journal: {'; '.join(stops)}")


def _write(args: argparse.Namespace, desk: Desk, files: list[bytes]) -> int:
    from iepjournal.export.packet_files import size_in_words

    if not args.output:
        if len(files) > 1:
            raise NotAllowed("Several files need a name.", "Add -o FILE.")
        out = desk.binary_out()
        out.write(files[0])
        out.flush()
        return 0
    path = Path(args.output)
    names = [path] if len(files) == 1 else [path.with_stem(f"{path.stem}-{n}") for n in range(1, len(files) + 1)]
    for name, content in zip(names, files, strict=True):
        desk.write_new(name, content)
        desk.say(f"{name}: {size_in_words(len(content))}")
    return 0


def _sent(args: argparse.Namespace, desk: Desk) -> int:
    """Freeze both sets when the first goes out, so that the second is the same; mark the one that went."""
    from iepjournal.core.letters import letter_marks

    if args.by not in METHODS:
        raise CannotUnderstand("a way of sending", args.by, f"Add --by with one of: {', '.join(METHODS)}.")
    store = desk.store()
    case = store.case()
    copy, on = SETS[args.to], past_day(args.on, desk.today).on
    complaint = _complaint(case)
    kept = complaint_letter(complaint.packet, case)
    findings = () if kept else tuple(finding.message for finding in _contents(store, complaint, desk).findings)
    sets = {} if kept else _both_sets(store, complaint, desk)
    letter = kept or _frozen(complaint, sets, desk)
    mark = Mark(
        of=letter.root,
        what="sent",
        on=on,
        by=args.by,
        to=(SENT_TO[copy],),
        tracking=clean_text(args.tracking, multiline=False).text,
        sha256=_hash_of(letter, copy),
        findings=findings,
    )
    desk.append(store, [mark] if kept else [letter, mark])
    now = store.case()
    written = now.by_root[letter.root]
    for made in sets.values():
        store.keep_letter(written.no or 0, "pdf", made.pdf)
    desk.out(f"Sent {say(on, desk.today)} by {args.by}: {NAMED[copy]}.")
    sent = {to for one in letter_marks(letter, now, "sent") for to in one.to}
    for other in SENT_TO.values():
        if other not in sent:
            desk.say(f"The other set is not marked as sent yet: iepjournal packet sent --to {other}")
    if len(sent) == len(SENT_TO):
        desk.say("Both sets are on their way. What is due from now on: iepjournal due")
    return 0


def _both_sets(store: CaseStore, complaint: Complaint, desk: Desk) -> dict[str, Bound]:
    binder, refused = _binder(store, complaint)
    if refused:
        raise NotAllowed(refused[0].message)
    return {copy: _bound(binder, copy, desk) for copy in SENT_TO}


def _frozen(complaint: Complaint, sets: Mapping[str, Bound], desk: Desk) -> Letter:
    """The complaint as a letter of the journal: what was sent, and the hash of each set."""
    hashes = (Figure(name=f"set.{copy}", value=hashlib.sha256(made.pdf).hexdigest()) for copy, made in sets.items())
    text = next(iter(sets.values())).text
    return complaint.letter.replace(uid=new_uid(desk.now), figures=tuple(hashes), text=text)


def _hash_of(letter: Letter, copy: str) -> str:
    return next((figure.value for figure in letter.figures if figure.name == f"set.{copy}"), "")


def _kept_set(store: CaseStore, letter: Letter, copy: str) -> bytes:
    wanted = _hash_of(letter, copy)
    for path in store.letter_files(letter.no or 0):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() == wanted:
            return content
    raise NotAllowed("The set as it was sent is missing from the case’s folder, or was changed.", "Look at a backup.")


def _received(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    case = store.case()
    letter = complaint_letter(_complaint(case).packet, case)
    copy, on = SETS[args.to], past_day(args.on, desk.today).on
    to = SENT_TO[copy]
    if letter is None or not any(to in mark.to and mark.what == "sent" for mark in case.marks(letter.root)):
        raise NotAllowed(f"{NAMED[copy].capitalize()} was not marked as sent yet.", "First: iepjournal packet sent")
    desk.append(store, [Mark(of=letter.root, what="received", on=on, by=args.by, to=(to,))])
    desk.out(f"Received {say(on, desk.today)}: {NAMED[copy]}.")
    return 0


def _complaint(case: Case) -> Complaint:
    packet = open_packet(case)
    if packet is None:
        raise NotAllowed("There is no packet yet.", "Make one: iepjournal packet new")
    book = load_rules(case.profile.state)
    return Complaint(packet=packet, case=case, kit=library.packet_kit(), words=library.words("en"), book=book)


def _contents(store: CaseStore, complaint: Complaint, desk: Desk) -> Contents:
    return check(complaint, desk.today, store.other_children())


def _binder(store: CaseStore, complaint: Complaint, *, draft: bool = False) -> tuple[PacketBinder, list[Finding]]:
    """What makes the sets, and the exhibits that cannot go in."""
    from iepjournal.core.findings import Finding
    from iepjournal.export.exhibits import read_exhibits
    from iepjournal.export.packet import PacketBinder

    files = [(one, _file_of(store, one)) for one in complaint.exhibits]
    opened, errors = read_exhibits(files, complaint.packet.dated)
    refused = [Finding(level="stop", where="exhibits", message=str(error)) for error in errors]
    return PacketBinder(complaint=complaint, exhibits=opened, draft=draft), refused


def _file_of(store: CaseStore, one: Labelled) -> Path:
    """Where the exhibit's file is kept."""
    if not isinstance(one.source, Letter):
        return store.file_path(one.sha256)
    kept = store.letter_files(one.source.no or 0)
    return next((path for path in kept if one.sha256[:12] in path.name), store.file_path(one.sha256))


def _bound(binder: PacketBinder, copy: str, desk: Desk) -> Bound:
    def tell(step: Step) -> None:
        if step.total >= LONG and step.done % EVERY == 0:
            desk.say(f"{step.words} ...")

    return binder.bound(copy, tell)


def _tell(desk: Desk, findings: Iterable[Finding]) -> None:
    for number, finding in enumerate(findings, start=1):
        citation = f" ({finding.citation})" if finding.citation else ""
        desk.say(f"{number} {SIGNS[finding.level]} {finding.where}: {finding.message}{citation}")
        if finding.suggestion:
            desk.say(f"     {finding.suggestion}")


def _text(typed: str | None, desk: Desk) -> str | None:
    if typed is None:
        return None
    return clean_text(desk.stdin_text() if typed == "-" else typed).text.strip()


def _short(words: str) -> str:
    return words if len(words) <= 70 else f"{words[:69]}…"
