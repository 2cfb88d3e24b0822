"""The verb doctor: look at everything the case stands on, mend what is safe to mend, and say it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

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
    checks += [*_fonts(), *_terminal()]
    if args.json:
        desk.out_json({"checks": [{"what": what, "state": state, "says": says} for what, state, says in checks]})
    else:
        for what, state, says in checks:
            desk.out(f"{SIGNS[state]} {what}: {says}")
    return 1 if any(state == "stop" for _, state, _ in checks) else 0


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
