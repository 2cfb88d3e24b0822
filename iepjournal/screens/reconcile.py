"""Their log: the school's own service log beside ours, differences first; its rows come from a file or are typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from iepjournal.core import reconcile as logs
from iepjournal.core.columns import columns_of
from iepjournal.core.dates import say
from iepjournal.core.entries import service_name
from iepjournal.core.reconcile import VERDICTS, accepted, mine_in_words, question, theirs_in_words
from iepjournal.errors import JournalError, NotAllowed
from iepjournal.screens.dialogs import Ask, Choose, Tell, Told
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import ROW_NUMBERS, Page
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.core.reconcile import Line, Reconciliation
    from iepjournal.core.records import SchoolLogRow, Session
    from iepjournal.export.tables import Table
    from iepjournal.screens.messages import Operation
    from iepjournal.screens.view import View


NO_COLUMN = -1
"""Where the school's file does not say what became of a session."""


class TheirLog(Page):
    """Both logs of one service, side by side."""

    NAME = "Their log"
    FOOTER = ("rows.1", "theirs.type", "theirs.file", "theirs.questions", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("n", "type", "type rows", "Type rows of their log", id="theirs.type"),
        key("i", "file", "file", "Bring in their log as a CSV file", id="theirs.file"),
        key("y", "questions", "questions", "The differences as questions for a letter", id="theirs.questions"),
    ]

    def __init__(self, view: View, handle: str) -> None:
        super().__init__(view)
        self.handle = handle

    @property
    def title_right(self) -> str:
        """Whose log, of which service."""
        return f"Their log · {service_name(self.handle, self.view.case)}"

    @property
    def found(self) -> Reconciliation | None:
        """Both logs; None while no row of theirs is here."""
        try:
            return logs.reconcile(self.view.case, self.handle)
        except JournalError:
            return None

    def show(self) -> None:
        """Draw what differs, then what agrees."""
        sheet = Sheet(self.main.content_width)
        if found := self.found:
            self._draw(sheet, found)
        else:
            sheet.heading("No row of their log is here yet.")
            sheet.paragraph(
                "Ask the school for its service log (w, then the records request). Type it in with n, or bring the "
                "file in with i. It changes no figure until you say that a row is right.",
                role=QUIET,
            )
        self.main.show(sheet)

    def _draw(self, sheet: Sheet, found: Reconciliation) -> None:
        today = self.view.today
        sheet.blank()
        sheet.paragraph(f"{say(found.since, today)} to {say(found.until, today)}", role=STRONG)
        sheet.paragraph(logs.verdicts_in_words(found))
        sheet.paragraph(logs.unaccounted_in_words(found))
        different = [(n, line) for n, line in enumerate(found.lines) if line.verdict != "agree"]
        if different:
            sheet.heading("Different")
            sheet.rows(
                Row(
                    f"{say(line.on, today)} {VERDICTS[line.verdict]}",
                    pick=n,
                    below=(
                        f"theirs: {theirs_in_words(line.theirs) or 'nothing'}",
                        f"mine: {mine_in_words(line.mine) or 'nothing'}",
                    ),
                )
                for n, line in different
            )
        if agreed := found.of("agree"):
            sheet.heading("The same")
            sheet.rows(Row(say(line.on, today), mine_in_words(line.mine), lead=" ✓") for line in agreed)

    @on(Lines.Picked, "#main")
    @work
    async def picked(self, picked: Lines.Picked) -> None:
        """Say which side is right."""
        found = self.found
        if found is None or not isinstance(picked.pick, int):
            return
        line = found.lines[picked.pick]
        if line.theirs is None:
            await self.app.push_screen_wait(Told(question(line, found.name)))
            return
        answers = {"t": "as they say", "k": "leave it open"}
        if await self.app.push_screen_wait(Ask(question(line, found.name), answers)) == "t":
            self.post_message(Recorded(self._accept(line), "Saved as a session, from their record. u takes it back."))

    def _accept(self, line: Line) -> Operation:
        def operation(case: Case) -> list[Session]:
            return [accepted(case, line, self.view.today)]

        return operation

    def action_type(self) -> None:
        """Open the grid to type rows in."""
        from iepjournal.screens.log_grid import LogGrid

        self.open(LogGrid(self.view, self.handle))

    def action_questions(self) -> None:
        """Open the differences as questions."""
        self.open(Questions(self.view, self.handle))

    @work
    async def action_file(self) -> None:
        """Ask for the file and, where its titles do not say it, for its columns."""
        from iepjournal.logfile import LogFile, content_of

        path = await self.app.push_screen_wait(
            Tell("Which file? Its path on this machine:", hint="A CSV file; Esc goes back", needed=True)
        )
        if not path:
            return
        try:
            theirs = LogFile(content_of(Path(path).expanduser()))
            columns = await self._columns(theirs.table)
            if columns is None:
                return
            rows = theirs.rows(columns, self.handle, self.view.today)
        except JournalError as error:
            await self.app.push_screen_wait(Told(str(error)))
            return
        self.post_message(Recorded(lambda case: self._new(case, rows), "Their rows are here. u takes them all back."))

    async def _columns(self, table: Table) -> dict[str, int] | None:
        """Which column is which: by the titles, and where they do not say it, as the parent picks."""
        columns = columns_of(table.header, logs.COLUMNS)
        for name in ("date", "minutes"):
            if name not in columns:
                titles = [(n, title or f"column {n + 1}") for n, title in enumerate(table.header)]
                picked = await self.app.push_screen_wait(Choose(f"Which column is the {name}?", titles))
                if picked is None:
                    return None
                columns[name] = picked
        left = [(n, title or f"column {n + 1}") for n, title in enumerate(table.header) if n not in columns.values()]
        if left and "code" not in columns:
            question = "Which column says that it was given, or why not?"
            picked = await self.app.push_screen_wait(Choose(question, [*left, (NO_COLUMN, "none of them")]))
            if picked is None:
                return None
            if picked != NO_COLUMN:
                columns["code"] = picked
        return columns

    def _new(self, case: Case, rows: tuple[SchoolLogRow, ...]) -> tuple[SchoolLogRow, ...]:
        fresh = logs.not_yet_known(case, rows)
        if not fresh:
            raise NotAllowed("All of these rows are here already. Nothing was added.")
        return fresh


class Questions(Page):
    """The differences as questions, to be copied into a letter."""

    NAME = "Questions"
    FOOTER = ("app.back",)

    def __init__(self, view: View, handle: str) -> None:
        super().__init__(view)
        self.handle = handle

    def show(self) -> None:
        """Draw one paragraph a question."""
        sheet = Sheet(self.main.content_width)
        found = logs.reconcile(self.view.case, self.handle)
        asked = [words for line in found.lines if (words := question(line, found.name))]
        sheet.heading("For a letter to the school" if asked else "Both logs agree.")
        for words in asked:
            sheet.blank()
            sheet.paragraph(words)
        sheet.blank()
        sheet.paragraph(f"As text: iepjournal reconcile --service {self.handle} --questions", role=QUIET)
        self.main.show(sheet)
