"""Business days: federal and state holidays from data, the days they are observed on, and days an office may close.

Which days those are stands in the rule files; nothing here knows a holiday's name or date.
"""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from iepjournal.core.dates import SHORT_WEEKDAYS
from iepjournal.core.values import EMPTY, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iepjournal.core.tables import Table

SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)


class Holiday(Value):
    """One day of each year on which offices are closed by law."""

    id: str
    name: str
    month: int
    day: int | None = None
    weekday: int | None = None
    nth: int = 0
    """Which of the month's weekdays; -1 the last."""
    from_year: int = 1
    observed: Mapping[int, int] = EMPTY
    """Weekday it falls on -> how many days later (or earlier) it is kept as well."""

    def in_year(self, year: int) -> date | None:
        """The day itself, before anything is moved."""
        if not self.from_year <= year <= MAXYEAR:
            return None
        if self.day is not None:
            return date(year, self.month, self.day)
        assert self.weekday is not None
        if self.nth > 0:
            first = date(year, self.month, 1)
            return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        last = (date(year, self.month, 28) + timedelta(days=4)).replace(day=1) - DAY
        return last - timedelta(days=(last.weekday() - self.weekday) % 7)


class OptionalClosing(Value):
    """A day near a holiday on which an office may close, but need not."""

    id: str
    name: str
    of: tuple[str, ...]
    """The holidays it goes with."""
    offset: int = 0
    """How many days after the holiday."""
    when_saturday: int = 0
    """The same, where it counts only for a holiday that falls on a Saturday."""
    citation: str = ""
    link: str = ""

    def beside(self, holiday: date) -> date | None:
        """The day that may be closed in the year of this holiday."""
        if self.when_saturday:
            return _shifted(holiday, self.when_saturday) if holiday.weekday() == SATURDAY else None
        return _shifted(holiday, self.offset)


class OwnDays(Value):
    """What this family knows better: proclaimed days, days that may be closed, days that were open."""

    closed: Mapping[date, str] = EMPTY
    may_close: Mapping[date, str] = EMPTY
    opened: frozenset[date] = frozenset()
    switched: Mapping[str, str] = EMPTY
    """Optional closing (by id) -> `closed` or `open`."""

    def joined(self, other: OwnDays) -> OwnDays:
        """Both; where they differ the other one decides."""
        return OwnDays(
            closed={**self.closed, **other.closed},
            may_close={**self.may_close, **other.may_close},
            opened=self.opened | other.opened,
            switched={**self.switched, **other.switched},
        )


