"""The state complaint as a case shows it now: its claims with their facts, its text, its exhibits.

The packet record holds only the parent's choices; everything here is worked out from the case each time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from iepjournal.core.case import Case
from iepjournal.core.chronology import Event, Teller
from iepjournal.core.claims import Claims, Shortfall, letters_sent, within
from iepjournal.core.deadlines import deadlines
from iepjournal.core.exhibits import Labelled, labelled, shows
from iepjournal.core.facts import Offer, fill
from iepjournal.core.letters import addressees, new_letter, page_of, record_line
from iepjournal.core.lookback import window
from iepjournal.core.names import renamed
from iepjournal.core.records import Claim, Exhibit, Letter, Packet, Record, Session
from iepjournal.core.references import EXHIBIT, references, resolved
from iepjournal.core.services import services
from iepjournal.core.templates import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from iepjournal.core.fact import Fact
    from iepjournal.core.kit import Kit
    from iepjournal.core.letters import LetterPage
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.core.words import Words

LOOK_BACK = "complaint-lookback"
"""The rule that says how far back a complaint reaches."""


@dataclass(frozen=True, kw_only=True)
class ClaimShown:
    """One claim as it stands in the complaint."""

    number: int
    claim: Claim
    title: str
    statement: str
    rules: tuple[str, ...]
    events: tuple[Event, ...]
    """Those the complaint reaches."""
    background: tuple[Event, ...]
    """Older."""
    values: Mapping[str, str]
    """What stands in the blanks of its words and of its proposals."""


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """One packet, read against its case."""

    packet: Packet
    case: Case
    kit: Kit
    words: Words
    book: RuleBook

    @cached_property
    def window(self) -> tuple[date, date]:
        """The first and the last day a complaint received on the expected day reaches."""
        return window(self.book.rules[LOOK_BACK], self.packet.received_by)

    @cached_property
    def evidence(self) -> Claims:
        """What the journal shows of the year, for claims."""
        public = without_private_sessions(self.case)
        totals = services(public, as_of=self.packet.dated)
        return Claims(
            case=self.case,
            kit=self.kit,
            words=self.words,
            book=self.book,
            totals=within(totals, self.window[0]),
            deadlines=deadlines(self.case, self.book, self.packet.dated),
            today=self.packet.dated,
        )

    @cached_property
    def teller(self) -> Teller:
        """Makes lines of records."""
        return Teller(case=self.case, words=self.words, kit=self.kit, amounts=self.evidence.amounts)

    @cached_property
    def claims(self) -> tuple[ClaimShown, ...]:
        """In the parent's order."""
        standing = {claim.root: claim for claim in self.case.all(Claim)}
        chosen = [standing[root] for root in self.packet.claims if root in standing]
        return tuple(self._shown(number, claim) for number, claim in enumerate(chosen, 1))

    def _shown(self, number: int, claim: Claim) -> ClaimShown:
        kind = self.kit.kinds[claim.kind]
        values = self.evidence.values(claim)
        events = self.teller.events(claim.facts)
        return ClaimShown(
            number=number,
            claim=claim,
            title=claim.title or self.title_of(claim),
            statement=claim.text or _filled_from(kind.statement, values),
            rules=self.evidence.rules_of(claim),
            events=tuple(event for event in events if event.on >= self.window[0]),
            background=tuple(event for event in events if event.on < self.window[0]),
            values=values,
        )

    def title_of(self, claim: Claim) -> str:
        """What its kind calls a claim."""
        return _filled_from(self.kit.kinds[claim.kind].title, self.evidence.values(claim))

    def proposal(self, ask: str, claim: ClaimShown) -> str:
        """A proposal in the words it has for one claim."""
        text = _filled_from(self.kit.proposal(ask), claim.values)
        return fill(text, self.kit.complaint, self.words, self.facts)

    @cached_property
    def background(self) -> tuple[Event, ...]:
        """What is older than it reaches, each once."""
        return self._once(event for claim in self.claims for event in claim.background)

    @cached_property
    def chronology(self) -> tuple[Event, ...]:
        """Every fact of the packet and every letter that was sent, the earliest first."""
        roots = [root for claim in self.claims for event in (*claim.events, *claim.background) for root in event.roots]
        return self.teller.events((*roots, *letters_sent(self.case)))

    def _once(self, events: Iterable[Event]) -> tuple[Event, ...]:
        by_root = {event.record.root: event for event in events}
        return tuple(sorted(by_root.values(), key=lambda event: (event.on, event.record.no or 0)))

    @cached_property
    def shown_by(self) -> Mapping[str, tuple[Exhibit, ...]]:
        """Number of an event -> the exhibits that show it."""
        exhibits = [one.exhibit for one in labelled(self.case.all(Exhibit), self.case)]
        facts = {exhibit.handle: shows(exhibit, self.case) for exhibit in exhibits}
        return {
            event.number: tuple(exhibit for exhibit in exhibits if event.roots & facts[exhibit.handle])
            for event in self.chronology
        }

    @cached_property
    def exhibits(self) -> tuple[Labelled, ...]:
        """Labelled in the parent's order; else as first mentioned in the complaint, the chronology, or as added."""
        handles = {exhibit.handle: exhibit for exhibit in self.case.all(Exhibit)}
        by_name = {name: event for event in self.chronology for name in event.names}
        in_order: dict[str, Exhibit] = {}
        for name in references(self.letter.text):
            if name.startswith(EXHIBIT):
                found = handles.get(name.removeprefix(EXHIBIT))
                mentioned: tuple[Exhibit, ...] = (found,) if found else ()
            else:
                mentioned = self.shown_by[by_name[name].number] if name in by_name else ()
            in_order.update({exhibit.root: exhibit for exhibit in mentioned})
        for event in self.chronology:
            in_order.update({exhibit.root: exhibit for exhibit in self.shown_by[event.number]})
        in_order.update({exhibit.root: exhibit for exhibit in handles.values() if exhibit.root not in in_order})
        by_hand = {root: in_order.pop(root) for root in self.packet.order if root in in_order}
        named = labelled((*by_hand.values(), *in_order.values()), self.case)
        return tuple(replace(one, title=renamed(one.title, self.packet.names)) for one in named)

    @cached_property
    def letter(self) -> Letter:
        """The complaint itself, its references not put into words yet; not stored before it is sent."""
        template = self.kit.complaint
        values = {
            "problem": self._problem(),
            "effect": self._effect(),
            "background": self._background(),
            "resolution": self._resolution(),
            "window.first": self.words.full_date(self.window[0]),
            "window.last": self.words.full_date(self.window[1]),
        }
        body = _filled_from(template.body(), values)
        written = new_letter(replace(template, bodies={"": body}), self.offer)
        facts = [root for claim in self.claims for event in claim.events for root in sorted(event.roots)]
        return written.replace(
            template=self.kit.complaint.name,
            text=renamed(written.text, self.packet.names),
            facts=tuple(dict.fromkeys(facts)),
            answers=self.packet.root,
            dated=self.packet.dated,
        )

    @cached_property
    def offer(self) -> Offer:
        """What the case offers to its blanks."""
        to = addressees(self.kit.complaint.to, self.kit.complaint, self.case)
        return Offer(case=self.case, words=self.words, today=self.packet.dated, to=to)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The same by name, as the parts of the complaint ask for them."""
        return self.offer.facts()

    def page(self, words_of: Callable[[str], str]) -> LetterPage:
        """All that stands on the complaint's paper; `words_of` says what each reference reads."""
        page = page_of(self.letter, self.case, self.words)
        text = resolved(page.text, words_of)
        return replace(page, text=text, record_line=self.record_line)

    @cached_property
    def newest(self) -> Record:
        """The last of the parent's choices, which dates the packet."""
        chosen = {self.packet.uid, *(claim.claim.uid for claim in self.claims)}
        chosen |= {one.exhibit.uid for one in self.exhibits}
        return next(record for record in reversed(self.case.records) if record.uid in chosen)

    @cached_property
    def record_line(self) -> str:
        """The journal as it was before the packet's last change."""
        return record_line(self.newest, self.case, self.words)

    def label_of(self, name: str) -> str:
        """What a reference reads without a page: Ex. C, or Entry 41; empty for what the packet does not have."""
        event = next((event for event in self.chronology if name in event.names), None)
        shown = self.shown_by[event.number] if event else ()
        handle = name.removeprefix(EXHIBIT) if name.startswith(EXHIBIT) else shown[0].handle if shown else ""
        found = next((one for one in self.exhibits if one.exhibit.handle == handle), None)
        return f"Ex. {found.label}" if found else event.number if event else ""

    def broken_references(self) -> tuple[str, ...]:
        """What the text refers to and the packet does not have."""
        return tuple(name for name in references(self.letter.text) if not self.label_of(name))

    def see(self, event: Event) -> str:
        """References to the exhibits that show an event; empty where none does."""
        return self.words.listed([f"[[{EXHIBIT}{exhibit.handle}]]" for exhibit in self.shown_by[event.number]])

    def plain(self, event: Event) -> str:
        """What happened, as words for a table of another program."""
        return renamed(event.text.replace("\\", ""), self.packet.names)

    def shortfalls(self) -> tuple[Shortfall, ...]:
        """The services of which something was due in the year."""
        return tuple(Shortfall(count=count) for count in self.evidence.totals.counts if count.rows)

    def _problem(self) -> str:
        if not self.claims:
            return ""
        has_facts = any(claim.events for claim in self.claims)
        year = self.kit.pages["complaint"]["year"] if has_facts else ""
        claims = "\n\n".join(map(self._claim, self.claims))
        letters = self._list(self.teller.events(letters_sent(self.case)))
        wrote = self.kit.form("complaint", "wrote", facts=letters) if letters else ""
        return self.kit.form("complaint", "problem", year=self._dated(year), claims=claims, wrote=wrote)

    def _claim(self, claim: ClaimShown) -> str:
        rests_on = self.kit.form("complaint", "rests_on", rules=self.words.listed(claim.rules)) if claim.rules else ""
        return self.kit.form(
            "complaint",
            "claim",
            number=claim.number,
            title=claim.title,
            statement=claim.statement,
            rests_on=rests_on,
            facts=self._list(claim.events),
        )

    def _list(self, events: Iterable[Event]) -> str:
        lines = []
        for event in events:
            see = self.see(event)
            lines.append(f"- {event.sentence}" + (f" {self.kit.form('complaint', 'see', exhibits=see)}" if see else ""))
        return "\n".join(lines)

    def _effect(self) -> str:
        words = self.packet.effect.strip()
        return self.kit.form("complaint", "effect", words=words) if words else ""

    def _background(self) -> str:
        facts = self._list(self.background)
        return self.kit.form("complaint", "background", facts=facts) if facts else ""

    def _resolution(self) -> str:
        """What is proposed, each once, with the claims it is for."""
        lines = [
            f"{number}. {self.kit.form('complaint', 'ask', text=text, claims=claims)}"
            for number, (text, claims) in enumerate(self.proposals, 1)
        ]
        return self.kit.form("complaint", "resolution", asks="\n".join(lines)) if lines else ""

    @cached_property
    def proposals(self) -> tuple[tuple[str, str], ...]:
        """Each proposal once, and the claims it is for: “Claim 1 and Claim 2”."""
        claims_of: dict[str, list[ClaimShown]] = {}
        for claim in self.claims:
            for ask in claim.claim.asks:
                claims_of.setdefault(ask, []).append(claim)
        return tuple(
            (
                _filled_from(self.kit.proposal(ask), self._together(claims)),
                self.words.listed([self.kit.form("complaint", "claim_number", number=one.number) for one in claims]),
            )
            for ask, claims in claims_of.items()
        )

    def _together(self, claims: Iterable[ClaimShown]) -> Mapping[str, str]:
        """The values of several claims as one: “speech therapy and occupational therapy”."""
        values: dict[str, list[str]] = {}
        for claim in claims:
            for name, value in claim.values.items():
                values.setdefault(name, []).append(value)
        return {name: self.words.listed(list(dict.fromkeys(several))) for name, several in values.items()}

    def _dated(self, text: str) -> str:
        first, last = map(self.words.full_date, self.window)
        return _filled_from(text, {"window.first": first, "window.last": last})


