"""Old notes: a file is named, what each note in it would become is shown, y saves them, one undo takes them back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work

from iepjournal.core.entries import echo
from iepjournal.core.notes import arrivals, gist
from iepjournal.core.notetable import HOLDS, left_out
from iepjournal.errors import JournalError, TableRefused
from iepjournal.notefile import NoteFile
from iepjournal.screens.dialogs import Ask, Choose, Tell, Told
from iepjournal.screens.messages import NotesBrought
from iepjournal.screens.page import Page
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from textual.binding import Binding

    from iepjournal.core.notes import Arrival, Note
    from iepjournal.screens.view import View

OLDER_EXCEL = "cp1252"


class OldNotes(Page):
    """What a file of old notes would become."""

    NAME = "Old notes"
    FOOTER = ("notes.save", "notes.file", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("y", "save", "save them", "Save the notes as they are shown", id="notes.save"),
        key("i", "file", "a file", "Name the file that they are in", id="notes.file"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.file: NoteFile | None = None
        self.notes: tuple[Note, ...] = ()
        self.passed_over: tuple[str, ...] = ()
        """The columns of a table that are not taken over."""

    @property
    def arriving(self) -> tuple[Arrival, ...]:
        """Each note beside the entry it would become, by the case as it is now."""
        return arrivals([(self.file.source, self.notes)], self.view.case) if self.file else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to save only what is new."""
        del parameters
        return action != "save" or any(not one.is_known for one in self.arriving)

    def show(self) -> None:
        """Draw what each note would be; before a file is named, what can come in."""
        sheet = Sheet(self.main.content_width)
        if self.file is None:
            sheet.heading("Notes you have already")
            sheet.paragraph(
                "A CSV from a spreadsheet, e-mails (.eml, .mbox), a chat, what jrnl writes, or text in which each "
                "note begins with its day. i names the file. You see what each note becomes before anything is "
                "saved; each says which file it came from, and that it was written down here today.",
                role=QUIET,
            )
        else:
            self._draw(sheet, self.file, self.arriving)
        self.main.show(sheet)

    def _draw(self, sheet: Sheet, file: NoteFile, arriving: tuple[Arrival, ...]) -> None:
        new = sum(not one.is_known for one in arriving)
        known = f", {len(arriving) - new} here already" if new < len(arriving) else ""
        sheet.heading(file.source)
        sheet.paragraph(f"{new} new{known}. {'Nothing is saved yet: y saves them.' if new else ''}", role=STRONG)
        if self.passed_over:
            sheet.paragraph(f"Columns that are left out: {', '.join(self.passed_over)}.", role=QUIET)
        sheet.blank()
        sheet.rows(
            Row(
                gist(one.entry),
                lead=" ✓" if one.is_known else " ·",
                title_role=QUIET if one.is_known else "",
                below=("here already" if one.is_known else echo(one.entry, self.view.case, self.view.today),),
            )
            for one in arriving
        )

    def action_save(self) -> None:
        """Save what is new."""
        if self.file:
            self.post_message(NotesBrought(self.file.source, self.notes))

    @work
    async def action_file(self) -> None:
        """Ask for the file, and for what it does not say itself: its letters, its columns, its year."""
        name = await self.app.push_screen_wait(
            Tell("Which file? Its path on this machine:", hint="As in ~/notes.csv; Esc goes back", needed=True)
        )
        file = NoteFile(name=name) if name else None
        while file:
            try:
                self.notes = file.notes(self.view.case, self.view.now)
            except TableRefused as error:
                file = await self._said(file, error)
            except JournalError as error:
                await self.app.push_screen_wait(Told(str(error)))
                return
            else:
                table = file.table()
                self.passed_over = left_out(table.header, file.columns) if table else ()
                self.file = file
                self.draw()
                self.refresh_bindings()
                return

    async def _said(self, file: NoteFile, error: TableRefused) -> NoteFile | None:
        """The file with what it lacks, as the parent says it; None where there is nothing to say or she goes back."""
        if error.lacks == "encoding" and file.encoding != OLDER_EXCEL:
            question = "Its letters are not UTF-8. Read it as an older Excel writes it?"
            answer = await self.app.push_screen_wait(Ask(question, {"y": "yes", "n": "no"}))
            return replace(file, encoding=OLDER_EXCEL) if answer == "y" else None
        if error.lacks == "year":
            typed = await self.app.push_screen_wait(
                Tell(f"{error.why}. Of which year are such days?", hint="Like 2025")
            )
            return replace(file, year=int(typed)) if typed and typed.isdecimal() else None
        if error.lacks in HOLDS and (table := file.table()):
            example = table.rows[0] if table.rows else ("",) * len(table.header)
            choices = [
                (str(n), f"{title or f'column {n}'}: {cell[:24]}")
                for n, (title, cell) in enumerate(zip(table.header, example, strict=True), start=1)
            ]
            picked = await self.app.push_screen_wait(Choose(f"Which column holds {HOLDS[error.lacks]}?", choices))
            return replace(file, columns={**file.columns, error.lacks: picked}) if picked else None
        await self.app.push_screen_wait(Told(str(error)))
        return None
