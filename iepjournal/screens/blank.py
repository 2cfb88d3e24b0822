"""Nothing to see, until a key is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class Blank(ModalScreen[None]):
    """Hides the page; the key that ends it does nothing else."""

    def compose(self) -> ComposeResult:
        """Only how to come back."""
        yield Static(Content("any key"))

    def on_key(self, event: events.Key) -> None:
        """Come back."""
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_paste(self, event: events.Paste) -> None:
        """What was meant for another window is not taken in."""
        event.stop()
        self.dismiss()
