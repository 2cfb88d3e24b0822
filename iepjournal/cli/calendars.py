"""The verb calendar: the school year, its closures and periods; one for a district, shared by its cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iepjournal.core.away import touched_by_closure
from iepjournal.core.calendar_events import MEANINGS, Event, corrected, with_events
from iepjournal.core.calendars import SchoolCalendar, with_closure, without_closure
from iepjournal.core.dates import full_date, past_day
from iepjournal.core.records import Calendar, Span
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import date

    from iepjournal.cli.desk import Desk
    from iepjournal.core.calendar_events import Meaning
    from iepjournal.core.case import Case

CHOICES: dict[str, Meaning] = {"skip": "skip", "close": "closed", "early": "early", "first": "first", "last": "last"}
"""Options of `calendar import`, and what each makes of a line."""


def calendar_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare every action on the school calendar."""
    parser.add_argument("--json", action="store_true", help="for programs")
    actions = parser.add_subparsers(dest="action", metavar="show|year|close|open|early|esy|period|import")
    actions.add_parser("show", help="the school year as it is known")
    year = actions.add_parser("year", help="the first and the last day of a school year")
    year.add_argument("first")
    year.add_argument("last")
    close = actions.add_parser("close", help="a holiday, a break, a storm: no school, for every case of the district")
    close.add_argument("first", metavar="FROM")
    close.add_argument("last", metavar="TO", nargs="?", default="")
    close.add_argument("--why", required=True, help="Thanksgiving, ice, ...")
    close.add_argument("--served-others", choices=("yes", "no"), help="did the district teach other pupils that day?")
    reopen = actions.add_parser("open", help="that closure was a mistake")
    reopen.add_argument("first", metavar="DAY")
    reopen.add_argument("--why", required=True, help="kept with it")
    early = actions.add_parser("early", help="an early release; it stays a school day")
    early.add_argument("first", metavar="DAY")
    esy = actions.add_parser("esy", help="extended school year, for services that have it")
    esy.add_argument("first", metavar="FROM")
    esy.add_argument("last", metavar="TO")
    period = actions.add_parser("period", help="a quarter or semester")
    period.add_argument("kind", choices=("quarter", "semester"))
    period.add_argument("name")
    period.add_argument("first", metavar="FROM")
    period.add_argument("last", metavar="TO")
    take = actions.add_parser("import", help="read the district's .ics or CSV; shows it first, saves with --yes")
    take.add_argument("file", help="- for standard input")
    take.add_argument("--yes", action="store_true", help="save it as shown")
    take.add_argument("--encoding", default="utf-8", help="cp1252 for a CSV of an older Excel")
    for name, meaning in CHOICES.items():
        help_line = f"line N is: {MEANINGS[meaning]}"
        take.add_argument(f"--{name}", action="append", type=int, default=[], metavar="N", help=help_line)


def calendar(args: argparse.Namespace, desk: Desk) -> int:
    """Show the school calendar, or write its next version to the district's file."""
    if args.action in (None, "show"):
        _show(desk.store().case(), desk, as_json=args.json)
        return 0
    if args.action == "import":
        return _import(args, desk)
    changes: dict[str, Callable[[Sequence[Calendar]], Calendar]] = {
        "year": lambda known: _year(known, args, desk.today),
        "close": lambda known: with_closure(known, _span(args, desk.today)),
        "open": lambda known: without_closure(known, _day(args.first, desk.today), clean_text(args.why).text),
        "early": lambda known: with_events(known, [_event(args, "early", "Early release", desk.today)]),
        "esy": lambda known: with_events(known, [_event(args, "esy", "Extended school year", desk.today)]),
        "period": lambda known: with_events(known, [_event(args, args.kind, args.name, desk.today)]),
    }
    touched = ""
    if args.action == "close":
        case, span = desk.store().case(), _span(args, desk.today)
        touched = touched_by_closure(case, SchoolCalendar.of(case), span.first, span.last)
    _write(desk, changes[args.action])
    if touched:
        desk.say(touched)
    _show(desk.store().case(), desk, as_json=False)
    return 0


