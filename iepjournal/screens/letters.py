"""Letters: every letter of the case and where it stands; the ones that wait for something come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal

from iepjournal.core.letters import letter_state, state_in_words
from iepjournal.core.records import Letter
from iepjournal.screens import letter, letter_account, posting
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ALERT, QUIET, Row, Sheet

if TYPE_CHECKING:
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core.letters import LetterState
    from iepjournal.core.records import Entry

GROUPS = {"silent": "No answer yet", "draft": "Not sent yet", "sent": "On the way", "replied": "Answered"}
"""How the letters are grouped, what wants doing first."""


class Letters(Page):
    """The list; at 80 columns the letter under the mark beside it."""

    NAME = "Letters"
    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("letters")
    FOOTER = ("letters.new", "letters.sheets", "rows.1", "rows.open", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("n", "new", "new letter", "Begin a letter; it is filled from the journal", id="letters.new"),
        key("h", "sheets", "sheets", "Sheets to print: for the meeting, what to say, a checklist", id="letters.sheets"),
    ]

    def body(self) -> ComposeResult:
        """The list, and the letter under the mark."""
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="whole")

    @property
    def title_right(self) -> str:
        """How many there are."""
        count = len(self.view.case.letters)
        return f"Letters · {count}" if count else "Letters"

    def show(self) -> None:
        """Draw the groups, the newest letter of each first."""
        sheet = Sheet(self.main.content_width)
        if not self.view.case.letters:
            self._draw_empty(sheet)
        grouped: dict[str, list[tuple[Letter, LetterState]]] = {name: [] for name in GROUPS}
        for one in reversed(self.view.case.letters):
            state = letter_state(one, self.view.case, self.view.today, self.view.book.receipt)
            grouped["sent" if state.word == "received" else state.word].append((one, state))
        for word, group in grouped.items():
            if group:
                sheet.heading(GROUPS[word])
                sheet.rows(self._row(one, state) for one, state in group)
        self.main.show(sheet)
        self._show_whole()

    def _row(self, one: Letter, state: LetterState) -> Row:
        role = ALERT if state.word == "silent" else QUIET
        return Row(f"{one.title} ({one.no})", state_in_words(one, state, self.view.today), one.no, note_role=role)

    def _draw_empty(self, sheet: Sheet) -> None:
        sheet.heading("No letter yet.")
        sheet.paragraph(
            "What is not in writing is easily forgotten. n begins a letter: you choose which, it is filled from "
            "your journal, and you read it before anything leaves this screen.",
            role=QUIET,
        )

    @on(Lines.Moved, "#main")
    def _show_whole(self) -> None:
        """The letter under the mark, where there is room beside the list."""
        whole = self.query_one("#whole", Lines)
        whole.can_focus = False
        if whole.display:
            sheet = Sheet(whole.content_width, numbered=False)
            if isinstance(no := self.main.pick, int):
                letter_account.draw_text(sheet, self.view, self.view.case.numbered(no, Letter))
            whole.show(sheet)

    @on(Lines.Picked, "#main")
    def picked(self, picked: Lines.Picked) -> None:
        """Open a letter."""
        if isinstance(picked.pick, int):
            self.open_letter(picked.pick)

    def open_letter(self, no: int, *, to_write: bool = False) -> None:
        """Show one letter; with `to_write`, its text to write on."""
        self.open(letter.OneLetter(self.view, no))
        if to_write:
            from iepjournal.screens.editor import Editor

            self.open(Editor(self.view, no))

    def confirm(self, talk: Entry) -> None:
        """Put a talk in writing, or go on with the letter about it that was begun."""
        from iepjournal import library
        from iepjournal.core.fitting import confirming
        from iepjournal.screens.beginning import begin

        case = self.view.case
        about = [one for one in case.letters if one.answers == talk.root and not case.is_sent(one)]
        if about:
            self.open_letter(about[-1].no or 0, to_write=True)
        elif template := confirming(library.letter_templates()[0], case, talk):
            begin(self, template, talk)

    @work
    async def action_sheets(self) -> None:
        """Make a sheet to take along."""
        if made := await posting.ask_sheet(self.app, self.view):
            self.post_message(made)

    def action_new(self) -> None:
        """Choose which letter to begin."""
        from iepjournal.screens.kinds import Kinds

        self.open(Kinds(self.view))
