"""What a packet still lacks and what would weaken it: the parts the rules ask for first, then holes, then remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from iepjournal.core.checks import facts_only, parts_said
from iepjournal.core.dates import full_date
from iepjournal.core.effect import bearing
from iepjournal.core.exhibits import offered
from iepjournal.core.facts import fill
from iepjournal.core.findings import Finding
from iepjournal.core.names import strange_names
from iepjournal.core.plurals import many
from iepjournal.core.records import Letter
from iepjournal.core.references import EXHIBIT
from iepjournal.core.templates import blank, blanks_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from iepjournal.core.checks import PartSaid
    from iepjournal.core.chronology import Event
    from iepjournal.core.letters import LetterPage
    from iepjournal.core.packet import ClaimShown, Complaint

FACTS = "facts"
"""The part that the facts under the claims meet."""
LISTED = 6
"""So many numbers are named in one finding; the rest is counted."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The check of one packet."""

    parts: tuple[PartSaid, ...]
    """Each part with the words that meet it; no words where it is missing."""
    findings: tuple[Finding, ...]
    """What stops it first; what the parent let stand is left out."""

    @property
    def ready(self) -> bool:
        """Whether nothing stops it."""
        return all(finding.level != "stop" for finding in self.findings)


def check(complaint: Complaint, today: date, other_children: Iterable[str] = ()) -> Contents:
    """Everything there is to say about a packet."""
    page = complaint.page(complaint.label_of)
    parts = parts_of(complaint, page)
    missing = tuple(_missing(complaint, parts))
    found = (
        *missing,
        *_blanks(complaint, missing),
        *_broken(complaint),
        *_other_children(complaint, page, other_children),
        *_holes(complaint),
        *_not_yet_in(complaint),
        *_effect(complaint),
        *_names(complaint),
        *_wordings(complaint),
        *facts_only(own_words(complaint), complaint.words),
        *_stale(complaint, today),
    )
    allowed = complaint.packet.allowed
    standing = [finding for finding in found if not finding.key or finding.key not in allowed]
    return Contents(parts=parts, findings=tuple(sorted(standing, key=lambda finding: finding.level != "stop")))


def parts_of(complaint: Complaint, page: LetterPage) -> tuple[PartSaid, ...]:
    """Each part that the federal rule and the state ask for, and the words on this page that meet it."""
    said = parts_said(page, complaint.kit.complaint, complaint.facts)
    if any(claim.events for claim in complaint.claims):
        return said
    # A dated sentence about a letter, or about what is older than it reaches, is no fact a complaint can rest on.
    return tuple(replace(one, words="") if one.part.id == FACTS else one for one in said)


def as_json(complaint: Complaint, contents: Contents, pages: Mapping[str, int]) -> dict[str, Any]:
    """The shape of `packet check --json`."""
    return {
        "packet": complaint.packet.no,
        "ready": contents.ready,
        "window": [day.isoformat() for day in complaint.window],
        "parts": [
            {
                "part": said.part.id,
                "title": said.part.title,
                "citation": said.part.cite,
                "met": bool(said.words),
                "words": said.words,
                "page": pages.get(said.part.id),
            }
            for said in contents.parts
        ],
        "findings": [
            {"level": found.level, "part": found.where, "citation": found.citation, "message": found.message}
            for found in contents.findings
        ],
    }


def own_words(complaint: Complaint) -> str:
    """What the parent wrote for the packet itself: the effect, own statements, own proposals."""
    said = (words for claim in complaint.claims for words in (claim.claim.title, claim.claim.text))
    own = (complaint.packet.effect, *said)
    asks = (ask for claim in complaint.claims for ask in claim.claim.asks if ask not in complaint.kit.asks)
    return "\n\n".join(filter(None, (*own, *asks)))


def _missing(complaint: Complaint, parts: Iterable[PartSaid]) -> Iterator[Finding]:
    for said in parts:
        if not said.words:
            offer = fill(said.part.offer, complaint.kit.complaint, complaint.words, complaint.facts)
            yield Finding(
                level=said.part.level,
                where=said.part.id,
                message=f"Missing: {said.part.title}.",
                citation=said.part.cite,
                suggestion=offer,
                key="" if said.part.level == "stop" else f"part: {said.part.id}",
            )


def _blanks(complaint: Complaint, missing: Iterable[Finding]) -> Iterator[Finding]:
    """What is not filled in; what belongs to a part that is missing is said with that part."""
    said = " ".join(finding.suggestion for finding in missing)
    for found in dict.fromkeys(one[0][2:-2] for one in blanks_in(complaint.letter.text)):
        if blank(found) in said:
            continue
        yield Finding(level="stop", where="blank", message=f"Not filled in: {found}.", of=found)


def _broken(complaint: Complaint) -> Iterator[Finding]:
    for name in complaint.broken_references():
        what = "no exhibit has that name" if name.startswith(EXHIBIT) else "it is in no claim, or it is private"
        yield Finding(level="stop", where="reference", message=f"[[{name}]] leads nowhere: {what}.", of=name)


def _other_children(complaint: Complaint, page: LetterPage, names: Iterable[str]) -> Iterator[Finding]:
    text = "\n".join((page.text, *(event.text for event in complaint.chronology)))
    for name in names:
        if name != complaint.case.profile.child.name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            message = f"{name} is the child of another case here."
            yield Finding(level="stop", where="another child", message=message, of=name)


