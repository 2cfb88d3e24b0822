"""The editor of a letter: its text, and beside it (below, on a phone) what the checks say of it as it is typed.

Nothing leaves the text unasked: a suggestion is put in when its row is picked, and a remark may be let stand.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import Static, TextArea

from iepjournal import library, mailroom
from iepjournal.core.checks import check, facts_only, parts_said
from iepjournal.core.corrections import amended
from iepjournal.core.dates import say_time
from iepjournal.core.letters import offer_again
from iepjournal.core.mending import Mended, mended, next_blank
from iepjournal.core.records import Letter
from iepjournal.core.text import clean_text
from iepjournal.screens.dialogs import Ask
from iepjournal.screens.letter import SIGN_ROLES, SIGNS, draft_of
from iepjournal.screens.messages import Recorded, Typed
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.widgets.frame import KeyLine
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.text_box import TextBox
from iepjournal.widgets.typeset import ACCENT, GOOD, QUIET, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.timer import Timer

    from iepjournal.core.case import Case
    from iepjournal.core.findings import Finding
    from iepjournal.screens.view import View

PAUSE_SECONDS = 0.5
DONE = "done"


class LetterText(TextBox):
    """The text of a letter; Tab goes from blank to blank, and after the last one on to the rows."""

    def __init__(self, text: str) -> None:
        super().__init__(text, enter_breaks=True)
        self.move_cursor((0, 0))

    def to_blank(self, after: int) -> bool:
        """Select the first blank from a place on; what is typed then stands in its stead."""
        span = next_blank(self.text, after)
        if span:
            self.select(*span)
        return bool(span)

    def select(self, start: int, end: int) -> None:
        """Select from one place in the text to another, in sight."""
        self.go_to(start)
        self.move_cursor(self._location(end), select=True)

    def go_to(self, place: int) -> None:
        """Put the cursor at a place in the text."""
        self.move_cursor(self._location(place))

    @property
    def place(self) -> int:
        """Where the cursor is, counted in characters from the start."""
        row, column = self.cursor_location
        return self.line_start(row) + column

    def line_start(self, row: int) -> int:
        """The place at which a line begins."""
        return sum(len(line) + 1 for line in self.text.split("\n")[:row])

    def _location(self, place: int) -> tuple[int, int]:
        before = self.text[:place]
        return before.count("\n"), place - before.rfind("\n") - 1

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "tab" and self.to_blank(self.place):
            event.stop()
            event.prevent_default()


class Editor(Page):
    """One letter being written."""

    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("letters")
    AUTO_FOCUS = "LetterText"
    FOOTER = ("rows.1", "editor.text", "editor.save", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("i", "text", "text", "Back into the text", id="editor.text"),
        key("n", "save", "done", "Save the text as a new version and go on", id="editor.save"),
    ]

    def __init__(self, view: View, no: int) -> None:
        super().__init__(view)
        self.letter = view.case.numbered(no, Letter)
        self._on_disk = self.letter
        self.draft = draft_of(self.letter)
        self.template = library.template(self.letter.template)
        begun = next((begun for begun in view.begun if begun.name == self.draft), None)
        self._text = begun.text if begun else self.letter.text
        self._note = f"Your words of {say_time(begun.kept_at.time())} are here again." if begun else ""
        self._kept = self._text
        self._allowed = self.letter.allowed
        self._words = mailroom.words_of(self.letter)
        totals = view.services_for_letters
        self._facts = offer_again(self.letter, view.case, self._words, view.today, totals).facts()
        self._findings: tuple[Finding, ...] = ()
        self._pages = 0
        self._pause: Timer | None = None

    def body(self) -> ComposeResult:
        """The text; the rows; what it makes on paper."""
        with Horizontal():
            yield LetterText(self._text)
            yield Lines(id="main")
        yield Static("", id="paper", markup=False)

    @property
    def box(self) -> LetterText:
        """Where the words are typed."""
        return self.query_one(LetterText)

    @property
    def title_right(self) -> str:
        """Its number."""
        return f"Letter {self.letter.no}"

    @property
    def as_typed(self) -> Letter:
        """The letter with the text as it is now."""
        return self.letter.replace(text=self.box.text, allowed=self._allowed)

    def on_mount(self) -> None:
        """Check it, and stand on the first blank."""
        self._check()
        self.box.to_blank(0)

    # -- what the checks say ----------------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Keep it, look at the words at once, and at the whole when the typing pauses."""
        text = self.box.text
        if text != self._kept:
            self._kept, self._note = text, ""
            self.post_message(Typed(self.draft, "" if text == self.letter.text else text))
        remarks = {finding.key: finding for finding in facts_only(text, self._words)}
        others = [finding for finding in self._findings if not _is_remark(finding)]
        fresh = [remark for key, remark in remarks.items() if key not in self._allowed]
        self._findings = (*others, *fresh)
        self.draw()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._check)

    def _check(self) -> None:
        """The whole check, and the pages it makes."""
        from iepjournal.export.stationery import letter_layout

        letter = self.as_typed
        others = self.view.other_children()
        self._findings = check(letter, self.view.case, self.template, self._words, self._facts, others)
        self._pages = len(letter_layout(mailroom.paper_of(letter, self.view.case)).pages)
        self.draw()

    def show(self) -> None:
        """Draw the rows: done, what is to be mended, and what is there already."""
        sheet = Sheet(self.main.content_width)
        stops = sum(finding.level == "stop" for finding in self._findings)
        done = "Done" if not stops else f"Done for now ({stops} to mend)"
        sheet.rows([Row(done, pick=DONE, title_role="" if stops else ACCENT)])
        for i, finding in enumerate(self._findings):
            title = f"{SIGNS[finding.level]} {finding.message}"
            offered = self._mended(finding)
            sheet.rows([Row(title, "+ a sentence" if offered and finding.where != "moved" else "", ("finding", i),
                            title_role=SIGN_ROLES[finding.level])])  # fmt: skip
        if not self._findings:
            sheet.rows([Row("✓ Nothing is missing, nothing was remarked on.", title_role=GOOD)])
        page = mailroom.paper_of(self.as_typed, self.view.case)
        said = [part for part in parts_said(page, self.template, self._facts) if part.words]
        sheet.rows(Row(f"✓ {one.part.title}", title_role=QUIET) for one in said)
        self.main.show(sheet)
        pages = f"{self._pages} page{'' if self._pages == 1 else 's'}" if self._pages else ""
        words = f"{len(self.box.text.split())} words"
        state = self._note or ("as saved" if self.box.text == self.letter.text else "kept as you type")
        self.query_one("#paper", Static).update(" · ".join(filter(None, (pages, words, state))))

    def footer_keys(self) -> Iterable[tuple[str, str]]:
        """In the text, how to get on; in the rows, as everywhere."""
        if isinstance(self.focused, LetterText):
            blank = next_blank(self.box.text, self.box.place)
            return [("Tab", "next blank" if blank else "done, checks"), ("Esc", "back, text kept")]
        return super().footer_keys()

    # -- going about ------------------------------------------------------------------------------------------------

    @on(TextBox.LeftBelow)
    def to_rows(self) -> None:
        """From the text to the rows."""
        self.main.focus()

    def action_text(self) -> None:
        """Into the text."""
        self.box.focus()

    def on_descendant_focus(self) -> None:
        """Give the room to what has the keys, and name those."""
        self.set_class(isinstance(self.focused, Lines), "-on-rows")
        self.draw_keys()

    def on_key(self, event: events.Key) -> None:
        """Up from the first row goes back into the text."""
        super().on_key(event)
        if event.key == "up" and isinstance(self.focused, Lines) and self.main.cursor == 0:
            event.stop()
            self.box.focus()

    @on(Lines.Picked, "#main")
    def picked(self, picked: Lines.Picked) -> None:
        """Done, or mend what a finding is about."""
        if picked.pick == DONE:
            self.action_save()
        elif isinstance(picked.pick, tuple) and picked.pick[1] < len(self._findings):
            self._meet(self._findings[picked.pick[1]])

    def _mended(self, finding: Finding) -> Mended | None:
        return mended(self.box.text, finding, self.letter, self.template)

    @work
    async def _meet(self, finding: Finding) -> None:
        """One finding: put its suggestion in, go to its place, or let it stand."""
        offered = self._mended(finding)
        answers = {"y": "put it in"} if offered else {}
        if finding.line:
            answers["g"] = "go there"
        if finding.key:
            answers["l"] = "let it stand"
        if not answers:
            self.say(finding.suggestion or finding.message)
            return
        answer = next(iter(answers))
        if len(answers) > 1:
            suggested = f" “{' '.join(finding.suggestion.split())}”" if finding.suggestion else ""
            chosen = await self.app.push_screen_wait(Ask(f"{finding.message}{suggested}", answers))
            if chosen is None:
                return
            answer = chosen
        if answer == "y" and offered:
            self._put_in(offered)
        elif answer == "g" and finding.line:
            self._go_to(finding)
        elif answer == "l":
            self._allowed = (*self._allowed, finding.key)
            self._check()

    def _put_in(self, offered: Mended) -> None:
        self.box.text = offered.text
        self.box.focus()
        blank = next_blank(offered.text, offered.start)
        if blank and blank[1] <= offered.end:
            self.box.select(*blank)
        else:
            self.box.go_to(offered.end)

    def _go_to(self, finding: Finding) -> None:
        start = self.box.line_start((finding.line or 1) - 1)
        self.box.focus()
        if finding.where != "blank" or not self.box.to_blank(start):
            self.box.go_to(start)

    # -- saving -----------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save a new version; what was not changed is left as it is."""
        text = clean_text(self.box.text).text.strip("\n")
        if not text.strip():
            self.say("The letter is empty, so it was not saved. Esc keeps what was there.")
            return
        changes = {"text": text, "allowed": self._allowed}
        opened = self.letter
        if text == opened.text and self._allowed == opened.allowed:
            self.post_message(Typed(self.draft, ""))
            self.done("Nothing was changed.")
            return

        def operation(case: Case) -> list[Letter]:
            self._on_disk = case.numbered(opened.no or 0, Letter)
            return [amended(case, mailroom.unchanged_since(opened, case), changes, "edited")]

        said = f"Letter {opened.no} is saved. The text before is kept."
        then = partial(self.done, said)
        self.post_message(Recorded(operation, draft=self.draft, then=then, refused=self._refused))

    def _refused(self, sentence: str) -> None:
        """Say why; where another window changed the letter, a second Done puts this text over it."""
        self.letter = self._on_disk
        self.query_one(KeyLine).say(f"{sentence} Your text is kept here; Done again puts it in place of the other.")


def _is_remark(finding: Finding) -> bool:
    """Whether it came from the look at the words alone."""
    return finding.line is not None and finding.where not in ("blank", "moved")
