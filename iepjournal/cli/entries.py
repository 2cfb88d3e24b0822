"""The verbs log, list and show: write down what happened, and find it again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from iepjournal.core.chain import short
from iepjournal.core.codec import to_stored
from iepjournal.core.corrections import described
from iepjournal.core.dates import past_day, say, say_moment, say_time
from iepjournal.core.entries import (
    Chosen,
    echo,
    lag_of,
    service_name,
    understand,
    wording,
    words_kept,
)
from iepjournal.core.erasure import goes_with
from iepjournal.core.marks import entry_type, known_service
from iepjournal.core.people import called, known_handle
from iepjournal.core.plurals import many
from iepjournal.core.records import Entry, Person, Service
from iepjournal.core.search import Wanted, select
from iepjournal.core.text import removal_note
from iepjournal.errors import JournalError, NoSuchRecord, NotAllowed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.entries import Understood
    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

FIELDS: dict[str, tuple[str, str]] = {
    "on": ("DAY", "when it happened: fri, 11/24, yesterday, “week of 11/16”"),
    "at": ("TIME", "3:10p"),
    "type": ("TYPE", "call, meeting, observed, child-said, missed ..."),
    "who": ("HANDLE", "a person of the case; may be given more than once"),
    "service": ("SERVICE", "a service of the IEP"),
    "how": ("HOW", "saw, child-told, staff-told, school-record, inferred"),
    "quote": ("WORDS", "exact words that were said; more than once"),
    "tag": ("TAG", "a word of your own; more than once"),
}
SEVERAL = ("who", "quote", "tag")
SAME_DAY = "written the same day"


def field_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the fields of an entry as options."""
    for name, (metavar, help_line) in FIELDS.items():
        action = "append" if name in SEVERAL else "store"
        parser.add_argument(f"--{name}", metavar=metavar, help=help_line, action=action)


def chosen_fields(args: argparse.Namespace) -> Chosen:
    """The fields that were given as options, as they were typed."""
    given: dict[str, Any] = {
        ("tags" if name == "tag" else name): tuple(value) if name in SEVERAL else value
        for name in FIELDS
        if (value := getattr(args, name))
    }
    return Chosen(private=args.private, **given)


