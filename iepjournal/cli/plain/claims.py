"""The claims of a packet: what each says, its facts in and out, what it proposes, and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.claims import REIMBURSEMENT, TRAINING
from iepjournal.cli.plain.desk import Question
from iepjournal.core import drafts
from iepjournal.core.contents import claim_line, rests_on_child

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.chronology import Event
    from iepjournal.core.packet import ClaimShown, Complaint

ADD = "add"
OWN = "own"
CLAIM = {
    "out": "take a fact out of it",
    "in": "put a fact into it",
    "title": "give it a title of your own: what was not done",
    "text": "say it in words of your own",
    "ask": "propose something more for it",
    "no-ask": "do not propose something",
    "first": "make it the first claim",
    "drop": "take the claim out of the packet",
}


def claims(desk: PlainDesk, complaint: Complaint) -> None:
    """Every claim; one of them opens, or one more is added."""
    known = {str(claim.number): claim_line(claim).strip() for claim in complaint.claims}
    chosen = desk.choose("The claims:", {**known, ADD: "add a claim"})
    if chosen == ADD:
        desk.then_back(lambda: _add(desk, complaint))
    else:
        claim = next(one for one in complaint.claims if str(one.number) == chosen)
        desk.then_back(lambda: _change(desk, complaint, claim))


def _add(desk: PlainDesk, complaint: Complaint) -> None:
    kind = desk.choose("Which claim?", {name: kind.title for name, kind in complaint.kit.kinds.items()})
    words = []
    if complaint.kit.kinds[kind].source == "service":
        words = desk.options(
            Question(option="about", words="About which service?", choices=desk.services(), needed=True)
        )
    desk.run("packet", "claim", *words, ADD, kind)


def _change(desk: PlainDesk, complaint: Complaint, claim: ClaimShown) -> None:
    """Read one claim, and carry out one change of it."""
    desk.out(claim.statement)
    for rule in claim.rules:
        desk.out(rule)
    for event in (*claim.events, *claim.background):
        desk.out(
            f"{_fact(complaint, event)}{', older than the complaint reaches' if event in claim.background else ''}"
        )
    questions: Mapping[str, Callable[[], list[str]]] = {
        "out": lambda: [f"--drop={_number_of(desk, complaint, (*claim.events, *claim.background))}"],
        "in": lambda: [f"--add={_number_of(desk, complaint, not_in(complaint, claim), others=True)}"],
        "title": lambda: [f"--title={desk.needed('What was not done?')}"],
        "ask": lambda: [_proposal(desk, complaint, claim)],
        "no-ask": lambda: [f"--no-ask={desk.choose('Which?', {ask: ask for ask in claim.claim.asks})}"],
        "first": lambda: ["--first"],
        "drop": lambda: [f"--why={desk.needed('Why? It is kept with it.')}", "drop"],
    }
    what = desk.choose(f"Claim {claim.number}:", CLAIM)
    if what == "text":
        draft = drafts.of_claim(claim.number)
        text = desk.text("What does it say?", draft)
        if desk.run("packet", "claim", "--text=-", str(claim.number), text=text):
            desk.store().discard_draft(draft)
    else:
        desk.run("packet", "claim", *questions[what](), str(claim.number))


def _fact(complaint: Complaint, event: Event) -> str:
    labels = {one.exhibit.root: f"Ex. {one.label}" for one in complaint.exhibits}
    shown = ", ".join(labels[exhibit.root] for exhibit in complaint.shown_by.get(event.number, ()))
    alone = event.number in complaint.shown_by and rests_on_child(complaint, event)
    return f"{event.number}, {event.day}: {shown or ('only the child’s word' if alone else 'no document')}"


def not_in(complaint: Complaint, claim: ClaimShown) -> tuple[Event, ...]:
    """What the journal has for a claim beside the facts that are in it."""
    kind = complaint.kit.kinds[claim.claim.kind]
    inside = {event.number for event in (*claim.events, *claim.background)}
    offered = complaint.teller.events(complaint.evidence.new(kind, claim.claim.about).facts)
    return tuple(event for event in offered if event.number not in inside)


def _number_of(desk: PlainDesk, complaint: Complaint, events: tuple[Event, ...], *, others: bool = False) -> str:
    choices = {str(event.record.no): _fact(complaint, event) for event in events}
    if others:
        more = {"all": "all that the journal has for it"} if events else {}
        choices = {**choices, **more, "other": "another entry, session, promise or sent letter"}
    chosen = desk.choose("Which fact?", choices)
    return desk.needed("Its number, or several with commas:") if chosen == "other" else chosen


def _proposal(desk: PlainDesk, complaint: Complaint, claim: ClaimShown) -> str:
    known = {name: words for name, words in complaint.kit.asks.items() if name not in claim.claim.asks}
    chosen = desk.choose("What?", {**known, OWN: "something in words of your own"})
    if chosen == REIMBURSEMENT:
        return f"--{REIMBURSEMENT}={desk.needed('What did you pay for, and how much?')}"
    if chosen == TRAINING:
        return f"--{TRAINING}"
    return f"--ask={desk.needed('What should be done?') if chosen == OWN else chosen}"
