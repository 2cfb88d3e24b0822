"""The verbs session and absent: did it happen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.away import Away, away, in_words
from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.checkins import absence
from iepjournal.core.dates import full_date, past_day, say
from iepjournal.core.entries import HOW_LABELS, service_name
from iepjournal.core.marks import known_service
from iepjournal.core.people import called, known_handle
from iepjournal.core.records import HOW_KNOWN, Session
from iepjournal.core.sessions import FLAGS, REASONS, RESULTS, recorded
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from datetime import date

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case


def session_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `session SERVICE given|missed|partial|unknown` and what may be said of it."""
    parser.epilog = f"Reasons: {', '.join(REASONS)}."
    parser.add_argument("service", help="the short name of a service, as in: iepjournal iep")
    parser.add_argument("result", choices=tuple(RESULTS), help="partial needs --minutes: those that were given")
    parser.add_argument("--minutes", type=int, metavar="N", help="given, or missed; else the whole session")
    parser.add_argument("--on", default="today", metavar="DAY", help="tue, 11/24, yesterday; else today")
    parser.add_argument("--reason", default="", metavar="REASON", help="why not, as it was said")
    parser.add_argument("--how", default="", metavar="HOW", help=", ".join(HOW_KNOWN))
    parser.add_argument("--given-by", default="", metavar="HANDLE", help="who gave it, if not the usual person")
    parser.add_argument("--setting", default="", metavar="WORDS", help="where, or in what group")
    parser.add_argument("--flag", action="append", default=[], choices=tuple(FLAGS), help="given, but not as promised")
    parser.add_argument("--makes-up", default="", metavar="N", help="the number of the missed session it repairs")
    parser.add_argument("--extra", action="store_true", help="one more on the same day, not a second answer")
    parser.add_argument("--note", default="", metavar="WORDS", help="a few words, kept with it")
    _run_arguments(parser, "missed, on every day from here")


def _run_arguments(parser: argparse.ArgumentParser, helps: str) -> None:
    parser.add_argument("--from", dest="first", default="", metavar="DAY", help=f"{helps}; asks first, one undo")
    parser.add_argument("--to", dest="last", default="", metavar="DAY", help="to here; else today")
    parser.add_argument("--yes", action="store_true", help="without asking")


def session(args: argparse.Namespace, desk: Desk) -> int:
    """Answer for one session, or for a run of days; a second answer for the same day amends the first."""
    if args.first or args.last:
        return _provider_away(args, desk)
    store = desk.store()
    on = exact_day(args.on, desk.today)

    def answer(case: Case) -> Iterable[Session]:
        yield recorded(
            case,
            known_service(args.service, case),
            args.result,
            on=on,
            today=desk.today,
            minutes=args.minutes,
            reason=args.reason,
            how=args.how,
            given_by=known_handle(args.given_by, case) if args.given_by else "",
            setting=clean_text(args.setting, multiline=False).text,
            makes_up=case.numbered(args.makes_up, Session) if args.makes_up else None,
            extra=args.extra,
            flags=args.flag,
            text=clean_text(args.note).text,
        )

    (written,) = desk.change(store, answer)
    case = store.case()
    kept = case.numbered(written.no or 0, Session)
    desk.out(f"Session {kept.no}: {session_line(kept, case, desk.today)}")
    if kept.amends:
        before = case.versions(kept)[-2]
        desk.say(f"  before: {RESULTS[before.result]}; a further session on that day needs --extra")
    return 0


def _provider_away(args: argparse.Namespace, desk: Desk) -> int:
    if args.result != "missed" or args.minutes or args.makes_up or args.extra or not args.reason or not args.how:
        raise NotAllowed(
            "Several days at once can only be missed, whole, and need --reason and --how. Nothing was saved.",
            "Anything else is said of one day: --on DAY.",
        )
    case = desk.store().case()
    handle = known_service(args.service, case)
    return _away(args, desk, reason=args.reason, how=args.how, services=(handle,), text=clean_text(args.note).text)


