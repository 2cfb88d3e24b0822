"""Holes: for each thing a packet lacks, the question or the page that fills it. No remark leads nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iepjournal.core import choices, drafts
from iepjournal.core.contents import own_words
from iepjournal.core.dates import coming_day, full_date
from iepjournal.core.effect import bearing
from iepjournal.core.exhibits import new_exhibit
from iepjournal.core.findings import Finding
from iepjournal.core.profile import next_profile
from iepjournal.core.records import Attachment, Entry, Letter
from iepjournal.screens import claim, family
from iepjournal.screens.dialogs import Ask, Choose, Tell, Told
from iepjournal.screens.exhibits import Exhibits
from iepjournal.screens.write import ask_kept

if TYPE_CHECKING:
    from collections.abc import Collection

    from iepjournal.core.packet import ClaimShown
    from iepjournal.core.templates import Part
    from iepjournal.screens.section import Section

FIELDS = {"child": "child.name", "school": "school.name", "copy": "school.district", "signature": "parent.name"}
"""A part -> the field of the family or the school that says it."""
CONTACTS = {"parent.phone": "a telephone number", "parent.email": "an e-mail address", "parent.address": "an address"}
STUDENTS = [(f"Student {letter}", f"call them Student {letter}") for letter in "BCDE"]
STAND, WORDS, OWN_NAME, SERVICE_LOGS = "stand", "words", "own", "logs"
LET_STAND = (STAND, "let it stand")


async def fill(page: Section, hole: Finding) -> None:
    """Ask for what is missing, or go to where it is said; the parent comes back to the packet."""
    where = hole.where
    if where.startswith("claim "):
        await _claim(page, hole)
    elif where in ("problem", "facts", "year", "claims", "resolution"):
        await _claims(page, where)
    elif where in ("exhibits", "documents"):
        await _exhibits(page, hole)
    elif where == "effect":
        await ask_effect(page, hole)
    elif where == "names":
        await ask_name(page, hole.of)
    elif where == "date":
        await ask_dates(page)
    elif where in FIELDS:
        await family.ask_field(page, FIELDS[where])
    elif where == "residence":
        await _residence(page)
    elif where == "contact":
        await _contact(page)
    elif where == "blank":
        await _blank(page, hole.of)
    else:
        await _wording(page, hole)


def lacks(part: Part) -> Finding:
    """A part that is missing though the parent let that stand."""
    return Finding(level=part.level, where=part.id, message=f"Missing: {part.title}.", citation=part.cite)


async def ask_effect(page: Section, hole: Finding | None = None) -> None:
    """What it did to the child, with the questions and what the journal knows of progress above the box."""
    complaint = page.view.complaint
    if hole and hole.key and complaint.packet.effect == "":
        options = [(WORDS, "say what it did to your child"), LET_STAND]
        way = await page.app.push_screen_wait(Choose(hole.message, options))
        if way != WORDS:
            if way == STAND:
                _let_stand(page, hole)
            return
    lines = [*complaint.kit.effect_questions, *bearing(page.view.case, page.view.today)]
    effect = await ask_kept(page, drafts.EFFECT, "\n".join(lines), complaint.packet.effect)
    if effect is not None and effect != complaint.packet.effect:
        page.record(lambda case: [choices.changed(case, effect=effect)], "Saved.", drafts.EFFECT)


async def _claims(page: Section, where: str) -> None:
    """The part stands in the claims: one is added, or the one that lacks it is opened."""
    claims = page.view.complaint.claims
    if not claims:
        await claim.ask_new(page)
    elif where == "resolution":
        if found := await claim.ask_which(page, "Which claim is it to mend?"):
            await claim.ask_proposal(page, found)
    else:
        empty = next((one for one in claims if not one.events), claims[0])
        page.open(claim.OneClaim(page.view, empty.claim.root))


async def _claim(page: Section, hole: Finding) -> None:
    """What is said of one claim: mended, opened, or left."""
    found = choices.claim_of(page.view.complaint, hole.of)
    kind = hole.key.partition(":")[0]
    first = {
        "more": ("all", "take all of it in"),
        "asks": ("ask", "say what would mend it"),
        "child": (SERVICE_LOGS, "ask the school for its service logs"),
    }
    ways = [
        *([first[kind]] if kind in first else []),
        ("open", "open the claim"),
        *([LET_STAND] if hole.key else []),
    ]
    message = " ".join(filter(None, (hole.message, hole.suggestion if kind == "child" else "")))
    way = await page.app.push_screen_wait(Choose(message, ways)) if len(ways) > 1 else "open"
    if way == "all":
        claim.change(page, found, "All that the journal has is in.", add=[choices.ALL])
    elif way == "ask":
        await claim.ask_proposal(page, found)
    elif way == "open":
        page.open(claim.OneClaim(page.view, found.claim.root))
    elif way == SERVICE_LOGS:
        page.app.call_later(page.app.run_action, "app.go('letters')")
    elif way == STAND:
        _let_stand(page, hole)


async def _exhibits(page: Section, hole: Finding) -> None:
    """A file that is no exhibit is put in, one that cannot go in is left out; else the page of all of them."""
    source = page.view.case.by_root.get(hole.of)
    if hole.key and isinstance(source, Attachment | Letter):
        ways = [("in", "put it in"), ("all", "see all exhibits"), (STAND, "leave it out")]
        way = await page.app.push_screen_wait(Choose(hole.message, ways))
        if way == "in":
            page.record(lambda case: [new_exhibit(case, source)], "It is an exhibit.")
        elif way == STAND:
            _let_stand(page, hole)
        if way != "all":
            return
    page.open(Exhibits(page.view))


async def ask_name(page: Section, name: str, also_taken: Collection[str] = ()) -> str:
    """Another name, or leave to stand; a name of the parent's own choice too. Gives what it becomes."""
    taken = {*also_taken, *(alias.becomes for alias in page.view.complaint.packet.names)}
    free = [option for option in STUDENTS if option[0] not in taken][:2]
    options = [*free, (OWN_NAME, "call them something else"), ("", "let the name stand")]
    becomes = await page.app.push_screen_wait(Choose(f"“{name}” is nobody in the case. Others will read it.", options))
    if becomes == OWN_NAME:
        becomes = await page.app.push_screen_wait(Tell(f"What stands in place of “{name}”?", needed=True))
    if becomes is not None:
        said = f"“{name}” becomes {becomes}." if becomes else f"“{name}” stands."
        page.record(lambda case: [choices.with_name(choices.packet_of(case), name, becomes)], said)
    return becomes or ""


