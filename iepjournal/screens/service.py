"""One service: both totals, its weeks, and the days and sessions of a week; a day without an answer can be answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from iepjournal.core.calendars import SchoolCalendar, days_between
from iepjournal.core.dates import MONTHS, say
from iepjournal.core.figures import NO_VERDICT, columns, remarks
from iepjournal.core.iep import falls_on, frequency, in_force
from iepjournal.core.people import called
from iepjournal.core.services import number, services
from iepjournal.screens import checkin
from iepjournal.screens.page import ROW_NUMBERS, Page
from iepjournal.screens.standing import weeks_as_bars
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import BAR, HEADING, QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from textual.binding import Binding

    from iepjournal.core.ledger import Amounts
    from iepjournal.core.ledger import Row as Period
    from iepjournal.core.records import Session
    from iepjournal.core.services import ServiceCount
    from iepjournal.screens.view import View

WORDS_WIDTH, WRITTEN_WIDTH, SURE_WIDTH = 13, 11, 13
"""Of the table of figures: 38 columns, so that it stands on a phone."""
LONGEST_LIST = timedelta(days=45)
"""In a longer period only the days with an answer are listed."""
OPEN = "open"
"""Picks the period under way."""


def draw_figures(sheet: Sheet, count: ServiceCount, view: View) -> None:
    """Both totals and what they do not say by themselves."""
    sheet.heading(count.name)
    if count.service is None or count.needs:
        sheet.paragraph(f"Needs {count.needs} before it can be counted.")
        return
    provider = called(count.service.provider, view.case) if count.service.provider else ""
    sheet.paragraph(" · ".join(filter(None, (frequency(count.service), count.service.setting, provider))), role=QUIET)
    sheet.blank()
    unit = "minutes" if count.unit == "minutes" else "days"
    titles = f" {unit:<{WORDS_WIDTH}}{'as written':>{WRITTEN_WIDTH}}{'conservative':>{SURE_WIDTH}}"
    sheet.pieces((titles, QUIET))
    for column, words in columns(count).items():
        written, sure = (number(getattr(total, column)) for total in (count.as_written, count.conservative))
        role = STRONG if column == "missed" else ""
        sheet.pieces((f" {words:<{WORDS_WIDTH}}{written:>{WRITTEN_WIDTH}}{sure:>{SURE_WIDTH}}", role))
    sheet.blank()
    for line in remarks(count):
        sheet.paragraph(line)
    if count.rows:
        sheet.heading("By week")
        sheet.pieces((" ", ""), (weeks_as_bars(count, sheet.width - 2), BAR))
    for note in count.notes:
        sheet.paragraph(f"! {note}", role=QUIET)
    sheet.blank()
    sheet.paragraph(NO_VERDICT, role=QUIET)


def draw_weeks(sheet: Sheet, count: ServiceCount) -> None:
    """Each week, the newest first; the one under way above them."""
    sheet.heading(f"Each week from its Monday, in {count.unit}")
    rows = []
    if count.open_period:
        rows.append(Row(_short_name((count.open_period,)), _said_of(count.open_period.as_written), OPEN))
    for week in reversed(count.by_week):
        rows.append(Row(_short_name(week.rows), _said_of(week.as_written), week.first))
    sheet.rows(rows, notes_right=True)


def draw_months(sheet: Sheet, count: ServiceCount) -> None:
    """Due, given and not delivered of each month, exact."""
    sheet.heading("By month")
    sheet.pieces((f" {'':<9}{'due':>8}{'given':>8}{'missed':>8}", QUIET))
    for month in count.by_month:
        amounts = (month.as_written.due, month.as_written.given, month.as_written.missed)
        name = f"{MONTHS[month.first.month - 1][:3]} {month.first.year}"
        sheet.pieces((f" {name:<9}" + "".join(f"{number(amount):>8}" for amount in amounts), ""))


def _name_of(rows: tuple[Period, ...], view: View) -> str:
    period = rows[0].asked.period
    if period.kind in ("day", "week"):
        first = rows[0].asked.period.first
        return f"Week of {say(first - timedelta(days=first.weekday()), view.today)}"
    return f"{say(period.first, view.today)} to {say(period.last, view.today)}"


def _short_name(rows: tuple[Period, ...]) -> str:
    """Nov 16; of a longer period its first and last day."""
    period = rows[0].asked.period
    if period.kind in ("day", "week"):
        return _short(period.first - timedelta(days=period.first.weekday()))
    return f"{_short(period.first)} to {_short(period.last)}"


def _short(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}"


def _said_of(amounts: Amounts) -> str:
    """30 of 60 given, 30 not."""
    told = [f"{number(amounts.given)} of {number(amounts.due)} given"]
    if amounts.missed:
        told.append(f"{number(amounts.missed)} not")
    if amounts.unknown and not (amounts.given or amounts.missed):
        return f"{number(amounts.unknown)} not known"
    return ", ".join(told)


class ServicePage(Page):
    """One service on a page of its own; its weeks open by their number."""

    NAME = "Service"
    FOOTER = ("rows.1", "app.back", "service.next", "service.theirs")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("n", "next", "next", "The next service", id="service.next"),
        key("r", "theirs", "their log", "Lay the school's own log of this service beside yours", id="service.theirs"),
        key("o", "away", "out for days", "There was none on several days: all of them at once", id="service.away"),
    ]

    def __init__(self, view: View, handle: str, since: date | None = None, until: date | None = None) -> None:
        super().__init__(view)
        self.handle, self.since, self.until = handle, since, until

    @property
    def title_right(self) -> str:
        """Which service."""
        return self.count.name if self.count else "Service"

    @property
    def count(self) -> ServiceCount | None:
        """Its figures, of the range the list was counted for."""
        found = (
            services(self.view.case, as_of=self.view.today, since=self.since, until=self.until)
            if self.since or self.until
            else self.view.services
        )
        return next((count for count in found.counts if count.handle == self.handle), None)

    def show(self) -> None:
        """Draw figures, weeks and months."""
        sheet = Sheet(self.main.content_width)
        if count := self.count:
            draw_figures(sheet, count, self.view)
            if not count.needs:
                draw_weeks(sheet, count)
                draw_months(sheet, count)
        else:
            sheet.paragraph("This service was taken back.", role=QUIET)
        self.main.show(sheet)
        if not self.main.cursor:
            self.main.scroll_home(animate=False)

    @on(Lines.Picked, "#main")
    def opened(self, picked: Lines.Picked) -> None:
        """Open the days of a week."""
        self.open(WeekPage(self.view, self.handle, picked.pick))

    def action_next(self) -> None:
        """Show the next service in the place of this one."""
        handles = [count.handle for count in self.view.services.counts]
        if self.handle in handles:
            self.handle = handles[(handles.index(self.handle) + 1) % len(handles)]
            self.main.cursor = 0
            self.draw()

    def action_theirs(self) -> None:
        """Open the school's log of it."""
        from iepjournal.screens.reconcile import TheirLog

        self.open(TheirLog(self.view, self.handle))

    @work
    async def action_away(self) -> None:
        """Answer for a run of days."""
        from iepjournal.screens import away

        if self.count and (answer := await away.ask_provider(self.app, self.view, self.count.history[-1].service)):
            self.post_message(answer)


