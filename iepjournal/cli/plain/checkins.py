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
from iepjournal.core.sessions import FLAGS, REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.case import Case
    from iepjournal.core.checkins import CheckIn
    from iepjournal.core.records import Service, Session

RESULTS = {"given": "it was given", "missed": "it was not given", "partial": "part of it", "unknown": "not known"}
MORE = "more"
OTHER = {
    "absent": "the child was absent: answers for all sessions of a day",
    "away": "several days on which a provider was out, or the child away",
    "other": "another day, or a make-up",
}
CHILD = "child"


def check_in(desk: PlainDesk) -> None:
    """Ask for today's sessions, and those of this week that nobody answered for yet."""
    case = desk.store().case()
    calendar = SchoolCalendar.of(case)
    today = check_ins(case, calendar, desk.today)
    earlier = [one for one in unanswered(case, calendar, desk.today) if one.on < desk.today]
    rows = {str(number): one for number, one in enumerate((*today, *earlier), start=1)}
    choices = {number: _row(one, case, desk) for number, one in rows.items()}
    services = desk.services()
    if not services:
        desk.say("No service is set up yet: that is done under the case, the IEP.")
        raise Back
    if not today:
        closed = calendar.closed_because(desk.today)
        desk.say(f"No school today ({closed})." if closed else "The IEP asks for nothing today.")
    chosen = desk.choose("Did it happen?", {**choices, **OTHER})
    with suppress(Back):
        if chosen == "absent":
            day = desk.line("On which day? (Enter for today)") or "today"
            if desk.yes(f"Absent {day}, for every session that is not answered?"):
                desk.run("absent", f"--on={day}")
        elif chosen == "away":
            _ask_away(desk, services)
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
    repaired = Question(option="makes-up", words="The number of the missed session it makes up, if it is one?")
    _ask_for(desk, handle, on, desk.options(repaired))


def _ask_away(desk: PlainDesk, services: Mapping[str, str]) -> None:
    """A run of days at once; the verb says what it touches, and asks."""
    who = desk.choose("Who was away?", {CHILD: "the child", **{one: f"for {name}" for one, name in services.items()}})
    days = [f"--from={desk.needed('From which day? mon, 11/9:')}"]
    days += desk.options(Question(option="to", words="To which day, if not today?"))
    if who == CHILD:
        desk.run("absent", *days)
    else:
        desk.run("session", *days, *_why_not(desk), who, "missed")


def _why_not(desk: PlainDesk) -> list[str]:
    return desk.options(
        Question(option="reason", words="Why, as it was said?", choices=REASONS, needed=True),
        Question(option="how", words="How do you know?", choices=HOW_LABELS, needed=True),
    )


def answer_again(desk: PlainDesk, session: Session) -> None:
    """Another answer for the same day; both are kept."""
    _ask_for(desk, session.service, session.on)


def made_up(desk: PlainDesk, session: Session) -> None:
    """The session that repairs this one."""
    _ask_for(desk, session.service, desk.needed("On which day was it made up?"), [f"--makes-up={session.no}"])


def _ask_for(desk: PlainDesk, handle: str, on: date | str, words: Sequence[str] = ()) -> None:
    day = past_day(str(on), desk.today).on
    version = in_force(versions(desk.store().case(), handle), day)
    if version is None:
        desk.say(f"{desk.services()[handle]} was not in force on that day.")
        return
    _ask(desk, version.service, str(on), f"{desk.services()[handle]}, {say(day, desk.today)}", words)


def _ask(desk: PlainDesk, service: Service, on: str, called: str, words: Sequence[str] = ()) -> None:
    days = counted_in_days(service)
    results = {name: said for name, said in RESULTS.items() if name != "partial" or not days}
    result = desk.choose(f"{called}:", {**results, MORE: "more to say: who, where, not as promised, one more that day"})
    asked: list[str] = []
    if result == MORE:
        asked += _more(desk)
        result = desk.choose(f"{called}:", results)
    if result == "partial":
        minutes = f"How many of the {service.minutes} minutes?"
        asked += desk.options(Question(option="minutes", words=minutes, needed=True, number=True))
    if result in ("missed", "partial"):
        asked += _why_not(desk)
    desk.run("session", *words, *asked, f"--on={on}", service.handle, result)


def _more(desk: PlainDesk) -> list[str]:
    people = desk.people()
    by = [Question(option="given-by", words="Who gave it, if not the usual person?", choices=people)] if people else []
    return desk.options(
        *by,
        Question(option="setting", words="Where, or in what group?"),
        Question(option="flag", words="Given, but not as promised?", choices=FLAGS),
        Question(option="note", words="A few words about it?"),
        Question(option="extra", words="Is it one more, on a day that has an answer already?", flag=True),
    )
