"""One letter: where it stands, what can be done with it now, what the checks say, and its text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal

from iepjournal import library, mailroom
from iepjournal.core import drafts
from iepjournal.core.checks import is_ready
from iepjournal.core.corrections import amended, strike
from iepjournal.core.dates import say
from iepjournal.core.dating import WHERE as LEFT_LYING
from iepjournal.core.fitting import fitting
from iepjournal.core.mending import blank_labels
from iepjournal.core.records import Letter
from iepjournal.core.replacements import letter_replaced, replacement
from iepjournal.screens import blanks, posting
from iepjournal.screens import letter_account as account
from iepjournal.screens.clipboard import to_clipboard
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import FileGiven, Recorded, ToCopy, Typed
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, ALERT, QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core.findings import Finding
    from iepjournal.core.fitting import Fitting
    from iepjournal.core.records import Record
    from iepjournal.screens.view import View

MARK_SENT = "mark sent"
UNSAVED = "This letter has unsaved words. Press e and finish with Done first."


class OneLetter(Page):
    """Rows for what can be done; at 80 columns the letter's text beside them."""

    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("letters")
    FOOTER = ("rows.1", "letter.edit", "letter.answered", "letter.sent", "letter.paper", "letter.file", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("e", "edit", "write", "Write on the text, with the findings beside it", id="letter.edit"),
        key("v", "paper", "view", "The exact lines and pages of the paper", id="letter.paper"),
        key("f", "file", "file", "Save it as PDF, text, HTML or e-mail", id="letter.file"),
        key("b", "copy", "copy", "Its text, for another program: to the clipboard, or bare to select with a finger",
            id="letter.copy"),
        key("i", "fill_in", "fill in", "Fill in the blanks, one after the other", id="letter.fill-in"),
        key("o", "address", "to whom", "Change to whom it goes, who gets a copy, and its subject", id="letter.address"),
        key("h", "stranger", "how it reads", "What somebody who knows nothing of you learns from it",
            id="letter.stranger"),
        key("m", "sent", MARK_SENT, "Say how it went out; from then on it stays as it is", id="letter.sent"),
        key("r", "answered", "reply", "Say that it arrived, or was answered", id="letter.answered"),
        key("n", "replace", "new one", "Write a new letter in place of one that was sent; it names the old one",
            id="letter.replace"),
        key("y", "redate", "date today", "Today's date on a draft, and a new day to ask an answer for",
            id="letter.redate"),
        key("g", "proof", "receipt", "Keep a receipt or a screenshot with it", id="letter.proof"),
        key("x", "strike", "strike", "Take a letter that was not sent out of sight, with the reason",
            id="letter.strike"),
    ]  # fmt: skip

    def __init__(self, view: View, no: int) -> None:
        super().__init__(view)
        self.no = no

    def body(self) -> ComposeResult:
        """What can be done, and the text."""
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="whole")

    @property
    def letter(self) -> Letter:
        """The letter as it stands now."""
        return self.view.case.numbered(self.no, Letter)

    @property
    def title_right(self) -> str:
        """Its number."""
        return f"Letter {self.no}"

    @property
    def is_sent(self) -> bool:
        """Whether it can be changed no more."""
        return self.view.case.is_sent(self.letter)

    @property
    def is_unsaved(self) -> bool:
        """Whether it has words that were typed and not saved."""
        return any(begun.name == drafts.of_letter(self.no) for begun in self.view.begun)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done: a sent letter is not written on, and one not sent has no answer."""
        del parameters
        if action in ("edit", "strike", "fill_in", "address", "redate"):
            return not self.is_sent
        if action == "replace":
            return self.is_sent and replacement(self.letter, self.view.case) is None
        return self.is_sent if action in ("answered", "proof") else True

    def footer_keys(self) -> Iterator[tuple[str, str]]:
        """Of a letter that went out, not the key that says so."""
        return (shown for shown in super().footer_keys() if not (self.is_sent and shown[1] == MARK_SENT))

    def show(self) -> None:
        """Draw it."""
        letter, view = self.letter, self.view
        whole = self.query_one("#whole", Lines)
        sheet = Sheet(self.main.content_width)
        sheet.paragraph(letter.title, role=STRONG)
        to = ", ".join(block.split("\n")[0] for block in letter.to)
        sheet.paragraph(
            " · ".join(filter(None, (f"to {to}" if to else "", account.standing(view, letter)))), role=QUIET
        )
        if before := letter_replaced(letter, view.case):
            sheet.paragraph(f"in place of letter {before.no}, sent before", role=QUIET)
        if letter.root in view.case.struck:
            sheet.paragraph(f"struck: {view.case.struck[letter.root]}", role=ALERT)
        findings = () if self.is_sent else account.findings_of(view, letter)
        sheet.blank()
        sheet.rows(self._ways(findings))
        account.draw_marks(sheet, view, letter)
        if self.is_sent:
            account.draw_asks(sheet, view, letter)
            account.draw_clocks(sheet, view, letter)
        else:
            account.draw_findings(sheet, findings)
        if whole.display:
            beside = Sheet(whole.content_width, numbered=False)
            account.draw_text(beside, view, letter)
            whole.show(beside)
        else:
            sheet.heading("The letter")
            account.draw_text(sheet, view, letter)
        self.main.show(sheet)

    def _ways(self, findings: tuple[Finding, ...]) -> Iterator[Row]:
        """What can be done now; the next step first and marked."""
        if self.is_sent:
            yield from self._ways_on()
            yield Row("Keep a receipt with it", "g", "proof")
            yield from self._ways_out()
            return
        ready = is_ready(findings) and not self.is_unsaved
        count = 0 if self.is_unsaved else len(blank_labels(self.letter))
        if count:
            yield Row(f"Fill in the {'blank' if count == 1 else f'{count} blanks'}", "i", "fill_in", title_role=ACCENT)
        words = "Write on: there are unsaved words" if self.is_unsaved else "Write on it"
        yield Row(words, "e", "edit", title_role="" if ready or count else ACCENT)
        yield Row("It went out: mark it as sent", "m", "sent", title_role=ACCENT if ready else "")
        if any(finding.where == LEFT_LYING for finding in findings):
            yield Row("Date it today: it was left lying", "y", "redate")
        yield Row("To whom, copies, subject", "o", "address")
        yield from self._ways_out()

    def _ways_on(self) -> Iterator[Row]:
        """What may follow a letter that went out: an answer, the next letter, or one in its place."""
        next_one = self._next_one
        yield Row("They answered, or it arrived", "r", "answered", title_role="" if next_one else ACCENT)
        if next_one:
            yield Row(f"Write next: {next_one.template.title}", pick="follow", title_role=ACCENT)
        if after := replacement(self.letter, self.view.case):
            yield Row(f"Letter {after.no}, in place of this one", pick=after.no)
        else:
            yield Row("Write a new one in its place", "n", "replace")

    @property
    def _next_one(self) -> Fitting | None:
        """The letter that would follow this one now."""
        view = self.view
        fits = fitting(library.letter_templates()[0], view.case, view.now, view.deadlines)
        return next((one for one in fits if one.after and one.after.root == self.letter.root), None)

    def _ways_out(self) -> Iterator[Row]:
        """What can be done with any letter: look at it, and take it along."""
        yield Row("How it reads to a stranger", "h", "stranger")
        yield Row("See it on paper", "v", "paper")
        yield Row("Save it as a file", "f", "file")
        yield Row("Copy its text", "b", "copy")

    @on(Lines.Picked, "#main")
    async def picked(self, picked: Lines.Picked) -> None:
        """Do what the row says."""
        if isinstance(picked.pick, int):
            # In the app's task: a page that waits for its own end would wait for ever.
            self.app.call_later(self.app.run_action, f"app.letter({picked.pick})")
        else:
            await self.run_action(f"screen.{picked.pick}")

    def action_follow(self) -> None:
        """Begin the letter that follows this one."""
        from iepjournal.screens.beginning import begin

        if found := self._next_one:
            begin(self, found.template, found.talk, found.after)

    def action_redate(self) -> None:
        """Move a draft's own days on to today."""
        no, today = self.no, self.view.today
        if self.is_unsaved:
            self.say(UNSAVED)
        elif self.letter.dated != today:
            said = f"Letter {no} is dated {say(today, today)}. u takes it back."
            self.post_message(
                Recorded(lambda case: [mailroom.redated_to(case.numbered(no, Letter), case, today)], said)
            )

    @work
    async def action_replace(self) -> None:
        """Begin a letter in place of this one."""
        question = "What was sent stays as it is. A new letter with its words says that it replaces this one."
        if await self.app.push_screen_wait(Ask(question, {"y": "write it", "n": "not now"})) != "y":
            return
        no, today = self.no, self.view.today

        def opened(written: Sequence[Record]) -> None:
            self.app.call_later(self.app.run_action, f"app.letter({written[0].no}, True)")

        self.post_message(
            Recorded(
                lambda case: [mailroom.revised(case.numbered(no, Letter), case, today)],
                lambda written: f"Letter {written[0].no} is begun in place of letter {no}.",
                then=opened,
            )
        )

    async def action_edit(self) -> None:
        """Write on the text."""
        await self.run_action(f"app.go_on({drafts.of_letter(self.no)!r})")

    def action_paper(self) -> None:
        """See it as it will be printed."""
        from iepjournal.screens.paper import Paper

        self.open(Paper(self.view, self.no))

    def action_stranger(self) -> None:
        """What the text tells by itself."""
        from iepjournal.screens.stranger import Stranger

        self.open(Stranger(self.view, self.letter))

    def action_address(self) -> None:
        """Change to whom it goes."""
        from iepjournal.screens.addressing import Addressing

        if self.is_unsaved:
            self.say(UNSAVED)
        else:
            self.open(Addressing(self.view, self.no))

    @work
    async def action_fill_in(self) -> None:
        """Ask for one blank after the other, and save what was answered."""
        if self.is_unsaved:
            await self.action_edit()
            return
        opened = then = self.letter
        if not blank_labels(opened):
            self.say("No blank is left in this letter.")
        async for then in blanks.ask(self.app, opened, mailroom.words_of(opened)):
            self.post_message(Typed(drafts.of_letter(self.no), then.text))
        if then is opened:
            return
        changes = {"text": then.text, "title": then.title}
        left = len(blank_labels(then))
        said = f"Filled in. {left} to go." if left else "Filled in: no blank is left."
        self.post_message(
            Recorded(
                lambda case: [amended(case, mailroom.unchanged_since(opened, case), changes, "blanks filled in")],
                f"{said} u takes it back.",
                draft=drafts.of_letter(self.no),
            )
        )

    @work
    async def action_copy(self) -> None:
        """The text alone, one line a paragraph: to the clipboard, or bare on the terminal."""
        from iepjournal.export.text import letter_text

        text = letter_text(mailroom.paper_of(self.letter, self.view.case), width=None)
        way = await posting.ask_copy(self.app)
        if way == "bare":
            self.post_message(ToCopy(text))
        elif way == "clipboard":
            self.say(to_clipboard(self.app, text))

    @work
    async def action_file(self) -> None:
        """Save it outside the journal."""
        is_draft = not self.is_sent and not is_ready(account.findings_of(self.view, self.letter))
        if made := await posting.ask_file(self.app, self.view, self.letter, is_draft=is_draft):
            self.post_message(made)

    @work
    async def action_sent(self) -> None:
        """Say how and when it went out."""
        findings = account.findings_of(self.view, self.letter)
        if posted := await posting.ask_sent(self.app, self.view, self.letter, findings, unsaved=self.is_unsaved):
            self.post_message(posted)

    @work
    async def action_answered(self) -> None:
        """Say that it arrived or was answered."""
        if recorded := await posting.ask_answered(self.app, self.view, self.letter):
            self.post_message(recorded)

    @work
    async def action_proof(self) -> None:
        """Keep a copy of a file with the letter."""
        question = f"Which file belongs to letter {self.no}? Its path on this machine:"
        path = await self.app.push_screen_wait(Tell(question, hint="Enter keeps a copy. Esc goes back.", needed=True))
        if path:
            self.post_message(FileGiven(self.letter, path))

    @work
    async def action_strike(self) -> None:
        """Ask why, and take it out of sight."""
        letter = self.letter
        question = f"Take letter {self.no} out of sight? It stays in the record."
        why = await self.app.push_screen_wait(Tell(question, hint="Why? A few words, then Enter.", needed=True))
        if why:
            said = f"Letter {self.no} is struck. u takes it back."
            self.post_message(Recorded(lambda case: [strike(case, letter, why)], then=partial(self.done, said)))
