"""What is asked in between: a question with letters of its own, a numbered choice, a typed line, something to be told.

Each lies over the lower part of the page, which stays in sight, and gives its answer back; None means not now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand
from iepjournal.widgets.keys import key
from iepjournal.widgets.line_box import LineBox
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import Binding

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """Lies over the lower part of the page; Esc goes back without an answer."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("escape", "leave", "back", "Go back without an answer", id="dialog.leave"),
    ]

    def action_leave(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)


class Ask(Dialog[str]):
    """A question in the footer, answered by one of the letters it shows."""

    def __init__(self, question: str, answers: Mapping[str, str]) -> None:
        super().__init__()
        self.question, self.answers = question, answers

    def compose(self) -> ComposeResult:
        """The question and its letters."""
        with Vertical(classes="panel"):
            yield Static(Content(self.question), classes="question")
            # Joined by a blank that no line breaks at: a letter stays with its word.
            letters = [
                Content.assemble(
                    (letter, "bold $foreground"), "\N{NO-BREAK SPACE}", word.replace(" ", "\N{NO-BREAK SPACE}")
                )
                for letter, word in self.answers.items()
            ]
            yield Static(Content("   ").join(letters), classes="answers")

    def on_key(self, event: events.Key) -> None:
        """Take a letter that was offered; let no other key through to the page below."""
        letter = (event.character or "").lower()
        if letter in self.answers:
            event.stop()
            self.dismiss(letter)
        elif letter == "q":
            event.stop()
            self.dismiss(None)


class Told(Dialog[bool]):
    """Something that must be read; any key goes on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """The sentence."""
        with Vertical(classes="panel"):
            yield Static(Content(self.text), classes="question")
            yield Static(Content.assemble(("any key", "bold $foreground"), " goes on"), classes="answers")

    def on_key(self, event: events.Key) -> None:
        """Go on."""
        event.stop()
        self.dismiss(True)


class Choose(Dialog[Answer], Generic[Answer]):
    """A numbered list to choose one from."""

    BINDINGS: ClassVar[list[Binding]] = [
        *(
            key(str(n), f"number({n})", "choose", "Choose the row with that number", id=f"choose.{n}")
            for n in range(10)
        ),
        key("q", "leave", "back", "Go back without choosing", id="choose.leave"),
    ]

    def __init__(self, question: str, choices: Sequence[tuple[Answer, str]]) -> None:
        super().__init__()
        self.question, self.choices = question, choices

    def compose(self) -> ComposeResult:
        """The question and the list."""
        with Vertical(classes="panel"):
            yield Static(Content(self.question), classes="question")
            yield Lines()

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one(Lines).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the choices for this width, less the panel's edges and the scrollbar; the tenth has the key 0."""
        sheet = Sheet(event.size.width - 3)
        rows = [Row(word, pick=i) for i, (_, word) in enumerate(self.choices)]
        if len(rows) > 9:
            rows = [row._replace(lead=f" {i + 1 if i < 9 else 0 if i == 9 else ' '}") for i, row in enumerate(rows)]
        sheet.rows(rows)
        self.query_one(Lines).show(sheet)

    def action_number(self, n: int) -> None:
        """Choose by number."""
        index = (n or 10) - 1
        if index < len(self.choices):
            self.dismiss(self.choices[index][0])

    def on_lines_picked(self, picked: Lines.Picked) -> None:
        """Choose by Enter."""
        if isinstance(picked.pick, int):
            self.dismiss(self.choices[picked.pick][0])


class Tell(Dialog[str]):
    """A line to be typed, read by `reads` before it is taken; what cannot be understood is said and stays typed.

    Enter on nothing is an answer of its own, or, where words are needed, the way back.
    """

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        hint: str = "",
        needed: bool = False,
        reads: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self.question, self.value, self.hint = question, value, hint
        self.needed, self.reads = needed, reads

    def compose(self) -> ComposeResult:
        """The question and the box."""
        with Vertical(classes="panel"):
            yield Static(Content(self.question), classes="question")
            yield LineBox(self.value)
            yield Static(Content(self._hint), classes="hint")

    @property
    def _hint(self) -> str:
        return self.hint or ("Enter saves, on nothing goes back" if self.needed else "Enter goes on, empty skips")

    @on(Input.Submitted)
    def taken(self, submitted: Input.Submitted) -> None:
        """Give back what was typed, if it is understood."""
        text = clean_text(submitted.value).text.strip()
        hint = self.query_one(".hint", Static)
        if self.needed and not text:
            self.dismiss(None)
            return
        try:
            if text and self.reads:
                self.reads(text)
        except CannotUnderstand as error:
            hint.update(Content(f"“{error.typed}” is not {error.what}. {error.hint}"))
            return
        self.dismiss(text)

    @on(LineBox.Joined)
    def joined(self, joined: LineBox.Joined) -> None:
        """Say what became of a paste of several lines."""
        joined.stop()
        self.query_one(".hint", Static).update(Content(joined.said))
