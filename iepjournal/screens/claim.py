"""One claim: its words, the facts under it, what shows each, and what is proposed to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iepjournal import bindery
from iepjournal.core import choices, drafts
from iepjournal.core.contents import rests_on_child
from iepjournal.core.packet import newest_packet
from iepjournal.core.text import clean_text
from iepjournal.screens import exhibits
from iepjournal.screens.dialogs import Choose, Tell
from iepjournal.screens.section import Section
from iepjournal.widgets.typeset import ACCENT, ALERT, QUIET, Row, fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iepjournal.core.case import Case
    from iepjournal.core.chronology import Event
    from iepjournal.core.packet import ClaimShown, Complaint
    from iepjournal.core.records import Record
    from iepjournal.screens.view import View
    from iepjournal.widgets.typeset import Sheet

OWN = "own"
"""Chosen for words that are nobody's but the parent's."""
LONGEST_TITLE = 80
WIDE, BESIDE_GIST = 100, 54
"""From how many columns on a fact is told, and what stands beside that."""


class OneClaim(Section):
    """What it says, what it asks for, and its facts to take out or put in."""

    def __init__(self, view: View, root: str) -> None:
        super().__init__(view)
        self.root_uid = root

    @property
    def claim(self) -> ClaimShown | None:
        """The claim as it stands; none once it was taken out."""
        if newest_packet(self.view.case) is None:
            return None
        return next((one for one in self.view.complaint.claims if one.claim.root == self.root_uid), None)

    @property
    def title_right(self) -> str:
        """Which one."""
        return f"Claim {self.claim.number}" if self.claim else "Claim"

    def draw_rows(self, sheet: Sheet) -> None:
        """Its statement, what it proposes, its facts with what shows them, and what the journal has besides."""
        claim = self.claim
        if claim is None:
            sheet.paragraph("This claim is not in the packet any more. q goes back.", role=QUIET)
            return
        complaint = self.view.complaint
        sheet.heading(claim.title)
        sheet.paragraph(claim.statement)
        if claim.rules:
            sheet.paragraph(", ".join(claim.rules), role=QUIET)
        sheet.heading("To mend it")
        sheet.rows(Row(complaint.kit.ask_title(ask), pick=("ask", ask)) for ask in claim.claim.asks)
        words = "Propose something more" if claim.claim.asks else "Say what would mend it"
        sheet.rows([Row(words, pick=("more", ""), title_role="" if claim.claim.asks else ACCENT)])
        sheet.heading("Facts")
        sheet.rows(_fact_row(complaint, event, "fact", sheet.width) for event in claim.events)
        if not claim.events:
            sheet.paragraph("None yet that the complaint reaches.", role=ALERT)
        if claim.background:
            sheet.heading("Background", "older than the complaint reaches")
            sheet.rows(_fact_row(complaint, event, "fact", sheet.width) for event in claim.background)
        others = _not_in(complaint, claim)
        if others:
            sheet.heading("Not in it", "pick one to put it in")
            sheet.rows(_fact_row(complaint, event, "in", sheet.width) for event in others)
        sheet.heading("The claim itself")
        sheet.rows(self._ways(claim))

    def _ways(self, claim: ClaimShown) -> Iterator[Row]:
        yield Row("Put in any other number of the journal", pick=("number", ""))
        yield Row("Say it in your own words", pick=("words", ""))
        if claim.number > 1:
            yield Row("Make it the first claim", pick=("first", ""))
        yield Row("Take it out of the packet", pick=("drop", ""))

    async def ask(self, pick: Any) -> None:
        """What to do with a row."""
        claim = self.claim
        if claim is None:
            return
        kind, value = pick
        if kind == "more":
            await ask_proposal(self, claim)
        elif kind == "ask":
            await self._ask_about_proposal(claim, value)
        elif kind == "fact":
            await self._ask_about_fact(claim, value)
        elif kind == "in":
            self._change(f"{value} is in.", add=[value])
        elif kind == "number":
            await self._ask_number()
        elif kind == "words":
            await ask_words(self, claim)
        elif kind == "first":
            self.record(lambda case: [choices.first_claim(*_now(self, case, claim))], "It is the first claim.")
        elif kind == "drop":
            await self._drop(claim)

    async def _ask_about_proposal(self, claim: ClaimShown, ask: str) -> None:
        kit = self.view.complaint.kit
        name = kit.ask_name(ask)
        changes = [] if name and not kit.ask_blank(name) else [("change", "change its words")]
        ways = [*changes, ("drop", "do not propose it"), ("stay", "leave it")]
        way = await self.app.push_screen_wait(Choose(self.view.complaint.proposal(ask, claim), ways))
        if way == "drop":
            self._change("It is not proposed any more.", no_asks=[ask])
        elif way == "change":
            await ask_own(self, claim, ask)

    async def _ask_about_fact(self, claim: ClaimShown, number: str) -> None:
        events = {str(one.record.no): one for one in (*claim.events, *claim.background)}
        event = events[number]
        question = f"{event.day}, {event.number}: {self.view.complaint.plain(event)}"
        ways = [("out", "take it out of the claim"), ("file", "keep a paper that shows it"), ("stay", "leave it")]
        way = await self.app.push_screen_wait(Choose(question, ways))
        if way == "out":
            self._change(f"{event.number} is out.", drop=[number])
        elif way == "file":
            await exhibits.ask_shown_by(self, event)

    async def _ask_number(self) -> None:
        typed = await self.app.push_screen_wait(
            Tell("Which numbers? Entries, sessions, promises, sent letters.", hint="Like 41, 42. Enter puts them in")
        )
        if typed:
            self._change(f"{typed}: in.", add=choices.numbers(typed))

    async def _drop(self, claim: ClaimShown) -> None:
        why = await self.app.push_screen_wait(Tell(f"Take claim {claim.number} out? Why?", needed=True))
        if why:
            self.record(lambda case: choices.dropped_claim(*_now(self, case, claim), why), "The claim is out.")

    def _change(self, said: str, **lists: Any) -> None:
        claim = self.claim
        if claim:
            change(self, claim, said, **lists)


def change(page: Section, claim: ClaimShown, said: str, draft: str = "", **changes: Any) -> None:
    """Write the claim with other facts, words or proposals."""

    def operation(case: Case) -> list[Record]:
        new = choices.changed_claim(*_now(page, case, claim), **changes)
        return [new] if new else []

    page.record(operation, said, draft)


async def ask_proposal(page: Section, claim: ClaimShown) -> None:
    """What more would mend it: of the kinds that fit, or in the parent's own words."""
    kit = page.view.complaint.kit
    kind = kit.kinds[claim.claim.kind]
    known = {kit.ask_name(ask) for ask in claim.claim.asks}
    fitting = [ask for ask in dict.fromkeys((*kind.asks, *kind.also)) if ask not in known]
    options = [*((ask, kit.ask_title(ask)) for ask in fitting), (OWN, "something else, in my words")]
    ask = await page.app.push_screen_wait(Choose(f"Claim {claim.number}: what would mend it?", options))
    if ask == OWN or (ask and kit.ask_blank(ask)):
        await ask_own(page, claim, "" if ask == OWN else ask)
    elif ask:
        change(page, claim, "It is proposed.", asks=[ask])


