"""Old notes from files into the journal: shown as they would be saved first, saved with --yes, never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iepjournal.core.entries import echo
from iepjournal.core.notes import arrivals, gist
from iepjournal.core.notetable import left_out
from iepjournal.core.records import Entry
from iepjournal.errors import NotAllowed, TableRefused
from iepjournal.notefile import FORMATS, NoteFile, records_of
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.notes import Arrival, Note


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
    found = [(file.source, _notes(file, args, case, desk)) for file in _files(args)]
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
    written = desk.change(
        store, lambda now: records_of(arrivals(found, now), store.keep_file, lambda: new_uid(desk.now))
    )
    saved = sum(isinstance(record, Entry) for record in written)
    desk.say(f"Saved {saved} notes{known}. One undo takes them all back: iepjournal undo")
    return 0


def _files(args: argparse.Namespace) -> Iterator[NoteFile]:
    columns = dict(map(_pair, args.column))
    for name in args.files:
        yield NoteFile(name=name, form=args.format, columns=columns, year=args.year, encoding=args.encoding)


def _notes(file: NoteFile, args: argparse.Namespace, case: Case, desk: Desk) -> tuple[Note, ...]:
    try:
        notes = file.notes(case, desk.now)
        if (table := file.table()) and (passed_over := left_out(table.header, file.columns)):
            desk.say(f"Columns that are left out: {', '.join(passed_over)}.")
    except TableRefused:
        if len(args.files) > 1:
            desk.say(f"In {file.name}:")
        raise
    return notes


def _tell(shown: Iterable[Arrival], case: Case, desk: Desk) -> None:
    for arrival in shown:
        said = "already here" if arrival.is_known else echo(arrival.entry, case, desk.today)
        desk.out(f"{arrival.note.place}: {said}: {gist(arrival.entry)}")


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


def _pair(typed: str) -> tuple[str, str]:
    name, equals, which = typed.partition("=")
    if not (equals and which.strip()):
        raise NotAllowed(f"“{typed}” is not WHAT=WHICH. Nothing was saved.", "As in --column date=2.")
    return name.strip(), which.strip()
