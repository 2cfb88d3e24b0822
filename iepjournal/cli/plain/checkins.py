"""Did it happen? The sessions of a day, asked one by one: what happened, why not, and how it is known."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Back, Question
from iepjournal.cli.sessions import session_line
from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.checkins import check_ins, unanswered
from iepjournal.core.dates import past_day, say
from iepjournal.core.entries import HOW_LABELS
from iepjournal.core.iep import counted_in_days, in_force, versions
from iepjournal.core.records import Service
from iepjournal.core.sessions import REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.case import Case
    from iepjournal.core.checkins import CheckIn

RESULTS = {"given": "it was given", "missed": "it was not given", "partial": "part of it", "unknown": "not known"}


def check_in(desk: PlainDesk) -> None:
    """Ask for today's sessions, and those of this week that nobody answered for yet."""
    case = desk.store().case()
    calendar = SchoolCalendar.of(case)
    today = check_ins(case, calendar, desk.today)
    earlier = [one for one in unanswered(case, calendar, desk.today) if one.on < desk.today]
    rows = {str(number): one for number, one in enumerate((*today, *earlier), start=1)}
    choices = {number: _row(one, case, desk) for number, one in rows.items()}
    if any(one.open for one in today):
        choices["absent"] = "the child was absent today: answers for all of them"
    services = {one.handle: one.name or one.handle for one in case.all(Service)}
    if not services:
        desk.say("No service is set up yet: that is done under the case, the IEP.")
        raise Back
    if not today:
        closed = calendar.closed_because(desk.today)
        desk.say(f"No school today ({closed})." if closed else "The IEP asks for nothing today.")
    chosen = desk.choose("Did it happen?", {**choices, "other": "another day, or a make-up"})
    with suppress(Back):
        if chosen == "absent":
            if desk.yes("Absent today, for every session that is not answered?"):
                desk.run("absent")
        elif chosen == "other":
            _ask_other(desk, services)
        else:
            one = rows[chosen]
            _ask(desk, one.service, one.on.isoformat(), _name(one, desk))


def waiting(case: Case, desk: PlainDesk) -> int:
    """How many of today's sessions have no answer yet."""
    return sum(one.open for one in check_ins(case, SchoolCalendar.of(case), desk.today))


def _row(one: CheckIn, case: Case, desk: PlainDesk) -> str:
    if one.answer:
        return session_line(one.answer, case, desk.today)
    by = f"{one.answered} of {one.expected} this {one.period.kind}" if one.period else "not known"
    return f"{_name(one, desk)}: {by}"


def _name(one: CheckIn, desk: PlainDesk) -> str:
    return f"{one.service.name or one.service.handle}, {say(one.on, desk.today)}"


def _ask_other(desk: PlainDesk, services: Mapping[str, str]) -> None:
    """Any service and day; also a session that repairs a missed one."""
    handle = desk.choose("Which service?", services)
    on = desk.needed("On which day? yesterday, tue, 11/24:")
    version = in_force(versions(desk.store().case(), handle), past_day(on, desk.today).on)
    if version is None:
        desk.say(f"{services[handle]} was not in force on that day.")
        return
    made_up = desk.line("The number of the missed session it makes up (Enter if it is none):")
    words = [f"--makes-up={made_up}"] if made_up else []
    _ask(desk, version.service, on, f"{services[handle]}, {on}", words)


def _ask(desk: PlainDesk, service: Service, on: str, called: str, words: Sequence[str] = ()) -> None:
    days = counted_in_days(service)
    results = {name: said for name, said in RESULTS.items() if name != "partial" or not days}
    result = desk.choose(f"{called}:", results)
    asked: list[str] = []
    if result == "partial":
        minutes = f"How many of the {service.minutes} minutes?"
        asked += desk.options(Question(option="minutes", words=minutes, needed=True, number=True))
    if result in ("missed", "partial"):
        asked += desk.options(
            Question(option="reason", words="Why, as it was said?", choices=REASONS, needed=True),
            Question(option="how", words="How do you know?", choices=HOW_LABELS, needed=True),
        )
    desk.run("session", *words, *asked, f"--on={on}", service.handle, result)
