"""The verb reconcile: the school's own service log beside ours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from iepjournal.core import reconcile as logs
from iepjournal.core.columns import columns_of
from iepjournal.core.dates import full_date, past_day
from iepjournal.core.marks import known_service
from iepjournal.core.reconcile import VERDICTS, Line, Reconciliation, accepted, as_json, question, with_codes
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.records import Record, SchoolLogRow

MARKS = {"agree": "✓", "differ": "✗", "theirs-only": "+", "mine-only": "−"}


def reconcile_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `reconcile [FILE.csv] --service S` and what may be done with the lines."""
    parser.add_argument("file", nargs="?", default="", help="their log as CSV, - for standard input; else what is here")
    parser.add_argument("--service", required=True, metavar="SERVICE")
    parser.add_argument(
        "--row", nargs="+", action="append", default=[], metavar=("DAY", "MINUTES"),
        help="one row of their log, typed: DAY MINUTES [CODE]; - for no minutes; more than once",
    )  # fmt: skip
    parser.add_argument("--column", action="append", default=[], metavar="WHAT=WHICH", help="date=2, minutes=Duration")
    parser.add_argument(
        "--code", action="append", default=[], metavar="CODE=REASON", help="PA=provider-absent, P=given"
    )
    parser.add_argument("--encoding", default="utf-8", help="cp1252 for a file of an older Excel")
    parser.add_argument(
        "--since", default="", metavar="DAY", help="compare from this day on; else from their first row"
    )
    parser.add_argument("--until", default="", metavar="DAY", help="to this day; else to their last row")
    parser.add_argument("--accept", default="", metavar="N,N", help="take their row of these lines as it was; or “all”")
    parser.add_argument("--questions", action="store_true", help="each difference as a question for a letter")
    parser.add_argument("--json", action="store_true", help="for programs")


def reconcile(args: argparse.Namespace, desk: Desk) -> None:
    """Bring their rows in, lay both logs side by side, and accept what was as they say."""
    store = desk.store()
    case = store.case()
    service = known_service(args.service, case)
    codes = with_codes(_pairs(args.code))
    if args.file or args.row:
        _bring_in(args, desk, service)
    since, until = (past_day(typed, desk.today).on if typed else None for typed in (args.since, args.until))
    found = logs.reconcile(store.case(), service, since=since, until=until, codes=codes)
    if args.accept:
        lines = _chosen(args.accept, found)
        written = desk.change(store, lambda now: [accepted(now, line, desk.today, codes) for line in lines])
        desk.say(f"Accepted as sessions: {len(written)}. One undo takes them back.")
        found = logs.reconcile(store.case(), service, since=since, until=until, codes=codes)
    if args.json:
        desk.out_json(as_json(found))
    elif args.questions:
        for line in found.lines:
            if asked := question(line, found.name):
                desk.out(f"- {asked}")
    else:
        _tell(found, desk)


def _bring_in(args: argparse.Namespace, desk: Desk, service: str) -> None:
    """Write the rows that are not here yet, as one command."""
    rows = [*_of_file(args, desk, service), *_typed(args.row, desk, service)]

    def write(case: Case) -> Iterable[Record]:
        return logs.not_yet_known(case, rows)

    written = desk.change(desk.store(), write)
    known = len(rows) - len(written)
    desk.say(f"Of the school's log, new: {len(written)}{f', here already: {known}' if known else ''}.")


def _of_file(args: argparse.Namespace, desk: Desk, service: str) -> tuple[SchoolLogRow, ...]:
    from iepjournal.logfile import LogFile, content_of

    if not args.file:
        return ()
    content = sys.stdin.buffer.read() if args.file == "-" else content_of(args.file)
    theirs = LogFile(content, args.encoding)
    columns = columns_of(theirs.table.header, logs.COLUMNS, chosen=_pairs(args.column), needed=("date",))
    return theirs.rows(columns, service, desk.today)


def _typed(rows: Sequence[Sequence[str]], desk: Desk, service: str) -> tuple[SchoolLogRow, ...]:
    """Rows given as options: a day without its year is read as the nearest past one, and shown."""
    cells = []
    for number_typed, row in enumerate(rows, start=1):
        day, minutes, *code = row
        on = past_day(day, desk.today)
        cells.append((number_typed, (on.on.isoformat(), minutes.strip("-"), " ".join(code))))
    return logs.log_rows(
        cells, {"date": 0, "minutes": 1, "code": 2}, service=service, source=logs.TYPED, today=desk.today
    )


def _chosen(typed: str, found: Reconciliation) -> list[Line]:
    """The lines that are meant, by their number; all means all that are only theirs or differ."""
    if typed == "all":
        return [*found.of("theirs-only"), *found.of("differ")]
    numbers = [part.strip() for part in typed.split(",")]
    if not all(part.isdecimal() and 1 <= int(part) <= len(found.lines) for part in numbers):
        raise CannotUnderstand("the numbers of lines", typed, f"There are 1 to {len(found.lines)}.")
    return [found.lines[int(part) - 1] for part in numbers]


def _pairs(typed: Iterable[str]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in typed]
    for name, sign, meaning in pairs:
        if not (name.strip() and sign and meaning.strip()):
            raise NotAllowed(f"“{name}{sign}{meaning}” is not NAME=VALUE. Nothing was saved.")
    return {name.strip(): meaning.strip() for name, _, meaning in pairs}


def _tell(found: Reconciliation, desk: Desk) -> None:
    desk.out(f"{found.name}: their log and mine, {full_date(found.since)} to {full_date(found.until)}")
    for place, line in enumerate(found.lines, start=1):
        mine = logs.mine_in_words(line.mine) or "nothing"
        theirs = logs.theirs_in_words(line.theirs) or "nothing"
        desk.out(
            f"{place:>4} {MARKS[line.verdict]} {full_date(line.on):<17} {VERDICTS[line.verdict]:<24}"
            f" theirs: {theirs} · mine: {mine}"
        )
    desk.out(logs.verdicts_in_words(found))
    desk.out(logs.unaccounted_in_words(found))
