"""Services: each with what was not delivered and its weeks as bars; beside it, or opened, the whole of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal

from iepjournal.core.dates import past_day, say
from iepjournal.core.figures import NO_CALENDAR
from iepjournal.core.iep import frequency
from iepjournal.core.services import services
from iepjournal.screens import service
from iepjournal.screens.dialogs import Tell
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.screens.standing import shortfall, weeks_as_bars
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import QUIET, Row, Sheet

if TYPE_CHECKING:
    from datetime import date
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core.services import ServiceCount
    from iepjournal.core.services import Services as Counts
    from iepjournal.screens.view import View


BARS = "A bar is a week: as high as what was given of it. A dot: nothing is known."


class Services(Page):
    """The list of services; at 80 columns the figures of the one under the mark, at 120 its weeks as well."""

    NAME = "Services"
    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("services")
    FOOTER = ("rows.1", "services.theirs", "services.make-good", "services.goals", "services.range")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("r", "theirs", "their log", "Lay the school's own log of this service beside yours", id="services.theirs"),
        key("m", "make_good", "make good", "What it would take to make good", id="services.make-good"),
        key("g", "goals", "goals", "Goals, what was measured, and promised reports", id="services.goals"),
        key("f", "range", "from-to", "Count only from one day to another", id="services.range"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.since: date | None = None
        self.until: date | None = None
        self._counted: tuple[View, date | None, date | None, Counts] | None = None

    def body(self) -> ComposeResult:
        """The list, the figures, the weeks."""
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="detail", focuses=False)
            yield Lines(id="weeks", focuses=False)

    @property
    def counted(self) -> Counts:
        """The figures of the range; counted once for one look at the case."""
        asked = (self.view, self.since, self.until)
        if self._counted is None or self._counted[:3] != asked:
            whole = self.since is None and self.until is None
            counts = (
                self.view.services
                if whole
                else services(self.view.case, as_of=self.view.today, since=self.since, until=self.until)
            )
            self._counted = (*asked, counts)
        return self._counted[3]

    @property
    def meant(self) -> ServiceCount | None:
        """The service under the mark."""
        return next((count for count in self.counted.counts if count.handle == self.main.pick), None)

    def show(self) -> None:
        """Draw the list, and the panes there is room for."""
        sheet = Sheet(self.main.content_width)
        if self.counted.counts:
            days = " to ".join(
                say(day, self.view.today)
                for day in (self.counted.since, self.counted.until)
                if self.counted.since and day
            )
            sheet.heading("Not delivered", days)
            sheet.blank()
        if not self.counted.counts:
            sheet.heading("No service yet.")
            sheet.paragraph(
                "Copy the service page of the IEP: c, then 5, then n. What is given of it is counted here.",
                role=QUIET,
            )
        sheet.rows((row_of(count, sheet.width) for count in self.counted.counts), notes_right=True)
        if any(count.rows for count in self.counted.counts):
            sheet.blank()
            sheet.paragraph(BARS, role=QUIET)
        if self.counted.counts and not self.counted.calendar_known:
            sheet.blank()
            sheet.paragraph(NO_CALENDAR, role=QUIET)
        self.main.show(sheet)
        self._show_panes()

    def _show_panes(self) -> None:
        detail, weeks, count = self.query_one("#detail", Lines), self.query_one("#weeks", Lines), self.meant
        for pane in (detail, weeks):
            if pane.display and pane.size.width:
                sheet = Sheet(pane.content_width, numbered=False)
                if count and pane is detail:
                    service.draw_figures(sheet, count, self.view)
                elif count:
                    service.draw_weeks(sheet, count)
                pane.show(sheet)
                pane.scroll_home(animate=False)

    @on(Lines.Moved, "#main")
    def moved(self) -> None:
        """Show the service under the mark."""
        self._show_panes()

    @on(Lines.Picked, "#main")
    def opened(self) -> None:
        """Open the service."""
        if count := self.meant:
            page = service.ServicePage(self.view, count.handle, self.since, self.until)
            self.open(page)

    def action_theirs(self) -> None:
        """Open the school's log of the service under the mark."""
        from iepjournal.screens.reconcile import TheirLog

        if count := self.meant:
            self.open(TheirLog(self.view, count.handle))

    def action_make_good(self) -> None:
        """Open what it would take to make good."""
        from iepjournal.screens.compensatory import MakeGood

        self.open(MakeGood(self.view, self.since, self.until))

    def action_goals(self) -> None:
        """Open the goals."""
        from iepjournal.screens.progress import Goals

        self.open(Goals(self.view))

    @work
    async def action_range(self) -> None:
        """Ask from when and to when; nothing typed is from the start, and to today."""

        def reads(typed: str) -> date:
            return past_day(typed, self.view.today).on

        since = await self.app.push_screen_wait(
            Tell("Count from which day?", hint="Like 8/10; Enter on nothing: from the start", reads=reads)
        )
        if since is None:
            return
        until = await self.app.push_screen_wait(
            Tell("To which day?", hint="Like 11/20; Enter on nothing: to today", reads=reads)
        )
        if until is not None:
            self.since, self.until = (reads(typed) if typed else None for typed in (since, until))
            self.draw()


def row_of(count: ServiceCount, width: int) -> Row:
    """One service: what was not delivered of it, how often it is promised, and its weeks."""
    if count.needs or count.service is None:
        return Row(count.name, f"needs {count.needs}", count.handle)
    note = shortfall(count) if count.as_written.missed else "nothing noted as missed"
    below = [frequency(count.service)]
    if count.rows:
        below.append(weeks_as_bars(count, width - 4))
    return Row(count.name, note, count.handle, below=tuple(below))