def without_private_sessions(case: Case) -> Case:
    """The case without the sessions that were drawn from private entries; they stay out of every figure."""
    private = {entry.root for entry in case.entries if entry.private}
    kept = [record for record in case.records if not (isinstance(record, Session) and record.entry in private)]
    return Case(case.slug, kept, case.district)


def newest_packet(case: Case) -> Packet | None:
    """The newest packet; none before the first."""
    packets = case.all(Packet)
    return packets[-1] if packets else None


def complaint_letter(packet: Packet, case: Case) -> Letter | None:
    """The letter that was kept when the packet was first sent."""
    return next((letter for letter in case.letters if letter.answers == packet.root), None)


def sent_complaint(case: Case) -> Letter | None:
    """The same of the newest packet; none before it was sent."""
    packet = newest_packet(case)
    return complaint_letter(packet, case) if packet else None


def is_open(case: Case) -> bool:
    """Whether there is a packet that may still be changed."""
    return newest_packet(case) is not None and sent_complaint(case) is None


def written_before(complaint: Complaint) -> tuple[Record, ...]:
    """What stood in the journal before the packet's last change: its paper counts that, whatever is logged later."""
    return complaint.case.records[: complaint.case.records.index(complaint.newest)]


def _filled_from(text: str, values: Mapping[str, str]) -> str:
    """The text with the values there are; other blanks stay."""
    return filled(text, lambda name: values.get(name, f"{{{{{name}}}}}"))
