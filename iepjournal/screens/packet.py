"""Packet: the state complaint's parts with what meets them, what is missing first, and its claims to open."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work

from iepjournal import library
from iepjournal.core import choices
from iepjournal.core.contents import check, facts_in_words, rests_on_child
from iepjournal.core.dates import full_date
from iepjournal.core.packet import Complaint, complaint_letter, open_packet
from iepjournal.core.text import clean_text
from iepjournal.screens.dialogs import Ask, Choose, Tell
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import ROW_NUMBERS
from iepjournal.screens.section import Section
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import ALERT, GOOD, QUIET, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import Binding

    from iepjournal.core.chronology import Event
    from iepjournal.core.findings import Finding
    from iepjournal.core.packet import ClaimShown
    from iepjournal.core.records import Record
    from iepjournal.screens.view import View
    from iepjournal.widgets.typeset import Sheet

EXPORT = "iepjournal packet export -o packet.zip"
PEOPLE = [(f"Student {letter}", f"call them Student {letter}") for letter in "ABC"]


def complaint_of(view: View) -> Complaint | None:
    """The newest packet against the case as it is; none before the first."""
    packet = open_packet(view.case)
    if packet is None:
        return None
    kit, words = library.packet_kit(), library.words("en")
    return Complaint(packet=packet, case=view.case, kit=kit, words=words, book=view.book)


class Packet(Section):
    """The check of the packet; a row asks for what it lacks."""

    NAME = "Packet"
    FOOTER = ("packet.new", "rows.1", "packet.effect", "packet.file", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [
        *ROW_NUMBERS,
        key("n", "new", "new packet", "Begin a state complaint of all that the journal shows", id="packet.new"),
        key("e", "effect", "effect", "Say what it did to your child", id="packet.effect"),
        key("f", "file", "file", "How to take both sets home", id="packet.file"),
    ]

    @property
    def title_right(self) -> str:
        """Its number."""
        packet = open_packet(self.view.case)
        return f"Packet {packet.no}" if packet else "Packet"

    @property
    def complaint(self) -> Complaint:
        """The packet that there is."""
        found = complaint_of(self.view)
        assert found is not None
        return found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done: one packet at a time, and nothing on one that was sent."""
        del parameters
        packet = open_packet(self.view.case)
        is_open = packet is not None and complaint_letter(packet, self.view.case) is None
        if action == "new":
            return not is_open
        return is_open if action in ("effect", "file") else True

    def draw_rows(self, sheet: Sheet) -> None:
        """What is missing, the claims, and each part with its words."""
        found = complaint_of(self.view)
        if found is None:
            sheet.heading("No packet yet.")
            sheet.paragraph(
                "A packet is a complaint to the state with the facts and papers that show it. n begins one of all "
                "that the journal shows; nothing leaves this machine.",
                role=QUIET,
            )
            return
        first, last = found.window
        if complaint_letter(found.packet, self.view.case):
            sheet.paragraph("It was sent and stays as it is. Its clocks stand under Deadlines.", role=GOOD)
        sheet.paragraph(f"Back to {full_date(first)}, if the state has it by {full_date(last)}.", role=QUIET)
        contents = check(found, self.view.today, self.view.other_children())
        if contents.findings:
            sheet.heading("To look at")
        sheet.rows(_finding_row(finding) for finding in contents.findings)
        sheet.heading("Claims")
        sheet.rows(_claim_row(claim) for claim in found.claims)
        sheet.heading("Exhibits")
        sheet.rows(Row(one.title, lead=f" {one.label}") for one in found.exhibits)
        if not found.exhibits:
            sheet.paragraph("None yet. Attach a file to an entry first.", role=QUIET)
        sheet.heading("What the rules ask for")
        for said in contents.parts:
            sign = "✓" if said.words else "✗" if said.part.level == "stop" else "!"
            role = "" if said.words else ALERT
            sheet.rows([Row(said.part.title, said.part.cite, lead=f" {sign}", title_role=role)])
        sheet.paragraph("Both sets are signed by hand, in ink.", role=QUIET)

    async def ask(self, pick: Any) -> None:
        """Ask for what a finding lacks, or open a claim."""
        if isinstance(pick, int):
            self.open(OneClaim(self.view, pick))
            return
        finding: Finding = pick
        if finding.where == "effect":
            await self._ask_effect()
        elif finding.where == "names":
            await self._ask_name(finding.key.removeprefix("name: "))
        elif finding.key and await self._stands(finding):
            allowed = (*choices.packet_of(self.view.case).allowed, finding.key)
            self.record(lambda case: [choices.changed(case, allowed=allowed)], "It stands.")
        elif not finding.key:
            self.say(finding.suggestion or "Mend it in the case: c, or in its claim.")

    @work
    async def action_new(self) -> None:
        """Begin a packet."""
        today = self.view.today
        received_by = today + timedelta(days=max(self.view.book.receipt.values(), default=0))
        question = f"A packet that the state has by {full_date(received_by)}? The year is counted back from there."
        if await self.app.push_screen_wait(Ask(question, {"y": "begin it", "n": "not now"})) != "y":
            return
        kit, words = library.packet_kit(), library.words("en")
        find = partial(choices.shown, kit=kit, words=words, book=self.view.book, today=today, received_by=received_by)

        def begin(written: Sequence[Record]) -> None:
            packet = choices.begun(written, today=today, received_by=received_by)
            self.post_message(Recorded(lambda _case: [packet], "The packet is begun. What it lacks stands first."))

        self.post_message(Recorded(lambda case: find(case), then=begin))

    @work
    async def action_effect(self) -> None:
        """Ask what it did to the child."""
        await self._ask_effect()

    def action_file(self) -> None:
        """Say which command makes the files."""
        self.say(f"At the shell: {EXPORT}")

    async def _ask_effect(self) -> None:
        questions = " ".join(self.complaint.kit.effect_questions)
        typed = await self.app.push_screen_wait(Tell(questions, value=self.complaint.packet.effect))
        effect = clean_text(typed or "").text.strip()
        if effect and effect != self.complaint.packet.effect:
            self.record(lambda case: [choices.changed(case, effect=effect)], "Saved.")

    async def _ask_name(self, name: str) -> None:
        options = [*PEOPLE, ("", "let the name stand")]
        becomes = await self.app.push_screen_wait(Choose(f"“{name}” is nobody in the case.", options))
        if becomes is not None:
            said = f"“{name}” becomes {becomes}." if becomes else f"“{name}” stands."
            self.record(lambda case: [choices.with_name(choices.packet_of(case), name, becomes)], said)

    async def _stands(self, finding: Finding) -> bool:
        question = " ".join(filter(None, (finding.message, finding.suggestion)))
        answers = {"y": "let it stand", "n": "not yet"}
        return await self.app.push_screen_wait(Ask(question, answers)) == "y"


