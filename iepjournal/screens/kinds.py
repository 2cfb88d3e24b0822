"""Which letter to begin: what fits the case now, then the article's steps; and which entries it tells of."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal

from iepjournal import library, mailroom
from iepjournal.core.confirmations import TALKS, unconfirmed
from iepjournal.core.dates import say
from iepjournal.core.entries import wording
from iepjournal.core.fitting import STEPS, fitting
from iepjournal.core.letters import TALK, WHO, before_of, chosen_entries, offered_entries
from iepjournal.core.tally import AS_WRITTEN, CONSERVATIVE
from iepjournal.core.templates import names_in
from iepjournal.screens.dialogs import Ask, Choose
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, ALERT, QUIET, Row, Sheet, fit

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.core.fitting import Fitting
    from iepjournal.core.records import Entry, Letter, Record
    from iepjournal.core.templates import Template
    from iepjournal.screens.view import View

MOST_FITTING = 3
"""With the steps below them they leave a digit for each row."""
STRENGTHS = {
    "warm": "warm: we set it right together",
    "firm": "firm: what is needed, and by when",
    "formal": "formal: the rules by name, for the file",
}
FIGURES = {
    CONSERVATIVE: "conservative: harder to argue with",
    AS_WRITTEN: "as the IEP is written: every week in full",
}


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
            Row(_named(step), f"{count} letter{'s' if count > 1 else ''}", ("step", step))
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


class ChooseFacts(Page):
    """The entries a letter may tell of, newest first; private ones are not offered."""

    FOOTER = ("facts.toggle", "facts.go-on", "facts.1", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("n", "go_on", "next", "Write the letter with the chosen entries", id="facts.go-on"),
        key("enter,space", "pick", "choose", "Choose the entry under the mark, or leave it out", id="facts.toggle",
            shows_as="Enter"),
        *(
            key(str(n), f"digit({n})", "by number", "Go to the entry with that number; Enter then chooses it",
                id=f"facts.{n}", shows_as="0-9")
            for n in range(10)
        ),
    ]  # fmt: skip

    def __init__(
        self, view: View, template: Template, strength: str, talk: Entry | None, counted: str = CONSERVATIVE
    ) -> None:
        super().__init__(view)
        self.template, self.strength, self.counted = template, strength, counted
        self.chosen: list[int] = [talk.no] if talk and talk.no else []
        """Numbers of entries; of a letter about a talk, the talk comes first."""
        self._digits = ""

    @property
    def title_right(self) -> str:
        """How many are chosen."""
        return f"Which entries? · {len(self.chosen)} chosen"

    @property
    def _is_about_a_talk(self) -> bool:
        return self.template.follows == TALK

    def show(self) -> None:
        """Draw every entry there is, those about a talk first where the letter needs one."""
        sheet = Sheet(self.main.content_width)
        entries = offered_entries(self.view.case)[::-1]
        talks = [entry for entry in entries if entry.type in TALKS] if self._is_about_a_talk else []
        if not entries:
            sheet.heading("Nothing to tell of yet.")
            sheet.paragraph("n writes the letter with blanks for you to fill. a adds an entry first.", role=QUIET)
        if talks:
            sheet.heading("The talk, and what else belongs to it")
        sheet.rows(map(self._row, (*talks, *(entry for entry in entries if entry not in talks))))
        self.main.show(sheet)

    def _row(self, entry: Entry) -> Row:
        mark = "✓" if entry.no in self.chosen else "·"
        words = fit(wording(entry, self.view.case), 110)
        day = say(entry.happened_on, self.view.today)
        return Row(
            f"{day}: {words}", pick=entry.no, lead=f"{mark} {entry.no}", title_role=ACCENT if mark == "✓" else ""
        )

    def action_digit(self, digit: int) -> None:
        """Build an entry number, and go to it."""
        for typed in (f"{self._digits}{digit}", str(digit)):
            if self.main.move_to(int(typed)):
                self._digits = typed
                return
        self._digits = f"{self._digits}{digit}"[-6:]

    def action_pick(self) -> None:
        """Choose what the mark stands on, or leave it out again."""
        self._toggle(self.main.pick)

    @on(Lines.Picked, "#main")
    def picked(self, picked: Lines.Picked) -> None:
        """The same by Enter."""
        self._toggle(picked.pick)

    def _toggle(self, no: Hashable) -> None:
        self._digits = ""
        if isinstance(no, int):
            if no in self.chosen:
                self.chosen.remove(no)
            else:
                self.chosen.append(no)
            self.draw()

    def action_go_on(self) -> None:
        """Write it."""
        chosen = self.chosen if self._is_about_a_talk else sorted(self.chosen)
        write(self, self.template, self.strength, chosen, counted=self.counted)


def begin(page: Page, template: Template, talk: Entry | None = None, after: Letter | None = None) -> None:
    """Ask what the letter needs, then write it and show it."""
    page.run_worker(_begin(page, template, talk, after))


async def _begin(page: Page, template: Template, talk: Entry | None, after: Letter | None) -> None:
    if template.warning:
        answer = await page.app.push_screen_wait(Ask(template.warning, {"y": "write it", "n": "not now"}))
        if answer != "y":
            return
    strength: str | None = ""
    if template.strengths:
        offered = [(one, STRENGTHS[one]) for one in template.strengths]
        strength = await page.app.push_screen_wait(Choose("In which voice?", offered))
    if strength is None:
        return
    counted: str | None = CONSERVATIVE
    if has_figures(page.view, template, strength):
        counted = await page.app.push_screen_wait(Choose("Which figures?", list(FIGURES.items())))
    if counted is None:
        return
    if talk and talk.no:
        write(page, template, strength, [talk.no])
    elif tells_of_entries(template, strength):
        waiting = unconfirmed(page.view.case, page.view.now) if template.follows == TALK else ()
        page.open(ChooseFacts(page.view, template, strength, waiting[0].entry if waiting else None, counted))
    else:
        write(page, template, strength, [], after, counted)


def _named(step: int) -> str:
    return f"Step {step}: {STEPS[step]}" if step else STEPS[step]


def tells_of_entries(template: Template, strength: str) -> bool:
    """Whether what is chosen from the log stands anywhere in the letter."""
    names = names_in(template.body(strength))
    return WHO in template.to or any(name.startswith(("entries.", "entry.", "talk.")) for name in names)


def has_figures(view: View, template: Template, strength: str) -> bool:
    """Whether the letter says figures that are not the same counted either way."""
    totals = view.services_for_letters
    says = any(name.startswith(("totals.", "missed.")) for name in names_in(template.body(strength)))
    return says and totals is not None and any(one.as_written != one.conservative for one in totals.counts)


def write(
    page: Page,
    template: Template,
    strength: str,
    numbers: Sequence[int],
    after: Letter | None = None,
    counted: str = CONSERVATIVE,
) -> None:
    """Write the letter into the journal, and open it; `after` is the letter it follows, where that is not the usual."""
    view = page.view

    def operation(case: Case) -> list[Letter]:
        letter = mailroom.first_text(
            template,
            case,
            view.today,
            chosen=chosen_entries(case, numbers),
            before=before_of(after, case) if after else None,
            totals=view.services_for_letters,
            strength=strength,
            counted=counted,
        )
        return [letter]

    def opened(written: Sequence[Record]) -> None:
        page.app.call_later(page.app.run_action, f"app.letter({written[0].no}, True)")

    page.post_message(Recorded(operation, _said, then=opened))


def _said(written: Sequence[Record]) -> str:
    return f"Letter {written[0].no} is begun. Read it, fill the blanks, then Tab to Done."
