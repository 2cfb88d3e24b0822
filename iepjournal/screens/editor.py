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
from iepjournal.core.letters import offer_again
from iepjournal.core.mending import Mended, blank_labels, mended, next_blank
from iepjournal.core.records import Letter
from iepjournal.core.text import clean_text
from iepjournal.screens import addressing, blanks, stranger
from iepjournal.screens.dialogs import Ask
from iepjournal.screens.letter import SIGN_ROLES, SIGNS, draft_of
from iepjournal.screens.messages import Recorded, Typed
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.widgets.frame import KeyLine
from iepjournal.widgets.keys import key
from iepjournal.widgets.letter_text import LetterText
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.text_box import TextBox
from iepjournal.widgets.typeset import ACCENT, GOOD, QUIET, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import PurePath

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.timer import Timer

    from iepjournal.core.case import Case
    from iepjournal.core.findings import Finding
    from iepjournal.core.records import Record
    from iepjournal.screens.view import View

PAUSE_SECONDS = 0.5
DONE = "done"


class Editor(Page):
    """One letter being written."""

    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("letters")
    AUTO_FOCUS = "LetterText"
    FOOTER = ("rows.1", "editor.text", "editor.save", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("i", "text", "text", "Back into the text", id="editor.text"),
        key("n", "save", "done", "Save the text as a new version and go on", id="editor.save"),
        key("o", "address", "to whom", "Save, and change to whom it goes", id="editor.address"),
        key("h", "stranger", "how it reads", "What somebody who knows nothing of you learns from it",
            id="editor.stranger"),
    ]  # fmt: skip

    def __init__(self, view: View, no: int) -> None:
        super().__init__(view)
        self.letter = view.case.numbered(no, Letter)
        self._on_disk = self.letter
        self.draft = draft_of(self.letter)
        self.template = library.template(self.letter.template)
        begun = next((begun for begun in view.begun if begun.name == self.draft), None)
        self._text = begun.text if begun else self.letter.text
        self._note = f"Your words of {begun.when(view.today)} are here again." if begun else ""
        self._kept = self._text
        self._allowed, self._title = self.letter.allowed, self.letter.title
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
    def _typed(self) -> str:
        """The text as it would be saved."""
        return clean_text(self.box.text).text.strip("\n")

    @property
    def as_typed(self) -> Letter:
        """The letter with the text as it is now."""
        return self.letter.replace(text=self.box.text, title=self._title, allowed=self._allowed)

    def on_mount(self) -> None:
        """Check it, and stand on the first blank."""
        self._check()
        self.box.to_blank(0)

    def watch_view(self) -> None:
        """Without unsaved words the text is that on disk; with some, Done says that it was changed elsewhere."""
        opened, now = self.letter, self.view.case.numbered(self.letter.no or 0, Letter)
        if self.is_mounted and now.uid != opened.uid and self._typed in (opened.text, now.text):
            self._title = now.title if self._title == opened.title else self._title
            self._allowed = tuple(dict.fromkeys((*now.allowed, *self._allowed)))
            self.letter = now
            if self._typed != now.text:
                self.box.text = now.text
            self._check()
        super().watch_view()

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
            label = self._label(finding)
            title = f"{SIGNS[finding.level]} {f'Not filled in: {label}' if label else finding.message}"
            sheet.rows([Row(title, self._offers(finding), ("finding", i), title_role=SIGN_ROLES[finding.level])])
        if not self._findings:
            sheet.rows([Row("✓ Nothing is missing, nothing was remarked on.", title_role=GOOD)])
        letter = self.as_typed
        page = mailroom.paper_of(letter, self.view.case)
        said = [part for part in parts_said(page, self.template, self._facts) if part.words]
        sheet.rows(Row(f"✓ {one.part.title}", title_role=QUIET) for one in said)
        learned = stranger.in_words(mailroom.answers_of(letter, self.view.case))
        sheet.blank()
        sheet.rows(
            [
                Row(addressing.in_words(letter, self.view.case), "o", "address"),
                Row(f"How it reads to a stranger: {learned} answered", "h", "stranger"),
            ]
        )
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
        """Done, or mend what a finding is about, or what else the row says."""
        if picked.pick == DONE:
            self.action_save()
        elif isinstance(picked.pick, str):
            self.call_later(self.run_action, f"screen.{picked.pick}")
        elif isinstance(picked.pick, tuple) and picked.pick[1] < len(self._findings):
            self._meet(self._findings[picked.pick[1]])

    def _mended(self, finding: Finding) -> Mended | None:
        return mended(self.box.text, finding, self.letter, self.template)

    def _offers(self, finding: Finding) -> str:
        """What picking a finding leads to, where that is more than a question."""
        if finding.where == "blank" and self._label(finding):
            return "fill in"
        return "+ a sentence" if self._mended(finding) and finding.where != "moved" else ""

    @work
    async def _meet(self, finding: Finding) -> None:
        """One finding: fill it in, put its suggestion in, go to its place, or let it stand."""
        if label := self._label(finding):
            await self._fill_in(label)
            return
        offered = self._mended(finding)
        answers = {"y": "put it in"} if offered else {}
        if finding.line:
            answers["g"] = "go there"
        if finding.where == "addressee":
            answers["o"] = "to whom it goes"
        if finding.key:
            answers["l"] = "let it stand"
        suggested = f" “{' '.join(finding.suggestion.split())}”" if offered else ""
        if not answers:
            self.say(finding.suggestion or finding.message)
            return
        answer = await self.app.push_screen_wait(Ask(f"{finding.message}{suggested}", answers))
        if answer == "y" and offered:
            self._put_in(offered)
        elif answer == "g" and finding.line:
            self._go_to(finding)
        elif answer == "o":
            self.action_address()
        elif answer == "l":
            self._allowed = (*self._allowed, finding.key)
            self._check()

    def _label(self, finding: Finding) -> str:
        """What the blank asks for that a finding is about; empty where it is about none in the text or the subject."""
        if finding.where != "blank":
            return ""
        return next(
            (one for one in blank_labels(self.as_typed) if finding.message.startswith(f"Not filled in: {one} (")), ""
        )

    async def _fill_in(self, label: str) -> None:
        """Ask for this blank and those after it; each answer is in the text, and kept, before the next is asked."""
        async for filled in blanks.ask(self.app, self.as_typed, self._words, label):
            self.box.text, self._title = filled.text, filled.title
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
        self.box.focus()
        self.box.go_to(self.box.line_start((finding.line or 1) - 1))

    def action_stranger(self) -> None:
        """What the text, as it is now, tells by itself."""
        self.open(stranger.Stranger(self.view, self.as_typed))

    def action_address(self) -> None:
        """Save, so that nothing typed is in the way, and change to whom it goes."""

        def go_on(_written: object = None) -> None:
            self.open(addressing.Addressing(self.view, self.letter.no or 0))

        self._save(then=go_on, unchanged=go_on)

    # -- saving -----------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save a new version and go back; what was not changed is left as it is."""
        said = f"Letter {self.letter.no} is saved. The text before is kept."
        self._save(then=partial(self.done, said), unchanged=partial(self.done, "Nothing was changed."))

    def _save(self, then: Callable[[Sequence[Record]], None], unchanged: Callable[[], None]) -> None:
        text = self._typed
        if not text.strip():
            self.say("The letter is empty, so it was not saved. Esc keeps what was there.")
            return
        changes = {"text": text, "title": self._title, "allowed": self._allowed}
        opened = self.letter
        if all(getattr(opened, name) == value for name, value in changes.items()):
            self.post_message(Typed(self.draft, ""))
            unchanged()
            return

        def operation(case: Case) -> list[Letter]:
            self._on_disk = case.numbered(opened.no or 0, Letter)
            return [amended(case, mailroom.unchanged_since(opened, case), changes, "edited")]

        self.post_message(Recorded(operation, draft=self.draft, then=then, refused=self._refused))

    def _refused(self, sentence: str) -> None:
        """Say why; where another window changed the letter, a second Done puts this text over it."""
        self.letter = self._on_disk
        self.query_one(KeyLine).say(f"{sentence} Your text is kept here; Done again puts it in place of the other.")


def _is_remark(finding: Finding) -> bool:
    """Whether it came from the look at the words alone."""
    return finding.line is not None and finding.where not in ("blank", "moved")
