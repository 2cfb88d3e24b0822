"""The verb services: what was due, given, not delivered and not known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.cli.sessions import session_line
from iepjournal.core.chain import foot_of
from iepjournal.core.compensatory import EFFECT, PROPOSAL, WHERE_TO_BEGIN, compensatory
from iepjournal.core.compensatory import as_json as gathered_json
from iepjournal.core.dates import full_date, past_day, say
from iepjournal.core.figures import COLUMNS, NO_CALENDAR, NO_VERDICT, TWO_TOTALS, columns, remarks
from iepjournal.core.iep import frequency
from iepjournal.core.marks import known_service
from iepjournal.core.people import called
from iepjournal.core.services import as_json, number

if TYPE_CHECKING:
    import argparse
    from datetime import date
    from fractions import Fraction

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.compensatory import Compensatory
    from iepjournal.core.ledger import Amounts, Counted, Row
    from iepjournal.core.services import ServiceCount, Services


def services_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `services [SERVICE]`, the range and the form."""
    parser.add_argument("service", nargs="?", default="", help="one service, opened to its weeks and sessions")
    parser.add_argument("--since", default="", metavar="DAY", help="from this day on; else the service's start")
    parser.add_argument("--until", default="", metavar="DAY", help="to this day; else the as-of day")
    parser.add_argument("--as-of", default="today", metavar="DAY", help="what was known and over by then; else today")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--csv", action="store_true", help="each week or month, for a spreadsheet")
    form.add_argument("--pdf", action="store_true", help="a report to print, with bars by week")
    parser.add_argument("-o", "--output", default="", metavar="FILE", help="the report as a new file")
    parser.add_argument(
        "--compensatory",
        action="store_true",
        help="with what it did to the child (#effect) and what is proposed (#proposal)",
    )


def services(args: argparse.Namespace, desk: Desk) -> None:
    """Count every service, or one, as written and conservatively."""
    case = desk.store().case()
    gathered = compensatory(
        case,
        as_of=_day(args.as_of, desk.today) or desk.today,
        since=_day(args.since, desk.today),
        until=_day(args.until, desk.today),
        service=known_service(args.service, case) if args.service else "",
        private=not (args.csv or args.pdf),
    )
    found = gathered.services
    starts = [count.history[0].first for count in found.counts if count.history]
    if starts and found.until < min(starts):
        desk.say(f"On {full_date(found.until)} no service had begun yet.")
    if args.json:
        desk.out_json(gathered_json(gathered) if args.compensatory else as_json(found))
    elif args.csv:
        _csv(found, desk)
    elif args.pdf:
        _pdf(found, case, desk, args.output)
    else:
        _tell(found, case, desk, opened=bool(args.service))
        if args.compensatory:
            _tell_effects(gathered, desk)


def _day(typed: str, today: date) -> date | None:
    return past_day(typed, today, allow_future=True).on if typed else None


def _tell(found: Services, case: Case, desk: Desk, *, opened: bool) -> None:
    for count in found.counts:
        desk.out(_title(count, found, case, desk.today))
        if not count.needs:
            _figures(count, desk)
        if opened:
            _opened(count, case, desk)
        for note in count.notes:
            desk.out(f"  ! {note}")
        desk.out("")
    for session in found.strays:
        desk.out(f"! Session {session.no} is of “{session.service}”, which is no service any more; kept, not counted.")
    if not found.counts:
        desk.say("No service yet: iepjournal service add speech --minutes 30 --times 2 --per week")
        return
    if not found.calendar_known:
        desk.out(NO_CALENDAR)
    desk.out(TWO_TOTALS)
    desk.out(NO_VERDICT)


def _tell_effects(gathered: Compensatory, desk: Desk) -> None:
    desk.out("")
    for title, entries, tag in (
        ("What it did to the child", gathered.effects, EFFECT),
        ("What is proposed", gathered.proposals, PROPOSAL),
    ):
        desk.out(f"{title}:")
        for entry in entries:
            desk.out(f"  {entry.no:>4}  {full_date(entry.happened_on)}  {entry.text}")
        if not entries:
            desk.out(f"  nothing yet; log it with the tag #{tag}")
    desk.out(WHERE_TO_BEGIN)


