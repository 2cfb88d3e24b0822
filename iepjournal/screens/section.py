"""A section of the case on a page of its own: numbered rows, each opening the question that corrects it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work

from iepjournal.errors import JournalError
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import ROW_NUMBERS, Page
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import QUIET, Row, Sheet

if TYPE_CHECKING:
    from textual.binding import Binding

    from iepjournal.screens.messages import Operation

EMPTY = "not said yet"


class Section(Page):
    """Rows that can be picked; subclasses draw them and ask about one."""

    FOOTER: ClassVar[tuple[str, ...]] = ("rows.1", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [*ROW_NUMBERS]  # type: ignore[assignment]

    def draw_rows(self, sheet: Sheet) -> None:
        """Set the section on a sheet."""
        raise NotImplementedError

    async def ask(self, pick: Any) -> None:
        """Ask about what was picked."""
        raise NotImplementedError

    def show(self) -> None:
        """Draw it."""
        sheet = Sheet(self.main.content_width)
        self.draw_rows(sheet)
        self.main.show(sheet)

    @on(Lines.Picked, "#main")
    @work
    async def picked(self, picked: Lines.Picked) -> None:
        """Ask about the row; what was changed elsewhere meanwhile is said, and nothing is lost."""
        try:
            await self.ask(picked.pick)
        except JournalError as error:
            self.say(str(error))

    def record(self, operation: Operation, said: str, draft: str = "") -> None:
        """Write it, and forget the draft; what cannot be is said in the footer, and nothing is lost."""
        try:
            tuple(operation(self.view.case))
        except JournalError as error:
            self.say(str(error))
            return
        self.post_message(Recorded(operation, f"{said} u takes it back.", draft=draft))


def field_row(label: str, value: str, pick: object) -> Row:
    """A field: its label, and what is in it."""
    return Row(label, value or EMPTY, pick, note_role="" if value else QUIET, title_role=QUIET)
