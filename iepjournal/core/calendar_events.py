"""Events of a district's published calendar, and what each would mean for the school calendar.

Titles are read for a few plain words only; the rest is left out until the parent says what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from iepjournal.core.calendars import calendar_of, checked
from iepjournal.core.dates import full_date
from iepjournal.core.records import Calendar, Period, Span
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

Meaning = Literal["first", "last", "closed", "early", "esy", "quarter", "semester", "skip"]

MEANINGS: dict[Meaning, str] = {
    "first": "first day of school",
    "last": "last day of school",
    "closed": "closed",
    "early": "early release, a school day",
    "esy": "extended school year",
    "quarter": "a quarter",
    "semester": "a semester",
    "skip": "left out",
}

_WORDS: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    ("first", ("first day of school", "first day for students", "school begins", "students return to school")),
    ("last", ("last day of school", "last day for students", "school ends")),
    ("early", ("early release", "early dismissal", "half day", "half-day", "60%", "70%", "60 %", "70 %")),
    ("esy", ("extended school year", "esy")),
    (
        "closed",
        (
            "no school", "no students", "student holiday", "holiday", "school closed", "schools closed", "closed",
            "break", "thanksgiving", "christmas", "labor day", "memorial day", "mardi gras", "good friday",
            "easter monday", "professional development", "staff development", "teacher work day", "teacher workday",
            "weather day",
        ),
    ),
)  # fmt: skip
"""The first that fits decides: the last day of school is often short, and an early release before a break is none."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of a published calendar."""

    title: str
    first: date
    last: date
    means: Meaning

    @classmethod
    def read(cls, title: str, first: date, last: date, kind: str = "") -> Event:
        """An event, understood by its kind where the file names one, else by its title."""
        named = kind.strip().lower()
        means = next((meaning for meaning in MEANINGS if named == meaning), None) or meaning_of(title)
        return cls(title=title, first=first, last=last, means=means)


def meaning_of(title: str) -> Meaning:
    """What a title says in plain words; `skip` where it does not."""
    words = f" {' '.join(title.lower().split())} "
    for meaning, phrases in _WORDS:
        if any(phrase in words for phrase in phrases):
            return meaning
    return "skip"


def corrected(events: Sequence[Event], means: Mapping[int, Meaning]) -> tuple[Event, ...]:
    """The events with those meanings that the parent chose, by their number from 1."""
    for number in means:
        if not 1 <= number <= len(events):
            raise NotAllowed(f"There is no line {number}; there are {len(events)}. Nothing was saved.")
    return tuple(replace(event, means=means.get(number, event.means)) for number, event in enumerate(events, start=1))


def with_events(calendars: Sequence[Calendar], events: Sequence[Event]) -> Calendar:
    """The next version of the calendar these events belong to, or the first of a school year that is not known yet.

    What is there already is not doubled.
    """
    of_meaning: dict[Meaning, list[Event]] = {meaning: [] for meaning in MEANINGS}
    for event in events:
        of_meaning[event.means].append(event)
    said = [event for event in events if event.means != "skip"]
    if not said:
        raise NotAllowed("No line says anything about school days. Nothing was saved.", "Choose: --close N, --early N.")
    first, last = _only(of_meaning["first"]), _only(of_meaning["last"])
    begins = first.first if first else min(event.first for event in said)
    known = calendar_of(calendars, begins, last.last if last else max(event.last for event in said))
    if known is None and all(event.means == "esy" for event in said):
        # Extended school year follows the year it belongs to.
        known = max((one for one in calendars if one.last_day < begins), key=lambda one: one.last_day, default=None)
    if known is None:
        if first is None or last is None:
            raise NotAllowed(
                "No calendar is known for these days, and the file does not say the first and the last day of school. "
                "Nothing was saved.",
                "Say them first: iepjournal calendar year FIRST LAST",
            )
        known = Calendar(first_day=first.first, last_day=last.last)
    found = checked(
        known.replace(
            first_day=first.first if first else known.first_day,
            last_day=last.last if last else known.last_day,
            closed=_merged(known.closed, of_meaning["closed"]),
            esy=_merged(known.esy, of_meaning["esy"]),
            early=tuple(sorted({*known.early, *(event.first for event in of_meaning["early"])})),
            periods=_with_periods(known.periods, [*of_meaning["quarter"], *of_meaning["semester"]]),
        )
    )
    if found == known and known.uid:
        raise NotAllowed("All of this is in the calendar already. Nothing was added.")
    return found.revised() if found.uid else found


def _only(events: Sequence[Event]) -> Event | None:
    if len(events) > 1:
        days = " and ".join(full_date(event.first) for event in events)
        raise NotAllowed(
            f"There are two of the {MEANINGS[events[0].means]}: {days}. Nothing was saved.",
            "Import one school year at a time: leave the others out with --skip N.",
        )
    return events[0] if events else None


def _merged(spans: Sequence[Span], events: Sequence[Event]) -> tuple[Span, ...]:
    known = {(span.first, span.last) for span in spans}
    fresh = [Span(first=e.first, last=e.last, why=e.title) for e in events if (e.first, e.last) not in known]
    return tuple(sorted((*spans, *fresh), key=lambda span: (span.first, span.last)))


def _with_periods(periods: Sequence[Period], events: Sequence[Event]) -> tuple[Period, ...]:
    fresh = (Period(kind=event.means, name=event.title, first=event.first, last=event.last) for event in events)
    return (*periods, *(period for period in fresh if period not in periods))