def _away(
    args: argparse.Namespace, desk: Desk, *, reason: str, how: str, services: tuple[str, ...] = (), text: str = ""
) -> int:
    """Say what a run of days touches, ask, and write it as one command."""
    if not args.first:
        raise NotAllowed("From which day? Nothing was saved.", "Add --from DAY.")
    first = exact_day(args.first, desk.today)
    last = exact_day(args.last, desk.today) if args.last else desk.today

    def found(case: Case) -> Away:
        calendar = SchoolCalendar.of(case)
        return away(case, calendar, first, last, desk.today, reason=reason, how=how, services=services, text=text)

    store = desk.store()
    touched = in_words(found(store.case()), desk.today)
    days = f"{say(first, desk.today)} to {say(last, desk.today)}"
    desk.say(f"{days}, {RESULTS['missed']}, {REASONS.get(reason, reason)}: {touched}")
    if not args.yes and desk.ask("Write them all? y/n ").strip().lower() not in ("y", "yes"):
        desk.say("Nothing was saved. Without being asked: add --yes")
        return 1
    written = desk.change(store, lambda case: found(case).sessions)
    case = store.case()
    for record in written:
        kept = case.numbered(record.no or 0, Session)
        desk.out(f"Session {kept.no}: {session_line(kept, case, desk.today)}")
    desk.say("One undo takes them all back.")
    return 0


def session_line(session: Session, case: Case, today: date) -> str:
    """One session in one line: `Speech, Tue Nov 24: not given, no provider (child told me)`."""
    what = RESULTS[session.result]
    if session.minutes:
        what = f"{session.minutes} min {'given' if session.result == 'partial' else what}"
    repaired = case.by_root.get(session.makes_up)
    parts = (
        what,
        REASONS.get(session.reason, ""),
        *(FLAGS[flag] for flag in session.flags),
        f"by {called(session.given_by, case)}" if session.given_by else "",
        f"makes up session {repaired.no}" if repaired else "",
        session.text,
    )
    how = f" ({HOW_LABELS[session.how]})" if session.how else ""
    return f"{service_name(session.service, case)}, {say(session.on, today)}: {', '.join(filter(None, parts))}{how}"


def absent_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `absent [--on D | --from D --to D]`."""
    parser.add_argument("--on", default="today", metavar="DAY", help="else today")
    _run_arguments(parser, "every day from here")


def absent(args: argparse.Namespace, desk: Desk) -> int:
    """Child absent: answers for every service of a day, or a run of days, at once; one undo takes it back."""
    if args.first or args.last:
        return _away(args, desk, reason="child-absent", how="saw")
    store = desk.store()
    on = exact_day(args.on, desk.today)
    left_open: list[str] = []

    def answer(case: Case) -> Iterable[Session]:
        calendar = SchoolCalendar.of(case)
        found = absence(case, calendar, on, desk.today)
        left_open[:] = [service.name or service.handle for service in found.left_open]
        if not found.sessions:
            closed = calendar.closed_because(on)
            why = f"{full_date(on)} is no school day ({closed})" if closed else "Nothing waits for an answer that day"
            raise NotAllowed(f"{why}. Nothing was saved.")
        return found.sessions

    written = desk.change(store, answer)
    case = store.case()
    for record in written:
        session = case.numbered(record.no or 0, Session)
        desk.out(f"Session {session.no}: {session_line(session, case, desk.today)}")
    for name in left_open:
        desk.say(f"  {name} goes by the month or longer: answer for it yourself, if it was planned for that day.")
    return 0


def exact_day(typed: str, today: date) -> date:
    """A day that can be counted: not a week, not about."""
    day = past_day(typed, today)
    if day.about:
        raise CannotUnderstand("one exact day", typed, "A session is counted on its day.")
    return day.on
