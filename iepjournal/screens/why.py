"""Why: what started a deadline, the rule's words and source, and each day that was counted or left out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work

from iepjournal.core.chain import foot_of
from iepjournal.core.corrections import identified
from iepjournal.core.dates import full_date, say
from iepjournal.core.rules import CONFIDENCE, KINDS, OWERS
from iepjournal.core.why import why_markdown
from iepjournal.screens import lookback, marking
from iepjournal.screens.dialogs import Tell
from iepjournal.screens.messages import FileMade
from iepjournal.screens.page import Page
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import ALERT, QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from textual.binding import Binding

    from iepjournal.core.due import Deadline, DueReading
    from iepjournal.screens.view import View


def draw(sheet: Sheet, view: View, deadline: Deadline) -> None:
    """Set the whole reason of one date on a sheet, the answer first."""
    from iepjournal.screens.deadlines import title_of

    rule, today = deadline.rule, view.today
    sheet.paragraph(title_of(deadline, view.case), role=STRONG)
    when = f"{say(deadline.due, today)}, {deadline.in_words}" if deadline.due else deadline.in_words
    sheet.paragraph(f"{_whose(deadline)} · {when}", role=ALERT if deadline.status == "overdue" else QUIET)
    if deadline.act_by and deadline.act_by != deadline.due:
        sheet.paragraph(f"Do it by {say(deadline.act_by, today)}: the last business day before is the safe one.")
    if deadline.mail_by:
        sheet.paragraph(f"If you mail it: by {say(deadline.mail_by, today)}.")
    _draw_disputed(sheet, view, deadline)
    for remark in deadline.remarks:
        sheet.paragraph(remark)
    _draw_marks(sheet, view, deadline)
    sheet.heading("The rule says")
    sheet.paragraph(rule.says)
    if rule.kind in ("suggested", "standard"):
        sheet.paragraph(f"This is {KINDS[rule.kind]}.", role=QUIET)
    for words in (rule.note, view.book.notes.get(rule.id, "")):
        if words:
            sheet.paragraph(words, role=QUIET)
    sheet.heading("What started it")
    event = view.book.events[deadline.start].title
    sheet.paragraph(f"{say(deadline.start_from, today)}: {event}")
    if record := view.case.by_root.get(deadline.record):
        sheet.paragraph(identified(view.case, record), role=QUIET)
    for reading in deadline.readings:
        _draw_count(sheet, view, reading)
    if rule.look_back:
        lookback.draw_facts(sheet, view, deadline)
    _draw_ways_out(sheet, deadline)
    _draw_source(sheet, deadline)


def _whose(deadline: Deadline) -> str:
    return {"parent": "Yours", "either": "Yours or the school’s"}.get(
        deadline.rule.who, OWERS[deadline.rule.who].capitalize()
    )


def _draw_disputed(sheet: Sheet, view: View, deadline: Deadline) -> None:
    """Both readings, and what follows from them; never a violation before the later one."""
    if len(deadline.readings) < 2:
        return
    sheet.heading("Sources differ" if deadline.rule.kind == "disputed" else "More than one day")
    sheet.rows(
        Row(
            reading.text,
            say(reading.due, view.today) if reading.due else "no date",
            lead=" ·",
            below=(reading.citation,),
        )
        for reading in deadline.readings
    )
    due, after = deadline.due, deadline.claim_after
    if due and after and due != after:
        sheet.paragraph(
            f"Plan by {say(due, view.today)}. It can be called late only after {say(after, view.today)}.", role=STRONG
        )
    elif due and deadline.latest not in (None, due):
        sheet.paragraph(f"Plan by {say(due, view.today)}.", role=STRONG)
    elif deadline.nobody_is_late:
        sheet.paragraph(deadline.nobody_is_late, role=STRONG)


def _draw_marks(sheet: Sheet, view: View, deadline: Deadline) -> None:
    """What the parent said became of it."""
    outcome = deadline.outcome
    rows = [
        Row(
            marking.SAID.get(mark.what, mark.what) + (f": {mark.why}" if mark.why else ""),
            say(mark.until or mark.on, view.today),
            lead=" ·",
        )
        for mark in view.case.marks(deadline.key)
    ]
    if outcome.met_on and (shown := view.case.by_root.get(outcome.met_by)):
        rows.append(Row(f"shown by: {identified(view.case, shown)}", say(outcome.met_on, view.today), lead=" ·"))
    if rows:
        sheet.heading("What became of it")
        sheet.rows(rows)


def _draw_count(sheet: Sheet, view: View, reading: DueReading) -> None:
    """Each day on the way: counted ones by their number, those left out with the reason."""
    if reading.count is None or reading.due is None:
        return
    sheet.heading(f"Counted: {reading.text}", f"gives {full_date(reading.due)}")
    steps = list(reading.count.steps())
    wide = max(len(say(step.on, view.today)) for step in steps)
    for step in steps:
        lead = f"{step.number or '·':>4}  {say(step.on, view.today):<{wide}}"
        below = sheet.width < len(lead) + 2 + len(step.reason)
        sheet.pieces((lead, "" if step.number else QUIET), ("" if below else f"  {step.reason}", QUIET))
        if below:
            sheet.paragraph(step.reason, role=QUIET, indent=6)


def _draw_ways_out(sheet: Sheet, deadline: Deadline) -> None:
    rule = deadline.rule
    if rule.extends or rule.stops:
        sheet.heading("What may move it")
    for words in (rule.extends, rule.stops):
        if words:
            sheet.paragraph(words)


def _draw_source(sheet: Sheet, deadline: Deadline) -> None:
    rule = deadline.rule
    sheet.heading("Source")
    sheet.paragraph(rule.citation)
    read = f", text of {rule.in_force}" if rule.in_force else ""
    sure = "" if rule.kind == "suggested" else f"{CONFIDENCE[rule.confidence]}{read}; "
    sheet.paragraph(f"{sure}checked {full_date(rule.checked)}", role=QUIET)
    if rule.link:
        sheet.paragraph(rule.link, role=QUIET)


class Why(Page):
    """One deadline on a page of its own."""

    NAME = "Why"
    FOOTER = ("app.back", "why.mark", "why.file", "why.month")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("m", "mark", "mark", "Say what became of it: done, given up, put off", id="why.mark"),
        key("g", "month", "month", "The month it falls in", id="why.month"),
        key("f", "file", "file", "Save it as a page to print, PDF or text", id="why.file"),
    ]

    def __init__(self, view: View, deadline_key: str) -> None:
        super().__init__(view)
        self.deadline_key = deadline_key

    @property
    def meant(self) -> Deadline | None:
        """The deadline as it stands now."""
        return next((one for one in self.view.deadlines if one.key == self.deadline_key), None)

    @property
    def title_right(self) -> str:
        """What it is."""
        return f"Why · {say(self.meant.due, self.view.today)}" if self.meant and self.meant.due else "Why"

    def show(self) -> None:
        """Draw it."""
        sheet = Sheet(self.main.content_width)
        if self.meant:
            draw(sheet, self.view, self.meant)
        else:
            sheet.paragraph("What started it was taken back; there is no such date any more.", role=QUIET)
        self.main.show(sheet)

    @work
    async def action_mark(self) -> None:
        """Ask what became of it."""
        if self.meant and (answer := await marking.ask(self.app, self.view, self.meant)):
            self.post_message(answer)

    def action_month(self) -> None:
        """Show the month it falls in."""
        from iepjournal.screens.month import MonthPage

        day = (self.meant.due if self.meant else None) or self.view.today
        self.open(MonthPage(self.view, day))

    @work
    async def action_file(self) -> None:
        """Ask where, and make the page."""
        if not self.meant:
            return
        name = f"~/why-{self.meant.rule.id}.pdf"
        hint = "Enter saves; a name that ends in .txt makes text. No other file is overwritten."
        path = await self.app.push_screen_wait(Tell("Where on this machine?", value=name, hint=hint, needed=True))
        if path and self.meant:
            content = await asyncio.to_thread(printed, self.view, self.meant, as_text=path.endswith(".txt"))
            self.post_message(FileMade(path, content))


def printed(view: View, deadline: Deadline, *, as_text: bool) -> bytes:
    """The reason as a page of its own: its words, its source, every day; and the record it rests on."""
    from iepjournal.export.blocks import blocks
    from iepjournal.export.documents import Document
    from iepjournal.export.pdf import document_pdf
    from iepjournal.export.text import document_text

    page = Document(
        title=deadline.rule.title,
        contents=blocks(why_markdown(deadline, view.book)),
        dated=view.today,
        foot=foot_of(view.case, view.today),
    )
    return document_text(page).encode() if as_text else document_pdf(page)
