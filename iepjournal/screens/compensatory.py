"""Make good: for a chosen time, what was promised, given and not, what it did to the child, and what is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.compensatory import EFFECT, PROPOSAL, WHERE_TO_BEGIN, compensatory
from iepjournal.core.dates import say
from iepjournal.core.services import number
from iepjournal.core.sessions import REASONS
from iepjournal.screens.page import Page
from iepjournal.screens.standing import shortfall
from iepjournal.widgets.typeset import QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from iepjournal.core.records import Entry
    from iepjournal.core.services import ServiceCount
    from iepjournal.screens.view import View


class MakeGood(Page):
    """The facts of one time, to be read together; what is missing says how to add it."""

    NAME = "Make good"
    FOOTER = ("app.back", "app.add")

    def __init__(self, view: View, since: date | None, until: date | None) -> None:
        super().__init__(view)
        self.since, self.until = since, until

    def show(self) -> None:
        """Draw figures, effects and proposals."""
        found = compensatory(self.view.case, as_of=self.view.today, since=self.since, until=self.until)
        sheet = Sheet(self.main.content_width, numbered=False)
        sheet.paragraph(WHERE_TO_BEGIN, role=STRONG)
        if found.services.since:
            until = say(found.services.until, self.view.today)
            sheet.heading(f"{say(found.services.since, self.view.today)} to {until}")
        for count in found.services.counts:
            if not count.needs:
                self._draw_count(sheet, count)
        self._draw_words(sheet, "What it did to the child", found.effects, EFFECT)
        self._draw_words(sheet, "What is proposed", found.proposals, PROPOSAL)
        self.main.show(sheet)

    def _draw_count(self, sheet: Sheet, count: ServiceCount) -> None:
        total = count.as_written
        reasons = ", ".join(f"{REASONS[reason]} {number(amount)}" for reason, amount in count.by_reason.items())
        below = [f"promised {number(total.due)}, given {number(total.given)}, not known {number(total.unknown)}"]
        if reasons:
            below.append(f"not delivered: {reasons}")
        note = shortfall(count) if total.missed else "nothing noted as missed"
        sheet.rows([Row(count.name, note, below=tuple(below))])

    def _draw_words(self, sheet: Sheet, title: str, entries: Iterable[Entry], tag: str) -> None:
        sheet.heading(title)
        rows = [
            Row(entry.text, below=(f"{say(entry.happened_on, self.view.today)}, entry {entry.no}",))
            for entry in entries
        ]
        sheet.rows(rows)
        if not rows:
            sheet.paragraph(f"Nothing yet: a, then your words with #{tag} at the end.", role=QUIET)
