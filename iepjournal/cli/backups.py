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


LISTED = 10


def backups_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `backups [--json]`."""
    parser.add_argument("--json", action="store_true", help="for programs")


def backups(args: argparse.Namespace, desk: Desk) -> None:
    """List the states of the journal kept beside it, the newest first, with what each holds."""
    store = desk.store()
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
        holds = f"{contents.entries} entries" if contents else "cannot be read"
        note = ", kept before a restore" if backup.before_restore else ""
        desk.out(f"{place:>3}  {say_moment(backup.saved_at.astimezone())}  {backup.size:>12,} bytes  {holds}{note}")


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `restore [WHICH] [--yes]`."""
    parser.add_argument(
        "which", nargs="?", default="", help="its place in the list, its name, or a day; else the newest"
    )
    parser.add_argument("--yes", action="store_true", help="without asking")


def restore(args: argparse.Namespace, desk: Desk) -> int:
    """Show what an earlier state holds, and put it in the journal's place; what is there now is kept."""
    store = desk.store()
    if args.which:
        backup = store.backups.named(args.which)
    else:
        newest = store.backups.newest_good()
        if newest is None:
            raise NotAllowed("There is no backup that can be read.", "Nothing was changed.")
        backup = newest[0]
    preview = store.preview(backup)
    desk.say(
        f"The journal as it was on {say_moment(backup.saved_at.astimezone())}: {len(preview.case.entries)} entries."
    )
    if preview.lost:
        desk.say(f"These {len(preview.lost)} records of now are not in it:")
        for record in preview.lost[:LISTED]:
            desk.say(f"  {described(preview.case, record)}")
        if len(preview.lost) > LISTED:
            desk.say(f"  and {len(preview.lost) - LISTED} more")
    desk.say("The journal as it is now is kept as a backup first.")
    if not args.yes and desk.ask("Go back to it? y/n ").strip().lower() not in ("y", "yes"):
        desk.say("Nothing was changed. Without being asked: iepjournal restore --yes")
        return 1
    store.restore(backup)
    desk.out(f"Restored the journal of {say_moment(backup.saved_at.astimezone())}.")
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