def _holes(complaint: Complaint) -> Iterator[Finding]:
    """The empty cells of the grid: claims without facts, facts without a document or with only the child's word."""
    if not complaint.claims:
        yield Finding(level="warn", where="claims", message="It claims nothing yet.", suggestion="packet claim add")
    for claim in complaint.claims:
        where = f"claim {claim.number}"
        if not claim.events:
            message = f"Claim {claim.number} has no fact that the complaint reaches."
            yield Finding(level="warn", where=where, message=message, of=claim.claim.root)
        bare = [event.number for event in claim.events if not complaint.shown_by[event.number]]
        if bare:
            yield Finding(
                level="warn",
                where=where,
                message=f"Claim {claim.number}: {len(bare)} of {len(claim.events)} facts have no document: "
                f"{_named(bare)}.",
                key=f"bare: {claim.claim.root}: {len(bare)}",
                of=claim.claim.root,
            )
        alone = [event.number for event in claim.events if rests_on_child(complaint, event)]
        if alone:
            yield Finding(
                level="warn",
                where=where,
                message=f"Claim {claim.number}: resting on the child’s word alone: {_named(alone)}.",
                suggestion="What the school wrote about that day would show it: ask for the service log.",
                key=f"child: {claim.claim.root}: {len(alone)}",
                of=claim.claim.root,
            )
        if not claim.claim.asks:
            yield Finding(
                level="warn", where=where, message=f"Claim {claim.number}: nothing is proposed to mend it.",
                key=f"asks: {claim.claim.root}", of=claim.claim.root,
            )  # fmt: skip


def rests_on_child(complaint: Complaint, event: Event) -> bool:
    """Whether nothing but the child's word shows it."""
    return event.told_by_child and not complaint.shown_by[event.number]


def _not_yet_in(complaint: Complaint) -> Iterator[Finding]:
    """What the journal has and the packet does not: newer facts, files that are no exhibits."""
    for claim in complaint.claims:
        shown = {root for event in (*claim.events, *claim.background) for root in event.roots}
        offered_now = complaint.evidence.new(complaint.kit.kinds[claim.claim.kind], claim.claim.about).facts
        missing = complaint.teller.events(root for root in offered_now if root not in shown)
        if missing:
            yield Finding(
                level="warn",
                where=f"claim {claim.number}",
                message=f"Claim {claim.number}: the journal has more about it: "
                f"{_named([event.number for event in missing])}.",
                suggestion=f"packet claim {claim.number} --add all",
                key=f"more: {claim.claim.root}: {len(missing)}",
                of=claim.claim.root,
            )
    facts = {root for event in complaint.chronology for root in event.roots}
    for exhibit in offered(complaint.case, facts):
        source = complaint.case.by_root[exhibit.of]
        yield Finding(
            level="warn",
            where="exhibits",
            message=f"Number {source.no} belongs to a fact and is no exhibit.",
            suggestion=f"packet exhibit add {source.no}",
            key=not_shown(source.root),
            of=source.root,
        )


def not_shown(root: str) -> str:
    """The key of the remark that a file is no exhibit."""
    return f"no exhibit: {root}"


def _effect(complaint: Complaint) -> Iterator[Finding]:
    if not complaint.packet.effect.strip():
        known = "; ".join(bearing(complaint.case, complaint.packet.dated))
        questions = " ".join(complaint.kit.effect_questions)
        yield Finding(
            level="warn",
            where="effect",
            message="It does not say what it did to your child.",
            suggestion=f"{questions} The journal has: {known}." if known else questions,
            key="effect",
        )


def _names(complaint: Complaint) -> Iterator[Finding]:
    settled = {alias.name for alias in complaint.packet.names}
    noted = (event.text for event in complaint.chronology if not isinstance(event.record, Letter))
    texts = (*noted, own_words(complaint))
    for name in strange_names(texts, complaint.case, complaint.kit, complaint.words):
        if name not in settled:
            yield Finding(
                level="warn",
                where="names",
                message=f"“{name}” is nobody in the case. Others will read it.",
                suggestion=f"packet name “{name}” “Student B”, or let it stand",
                key=f"name: {name}",
                of=name,
            )


def _wordings(complaint: Complaint) -> Iterator[Finding]:
    for wording in complaint.kit.wordings:
        for found in wording.pattern.finditer(complaint.letter.text):
            message = f"“{found[0]}” {wording.reason}."
            yield Finding(level="warn", where="wording", message=message, key=f"wording: {found[0].lower()}")


def _stale(complaint: Complaint, today: date) -> Iterator[Finding]:
    packet = complaint.packet
    if packet.dated < today:
        yield Finding(
            level="warn",
            where="date",
            message=f"It is dated {full_date(packet.dated)} and counts up to that day.",
            suggestion="packet set --dated today",
            key=f"dated: {today}",
        )
    if packet.received_by < today:
        yield Finding(
            level="warn",
            where="date",
            message=f"It was expected to arrive by {full_date(packet.received_by)}, which has passed.",
            suggestion="packet set --received-by DAY",
        )


def _named(numbers: list[str]) -> str:
    more = len(numbers) - LISTED
    return ", ".join(numbers[:LISTED]) + (f" and {more} more" if more > 0 else "")


def claim_line(claim: ClaimShown) -> str:
    """“1  Speech therapy: not provided as the IEP is written · 14 facts, 2 older”."""
    return f"{claim.number:>3}  {claim.title} · {facts_in_words(claim)}"


def facts_in_words(claim: ClaimShown) -> str:
    """“14 facts, 2 older”."""
    count = len(claim.events)
    older = f", {len(claim.background)} older" if claim.background else ""
    return f"{many(count, 'fact')}{older}"
