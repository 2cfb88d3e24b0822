"""The dialog for a text of several lines. Apart from the others: its box is what Textual takes longest to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from iepjournal.core.text import clean_text
from iepjournal.screens.dialogs import Dialog
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.text_box import TextBox
from iepjournal.widgets.typeset import Row, Sheet

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class Write(Dialog[str]):
    """A text of several lines; Enter begins a new one, Tab or Down goes to Done."""

    def __init__(self, question: str, *, value: str = "") -> None:
        super().__init__()
        self.question, self.value = question, value

    def compose(self) -> ComposeResult:
        """The question, the box and the way out."""
        with Vertical(classes="panel"):
            yield Static(Content(self.question), classes="question")
            yield TextBox(self.value, enter_breaks=True)
            yield Lines()
            yield Static(Content("Enter begins a line · Tab, then Enter saves · Esc goes back"), classes="hint")

    def on_mount(self) -> None:
        """One row below the box."""
        sheet = Sheet(40, numbered=False)
        sheet.rows([Row("Done", pick="done")])
        self.query_one(Lines).show(sheet)

    @on(TextBox.LeftBelow)
    def to_done(self) -> None:
        """Leave the box."""
        self.query_one(Lines).focus()

    def on_key(self, event: events.Key) -> None:
        """Up leads back into the box."""
        if event.key == "up" and self.query_one(Lines).has_focus:
            event.stop()
            self.query_one(TextBox).focus()

    @on(Lines.Picked)
    def taken(self) -> None:
        """Give back what was typed."""
        self.dismiss(clean_text(self.query_one(TextBox).text).text.strip())
