"""The verb progress: goals, what was measured of them, and the progress reports that were promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import coming_day, past_day, say
from iepjournal.core.marks import known_service
from iepjournal.core.progress import (
    USUAL_WEEKS,
    as_json,
    corrected_goal,
    ended_goal,
    measured,
    new_goal,
    promised_report,
    report_state,
    reports,
    silent_goals,
    without_goal,
)
from iepjournal.core.progress import progress as of_goals
from iepjournal.core.text import clean_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.records import Record


def progress_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `progress [add goal|point|report ... | change|end|strike GOAL]`."""
    parser.add_argument("--weeks", type=int, default=USUAL_WEEKS, metavar="N", help="silent for so long is listed")
    parser.add_argument("--json", action="store_true", help="for programs")
    actions = parser.add_subparsers(dest="action", metavar="add|change|end|strike")
    add = actions.add_parser("add", help="a goal, a measurement, or a report that is promised or came")
    kinds = add.add_subparsers(dest="kind", required=True, metavar="goal|point|report")
    goal = kinds.add_parser("goal", help="one annual goal of the IEP")
    goal.add_argument("handle", help="a short name: reading")
    goal.add_argument("text", nargs="+", help="its words, as they stand in the IEP")
    goal.add_argument("--service", default="", metavar="SERVICE", help="the service that works on it")
    point = kinds.add_parser("point", help="a measurement you have seen")
    point.add_argument("goal", help="the goal's short name")
    point.add_argument("value", nargs="+", help="as it was reported: 40 of 60 words")
    point.add_argument("--on", default="today", metavar="DAY")
    point.add_argument("--source", default="", metavar="WORDS", help="report card, data sheet, e-mail")
    report = kinds.add_parser("report", help="a progress report the IEP promises for a day")
    report.add_argument("due", metavar="DAY")
    report.add_argument("--received", default="", metavar="DAY", help="it came on this day")
    report.add_argument("--note", default="", metavar="WORDS")
    _corrections(actions)


def _corrections(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What may be said of a goal that is there: its words and name before stay beside the new ones."""
    change = actions.add_parser("change", help="the right words, or the right short name, of a goal")
    end = actions.add_parser("end", help="a goal is over: nobody has to measure it any more")
    strike = actions.add_parser("strike", help="a goal that was never one, with what was measured of it")
    for action in (change, end, strike):
        action.add_argument("handle", help="the goal's short name")
        action.add_argument("--why", required=True, help="kept with it")
    change.add_argument("text", nargs="*", help="the new words, if they change")
    change.add_argument("--name", default="", metavar="NAME", help="the new short name")
    end.add_argument("--on", default="today", metavar="DAY", help="its last day; else today")


def progress(args: argparse.Namespace, desk: Desk) -> None:
    """Show what is known of each goal, or write something down."""
    store = desk.store()
    if args.action == "add":
        desk.change(store, lambda case: [_written(args, case, desk)])
    elif args.action:
        desk.change(store, lambda case: _corrected(args, case, desk))
    case = store.case()
    if args.json:
        desk.out_json(as_json(case, desk.today))
        return
    _goals(case, desk, args.weeks)
    for report in reports(case):
        came = f", came {say(report.received_on, desk.today)}" if report.received_on else ""
        line = f"Report due {say(report.due_on, desk.today)}: {report_state(report, desk.today)}{came} {report.text}"
        desk.out(line.rstrip())
    if not of_goals(case) and not reports(case):
        desk.say("No goal yet: iepjournal progress add goal reading WORDS OF THE IEP")


def _written(args: argparse.Namespace, case: Case, desk: Desk) -> Record:
    if args.kind == "goal":
        service = known_service(args.service, case) if args.service else ""
        return new_goal(case, args.handle.lower(), clean_text(" ".join(args.text)).text, service)
    if args.kind == "point":
        value, source = (clean_text(words, multiline=False).text for words in (" ".join(args.value), args.source))
        on = past_day(args.on, desk.today).on
        return measured(case, args.goal.lower(), value, on=on, today=desk.today, source=source)
    return promised_report(
        case,
        coming_day(args.due, desk.today),
        received_on=past_day(args.received, desk.today).on if args.received else None,
        today=desk.today,
        text=clean_text(args.note, multiline=False).text,
    )


def _corrected(args: argparse.Namespace, case: Case, desk: Desk) -> Sequence[Record]:
    handle = args.handle.lower()
    if args.action == "end":
        return [ended_goal(case, handle, past_day(args.on, desk.today, allow_future=True).on, args.why)]
    if args.action == "strike":
        return without_goal(case, handle, args.why)
    return corrected_goal(case, handle, args.why, text=clean_text(" ".join(args.text)).text, name=args.name.lower())


def _goals(case: Case, desk: Desk, weeks: int) -> None:
    for one in of_goals(case):
        ended = f" (ended {say(one.goal.ended_on, desk.today)})" if one.goal.ended_on else ""
        desk.out(f"{one.goal.handle}: {one.goal.text}{ended}")
        for point in one.points:
            source = f" ({point.source})" if point.source else ""
            desk.out(f"  {say(point.on, desk.today)}  {point.value}{source}")
    for one in silent_goals(case, desk.today, weeks):
        none = "No data point" if one.measured else "No data point at all"
        weeks_silent = one.weeks_silent(desk.today)
        desk.out(f"{none} for {one.goal.handle} since {say(one.since, desk.today)}: {weeks_silent} weeks.")
