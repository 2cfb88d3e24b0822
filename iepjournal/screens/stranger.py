"""The stranger test: what somebody who knows nothing of the case would learn from the letter's text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import mailroom
from iepjournal.screens.page import Page
from iepjournal.widgets.typeset import ALERT, GOOD, QUIET, STRONG, Sheet, fit

if TYPE_CHECKING:
    from iepjournal.core.records import Letter
    from iepjournal.core.stranger import Answer
    from iepjournal.screens.view import View

MOST_SHOWN, LONGEST = 5, 200


def in_words(found: tuple[Answer, ...]) -> str:
    """5 of 6: how many questions the text answers."""
    return f"{sum(bool(one.words) for one in found)} of {len(found)}"


class Stranger(Page):
    """Each question, and the letter's sentences that answer it."""

    FOOTER = ("app.back", "rows.page-down", "rows.page-up")

    def __init__(self, view: View, letter: Letter) -> None:
        super().__init__(view)
        self.letter = letter
        """As it is typed, which may not be as it is stored."""

    @property
    def title_right(self) -> str:
        """Which letter."""
        return f"Letter {self.letter.no} · to a stranger"

    def show(self) -> None:
        """Draw the questions in their order."""
        asked = mailroom.template_of(self.letter).questions
        sheet = Sheet(self.main.content_width, numbered=False)
        sheet.paragraph("Somebody who knows nothing of you reads only this letter. What do they learn?", role=QUIET)
        for one in mailroom.answers_of(self.letter, self.view.case):
            sheet.blank()
            self._draw(sheet, one, needed=one.id in asked)
        self.main.show(sheet)

    def _draw(self, sheet: Sheet, one: Answer, *, needed: bool) -> None:
        mark, role = ("✓", GOOD) if one.words else ("✗", ALERT) if needed else ("·", QUIET)
        sheet.pieces((f" {mark} ", role), (one.question, STRONG))
        if not one.words:
            says = "The text does not say." if needed else "The text does not say; this kind of letter need not."
            sheet.paragraph(says, role=role, indent=3)
        for words in one.words[:MOST_SHOWN]:
            sheet.paragraph(f"“{fit(words, LONGEST)}”", indent=3)
        if len(one.words) > MOST_SHOWN:
            sheet.paragraph(f"and {len(one.words) - MOST_SHOWN} more", role=QUIET, indent=3)