async def ask_own(page: Section, claim: ClaimShown, ask: str) -> None:
    """The parent's words of a proposal: the whole of it, or what only the parent can say in it."""
    kit = page.view.complaint.kit
    name = kit.ask_name(ask) if ask else ""
    said = ask.removeprefix(name).removeprefix(": ")
    question = f"{kit.ask_blank(name).capitalize()}?" if name else "What should be done, by whom, and by when?"
    typed = await page.app.push_screen_wait(Tell(question, value=said, needed=True))
    if typed:
        words = clean_text(typed, multiline=False).text
        gone = [ask] if ask and not name else []
        change(page, claim, "It is proposed.", asks=[f"{name}: {words}" if name else words], no_asks=gone)


async def ask_words(page: Section, claim: ClaimShown) -> None:
    """Its title and its statement in the parent's words; emptied, they are the program's again."""
    was = claim.claim
    title = await page.app.push_screen_wait(
        Tell(
            "What was not done, in a few words?",
            value=was.title or ("" if was.kind == "other" else claim.title),
            needed=was.kind == "other",
            hint="Enter goes on to the statement",
        )
    )
    if title is None:
        return
    question = "What did the district have to do, and what do your records show? With dates."
    from iepjournal.screens.write import ask_kept

    draft = drafts.of_claim(claim.number)
    text = await ask_kept(page, draft, question, claim.statement)
    if text is None:
        return
    own_title = "" if title == claim.title and not was.title else title[:LONGEST_TITLE]
    own_text = "" if text == claim.statement and not was.text else text
    change(page, claim, "Your words stand in the claim.", draft, title=own_title, text=own_text)


