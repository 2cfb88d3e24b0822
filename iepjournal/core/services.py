"""The count: what was due, given, documented as missed and not known, as the IEP is written and conservatively.

Every sum is exact and worked out unit by unit: given + missed + unknown = due + over. Nothing but a record turns
unknown into missed, and what happens in one unit never covers another. No figure is stored.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.dates import full_date
from iepjournal.core.iep import counted_in_days, in_force, service_versions, session_length
from iepjournal.core.ledger import Amounts, Ledger, Row
from iepjournal.core.records import Entry
from iepjournal.core.sessions import NOT_KNOWN
from iepjournal.core.units import NOTHING, named_by_calendar, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from iepjournal.core.case import Case
    from iepjournal.core.iep import Version
    from iepjournal.core.records import Service, Session

THE_CALENDAR = "the calendar"
A_START = "a start date"


@dataclass(frozen=True, kw_only=True)
class Total(Amounts):
    """Amounts with due in whole sessions: what is less than one session of its version is not claimed."""

    sessions_due: int | None
    """None where the unit is the day."""

    @property
    def percent_given(self) -> float | None:
        """One decimal; None where nothing was due."""
        return float(round(100 * min(self.given, self.due) / self.due, 1)) if self.due else None


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Rows shown as one, exact: those that close in one month or one week."""

    first: date
    rows: tuple[Row, ...]

    @cached_property
    def as_written(self) -> Amounts:
        """Their sum as the IEP is written."""
        return Amounts.total([row.as_written for row in self.rows])

    @cached_property
    def conservative(self) -> Amounts:
        """Their sum, conservatively."""
        return Amounts.total([row.conservative for row in self.rows])


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Days without the service, from one session (or the start) to the next (or the last day asked)."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """From the one to the other."""
        return (self.last - self.first).days


@dataclass(frozen=True, kw_only=True)
class ServiceCount:
    """One service in a range of days, as of a day; each figure opens to its rows, each row to its sessions."""

    handle: str
    history: tuple[Version, ...]
    as_of: date
    rows: tuple[Row, ...]
    """The periods that count and belong to the range, in the order of time."""
    open_period: Row | None
    """The period under way; it enters no total."""
    given_on: tuple[date, ...]
    """The days in the range on which at least a part was given."""
    longest_gap: Gap | None
    notes: tuple[str, ...]
    """What was kept and not counted, and what the reader must know."""
    needs: str = ""
    """What is missing before it can be counted: the calendar, or a start date."""

    @property
    def service(self) -> Service | None:
        """As the newest version has it; None while it has no start."""
        return self.history[-1].service if self.history else None

    @property
    def name(self) -> str:
        """For people."""
        return (self.service.name if self.service else "") or self.handle

    @property
    def unit(self) -> str:
        """Minutes, or days."""
        return "days" if self.service and counted_in_days(self.service) else "minutes"

    @cached_property
    def as_written(self) -> Total:
        """The total as the IEP is written."""
        return self._whole([row.as_written for row in self.rows])

    @cached_property
    def conservative(self) -> Total:
        """The total that leaves out what a district could argue with."""
        return self._whole([row.conservative for row in self.rows])

    def _whole(self, amounts: Sequence[Amounts]) -> Total:
        """Each version's due in whole sessions of its own; what that drops leaves unknown, as far as there is any."""
        exact = Amounts.total(amounts)
        due_by_version: dict[date, Fraction] = defaultdict(Fraction)
        for row, amount in zip(self.rows, amounts, strict=True):
            for version, share in row.asked.shares:
                due_by_version[version.first] += amount.due * share
        lengths = {version.first: session_length(version.service) for version in self.history}
        sessions = {first: int(due // lengths[first]) for first, due in due_by_version.items()}
        due = Fraction(sum(count * lengths[first] for first, count in sessions.items()))
        unknown = max(NOTHING, exact.unknown - (exact.due - due))
        return Total(
            due=due,
            given=exact.given,
            made_up=exact.made_up,
            missed=exact.missed,
            unknown=unknown,
            over=exact.given + exact.missed + unknown - due,
            sessions_due=None if self.unit == "days" else sum(sessions.values()),
        )

    @cached_property
    def by_reason(self) -> Mapping[str, Fraction]:
        """Missed as written, by reason, the largest first."""
        reasons: dict[str, Fraction] = defaultdict(Fraction)
        for row in self.rows:
            for one in row.sessions:
                reasons[one.session.reason or NOT_KNOWN] += one.missed
        return {
            reason: reasons[reason] for reason in sorted(reasons, key=lambda r: (-reasons[r], r)) if reasons[reason]
        }

    @cached_property
    def flagged(self) -> Mapping[str, Fraction]:
        """The part of given that was not as the IEP says, by what was otherwise."""
        flags: dict[str, Fraction] = defaultdict(Fraction)
        for row in self.rows:
            for one in row.sessions:
                for flag in one.session.flags:
                    flags[flag] += one.given
        return {flag: minutes for flag, minutes in flags.items() if minutes}

    @cached_property
    def by_month(self) -> tuple[Stretch, ...]:
        """The rows by the month in which they close; together they are the exact whole."""
        return self._by(lambda closes_on: closes_on.replace(day=1))

    @cached_property
    def by_week(self) -> tuple[Stretch, ...]:
        """The same by the week, from its Monday; longer periods stand in the week in which they close."""
        return self._by(lambda closes_on: closes_on - timedelta(days=closes_on.weekday()))

    def _by(self, first_day: Callable[[date], date]) -> tuple[Stretch, ...]:
        stretches: dict[date, list[Row]] = defaultdict(list)
        for row in self.rows:
            stretches[first_day(row.asked.closes_on)].append(row)
        return tuple(Stretch(first=first, rows=tuple(rows)) for first, rows in sorted(stretches.items()))

    @property
    def last_given(self) -> date | None:
        """The last day on which something was given."""
        return self.given_on[-1] if self.given_on else None


@dataclass(frozen=True, kw_only=True)
class Services:
    """Every service of a case, counted as of one day."""

    as_of: date
    since: date | None
    until: date
    calendar_known: bool
    counts: tuple[ServiceCount, ...]
    strays: tuple[Session, ...] = ()
    """Sessions of a service that was taken back since: kept, not counted."""

    def only(self, handle: str) -> Services:
        """The same for one service."""
        return replace(self, counts=tuple(count for count in self.counts if count.handle == handle))


def services(
    case: Case, *, as_of: date, since: date | None = None, until: date | None = None, private: bool = True
) -> Services:
    """Count every service of the case, from its start or `since` to the as-of day or `until`.

    Without `private`, as letters and exports need it, sessions that were drawn from private entries are left out.
    """
    calendar = SchoolCalendar.of(case)
    histories = service_versions(case)
    sessions: dict[str, list[Session]] = defaultdict(list)
    for session in case.sessions:
        told_in = case.by_root.get(session.entry)
        if private or not (isinstance(told_in, Entry) and told_in.private):
            sessions[session.service].append(session)
    counts = tuple(
        count(handle, history, sessions[handle], calendar, as_of=as_of, since=since, until=until)
        for handle, history in histories.items()
    )
    starts = [history[0].first for history in histories.values() if history]
    return Services(
        as_of=as_of,
        since=since or min(starts, default=None),
        until=min(until or as_of, as_of),
        calendar_known=calendar.known,
        counts=counts,
        strays=tuple(session for handle in sessions if handle not in histories for session in sessions[handle]),
    )


def count(
    handle: str,
    history: Sequence[Version],
    sessions: Iterable[Session],
    calendar: SchoolCalendar,
    *,
    as_of: date,
    since: date | None = None,
    until: date | None = None,
) -> ServiceCount:
    """Count one service; what happened after the as-of day is not looked at."""
    since, until = since or date.min, min(until or as_of, as_of)
    ledger = Ledger(history, sessions, calendar, as_of)
    rows = tuple(row for row in ledger.rows if since <= row.asked.closes_on <= until)
    given_on = tuple(sorted({session.on for session in ledger.given if since <= session.on <= until}))
    return ServiceCount(
        handle=handle,
        history=tuple(history),
        as_of=as_of,
        rows=rows,
        open_period=ledger.open_period,
        given_on=given_on,
        longest_gap=_longest_gap(history, given_on, since, until),
        notes=tuple(_notes(history, ledger, rows, calendar, since, until)),
        needs=_needs(history, calendar),
    )


def _needs(history: Sequence[Version], calendar: SchoolCalendar) -> str:
    if not history:
        return A_START
    unnamed = any(not calendar.periods(per) for run in runs(history) if (per := named_by_calendar(run[0].service.per)))
    return THE_CALENDAR if unnamed else ""


def _longest_gap(history: Sequence[Version], given_on: Sequence[date], since: date, until: date) -> Gap | None:
    if not history:
        return None
    first, last = max(since, history[0].first), min(until, history[-1].last)
    days = [first, *(day for day in given_on if first < day < last), last]
    gaps = [Gap(first=one, last=other) for one, other in pairwise(days) if one < other]
    return max(gaps, key=lambda gap: gap.days, default=None)


def _notes(
    history: Sequence[Version],
    ledger: Ledger,
    rows: Sequence[Row],
    calendar: SchoolCalendar,
    since: date,
    until: date,
) -> Iterator[str]:
    if not history:
        yield "It needs a start date before it can be counted."
        return
    if needs := _needs(history, calendar):
        yield f"It needs {needs} before it can be counted: when each {history[-1].service.per} begins and ends."
    yield from _calendar_notes(history, calendar, since, until)
    for session in ledger.outside:
        if since <= session.on <= until:
            yield f"{full_date(session.on)}: {_why_outside(session, history)}; kept, not counted."
    for session in ledger.repairing_nothing:
        if since <= session.on <= until:
            yield f"{full_date(session.on)}: a make-up of no missed session; counted as a session of its own day."
    for row in rows:
        for one in row.sessions:
            if one.beyond:
                amount = "" if counted_in_days(history[-1].service) else f"{number(one.beyond)} min "
                asked = f"what the IEP asks for in that {row.asked.period.kind}"
                yield f"{full_date(one.session.on)}: {amount}noted as missed, beyond {asked}; kept, not counted."


def _calendar_notes(history: Sequence[Version], calendar: SchoolCalendar, since: date, until: date) -> Iterator[str]:
    first, last = max(since, history[0].first), min(until, history[-1].last)
    years = calendar.periods("year")
    if years and first < years[0].first:
        yield f"No school calendar is known before {full_date(years[0].first)}: nothing is counted as due there."
    if years and years[-1].last < last:
        yield f"No school calendar is known after {full_date(years[-1].last)}: nothing is counted as due there."


def _why_outside(session: Session, history: Sequence[Version]) -> str:
    if version := in_force(history, session.on):
        return f"in no {version.service.per} of the calendar"
    if session.on < history[0].first:
        return f"before the service began on {full_date(history[0].first)}"
    return "on a day on which the service was not in force"


def number(amount: Fraction) -> int | float:
    """For people and programs: whole, or with one decimal."""
    return int(amount) if amount.denominator == 1 else float(round(amount, 1))


def as_json(services: Services) -> dict[str, Any]:
    """The shape of `services --json`, in plain values."""
    return {
        "as_of": services.as_of.isoformat(),
        "since": services.since.isoformat() if services.since else None,
        "until": services.until.isoformat(),
        "calendar": services.calendar_known,
        "services": [_count_json(count) for count in services.counts],
    }


def _count_json(count: ServiceCount) -> dict[str, Any]:
    return {
        "handle": count.handle,
        "name": count.name,
        "unit": count.unit,
        "as_written": _total_json(count.as_written),
        "conservative": _total_json(count.conservative),
        "by_reason": {reason: number(amount) for reason, amount in count.by_reason.items()},
        "last_given": count.last_given.isoformat() if count.last_given else None,
        "longest_gap_days": count.longest_gap.days if count.longest_gap else None,
        "open_period": _open_json(count.open_period) if count.open_period else None,
        "notes": list(count.notes),
    }


def _total_json(total: Total) -> dict[str, Any]:
    return {
        "due": number(total.due),
        "sessions_due": total.sessions_due,
        "given": number(total.given),
        "made_up": number(total.made_up),
        "missed": number(total.missed),
        "unknown": number(total.unknown),
        "over": number(total.over),
        "percent_given": total.percent_given,
    }


def _open_json(row: Row) -> dict[str, Any]:
    return {
        "kind": row.asked.period.kind,
        "from": row.asked.period.first.isoformat(),
        "to": row.asked.period.last.isoformat(),
        "due": number(row.as_written.due),
        "given": number(row.as_written.given),
        "missed": number(row.as_written.missed),
        "sessions_due": row.sessions_asked,
        "sessions_given": row.sessions_given,
    }
