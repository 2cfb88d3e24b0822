"""The parent's choices about a packet, as records to write: a new one, its claims, facts, names, dates.

A packet that was sent stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.contents import not_shown
from iepjournal.core.corrections import strike
from iepjournal.core.exhibits import offered
from iepjournal.core.packet import Complaint, is_open, newest_packet
from iepjournal.core.records import Alias, Claim, Entry, Exhibit, Letter, Mark, Packet, Promise, Record, Session
from iepjournal.core.sentences import in_a_sentence
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NoSuchRecord, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.contents import Contents
    from iepjournal.core.findings import Finding
    from iepjournal.core.kit import Kit
    from iepjournal.core.packet import ClaimShown
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.core.words import Words

ALL = "all"


def new_packet(
    case: Case, kit: Kit, words: Words, book: RuleBook, *, today: date, received_by: date, new_uid: Callable[[], str]
) -> tuple[Record, ...]:
    """A packet of every claim the journal shows, with its facts, and of the files that show them."""
    found = shown(case, kit, words, book, today=today, received_by=received_by)
    named = [one.replace(uid=new_uid()) if isinstance(one, Claim) else one for one in found]
    return (*named, begun(named, today=today, received_by=received_by))


def shown(
    case: Case, kit: Kit, words: Words, book: RuleBook, *, today: date, received_by: date
) -> tuple[Claim | Exhibit, ...]:
    """The claims the journal shows and the files behind them, for a packet that is to be begun."""
    before = newest_packet(case)
    if before and is_open(case):
        raise NotAllowed(f"Packet {before.no} is not sent yet.", "Go on with it: iepjournal packet check")
    packet = Packet(dated=today, received_by=received_by)
    complaint = Complaint(packet=packet, case=case, kit=kit, words=words, book=book)
    claims = complaint.evidence.shown()
    facts = {root for claim in claims for event in complaint.teller.events(claim.facts) for root in event.roots}
    letters = {event.record.root for event in complaint.chronology}
    return (*claims, *offered(case, facts | letters))


def begun(records: Iterable[Record], *, today: date, received_by: date) -> Packet:
    """The packet of the claims among these records."""
    claims = tuple(record.uid for record in records if isinstance(record, Claim))
    return Packet(dated=today, received_by=received_by, claims=claims)


def changed(case: Case, **changes: object) -> Packet:
    """The open packet with other choices."""
    return packet_of(case).revised(**changes)


def packet_of(case: Case) -> Packet:
    """The packet that may still be changed."""
    packet = newest_packet(case)
    if packet is None:
        raise NotAllowed("There is no packet yet.", "Make one: iepjournal packet new")
    if not is_open(case):
        raise NotAllowed(f"Packet {packet.no} was sent and stays as it is.", "Send what is new in a letter.")
    return packet


def with_name(packet: Packet, name: str, becomes: str) -> Packet:
    """The packet with a name replaced, or left standing where nothing is put in its place."""
    others = tuple(alias for alias in packet.names if alias.name != name)
    return packet.revised(names=(*others, Alias(name=name, becomes=becomes)))


def claim_numbered(complaint: Complaint, number: str) -> ClaimShown:
    """The claim with this number on the page."""
    found = next((claim for claim in complaint.claims if str(claim.number) == number), None)
    if found is None:
        raise NoSuchRecord("claim", number, "See them with: iepjournal packet claim")
    return found


def claim_of(complaint: Complaint, root: str) -> ClaimShown:
    """The claim of this root uid; NotAllowed where it was taken out meanwhile."""
    found = next((claim for claim in complaint.claims if claim.claim.root == root), None)
    if found is None:
        raise NotAllowed("This claim is not in the packet any more.", "Nothing was changed.")
    return found


def added_claim(complaint: Complaint, kind: str, about: str, uid: str) -> tuple[Claim, Packet]:
    """One more claim, at the end, with the facts the journal has for it."""
    packet = packet_of(complaint.case)
    known = complaint.kit.kinds
    if kind not in known:
        raise CannotUnderstand("a kind of claim", kind, f"There are: {', '.join(known)}.")
    claim = complaint.evidence.new(known[kind], about)
    if any(one.claim.kind == kind and one.claim.about == claim.about for one in complaint.claims) and kind != "other":
        raise NotAllowed("The packet has this claim already.")
    return claim.replace(uid=uid), packet.revised(claims=(*packet.claims, uid))


def dropped_claim(complaint: Complaint, claim: ClaimShown, why: str) -> tuple[Record, ...]:
    """The claim taken out, with its reason."""
    packet = packet_of(complaint.case)
    kept = tuple(root for root in packet.claims if root != claim.claim.root)
    return strike(complaint.case, claim.claim, why), packet.revised(claims=kept)


def first_claim(complaint: Complaint, claim: ClaimShown) -> Packet:
    """The claims in another order: this one first."""
    packet = packet_of(complaint.case)
    others = (root for root in packet.claims if root != claim.claim.root)
    return packet.revised(claims=(claim.claim.root, *others))


def changed_claim(
    complaint: Complaint,
    shown: ClaimShown,
    *,
    add: Sequence[str] = (),
    drop: Sequence[str] = (),
    title: str | None = None,
    text: str | None = None,
    asks: Sequence[str] = (),
    no_asks: Sequence[str] = (),
) -> Claim | None:
    """The claim with other facts, words or proposals; none where nothing changes."""
    packet_of(complaint.case)
    claim = shown.claim
    more = complaint.evidence.new(complaint.kit.kinds[claim.kind], claim.about).facts if ALL in add else ()
    wanted = (*more, *(fact_of(complaint, number) for number in add if number != ALL))
    gone = {fact_of(complaint, number) for number in drop}
    facts = tuple(root for root in dict.fromkeys((*claim.facts, *wanted)) if root not in gone)
    proposals = proposed(complaint.kit, claim.asks, add=asks, drop=no_asks)
    new = claim.replace(
        facts=facts,
        asks=proposals,
        title=claim.title if title is None else title,
        text=claim.text if text is None else text,
    )
    return None if new == claim else claim.revised(facts=new.facts, asks=new.asks, title=new.title, text=new.text)


def proposed(kit: Kit, asks: Iterable[str], *, add: Iterable[str], drop: Collection[str] = ()) -> tuple[str, ...]:
    """Proposals with more, or fewer; a name of the kit stands once, with what was said of it last."""
    by_name = {kit.ask_name(ask) or ask: ask for ask in (*asks, *add)}
    return tuple(ask for name, ask in by_name.items() if name not in drop and ask not in drop)


def fact_of(complaint: Complaint, number: str) -> str:
    """The record of this number as a fact, by root uid; refuses what is private or no fact."""
    record = complaint.case.numbered(number)
    if not isinstance(record, Entry | Session | Letter | Promise):
        raise NotAllowed(f"Number {number} is no fact.", "A fact is an entry, a session, a promise or a sent letter.")
    if complaint.teller.teller_of(record.root) is None:
        raise NotAllowed(f"{in_a_sentence(record.KIND).capitalize()} {number} is private, struck or not sent yet.")
    return record.root


def exhibit_called(case: Case, handle: str) -> Exhibit:
    """The exhibit of this name."""
    name = handle.lower().removeprefix("ex:")
    found = next((exhibit for exhibit in case.all(Exhibit) if exhibit.handle == name), None)
    if found is None:
        raise NoSuchRecord("exhibit", handle, "See them with: iepjournal packet exhibit")
    return found


def allowing(case: Case, finding: Finding) -> Packet:
    """The packet with a remark that the parent lets stand."""
    packet = packet_of(case)
    return packet.revised(allowed=tuple(dict.fromkeys((*packet.allowed, finding.key))))


def placed(complaint: Complaint, exhibit: Exhibit, place: int) -> Packet:
    """The exhibits as they stand now, this one put at a place from 1; from then on the order is the parent's."""
    roots = [one.exhibit.root for one in complaint.exhibits]
    if exhibit.root not in roots:
        raise NotAllowed(f"The file of {exhibit.handle} is not there any more, so it has no place.")
    if not 1 <= place <= len(roots):
        raise CannotUnderstand("a place among the exhibits", str(place), f"There are 1 to {len(roots)}.")
    roots.remove(exhibit.root)
    roots.insert(place - 1, exhibit.root)
    return packet_of(complaint.case).revised(order=tuple(roots))


