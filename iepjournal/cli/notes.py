"""Old notes from files into the journal: shown as they would be saved first, saved with --yes, never twice."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iepjournal.core.dates import EARLIEST_YEAR
from iepjournal.core.entries import echo
from iepjournal.core.notes import arrivals
from iepjournal.core.records import Attachment, Entry
from iepjournal.core.text import clean_text, safe_file_name
from iepjournal.errors import CannotUnderstand, NotAllowed, TableRefused

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.notes import Arrival, Note
    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

FORMATS = ("csv", "eml", "mbox", "jrnl", "text")
BY_ENDING = {".csv": "csv", ".tsv": "csv", ".eml": "eml", ".mbox": "mbox"}
LARGEST_FILE = 64_000_000
GIST = 70


def notes_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is said of files of notes."""
    parser.add_argument("--yes", action="store_true", help="save the notes as they are shown without it")
    parser.add_argument("--json", action="store_true", help="of notes: what is shown, for programs")
    parser.add_argument("--format", choices=FORMATS, default="", help="where the name of the file does not say it")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="WHAT=WHICH",
        help="of a CSV: date=2, text=Notes; also time, type, who, service, tags",
    )
    parser.add_argument("--year", type=int, default=0, metavar="YYYY", help="of dates that are written without one")
    parser.add_argument("--encoding", default="utf-8", help="cp1252 for a file of an older Excel")


def import_notes(args: argparse.Namespace, desk: Desk) -> int:
    """Show what each note would be; with --yes save all that are new, as one command."""
    store = desk.store()
    case = store.case()
    if args.year and not EARLIEST_YEAR <= args.year <= desk.today.year:
        raise CannotUnderstand("a year of notes", str(args.year))
    found = [(_source(name), _notes(name, args, case, desk)) for name in args.files]
    shown = arrivals(found, case)
    if args.json:
        desk.out_json({"notes": [_shape(arrival) for arrival in shown]})
    else:
        _tell(shown, case, desk)
    new = sum(not arrival.is_known for arrival in shown)
    known = f", {len(shown) - new} already here" if new < len(shown) else ""
    if not args.yes:
        desk.say(f"{new} to be saved{known}. Nothing is saved yet. To save them as shown: add --yes")
        return 0
    if not new:
        desk.say(f"All {len(shown)} are here already. Nothing was added.")
        return 0
    written = desk.change(store, lambda now: _records(arrivals(found, now), store, desk))
    saved = sum(isinstance(record, Entry) for record in written)
    desk.say(f"Saved {saved} notes{known}. One undo takes them all back: iepjournal undo")
    return 0


def _tell(shown: Iterable[Arrival], case: Case, desk: Desk) -> None:
    for arrival in shown:
        said = "already here" if arrival.is_known else echo(arrival.entry, case, desk.today)
        desk.out(f"{arrival.note.place}: {said}: {_gist(arrival.entry.text)}")


def _shape(arrival: Arrival) -> dict[str, Any]:
    """One note as `import --json` promises it."""
    entry = arrival.entry
    return {
        "source": entry.source,
        "happened_on": entry.happened_on.isoformat(),
        "at": entry.at.strftime("%H:%M") if entry.at else None,
        "type": entry.type,
        "service": entry.service or None,
        "who": list(entry.who),
        "text": entry.text,
        "already_here": arrival.is_known,
    }


def _records(arriving: Iterable[Arrival], store: CaseStore, desk: Desk) -> Iterator[Record]:
    from iepjournal.store.uids import new_uid

    for arrival in arriving:
        if arrival.is_known:
            continue
        entry = arrival.entry.replace(uid=new_uid(desk.now))
        yield entry
        if arrival.note.original:
            sha256, size = store.keep_file(io.BytesIO(arrival.note.original))
            name = f"{safe_file_name(arrival.entry.source, 'e-mail')}.eml"
            yield Attachment(
                of=entry.uid, name=name, sha256=sha256, size=size, media="message/rfc822", received_on=entry.happened_on
            )


def _source(name: str) -> str:
    return clean_text(Path(name).name, multiline=False).text


def _notes(name: str, args: argparse.Namespace, case: Case, desk: Desk) -> tuple[Note, ...]:
    try:
        if notes := _read(name, args, case, desk):
            return notes
        raise TableRefused("there is no note in it")
    except TableRefused:
        if len(args.files) > 1:
            desk.say(f"In {name}:")
        raise


def _read(name: str, args: argparse.Namespace, case: Case, desk: Desk) -> tuple[Note, ...]:
    content = _content(name)
    form = args.format or BY_ENDING.get(Path(name).suffix.lower(), "") or ("mbox" if _is_mbox(content) else "text")
    if form == "csv":
        return tuple(_of_table(content, args, case, desk))
    if form in ("eml", "mbox"):
        from iepjournal.core.mailbox import notes_of_mail

        return tuple(notes_of_mail(content, case, desk.now, in_our_zone))
    from iepjournal.core.notebook import notes_of_text
    from iepjournal.export.tables import decoded

    return tuple(notes_of_text(clean_text(decoded(content, args.encoding)).text, desk.today, year=args.year))


def in_our_zone(moment: datetime) -> datetime:
    """By the clock of this machine, as everything else in the journal."""
    return moment.astimezone()


def _is_mbox(content: bytes) -> bool:
    return content.startswith(b"From ")


def _content(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CannotUnderstand("a file that can be read", name, str(error.strerror)) from error
    if len(content) > LARGEST_FILE:
        raise TableRefused(f"{name} is larger than {LARGEST_FILE:,} bytes")
    return content


def _of_table(content: bytes, args: argparse.Namespace, case: Case, desk: Desk) -> Iterator[Note]:
    from iepjournal.core.notetable import left_out, notes_of_table
    from iepjournal.export.tables import read_csv

    table = read_csv(content, args.encoding)
    chosen = dict(map(_pair, args.column))
    yield from notes_of_table(table.header, table.numbered(), case, desk.today, chosen=chosen, year=args.year)
    if passed_over := left_out(table.header, chosen):
        desk.say(f"Columns that are left out: {', '.join(passed_over)}.")


def _pair(typed: str) -> tuple[str, str]:
    name, equals, which = typed.partition("=")
    if not (equals and which.strip()):
        raise NotAllowed(f"“{typed}” is not WHAT=WHICH. Nothing was saved.", "As in --column date=2.")
    return name.strip(), which.strip()


def _gist(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= GIST else f"{words[: GIST - 1]}…"
