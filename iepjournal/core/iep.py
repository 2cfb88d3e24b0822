"""The IEP's service page: which version of a service is in force when, what it means in words, what a change cuts.

A typing error is fixed by amending a version; "the IEP changed on ..." is a new version from a day, and what lies
before keeps the old rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from iepjournal.core.dates import SHORT_WEEKDAYS, full_date
from iepjournal.core.records import Iep, Service
from iepjournal.errors import CannotUnderstand, NoSuchRecord, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iepjournal.core.case import Case

PERS = ("day", "week", "month", "quarter", "semester", "year")
DAY_KINDS = ("aide", "accommodation", "equipment")
"""Counted in days (or occasions), never in minutes."""
KINDS = ("direct", "consultation", *DAY_KINDS)

MAX_MINUTES, MAX_TIMES, MAX_CYCLE = 480, 400, 18
WEEKS_IN = {
    "day": Fraction(1, 5),
    "week": Fraction(1),
    "month": Fraction(52, 12),
    "quarter": Fraction(9),
    "semester": Fraction(18),
    "year": Fraction(36),
}
"""School weeks in each, for the words "about ... a week" only; no figure is made from it."""


class Version(NamedTuple):
    """A service as it stands from one day to another, both included."""

    service: Service
    first: date
    last: date

    @property
    def ends_on(self) -> date | None:
        """Its last day; None while it goes on."""
        return None if self.last == date.max else self.last


def versions(case: Case, handle: str) -> tuple[Version, ...]:
    """The versions of one service in the order of time; each ends where the next begins."""
    known = service_versions(case)
    if handle not in known:
        have = f"Services here: {', '.join(known)}." if known else "Add it with: iepjournal service add"
        raise NoSuchRecord("service", f"“{handle}”", have)
    return known[handle]


def service_versions(case: Case) -> Mapping[str, tuple[Version, ...]]:
    """Handle -> versions, in the order of the IEP's page; a service without a start begins with the first IEP."""
    first_iep = next((iep.start or iep.dated for iep in case.all(Iep)), None)
    by_handle: dict[str, list[Service]] = {}
    for service in case.all(Service):
        started = service if service.start else service.replace(start=first_iep)
        by_handle.setdefault(service.handle, []).append(started)
    return {handle: in_time(services) for handle, services in by_handle.items()}


def in_time(services: Sequence[Service]) -> tuple[Version, ...]:
    """One service's records as versions; of two with the same start the one written later stands."""
    starts = {service.start: service for service in services if service.start}
    ordered = sorted(starts.items())
    found = []
    for n, (start, service) in enumerate(ordered, start=1):
        until = ordered[n][0] - timedelta(days=1) if n < len(ordered) else date.max
        last = min(service.end or date.max, until)
        if start <= last:
            found.append(Version(service, start, last))
    return tuple(found)


def falls_on(service: Service, day: date) -> bool:
    """Whether a session may fall on a day: on the weekdays the IEP names, on any where it names none."""
    return not service.days or SHORT_WEEKDAYS[day.weekday()] in service.days


def in_force(history: Sequence[Version], day: date) -> Version | None:
    """The version that holds on a day."""
    return next((version for version in history if version.first <= day <= version.last), None)


def counted_in_days(service: Service) -> bool:
    """Whether its unit is the day or the occasion; minutes otherwise."""
    return service.kind in DAY_KINDS


def session_length(service: Service) -> int:
    """One session in the service's unit: its minutes, or 1."""
    return 1 if counted_in_days(service) else service.minutes


def checked(service: Service) -> Service:
    """The same service, or the sentence that says which part of it cannot be."""
    if not service.handle or not service.handle.replace("-", "").replace("_", "").isalnum():
        raise CannotUnderstand("a short name of a service", service.handle, "Use letters, digits and dashes: speech.")
    if service.kind not in KINDS:
        raise CannotUnderstand("a kind of service", service.kind, f"Known: {', '.join(KINDS)}.")
    if service.per not in PERS:
        raise CannotUnderstand("how often", service.per, f"Known: {', '.join(PERS)}.")
    if not counted_in_days(service) and not 1 <= service.minutes <= MAX_MINUTES:
        raise CannotUnderstand("a session's minutes", str(service.minutes), f"Between 1 and {MAX_MINUTES}.")
    if counted_in_days(service) and not 0 <= service.minutes <= MAX_MINUTES:
        raise CannotUnderstand("minutes", str(service.minutes), f"Between 0 and {MAX_MINUTES}.")
    if not 1 <= service.times <= MAX_TIMES:
        raise CannotUnderstand("a number of times", str(service.times), f"Between 1 and {MAX_TIMES}.")
    for day in service.days:
        if day not in SHORT_WEEKDAYS:
            raise CannotUnderstand("a weekday", day, f"Known: {', '.join(SHORT_WEEKDAYS)}.")
    if service.weeks:
        _check_cycle(service)
    if service.start and service.end and service.end < service.start:
        raise CannotUnderstand("an end", service.end.isoformat(), f"The service starts on {full_date(service.start)}.")
    return service


