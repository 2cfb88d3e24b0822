"""Typing rows of the school's log: day, minutes, code, Enter after each; a " repeats what stands above."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widgets import Input, Static

from iepjournal.core.calendars import is_weekday
from iepjournal.core.dates import past_day, say
from iepjournal.core.entries import service_name
from iepjournal.core.reconcile import TYPED, log_rows, theirs_in_words
from iepjournal.core.records import SchoolLogRow
from iepjournal.errors import CannotUnderstand, JournalError
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import Page, stylesheet
from iepjournal.widgets.line_box import LineBox
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import QUIET, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import PurePath

    from textual.app import ComposeResult

    from iepjournal.screens.view import View

BOXES = {"day": "day", "minutes": "min", "code": "code"}
DITTO, NEXT_DAY = '"', "+"
HOW = 'Day, minutes and code as their log has them, Enter after each. " is the same again, + the next weekday.'


class LogGrid(Page):
    """Three boxes for one row, and under them the rows that are here, the newest day first."""

    NAME = "Type their log"
    AUTO_FOCUS = "#day"
    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("log_grid")

    def __init__(self, view: View, handle: str) -> None:
        super().__init__(view)
        self.handle = handle
        self.above = dict.fromkeys(BOXES, "")
        """The last row that was saved, for the ditto key."""

    def body(self) -> ComposeResult:
        """The boxes, what they take, the rows."""
        with Horizontal(id="boxes"):
            for box, says in BOXES.items():
                yield LineBox(placeholder=says, id=box)
        yield Static(HOW, id="how", markup=False)
        yield Lines(id="main")

    def show(self) -> None:
        """Draw the rows that are here."""
        sheet = Sheet(self.main.content_width, numbered=False)
        rows = [row for row in self.view.case.all(SchoolLogRow) if row.service == self.handle]
        sheet.heading(f"{service_name(self.handle, self.view.case)}: {len(rows)} rows of their log")
        newest = sorted(rows, key=lambda row: row.on, reverse=True)
        sheet.rows(Row(say(row.on, self.view.today), theirs_in_words(row)) for row in newest)
        if not rows:
            sheet.paragraph("None yet.", role=QUIET)
        self.main.show(sheet)

    def footer_keys(self) -> Iterable[tuple[str, str]]:
        """While a box has the cursor, letters and `?` are typed into it."""
        return [("Enter", "goes on"), ("Enter on nothing:", "done")]

    def box(self, name: str) -> LineBox:
        """One of the three boxes."""
        return self.query_one(f"#{name}", LineBox)

    @on(Input.Changed)
    def repeated(self, changed: Input.Changed) -> None:
        """Put what stands above in the place of a ditto, and the next weekday in the place of a plus."""
        name, typed = changed.input.id or "", changed.value
        if typed == DITTO:
            changed.input.value = self.above[name]
        elif typed == NEXT_DAY and name == "day" and self.above["day"]:
            changed.input.value = as_typed(next_weekday(past_day(self.above["day"], self.view.today).on))
        else:
            return
        changed.input.cursor_position = len(changed.input.value)

    @on(Input.Submitted)
    def entered(self, submitted: Input.Submitted) -> None:
        """Go on to the next box; after the last, save the row. Nothing at all means done."""
        values = {name: self.box(name).value.strip() for name in BOXES}
        if not any(values.values()):
            self.app.pop_screen()
            return
        if submitted.input.id != "code":
            self.box("minutes" if submitted.input.id == "day" else "code").focus()
            return
        try:
            self._save(values)
        except JournalError as error:
            hint = error.hint if isinstance(error, CannotUnderstand) else str(error)
            self.say(hint or str(error))

    def _save(self, values: dict[str, str]) -> None:
        on = past_day(values["day"], self.view.today).on
        cells = (1, (on.isoformat(), values["minutes"], values["code"]))
        columns = {"date": 0, "minutes": 1, "code": 2}
        rows = log_rows([cells], columns, service=self.handle, source=TYPED, today=self.view.today)
        self.above = {**values, "day": as_typed(on)}
        said = f"Saved: {say(on, self.view.today)}, {theirs_in_words(rows[0])}. u takes it back, once you are done."
        self.post_message(Recorded(lambda _case: rows, said, then=lambda _written: self._again()))

    def _again(self) -> None:
        for name in BOXES:
            self.box(name).value = ""
        self.box("day").focus()


def as_typed(day: date) -> str:
    """A day as the box takes it."""
    return f"{day.month}/{day.day}/{day.year}"


def next_weekday(day: date) -> date:
    """The next day from Monday to Friday."""
    day += timedelta(days=1)
    while not is_weekday(day):
        day += timedelta(days=1)
    return day
