"""The words of one language that letters are filled and checked with; read from a file, written in none."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iepjournal.errors import BadTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time
    from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One kind of words that weaken a letter, and why."""

    kind: str
    reason: str
    pattern: re.Pattern[str]
    supported_by: re.Pattern[str] | None = None
    """What in the same paragraph makes it good."""
    claims_nothing: re.Pattern[str] | None = None
    """Sentences that state nothing: a question, a condition, a request."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """One language's dates, phrases and word lists."""

    lang: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    halves: tuple[str, ...]
    titles: tuple[str, ...]
    conjunction: str
    alternative: str
    tables: Mapping[str, Mapping[str, str]]
    """Those named in TABLES."""
    acronyms: frozenset[str]
    capitals: str
    """Why words in capitals are flagged."""
    remarks: tuple[Remark, ...]
    undated: Remark
    stranger: Mapping[str, tuple[str, str]]
    """Question id -> the question and the pattern of its answer."""
    abbreviations: frozenset[str]
    """Words whose full stop ends no sentence."""
    common: frozenset[str]
    """Small words by which the language is known."""
    asking: re.Pattern[str]
    """What makes a sentence ask for something."""
    known: frozenset[str]
    """Words of the field that word lists lack, in small letters."""
    beside: Words | None = None
    """Those of the second language that a letter in this one is written in; its reader's."""

    def form(self, name: str, /, **values: object) -> str:
        """A phrase with its values put in."""
        return self.tables["forms"][name].format(**values)

    def full_date(self, day: date) -> str:
        """March 4, 2026."""
        return self._day("date", day)

    def weekday_date(self, day: date) -> str:
        """Wednesday, March 4, 2026."""
        return self._day("weekday_date", day)

    def short_date(self, day: date) -> str:
        """Mar 4, 2026."""
        return self._day("short_date", day)

    def clock_time(self, at: time) -> str:
        """3:10 pm"""
        half = self.halves[at.hour >= 12]
        return self.form("time", hour=(at.hour - 1) % 12 + 1, minute=f"{at.minute:02}", half=half)

    def amount(self, count: Fraction | int, unit: str) -> str:
        """30 minutes, 1 day."""
        number = f"{count.numerator}" if count.denominator == 1 else f"{float(count):.1f}"
        return f"{number} {self.tables['units' if number != '1' else 'one_unit'][unit]}"

    def listed(self, parts: Sequence[str]) -> str:
        """A, B and C."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.conjunction} {parts[-1]}"

    def _day(self, form: str, day: date) -> str:
        month = self.months[day.month - 1]
        weekday = self.weekdays[day.weekday()]
        return self.form(form, weekday=weekday, month=month, short_month=month[:3], day=day.day, year=day.year)


TABLES = (
    "forms", "units", "one_unit", "total_columns", "per", "by_type", "by_how", "talks", "reasons", "hows", "labels",
)  # fmt: skip


def parse_words(name: str, source: str, beside: Words | None = None) -> Words:
    """Read a words file; BadTemplate says what is wrong with it."""
    try:
        read = tomllib.loads(source)
        facts_only = read["facts_only"]
        return Words(
            lang=read["lang"],
            months=tuple(read["months"]),
            weekdays=tuple(read["weekdays"]),
            halves=tuple(read["halves"]),
            titles=tuple(read["titles"]),
            conjunction=read["and"],
            alternative=read["or"],
            tables={table: read[table] for table in TABLES},
            acronyms=frozenset(facts_only["acronyms"]),
            capitals=facts_only["capitals"],
            remarks=tuple(map(_remark, facts_only["remarks"])),
            undated=_remark(facts_only["undated"]),
            stranger={question: (asks, answer) for question, (asks, answer) in read["stranger"].items()},
            abbreviations=frozenset((*read["titles"], *read["abbreviations"])),
            common=frozenset(read["common"]),
            asking=re.compile("|".join(read["asking"]), re.IGNORECASE),
            known=frozenset(read["spelling"]["known"]),
            beside=beside,
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise BadTemplate(name, str(error)) from error


def _remark(read: Mapping[str, Any]) -> Remark:
    return Remark(
        kind=read["kind"],
        reason=read["reason"],
        pattern=re.compile(rf"\b(?:{'|'.join(read['patterns'])})\b", re.IGNORECASE),
        supported_by=_any_of(read.get("supported_by")),
        claims_nothing=_any_of(read.get("claims_nothing")),
    )


def _any_of(patterns: Sequence[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
