"""Packet: what the state complaint still lacks first, each with the question that fills it; its parts; its two sets."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.containers import Horizontal

from iepjournal import bindery, library
from iepjournal.core import choices
from iepjournal.core.contents import facts_in_words
from iepjournal.core.dates import full_date, say
from iepjournal.core.findings import SIGNS
from iepjournal.core.packet import complaint_letter, is_open, newest_packet
from iepjournal.core.plurals import many
from iepjournal.core.records import Claim
from iepjournal.screens import claim
from iepjournal.screens.claim import OneClaim
from iepjournal.screens.dialogs import Ask, Told
from iepjournal.screens.exhibits import Exhibits
from iepjournal.screens.making import Making
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import ROW_NUMBERS, stylesheet
from iepjournal.screens.reading import Reading, draw_text
from iepjournal.screens.section import Section
from iepjournal.screens.sets import Sets, clock_row, clocks_of
from iepjournal.screens.why import Why
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, ALERT, GOOD, QUIET, Row, Sheet, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.core.checks import PartSaid
    from iepjournal.core.findings import Finding
    from iepjournal.core.packet import ClaimShown
    from iepjournal.core.records import Record
    from iepjournal.export.steps import Tell
    from iepjournal.screens.view import View

GIST = 30
"""So many characters of the effect are shown in its row."""


class Packet(Section):
    """The check of the packet; a row asks for what it lacks."""

    NAME = "Packet"
    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("packet")
    FOOTER = ("packet.new", "rows.1", "packet.sets", "packet.effect", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [
        *ROW_NUMBERS,
        key("n", "new", "new packet", "Begin a state complaint of all that the journal shows", id="packet.new"),
        key("f", "sets", "both sets", "Make the files, and mark what went out", id="packet.sets"),
        key("e", "effect", "effect", "Say what it did to your child", id="packet.effect"),
        key("r", "read", "read", "The complaint as it stands, word for word", id="packet.read"),
        key("v", "look", "pages", "Lay it out: on which page each part stands, what cannot go in", id="packet.look"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._pages: Mapping[str, int] = {}
        self._refused: tuple[Finding, ...] = ()
        self._looked_at: Case | None = None
        """The case of which these are so."""

    def body(self) -> ComposeResult:
        """The list, and beside it the complaint where there is room."""
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="whole")

    def show(self) -> None:
        """Draw both."""
        super().show()
        whole = self.query_one("#whole", Lines)
        if whole.display and whole.content_width:
            beside = Sheet(whole.content_width, numbered=False)
            if newest_packet(self.view.case):
                draw_text(beside, self.view)
            whole.show(beside)

    @property
    def title_right(self) -> str:
        """Its number."""
        packet = newest_packet(self.view.case)
        return f"Packet {packet.no}" if packet else "Packet"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done: one packet at a time, and nothing on one that was sent."""
        del parameters
        if action == "new":
            return not is_open(self.view.case)
        if action in ("sets", "look", "read"):
            return newest_packet(self.view.case) is not None
        return is_open(self.view.case) if action == "effect" else True

    def draw_rows(self, sheet: Sheet) -> None:
        """What is missing, the claims and papers, and each part with where it stands."""
        if newest_packet(self.view.case) is None:
            self._draw_none(sheet)
        elif is_open(self.view.case):
            self._draw_open(sheet)
        else:
            self._draw_sent(sheet)

    def _draw_none(self, sheet: Sheet) -> None:
        """What a packet is, and what it would be made of."""
        sheet.heading("No packet yet.")
        sheet.paragraph(
            "A packet is a complaint to the state, with the facts and papers that show it. You make it here; nothing "
            "leaves this machine.",
            role=QUIET,
        )
        found = self._with_packet(choices.shown, self.view.case)
        claims = [one for one in found if isinstance(one, Claim)]
        if not claims:
            sheet.blank()
            sheet.paragraph("The journal shows nothing yet that a complaint could rest on. First:")
            sheet.rows(
                [
                    Row("What the IEP promises", "c", ("go", "case")),
                    Row("What was given and what was not", "s", ("go", "services")),
                    Row("What happened, day by day", "a", ("add", "")),
                ]
            )
            sheet.paragraph("n begins one all the same: a claim can be written by hand.", role=QUIET)
            return
        facts = sum(len(one.facts) for one in claims)
        papers = len(found) - len(claims)
        counts = f"{many(len(claims), 'claim')}, {many(facts, 'fact')}, {many(papers, 'paper')}"
        sheet.blank()
        sheet.rows([Row(f"Begin one with what the journal shows: {counts}", "n", ("new", ""), title_role=ACCENT)])

    def _draw_open(self, sheet: Sheet) -> None:
        view = self.view
        complaint, contents = view.complaint, view.contents
        first, last = complaint.window
        stops = sum(finding.level == "stop" for finding in contents.findings) + len(self._refused_now)
        if stops:
            sheet.paragraph(f"{many(stops, 'thing')} to mend before it is final.", role=ALERT)
        else:
            sheet.paragraph("Every required part is there. f makes both sets.", role=GOOD)
        sheet.paragraph(
            f"It reaches back to {say(first, view.today)}, if the state has it by {say(last, view.today)}.", role=QUIET
        )
        if findings := (*self._refused_now, *contents.findings):
            sheet.heading("To look at")
            sheet.rows(_finding_row(finding) for finding in findings)
        sheet.heading("The complaint")
        sheet.rows(_claim_row(one) for one in complaint.claims)
        sheet.rows(self._rows_of_the_rest())
        self._draw_parts(sheet, contents.parts)

    def _rows_of_the_rest(self) -> Iterator[Row]:
        complaint, today = self.view.complaint, self.view.today
        packet = complaint.packet
        effect = fit(packet.effect, GIST)
        yield Row("Claim something more", pick=("more", ""))
        yield Row(f"What it did to {self.view.whose}", effect or "not said yet", ("effect", ""))
        yield Row("Exhibits", str(len(complaint.exhibits)), ("exhibits", ""))
        yield Row("Dates", f"of {say(packet.dated, today)}, there by {say(packet.received_by, today)}", ("dates", ""))
        ready = self.view.contents.ready
        yield Row("Read the complaint", "r", ("read", ""))
        yield Row("Both sets: make and send", "f", ("sets", ""), title_role=ACCENT if ready else "")

    def _draw_sent(self, sheet: Sheet) -> None:
        view = self.view
        complaint = view.complaint
        sheet.paragraph("It was sent and stays as it is.", role=GOOD)
        waiting = [name for copy, name in bindery.SETS.items() if copy not in self._gone]
        if waiting:
            sheet.paragraph(f"Not marked as sent yet: {waiting[0]}. Both go on the same day.", role=ALERT)
        sheet.rows([Row("Both sets: files, what went, what arrived", "f", ("sets", ""), title_role=ACCENT)])
        if clocks := tuple(clocks_of(view)):
            sheet.heading("What runs now")
            sheet.rows(clock_row(view, whose, one) for whose, one in clocks)
        sheet.heading("What it says")
        sheet.rows(_claim_row(one) for one in complaint.claims)
        sheet.rows(
            [
                Row("Exhibits", str(len(complaint.exhibits)), ("exhibits", "")),
                Row("Read the complaint", "r", ("read", "")),
            ]
        )
        self._draw_parts(sheet, view.contents.parts)

    @property
    def _gone(self) -> tuple[str, ...]:
        letter = complaint_letter(self.view.complaint.packet, self.view.case)
        return bindery.went_out(letter, self.view.case) if letter else ()

    def _draw_parts(self, sheet: Sheet, parts: tuple[PartSaid, ...]) -> None:
        """Each part with its rule, its page where that is known, and the way to the words."""
        sheet.heading("What the rules ask for", "Both sets are signed by hand, in ink.")
        pages = self._pages if self._looked_at is self.view.case else {}
        sheet.rows(_part_row(said, pages.get(said.part.id)) for said in parts)
        if not pages:
            sheet.rows([Row("See on which page each stands", "v", ("look", ""))])

    @property
    def _refused_now(self) -> tuple[Finding, ...]:
        return self._refused if self._looked_at is self.view.case else ()

    async def ask(self, pick: Any) -> None:
        """Ask for what a finding lacks, or open what a row names."""
        from iepjournal.screens import holes

        if not isinstance(pick, tuple):
            await holes.fill(self, pick)
            return
        kind, of = pick
        pages = {"exhibits": Exhibits, "sets": Sets, "read": Reading}
        if kind == "claim":
            self.open(OneClaim(self.view, of))
        elif kind in pages:
            self.open(pages[kind](self.view))
        elif kind == "part":
            await self._ask_part(of)
        elif kind == "more":
            await claim.ask_new(self)
        elif kind == "effect":
            await holes.ask_effect(self)
        elif kind == "dates":
            await holes.ask_dates(self)
        elif kind == "clock":
            self.open(Why(self.view, of))
        elif kind == "new":
            await self._ask_new()
        elif kind == "look":
            await self._look()
        elif kind == "add":
            self.app.call_later(self.app.run_action, "app.add")
        elif kind == "go":
            self.app.call_later(self.app.run_action, f"app.go('{of}')")

    async def _ask_part(self, part: str) -> None:
        """The words that meet a part, its rule and page; or the question that fills it."""
        from iepjournal.screens import holes

        said = next(one for one in self.view.contents.parts if one.part.id == part)
        if not said.words and is_open(self.view.case):
            hole = next((one for one in self.view.contents.findings if one.where == part), None)
            await holes.fill(self, hole or holes.lacks(said.part))
            return
        page = self._pages.get(part) if self._looked_at is self.view.case else None
        where = f"Page {page}. " if page else ""
        words = f"“{said.words}”" if said.words else "It does not say it."
        title = f"{said.part.title[:1].upper()}{said.part.title[1:]}"
        await self.app.push_screen_wait(Told(f"{title}.\n{where}{words}\n{said.part.cite}"))

    @work
    async def action_new(self) -> None:
        """Begin a packet."""
        await self._ask_new()

    def action_read(self) -> None:
        """Read it."""
        self.open(Reading(self.view))

    def action_sets(self) -> None:
        """Go to the paper."""
        self.open(Sets(self.view))

    @work
    async def action_effect(self) -> None:
        """Ask what it did to the child."""
        from iepjournal.screens import holes

        await holes.ask_effect(self)

    @work
    async def action_look(self) -> None:
        """Lay it out, to say on which pages things stand and which exhibits cannot go in."""
        await self._look()

    async def _ask_new(self) -> None:
        received_by = self._usual_day
        question = (
            f"A packet that the state has by {full_date(received_by)}? What it can reach is counted back from there."
        )
        if await self.app.push_screen_wait(Ask(question, {"y": "begin it", "n": "not now"})) != "y":
            return

        begin = partial(self._with_packet, choices.new_packet, new_uid=self.view.new_uid)
        self.post_message(Recorded(begin, "The packet is begun. What it lacks stands first."))

    @property
    def _usual_day(self) -> date:
        """Today, and as long as the mail takes at most."""
        return self.view.today + timedelta(days=max(self.view.book.receipt.values(), default=0))

    def _with_packet(self, make: Callable[..., tuple[Record, ...]], case: Case, **more: Any) -> tuple[Record, ...]:
        """What is made of a case for a packet that is to be begun today."""
        kit, words, view = library.packet_kit(), library.words("en"), self.view
        return make(case, kit, words, view.book, today=view.today, received_by=self._usual_day, **more)

    async def _look(self) -> None:
        view = self.view
        looked = await self.app.push_screen_wait(Making("The packet is laid out.", partial(_laid_out, view)))
        if looked is not None:
            self._pages, self._refused = looked
            self._looked_at = view.case
            self.draw()
            if self._refused:
                self.main.action_end(-1)
            else:
                self.main.move_to(("part", next(iter(self._pages))))
            said = "These cannot go in; the files are kept." if self._refused else "Each part has its page now."
            self.say(said)


def _laid_out(view: View, tell: Tell) -> tuple[Mapping[str, int], tuple[Finding, ...]]:
    made = bindery.Bindery(complaint=view.complaint, shelf=view.shelf, tell=tell)
    return made.pages(), made.refused


def _finding_row(finding: Finding) -> Row:
    role = ALERT if finding.level == "stop" else ""
    return Row(finding.message, pick=finding, title_role=role)


def _part_row(said: PartSaid, page: int | None) -> Row:
    sign = "✓" if said.words else SIGNS[said.part.level]
    where = f", p. {page}" if page else ""
    role = "" if said.words else ALERT
    return Row(f"{sign} {said.part.title}", f"{said.part.cite}{where}", ("part", said.part.id), title_role=role)


def _claim_row(one: ClaimShown) -> Row:
    return Row(one.title, facts_in_words(one), ("claim", one.claim.root))
