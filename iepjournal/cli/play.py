"""A script of commands, each with the moment it was typed: how the demo and the cases of the tests are told.

A line is `2026-09-22 15:40  log | the words`; what follows " | " is one argument, so that nothing needs quoting.
"""

from __future__ import annotations

import io
import shlex
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iepjournal.cli.desk import Clock


class Step(NamedTuple):
    """One command and the moment it is typed."""

    at: datetime
    argv: list[str]

    def clock(self) -> datetime:
        """Stands at that moment."""
        return self.at


def steps(script: str) -> Iterator[Step]:
    """Read a script; blank lines and # lines are passed over."""
    for line in script.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        moment, command = line[:16], line[16:]
        options, bar, words = command.partition(" | ")
        yield Step(datetime.fromisoformat(moment).astimezone(), shlex.split(options) + ([words] if bar else []))


def play(script: str) -> int:
    """Carry out every step, quietly; the count of them. The first that fails stops it with its own words."""
    played = tuple(steps(script))
    for step in played:
        run_quietly(step.argv, step.clock)
    return len(played)


def run_quietly(argv: list[str], clock: Clock) -> None:
    """Carry out one command without its words; if it fails, those are the error."""
    from iepjournal.cli.main import main

    talk = io.StringIO()
    with redirect_stdout(talk), redirect_stderr(talk):
        code = main(argv, clock)
    if code:
        raise NotAllowed(f"“{' '.join(argv)}” stopped: {talk.getvalue().strip()}")
