"""Reading: the complaint as it stands, word for word, without its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import bindery
from iepjournal.core.packet import newest_packet
from iepjournal.screens.page import Page
from iepjournal.widgets.typeset import QUIET, Sheet

if TYPE_CHECKING:
    from iepjournal.screens.view import View


def draw_text(sheet: Sheet, view: View) -> None:
    """Set it on a sheet; once it was sent, as it was sent."""
    from iepjournal.export.text import letter_text

    paper = bindery.as_it_stands(view.complaint, view.case)
    sheet.paragraph(letter_text(paper, width=None).rstrip())


class Reading(Page):
    """The whole text on a page of its own."""

    FOOTER = ("app.back", "rows.page-down", "rows.page-up")

    @property
    def title_right(self) -> str:
        """What it is."""
        return "The complaint"

    def show(self) -> None:
        """Draw it."""
        sheet = Sheet(self.main.content_width)
        if newest_packet(self.view.case):
            draw_text(sheet, self.view)
        else:
            sheet.paragraph("There is no packet any more. q goes back.", role=QUIET)
        self.main.show(sheet)
