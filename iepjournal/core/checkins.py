"""Check-ins: the sessions the IEP expects on a day, what was answered, and what is still not known this week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.dates import monday_of
from iepjournal.core.iep import falls_on, in_force, service_versions
from iepjournal.core.sessions import recorded
from iepjournal.core.units import period_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iepjournal.core.calendars import SchoolCalendar
    from iepjournal.core.case import Case
    from iepjournal.core.iep import Version
    from iepjournal.core.records import Period, Service, Session


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """One row of Today: a service the IEP expects, and what was answered."""

    service: Service
    on: date
    answers: tuple[Session, ...]
    """Of this day."""
    answered: int
    """Sessions given or missed in the period so far."""
    expected: int
    """Sessions in the period."""
    period: Period | None = None
    """The week or month by which it is asked, where no weekday is known; None where it is this day."""

    @property
    def answer(self) -> Session | None:
        """The newest answer of this day."""
        return self.answers[-1] if self.answers else None

    @property
    def open(self) -> bool:
        """Whether a session may still want an answer."""
        return self.answered < self.expected and not self.answers


def check_ins(case: Case, calendar: SchoolCalendar, day: date) -> tuple[CheckIn, ...]:
    """What the IEP expects on a day: by the day where the weekday is known, else by the week or month."""
    found = (_check_in(case, history, calendar, day) for history in service_versions(case).values())
    return tuple(check_in for check_in in found if check_in)


def _check_in(case: Case, history: Sequence[Version], calendar: SchoolCalendar, day: date) -> CheckIn | None:
    version = in_force(history, day)
    if version is None or not calendar.is_school_day(day, esy=version.service.esy):
        return None
    service = version.service
    if not falls_on(service, day):
        return None
    by_day = service.per == "day" or bool(service.days)
    period = period_at("day" if by_day else service.per, day, calendar)
    if period is None:
        return None
    own = [session for session in case.sessions if session.service == service.handle and not session.makes_up]
    in_period = [session for session in own if period.first <= session.on <= period.last]
    return CheckIn(
        service=service,
        on=day,
        answers=tuple(session for session in own if session.on == day),
        answered=sum(session.result != "unknown" for session in in_period),
        expected=_times_a_day(service) if by_day else service.times,
        period=None if by_day else period,
    )


def _times_a_day(service: Service) -> int:
    if service.per == "day":
        return service.times
    return max(1, service.times // len(service.days)) if service.per == "week" else 1


def unanswered(case: Case, calendar: SchoolCalendar, day: date) -> tuple[CheckIn, ...]:
    """What is not known yet of the school week up to a day: each known day, and each week or month once."""
    school_days = calendar.school_days(monday_of(day), day, esy=True)
    return tuple(
        check_in
        for school_day in school_days
        for check_in in check_ins(case, calendar, school_day)
        if check_in.answered < check_in.expected and (check_in.period is None or school_day == school_days[-1])
    )


class Absence(NamedTuple):
    """The answers for a day on which the child was not at school."""

    sessions: tuple[Session, ...]
    left_open: tuple[Service, ...]
    """Services by the month or longer: nobody knows whether one was planned for this day."""


def absence(case: Case, calendar: SchoolCalendar, day: date, today: date, how: str = "saw") -> Absence:
    """One answer, child absent, for everything a day asks for and that has none yet."""
    waiting = [check_in for check_in in check_ins(case, calendar, day) if check_in.open]
    by_day_or_week = [one for one in waiting if one.period is None or one.period.kind == "week"]
    sessions = [
        recorded(case, one.service.handle, "missed", on=day, today=today, reason="child-absent", how=how)
        for one in by_day_or_week
    ]
    return Absence(tuple(sessions), tuple(one.service for one in waiting if one not in by_day_or_week))