def by_mention(case: Case) -> Packet:
    """The exhibits in the order in which the packet first mentions them again."""
    packet = packet_of(case)
    if not packet.order:
        raise NotAllowed("The exhibits stand in the order of first mention already. Nothing was changed.")
    return packet.revised(order=())


def left_out(case: Case, exhibit: Exhibit, why: str) -> tuple[Record, ...]:
    """The exhibit taken out, with its reason; its file stays in the case and is not offered again."""
    packet = packet_of(case)
    order = tuple(root for root in packet.order if root != exhibit.root)
    allowed = tuple(dict.fromkeys((*packet.allowed, not_shown(exhibit.of))))
    return strike(case, exhibit, why), packet.revised(order=order, allowed=allowed)


def overridden(packet: Packet, contents: Contents, why: str, today: date) -> Mark:
    """The record that a final was made although something is missing: what, and why."""
    reason = clean_text(why, multiline=False).text
    if not reason:
        raise NotAllowed("An override needs its reason. Nothing was made.")
    stops = tuple(finding.message for finding in contents.findings if finding.level == "stop")
    return Mark(of=packet.root, what="overridden", on=today, why=reason, findings=stops)


def numbers(typed: str) -> list[str]:
    """“41, 42” as two numbers."""
    return [number.strip() for number in typed.split(",") if number.strip()]


def facts_of(complaint: Complaint, typed: Iterable[str]) -> tuple[str, ...]:
    """The facts of these numbers, by root uid."""
    return tuple(fact_of(complaint, number) for number in typed)
