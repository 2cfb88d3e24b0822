"""School terms nobody thought of: a calendar, a service with its versions, and what was logged of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from iepjournal.core.records import Calendar, Period, Service, Session, Span
from iepjournal.core.sessions import REASONS

if TYPE_CHECKING:
    from random import Random

FIRST_DAY = date(2027, 12, 6)
"""So that a term crosses a year's end and the 29th of February."""
DAYS = 95


class Term(NamedTuple):
    """All that a count takes."""

    calendar: Calendar | None
    services: list[Service]
    sessions: list[Session]
    as_of: date


def any_term(random: Random) -> Term:
    """Any term; the same for the same state of `random`."""
    calendar = _calendar(random) if random.random() < 0.8 else None
    services = _services(random, calendar)
    as_of = FIRST_DAY + timedelta(days=random.randrange(10, DAYS + 10))
    return Term(calendar, services, _sessions(random, services), as_of)


def _day(random: Random, first: int = 0, last: int = DAYS) -> date:
    return FIRST_DAY + timedelta(days=random.randint(first, last))


def _span(random: Random, longest: int) -> Span:
    first = _day(random)
    return Span(first=first, last=first + timedelta(days=random.randrange(longest)))


def _calendar(random: Random) -> Calendar:
    middle = random.randint(35, 60)
    quarters = (
        Period(kind="quarter", name="Q1", first=_day(random, 0, 5), last=_day(random, 30, middle)),
        Period(kind="quarter", name="Q2", first=_day(random, middle + 1, middle + 9), last=_day(random, 75, DAYS)),
    )
    whole = Period(kind="semester", name="Fall", first=quarters[0].first, last=quarters[1].last)
    return Calendar(
        first_day=_day(random, 0, 8),
        last_day=_day(random, 70, 90),
        closed=tuple(_span(random, 12) for _ in range(random.randrange(4))),
        esy=(_span(random, 14),) if random.random() < 0.3 else (),
        periods=(*quarters, whole) if random.random() < 0.8 else (),
    )


def _services(random: Random, calendar: Calendar | None) -> list[Service]:
    kind = random.choice(("direct", "direct", "direct", "consultation", "aide"))
    start = _day(random, -5, 30)
    first = _service(random, kind, start, calendar)
    if random.random() < 0.5:
        return [first.replace(end=_day(random, 40, DAYS)) if random.random() < 0.3 else first]
    # A cycle's due is shared out among its versions; the independent counter knows only cycles with one.
    later = _service(random, kind, start + timedelta(days=random.randint(1, 60)), calendar)
    if first.weeks and (later.per, later.weeks) == (first.per, first.weeks):
        return [first]
    return [first, later]


def _service(random: Random, kind: str, start: date, calendar: Calendar | None) -> Service:
    named = ("quarter", "semester", "year") if calendar else ()
    per = random.choice(("day", "week", "week", "week", "month", *named))
    weeks: tuple[int, ...] = ()
    if per == "week" and random.random() < 0.3:
        cycle = random.randint(2, 4)
        weeks = (random.randint(1, cycle), cycle)
    weekdays = random.sample(("mon", "tue", "wed", "thu", "fri"), random.randint(1, 3))
    return Service(
        handle="speech",
        minutes=random.choice((20, 25, 30, 45)),
        times=random.randint(1, 2 if per == "day" else 6),
        per=per,
        weeks=weeks,
        days=tuple(weekdays) if random.random() < 0.3 else (),
        kind=kind,
        start=start,
        esy=random.random() < 0.2,
    )


def _sessions(random: Random, services: list[Service]) -> list[Session]:
    sessions: list[Session] = []
    shortest = min(service.minutes for service in services)
    for n in range(random.randrange(40)):
        result = random.choice(("given", "given", "missed", "missed", "partial", "unknown"))
        facts: dict[str, Any] = {"uid": f"s{n:02}", "service": "speech", "on": _day(random, -3), "result": result}
        if result == "partial" or random.random() < 0.2:
            facts["minutes"] = random.randint(1, shortest - 1)
        if result in ("missed", "partial"):
            facts["reason"] = random.choice(("", *REASONS))
        elif result == "given" and sessions and random.random() < 0.4:
            facts["makes_up"] = random.choice(sessions).uid
        sessions.append(Session(**facts))
    return sessions
