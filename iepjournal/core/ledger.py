"""The ledger of one service: its sessions entered in the periods they belong to, and each unit of account settled.

As written and conservatively at once; ranges, whole sessions and words are made from its rows elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.iep import counted_in_days, in_force, session_length
from iepjournal.core.sessions import EXCUSED
from iepjournal.core.units import NOTHING, Due, Unit, period_at, runs, units

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from iepjournal.core.calendars import SchoolCalendar
    from iepjournal.core.iep import Version
    from iepjournal.core.records import Session

Place = tuple[int, date]
"""The number of a run of versions and the first day of one of its periods."""


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """Minutes, or days; given + missed + unknown = due + over."""

    due: Fraction = NOTHING
    given: Fraction = NOTHING
    made_up: Fraction = NOTHING
    """The part of given that repaired what had been missed."""
    missed: Fraction = NOTHING
    unknown: Fraction = NOTHING
    over: Fraction = NOTHING

    @classmethod
    def settled(cls, *, due: Fraction, given: Fraction, made_up: Fraction, missed: Fraction) -> Amounts:
        """Unknown is what is left of due; over is what went beyond it."""
        left = due - given - missed
        unknown, over = max(NOTHING, left), max(NOTHING, -left)
        return cls(due=due, given=given, made_up=made_up, missed=missed, unknown=unknown, over=over)

    @classmethod
    def total(cls, amounts: Collection[Amounts]) -> Amounts:
        """Each column added up."""
        return cls(**{part.name: exact_sum(getattr(one, part.name) for one in amounts) for part in fields(Amounts)})


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How one session counts in one period; a make-up may count in two."""

    session: Session
    repairs: Session | None
    """The session that a make-up repairs, in whose period this stands."""
    given: Fraction
    given_conservative: Fraction
    missed: Fraction
    missed_conservative: Fraction
    excused: Fraction
    """Due no longer, conservatively: missed on a school day for a closure or a reason of the child or the parent."""
    beyond: Fraction
    """Noted as missed beyond what the period asks for: kept, not counted."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One period with its figures and the sessions behind them."""

    asked: Due
    as_written: Amounts
    conservative: Amounts
    sessions: tuple[Counted, ...] = ()

    @property
    def sessions_asked(self) -> int:
        """Sessions as the IEP is written, for "1 of 2 this week"."""
        longest = max((session_length(version.service) for version, _ in self.asked.shares), default=1)
        return ceil(self.asked.as_written / longest)

    @property
    def sessions_given(self) -> int:
        """Sessions of which at least a part was given."""
        return len({one.session.root for one in self.sessions if one.given_conservative})


class _Line(NamedTuple):
    """A session where it is entered: minutes given, and minutes missed that no make-up has repaired."""

    session: Session
    repairs: Session | None
    given: Fraction
    missed: Fraction


@dataclass(frozen=True, kw_only=True)
class _Page:
    """One period with its sessions, before its unit is settled."""

    asked: Due
    sessions: tuple[Counted, ...]
    given: Fraction
    made_up: Fraction
    missed: Fraction
    sure_given: Fraction
    sure_missed: Fraction
    excused: Fraction

    @classmethod
    def of(cls, asked: Due, sessions: Sequence[Counted]) -> _Page:
        """The page with its columns added up."""
        return cls(
            asked=asked,
            sessions=tuple(sessions),
            given=exact_sum(one.given for one in sessions),
            made_up=exact_sum(one.given for one in sessions if one.repairs),
            missed=exact_sum(one.missed for one in sessions),
            sure_given=exact_sum(one.given_conservative for one in sessions),
            sure_missed=exact_sum(one.missed_conservative for one in sessions),
            excused=exact_sum(one.excused for one in sessions),
        )

    def row(self, as_written: Fraction, conservative: Fraction) -> Row:
        """The row, once its unit has said what is due in it."""
        return Row(
            asked=self.asked,
            as_written=Amounts.settled(due=as_written, given=self.given, made_up=self.made_up, missed=self.missed),
            conservative=Amounts.settled(
                due=conservative, given=self.sure_given, made_up=self.made_up, missed=self.sure_missed
            ),
            sessions=self.sessions,
        )


