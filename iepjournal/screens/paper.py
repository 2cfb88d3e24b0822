"""Paper: the lines and pages exactly as the PDF has them, folded where the screen is narrower."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import mailroom
from iepjournal.core.plurals import many
from iepjournal.core.records import Letter
from iepjournal.screens.page import Page
from iepjournal.widgets.typeset import ALERT, QUIET, Sheet, wrap

if TYPE_CHECKING:
    from iepjournal.screens.view import View

FOLDED = "↳ "


class Paper(Page):
    """One letter, page by page."""

    FOOTER = ("app.back", "rows.page-down", "rows.page-up")

    def __init__(self, view: View, no: int) -> None:
        super().__init__(view)
        self.no = no
        self._pages = 0

    @property
    def title_right(self) -> str:
        """How many pages."""
        return f"Letter {self.no} · {many(self._pages, 'page')}"

    def show(self) -> None:
        """Set each printed line; what is folded says so."""
        from iepjournal.export.preview import preview
        from iepjournal.export.stationery import letter_layout

        sheet = Sheet(self.main.content_width)
        layout = letter_layout(mailroom.paper_of(self.view.case.numbered(self.no, Letter), self.view.case))
        for character, page, line in layout.missing():
            sheet.paragraph(f"No font has “{character}” (page {page}, “{line}”). Take it out first.", role=ALERT)
        pages = preview(layout)
        self._pages = len(pages)
        for number, text in enumerate(pages, start=1):
            rule = f"── page {number} of {len(pages)} "
            sheet.pieces((rule.ljust(sheet.width, "─"), QUIET))
            for line in text.split("\n"):
                first, *folded = wrap(line, sheet.width - len(FOLDED)) if line.strip() else [""]
                sheet.pieces((first, ""))
                for part in folded:
                    sheet.pieces((FOLDED, QUIET), (part, ""))
        self.main.show(sheet)
