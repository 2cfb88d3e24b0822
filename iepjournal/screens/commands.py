"""Every action by name: type a part of it, Enter does it. The names are the bindings' own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from iepjournal.screens.dialogs import Dialog
from iepjournal.widgets.line_box import LineBox
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from iepjournal.screens.help import Known


class Commands(Dialog["Known"]):
    """A box over a list of what can be done here."""

    def __init__(self, known: Sequence[Known]) -> None:
        super().__init__()
        self.known = known
        self._moved = False

    def compose(self) -> ComposeResult:
        """The box and the list."""
        with Vertical(classes="panel"):
            yield LineBox(placeholder="What to do? Type a part of it")
            yield Lines()
            yield Static(Content("↑↓ and Enter do it · just Enter goes back"), classes="hint")

    def on_mount(self) -> None:
        """The keys stay with the box."""
        self.query_one(Lines).can_focus = False

    def on_resize(self, event: events.Resize) -> None:
        """Set the list for this width."""
        self._show(event.size.width)

    @on(Input.Changed)
    def typed(self) -> None:
        """Leave what the words are part of."""
        self._show(self.size.width)

    def _show(self, width: int) -> None:
        words = self.query_one(LineBox).value.lower().split()
        sheet = Sheet(width - 2, numbered=False)
        sheet.rows(
            Row(f"{one.says[:1].upper()}{one.says[1:]}", one.helps if width >= 80 else one.keys, pick=i)
            for i, one in enumerate(self.known)
            if all(word in f"{one.says} {one.helps}".lower() for word in words)
        )
        if not sheet.lines:
            sheet.paragraph("Nothing here is called that.")
        lines = self.query_one(Lines)
        lines.cursor = 0
        lines.show(sheet)

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while the box has the focus."""
        if event.key in ("up", "down"):
            event.stop()
            self._moved = True
            self.query_one(Lines).action_move(-1 if event.key == "up" else 1)

    @on(Input.Submitted)
    def chosen(self, submitted: Input.Submitted) -> None:
        """Do what the mark stands on; with nothing typed or chosen, go back."""
        pick = self.query_one(Lines).pick
        chosen = bool(submitted.value.strip()) or self._moved
        self.dismiss(self.known[pick] if chosen and isinstance(pick, int) else None)