def _check_cycle(service: Service) -> None:
    typed = " of ".join(map(str, service.weeks))
    if service.per != "week":
        raise CannotUnderstand("a rhythm of weeks", typed, f"It is for services by the week, not by the {service.per}.")
    if len(service.weeks) != 2 or not 1 <= service.weeks[0] <= service.weeks[1] <= MAX_CYCLE or service.weeks[1] < 2:
        raise CannotUnderstand("a rhythm of weeks", typed, "Say n of m, as in 3 of 4.")


def changed(history: Sequence[Version], on: date, **changes: Any) -> Service:
    """A new version from a day on: the IEP changed, or somebody else gives it. What lies before stays as it was."""
    version = in_force(history, on)
    if version is None:
        raise NotAllowed(f"The service is not in force on {full_date(on)}. Nothing was saved.")
    if version.first == on:
        raise NotAllowed(
            f"This version began on {full_date(on)} itself. Nothing was saved.",
            "To mend a typing error in it use: iepjournal iep fix",
        )
    if (changes.get("kind", version.service.kind) in DAY_KINDS) != counted_in_days(version.service):
        raise NotAllowed(
            "Days and minutes are never counted together. Nothing was saved.", "Add it as a service of its own."
        )
    return checked(version.service.revised(amends="", no=None, **{"start": on, **changes}))


def fixed(version: Version, why: str, **changes: Any) -> Service:
    """The same version with a typing error mended; every figure follows the correction."""
    if not why:
        raise NotAllowed("A correction needs its reason. Nothing was saved.", "Add --why.")
    return checked(version.service.revised(why=why, **changes))


def ended(history: Sequence[Version], last: date, why: str) -> Service:
    """The version in force on its last day, ended there."""
    version = in_force(history, last)
    if version is None:
        raise NotAllowed(f"The service is not in force on {full_date(last)}. Nothing was saved.")
    return checked(version.service.revised(end=last, why=why))


def frequency(service: Service) -> str:
    """How often and how long, as short as on the screen: `2 x 30 min a week, 3 of 4 weeks, Tue Thu`."""
    once = f"{service.times} x" if counted_in_days(service) else f"{service.times} x {service.minutes} min"
    parts = [f"{once} a {service.per}"]
    if service.weeks:
        parts.append(f"{service.weeks[0]} of {service.weeks[1]} weeks")
    if service.days:
        parts.append(" ".join(day.capitalize() for day in service.days))
    if service.kind == "consultation":
        parts.append("consultation")
    return ", ".join(parts)


def a_week(service: Service) -> Fraction:
    """What it comes to in a full school week, in its unit; exact only where it goes by day or week."""
    weekly = service.times * session_length(service) / WEEKS_IN[service.per]
    return weekly * Fraction(*service.weeks) if service.weeks else weekly


def meaning(service: Service) -> str:
    """The echo asked back when a service is entered: `= 60 min a week`."""
    exact = service.per in ("day", "week") and a_week(service).denominator == 1
    return f"{'=' if exact else '= about'} {_amount(service)} {_unit(service)} a week"


def _amount(service: Service) -> int | float:
    weekly = a_week(service)
    return round(weekly) if weekly >= 1 else float(round(weekly, 1))


def _unit(service: Service) -> str:
    if counted_in_days(service):
        return "time" if _amount(service) == 1 else "times"
    return "min"


def differences(old: Service, new: Service) -> tuple[str, ...]:
    """What differs between two versions of a service, a cut in minutes first."""
    said = []
    if _amount(old) != _amount(new):
        said.append(f"{_amount(old)} → {_amount(new)} {_unit(new)} a week")
    if frequency(old) != frequency(new):
        said.append(f"{frequency(old)} → {frequency(new)}")
    for field, label in _SAID.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            said.append(f"{label}: {_shown(before)} → {_shown(after)}")
    return tuple(said)


_SAID = {
    "setting": "setting",
    "kind": "kind",
    "provider": "provider",
    "esy": "extended school year",
    "words": "words of the IEP",
}


def changes(case: Case, before: date, after: date) -> tuple[str, ...]:
    """What the IEP gives on one day that it did not give, or gave otherwise, on another; one line a change."""
    lines = []
    for history in service_versions(case).values():
        old, new = in_force(history, before), in_force(history, after)
        if old and new:
            lines += [f"{new.service.name}: {said}, {_from(new)}" for said in differences(old.service, new.service)]
        elif new:
            lines.append(f"{new.service.name}: added, {frequency(new.service)}, {_from(new)}")
        elif old:
            lines.append(f"{old.service.name}: {frequency(old.service)} ended on {full_date(old.last)}")
    return tuple(lines)


def _from(version: Version) -> str:
    return f"from {full_date(version.first)}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if value else "none"
