"""A box of one line, which keeps every line of a paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from iepjournal.core.text import clean_text
from iepjournal.widgets.cleaning import Removed

if TYPE_CHECKING:
    from textual import events


class LineBox(Input):
    """One line; a paste of several is joined with blanks, where Textual's own box would drop all but the first."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        cleaned = clean_text(event.text, multiline=False)
        self.insert_text_at_cursor(cleaned.text)
        if cleaned.removed:
            self.post_message(Removed(cleaned.removed))
