"""Goals: what was measured of each and how long nothing was, and the progress reports that were promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from iepjournal.core.corrections import strike
from iepjournal.core.dates import coming_day, past_day, say
from iepjournal.core.progress import (
    USUAL_WEEKS,
    corrected_goal,
    ended_goal,
    measured,
    new_goal,
    progress,
    promised_report,
    report_state,
    reports,
    without_goal,
)
from iepjournal.errors import CannotUnderstand
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import ROW_NUMBERS, Page
from iepjournal.screens.write import Write
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ALERT, QUIET, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.core.progress import Progress
    from iepjournal.core.records import Goal, Record
    from iepjournal.screens.messages import Operation

    Correction = Callable[[Case, str], Sequence[Record]]
    """Makes the records to write out of the case and the reason."""


class Goals(Page):
    """Every goal with its measurements, then the reports; a number adds to a goal or says that a report came."""

    NAME = "Goals"
    FOOTER = ("rows.1", "goals.goal", "goals.correct", "goals.report")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("n", "goal", "new goal", "Write down a goal of the IEP", id="goals.goal"),
        key("e", "correct", "correct", "Correct the goal with the mark, or say that it ended", id="goals.correct"),
        key(
            "x", "strike", "strike", "Take the goal or the report with the mark off, with the reason", id="goals.strike"
        ),
        key("i", "report", "report due", "A progress report is promised for a day", id="goals.report"),
    ]

    def show(self) -> None:
        """Draw goals and reports."""
        case, today = self.view.case, self.view.today
        sheet = Sheet(self.main.content_width)
        sheet.heading("Goals")
        goals = progress(case)
        sheet.rows(self._row(one) for one in goals if not one.over(today))
        if not goals:
            sheet.paragraph("None yet. n writes one down, as it stands in the IEP.", role=QUIET)
        if ended := [one for one in goals if one.over(today)]:
            sheet.heading("Ended")
            sheet.rows(self._row(one) for one in ended)
        sheet.heading("Progress reports")
        promised = reports(case)
        for report in promised:
            state = report_state(report, today)
            role = ALERT if state == "not received" else QUIET
            came = f", {say(report.received_on, today)}" if report.received_on else ""
            pick = None if report.received_on else ("report", report.due_on)
            sheet.rows([Row(f"due {say(report.due_on, today)}", f"{state}{came}", pick, note_role=role)])
        if not promised:
            sheet.paragraph("None yet. i says for which day one is promised.", role=QUIET)
        self.main.show(sheet)

    def _row(self, one: Progress) -> Row:
        today = self.view.today
        weeks = one.weeks_silent(today)
        silent = weeks >= USUAL_WEEKS and not one.over(today)
        note = f"nothing for {weeks} weeks" if silent else ""
        if one.goal.ended_on:
            note = f"ended {say(one.goal.ended_on, today)}"
        points = tuple(
            " · ".join(filter(None, (say(point.on, today), point.value, point.source))) for point in one.points
        )
        title = f"{one.goal.handle}: {one.goal.text}"
        return Row(title, note, ("goal", one.goal.handle), note_role=ALERT if silent else QUIET, below=points)

    @on(Lines.Picked, "#main")
    @work
    async def picked(self, picked: Lines.Picked) -> None:
        """Add a measurement to a goal, or say when a report came."""
        kind, which = picked.pick if isinstance(picked.pick, tuple) else ("", None)
        if kind == "goal":
            await self._measured(str(which))
        elif kind == "report":
            await self._came(which)

    async def _measured(self, goal: str) -> None:
        value = await self.app.push_screen_wait(
            Tell(f"What was measured of {goal}?", hint="As it was reported: 40 of 60 words", needed=True)
        )
        if not value:
            return
        on_day = await self._day("On which day?")
        source = await self.app.push_screen_wait(Tell("Where did you see it?", hint="Report card, data sheet, e-mail"))
        if on_day is None or source is None:
            return
        today = self.view.today

        def operation(case: Case) -> list[Record]:
            return [measured(case, goal, value, on=on_day, today=today, source=source)]

        self.post_message(Recorded(operation, f"Saved for {goal}. u takes it back."))

    async def _came(self, due_on: date) -> None:
        received_on = await self._day("When did it come?")
        if received_on is None:
            return
        today = self.view.today

        def operation(case: Case) -> list[Record]:
            return [promised_report(case, due_on, received_on=received_on, today=today)]

        self.post_message(Recorded(operation, f"Saved: it came {say(received_on, today)}. u takes it back."))

    async def _day(self, question: str) -> date | None:
        """An exact day that is not to come; nothing typed is today."""

        def reads(typed: str) -> date:
            day = past_day(typed, self.view.today)
            if day.about:
                raise CannotUnderstand("one exact day", typed)
            return day.on

        typed = await self.app.push_screen_wait(Tell(question, hint="Like 10/16; Enter on nothing: today", reads=reads))
        return None if typed is None else reads(typed) if typed else self.view.today

    @work
    async def action_goal(self) -> None:
        """Ask for a goal."""
        handle = await self.app.push_screen_wait(Tell("A short name for the goal", hint="Like reading", needed=True))
        text = handle and await self.app.push_screen_wait(Write("Its words, as they stand in the IEP:"))
        if handle and text:
            name = handle.lower()
            self.post_message(Recorded(lambda case: [new_goal(case, name, text)], f"Saved: {name}. u takes it back."))

    @work
    async def action_correct(self) -> None:
        """Ask what is wrong with a goal; what stood before stays in the record."""
        goal = self._marked_goal
        if goal is None:
            self.say("Put the mark on a goal first.")
            return
        what = await self.app.push_screen_wait(
            Ask(f"{goal.handle}:", {"w": "its words", "n": "its short name", "o": "it is over"})
        )
        questions = {"w": self._new_words, "n": self._new_name, "o": self._end}
        if what is None or (correct := await questions[what](goal)) is None:
            return
        why = await self.app.push_screen_wait(Tell("Why? It is kept with it.", needed=True))
        if why:
            self._record(lambda case: correct(case, why), f"{goal.handle} is corrected. u takes it back.")

    async def _new_words(self, goal: Goal) -> Correction | None:
        text = await self.app.push_screen_wait(Write("Its words, as they stand in the IEP:", value=goal.text))
        return (lambda case, why: corrected_goal(case, goal.handle, why, text=text)) if text else None

    async def _new_name(self, goal: Goal) -> Correction | None:
        name = await self.app.push_screen_wait(Tell("Its short name", value=goal.handle, needed=True))
        return (lambda case, why: corrected_goal(case, goal.handle, why, name=name.lower())) if name else None

    async def _end(self, goal: Goal) -> Correction | None:
        on = await self._day("Its last day?")
        return (lambda case, why: [ended_goal(case, goal.handle, on, why)]) if on else None

    @work
    async def action_strike(self) -> None:
        """Ask why, and take a goal or a report that was never promised off the list."""
        kind, which = self.main.pick if isinstance(self.main.pick, tuple) else ("", None)
        what = f"the goal {which}, with what was measured of it" if kind == "goal" else "the promised report"
        if not kind:
            self.say("Put the mark on a goal or a report first.")
            return
        why = await self.app.push_screen_wait(
            Tell(f"Take off {what}? It stays in the record.", hint="Why? A few words, then Enter", needed=True)
        )
        if not why:
            return

        def operation(case: Case) -> Sequence[Record]:
            if kind == "goal":
                return without_goal(case, str(which), why)
            return [strike(case, report, why) for report in reports(case) if report.due_on == which]

        self._record(operation, "Taken off. u takes it back.")

    @property
    def _marked_goal(self) -> Goal | None:
        pick = self.main.pick
        handle = pick[1] if isinstance(pick, tuple) and pick[0] == "goal" else None
        return next((one.goal for one in progress(self.view.case) if one.goal.handle == handle), None)

    def _record(self, operation: Operation, said: str) -> None:
        self.post_message(Recorded(operation, said, refused=self.say))

    @work
    async def action_report(self) -> None:
        """Ask for which day a report is promised."""
        today = self.view.today
        typed = await self.app.push_screen_wait(
            Tell(
                "For which day is it promised?",
                hint="Like 12/18",
                needed=True,
                reads=lambda day: coming_day(day, today),
            )
        )
        if typed:
            due_on = coming_day(typed, today)
            said = f"Saved: due {say(due_on, today)}. u takes it back."
            self.post_message(Recorded(lambda case: [promised_report(case, due_on, today=today)], said))
