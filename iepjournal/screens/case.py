"""Case: child, parent, school, people, IEP, calendar, files and backups, in the order of the paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import Horizontal

from iepjournal.screens import calendar, family, iep, keeping, notes, people
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.screens.section import EMPTY
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.screens.view import View


class Part(NamedTuple):
    """One row of the page: what it is called, says in short, shows beside the list, and opens."""

    name: str
    summary: Callable[[View], str]
    draw: Callable[[Sheet, View], None]
    page: Callable[[View], Page]


def _explained(words: str) -> Callable[[Sheet, View], None]:
    """What stands beside a row that has to look at the disk first."""
    return lambda sheet, _view: sheet.paragraph(words, role=QUIET)


PARTS = (
    *(
        Part(
            part.capitalize(),
            partial(family.summary, part=part),
            partial(family.draw, part=part),
            partial(family.Family, part=part),
        )
        for part in ("child", "parent", "school")
    ),
    Part("People", people.summary, people.draw, people.People),
    Part("IEP", iep.summary, iep.draw, iep.IepPage),
    Part("School year", calendar.summary, calendar.draw, calendar.CalendarPage),
    Part("Files", keeping.files_summary, keeping.draw_files, keeping.FilesPage),
    Part(
        "Backups",
        lambda _view: "made by themselves",
        _explained("Each save keeps the state before it, on this machine. Enter lists them."),
        keeping.BackupsPage,
    ),
    Part(
        "Check",
        lambda view: f"{len(view.case.records)} records",
        _explained("Enter checks that each record and each file is as it was sealed."),
        keeping.CheckPage,
    ),
)


NOTES_ROW = Row("Old notes", "n brings them in", "notes", note_role="", title_role=STRONG)
TOUR_ROW = Row("A look around", "five short steps", "tour", note_role="", title_role=STRONG)


class CasePage(Page):
    """One row a part, opened by its number; at 80 columns the part under the mark beside it."""

    NAME = "Case"
    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("case")
    FOOTER = ("rows.1", "app.add", "case.notes", "go.today")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("n", "notes", "old notes", "Bring in notes or e-mails that you have already", id="case.notes"),
    ]

    def body(self) -> ComposeResult:
        """The parts, and the one under the mark."""
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="part", focuses=False)

    def show(self) -> None:
        """Draw the parts."""
        sheet = Sheet(self.main.content_width)
        sheet.fields([*(_row(part, self.view) for part in PARTS), NOTES_ROW, TOUR_ROW])
        self.main.show(sheet)
        self._show_part()

    def _show_part(self) -> None:
        pane = self.query_one("#part", Lines)
        part = next((part for part in PARTS if part.name == self.main.pick), None)
        if part and pane.display and pane.size.width:
            sheet = Sheet(pane.content_width, numbered=False)
            sheet.heading(part.name)
            part.draw(sheet, self.view)
            pane.show(sheet.for_reading())
            pane.scroll_home(animate=False)

    def action_notes(self) -> None:
        """Open the page that brings old notes in."""
        self.open(notes.OldNotes(self.view))

    @on(Lines.Moved, "#main")
    def moved(self) -> None:
        """Show the part under the mark."""
        self._show_part()

    @on(Lines.Picked, "#main")
    async def opened(self, picked: Lines.Picked) -> None:
        """Open the part, or begin the tour."""
        if picked.pick == NOTES_ROW.pick:
            self.action_notes()
            return
        if picked.pick == TOUR_ROW.pick:
            await self.run_action("app.tour")
            return
        part = next(part for part in PARTS if part.name == picked.pick)
        self.open(part.page(self.view))


def _row(part: Part, view: View) -> Row:
    said = part.summary(view)
    return Row(part.name, said or EMPTY, part.name, note_role="" if said else QUIET, title_role=STRONG)