def _write(desk: Desk, change: Callable[[Sequence[Calendar]], Calendar]) -> None:
    store = desk.store()
    written_to = store.change_calendar(change, at=desk.now, by=desk.user)
    if written_to is not store:
        district = store.case().profile.school.district
        desk.say(f"Saved for {district}: each of its cases here follows. One undo takes it back.")


def _year(known: Sequence[Calendar], args: argparse.Namespace, today: date) -> Calendar:
    first, last = _day(args.first, today), _day(args.last, today)
    return with_events(
        known,
        [
            Event(title="First day of school", first=first, last=first, means="first"),
            Event(title="Last day of school", first=last, last=last, means="last"),
        ],
    )


def _event(args: argparse.Namespace, means: Meaning, title: str, today: date) -> Event:
    first = _day(args.first, today)
    last = _day(args.last, today) if getattr(args, "last", "") else first
    return Event(title=clean_text(title, multiline=False).text, first=first, last=last, means=means)


def _span(args: argparse.Namespace, today: date) -> Span:
    first = _day(args.first, today)
    return Span(
        first=first,
        last=_day(args.last, today) if args.last else first,
        why=clean_text(args.why, multiline=False).text,
        served_others={"yes": True, "no": False}.get(args.served_others),
    )


def _day(typed: str, today: date) -> date:
    day = past_day(typed, today, allow_future=True)
    if day.about:
        raise CannotUnderstand("one exact day", typed)
    return day.on


def _import(args: argparse.Namespace, desk: Desk) -> int:
    """Show what each line of the file would be; write it only when that is said."""
    from iepjournal.export.calendar_files import read_calendar

    try:
        content = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    except OSError as error:
        raise CannotUnderstand("a file that can be read", args.file, str(error.strerror)) from error
    chosen = {number: meaning for name, meaning in CHOICES.items() for number in getattr(args, name)}
    events = corrected(read_calendar(args.file, content, today=desk.today, encoding=args.encoding), chosen)
    for number, event in enumerate(events, start=1):
        desk.out(f"{number:>4}  {_from_to(event.first, event.last):<36} {MEANINGS[event.means]:<26} {event.title}")
    if not args.yes:
        with_events(desk.store().case().all(Calendar), events)
        desk.say("Nothing is saved yet. Another meaning: --close 3, --early 4, --skip 5. As shown: add --yes.")
        return 0
    _write(desk, lambda known: with_events(known, events))
    desk.out(f"Saved: {sum(event.means != 'skip' for event in events)} lines of the calendar.")
    return 0


def _show(case: Case, desk: Desk, *, as_json: bool) -> None:
    known = case.all(Calendar)
    calendar = SchoolCalendar(known)
    if as_json:
        desk.out_json({"calendars": [_plain(one) for one in known]})
        return
    if not known:
        desk.say("No school calendar yet: iepjournal calendar year FIRST LAST, or: iepjournal calendar import FILE")
    for one in known:
        school_days = len(calendar.school_days(one.first_day, one.last_day))
        desk.out(f"School year {_from_to(one.first_day, one.last_day)}: {school_days} school days")
        for span in one.closed:
            served = {True: ", other pupils were taught", False: ", nobody was taught", None: ""}[span.served_others]
            desk.out(f"  closed  {_from_to(span.first, span.last)}  {span.why}{served}")
        for day in one.early:
            desk.out(f"  early   {full_date(day)}")
        for span in one.esy:
            desk.out(f"  extended school year  {_from_to(span.first, span.last)}")
        for period in one.periods:
            desk.out(f"  {period.kind}  {period.name}  {_from_to(period.first, period.last)}")


def _plain(calendar: Calendar) -> dict[str, Any]:
    def spans(some: Sequence[Span]) -> list[dict[str, Any]]:
        return [{"from": str(span.first), "to": str(span.last), "why": span.why} for span in some]

    return {
        "first_day": str(calendar.first_day),
        "last_day": str(calendar.last_day),
        "closed": spans(calendar.closed),
        "early": [str(day) for day in calendar.early],
        "esy": spans(calendar.esy),
        "periods": [
            {"kind": period.kind, "name": period.name, "from": str(period.first), "to": str(period.last)}
            for period in calendar.periods
        ],
    }


def _from_to(first: date, last: date) -> str:
    return full_date(first) if first == last else f"{full_date(first)} to {full_date(last)}"
