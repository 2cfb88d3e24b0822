"""The verbs new and cases."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iepjournal import paths
from iepjournal.core.plurals import many
from iepjournal.core.records import Calendar
from iepjournal.errors import AlreadyThere, CannotUnderstand

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from iepjournal.cli.desk import Desk
    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore


def new_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `new SLUG [--from SETUP.toml]`."""
    parser.add_argument("slug", help="a short name for the case; other users can't see it, but leave the surname out")
    parser.add_argument("--from", dest="setup", default="", metavar="SETUP.toml", help="family, school, people, IEP")


def new(args: argparse.Namespace, desk: Desk) -> int:
    """Make a case, empty or from a set-up file; nothing is made when the file has a mistake."""
    from iepjournal.store.case_store import CaseStore

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", args.slug):
        raise CannotUnderstand("a name for a case", args.slug, "Use small letters, digits and dashes, as in maya-2026.")
    folder = paths.cases() / args.slug
    if folder.exists():
        raise AlreadyThere(f"The case “{args.slug}”")
    records: Sequence[Record] = ()
    if args.setup:
        found = read_setup(args.setup, desk)
        if found is None:
            return 1
        records = found
    store = CaseStore.create(folder)
    _write_setup(desk, store, records)
    desk.out(f"Made the case “{args.slug}” in {folder}.")
    desk.say("Log the first thing: iepjournal log, or open the screens: iepjournal")
    return 0


def _write_setup(desk: Desk, store: CaseStore, records: Sequence[Record]) -> None:
    """The case's own records, and the school calendar to the district whose cases share it."""
    calendars = [record for record in records if isinstance(record, Calendar)]
    own = [record for record in records if record not in calendars]
    if own:
        desk.append(store, own)
    if not calendars:
        return
    district = store.district()
    if district is None:
        desk.append(store, calendars)
    elif district.exists:
        desk.say("This district has a school calendar here already; it is used, and the file's was not.")
    else:
        district.make()
        district.append(calendars, at=desk.now, by=desk.user)


def read_setup(name: str, desk: Desk) -> Sequence[Record] | None:
    """The records of a set-up file (`-` for stdin); says each mistake, and gives None when one stops it."""
    import tomllib

    from iepjournal.core.setup import from_setup

    where = "standard input" if name == "-" else name
    try:
        text = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        setup = tomllib.loads(text.decode("utf-8-sig"))
    except OSError as error:
        raise CannotUnderstand("a file that can be read", where, str(error.strerror)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CannotUnderstand("a set-up file", where, f"{error}.") from error
    records, findings = from_setup(setup)
    for finding in findings:
        desk.say(f"{where}, {finding.where}: {finding.message}")
    if any(finding.level == "stop" for finding in findings):
        desk.say("Nothing was saved.")
        return None
    return records


def cases_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `cases [--json]`."""
    parser.add_argument("--json", action="store_true", help="for programs")


def cases(args: argparse.Namespace, desk: Desk) -> None:
    """List the cases on this machine: name, whose, how many entries, the day of the newest."""
    from iepjournal.store.case_store import CaseStore

    rows: list[dict[str, Any]] = []
    for folder in desk.case_folders():
        case = CaseStore(folder).case()
        newest = max((entry.happened_on for entry in case.entries), default=None)
        rows.append(
            {
                "slug": folder.name,
                "child": case.profile.child.name,
                "entries": len(case.entries),
                "newest": newest.isoformat() if newest else None,
                "folder": str(folder),
            }
        )
    if args.json:
        desk.out_json({"cases": rows})
        return
    if not rows:
        desk.say("No case yet. The first entry makes one: iepjournal log")
    for row in rows:
        held = many(row["entries"], "entry", "entries")
        newest_words = f", the newest of {row['newest']}" if row["newest"] else ""
        desk.out(f"{row['slug']:<16} {row['child'] or 'no name yet'}: {held}{newest_words}")
