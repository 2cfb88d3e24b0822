"""One entry, whole: its words, what is known of them, its versions, files and letters; and its correction."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work

from iepjournal.core.chain import short
from iepjournal.core.corrections import strike
from iepjournal.core.dates import say, say_moment
from iepjournal.core.drawn import after_strike
from iepjournal.core.entries import echo, lag_of, wording, words_kept
from iepjournal.core.people import called
from iepjournal.core.records import Entry
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import Page
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import ALERT, QUIET, Row, Sheet, fit

if TYPE_CHECKING:
    from textual.app import App
    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.core.drawn import Follows
    from iepjournal.core.records import Record
    from iepjournal.screens.view import View

ON_ENTRIES = (
    key("e", "correct", "correct", "Correct the entry; both texts are kept", id="entry.correct"),
    key("x", "strike", "strike", "Take the entry out of sight, with the reason", id="entry.strike"),
    key("f", "attach", "file", "Keep a file with the entry", id="entry.attach"),
    key("m", "promise", "promise", "Keep in mind what was promised in it, or the clock it starts", id="entry.promise"),
)
"""What can be done with an entry, wherever one is shown."""


def draw_entry(sheet: Sheet, view: View, entry: Entry) -> None:
    """Set one entry on a sheet, from its words to its seal."""
    case = view.case
    sheet.paragraph(echo(entry, case, view.today), role=QUIET)
    sheet.paragraph(lag_of(entry, case), role=QUIET)
    if entry.root in case.struck:
        sheet.paragraph(f"struck: {case.struck[entry.root]}", role=ALERT)
    if entry.private:
        sheet.paragraph("private: stays out of letters and exports", role=ALERT)
    sheet.blank()
    sheet.paragraph(wording(entry, case))
    if entry.quote:
        sheet.heading("Exact words")
        sheet.paragraph(words_kept(entry))
    _draw_around(sheet, view, entry)
    _draw_versions(sheet, view, entry)
    sheet.blank()
    sheet.paragraph(
        f"Written {say_moment(entry.recorded_at)}, by {entry.recorded_by} · seal {short(entry.seal)[:9]}…", role=QUIET
    )


def _draw_around(sheet: Sheet, view: View, entry: Entry) -> None:
    """What belongs to the entry: promises made in it, letters that use it, files kept with it."""
    case, today = view.case, view.today
    promises = [promise for promise in case.promises if promise.entry == entry.root]
    letters = [letter for letter in case.letters if entry.root in letter.facts or letter.answers == entry.root]
    files = [attachment for attachment in case.attachments if attachment.of == entry.root]
    rows = [
        *(
            Row(
                f"Promise {promise.no}: {called(promise.who, case) + ': ' if promise.who else ''}“{promise.text}”",
                f"by {say(promise.by, today)}" if promise.by else "",
            )
            for promise in promises
        ),
        *(Row(f"Letter {letter.no}: {letter.title}", say(letter.dated, today)) for letter in letters),
        *(Row(f"File {file.no}: {file.name}", f"{file.size:,} bytes") for file in files),
        *(
            Row(f"marked {mark.what}{': ' + mark.why if mark.why else ''}", say(mark.on, today))
            for mark in case.marks(entry.root)
        ),
    ]
    if rows:
        sheet.heading("With it")
        sheet.rows(row._replace(lead=" ·") for row in rows)


def _draw_versions(sheet: Sheet, view: View, entry: Entry) -> None:
    versions = view.case.versions(entry)
    if len(versions) < 2:
        return
    sheet.heading("Before the correction" if len(versions) == 2 else "Before the corrections")
    for older, newer in pairwise(versions):
        was = echo(older, view.case, view.today)
        of_another_kind = was != echo(newer, view.case, view.today)
        if of_another_kind:
            sheet.paragraph(was)
        if older.text != newer.text or not of_another_kind:
            sheet.paragraph(older.text)
        sheet.paragraph(f"corrected {say_moment(newer.recorded_at)}: {newer.why}", role=QUIET)


async def ask_together(app: App[Any], follows: Follows) -> bool | None:
    """Whether the session that was drawn from an entry goes with it; None goes back."""
    if not follows.records:
        return False
    question = f"A session was drawn from this entry. With it: {follows.words}."
    answer = await app.push_screen_wait(Ask(question, {"y": "both", "n": "only the entry"}))
    return None if answer is None else answer == "y"


class EntryActions(Page):
    """A page on which one entry is the one that is meant."""

    BINDINGS: ClassVar[list[Binding]] = [*ON_ENTRIES]  # type: ignore[assignment]

    @property
    def meant(self) -> Entry | None:
        """The entry the keys act on."""
        raise NotImplementedError

    async def action_correct(self) -> None:
        """Open the entry for correction."""
        if (entry := self.meant) and not self._is_struck(entry):
            await self.run_action(f"app.correct({entry.no})")

    async def action_promise(self) -> None:
        """Ask again what the entry was asked about when it was saved."""
        if (entry := self.meant) and not self._is_struck(entry):
            await self.run_action(f"app.ask_about({entry.no})")

    def _is_struck(self, entry: Entry) -> bool:
        """Whether it is out of sight already; then it is said, and nothing changes it."""
        if struck := entry.root in self.view.case.struck:
            self.say(f"Entry {entry.no} is struck already. It stays in the record as it is.")
        return struck

    @work
    async def action_strike(self) -> None:
        """Show what would go out of sight, and ask why."""
        entry = self.meant
        if not entry or self._is_struck(entry):
            return
        question = f"Strike entry {entry.no}, “{fit(wording(entry, self.view.case), 60)}”? It stays in the record."
        why = await self.app.push_screen_wait(
            Tell(question, hint="Why? A few words, then Enter. Enter on nothing goes back.", needed=True)
        )
        if not why:
            return
        today = self.view.today
        together = await ask_together(self.app, after_strike(self.view.case, entry, why, today))
        if together is None:
            return

        def operation(case: Case) -> list[Record]:
            struck = case.numbered(entry.no or 0, Entry)
            follows = after_strike(case, struck, why, today).records if together else ()
            return [strike(case, struck, why), *follows]

        self.post_message(Recorded(operation, f"Entry {entry.no} is struck. u takes it back."))

    @work
    async def action_attach(self) -> None:
        """Keep a copy of a file with the entry."""
        from iepjournal.screens.messages import FileGiven

        if entry := self.meant:
            path = await self.app.push_screen_wait(
                Tell(
                    f"Which file belongs to entry {entry.no}? Its path on this machine:",
                    hint="Enter keeps a copy. Enter on nothing goes back.",
                    needed=True,
                )
            )
            if path:
                self.post_message(FileGiven(entry, path))


class EntryPage(EntryActions):
    """One entry on a page of its own."""

    NAME = "Entry"
    FOOTER = ("app.back", "entry.correct", "entry.strike", "entry.attach")

    def __init__(self, view: View, no: int) -> None:
        super().__init__(view)
        self.no = no

    @property
    def title_right(self) -> str:
        """Its number."""
        return f"Entry {self.no}"

    @property
    def meant(self) -> Entry:
        """The entry as it stands now."""
        return self.view.case.numbered(self.no, Entry)

    def show(self) -> None:
        """Draw it."""
        sheet = Sheet(self.main.content_width)
        draw_entry(sheet, self.view, self.meant)
        self.main.show(sheet)
