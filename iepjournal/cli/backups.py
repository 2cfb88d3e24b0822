"""The verbs backup, backups and restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.core.corrections import described
from iepjournal.core.dates import say_moment
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk
    from iepjournal.store.record_store import RecordStore


LISTED = 10


def backups_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `backups [--district NAME] [--json]`."""
    _district_argument(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def _district_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", default="", metavar="NAME", help="the file that its cases share, not a case")


def _store(args: argparse.Namespace, desk: Desk) -> RecordStore:
    """The case's own file, or the one of a district."""
    if not args.district:
        return desk.store()
    from iepjournal import paths
    from iepjournal.store.district_store import DistrictStore

    district = DistrictStore(paths.districts(), args.district)
    if not district.exists:
        raise NotAllowed(f"Nothing was written here for a district {args.district}.", "Its name: iepjournal profile")
    return district


def backups(args: argparse.Namespace, desk: Desk) -> None:
    """List the states of the journal kept beside it, the newest first, with what each holds."""
    store = _store(args, desk)
    rows = [(backup, store.backups.contents(backup)) for backup in store.backups.all()]
    if args.json:
        shape = [
            {
                "name": backup.path.name,
                "saved_at": backup.saved_at.isoformat(),
                "size": backup.size,
                "entries": contents.entries if contents else None,
            }
            for backup, contents in rows
        ]
        desk.out_json({"backups": shape})
        return
    if not rows:
        desk.say("No backup yet. The first is made when the journal is saved a second time.")
    for place, (backup, contents) in enumerate(rows, start=1):
        holds = contents.in_words if contents else "cannot be read"
        note = ", kept before a restore" if backup.before_restore else ""
        desk.out(f"{place:>3}  {say_moment(backup.saved_at.astimezone())}  {backup.size:>12,} bytes  {holds}{note}")


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `restore [WHICH] [--district NAME] [--yes]`."""
    _district_argument(parser)
    parser.add_argument(
        "which", nargs="?", default="", help="its place in the list, its name, or a day; else the newest"
    )
    parser.add_argument("--yes", action="store_true", help="without asking")


def restore(args: argparse.Namespace, desk: Desk) -> int:
    """Show what an earlier state holds, and put it in the journal's place; what is there now is kept."""
    store = _store(args, desk)
    if args.which:
        backup = store.backups.named(args.which)
    else:
        newest = store.backups.newest_good()
        if newest is None:
            raise NotAllowed("There is no backup that can be read.", "Nothing was changed.")
        backup = newest[0]
    preview = store.preview(backup)
    holds = store.backups.contents(backup)
    what = f"What the cases of {args.district} share," if args.district else "The journal"
    said = f"{what} as it was on {say_moment(backup.saved_at.astimezone())}"
    desk.say(f"{said}: {holds.in_words if holds else 'nothing'}.")
    if preview.lost:
        desk.say(f"These {len(preview.lost)} records of now are not in it:")
        for record in preview.lost[:LISTED]:
            desk.say(f"  {described(preview.case, record)}")
        if len(preview.lost) > LISTED:
            desk.say(f"  and {len(preview.lost) - LISTED} more")
    desk.say("What is there now is kept as a backup first.")
    if not args.yes and desk.ask("Go back to it? y/n ").strip().lower() not in ("y", "yes"):
        desk.say("Nothing was changed. Without being asked: iepjournal restore --yes")
        return 1
    store.restore(backup)
    restored = f"what the cases of {args.district} share, as" if args.district else "the journal"
    desk.out(f"Restored {restored} of {say_moment(backup.saved_at.astimezone())}.")
    return 0


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `backup [DEST|-]`."""
    parser.add_argument("to", nargs="?", default=".", help="a folder, a new file, or - for standard output")


def backup(args: argparse.Namespace, desk: Desk) -> None:
    """Copy everything of the case into one ZIP somewhere else; `iepjournal import` brings it back."""
    from iepjournal.store.archive import back_up, write_archive

    store = desk.store()
    if args.to == "-":
        write_archive(store, desk.binary_out(), at=desk.now)
        return
    copy = back_up(store, Path(args.to).expanduser(), at=desk.now)
    desk.out(f"Copied the whole case to {copy} ({copy.stat().st_size:,} bytes). Keep it where only you can read it.")
