"""Kit: what a state complaint may claim and propose, and the words of the packet's pages; read from data files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iepjournal.core.sentences import number
from iepjournal.core.templates import blank, blanks_in, filled
from iepjournal.errors import BadTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from iepjournal.core.templates import Template

SOURCES = ("service", "deadline", "event", "promise", "")


@dataclass(frozen=True, kw_only=True)
class ClaimKind:
    """Something a complaint may claim, and what in the journal shows it."""

    id: str
    title: str
    source: str
    """Where it is looked for: a service, a deadline, an event, a promise, or nowhere."""
    statement: str
    cite: tuple[str, ...]
    confidence: str
    asks: tuple[str, ...]
    """The proposals that go with it."""
    also: tuple[str, ...]
    """Others that fit it."""
    left_out: str = ""
    unknown: str = ""
    rules: frozenset[str] = frozenset()
    events: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    answered_by: tuple[str, ...] = ()
    speaks_of: tuple[str, ...] = ()
    """Beginnings of words, one of which a promise has, or the name of a service, to be about the IEP's services."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Words that a complaint is better without, and why."""

    pattern: re.Pattern[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Kit:
    """All data of the packet."""

    complaint: Template
    kinds: Mapping[str, ClaimKind]
    asks: Mapping[str, str]
    ask_titles: Mapping[str, str]
    """What is proposed, in a few words."""
    effect_questions: tuple[str, ...]
    wordings: tuple[Wording, ...]
    not_names: frozenset[str]
    titles: tuple[str, ...]
    """Before a name: Mr, Mrs."""
    checked: date
    pages: Mapping[str, Mapping[str, Any]]

    def ask_name(self, ask: str) -> str:
        """The name of a proposal that the kit words; empty for one in the parent's own words."""
        name, parted, _ = ask.partition(": ")
        return name if name in self.asks and (not parted or self.ask_blank(name)) else ""

    def ask_blank(self, name: str) -> str:
        """What only the parent can say of a proposal; empty where it lacks nothing."""
        return next((found[0][2:-2] for found in blanks_in(self.asks[name])), "")

    def ask_title(self, ask: str) -> str:
        """A proposal in a few words."""
        name = self.ask_name(ask)
        title = self.ask_titles.get(name, name)
        return f"{title}{ask.removeprefix(name)}" if name else ask

    def proposal(self, ask: str) -> str:
        """The whole words of a proposal, what the parent said of it in its blank."""
        name = self.ask_name(ask)
        text = self.asks.get(name, ask)
        said = ask.removeprefix(name).removeprefix(": ") if name else ""
        return text.replace(blank(self.ask_blank(name)), said) if said else text

    def amount(self, amount: Fraction, unit: str) -> str:
        """30 minutes; 1 day."""
        return self.form("complaint", f"{unit}_one" if amount == 1 else unit, amount=number(amount))

    def form(self, page: str, name: str, /, **values: object) -> str:
        """A phrase of a page with its values put in; what is not given stays a blank to fill."""
        return filled(self.pages[page][name], lambda blank: str(values.get(blank, f"{{{{{blank}}}}}"))).strip("\n")


def parse_kit(complaint: Template, claims: str, pages: str) -> Kit:
    """Read the packet's files; BadTemplate says what is wrong with them."""
    try:
        read = tomllib.loads(claims)
        kinds = [_kind(kind) for kind in read["claims"]]
        return Kit(
            complaint=complaint,
            kinds={kind.id: kind for kind in kinds},
            asks=read["asks"],
            ask_titles=read.get("ask_titles", {}),
            effect_questions=tuple(read["questions"]["effect"]),
            wordings=tuple(
                Wording(pattern=re.compile(rf"\b(?:{one['pattern']})\b", re.IGNORECASE), reason=one["reason"])
                for one in read["wordings"]
            ),
            not_names=frozenset(read["names"]["not_names"]),
            titles=tuple(read["names"]["titles"]),
            checked=read["checked"],
            pages=tomllib.loads(pages),
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise BadTemplate("packet", str(error)) from error


def _kind(read: Mapping[str, Any]) -> ClaimKind:
    if read["from"] not in SOURCES:
        raise ValueError(f"a claim cannot be from “{read['from']}”")
    return ClaimKind(
        id=read["id"],
        title=read["title"],
        source=read["from"],
        statement=read["statement"],
        cite=tuple(read["cite"]),
        confidence=read["confidence"],
        asks=tuple(read["asks"]),
        also=tuple(read["also"]),
        left_out=read.get("left_out", ""),
        unknown=read.get("unknown", ""),
        rules=frozenset(read.get("rules", ())),
        events=tuple(read.get("events", ())),
        types=frozenset(read.get("types", ())),
        answered_by=tuple(read.get("answered_by", ())),
        speaks_of=tuple(read.get("speaks_of", ())),
    )