async def ask_dates(page: Section) -> None:
    """Its own date, and the day by which the state will have it."""
    today, packet = page.view.today, page.view.complaint.packet
    changes: dict[str, object] = {}
    if packet.dated < today:
        question = f"Date it {full_date(today)}? The services are counted up to that day then."
        if await page.app.push_screen_wait(Ask(question, {"y": "yes, today", "n": "leave it"})) == "y":
            changes["dated"] = today
    typed = await page.app.push_screen_wait(
        Tell(
            "By which day will the state have it? Its reach is counted back from there.",
            value="" if packet.received_by < today else full_date(packet.received_by),
            hint="Like 12/4 or in 5 days",
            reads=lambda day: coming_day(day, today),
        )
    )
    if typed and (day := coming_day(typed, today)) != packet.received_by:
        changes["received_by"] = day
    if changes:
        page.record(lambda case: [choices.changed(case, **changes)], "Saved.")


async def _residence(page: Section) -> None:
    """An address; for a homeless child the contact that stands in its place."""
    mine = page.view.case.profile.parent.address
    ways = [("address", "at an address"), ("contact", "no fixed home: a contact instead")]
    if mine:
        ways = [("mine", f"with me: {', '.join(mine.splitlines())}"), ("address", "at another address"), ways[1]]
    way = await page.app.push_screen_wait(Choose("Where does your child live?", ways))
    if way == "mine":
        page.record(
            lambda case: [next_profile(case, {"child.address": mine}, page.view.today)],
            f"Address: {mine.splitlines()[0]}.",
        )
    elif way == "address":
        await family.ask_field(page, "child.address")
    elif way == "contact":
        contact = await page.app.push_screen_wait(
            Tell("How can somebody reach your child’s family?", needed=True, hint="A telephone number and whom to ask")
        )
        if contact:
            typed = {"child.homeless": "yes", "child.contact": contact}
            page.record(lambda case: [next_profile(case, typed, page.view.today)], "The contact stands in the packet.")


