"""The verb verify: recompute every seal, re-hash every file, and say in plain words what that shows."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from iepjournal.core import chain

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk

BROKEN, SEAL_NOT_FOUND = 3, 4
WIDTH = 100


def verify_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `verify [SEAL] [--json]`."""
    parser.add_argument("seal", nargs="?", default="", help="a seal someone holds, as printed on a letter")
    parser.add_argument("--json", action="store_true", help="for programs")


def verify(args: argparse.Namespace, desk: Desk) -> int:
    """Check the chain, the kept files and, if given, whether a seal belongs to this journal."""
    store = desk.store()
    stored = store.stored_records()
    verdict = chain.verify(stored)
    files = store.check_files()
    wrong_files = [file for file in files if file.state != "same"]
    found = next((record for record in stored if chain.same_seal(args.seal, str(record.get("seal", "")))), None)
    if args.json:
        desk.out_json(
            {
                "ok": not verdict.first_broken and not wrong_files,
                "records": verdict.records,
                "seal": verdict.seal,
                "first_broken": verdict.first_broken or None,
                "attachments": [{"name": file.name, "sha256": file.sha256, "state": file.state} for file in files],
            }
        )
    else:
        _tell(desk, verdict, len(files))
    for file in wrong_files:
        desk.say(f"The kept file {file.name} is {file.state}.")
    if verdict.first_broken or wrong_files:
        return BROKEN
    if args.seal and found is None:
        desk.say(f"The seal {args.seal} is not in this journal.")
        return SEAL_NOT_FOUND
    if found is not None:
        written = str(found["recorded_at"])[:10]
        but = ", but for what was erased" if verdict.purged else ""
        desk.say(
            f"That seal is here: {chain.name_of(found)}, written {written}. Nothing up to it was changed since{but}."
        )
    return 0


def _tell(desk: Desk, verdict: chain.Verdict, files: int) -> None:
    if verdict.first_broken:
        desk.out(f"BROKEN at {verdict.first_broken}.")
        desk.out(chain.BEFORE_A_BREAK)
        return
    purged = f", {verdict.purged} erased by purge" if verdict.purged else ""
    desk.out(f"{verdict.records} records{purged}, {files} kept files: unbroken.")
    if verdict.seal:
        desk.out(f"Seal {chain.short(verdict.seal)}")
    for line in wrap(chain.WHAT_IT_SHOWS, WIDTH):
        desk.out(line)