class BusinessDays:
    """Monday to Friday without the holidays of the federal and of the state list."""

    def __init__(
        self,
        holidays: Iterable[Holiday] = (),
        optional: Iterable[OptionalClosing] = (),
        own: OwnDays | None = None,
    ) -> None:
        self.holidays = tuple(holidays)
        self.optional = tuple(optional)
        self.own = own or OwnDays()
        self._years: dict[int, tuple[dict[date, str], dict[date, str]]] = {}

    def closed_because(self, day: date, *, optional: bool = False) -> str:
        """Why a day is no business day, in words; empty for one. With `optional`, days that may be closed are."""
        if day.weekday() >= SATURDAY:
            return "weekend"
        if day in self.own.opened:
            return ""
        closed, may_close = self._year(day.year)
        return closed.get(day, "") or (may_close.get(day, "") if optional else "")

    def may_be_closed(self, day: date) -> str:
        """Why an office may be closed on a business day, in words; empty where it is surely open or surely closed."""
        return "" if self.closed_because(day) else self.closed_because(day, optional=True)

    def last_before(self, day: date) -> date:
        """The last business day before a day; one that may be closed is passed over, to be on the safe side."""
        before = day - DAY
        while self.closed_because(before, optional=True):
            before -= DAY
        return before

    def next_from(self, day: date, *, optional: bool = False) -> date:
        """The day itself where it is a business day, otherwise the next one."""
        while self.closed_because(day, optional=optional):
            day += DAY
        return day

    def _year(self, year: int) -> tuple[dict[date, str], dict[date, str]]:
        """The days that are closed and those that may be; holidays of the years beside it are kept in it too."""
        if year not in self._years:
            closed = {day: why for day, why in self.own.closed.items() if day.year == year}
            may_close = {day: why for day, why in self.own.may_close.items() if day.year == year}
            for near in (year - 1, year, year + 1):
                for holiday in self.holidays:
                    if found := holiday.in_year(near):
                        self._keep(holiday, found, year, closed)
                        self._keep_optional(holiday, found, year, closed, may_close)
            self._years[year] = (closed, may_close)
        return self._years[year]

    def _keep(self, holiday: Holiday, found: date, year: int, closed: dict[date, str]) -> None:
        if found.year == year:
            closed.setdefault(found, holiday.name)
        if moved := holiday.observed.get(found.weekday()):
            observed = _shifted(found, moved)
            if observed and observed.year == year:
                closed.setdefault(observed, f"{holiday.name}, observed")

    def _keep_optional(
        self, holiday: Holiday, found: date, year: int, closed: dict[date, str], may_close: dict[date, str]
    ) -> None:
        for closing in self._optional_of.get(holiday.id, ()):
            day = closing.beside(found)
            state = self.own.switched.get(closing.id)
            if day and day.year == year and state != "open":
                (closed if state == "closed" else may_close).setdefault(day, closing.name)

    @cached_property
    def _optional_of(self) -> Mapping[str, list[OptionalClosing]]:
        by_holiday: dict[str, list[OptionalClosing]] = {}
        for closing in self.optional:
            for holiday in closing.of:
                by_holiday.setdefault(holiday, []).append(closing)
        return by_holiday


def parse_holiday(table: Table) -> Holiday:
    """One holiday of a rule file; ValueError says what is wrong with it."""
    month, day, nth = table.whole("month"), table.whole("day"), table.whole("nth")
    weekday = table.choice("weekday", ("", *SHORT_WEEKDAYS))
    observed = table.table("observed")
    holiday = Holiday(
        id=table.text("id"),
        name=table.text("name"),
        month=month,
        day=day or None,
        weekday=SHORT_WEEKDAYS.index(weekday) if weekday else None,
        nth=nth,
        from_year=table.whole("from", 1),
        observed={SATURDAY: observed.whole("saturday"), SUNDAY: observed.whole("sunday")},
    )
    observed.finish()
    table.finish()
    if not day and (not weekday or nth not in (-1, 1, 2, 3, 4)):
        raise ValueError("it needs a day of the month, or a weekday and which one of the month")
    date(2001, month, day or 1)
    return holiday


def parse_optional(table: Table) -> OptionalClosing:
    """One optional closing of a rule file; ValueError says what is wrong with it."""
    closing = OptionalClosing(
        id=table.text("id"),
        name=table.text("name"),
        of=table.texts("of"),
        offset=table.whole("offset"),
        when_saturday=table.whole("when_saturday"),
        citation=table.text("citation"),
        link=table.text("link"),
    )
    table.finish()
    if bool(closing.offset) == bool(closing.when_saturday) or not closing.of:
        raise ValueError("it needs the holidays it goes with, and one of “offset” and “when_saturday”")
    return closing


def parse_own_days(table: Table) -> OwnDays:
    """The `[days]` of a rule file of one's own; ValueError says what is wrong with it."""
    switch = table.table("switch")
    own = OwnDays(
        closed=_days(table, "closed"),
        may_close=_days(table, "may_close"),
        opened=frozenset(_days(table, "open")),
        switched={name: switch.choice(name, ("closed", "open")) for name in switch.names()},
    )
    table.finish()
    return own


def _days(table: Table, name: str) -> dict[date, str]:
    days = {}
    for listed in table.tables(name):
        days[listed.day("on")] = listed.text_or("why", "closed")
        listed.finish()
    return days


def _shifted(day: date, by: int) -> date | None:
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None
