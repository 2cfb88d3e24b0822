"""The box a letter is written in, which knows its blanks and its places, and the line below that says how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from iepjournal.core.mending import next_blank
from iepjournal.widgets.text_box import TextBox
from iepjournal.widgets.typeset import width_of

if TYPE_CHECKING:
    from textual import events

    from iepjournal.core.mending import Mended


class LetterText(TextBox):
    """The text of a letter; Tab goes from blank to blank, and after the last one on to the rows."""

    def __init__(self, text: str) -> None:
        super().__init__(text, enter_breaks=True)
        self.move_cursor((0, 0))

    def to_blank(self, after: int) -> bool:
        """Select the first blank from a place on; what is typed then stands in its stead."""
        span = next_blank(self.text, after)
        if span:
            self.select(*span)
        return bool(span)

    def select(self, start: int, end: int) -> None:
        """Select from one place in the text to another, in sight."""
        self.go_to(start)
        self.move_cursor(self._location(end), select=True)

    def go_to(self, place: int) -> None:
        """Put the cursor at a place in the text."""
        self.move_cursor(self._location(place))

    def put_in(self, offered: Mended) -> None:
        """Show a text with something new in it: its first blank selected, or the cursor behind it."""
        self.text = offered.text
        self.focus()
        blank = next_blank(offered.text, offered.start)
        if blank and blank[1] <= offered.end:
            self.select(*blank)
        else:
            self.go_to(offered.end)

    @property
    def place(self) -> int:
        """Where the cursor is, counted in characters from the start."""
        row, column = self.cursor_location
        return self.line_start(row) + column

    def line_start(self, row: int) -> int:
        """The place at which a line begins."""
        return sum(len(line) + 1 for line in self.text.split("\n")[:row])

    def _location(self, place: int) -> tuple[int, int]:
        before = self.text[:place]
        return before.count("\n"), place - before.rfind("\n") - 1

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "tab" and self.to_blank(self.place):
            event.stop()
            event.prevent_default()


class StateLine(Static):
    """Which page, how many words, since when it is safe; shorter where there is little room."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def tell(self, page: int, pages: int, words: int, safe: str) -> None:
        """Say it."""
        rest = f"{page} of {pages} · {words} words · {safe}"
        full = f"page {rest}"
        self.update(full if width_of(full) <= self.content_size.width else f"p. {rest}")