def _title(count: ServiceCount, found: Services, case: Case, today: date) -> str:
    parts = [count.name]
    if count.service:
        parts.append(frequency(count.service))
        if count.service.provider:
            parts.append(called(count.service.provider, case))
        since = max(found.since or count.history[0].first, count.history[0].first)
        parts.append(f"{say(since, today)} to {say(found.until, today)}")
    return " · ".join(parts)


def _figures(count: ServiceCount, desk: Desk) -> None:
    desk.out(f"  {count.unit:<16}{'as written':>12}{'conservative':>14}")
    for column, words in columns(count).items():
        written, sure = getattr(count.as_written, column), getattr(count.conservative, column)
        desk.out(f"  {words:<16}{number(written):>12}{number(sure):>14}")
    for line in remarks(count):
        desk.out(f"  {line}")


def _opened(count: ServiceCount, case: Case, desk: Desk) -> None:
    """Months, then each period with the sessions behind it."""
    if count.by_month:
        desk.out("\n  By month (exact)   due  given  not delivered  not known    conservative: due  not delivered")
    for month in count.by_month:
        written, sure = month.as_written, month.conservative
        desk.out(
            f"  {month.first:%b %Y}     {_cell(written.due, 10)}{_cell(written.given, 7)}{_cell(written.missed, 15)}"
            f"{_cell(written.unknown, 11)}{_cell(sure.due, 21)}{_cell(sure.missed, 15)}"
        )
    for row in count.rows:
        desk.out(f"\n  {_period(row, desk.today)}: {_amounts(row.as_written)}")
        for one in row.sessions:
            desk.out(f"    {one.session.no:>4}  {session_line(one.session, case, desk.today)}{_counted(one)}")


def _period(row: Row, today: date) -> str:
    if row.asked.period.kind == "week":
        return f"Week of {say(row.asked.period.first, today)}"
    if row.asked.period.kind == "day":
        return say(row.asked.period.first, today)
    return f"{say(row.asked.period.first, today)} to {say(row.asked.period.last, today)}"


def _amounts(amounts: Amounts) -> str:
    told = [
        f"{number(getattr(amounts, column))} {words}" for column, words in COLUMNS.items() if getattr(amounts, column)
    ]
    return ", ".join(told) or "nothing due"


def _counted(one: Counted) -> str:
    """How it counts here, where that is not plain."""
    if one.repairs:
        return f" · {number(one.given)} counted here"
    if one.beyond:
        return f" · {number(one.beyond)} beyond what is asked for, not counted"
    if one.session.result == "missed" and not one.missed:
        return " · made up since"
    return ""


def _cell(amount: Fraction, width: int) -> str:
    return f"{number(amount):>{width}}"


CSV_HEADER = (
    "service", "unit", "period", "from", "to",
    *(f"{column}_{view}" for view in ("as_written", "conservative") for column in ("due", "given", "made_up", "missed",
    "unknown", "over")), "sessions",
)  # fmt: skip


def _csv(found: Services, desk: Desk) -> None:
    """A line for each period that counts, exact."""
    from iepjournal.export.tables import to_csv

    rows = [
        [
            count.handle,
            count.unit,
            row.asked.period.kind,
            row.asked.period.first,
            row.asked.period.last,
            *(
                number(getattr(amounts, column))
                for amounts in (row.as_written, row.conservative)
                for column in ("due", "given", "made_up", "missed", "unknown", "over")
            ),
            " ".join(str(one.session.no) for one in row.sessions),
        ]
        for count in found.counts
        for row in count.rows
    ]
    desk.out(to_csv(CSV_HEADER, rows).rstrip("\n"))


def _pdf(found: Services, case: Case, desk: Desk, output: str) -> None:
    """The report, to a new file or standard output; it names the record it was made from."""
    if not output:
        stdout = desk.binary_out()
    from iepjournal.export.report import services_pdf

    people = {handle: person.name or f"@{handle}" for handle, person in case.people.items()}
    content = services_pdf(found, child=case.profile.child.name, people=people, foot=foot_of(case, desk.today))
    if output:
        size = desk.write_new(Path(output), content)
        desk.say(f"The report is in {output} ({size:,} bytes).")
    else:
        stdout.write(content)
