"""Which letter to begin: what fits the case now, then the article's steps."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal

from iepjournal import library
from iepjournal.core.fitting import STEPS, fitting
from iepjournal.core.plurals import many
from iepjournal.screens.beginning import begin
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, ALERT, QUIET, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core.fitting import Fitting
    from iepjournal.core.templates import Template
    from iepjournal.screens.view import View

MOST_FITTING = 3
"""With the steps below them they leave a digit for each row."""


class Kinds(Page):
    """What fits now, and one row for each step; at 80 columns the letters of the step under the mark."""

    NAME = "New letter"
    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("letters")
    FOOTER = ("rows.1", "rows.open", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [*ROW_NUMBERS]  # type: ignore[assignment]

    def body(self) -> ComposeResult:
        """The rows, and what the one under the mark holds."""
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="whole")

    @cached_property
    def _library(self) -> tuple[tuple[Template, ...], tuple[str, ...]]:
        return library.letter_templates()

    @property
    def _fitting(self) -> Sequence[Fitting]:
        return fitting(self._library[0], self.view.case, self.view.now, self.view.deadlines)[:MOST_FITTING]

    def _of_step(self, step: int) -> list[Template]:
        return [one for one in self._library[0] if (one.step if one.step in STEPS else 0) == step]

    def show(self) -> None:
        """Draw what fits, the steps, and the templates that cannot be read."""
        sheet = Sheet(self.main.content_width)
        if fits := self._fitting:
            sheet.heading("Fits now")
            sheet.rows(
                Row(one.template.title, pick=("fits", i), title_role=ACCENT if i == 0 else "", below=(one.why,))
                for i, one in enumerate(fits)
            )
        sheet.heading("Every letter, by step")
        sheet.rows(
            Row(_named(step), many(count, "letter"), ("step", step))
            for step, name in STEPS.items()
            if (count := len(self._of_step(step)))
        )
        for sentence in self._library[1]:
            sheet.paragraph(sentence, role=ALERT)
        self.main.show(sheet)
        self._show_whole()

    @on(Lines.Moved, "#main")
    def _show_whole(self) -> None:
        """Beside the rows: when to send the letter under the mark, or what the step holds."""
        whole = self.query_one("#whole", Lines)
        whole.can_focus = False
        if not whole.display or not isinstance(pick := self.main.pick, tuple):
            return
        sheet = Sheet(whole.content_width, numbered=False)
        templates = [self._fitting[pick[1]].template] if pick[0] == "fits" else self._of_step(pick[1])
        for template in templates:
            sheet.heading(template.title)
            sheet.paragraph(template.when, role=QUIET)
            if pick[0] == "fits" and template.asks:
                sheet.blank()
                sheet.paragraph("It asks:")
                for ask in template.asks:
                    sheet.paragraph(f"• {ask}")
        whole.show(sheet)

    @on(Lines.Picked, "#main")
    def picked(self, picked: Lines.Picked) -> None:
        """Begin the letter that fits, or show those of a step."""
        kind, which = picked.pick if isinstance(picked.pick, tuple) else ("", 0)
        if kind == "fits":
            chosen = self._fitting[which]
            begin(self, chosen.template, chosen.talk, chosen.after)
        else:
            self.open(KindsOfStep(self.view, which, self._of_step(which)))


class KindsOfStep(Page):
    """The letters of one step, each with when to send it."""

    FOOTER = ("rows.1", "rows.open", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [*ROW_NUMBERS]  # type: ignore[assignment]

    def __init__(self, view: View, step: int, templates: Sequence[Template]) -> None:
        super().__init__(view)
        self.step, self.templates = step, templates

    @property
    def title_right(self) -> str:
        """Which step."""
        return f"New letter · {_named(self.step)}"

    def show(self) -> None:
        """Draw them."""
        sheet = Sheet(self.main.content_width)
        for i, template in enumerate(self.templates):
            if i:
                sheet.blank()
            sheet.rows([Row(template.title, pick=i)])
            sheet.paragraph(template.when, role=QUIET, indent=3)
        self.main.show(sheet)

    @on(Lines.Picked, "#main")
    def picked(self, picked: Lines.Picked) -> None:
        """Begin it."""
        if isinstance(picked.pick, int):
            begin(self, self.templates[picked.pick])


def _named(step: int) -> str:
    return f"Step {step}: {STEPS[step]}" if step else STEPS[step]
