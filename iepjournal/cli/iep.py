"""The verbs iep and service: what the IEP promises, what changed in it, and what was typed wrongly."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from iepjournal.core.dates import coming_day, full_date, past_day
from iepjournal.core.iep import (
    KINDS,
    PERS,
    changed,
    changes,
    checked,
    differences,
    ended,
    fixed,
    frequency,
    in_force,
    meaning,
    service_versions,
    versions,
)
from iepjournal.core.people import called, known_handle
from iepjournal.core.records import Iep, Service
from iepjournal.core.service_fields import read_weeks
from iepjournal.core.text import clean_text
from iepjournal.errors import AlreadyThere, NotAllowed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.iep import Version
    from iepjournal.core.records import Record


def iep_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `iep [show|change|fix]`."""
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--compare", nargs=2, default=(), metavar="DAY", help="what differs between two days")
    actions = parser.add_subparsers(dest="action", metavar="show|change|fix")
    actions.add_parser("show", help="its dates and services, as they stand")
    change = actions.add_parser("change", help="a new IEP was signed; its services: iepjournal service change")
    _iep_fields(change, required=True)
    fix = actions.add_parser("fix", help="mend a typing error in the IEP's dates or in a service")
    fix.add_argument("service", nargs="?", default="", help="the service; the IEP's own dates when left out")
    fix.add_argument("--why", required=True, help="kept with it")
    fix.add_argument(
        "--version", default="", metavar="DAY", help="of a service with several: the one in force that day"
    )
    _iep_fields(fix, required=False)
    _service_fields(fix)


def service_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `service add|change|end HANDLE`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|change|end")
    add = actions.add_parser("add", help="one row of the IEP's service page")
    add.add_argument("handle", help="a short name: speech")
    _service_fields(add)
    change = actions.add_parser("change", help="the IEP changed, or somebody else gives it; what lies before stays")
    change.add_argument("handle")
    change.add_argument("--on", required=True, metavar="DAY", help="the first day of the new rule")
    _service_fields(change, dated=False)
    end = actions.add_parser("end", help="its last day")
    end.add_argument("handle")
    end.add_argument("--on", required=True, metavar="DAY")
    end.add_argument("--why", default="ended", help="kept with it")


