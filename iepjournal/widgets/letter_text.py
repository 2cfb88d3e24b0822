"""The box a letter is written in: it knows its blanks, and its places as characters from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.mending import next_blank
from iepjournal.widgets.text_box import TextBox

if TYPE_CHECKING:
    from textual import events


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