def log_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `log [-|TEXT]` and the fields of an entry."""
    parser.epilog = (
        "The words may come on standard input (log -): arguments show in the machine's list of processes and in the "
        "shell's history. A line may begin with a date and time, and say @who !type %service #tag: "
        "yesterday 3:10p @hill !call she will be back Monday"
    )
    parser.add_argument("text", nargs="*", help="what happened; - for standard input; nothing to be asked for one line")
    parser.add_argument("--each-line", action="store_true", help="every line of standard input is an entry of its own")
    parser.add_argument("--private", action="store_true", default=None, help="never in a letter, packet or export")
    parser.add_argument("--future", action="store_true", help="the day is still to come, and that is meant")
    field_arguments(parser)


def log(args: argparse.Namespace, desk: Desk) -> int:
    """Save what happened, and say back what was understood."""
    typed = _typed(args, desk)
    store = desk.store_or_first()
    case = store.case(only=(Person, Service))
    chosen = chosen_fields(args)
    if not args.each_line:
        try:
            understood = understand(typed, case, desk.now, chosen, allow_future=args.future)
        except NoSuchRecord as error:
            raise NotAllowed("Nothing was saved.", str(error)) from error
        _save(desk, store, case, [understood])
        return 0
    lines = [line for line in typed.splitlines() if line.strip()]
    read: list[Understood] = []
    for number, line in enumerate(lines, start=1):
        try:
            read.append(understand(line, case, desk.now, chosen, allow_future=args.future))
        except JournalError as error:
            desk.say(f"Line {number}: {error}")
    if len(read) < len(lines):
        desk.say(f"Nothing was saved of {len(lines)} lines. Mend those and try again.")
        return 1
    _save(desk, store, case, read)
    return 0


def _typed(args: argparse.Namespace, desk: Desk) -> str:
    words = " ".join(args.text)
    if words not in ("", "-"):
        return words
    if sys.stdin.isatty() and not words:
        return desk.ask("What happened? ")
    return desk.stdin_text()


def _save(desk: Desk, store: CaseStore, case: Case, read: list[Understood]) -> None:
    """Write all as one command, so that one undo takes it back; say each back only when it is on the disk."""
    if not read:
        raise NotAllowed("There are no words yet. Nothing was saved.", "Say in a few words what happened.")
    notes: dict[str, str] = {}
    entries = [understood.entry for understood in read]
    if any(entry.type == "missed" and entry.service for entry in entries):
        records = desk.change(store, lambda now: _with_sessions(entries, now, desk, notes))
    else:
        records = desk.append(store, entries)
    written = [record for record in records if isinstance(record, Entry)]
    for entry, understood in zip(written, read, strict=True):
        desk.out(f"Saved {entry.no}: {echo(entry, case, desk.today)}")
        if entry.quote:
            desk.say(f"  words kept: {words_kept(entry)}")
        for note in filter(None, (*understood.notes, removal_note(understood.removed), notes.get(entry.uid, ""))):
            desk.say(f"  {note}")
        if entry.who or entry.quote:
            _offer_promises(desk, entry)


def _with_sessions(entries: list[Entry], now: Case, desk: Desk, notes: dict[str, str]) -> Iterator[Record]:
    """Each entry, and with `!missed %speech` the session it tells of; `notes` gets what is to be said of that."""
    from iepjournal.core.sessions import with_sessions
    from iepjournal.store.uids import new_uid

    for record, note in with_sessions(entries, now, desk.today, lambda: new_uid(desk.now)):
        notes[record.uid] = note
        yield record


def _offer_promises(desk: Desk, entry: Entry) -> None:
    """Ask with a command to type; a promise is never saved unasked."""
    from iepjournal.core.promises import promises_in, question

    for promise in promises_in(entry):
        by = promise.by.isoformat() if promise.by else "DAY"
        desk.offer(question(promise, desk.today), ["promise", str(entry.no), f"--by={by}", "--", promise.text])


def list_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `list` and what may be asked for."""
    parser.add_argument("--since", metavar="DAY")
    parser.add_argument("--until", metavar="DAY")
    parser.add_argument("--type", default="", metavar="TYPE")
    parser.add_argument("--service", default="", metavar="SERVICE")
    parser.add_argument("--who", default="", metavar="HANDLE")
    parser.add_argument("--tag", default="", metavar="TAG")
    parser.add_argument("--text", default="", metavar="WORDS", help="words that must all be there")
    parser.add_argument("--struck", action="store_true", help="show what was struck or undone as well")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--csv", action="store_true", help="for a spreadsheet; private entries are left out")


def list_(args: argparse.Namespace, desk: Desk) -> None:
    """Show the entries that are asked for, oldest first; what is struck is counted even when it is hidden."""
    case = desk.store().case()
    wanted = Wanted(
        since=past_day(args.since, desk.today, allow_future=True).on if args.since else None,
        until=past_day(args.until, desk.today, allow_future=True).on if args.until else None,
        type=entry_type(args.type) if args.type else "",
        service=known_service(args.service, case) if args.service else "",
        who=known_handle(args.who, case) if args.who else "",
        tag=args.tag.lower().lstrip("#"),
        text=args.text,
        struck=args.struck,
    )
    entries = select(case, wanted)
    if args.json:
        desk.out_json({"entries": [entry_shape(entry, case) for entry in entries]})
    elif args.csv:
        _csv(desk, case, entries)
    else:
        tell(desk, case, entries)
        hidden = len(case.with_struck(Entry)) - len(case.entries)
        if hidden and not args.struck:
            desk.say(f"{hidden} struck, not shown: iepjournal list --struck")


