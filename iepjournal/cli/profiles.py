"""The verb profile: the family and the school of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import full_date, past_day
from iepjournal.core.profile import FIELDS, held, in_words, next_profile, said_in
from iepjournal.core.records import Profile
from iepjournal.errors import CannotUnderstand

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from iepjournal.cli.desk import Desk


def profile_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `profile [NAME=TEXT ...|-] [--from SETUP.toml]`."""
    parser.epilog = f"Names: {', '.join(FIELDS)}. An empty text empties its field: parent.phone="
    parser.add_argument(
        "fields", nargs="*", metavar="NAME=TEXT", help="child.name='Maya Bell'; - for lines of them on standard input"
    )
    parser.add_argument("--since", default="", metavar="DAY", help="the first day at another district, after a move")
    parser.add_argument("--from", dest="setup", default="", metavar="SETUP.toml", help="what a file says of them")
    parser.add_argument("--json", action="store_true", help="for programs")


def profile(args: argparse.Namespace, desk: Desk) -> int:
    """Show the family and the school, or write their next version; the one before is kept."""
    typed: dict[str, str] = {}
    if args.setup:
        from iepjournal.cli.cases import read_setup

        records = read_setup(args.setup, desk)
        if records is None:
            return 1
        typed = next((said_in(record) for record in records if isinstance(record, Profile)), {})
    typed |= dict(map(_pair, _lines(args.fields, desk)))
    if typed:
        _write(typed, desk, past_day(args.since, desk.today, allow_future=True).on if args.since else None)
    elif args.json:
        known = _known(desk).items()
        desk.out_json({"profile": {name: value if isinstance(value, bool) else str(value) for name, value in known}})
    else:
        _tell(desk)
    return 0


def _lines(given: list[str], desk: Desk) -> list[str]:
    if given != ["-"]:
        return given
    return [line for line in desk.stdin_text().splitlines() if line.strip()]


def _pair(typed: str) -> tuple[str, str]:
    name, equals, text = typed.partition("=")
    if not equals:
        raise CannotUnderstand("NAME=TEXT", typed, f"Names: {', '.join(FIELDS)}.")
    return name.strip().lower(), text


def _write(typed: dict[str, str], desk: Desk, since: date | None) -> None:
    store = desk.store()
    district_before = store.case().district
    desk.change(store, lambda case: [next_profile(case, typed, desk.today, since)])
    case = store.case()
    known = held(case.profile)
    for name in typed:
        desk.out(f"Saved: {name}: {in_words(known[name]) if name in known else 'empty now'}")
    if since:
        desk.out(f"From {full_date(since)} on; the days before keep the calendar of the district before.")
    elif district_before and not case.district:
        desk.say("The school calendar stays with the district it was for. This one has none yet: iepjournal calendar")


def _tell(desk: Desk) -> None:
    known = _known(desk)
    for name, value in known.items():
        lines = in_words(value).splitlines()
        desk.out(f"{name:<16} {lines[0]}")
        for line in lines[1:]:
            desk.out(f"{'':<16} {line}")
    if known.keys() == {"state"}:
        desk.say("Say who the case is about: iepjournal profile child.name='Maya Bell' school.name='Oak Ridge'")


def _known(desk: Desk) -> dict[str, str | bool | date]:
    return held(desk.store().case(only=(Profile,)).profile)
