"""The month: a grid of its days with a letter for each date that is due, and the dates in words below."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from dateutil.relativedelta import relativedelta
from textual import on

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.dates import MONTHS, monday_of, say
from iepjournal.screens.page import ROW_NUMBERS, Page
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, ALERT, QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.binding import Binding

    from iepjournal.core.due import Deadline
    from iepjournal.screens.view import View

LETTERS = {"parent": "m", "school": "s", "state": "t"}
"""Whose date it is; what either side may do is the parent's to decide."""
SEVERAL, CLOSED = "+", "◌"
CELL = 5


def dates_of(view: View, first: date) -> Mapping[date, Sequence[Deadline]]:
    """What is due on each day of a month; a look-back only on the first day it takes something away."""
    found: dict[date, list[Deadline]] = defaultdict(list)
    seen: set[str] = set()
    for one in view.deadlines:
        if one.due is None or not one.waits or (one.rule.look_back and one.rule.id in seen):
            continue
        seen.add(one.rule.id)
        for day in {one.due, one.latest or one.due}:
            if (day.year, day.month) == (first.year, first.month):
                found[day].append(one)
    return dict(sorted(found.items()))


def draw(sheet: Sheet, view: View, day: date) -> None:
    """The month of a day: the grid, what its letters mean, and the dates in words."""
    from iepjournal.screens.deadlines import title_of

    first = day.replace(day=1)
    due = dates_of(view, first)
    sheet.heading(f"{MONTHS[first.month - 1]} {first.year}")
    sheet.pieces(("".join(f"{name:>{CELL - 2}}  " for name in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")), QUIET))
    calendar = SchoolCalendar.of(view.case)
    week = monday_of(first)
    while (week.year, week.month) <= (first.year, first.month):
        days = [week + timedelta(days=n) for n in range(7)]
        sheet.pieces(*(_cell(one, first, view, due.get(one, ()), calendar) for one in days))
        week += timedelta(days=7)
    sheet.blank()
    sheet.paragraph(
        f"[{view.today.day}] today  m me  s school  t state  {SEVERAL} several  {CLOSED} school closed", role=QUIET
    )
    rows = [
        Row(
            f"{say(on, view.today)}: {title_of(one, view.case)}",
            _whose(one, on),
            one.key,
            note_role=ALERT if one.status == "overdue" else QUIET,
        )
        for on, several in due.items()
        for one in several
    ]
    sheet.heading("Due this month" if rows else "Nothing is due in this month.")
    sheet.rows(rows, notes_right=True)


def _cell(day: date, first: date, view: View, due: Sequence[Deadline], calendar: SchoolCalendar) -> tuple[str, str]:
    if day.month != first.month:
        return " " * CELL, ""
    letters = {LETTERS.get(one.rule.who, "m") for one in due}
    if letters:
        mark = letters.pop() if len(letters) == 1 else SEVERAL
    else:
        mark = CLOSED if calendar.closure_on(day) and day.weekday() <= 4 else " "
    role = ALERT if any(one.status == "overdue" for one in due) else STRONG if due else ""
    if day == view.today:
        role = ACCENT
    elif not due and (day.weekday() > 4 or mark == CLOSED):
        role = QUIET
    text = f"[{day.day}{mark.strip()}]" if day == view.today else f" {day.day:>2}{mark}"
    return text.ljust(CELL), role


def _whose(deadline: Deadline, on: date) -> str:
    who = {"school": "the school", "state": "the state"}.get(deadline.rule.who, "me")
    own = ", my own date" if deadline.rule.kind == "suggested" else ""
    later = ", by the later reading" if deadline.due and on != deadline.due else ""
    return f"{who}{own}{later}"


class MonthPage(Page):
    """A month at a time; a row opens the why of its date."""

    NAME = "Month"
    FOOTER = ("month.next", "month.before", "rows.1", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("n,right", "turn(1)", "next", "The month after", id="month.next", shows_as="n"),
        key("b,left", "turn(-1)", "before", "The month before", id="month.before", shows_as="b"),
    ]

    def __init__(self, view: View, day: date) -> None:
        super().__init__(view)
        self.day = day

    @property
    def title_right(self) -> str:
        """Which month."""
        return f"{MONTHS[self.day.month - 1]} {self.day.year}"

    def show(self) -> None:
        """Draw it."""
        sheet = Sheet(self.main.content_width)
        draw(sheet, self.view, self.day)
        self.main.show(sheet)

    def action_turn(self, months: int) -> None:
        """Turn the page."""
        self.day += relativedelta(months=months)
        self.draw()
        self.main.scroll_home(animate=False)

    @on(Lines.Picked, "#main")
    def opened(self, picked: Lines.Picked) -> None:
        """Open the why."""
        from iepjournal.screens.why import Why

        self.open(Why(self.view, str(picked.pick)))
