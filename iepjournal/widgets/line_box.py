"""A box of one line, which keeps every line of a paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import Input

from iepjournal.core.text import clean_text
from iepjournal.widgets.cleaning import Removed

if TYPE_CHECKING:
    from textual import events


class LineBox(Input):
    """One line; a paste of several is joined with blanks, where Textual's own box would drop all but the first."""

    class Joined(Message):
        """A paste of several lines became one."""

        def __init__(self, lines: int) -> None:
            super().__init__()
            self.said = f"The {lines} lines you pasted stand on one line here. All words are kept."

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        cleaned = clean_text(event.text)
        lines = [line for line in cleaned.text.split("\n") if line.strip()]
        # Blanks at the ends stay: letters typed fast on a slow line arrive the same way, in the middle of a sentence.
        self.insert_text_at_cursor(" ".join(lines) if len(lines) > 1 else cleaned.text.strip("\n"))
        if len(lines) > 1:
            self.post_message(self.Joined(len(lines)))
        if cleaned.removed:
            self.post_message(Removed(cleaned.removed))
