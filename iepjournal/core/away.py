"""Away: a run of days on which a provider was out or the child was away, answered at once. It counts nothing.

A day is answered where the IEP names it. Where it only says how often a week (or month), the sessions count as not
given when every school day of that week lies inside the run: on each of them there was none. Of a week that lies
partly outside nobody knows on which days they were planned: it is left open, and said.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.checkins import check_ins
from iepjournal.core.dates import full_date, say
from iepjournal.core.iep import in_force, service_versions
from iepjournal.core.plurals import many
from iepjournal.core.sessions import recorded
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from iepjournal.core.calendars import SchoolCalendar
    from iepjournal.core.case import Case
    from iepjournal.core.checkins import CheckIn
    from iepjournal.core.records import Period, Service, Session

LONGEST_DAYS = 366


class LeftOpen(NamedTuple):
    """A week or month of a service of which not every day lies in the run."""

    service: Service
    period: Period


class Away(NamedTuple):
    """What a run of days answers, and what it leaves open."""

    sessions: tuple[Session, ...]
    left_open: tuple[LeftOpen, ...]


def away(
    case: Case,
    calendar: SchoolCalendar,
    first: date,
    last: date,
    today: date,
    *,
    reason: str,
    how: str,
    services: Collection[str] = (),
    text: str = "",
) -> Away:
    """The sessions to be written as not given: of every service, or of some; what was answered is left as it is."""
    _check_days(first, last, today)
    sessions: list[Session] = []
    left_open: dict[LeftOpen, None] = {}
    for asked in _asked(case, calendar, first, last, services):
        if asked.period is None:
            days = [asked.on] * max(0, asked.expected - asked.answered)
        elif asked.service.weeks or not _covers(case, calendar, asked, first, last):
            if asked.answered < asked.expected:
                left_open[LeftOpen(asked.service, asked.period)] = None
            continue
        else:
            days = _days_of(case, calendar, asked)
        for n, day in enumerate(days):
            again = n > 0 and days[n - 1] == day
            sessions.append(
                recorded(
                    case, asked.service.handle, "missed", on=day, today=today, reason=reason, how=how, text=text,
                    extra=again or any(one.result != "unknown" for one in asked.answers if one.on == day),
                )
            )  # fmt: skip
    return Away(tuple(sessions), tuple(left_open))


def _check_days(first: date, last: date, today: date) -> None:
    if last < first:
        raise CannotUnderstand("an end", full_date(last), f"It begins on {full_date(first)}.")
    if last > today:
        raise CannotUnderstand("today or a day before", full_date(last), "It is still to come.")
    if (last - first).days > LONGEST_DAYS:
        raise CannotUnderstand("a run of days", f"{full_date(first)} to {full_date(last)}", "At most a year at once.")


def _asked(
    case: Case, calendar: SchoolCalendar, first: date, last: date, services: Collection[str]
) -> Iterator[CheckIn]:
    """What each school day asks for; a week or month once."""
    seen: set[tuple[str, date]] = set()
    for day in calendar.school_days(first, last, esy=True):
        for asked in check_ins(case, calendar, day):
            once = (asked.service.handle, asked.period.first if asked.period else day)
            if once not in seen and (not services or asked.service.handle in services):
                seen.add(once)
                yield asked


def _covers(case: Case, calendar: SchoolCalendar, asked: CheckIn, first: date, last: date) -> bool:
    """Whether every school day of the period lies in the run, under one version of the IEP."""
    period, service = asked.period, asked.service
    if period is None:
        return False
    history = service_versions(case)[service.handle]
    days = calendar.school_days(period.first, period.last, esy=service.esy)
    held = {version.service for day in days if (version := in_force(history, day))}
    inside = [day for day in days if in_force(history, day)]
    return bool(inside) and first <= inside[0] and inside[-1] <= last and len(held) == 1


def _days_of(case: Case, calendar: SchoolCalendar, asked: CheckIn) -> list[date]:
    """The days on which the sessions of a whole week or month are written down: the first ones without an answer."""
    if asked.period is None:
        return []
    service = asked.service
    answered = {
        one.on
        for one in case.sessions
        if one.service == service.handle and one.result != "unknown" and not one.makes_up
    }
    history = service_versions(case)[service.handle]
    days = calendar.school_days(asked.period.first, asked.period.last, esy=service.esy)
    free = [day for day in days if day not in answered and in_force(history, day)]
    return free[: max(0, asked.expected - asked.answered)]


def in_words(found: Away, today: date) -> str:
    """“6 sessions of 2 services: Speech therapy 4, OT 2. Left open: Counseling, month of Nov 2026”."""
    counts = Counter(session.service for session in found.sessions)
    if not counts:
        raise NotAllowed(
            "Nothing waits for an answer on those days. Nothing was saved.", left_open_in_words(found, today)
        )
    each = ", ".join(f"{handle} {count}" for handle, count in counts.items())
    said = f"{many(len(found.sessions), 'session')} of {many(len(counts), 'service')} ({each})"
    return f"{said}. {left_open_in_words(found, today)}".rstrip()


def left_open_in_words(found: Away, today: date) -> str:
    """What the run leaves open, and why; empty where it is nothing."""
    if not found.left_open:
        return ""
    each = ", ".join(f"{one.service.handle} from {say(one.period.first, today)}" for one in found.left_open)
    return f"Left open, because not all of the week or month lies in those days: {each}."


def touched_by_closure(case: Case, calendar: SchoolCalendar, first: date, last: date) -> str:
    """How much of the log a closure is about, in words: what was expected on its days, and what was answered."""
    expected: Counter[str] = Counter()
    by_period: dict[str, None] = {}
    for asked in _asked(case, calendar, first, last, ()):
        if asked.period is None:
            expected[asked.service.handle] += asked.expected
        else:
            by_period[asked.service.name or asked.service.handle] = None
    answers: Sequence[Session] = [one for one in case.sessions if first <= one.on <= last]
    days = len(calendar.school_days(first, last))
    words = [f"{many(days, 'school day')} fewer."]
    if expected:
        words.append(f"{many(sum(expected.values()), 'session')} of {many(len(expected), 'service')} fell on them.")
    if by_period:
        words.append(f"The careful count gets shorter for {', '.join(by_period)}.")
    if answers:
        words.append(f"{many(len(answers), 'answer')} of those days stay as written.")
    return " ".join(words) if days else "No school day is touched."
