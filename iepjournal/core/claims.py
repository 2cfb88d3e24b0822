"""Claims: what the journal shows that was not done, offered with the facts under it; and each claim in its words.

A claim is never made unasked by a figure a district could argue with: services are claimed by the conservative count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from iepjournal.core.iep import in_force
from iepjournal.core.occurrences import Journal
from iepjournal.core.promises import ledger
from iepjournal.core.records import Claim, Iep, Packet, Service
from iepjournal.core.sentences import in_a_sentence, service_sentence
from iepjournal.core.sessions import NOT_KNOWN
from iepjournal.core.templates import filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from iepjournal.core.case import Case
    from iepjournal.core.due import Deadline
    from iepjournal.core.kit import ClaimKind, Kit
    from iepjournal.core.ledger import Counted
    from iepjournal.core.records import Entry, Promise
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.core.services import ServiceCount, Services
    from iepjournal.core.words import Words

SAYS_NOTHING_OF_MISSING = frozenset({"praise", "note"})
"""Types of entry that are not offered as facts of a missing service."""


def within(totals: Services, first: date) -> Services:
    """The same count without the periods that began before a day."""
    counts = (
        replace(count, rows=tuple(row for row in count.rows if row.asked.period.first >= first))
        for count in totals.counts
    )
    return replace(totals, since=first, counts=tuple(counts))


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """Of one service: the sessions that were not given, or not in full, both ways of counting."""

    count: ServiceCount

    @cached_property
    def as_written(self) -> tuple[Counted, ...]:
        """As the IEP is written."""
        return tuple(one for row in self.count.rows for one in row.sessions if one.missed and not one.repairs)

    @cached_property
    def conservative(self) -> tuple[Counted, ...]:
        """What a district could not argue with."""
        return tuple(one for one in self.as_written if one.missed_conservative)

    @cached_property
    def left_out(self) -> tuple[Counted, ...]:
        """In the one and not in the other."""
        return tuple(one for one in self.as_written if not one.missed_conservative)


@dataclass(frozen=True, kw_only=True)
class Claims:
    """The claims a case can make."""

    case: Case
    kit: Kit
    words: Words
    book: RuleBook
    totals: Services
    """Of the year that the complaint reaches."""
    deadlines: tuple[Deadline, ...]
    today: date

    def shown(self) -> tuple[Claim, ...]:
        """Every claim the journal shows, with its facts; not yet written."""
        return tuple(claim for kind in self.kit.kinds.values() for claim in self._shown_by(kind) if claim.facts)

    def new(self, kind: ClaimKind, about: str) -> Claim:
        """A claim of a kind about one thing, with the facts the journal has for it."""
        found = (claim for claim in self._shown_by(kind) if claim.about == about or not about)
        return next(found, Claim(kind=kind.id, about=about, asks=kind.asks))

    def values(self, claim: Claim) -> Mapping[str, str]:
        """What stands in the blanks of its words."""
        kind = self.kit.kinds[claim.kind]
        if kind.source == "service":
            return self._of_service(kind, claim.about)
        if kind.source == "deadline":
            return self._of_deadline(claim.about)
        return {}

    def rules_of(self, claim: Claim) -> tuple[str, ...]:
        """The rules it rests on."""
        values = self.values(claim)
        return tuple(filled(cite, lambda name: values.get(name, "")) for cite in self.kit.kinds[claim.kind].cite)

    def shortfall(self, handle: str) -> Shortfall | None:
        """The missing sessions of a service; none where it could not be counted."""
        found = (count for count in self.totals.counts if count.handle == handle and not count.needs)
        return next((Shortfall(count=count) for count in found), None)

    @cached_property
    def amounts(self) -> Mapping[str, tuple[Fraction, str]]:
        """Session (root uid) -> how much of it was not given, conservatively where that is anything, and its unit."""
        return {
            one.session.root: (one.missed_conservative or one.missed, count.unit)
            for count in self.totals.counts
            for one in Shortfall(count=count).as_written
        }

    def _shown_by(self, kind: ClaimKind) -> Iterator[Claim]:
        match kind.source:
            case "service":
                yield from self._services(kind)
            case "deadline":
                yield from self._late(kind)
            case "event":
                yield from self._unanswered(kind)
            case "promise":
                yield from self._promises(kind)

    def _services(self, kind: ClaimKind) -> Iterator[Claim]:
        for count in self.totals.counts:
            shortfall = self.shortfall(count.handle)
            if shortfall and shortfall.conservative:
                told = [one.session.entry or one.session.root for one in shortfall.conservative]
                about = [entry.root for entry in self.case.entries if self._tells_of(entry, count.handle)]
                facts = tuple(dict.fromkeys((*told, *about)))
                yield Claim(kind=kind.id, about=count.handle, facts=facts, asks=kind.asks)

    def _tells_of(self, entry: Entry, handle: str) -> bool:
        """Whether an entry is about the service and not about a session that the family itself left out."""
        if entry.service != handle or entry.private or entry.type in SAYS_NOTHING_OF_MISSING:
            return False
        told = [session.root for session in self.case.sessions if session.entry == entry.root]
        return not told or any(session in self.amounts for session in told)

    def _late(self, kind: ClaimKind) -> Iterator[Claim]:
        for deadline in self.deadlines:
            after = deadline.claim_after
            is_late = deadline.status in ("overdue", "met-late") and after and after < self.today
            if deadline.rule.id in kind.rules and is_late:
                yield Claim(kind=kind.id, about=deadline.key, facts=(deadline.record,), asks=kind.asks)

    def _unanswered(self, kind: ClaimKind) -> Iterator[Claim]:
        journal = Journal(self.case, self.book)
        answered = [one.on for event in kind.answered_by for one in journal.of(event)]
        happened = [one.record for event in kind.events for one in journal.of(event)]
        refused = [entry for entry in self.case.entries if entry.type in kind.types and not entry.private]
        open_ones = [entry.root for entry in refused if not any(on >= entry.happened_on for on in answered)]
        facts = tuple(dict.fromkeys((*open_ones, *(happened if not answered else ()))))
        yield Claim(kind=kind.id, facts=facts, asks=kind.asks)

    def _promises(self, kind: ClaimKind) -> Iterator[Claim]:
        """A promise is told of by itself, and by the entries that say it was not kept."""
        late = (one for one in ledger(self.case, self.today) if one.state in ("broken", "overdue"))
        found = [one for one in late if self._is_of_services(one.promise, kind)]
        facts = [root for one in found for root in (one.promise.root, one.mark.entry if one.mark else "") if root]
        yield Claim(kind=kind.id, facts=tuple(facts), asks=kind.asks)

    def _is_of_services(self, promise: Promise, kind: ClaimKind) -> bool:
        """Whether it says what would become of a service; a call back promised is none."""
        named = (name for service in self.case.all(Service) for name in (service.handle, service.name))
        words = "|".join(re.escape(word) for word in (*kind.speaks_of, *filter(None, named)))
        return re.search(rf"\b(?:{words})", promise.text, re.IGNORECASE) is not None

    def _of_service(self, kind: ClaimKind, handle: str) -> Mapping[str, str]:
        shortfall = self.shortfall(handle)
        ieps = self.case.all(Iep)
        if shortfall is None:
            return {"service": handle, "service_name": handle}
        count = shortfall.count
        row_days = [row.asked.period for row in count.rows]
        version = in_force(count.history, self.totals.until) or count.history[-1]
        written, careful = count.as_written, count.conservative
        left_out = filled(
            kind.left_out,
            {
                "sessions": self._sessions(len(shortfall.left_out)),
                "reasons": self._reasons(shortfall),
            }.__getitem__,
        )
        unknown = filled(kind.unknown, {"unknown": self.kit.amount(careful.unknown, count.unit)}.__getitem__)
        return {
            "service": count.name,
            "service_name": in_a_sentence(count.name),
            "promised": service_sentence(version.service, self.words),
            "iep.date": self.words.full_date(ieps[-1].dated) if ieps else "",
            "first_day": self.words.full_date(max(row_days[0].first, count.history[0].first)) if row_days else "",
            "last_day": self.words.full_date(row_days[-1].last) if row_days else "",
            "sessions_as_written": self._sessions(len(shortfall.as_written)),
            "sessions_conservative": self._sessions(len(shortfall.conservative)),
            "as_written": self.kit.amount(written.missed, count.unit),
            "conservative": self.kit.amount(careful.missed, count.unit),
            "shortfall": self.kit.form(
                "complaint",
                "shortfall",
                amount=self.kit.amount(careful.missed, count.unit),
                service=in_a_sentence(count.name),
            ),
            "left_out": left_out if shortfall.left_out else "",
            "unknown": unknown if careful.unknown else "",
        }

    def _reasons(self, shortfall: Shortfall) -> str:
        """“my child was absent (6)”."""
        reasons: dict[str, int] = {}
        for one in shortfall.left_out:
            reason = self.words.tables["reasons"][one.session.reason or NOT_KNOWN]
            reasons[reason] = reasons.get(reason, 0) + 1
        return ", ".join(f"{reason} ({times})" for reason, times in reasons.items())

    def _sessions(self, count: int) -> str:
        return self.kit.form("complaint", "sessions_one" if count == 1 else "sessions", count=count)

    def _of_deadline(self, key: str) -> Mapping[str, str]:
        found = next((deadline for deadline in self.deadlines if deadline.key == key), None)
        if found is None:
            return {}
        return {
            "deadline": found.rule.title,
            "citation": found.rule.citation,
            "asked_on": self.words.full_date(found.start_from),
            "due": self.words.full_date(found.claim_after or found.start_from),
        }


def letters_sent(case: Case) -> tuple[str, ...]:
    """The letters that went out, by root uid; a complaint that was sent is none of them."""
    return tuple(
        letter.root
        for letter in case.letters
        if case.is_sent(letter) and not isinstance(case.by_root.get(letter.answers), Packet)
    )
