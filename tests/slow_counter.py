"""The definition of the count once more, day by day and in plain steps, sharing no code with what it checks.

Slow and long on purpose: each step is one sentence of the definition.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iepjournal.core.records import Calendar, Service, Session

ONE_DAY = timedelta(days=1)
CHILD_PARENT_OR_CLOSURE = ("child-absent", "child-refused", "parent-declined", "closure")

Figures = dict[str, Any]


def slow_count(
    calendar: Calendar | None,
    services: list[Service],
    sessions: list[Session],
    as_of: date,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, Figures]:
    """Both totals of one service, in whole sessions."""
    since = since or date(1900, 1, 1)
    until = until or as_of
    periods = periods_of(calendar, services, as_of)
    enter_sessions(periods, services, [one for one in sessions if one.on <= as_of and one.result != "unknown"])
    totals = {}
    for view in ("as_written", "conservative"):
        sums: dict[str, Fraction] = defaultdict(Fraction)
        due_of_version: dict[date, Fraction] = defaultdict(Fraction)
        for unit in units_of(periods, services):
            counting = [period for period in unit if period["closes"] <= as_of]
            # Ranges that cut a cycle are not this counter's business: a cycle is wholly in or wholly out.
            inside = [period for period in counting if since <= period["closes"] <= until]
            if not inside:
                continue
            figures = settle(counting, view)
            for name in ("due", "given", "made_up", "missed"):
                sums[name] += figures[name]
            left = figures["due"] - figures["given"] - figures["missed"]
            sums["unknown"] += max(left, 0)
            sums["over"] += max(-left, 0)
            for period in counting:
                in_unit = sum(one["full"] for one in counting)
                for start, weight in period["weights"].items():
                    due_of_version[start] += figures["due"] * weight / in_unit
        totals[view] = whole_sessions(sums, due_of_version, services)
    return totals


def whole_sessions(sums: dict[str, Fraction], due_of_version: dict[date, Fraction], services: list[Service]) -> Figures:
    whole_due, number_of_sessions = 0, 0
    for service in services:
        length = length_of(service)
        sessions = int(due_of_version.get(service.start, Fraction(0)) / length)
        number_of_sessions += sessions
        whole_due += sessions * length
    dropped = sums["due"] - whole_due
    unknown = sums["unknown"] - dropped if sums["unknown"] > dropped else Fraction(0)
    return {
        "due": whole_due,
        "given": sums["given"],
        "made_up": sums["made_up"],
        "missed": sums["missed"],
        "unknown": unknown,
        "over": sums["given"] + sums["missed"] + unknown - whole_due,
        "sessions": number_of_sessions,
    }


# Words


def length_of(service: Service) -> int:
    return 1 if service.kind in ("aide", "accommodation", "equipment") else service.minutes


def attended(calendar: Calendar | None, day: date, esy: bool) -> bool:
    if day.isoweekday() > 5:
        return False
    if calendar is None:
        return True
    for closure in calendar.closed:
        if closure.first <= day <= closure.last:
            return False
    if calendar.first_day <= day <= calendar.last_day:
        return True
    return esy and any(span.first <= day <= span.last for span in calendar.esy)


def in_force_on(services: list[Service], day: date) -> Service | None:
    begun = [service for service in services if service.start and service.start <= day]
    if not begun:
        return None
    newest = max(begun, key=lambda service: service.start or day)
    return None if newest.end and newest.end < day else newest


def rhythm(service: Service) -> tuple[str, tuple[int, ...]]:
    return service.per, service.weeks


def days_of_period(calendar: Calendar | None, per: str, day: date) -> list[date]:
    """All days of the period a day falls in; none where the calendar names no such period."""
    if per == "day":
        return [day]
    if per in ("quarter", "semester"):
        spans = [(p.first, p.last) for p in (calendar.periods if calendar else ()) if p.kind == per]
    elif per == "year":
        spans = [(calendar.first_day, calendar.last_day)] if calendar else []
    else:
        same = (lambda d: d.isocalendar()[:2]) if per == "week" else (lambda d: (d.year, d.month))
        first, last = day, day
        while same(first - ONE_DAY) == same(day):
            first -= ONE_DAY
        while same(last + ONE_DAY) == same(day):
            last += ONE_DAY
        spans = [(first, last)]
    for first, last in spans:
        if first <= day <= last:
            return [first + n * ONE_DAY for n in range((last - first).days + 1)]
    return []


# Periods and units


def periods_of(calendar: Calendar | None, services: list[Service], as_of: date) -> dict[Any, dict[str, Any]]:
    """Every period in which some version was in force, by (rhythm, first day)."""
    periods: dict[Any, dict[str, Any]] = {}
    day = min(service.start for service in services if service.start)
    while day <= as_of:
        version = in_force_on(services, day)
        described = (
            any(p["rhythm"] == rhythm(version) and day in p["days"] for p in periods.values()) if version else True
        )
        if version and not described:
            days = days_of_period(calendar, version.per, day)
            if days:
                periods[rhythm(version), days[0]] = describe(calendar, services, version, days)
        day += ONE_DAY
    return periods


def describe(calendar: Calendar | None, services: list[Service], one: Service, days: list[date]) -> dict[str, Any]:
    school_days: dict[date, list[date]] = defaultdict(list)
    for day in days:
        version = in_force_on(services, day)
        if version and attended(calendar, day, version.esy):
            school_days[version.start].append(day)  # type: ignore[index]
    all_covered = sum(len(group) for group in school_days.values())
    weights, by_school_days = {}, Fraction(0)
    for service in services:
        mine = school_days.get(service.start, [])  # type: ignore[arg-type]
        if rhythm(service) != rhythm(one) or not mine:
            continue
        weights[service.start] = Fraction(service.times * length_of(service) * len(mine), all_covered)
        by_school_days += conservative_due(calendar, service, days, mine)
    if one.per in ("quarter", "semester", "year"):
        closing = [day for day in days if attended(calendar, day, one.esy)]
    else:
        closing = [day for day in days if day.isoweekday() <= 5]
    return {
        "rhythm": rhythm(one),
        "first": days[0],
        "days": frozenset(days),
        "closes": closing[-1] if closing else days[-1],
        "weights": weights,
        "full": sum(weights.values(), Fraction(0)),
        "conservative": by_school_days,
        "calendar": calendar,
        "sessions": [],
    }


def conservative_due(calendar: Calendar | None, service: Service, days: list[date], mine: list[date]) -> Fraction:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    on_its_weekdays = [day for day in mine if names[day.isoweekday() - 1] in service.days] if service.days else mine
    if service.per == "day":
        sessions = Fraction(service.times * len(on_its_weekdays))
    elif service.per == "week":
        if service.days:
            each = max(Fraction(1), Fraction(service.times, len(service.days)))
            sessions = each * len(on_its_weekdays)
        else:
            sessions = Fraction(service.times * len(mine), 5)
        if service.weeks:
            sessions = sessions * service.weeks[0] / service.weeks[1]
    else:
        in_period = [day for day in days if attended(calendar, day, service.esy)]
        sessions = Fraction(service.times * len(mine), len(in_period))
        if sessions > len(on_its_weekdays):
            sessions = Fraction(len(on_its_weekdays))
    return sessions * length_of(service)


def units_of(periods: dict[Any, dict[str, Any]], services: list[Service]) -> list[list[dict[str, Any]]]:
    """Cycles of m weeks with a school day, counted from the start; every other period by itself."""
    units = []
    for every in {rhythm(service) for service in services}:
        mine = sorted((p for p in periods.values() if p["rhythm"] == every), key=lambda p: p["first"])
        if not every[1]:
            for period in mine:
                period["as_written"] = period["full"]
                units.append([period])
            continue
        n, m = every[1]
        cycle: list[dict[str, Any]] = []
        for period in mine:
            if period["full"] == 0:
                period["as_written"] = Fraction(0)
                units.append([period])
                continue
            cycle.append(period)
            period["as_written"] = period["full"] if len(cycle) <= n else Fraction(0)
            if len(cycle) == m:
                units.append(cycle)
                cycle = []
        if cycle:
            units.append(cycle)
    return units


# Sessions


def enter_sessions(periods: dict[Any, dict[str, Any]], services: list[Service], sessions: list[Session]) -> None:
    """Each session into the period of its own day; a make-up first into that of the session it repairs."""
    facts: dict[str, dict[str, Any]] = {}
    for session in sessions:
        version = in_force_on(services, session.on)
        for period in periods.values():
            if version and period["rhythm"] == rhythm(version) and session.on in period["days"]:
                facts[session.uid] = {"session": session, "version": version, "period": period, "repaired": Fraction(0)}
                facts[session.uid].update(minutes_of(session, version))
    repairable = [
        uid for uid, fact in facts.items() if fact["session"].result != "given" and not fact["session"].makes_up
    ]
    for session in sorted(sessions, key=lambda one: one.on):
        if session.makes_up not in repairable:
            continue
        missed = facts[session.makes_up]
        given = minutes_of(session, in_force_on(services, session.on) or missed["version"])["given"]
        there = min(given, missed["missed"])
        missed["missed"] -= there
        missed["repaired"] += there
        if session.uid in facts:
            facts[session.uid].update(given=given - there, missed=Fraction(0))
    for fact in facts.values():
        fact["period"]["sessions"].append(fact)


def minutes_of(session: Session, version: Service) -> dict[str, Fraction]:
    length = Fraction(length_of(version))
    by_day = version.kind in ("aide", "accommodation", "equipment")
    if session.result == "given":
        return {"given": length if by_day else Fraction(session.minutes or version.minutes), "missed": Fraction(0)}
    if session.result == "missed":
        return {"given": Fraction(0), "missed": length if by_day else Fraction(session.minutes or version.minutes)}
    if by_day:
        return {"given": Fraction(0), "missed": length}
    part = Fraction(session.minutes or 0)
    return {"given": part, "missed": length - part if part < length else Fraction(0)}


def settle(unit: list[dict[str, Any]], view: str) -> dict[str, Fraction]:
    """Due, given, made up and missed of one unit, in one of the two views."""
    given = made_up = missed = sure_given = sure_missed = excused = Fraction(0)
    for period in unit:
        given_here = sum((fact["given"] + fact["repaired"] for fact in period["sessions"]), Fraction(0))
        given += given_here
        sure_given += given_here
        made_up += sum((fact["repaired"] for fact in period["sessions"]), Fraction(0))
        room = max(Fraction(0), period["full"] - given_here)
        for fact in sorted(period["sessions"], key=by_day_then_excused):
            session, service = fact["session"], fact["version"]
            counted = min(fact["missed"], room)
            room -= counted
            missed += counted
            if session.result == "partial" and service.kind in ("aide", "accommodation", "equipment"):
                sure_given += counted
            elif session.reason in CHILD_PARENT_OR_CLOSURE:
                if attended(period["calendar"], session.on, service.esy):
                    excused += counted
            else:
                sure_missed += counted
    as_written = sum((period["as_written"] for period in unit), Fraction(0))
    if view == "as_written":
        return {"due": as_written, "given": given, "made_up": made_up, "missed": missed}
    due = min(sum((period["conservative"] for period in unit), Fraction(0)), as_written) - excused
    due = max(due, Fraction(0), min(sure_given, as_written) + sure_missed)
    return {"due": min(due, as_written), "given": sure_given, "made_up": made_up, "missed": sure_missed}


def by_day_then_excused(fact: dict[str, Any]) -> tuple[Any, ...]:
    session = fact["session"]
    return session.on, session.reason not in CHILD_PARENT_OR_CLOSURE, session.reason, session.result
