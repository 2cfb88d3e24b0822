"""The school calendar: first and last day, closures and breaks; one for a district, shared by its cases."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import work

from iepjournal.core.away import touched_by_closure
from iepjournal.core.calendar_events import Event, with_events
from iepjournal.core.calendars import SchoolCalendar, calendar_of, with_closure, without_closure
from iepjournal.core.dates import coming_day, past_day, say
from iepjournal.core.records import Calendar, Span
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, JournalError
from iepjournal.screens import away
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import CalendarChanged
from iepjournal.screens.section import Section
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import QUIET, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.binding import Binding

    from iepjournal.screens.view import View
    from iepjournal.widgets.typeset import Sheet

ROOM_FOR_DATES = 56
SERVED = {True: "other pupils were taught", False: "nobody was taught", None: ""}


def summary(view: View) -> str:
    """The newest school year."""
    years = view.case.all(Calendar)
    return _span(years[-1].first_day, years[-1].last_day, view.today) if years else "no calendar yet"


def draw(sheet: Sheet, view: View) -> None:
    """Each school year with what is closed in it."""
    case, today = view.case, view.today
    calendar = SchoolCalendar.of(case)
    if not calendar.known:
        sheet.paragraph(
            "No school calendar yet: every weekday counts as a school day, and each figure says so. "
            "n begins with the first and the last day.",
            role=QUIET,
        )
    for year in case.all(Calendar):
        days = len(calendar.school_days(year.first_day, year.last_day))
        sheet.heading(f"School year {_span(year.first_day, year.last_day, today)}", f"{days} school days")
        sheet.rows(_closure_row(span, today, wide=sheet.width >= ROOM_FOR_DATES) for span in year.closed)
        early = [Row("Early release, a school day", say(day, today), lead=" ·") for day in year.early]
        esy = [Row("Extended school year", _span(one.first, one.last, today), lead=" ·") for one in year.esy]
        periods = [Row(one.name, _span(one.first, one.last, today), lead=" ·") for one in year.periods]
        if early or esy or periods:
            sheet.blank()
            sheet.rows([*early, *esy, *periods])
    if case.profile.school.district and calendar.known:
        sheet.blank()
        sheet.paragraph(f"Shared by every case of {case.profile.school.district} here.", role=QUIET)


def _closure_row(span: Span, today: date, *, wide: bool) -> Row:
    days, served = _span(span.first, span.last, today), SERVED[span.served_others]
    below = (served,) if wide else (days, served)
    return Row(span.why or "closed", days if wide else "", ("closed", span.first), below=tuple(filter(None, below)))


def _span(first: date, last: date, today: date) -> str:
    return say(first, today) if first == last else f"{say(first, today)} to {say(last, today)}"


def day_of_school(typed: str, known: Sequence[Calendar], today: date) -> date:
    """The day that is meant; without a year, the one of a school year that is known."""
    meant = past_day(typed, today, allow_future=True).on
    if calendar_of(known, meant, meant):
        return meant
    with suppress(CannotUnderstand):
        coming = coming_day(typed, today)
        if calendar_of(known, coming, coming):
            return coming
    return meant


class CalendarPage(Section):
    """The school year; what is closed can be added and taken off."""

    NAME = "School calendar"
    FOOTER = ("calendar.add", "calendar.away", "rows.1", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [
        key("n", "add", "new", "A closure, an early release, or a school year", id="calendar.add"),
        key("o", "away", "away", "Days on which your child, or a provider, was away", id="calendar.away"),
    ]

    def draw_rows(self, sheet: Sheet) -> None:
        """The school years."""
        draw(sheet, self.view)

    async def ask(self, pick: tuple[str, date]) -> None:
        """A closure may have been a mistake."""
        day = pick[1]
        why = await self.app.push_screen_wait(
            Tell(
                f"The closure of {say(day, self.view.today)}: was it a mistake? Why?",
                needed=True,
                hint="A few words take it off. Esc keeps it",
            )
        )
        if why:
            self._change(lambda known: without_closure(known, day, why), f"{say(day, self.view.today)} is open again.")

    @work
    async def action_add(self) -> None:
        """Ask what is new."""
        if not self.view.case.all(Calendar):
            await self._year()
            return
        answer = await self.app.push_screen_wait(
            Ask("What is new?", {"c": "school is closed", "e": "an early release", "y": "a school year"})
        )
        if answer == "c":
            await self._closure()
        elif answer == "e":
            await self._early()
        elif answer == "y":
            await self._year()

    async def _closure(self) -> None:
        first = await self._day("Closed from which day?")
        if first is None:
            return
        last = await self._day("To which day?", hint="Enter on nothing: that day only", otherwise=first)
        if last is None:
            return
        why = await self.app.push_screen_wait(Tell("Why?", needed=True, hint="Thanksgiving, ice, a storm"))
        if not why:
            return
        served = await self.app.push_screen_wait(
            Ask("Were other pupils taught on those days?", {"n": "no", "y": "yes", "k": "not known"})
        )
        if served is None:
            return
        words = clean_text(why, multiline=False).text
        closure = Span(first=first, last=last, why=words, served_others={"y": True, "n": False}.get(served))
        said = f"{words}: closed {_span(first, last, self.view.today)}."
        if not self._can(lambda known: with_closure(known, closure)):
            return
        touched = touched_by_closure(self.view.case, SchoolCalendar.of(self.view.case), first, last)
        if await self.app.push_screen_wait(Ask(f"{said} {touched}", {"y": "yes, closed", "n": "no"})) == "y":
            self._change(lambda known: with_closure(known, closure), said)

    @work
    async def action_away(self) -> None:
        """Ask who, and answer for all of those days."""
        who = await self.app.push_screen_wait(Ask("Who was away?", {"c": "my child", "p": "a provider"}))
        questions = {"c": away.ask_child, "p": away.ask_provider}
        if who and (answer := await questions[who](self.app, self.view)):
            self.post_message(answer)

    async def _early(self) -> None:
        day = await self._day("School ends early on which day?")
        if day:
            event = Event(title="Early release", first=day, last=day, means="early")
            self._change(lambda known: with_events(known, [event]), f"Early release on {say(day, self.view.today)}.")

    async def _year(self) -> None:
        first = await self._day("The first day of school?", hint="Like 8/6/2026")
        last = await self._day("The last day of school?", hint="Like 5/26/2027") if first else None
        if first and last:
            events = [
                Event(title="First day of school", first=first, last=first, means="first"),
                Event(title="Last day of school", first=last, last=last, means="last"),
            ]
            said = f"School year {_span(first, last, self.view.today)}."
            self._change(lambda known: with_events(known, events), said)

    async def _day(self, question: str, *, hint: str = "Like 11/25", otherwise: date | None = None) -> date | None:
        def read(typed: str) -> date:
            return day_of_school(typed, self.view.case.all(Calendar), self.view.today)

        typed = await self.app.push_screen_wait(Tell(question, hint=hint, needed=otherwise is None, reads=read))
        if typed is None:
            return None
        return read(typed) if typed else otherwise

    def _change(self, change: Callable[[Sequence[Calendar]], Calendar], said: str) -> None:
        if self._can(change):
            self.post_message(CalendarChanged(change, said))

    def _can(self, change: Callable[[Sequence[Calendar]], Calendar]) -> bool:
        """Whether the calendar takes it; says why not."""
        try:
            change(self.view.case.all(Calendar))
        except JournalError as error:
            self.say(str(error))
            return False
        return True
