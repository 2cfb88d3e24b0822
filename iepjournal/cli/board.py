"""The verb board: every case of this machine in one line, what burns first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.caseload import as_json, case_line, hottest_first
from iepjournal.core.plurals import many
from iepjournal.errors import JournalError
from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk
    from iepjournal.core.caseload import CaseLine
    from iepjournal.core.rulebook import RuleBook

HEADER = f"{'case':<16} {'overdue':>7} {'due':>4} {'unsent':>6} {'last entry':>11}  known to be given"
LONGEST_NAME = 16


def board_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `board [--json]`."""
    parser.add_argument("--json", action="store_true", help="for programs")


def board(args: argparse.Namespace, desk: Desk) -> int:
    """Each case in a line; one that cannot be read is said, and the others are shown all the same."""
    from iepjournal.cli.main import DONE, UNUSABLE
    from iepjournal.store.case_store import CaseStore

    books: dict[str, RuleBook] = {}
    lines: list[CaseLine] = []
    folders = desk.case_folders()
    for folder in folders:
        try:
            case = CaseStore(folder).case()
        except JournalError as error:
            desk.say(str(error))
            continue
        state = case.profile.state
        books[state] = books.get(state) or load_rules(state)
        lines.append(case_line(case, books[state], desk.today))
    lines.sort(key=hottest_first)
    if args.json:
        desk.out_json({"as_of": desk.today.isoformat(), "cases": [as_json(line) for line in lines]})
    elif lines:
        desk.out(HEADER)
        for line in lines:
            desk.out(_in_words(line))
    elif not folders:
        desk.say("No case yet. The first entry makes one: iepjournal log")
    return DONE if len(lines) == len(folders) else UNUSABLE


def _in_words(line: CaseLine) -> str:
    name = line.slug if len(line.slug) <= LONGEST_NAME else f"{line.slug[: LONGEST_NAME - 1]}…"
    given = "no service counted yet"
    if line.worst:
        given = f"{line.percent_given:g} % {line.worst.name}" if line.percent_given is not None else line.worst.name
    return f"{name:<16} {line.overdue:>7} {line.due:>4} {line.unsent:>6} {_last(line):>11}  {given}"


def _last(line: CaseLine) -> str:
    days = line.days_since_entry
    if days is None:
        return "none"
    return "today" if days <= 0 else f"{many(days, 'day')} ago"
