"""The editor of a letter: its text, and beside it (below, on a phone) what the checks say of it as it is typed.

Nothing leaves the text unasked: a suggestion is put in when its row is picked, and a remark may be let stand.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import TextArea

from iepjournal import mailroom, own_editor
from iepjournal.core import drafts
from iepjournal.core.checks import facts_only, parts_said
from iepjournal.core.corrections import amended
from iepjournal.core.dates import say, say_time
from iepjournal.core.findings import Finding
from iepjournal.core.letters import offer_again
from iepjournal.core.mending import Mended, mended, next_blank
from iepjournal.core.records import Letter
from iepjournal.core.spelling import Doubt
from iepjournal.core.text import clean_text
from iepjournal.errors import NotAllowed
from iepjournal.screens import addressing, blanks, remarks, stranger
from iepjournal.screens.messages import EditorAsked, Recorded, Typed
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.widgets.frame import KeyLine
from iepjournal.widgets.keys import key
from iepjournal.widgets.letter_text import LetterText, StateLine
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.text_box import TextBox
from iepjournal.widgets.typeset import ACCENT, QUIET, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import PurePath

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.timer import Timer

    from iepjournal.core.case import Case
    from iepjournal.core.records import Record
    from iepjournal.screens.view import View

PAUSE_SECONDS = 0.5
DONE = "done"
CHECKING = Row("Checking …", title_role=QUIET)


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
        key("y", "own_editor", "your editor", "Write it in your own editor ($EDITOR), and come back",
            id="editor.own"),
    ]  # fmt: skip

    def __init__(self, view: View, no: int) -> None:
        super().__init__(view)
        self.letter = view.case.numbered(no, Letter)
        self._on_disk = self.letter
        self.draft = drafts.of_letter(no)
        self.template = mailroom.template_of(self.letter)
        begun = next((begun for begun in view.begun if begun.name == self.draft), None)
        self._text = begun.text if begun else self.letter.text
        self._kept = self._text
        self._begun_when = begun.when(view.today) if begun else ""
        self._kept_at = begun.kept_at if begun else None
        """When what is typed was written to disk; None before it is."""
        self._words = mailroom.words_of(self.letter)
        totals = view.services_for_letters
        self._facts = offer_again(self.letter, view.case, self._words, view.today, totals).facts()
        self._findings: tuple[Finding, ...] = ()
        self._doubts: tuple[Doubt, ...] = ()
        self._learned = ""
        self._page, self._pages = 0, 0
        self._pause: Timer | None = None

    def body(self) -> ComposeResult:
        """The text; the rows; what it makes on paper."""
        with Horizontal():
            yield LetterText(self._text)
            yield Lines(id="main")
        yield StateLine()

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
        return self.letter.replace(text=self.box.text)

    def on_mount(self) -> None:
        """Stand on the first blank; what the checks say comes when the text is in sight."""
        self.box.to_blank(0)
        self.call_after_refresh(self._check)
        if self._begun_when:
            self.say(f"Your words of {self._begun_when} are here again.")

    def draft_kept(self, draft: str, at: datetime) -> None:
        """Say when."""
        if draft == self.draft:
            self._kept_at = at
            self._draw_state()

    def watch_view(self) -> None:
        """Take over what was written meanwhile; where both texts changed, Done says so instead."""
        opened, now = self.letter, self.view.case.numbered(self.letter.no or 0, Letter)
        if self.is_mounted and now.uid != opened.uid and len({opened.text, now.text, self._typed}) < 3:
            self.letter = now
            if self._typed == opened.text != now.text:
                self.box.text = now.text
            self._check()
        super().watch_view()

    # -- what the checks say ----------------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Keep it, look at the words at once, and at the whole when the typing pauses."""
        text = self.box.text
        if text != self._kept:
            self._kept, self._kept_at = text, None
            self.post_message(Typed(self.draft, "" if text == self.letter.text else text))
        allowed = self.as_typed.allowed
        others = [finding for finding in self._findings if not _is_remark(finding)]
        fresh = [remark for remark in facts_only(text, self._words) if remark.key not in allowed]
        self._findings = (*others, *fresh)
        self.draw()
        self._check_soon()

    @on(TextArea.SelectionChanged)
    def _check_soon(self) -> None:
        """When nothing is typed or moved for a moment."""
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._check)

    def _check(self) -> None:
        """The whole check, and the pages it makes."""
        from iepjournal.export.stationery import letter_layout

        letter, case = self.as_typed, self.view.case
        totals, others = self.view.services_for_letters, self.view.other_children()
        self._findings = mailroom.findings_of(letter, case, self.view.today, totals, others)
        self._learned = stranger.in_words(mailroom.answers_of(letter, case))
        self._pages = len(letter_layout(mailroom.paper_of(letter, case)).pages)
        before = letter.replace(text=letter.text[: self.box.place] or " ", cc=())
        self._page = len(letter_layout(mailroom.paper_of(before, case)).pages) if self._pages > 1 else 1
        self.draw()
        self._spell(letter)

    @work(exclusive=True, group="spelling")
    async def _spell(self, letter: Letter) -> None:
        """Look at the spelling, apart: the word list takes long to read the first time."""
        doubts = await asyncio.to_thread(mailroom.doubts_of, letter, self.view.case)
        if doubts != self._doubts and letter.text == self.box.text:
            self._doubts = doubts
            self.draw()

    def show(self) -> None:
        """Draw the rows: done, what is to be mended, what is there already, and where else to look."""
        sheet, letter, case = Sheet(self.main.content_width), self.as_typed, self.view.case
        stops = sum(finding.level == "stop" for finding in self._findings)
        done = "Done" if not stops else f"Done for now ({stops} to mend)"
        sheet.rows([Row(done, pick=DONE, title_role="" if stops else ACCENT)])
        labels = [remarks.label_of(finding, letter) for finding in self._findings]
        for row in remarks.rows(self._findings, self._doubts, labels) if self._pages else (CHECKING,):
            sheet.rows([self._with_offer(row)])
        page = mailroom.paper_of(letter, case)
        said = [part for part in parts_said(page, self.template, self._facts) if part.words]
        sheet.rows(Row(f"✓ {one.part.title}", title_role=QUIET) for one in said)
        sheet.blank()
        ways = [
            Row(addressing.in_words(letter, case), "o", "address"),
            Row(f"How it reads to a stranger: {self._learned}", "h", "stranger"),
        ]
        if name := own_editor.name():
            ways.append(Row(f"Write it in {name}", "y", "own_editor"))
        sheet.rows(ways)
        self.main.show(sheet)
        self._draw_state()

    def _with_offer(self, row: Row) -> Row:
        """A finding's row says where there is a sentence to put in."""
        finding = row.pick
        if not isinstance(finding, Finding) or row.note or finding.where == "moved" or not self._mended(finding):
            return row
        return row._replace(note="+ a sentence")

    def _draw_state(self) -> None:
        """Where the cursor is on paper, how much there is, and since when it is safe."""
        if self._pages:
            self.query_one(StateLine).tell(self._page, self._pages, len(self.box.text.split()), self._state)

    @property
    def _state(self) -> str:
        if self.box.text == self.letter.text:
            at = self.letter.recorded_at
            is_today = at.date() == self.view.today
            return f"saved {say_time(at.time()) if is_today else say(at.date(), self.view.today)}"
        return f"kept {say_time(self._kept_at.time())}" if self._kept_at else "keeping …"

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
        elif isinstance(picked.pick, Finding):
            self._meet(picked.pick)
        elif isinstance(picked.pick, Doubt):
            self._decide(picked.pick)

    def _mended(self, finding: Finding) -> Mended | None:
        return mended(self.box.text, finding, self.letter, self.template)

    @work
    async def _meet(self, finding: Finding) -> None:
        """One finding: fill it in, put its suggestion in, go to its place, or let it stand."""
        if label := remarks.label_of(finding, self.as_typed):
            await self._fill_in(label)
            return
        offered = self._mended(finding)
        answer = await remarks.ask_finding(self.app, finding, offered)
        if answer == remarks.PUT_IN and offered:
            self.box.put_in(offered)
        elif answer == remarks.GO_THERE and finding.line:
            self.box.focus()
            self.box.go_to(self.box.line_start(finding.line - 1))
        elif answer == remarks.TO_WHOM:
            self.action_address()
        elif answer == remarks.TODAY:
            self._date_today()
        elif answer == remarks.STANDS:
            self._let_stand(finding.key)

    @work
    async def _decide(self, doubt: Doubt) -> None:
        """One word: another in its place, or it is right."""
        answer = await remarks.ask_doubt(self.app, doubt)
        text = self.box.text
        if answer == remarks.RIGHT:
            self._let_stand(doubt.key)
        elif answer and text[doubt.start : doubt.end] == doubt.word:
            if answer != remarks.THERE:
                self.box.text = f"{text[: doubt.start]}{answer}{text[doubt.end :]}"
                self._check()
            else:
                self.box.focus()
                self.box.select(doubt.start, doubt.end)

    def _let_stand(self, key: str) -> None:
        self._write("may stand", allowed=(*self.letter.allowed, key))

    def _write(self, why: str, **changes: object) -> None:
        """Write at once what of the letter is not its text; the text waits for Done."""
        opened = self.letter
        self.post_message(Recorded(lambda case: [amended(case, mailroom.unchanged_since(opened, case), changes, why)]))

    def _date_today(self) -> None:
        """Today's date, and a new day to ask an answer for, wherever the letter says them."""
        try:
            anew = mailroom.redated_to(self.as_typed, self.view.case, self.view.today)
        except NotAllowed as error:
            self.say(str(error))
            return
        self.box.text = anew.text
        self._write("dated anew", dated=anew.dated, reply_by=anew.reply_by)

    async def _fill_in(self, label: str) -> None:
        """Ask for this blank and those after it; each answer is in the text, and kept, before the next is asked."""
        async for filled in blanks.ask(self.app, self.as_typed, self._words, label):
            self.box.text = filled.text
            if filled.title != self.letter.title:
                self._write("blank filled in", title=filled.title)
            self._check()

    def action_stranger(self) -> None:
        """What the text, as it is now, tells by itself."""
        self.open(stranger.Stranger(self.view, self.as_typed))

    def action_address(self) -> None:
        """Save, so that nothing typed is in the way, and change to whom it goes."""

        def go_on(_written: object = None) -> None:
            self.open(addressing.Addressing(self.view, self.letter.no or 0))

        self._save(then=go_on, unchanged=go_on)

    def action_own_editor(self) -> None:
        """Go on in the parent's own editor."""
        self.post_message(EditorAsked(self.draft, self.box.text, self._came_back))

    def _came_back(self, text: str) -> None:
        """Take over what was written there; an emptied text is none."""
        was, text = self.box.text, text.strip("\n")
        if not text.strip() or text == was.strip("\n"):
            self.say("The text is as it was." if text.strip() else "It came back empty, so the text stays as it was.")
            self.post_message(Typed(self.draft, "" if was == self.letter.text else was))
        else:
            self.box.text = text
            self._check()

    # -- saving -----------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save a new version and go back; what was not changed is left as it is."""
        said = f"Letter {self.letter.no} is saved. The text before is kept."
        self._save(then=partial(self.done, said), unchanged=partial(self.done, "All of it is saved."))

    def _save(self, then: Callable[[Sequence[Record]], None], unchanged: Callable[[], None]) -> None:
        text = self._typed
        if not text.strip():
            self.say("The letter is empty, so it was not saved. Esc keeps what was there.")
            return
        opened = self.letter
        if text == opened.text:
            self.post_message(Typed(self.draft, ""))
            unchanged()
            return

        def operation(case: Case) -> list[Letter]:
            self._on_disk = case.numbered(opened.no or 0, Letter)
            return [amended(case, mailroom.unchanged_since(opened, case), {"text": text}, "edited")]

        self.post_message(Recorded(operation, draft=self.draft, then=then, refused=self._refused))

    def _refused(self, sentence: str) -> None:
        """Say why; where another window changed the letter, a second Done puts this text over it."""
        self.letter = self._on_disk
        self.query_one(KeyLine).say(f"{sentence} Your text is kept here; Done again puts it in place of the other.")


def _is_remark(finding: Finding) -> bool:
    """Whether it came from the look at the words alone."""
    return finding.line is not None and finding.where not in ("blank", "moved")
