"""A numbered list of which several may be ticked: a digit ticks or clears, the last row is Done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from iepjournal.screens.dialogs import Dialog
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, Row, Sheet, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import Binding

LONGEST = 150


class Ticks(Dialog[tuple[int, ...]]):
    """Gives the places of what was ticked, from 0; none is an answer too."""

    BINDINGS: ClassVar[list[Binding]] = [
        *(
            key(str(n), f"tick({n - 1})", "tick", "Tick the row with that number, or clear it", id=f"ticks.{n}")
            for n in range(1, 10)
        ),
        key("n", "done", "done", "Go on with what is ticked", id="ticks.done"),
        key("q", "leave", "back", "Go back without an answer", id="ticks.leave"),
    ]

    def __init__(self, question: str, choices: Sequence[str], *, hint: str) -> None:
        super().__init__()
        self.question, self.choices, self.hint = question, choices, hint
        self._ticked: set[int] = set()

    def compose(self) -> ComposeResult:
        """The question, the list, and what the keys do."""
        with Vertical(classes="panel"):
            yield Static(Content(self.question), classes="question")
            yield Lines()
            yield Static(Content(self.hint), classes="hint")

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one(Lines).focus()

    def on_resize(self) -> None:
        """Set the list for this width."""
        self._show()

    def _show(self) -> None:
        sheet = Sheet(self.size.width - 3)
        sheet.rows(
            Row(f"{'✓' if i in self._ticked else '·'} {fit(words, LONGEST)}", pick=i,
                title_role=ACCENT if i in self._ticked else "")
            for i, words in enumerate(self.choices)
        )  # fmt: skip
        count = len(self._ticked)
        sheet.rows([Row(f"Done: {count} of {len(self.choices)}" if count else "Done: none", pick="done", lead=" n")])
        self.query_one(Lines).show(sheet)

    def action_tick(self, place: int) -> None:
        """Tick or clear one."""
        if place < len(self.choices):
            self._ticked ^= {place}
            self._show()

    def action_done(self) -> None:
        """Give back what is ticked."""
        self.dismiss(tuple(sorted(self._ticked)))

    def on_lines_picked(self, picked: Lines.Picked) -> None:
        """The same by Enter."""
        if isinstance(picked.pick, int):
            self.action_tick(picked.pick)
        else:
            self.action_done()