class OneClaim(Section):
    """One claim: its words, and its facts to take out or put back."""

    def __init__(self, view: View, number: int) -> None:
        super().__init__(view)
        self.number = number

    @property
    def title_right(self) -> str:
        """Which one."""
        return f"Claim {self.number}"

    def draw_rows(self, sheet: Sheet) -> None:
        """Its statement, its facts with what shows them, and what the journal has besides."""
        complaint = complaint_of(self.view)
        if complaint is None or self.number > len(complaint.claims):
            sheet.paragraph("This claim is not in the packet any more.", role=QUIET)
            return
        claim = complaint.claims[self.number - 1]
        sheet.heading(claim.title)
        sheet.paragraph(claim.statement)
        if claim.rules:
            sheet.paragraph(", ".join(claim.rules), role=QUIET)
        sheet.heading("Facts", "pick one to take it out")
        sheet.rows(_fact_row(complaint, event, ("out", str(event.record.no))) for event in claim.events)
        if claim.background:
            sheet.heading("Background", "older than a year before the state has it")
            sheet.rows(_fact_row(complaint, event, ("out", str(event.record.no))) for event in claim.background)
        others = _not_in(complaint, claim)
        if others:
            sheet.heading("Not in it", "pick one to put it in")
            sheet.rows(_fact_row(complaint, event, ("in", str(event.record.no))) for event in others)

    async def ask(self, pick: Any) -> None:
        """Take a fact out, or put it in."""
        way, number = pick

        def change(case: Any) -> list[Record]:
            complaint = complaint_of(self.view)
            assert complaint is not None
            now = Complaint(
                packet=choices.packet_of(case),
                case=case,
                kit=complaint.kit,
                words=complaint.words,
                book=complaint.book,
            )
            shown = choices.claim_numbered(now, str(self.number))
            lists = {"drop": [number]} if way == "out" else {"add": [number]}
            changed = choices.changed_claim(now, shown, **lists)  # type: ignore[arg-type]
            return [changed] if changed else []

        self.record(change, f"{number} is {'out' if way == 'out' else 'in'}.")


def _finding_row(finding: Finding) -> Row:
    role = ALERT if finding.level == "stop" else ""
    return Row(finding.message, pick=finding, title_role=role)


def _claim_row(claim: ClaimShown) -> Row:
    return Row(claim.title, facts_in_words(claim), claim.number)


def _fact_row(complaint: Complaint, event: Event, pick: object) -> Row:
    labels = {one.exhibit.root: f"Ex. {one.label}" for one in complaint.exhibits}
    shown = ", ".join(labels[exhibit.root] for exhibit in complaint.shown_by.get(event.number, ()))
    alone = event.number in complaint.shown_by and rests_on_child(complaint, event)
    note = shown or ("the child’s word alone" if alone else "no document")
    return Row(f"{event.day}: {event.number}", note, pick)


def _not_in(complaint: Complaint, claim: ClaimShown) -> tuple[Event, ...]:
    kind = complaint.kit.kinds[claim.claim.kind]
    inside = {event.number for event in (*claim.events, *claim.background)}
    offered = complaint.teller.events(complaint.evidence.new(kind, claim.claim.about).facts)
    return tuple(event for event in offered if event.number not in inside)