def _iep_fields(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--dated", required=required, metavar="DAY", help="the date of the IEP")
    parser.add_argument("--begins", metavar="DAY", help="from when it holds, if later")
    parser.add_argument("--review-due", metavar="DAY", help="when it must be reviewed")


def _service_fields(parser: argparse.ArgumentParser, *, dated: bool = True) -> None:
    parser.add_argument("--name", metavar="WORDS", help="as a person says it: Speech therapy")
    parser.add_argument("--minutes", type=int, metavar="N", help="of one session")
    parser.add_argument("--times", type=int, metavar="N", help="sessions in each period")
    parser.add_argument("--per", choices=PERS)
    parser.add_argument("--weeks", metavar="N/M", help="in n of every m weeks: 3/4")
    parser.add_argument("--days", metavar="TUE,THU", help="the weekdays, where they are known")
    parser.add_argument("--setting", metavar="WORDS", help="individual, small group, where")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--provider", metavar="HANDLE", help="who gives it")
    if dated:
        parser.add_argument("--start", metavar="DAY", help="its first day; else the IEP's")
        parser.add_argument("--end", metavar="DAY", help="its last day, where the IEP names one")
    parser.add_argument("--esy", action="store_true", default=None, help="in extended school year too")
    parser.add_argument("--words", metavar="WORDS", help="the exact words of the IEP")


def iep(args: argparse.Namespace, desk: Desk) -> None:
    """Show the IEP, write a new one down, or mend a typing error."""
    store = desk.store()
    if args.action == "change":
        desk.change(store, lambda case: [Iep(**_dates_of_iep(args, desk.today))])
        desk.out(f"A new IEP is written down: {_iep_words(store.case().all(Iep)[-1])}.")
        desk.say("Now its services, where they changed: iepjournal service change HANDLE --on DAY")
    elif args.action == "fix":
        _fix(args, desk)
    elif args.compare:
        before, after = (past_day(typed, desk.today, allow_future=True).on for typed in args.compare)
        found = changes(store.case(), before, after)
        for line in found:
            desk.out(line)
        if not found:
            desk.say(f"Nothing differs between {full_date(before)} and {full_date(after)}.")
    else:
        _show(store.case(), desk, as_json=args.json)


def _fix(args: argparse.Namespace, desk: Desk) -> None:
    store = desk.store()
    if not args.service:
        desk.change(store, lambda case: [_newest_iep(case).revised(why=args.why, **_dates_of_iep(args, desk.today))])
        desk.out(f"Mended: {_iep_words(store.case().all(Iep)[-1])}.")
        return

    def mend(case: Case) -> Iterable[Record]:
        version = _version(case, args.service, args.version, desk.today)
        return [fixed(version, args.why, **_fields(args, case, desk.today))]

    (written,) = desk.change(store, mend)
    _tell_service(desk, store.case(), written)


def _version(case: Case, handle: str, typed_day: str, today: date) -> Version:
    """The version that is meant; of a service with only one, that one."""
    history = versions(case, handle)
    if typed_day or len(history) > 1:
        day = past_day(typed_day or "today", today, allow_future=True).on
        if version := in_force(history, day):
            return version
    elif history:
        return history[0]
    raise NotAllowed("No version of it is meant by that day. Nothing was saved.", "See them: iepjournal iep show")


def _newest_iep(case: Case) -> Iep:
    ieps = case.all(Iep)
    if not ieps:
        raise NotAllowed("No IEP is written down yet.", "Do it with: iepjournal iep change --dated DAY")
    return ieps[-1]


def _dates_of_iep(args: argparse.Namespace, today: date) -> dict[str, Any]:
    dates = {
        "dated": past_day(args.dated, today).on if args.dated else None,
        "start": past_day(args.begins, today, allow_future=True).on if args.begins else None,
        "review_due": coming_day(args.review_due, today) if args.review_due else None,
    }
    given = {name: day for name, day in dates.items() if day}
    if not given:
        raise NotAllowed("Nothing was said to change. Nothing was saved.", "Say --dated, --begins or --review-due.")
    return given


def service(args: argparse.Namespace, desk: Desk) -> None:
    """Add a service of the IEP, change it from a day on, or end it."""
    store = desk.store()
    actions: dict[str, Callable[[argparse.Namespace, Case, date], Service]] = {
        "add": _added, "change": _changed, "end": _ended,
    }  # fmt: skip
    (written,) = desk.change(store, lambda case: [actions[args.action](args, case, desk.today)])
    _tell_service(desk, store.case(), written)


def _added(args: argparse.Namespace, case: Case, today: date) -> Service:
    handle = args.handle.lstrip("%").lower()
    if handle in service_versions(case):
        raise AlreadyThere(f"The service %{handle}")
    fields = _fields(args, case, today)
    ieps = case.all(Iep)
    start = fields.pop("start", None) or (ieps[-1].start or ieps[-1].dated if ieps else None)
    if start is None:
        raise NotAllowed("From when on? Nothing was saved.", "Say --start, or write the IEP down first.")
    return checked(Service(handle=handle, start=start, **fields))


def _changed(args: argparse.Namespace, case: Case, today: date) -> Service:
    fields = _fields(args, case, today)
    if not fields:
        raise NotAllowed("What changed? Nothing was saved.", "Say --minutes, --times, --provider or another field.")
    on = past_day(args.on, today, allow_future=True).on
    return changed(versions(case, args.handle), on, **fields)


def _ended(args: argparse.Namespace, case: Case, today: date) -> Service:
    return ended(versions(case, args.handle), past_day(args.on, today, allow_future=True).on, args.why)


def _fields(args: argparse.Namespace, case: Case, today: date) -> dict[str, Any]:
    """The fields of a service that were given as options."""
    fields: dict[str, Any] = {
        name: getattr(args, name)
        for name in ("minutes", "times", "per", "kind", "esy")
        if getattr(args, name) is not None
    }
    for name in ("name", "setting", "words"):
        if getattr(args, name) is not None:
            fields[name] = clean_text(getattr(args, name), multiline=False).text
    if args.weeks is not None:
        fields["weeks"] = read_weeks(args.weeks)
    if args.days is not None:
        fields["days"] = tuple(day.strip()[:3].lower() for day in args.days.split(",") if day.strip())
    if args.provider is not None:
        fields["provider"] = known_handle(args.provider, case) if args.provider else ""
    if getattr(args, "start", None):
        fields["start"] = past_day(args.start, today, allow_future=True).on
    if getattr(args, "end", None):
        fields["end"] = coming_day(args.end, today)
    return fields


def _tell_service(desk: Desk, case: Case, written: Record) -> None:
    """Say back what now holds, and what a change cut."""
    for history in service_versions(case).values():
        for place, version in enumerate(history):
            if version.service.root == written.root:
                desk.out(service_line(version, case))
                if place and not written.amends:
                    for line in differences(history[place - 1].service, version.service):
                        desk.out(f"  {line}")


def _show(case: Case, desk: Desk, *, as_json: bool) -> None:
    ieps, services = case.all(Iep), service_versions(case)
    if as_json:
        desk.out_json(
            {
                "ieps": [_plain(one, ("dated", "start", "review_due")) for one in ieps],
                "services": [
                    {
                        "handle": handle,
                        "versions": [
                            {
                                "from": version.first.isoformat(),
                                "to": version.ends_on.isoformat() if version.ends_on else None,
                                **_plain(version.service, SHOWN),
                            }
                            for version in history
                        ],
                    }
                    for handle, history in services.items()
                ],
            }
        )
        return
    for one in ieps:
        desk.out(_iep_words(one))
    for history in services.values():
        for version in history:
            desk.out(service_line(version, case))
            if version.service.words:
                desk.out(f"{'':11}“{version.service.words}”")
    if not ieps:
        desk.say("No IEP is written down yet: iepjournal iep change --dated DAY")
    if not services:
        desk.say("No service yet: iepjournal service add speech --minutes 30 --times 2 --per week")


SHOWN = ("name", "minutes", "times", "per", "weeks", "days", "setting", "kind", "provider", "esy", "words")


def _plain(record: Record, fields: Sequence[str]) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in fields}
    return {name: str(value) if isinstance(value, date) else value for name, value in values.items()}


def _iep_words(iep: Iep) -> str:
    parts = (
        f"IEP of {full_date(iep.dated)}",
        f"holds from {full_date(iep.start)}" if iep.start else "",
        f"review due {full_date(iep.review_due)}" if iep.review_due else "",
    )
    return ", ".join(filter(None, parts))


def service_line(version: Version, case: Case) -> str:
    """One service in one line, with what it comes to by the week."""
    service = version.service
    parts = (
        f"{frequency(service)} ({meaning(service)})",
        service.setting,
        service.kind if service.kind != "direct" else "",
        called(service.provider, case) if service.provider else "",
        f"from {full_date(version.first)}",
        f"to {full_date(version.ends_on)}" if version.ends_on else "",
        "extended school year" if service.esy else "",
    )
    return f"{service.handle:<10} {service.name or service.handle}: {' · '.join(filter(None, parts))}"