async def ask_new(page: Section) -> None:
    """One more claim: what the journal shows and the packet does not claim yet, or anything else."""
    complaint = page.view.complaint
    have = {(one.claim.kind, one.claim.about) for one in complaint.claims}
    options: list[tuple[tuple[str, str], str]] = [
        ((found.kind, found.about), complaint.title_of(found))
        for found in complaint.evidence.shown()
        if (found.kind, found.about) not in have
    ]
    options.append((("other", ""), "something else, in my words"))
    chosen = await page.app.push_screen_wait(Choose("What was not done?", options))
    if chosen is None:
        return
    kind, about = chosen
    said = "It is claimed. Pick it to say more." if kind != "other" else "Pick it to say what was not done."

    def operation(case: Case) -> tuple[Record, ...]:
        now = bindery.complaint_of(case, page.view.book)
        return choices.added_claim(now, kind, about, page.view.new_uid())

    page.record(operation, said)


async def ask_which(page: Section, question: str) -> ClaimShown | None:
    """One of the claims; the only one without asking."""
    claims = page.view.complaint.claims
    if len(claims) < 2:
        return claims[0] if claims else None
    number = await page.app.push_screen_wait(Choose(question, [(one.number, one.title) for one in claims]))
    return next((one for one in claims if one.number == number), None)


def _now(page: Section, case: Case, claim: ClaimShown) -> tuple[Complaint, ClaimShown]:
    """The packet and the claim in it as they are on disk now."""
    complaint = bindery.complaint_of(case, page.view.book)
    return complaint, choices.claim_of(complaint, claim.claim.root)


def _fact_row(complaint: Complaint, event: Event, way: str, width: int) -> Row:
    """Its day and number with what shows it, and what happened where there is room."""
    labels = {one.exhibit.root: f"Ex. {one.label}" for one in complaint.exhibits}
    shown = ", ".join(labels[exhibit.root] for exhibit in complaint.shown_by.get(event.number, ()))
    alone = event.number in complaint.shown_by and rests_on_child(complaint, event)
    note = shown or ("the child’s word alone" if alone else "no document")
    gist = f"  {fit(complaint.plain(event), width - BESIDE_GIST)}" if width >= WIDE else ""
    return Row(f"{event.day}: {event.number}{gist}", note, (way, str(event.record.no)))


def _not_in(complaint: Complaint, claim: ClaimShown) -> tuple[Event, ...]:
    kind = complaint.kit.kinds[claim.claim.kind]
    inside = {event.number for event in (*claim.events, *claim.background)}
    offered = complaint.teller.events(complaint.evidence.new(kind, claim.claim.about).facts)
    return tuple(event for event in offered if event.number not in inside)
