"""Today: what happened, what wants doing, and how the case stands; a calm page when nothing waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.checkins import absence, check_ins, unanswered
from iepjournal.core.confirmations import time_left, unconfirmed
from iepjournal.core.dates import monday_of, say
from iepjournal.core.entries import service_name, wording
from iepjournal.core.people import called
from iepjournal.core.plurals import many
from iepjournal.core.promises import open_promises, state_in_words
from iepjournal.core.records import Mark, Promise, Record, Service
from iepjournal.screens import checkin, promises, standing, welcome
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import ROW_NUMBERS, Page
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, ALERT, QUIET, Row, Sheet, fit

if TYPE_CHECKING:
    from collections.abc import Hashable

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core.checkins import CheckIn
    from iepjournal.screens.view import View

MOST_TALKS = 3
MOST_WRITTEN = 5
"""Old notes brought in together are all written today."""
AFTER_THE_ROWS_SECONDS = 0.1
SOON_DAYS = 7


class Today(Page):
    """Rows to be picked at the left; at 80 columns the week, at 120 the figures as well."""

    NAME = "Today"
    FOOTER = ("rows.1", "app.add", "go.letters", "go.log")
    BINDINGS: ClassVar[list[Binding]] = [*ROW_NUMBERS]  # type: ignore[assignment]

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._figures_of: View | None = None
        """The view whose figures are drawn."""
        self._due: list[Row] = []

    def body(self) -> ComposeResult:
        """What wants doing, the week, the figures."""
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="week", focuses=False)
            yield Lines(id="figures", focuses=False)

    @property
    def title_right(self) -> str:
        """The day."""
        return f"Today · {say(self.view.today, self.view.today)}"

    def show(self) -> None:
        """Draw every pane there is room for."""
        if self.view.worked_out:
            self._work_out()
        sheet = Sheet(self.main.content_width)
        self._draw_begun(sheet)
        welcome.draw(sheet, self.view)
        self._draw_check_ins(sheet)
        self._draw_still_open(sheet)
        waits = self._draw_waiting(sheet)
        week, figures = self.query_one("#week", Lines), self.query_one("#figures", Lines)
        # While the app closes no pane is displayed any more, and a timer may still draw.
        figures_in = next((pane for pane in (figures, week, self.main) if pane.display), self.main)
        if self._figures_of is not self.view:
            self.set_timer(AFTER_THE_ROWS_SECONDS, self._draw_with_figures)
        if figures_in is self.main:
            self._draw_figures(sheet)
        self._draw_written(sheet)
        if not waits and not sheet.picks:
            self._draw_calm(sheet)
        self.main.show(sheet)
        if week.display:
            beside = Sheet(week.content_width, numbered=False)
            standing.draw_week(beside, self.view)
            standing.draw_steps(beside, self.view)
            if figures_in is week:
                self._draw_figures(beside)
            week.show(beside)
        if figures_in is figures:
            beside = Sheet(figures.content_width, numbered=False)
            self._draw_figures(beside)
            figures.show(beside)

    def _draw_with_figures(self) -> None:
        """Draw again with figures and deadlines, which take long to work out: the rows do not wait for them."""
        self._work_out()
        self.draw()

    def _work_out(self) -> None:
        from iepjournal.screens.deadlines import waiting_rows

        self._figures_of, self._due = self.view, waiting_rows(self.view)

    def _draw_figures(self, sheet: Sheet) -> None:
        if self._figures_of is self.view:
            standing.draw_not_delivered(sheet, self.view)

    # -- the rows ---------------------------------------------------------------------------------------------------

    def _draw_begun(self, sheet: Sheet) -> None:
        if self.view.begun:
            sheet.heading("Not saved yet")
            sheet.rows(
                Row(
                    f"“{fit(begun.text, 60)}”",
                    f"from {begun.when(self.view.today)}",
                    ("begun", begun.name),
                    title_role=ACCENT,
                )
                for begun in self.view.begun
            )

    def _draw_check_ins(self, sheet: Sheet) -> None:
        case, today = self.view.case, self.view.today
        if not case.all(Service):
            return
        calendar = SchoolCalendar.of(case)
        expected = check_ins(case, calendar, today)
        if not expected:
            why = calendar.closed_because(today)
            if why:
                sheet.heading("No school today", "" if why == "weekend" else why)
            return
        sheet.heading("Did it happen?")
        sheet.rows(checkin.row_of(check_in) for check_in in expected)
        if sum(check_in.open for check_in in expected) > 1:
            sheet.rows([Row("Child absent: all of them", pick=("absent",), title_role=QUIET)])

    def _draw_still_open(self, sheet: Sheet) -> None:
        """On the last school day of a week, and on the weekend, what is not known of the days before."""
        if rows := [
            Row(checkin.called(one.service), say(one.on, self.view.today), ("check-in", one.service.handle, one.on))
            for one in self._still_open()
        ]:
            sheet.heading("Not known yet this week")
            sheet.rows(rows)

    def _still_open(self) -> list[CheckIn]:
        calendar, today = SchoolCalendar.of(self.view.case), self.view.today
        sunday = monday_of(today) + timedelta(days=6)
        if calendar.school_days(today + timedelta(days=1), sunday, esy=True):
            return []
        return [one for one in unanswered(self.view.case, calendar, today) if one.on < today]

    def _draw_waiting(self, sheet: Sheet) -> bool:
        rows = [*self._due, *self._promise_rows(), *self._talk_rows(), *self._letter_rows()]
        if rows:
            sheet.heading("Wants doing")
            sheet.rows([rows[0]._replace(title_role=rows[0].title_role or ACCENT), *rows[1:]])
        return bool(rows)

    def _promise_rows(self) -> list[Row]:
        case, today = self.view.case, self.view.today
        rows = []
        for one in open_promises(case, today):
            if one.by is None or (one.by - today).days <= SOON_DAYS:
                who = f"{called(one.promise.who, case)}: " if one.promise.who else ""
                role = ALERT if one.state == "overdue" else QUIET
                rows.append(
                    Row(
                        f"{who}“{one.promise.text}”",
                        state_in_words(one, today),
                        ("promise", one.promise.no),
                        note_role=role,
                    )
                )
        return rows

    def _talk_rows(self) -> list[Row]:
        case, today = self.view.case, self.view.today
        waiting = unconfirmed(case, self.view.now)
        rows = []
        for talk in waiting[:MOST_TALKS]:
            entry = talk.entry
            who = f" with {', '.join(called(handle, case) for handle in entry.who)}" if entry.who else ""
            rows.append(Row(f"Confirm the {entry.type}{who}", time_left(talk, today), ("talk", entry.no)))
        if older := waiting[MOST_TALKS:]:
            rows.append(Row(f"and {many(len(older), 'earlier talk')}", "not confirmed", ("log",)))
        return rows

    def _letter_rows(self) -> list[Row]:
        case, today = self.view.case, self.view.today
        unsent = [letter for letter in case.letters if not case.is_sent(letter)]
        return [
            Row(f"Letter {letter.no}: {letter.title}", f"not sent, {say(letter.dated, today)}", ("letter", letter.no))
            for letter in unsent
        ]

    def _draw_written(self, sheet: Sheet) -> None:
        case, today = self.view.case, self.view.today
        written = [entry for entry in case.entries if entry.recorded_at.date() == today or entry.happened_on == today]
        if written:
            sheet.heading("Written today")
            newest = written[: -MOST_WRITTEN - 1 : -1]
            sheet.rows(Row(fit(wording(entry, case), 200), pick=("entry", entry.no), lead="") for entry in newest)
            if more := len(written) - len(newest):
                sheet.rows([Row(f"and {many(more, 'more entry', 'more entries')}", "l shows them", ("log",))])

    def _draw_calm(self, sheet: Sheet) -> None:
        sheet.heading("Nothing waits.")
        if self._figures_of is self.view and (coming := self._next_to_come()):
            sheet.paragraph(coming)
        written = " l shows what is written." if self.view.case.entries else ""
        sheet.paragraph(f"a adds what happens.{written}", role=QUIET)
        if not self.view.case.all(Service):
            sheet.paragraph("With the IEP at hand: c, then IEP. This page asks after each session then.", role=QUIET)

    def _next_to_come(self) -> str:
        """Next: Let you see the records, Thu Jan 7."""
        coming = next(
            (one for one in self.view.deadlines if one.waits and one.due and one.due >= self.view.today), None
        )
        return f"Next: {coming.title}, {say(coming.due, self.view.today)}." if coming and coming.due else ""

    # -- what picking one does --------------------------------------------------------------------------------------

    @on(Lines.Picked, "#main")
    @work
    async def picked(self, picked: Lines.Picked) -> None:
        """Do what the row is for."""
        kind, *which = picked.pick if isinstance(picked.pick, tuple) else (picked.pick,)
        if kind == "check-in":
            await self._check_in(*which)
        elif kind == "absent":
            await self._absent()
        elif kind == "promise":
            await self._promise(which[0])
        elif kind == "talk":
            await self._talk(which[0])
        elif kind == "question":
            await welcome.ask_from(self, which[0])
        else:
            await self._go_to(kind, which)

    async def _go_to(self, kind: Hashable, which: list[Hashable]) -> None:
        from iepjournal.screens.entry import EntryPage

        if kind == "entry" and isinstance(which[0], int):
            self.open(EntryPage(self.view, which[0]))
        elif kind == "begun":
            await self.run_action(f"app.go_on({which[0]!r})")
        elif kind == "letter":
            await self.run_action(f"app.letter({which[0]})")
        elif kind == "deadline":
            from iepjournal.screens.why import Why

            self.open(Why(self.view, str(which[0])))
        elif kind == "log":
            await self.run_action("app.go('log')")

    async def _check_in(self, handle: str, on: object) -> None:
        today = self.view.today
        asked = [*check_ins(self.view.case, SchoolCalendar.of(self.view.case), today), *self._still_open()]
        check_in = next((one for one in asked if one.service.handle == handle and one.on == on), None)
        if check_in is None:
            return
        day = "today" if check_in.on == today else say(check_in.on, today)
        if answer := await checkin.ask(self.app, check_in.service, check_in.on, day, today):
            self.post_message(answer)

    async def _absent(self) -> None:
        today = self.view.today
        found = absence(self.view.case, SchoolCalendar.of(self.view.case), today, today)
        names = ", ".join(service_name(session.service, self.view.case) for session in found.sessions)
        by_month = ", ".join(service.name or service.handle for service in found.left_open)
        left = f" Left open, as nobody knows whether it was planned for today: {by_month}." if by_month else ""
        question = f"Was the child absent today? It answers {len(found.sessions)}: {names}.{left}"
        if await self.app.push_screen_wait(Ask(question, {"y": "yes, absent", "n": "no"})) == "y":
            self.post_message(
                Recorded(
                    lambda case: absence(case, SchoolCalendar.of(case), today, today).sessions,
                    "Saved: absent today. u takes it back, all of it.",
                )
            )

    async def _promise(self, no: int) -> None:
        promise = self.view.case.numbered(no, Promise)
        if answer := await promises.ask(self.app, self.view, promise):
            self.post_message(answer)

    async def _talk(self, no: int) -> None:
        entry = self.view.case.numbered(no)
        answer = await self.app.push_screen_wait(
            Ask(
                f"A letter that confirms entry {no} puts it in writing the same day.",
                {"w": "write it", "d": "done already", "n": "not needed"},
            )
        )
        if answer == "w":
            await self.run_action(f"app.confirm({no})")
        elif answer in ("d", "n"):
            await self._mark(entry, "confirmed" if answer == "d" else "waived", f"Entry {no} waits no longer.")

    async def _mark(self, of: Record, what: str, said: str) -> None:
        why = await self.app.push_screen_wait(
            Tell("What shows it, or why? It is kept with it.", needed=what == "waived")
        )
        if why is not None:
            mark = Mark(of=of.root, what=what, on=self.view.today, why=why)
            self.post_message(Recorded(lambda _case: [mark], f"{said} u takes it back."))