async def _contact(page: Section) -> None:
    """One of the ways to reach the parent."""
    field = await page.app.push_screen_wait(Choose("How can the state reach you?", list(CONTACTS.items())))
    if field:
        await family.ask_field(page, field)


async def _blank(page: Section, label: str) -> None:
    """What only the parent knows: a field of the family, something in a proposal, the words of a claim."""
    complaint = page.view.complaint
    fields = {words: name for name, words in complaint.words.tables["labels"].items()}
    name = fields.get(label, "")
    if name == "child.where":
        await _residence(page)
    elif name == "parent.contact":
        await _contact(page)
    elif name == "iep.date":
        from iepjournal.screens.iep import IepPage

        page.open(IepPage(page.view))
    elif name and name in _known_fields():
        await family.ask_field(page, name)
    else:
        for one in complaint.claims:
            for ask in one.claim.asks:
                if label in complaint.proposal(ask, one):
                    await claim.ask_own(page, one, ask)
                    return
            if label in one.title or label in one.statement:
                await claim.ask_words(page, one)
                return
        await page.app.push_screen_wait(Told(f"“{label}” stands in the text in brackets. Look in the claims."))


async def _wording(page: Section, hole: Finding) -> None:
    """Words that are better changed where they stand: the effect, a claim, an entry."""
    said = re.findall("“(.+?)”", hole.message)
    words = hole.of or (said[0] if said else "")
    places = _places(page, words) if words else {}
    ways = [*places.items(), *([LET_STAND] if hole.key else [])]
    way = await page.app.push_screen_wait(Choose(f"{hole.message} {hole.suggestion}".strip(), ways)) if ways else None
    if way == STAND:
        _let_stand(page, hole)
    elif way == drafts.EFFECT:
        await ask_effect(page)
    elif way and way.startswith("entry "):
        page.app.call_later(page.app.run_action, f"app.correct({way.removeprefix('entry ')})")
    elif way:
        await claim.ask_words(page, _of_number(page, way))
    elif not ways:
        await page.app.push_screen_wait(Told(hole.message))


def _places(page: Section, words: str) -> dict[str, str]:
    """Where words stand that the parent can change, and how that is offered."""
    complaint = page.view.complaint

    def says(text: str) -> bool:
        return words.lower() in text.replace("\\", "").lower()

    places: dict[str, str] = {}
    if says(complaint.packet.effect):
        places[drafts.EFFECT] = "change what it says of the effect"
    for one in complaint.claims:
        if says(one.claim.title) or says(one.claim.text):
            places[str(one.number)] = f"change the words of claim {one.number}"
    for event in complaint.chronology:
        if isinstance(event.record, Entry) and says(event.text):
            places[f"entry {event.record.no}"] = f"correct {event.number}; both texts are kept"
    if not places and own_words(complaint):
        places[drafts.EFFECT] = "look at what it says of the effect"
    return places


def _of_number(page: Section, number: str) -> ClaimShown:
    return choices.claim_numbered(page.view.complaint, number)


def _known_fields() -> tuple[str, ...]:
    return tuple(family.LABELS)


def _let_stand(page: Section, hole: Finding) -> None:
    page.record(lambda case: [choices.allowing(case, hole)], "It stands.")
