"""The dialog for a text of several lines. Apart from the others: its box is what Textual takes longest to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from iepjournal.core.text import clean_text
from iepjournal.screens.dialogs import Dialog
from iepjournal.screens.messages import LeftOff, Typed
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.text_box import TextBox
from iepjournal.widgets.typeset import Row, Sheet

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from iepjournal.screens.page import Page


class Write(Dialog[str]):
    """A text of several lines; Enter begins a new one, Tab or Down goes to Done."""

    def __init__(self, question: str, *, value: str = "", draft: str = "") -> None:
        super().__init__()
        self.question, self.value = question, value
        self.draft = draft
        """The name under which it is kept while it is typed; not at all without one."""

    @on(TextBox.Changed)
    def typed(self) -> None:
        """Keep what is typed."""
        if self.draft:
            self.post_message(Typed(self.draft, self.query_one(TextBox).text))

    def action_leave(self) -> None:
        """Go back without an answer; what was typed is there the next time."""
        super().action_leave()
        if self.draft:
            self.app.post_message(LeftOff())

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


async def ask_kept(page: Page, draft: str, question: str, value: str) -> str | None:
    """The text when it is done; None where it was left, and then it is there the next time."""
    begun = next((one.text for one in page.view.begun if one.name == draft), "")
    return await page.app.push_screen_wait(Write(question, value=begun or value, draft=draft))
