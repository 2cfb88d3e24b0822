"""The box a text is typed into; it keeps every line of a paste. Apart, because Textual's text area is slow to load."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widgets import TextArea

from iepjournal.core.text import clean_text
from iepjournal.widgets.cleaning import Removed
from iepjournal.widgets.keys import key

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import Binding


class TextBox(TextArea):
    """A text; Enter is the page's, Ctrl+J or a paste breaks the line."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("ctrl+j", "break_line", "new line", "Begin a new line in the text", id="text.line"),
    ]

    class Entered(Message):
        """Enter was pressed."""

    class LeftBelow(Message):
        """Down was pressed on the last row, or Tab anywhere."""

    def __init__(
        self, text: str = "", *, completes: Callable[[str], str] | None = None, enter_breaks: bool = False
    ) -> None:
        super().__init__(text, soft_wrap=True, compact=True, tab_behavior="focus", highlight_cursor_line=False)
        self.cursor_blink = False
        self._completes = completes
        self._enter_breaks = enter_breaks
        self.move_cursor(self.document.end)

    def action_break_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def update_suggestion(self) -> None:
        """Offer the rest of the word that is being typed."""
        if self._completes:
            row, column = self.cursor_location
            line = self.document.get_line(row)
            self.suggestion = self._completes(line[:column]) if column == len(line) else ""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self._enter_breaks:
            self._leave(event, self.Entered())
        elif event.key == "tab" and self.suggestion:
            self.insert(f"{self.suggestion} ")
            event.stop()
            event.prevent_default()
        elif event.key == "tab" or (event.key == "down" and self._on_last_row):
            self._leave(event, self.LeftBelow())

    @property
    def _on_last_row(self) -> bool:
        """Whether the cursor is on the last row that the last line is wrapped to."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        return row == self.wrapped_document.height - 1

    def _leave(self, event: events.Key, message: Message) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(message)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        cleaned = clean_text(event.text)
        # What is selected gives way: a phone's keyboard sends whole words at once, also into a blank.
        self.replace(cleaned.text, *self.selection, maintain_selection_offset=False)
        if cleaned.removed:
            self.post_message(Removed(cleaned.removed))