def tell(desk: Desk, case: Case, entries: tuple[Entry, ...]) -> None:
    """Entries with their words, under their days."""
    if not entries:
        desk.say("Nothing here yet." if not case.entries else "Nothing fits what was asked for.")
    day = None
    for entry in entries:
        if entry.happened_on != day:
            day = entry.happened_on
            desk.out(f"{say(day, desk.today)}")
        desk.out(f"{entry.no:>5}  {_headline(entry, case)}")
        for line in wording(entry, case).splitlines():
            desk.out(f"       {line}".rstrip())


def _headline(entry: Entry, case: Case) -> str:
    """What an entry is, in one line, without its words and its day."""
    about = {"about": "about this day", "week": "some day of this week"}.get(entry.about, "")
    written_late = lag_of(entry, case) if "day" in lag_of(entry, case) else ""
    corrected = len(case.versions(entry)) - 1
    parts = (
        about,
        say_time(entry.at) if entry.at else "",
        entry.type.replace("-", " "),
        ", ".join(called(handle, case) for handle in entry.who),
        service_name(entry.service, case) if entry.service else "",
        *(f"#{tag}" for tag in entry.tags),
        "" if written_late == SAME_DAY else written_late,
        f"corrected {many(corrected, 'time')}" if corrected else "",
        "private" if entry.private else "",
        f"from {entry.source}" if entry.source else "",
        f"struck: {case.struck[entry.root]}" if entry.root in case.struck else "",
    )
    return " · ".join(filter(None, parts))


def entry_shape(entry: Entry, case: Case) -> dict[str, Any]:
    """One entry as `list --json` promises it."""
    first, *later = case.versions(entry)
    return {
        "no": entry.no,
        "uid": entry.root,
        "happened_on": entry.happened_on.isoformat(),
        "at": entry.at.strftime("%H:%M") if entry.at else None,
        "about": entry.about or None,
        "recorded_at": first.recorded_at.isoformat(),
        "type": entry.type,
        "service": entry.service or None,
        "who": list(entry.who),
        "how": entry.how or None,
        "text": entry.text,
        "raw": entry.typed,
        "quote": list(entry.quote),
        "tags": list(entry.tags),
        "private": entry.private,
        "struck": case.struck.get(entry.root),
        "amended": len(later),
    }


def _csv(desk: Desk, case: Case, entries: tuple[Entry, ...]) -> None:
    from iepjournal.export.tables import to_csv

    rows = [
        {
            name: " ".join(value) if isinstance(value, list) else value
            for name, value in entry_shape(entry, case).items()
        }
        for entry in entries
        if not entry.private
    ]
    header = list(entry_shape(entries[0], case)) if entries else []
    desk.out(to_csv(header, [[row[name] for name in header] for row in rows]))


def show_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `show N [--json]`."""
    parser.add_argument("no", help="the number, or “last” for the newest entry")
    parser.add_argument("--json", action="store_true", help="for programs")


def show(args: argparse.Namespace, desk: Desk) -> None:
    """Show one record whole: every version, what hangs on it, and its seal."""
    case = desk.store().case()
    record = case.numbered(args.no)
    if args.json:
        desk.out_json({"versions": [to_stored(version) for version in case.versions(record)]})
        return
    desk.out(described(case, record) if not isinstance(record, Entry) else f"Entry {record.no}")
    for place, version in enumerate(case.versions(record), start=1):
        if version.amends:
            desk.out(f"Version {place}, because: {version.why}")
        if isinstance(version, Entry):
            desk.out(echo(version, case, desk.today))
            for line in wording(version, case).splitlines():
                desk.out(f"  {line}".rstrip())
            if version.source:
                desk.out(f"Taken over from {version.source}.")
        desk.out(f"Written {say_moment(version.recorded_at)} by {version.recorded_by}. Seal {short(version.seal)}")
    if record.root in case.struck:
        desk.out(f"Struck: {case.struck[record.root]}")
    for hanging in goes_with(case, record.no or 0):
        if hanging.root != record.root:
            desk.out(f"  with it: {described(case, hanging)}")
