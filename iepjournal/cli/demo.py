"""The verb demo: a made-up case of a school term in a folder of its own, a letter from it, and the screens."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import paths, terminal
from iepjournal.cli.desk import Desk
from iepjournal.cli.play import play, run_quietly
from iepjournal.core.agenda import GROUPS, agenda
from iepjournal.core.dates import full_date
from iepjournal.core.deadlines import deadlines
from iepjournal.core.records import Promise
from iepjournal.core.services import number, services
from iepjournal.errors import AlreadyThere
from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    import argparse

FOLDER = "iepjournal-demo"
SLUG = "maya"
LETTER = "letter.pdf"
MOMENT = datetime.fromisoformat("2026-11-24 16:40")
"""The Tuesday on which the demo plays; its clock stands there."""
LISTED = 6


def demo_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `demo [FOLDER]`."""
    parser.add_argument("folder", nargs="?", default=FOLDER, help=f"where to make it; else ./{FOLDER}")


def demo(args: argparse.Namespace, desk: Desk) -> int:
    """Play a term of a family that does not exist, say what is in it, and write a letter."""
    folder = _folder(args.folder)
    os.environ["IEPJOURNAL_HOME"] = str(folder / "home")
    os.environ.pop("IEPJOURNAL_CASE", None)

    def clock() -> datetime:
        return MOMENT.astimezone()

    data = paths.demo()
    run_quietly(["new", SLUG, "--from", str(data / "setup.toml")], clock)
    commands = play((data / "term.txt").read_text(encoding="utf-8"))
    desk.out(f"Made a case of a family that does not exist, in {folder}: {commands} commands, as typed over a term.")
    there = Desk(clock)
    there.plain = desk.plain
    _say_what_is_there(there)
    letter = folder / LETTER
    run_quietly(["letter", "export", "last", "--pdf", "-o", str(letter)], clock)
    desk.out(f"\nA letter from it, ready to sign: {letter}")
    desk.out(f"Look around: IEPJOURNAL_HOME={folder / 'home'} iepjournal")
    if terminal.refusal() and not desk.plain:
        return 0
    from iepjournal.cli.screens import open_screens

    return open_screens(there)


def _folder(name: str) -> Path:
    """A new folder; the next free name beside it when the usual one is taken."""
    if name != FOLDER:
        folder = Path(name).absolute()
        if folder.exists():
            raise AlreadyThere(str(folder))
    else:
        folder = next(
            path
            for number in range(1, 10_000)
            if not (path := Path(f"{FOLDER}-{number}" if number > 1 else FOLDER).absolute()).exists()
        )
    folder.mkdir(mode=0o700, parents=True)
    return folder


def _say_what_is_there(there: Desk) -> None:
    case = there.store().case()
    first, last = case.entries[0].happened_on, case.entries[-1].happened_on
    there.out(f"\nThe journal of {case.profile.child.name}, {full_date(first)} to {full_date(last)}:")
    there.out(f"  {len(case.entries)} entries, {len(case.sessions)} answers to “did it happen?”")
    there.out("\nNot delivered (as written; conservatively in brackets):")
    for count in services(case, as_of=there.today).counts:
        written, careful = count.as_written, count.conservative
        there.out(
            f"  {count.name}: {number(written.missed)} of {number(written.due)} {count.unit} "
            f"[{number(careful.missed)} of {number(careful.due)}], {number(written.unknown)} not known"
        )
    there.out("\nWhat is due:")
    found = deadlines(case, load_rules(case.profile.state), there.today)
    for whose, rows in agenda(found).items():
        for row in [row for row in rows if row.deadline.due][:LISTED]:
            one = row.deadline
            promised = case.by_root.get(one.record)
            what = f"promised: {promised.text}" if isinstance(promised, Promise) else one.rule.title
            there.out(f"  {GROUPS[whose]:<7} {full_date(one.due or there.today)}, {one.in_words}: {what}")