class Ledger:
    """One service as of a day; sessions after that day are not in it."""

    def __init__(
        self, history: Sequence[Version], sessions: Iterable[Session], calendar: SchoolCalendar, as_of: date
    ) -> None:
        self._history = tuple(history)
        self._runs = runs(history)
        self._calendar = calendar
        self._as_of = as_of
        seen = (session for session in sessions if session.on <= as_of and session.result != "unknown")
        self.sessions = sorted(seen, key=_in_order)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The periods that count, in the order of time."""
        rows = [
            row
            for number, unit in self._units
            for row in self._settle(number, tuple(due for due in unit if due.closes_on <= self._as_of))
        ]
        return tuple(sorted(rows, key=lambda row: (row.asked.closes_on, row.asked.period.first)))

    @cached_property
    def open_period(self) -> Row | None:
        """The period under way, if the IEP asks for something in it or a session was entered."""
        for number, unit in reversed(self._units):
            for due in unit:
                if due.closes_on > self._as_of:
                    return next(iter(self._settle(number, (due,))), None)
        return None

    @cached_property
    def _units(self) -> list[tuple[int, Unit]]:
        """Each unit with the number of the run of versions it belongs to."""
        return [
            (number, unit)
            for number, run in enumerate(self._runs)
            for unit in units(self._history, run, self._calendar, self._as_of)
        ]

    @cached_property
    def given(self) -> tuple[Session, ...]:
        """The sessions of which at least a part was given, make-ups among them."""
        return tuple(session for session in self.sessions if session.result in ("given", "partial"))

    @cached_property
    def outside(self) -> tuple[Session, ...]:
        """Sessions that fall in no period of the service and repair nothing: kept, not counted."""
        return tuple(
            session
            for session in self.sessions
            if session.root not in self._places and session.root not in self._repaired_by
        )

    @cached_property
    def repairing_nothing(self) -> tuple[Session, ...]:
        """Make-ups that point at no missed session; they count as sessions of their own day."""
        return tuple(session for session in self.sessions if session.makes_up and session.root not in self._repaired_by)

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        """Session (root uid) -> where it belongs by its date."""
        places: dict[str, Place] = {}
        for session in self.sessions:
            for number, run in enumerate(self._runs):
                period = period_at(run[0].service.per, session.on, self._calendar)
                if period and in_force(run, session.on):
                    places[session.root] = (number, period.first)
        return places

    @cached_property
    def _repaired_by(self) -> Mapping[str, Session]:
        """Make-up (root uid) -> the missed session it repairs."""
        missed = {
            session.root: session
            for session in self.sessions
            if session.root in self._places and session.result in ("missed", "partial") and not session.makes_up
        }
        return {session.root: missed[session.makes_up] for session in self.sessions if session.makes_up in missed}

    @cached_property
    def _lines(self) -> Mapping[Place, list[_Line]]:
        """Every session entered; make-ups first where they repair, then their rest on their own day."""
        lines: dict[Place, list[_Line]] = defaultdict(list)
        left = {session.root: self._missed_part(session) for session in self.sessions if session.root in self._places}
        for session in self.sessions:
            if repaired := self._repaired_by.get(session.root):
                given = self._given_part(session)
                there = min(given, left[repaired.root])
                left[repaired.root] -= there
                if there:
                    lines[self._places[repaired.root]].append(_Line(session, repaired, there, NOTHING))
                if given > there and session.root in self._places:
                    lines[self._places[session.root]].append(_Line(session, None, given - there, NOTHING))
        for session in self.sessions:
            if session.root in self._places and session.root not in self._repaired_by:
                line = _Line(session, None, self._given_part(session), left[session.root])
                lines[self._places[session.root]].append(line)
        return lines

    def _settle(self, number: int, unit: Unit) -> list[Row]:
        """The rows of one unit; a period that asks for nothing and holds no session has none."""
        pages = [self._page(due, self._lines.get((number, due.period.first), ())) for due in unit]
        pages = [page for page in pages if page.asked.full or page.sessions]
        if not pages:
            return []
        as_written = exact_sum(page.asked.as_written for page in pages)
        by_school_days = min(as_written, exact_sum(page.asked.conservative for page in pages))
        excused = exact_sum(page.excused for page in pages)
        documented = min(as_written, exact_sum(page.sure_given for page in pages)) + exact_sum(
            page.sure_missed for page in pages
        )
        conservative = min(as_written, max(NOTHING, documented, by_school_days - excused))
        if len(pages) == 1:
            return [pages[0].row(as_written, conservative)]

        # What a cycle asks for falls first to the weeks in which it was given or missed, so that its weeks, and the
        # months they close in, add up to the cycle in every column.
        sure = [page.sure_given + page.sure_missed for page in pages]
        excusable = [page.given + page.missed - part for page, part in zip(pages, sure, strict=True)]
        unknown = [max(NOTHING, page.asked.as_written - page.given - page.missed) for page in pages]
        written_due = _pour(as_written, sure, excusable, unknown)
        surely_due = [min(pair) for pair in zip(sure, written_due, strict=True)]
        possibly_due = [whole - part for whole, part in zip(written_due, surely_due, strict=True)]
        conservative_due = _pour(conservative, surely_due, possibly_due)
        return [page.row(*dues) for page, *dues in zip(pages, written_due, conservative_due, strict=True)]

    def _page(self, asked: Due, lines: Sequence[_Line]) -> _Page:
        """Minutes missed count in the order of their days, as far as the period asks for them and none were given."""
        room = max(NOTHING, asked.full - exact_sum(line.given for line in lines))
        counted = []
        for line in lines:
            missed = min(line.missed, room)
            room -= missed
            service = self._version(line.session).service
            partly = line.session.result == "partial" and counted_in_days(service)
            pardoned = line.session.reason in EXCUSED and not partly
            school_day = self._calendar.is_school_day(line.session.on, esy=service.esy)
            counted.append(
                Counted(
                    session=line.session,
                    repairs=line.repairs,
                    given=line.given,
                    given_conservative=line.given + (missed if partly else NOTHING),
                    missed=missed,
                    missed_conservative=NOTHING if partly or pardoned else missed,
                    excused=missed if pardoned and school_day else NOTHING,
                    beyond=line.missed - missed,
                )
            )
        return _Page.of(asked, sorted(counted, key=lambda one: one.session.on))

    def _version(self, session: Session) -> Version:
        """The version in force on its day; a make-up after the service's end goes by the session it repairs."""
        for day in (session.on, self._repaired_by.get(session.root, session).on):
            if version := in_force(self._history, day):
                return version
        raise LookupError(session.root)

    def _given_part(self, session: Session) -> Fraction:
        service = self._version(session).service
        if session.result == "given":
            return Fraction(1 if counted_in_days(service) else session.minutes or service.minutes)
        if session.result == "partial" and not counted_in_days(service):
            return Fraction(session.minutes or 0)
        return NOTHING

    def _missed_part(self, session: Session) -> Fraction:
        service = self._version(session).service
        if session.result == "missed":
            return Fraction(1 if counted_in_days(service) else session.minutes or service.minutes)
        if session.result == "partial":
            return max(NOTHING, session_length(service) - self._given_part(session))
        return NOTHING


def _in_order(session: Session) -> tuple[object, ...]:
    """By day, then by content: the order in which sessions were logged changes no figure."""
    excused_first = session.reason not in EXCUSED
    return (session.on, excused_first, session.reason, session.result, session.minutes or 0, session.makes_up)


def _pour(amount: Fraction, *layers: Sequence[Fraction]) -> list[Fraction]:
    """Spread an amount over the periods of a unit: one layer after the other, each in proportion to what it holds."""
    poured = [NOTHING for _ in layers[0]]
    for layer in layers:
        size = sum(layer)
        taken = min(amount, size)
        amount -= taken
        if taken:
            poured = [part + taken * place / size for part, place in zip(poured, layer, strict=True)]
    return poured


def exact_sum(parts: Iterable[Fraction]) -> Fraction:
    """Most parts are nothing, and adding that to a Fraction takes as long as adding something."""
    first, *others = [part for part in parts if part] or [NOTHING]
    return sum(others, first)
