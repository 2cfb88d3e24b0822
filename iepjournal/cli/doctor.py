"""The verb doctor: look at everything the case stands on, mend what is safe to mend, and say it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from iepjournal.errors import JournalError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from iepjournal.cli.desk import Desk

Look = tuple[str, str, str]
"""What was looked at, its state, and what it says."""
SIGNS = {"ok": "✓", "mended": "✓ mended:", "warn": "!", "stop": "✗"}


def doctor_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `doctor [--json]`."""
    parser.add_argument("--json", action="store_true", help="for programs")


def doctor(args: argparse.Namespace, desk: Desk) -> int:
    """Check modes, lock, room, seal, files, backups, fonts and terminal; exit code 1 when something needs you."""
    from iepjournal.store.doctor import examine

    checks: list[Look] = [(check.what, check.state, check.says) for check in examine(desk.store())]
    checks += [*_clock(desk), *_fonts(), *_terminal()]
    if args.json:
        desk.out_json({"checks": [{"what": what, "state": state, "says": says} for what, state, says in checks]})
    else:
        for what, state, says in checks:
            desk.out(f"{SIGNS[state]} {what}: {says}")
    return 1 if any(state == "stop" for _, state, _ in checks) else 0


def _clock(desk: Desk) -> Iterator[Look]:
    """A machine whose clock went back dates what is written today before what was written last."""
    from iepjournal.core.dates import say_moment

    try:
        records = desk.store().case().records
    except JournalError:
        return  # what is wrong with the file was said already
    newest = max((record.recorded_at for record in records if record.recorded_at), default=None)
    if newest and newest > desk.now:
        last, now = say_moment(newest), say_moment(desk.now)
        yield "clock", "warn", f"This machine says {now}, but something was written {last}. One of them is wrong."
    else:
        yield "clock", "ok", f"The clock of this machine: {say_moment(desk.now)}."


def _fonts() -> Iterator[Look]:
    try:
        from iepjournal.export.fonts import fira, spectral

        found = spectral("").file, fira("").file
    except (ImportError, OSError) as error:
        yield "fonts", "stop", f"Letters cannot be made, a font is missing ({error}). Install iepjournal again."
    else:
        yield "fonts", "ok", f"The fonts of the letters are there: {', '.join(file.stem for file in found)}."


def _terminal() -> Iterator[Look]:
    encoding = (sys.stdout.encoding or "").lower()
    if encoding.replace("-", "") != "utf8":
        yield "terminal", "warn", f"This terminal speaks {encoding or 'nothing known'}; set it to UTF-8 for ’ and é."
    else:
        yield "terminal", "ok", f"The terminal: {os.environ.get('TERM') or 'none'}, UTF-8."