class WeekPage(Page):
    """The days of one week, or of a longer period, with their answers; each opens, and an open one can be answered."""

    NAME = "Week"
    FOOTER = ("rows.1", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [*ROW_NUMBERS]  # type: ignore[assignment]

    def __init__(self, view: View, handle: str, which: object) -> None:
        super().__init__(view)
        self.handle, self.which = handle, which

    @property
    def title_right(self) -> str:
        """Which service."""
        return self.count.name if self.count else "Week"

    @property
    def count(self) -> ServiceCount | None:
        """The service's figures."""
        return next((count for count in self.view.services.counts if count.handle == self.handle), None)

    @property
    def periods(self) -> tuple[Period, ...]:
        """What is shown: the period under way, or those that close in one week."""
        if self.count is None:
            return ()
        if self.which == OPEN:
            return (self.count.open_period,) if self.count.open_period else ()
        return next((week.rows for week in self.count.by_week if week.first == self.which), ())

    def show(self) -> None:
        """Draw the sums and the days."""
        sheet = Sheet(self.main.content_width)
        if self.periods:
            sheet.paragraph(_name_of(self.periods, self.view), role=HEADING)
            for words, amounts in self._sums():
                sheet.paragraph(f"{words}: {amounts}", role=QUIET)
            sheet.blank()
            sheet.rows(self._rows())
        else:
            sheet.paragraph("Nothing is counted here any more.", role=QUIET)
        self.main.show(sheet)

    def _sums(self) -> Iterator[tuple[str, str]]:
        for words, view in (("as written", "as_written"), ("conservative", "conservative")):
            totals = [getattr(period, view) for period in self.periods]
            due, given, missed = (
                number(sum(getattr(total, part) for total in totals)) for part in ("due", "given", "missed")
            )
            yield words, f"{due} due, {given} given, {missed} not delivered"

    def _rows(self) -> Iterator[Row]:
        """A row for each day that wants or has an answer, and for each make-up that repaired one of them."""
        case, today = self.view.case, self.view.today
        calendar = SchoolCalendar.of(case)
        first, last = self.periods[0].asked.period.first, self.periods[-1].asked.period.last
        answers: dict[date, list[Session]] = {}
        for session in case.sessions:
            if session.service == self.handle and first <= session.on <= last and not session.makes_up:
                answers.setdefault(session.on, []).append(session)
        every_day = last - first <= LONGEST_LIST
        for day in days_between(first, min(last, today)) if every_day else sorted(answers):
            for session in answers.get(day, ()):
                yield self._answered(session)
            version = in_force(self.count.history, day) if self.count and day not in answers else None
            if version and calendar.is_school_day(day, esy=version.service.esy):
                if falls_on(version.service, day):
                    yield Row(say(day, today), f"{checkin.MARKS['unknown']} not known", ("day", day))
            elif version and day.weekday() < 5:
                yield Row(say(day, today), f"{checkin.CLOSED} {calendar.closed_because(day)}")
        for period in self.periods:
            for one in period.sessions:
                if one.repairs:
                    words = f"makes up {say(one.repairs.on, today)}"
                    yield Row(say(one.session.on, today), words, ("session", one.session.no))

    def _answered(self, session: Session) -> Row:
        version = in_force(self.count.history, session.on) if self.count else None
        words = (
            checkin.answer_in_words(session, version.service) if version else checkin.MARKS[session.result] + " kept"
        )
        beyond = any(
            one.beyond for period in self.periods for one in period.sessions if one.session.root == session.root
        )
        below = ("beyond what the IEP asks for; not counted",) if beyond else ()
        role = checkin.RESULT_ROLES[session.result]
        return Row(say(session.on, self.view.today), words, ("session", session.no), note_role=role, below=below)

    @on(Lines.Picked, "#main")
    def picked(self, picked: Lines.Picked) -> None:
        """Answer a day, or open a session."""
        from iepjournal.screens.session import SessionPage

        kind, which = picked.pick if isinstance(picked.pick, tuple) else ("", None)
        if kind == "session" and isinstance(which, int):
            self.open(SessionPage(self.view, which))
        elif kind == "day":
            self._ask(which)

    @work
    async def _ask(self, day: date) -> None:
        version = in_force(self.count.history, day) if self.count else None
        if version and (
            answer := await checkin.ask(self.app, version.service, day, say(day, self.view.today), self.view.today)
        ):
            self.post_message(answer)
