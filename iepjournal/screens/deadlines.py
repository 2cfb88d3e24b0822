"""Deadlines: what is due from the parent, the school and the state, how long what happened can be used, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal

from iepjournal.core.agenda import GROUPS, agenda, duties
from iepjournal.core.corrections import name_of
from iepjournal.core.dates import say
from iepjournal.core.records import Letter, Promise
from iepjournal.core.rules import OWERS
from iepjournal.screens import lookback, marking, month, why
from iepjournal.screens.page import ROW_NUMBERS, Page, stylesheet
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, ALERT, QUIET, STRONG, Row, Sheet, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core import agenda as agendas
    from iepjournal.core.case import Case
    from iepjournal.core.due import Deadline
    from iepjournal.screens.view import View

ROOM_FOR_DATES = 56
"""From this width on the date stands beside the distance; below it, under the title."""
DISTANCE_WIDTH = 12
FAR = timedelta(days=60)
"""Beyond it, by when to act or to mail is left to the why."""
MOST_ON_TODAY = 3


class Deadlines(Page):
    """Three groups of rows; at 80 columns the why of the one under the mark, at 120 its month as well."""

    NAME = "Deadlines"
    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("deadlines")
    FOOTER = ("deadlines.why", "deadlines.mark", "deadlines.month", "rows.1", "deadlines.done")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *ROW_NUMBERS,
        key("y", "why", "why", "How the date was counted, by which rule, from which source", id="deadlines.why"),
        key("m", "mark", "mark", "Say what became of it: done, given up, put off", id="deadlines.mark"),
        key("g", "month", "month", "The month with its dates", id="deadlines.month"),
        key("o", "done", "done too", "Show what is done as well, or hide it again", id="deadlines.done"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.done_too = False

    def body(self) -> ComposeResult:
        """The rows, the why, the month."""
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="why", focuses=False)
            yield Lines(id="month", focuses=False)

    @property
    def title_right(self) -> str:
        """The page and the day."""
        return f"Deadlines · {say(self.view.today, self.view.today)}"

    @property
    def meant(self) -> Deadline | None:
        """The deadline under the mark."""
        return next((one for one in self.view.deadlines if one.key == self.main.pick), None)

    def show(self) -> None:
        """Draw the groups, and the panes there is room for."""
        sheet = Sheet(self.main.content_width)
        for finding in self.view.book.findings:
            sheet.paragraph(finding.message, role=ALERT)
        groups = agenda(self.view.deadlines)
        if not any(groups.values()):
            self._draw_nothing(sheet)
        for name, rows in groups.items():
            if rows:
                sheet.heading(GROUPS[name])
                sheet.rows((row_of(row, self.view, sheet.width) for row in rows), notes_right=True)
        lookback.draw_months(sheet, self.view, groups["parent"])
        self._draw_duties(sheet)
        if self.done_too:
            self._draw_done(sheet)
        self.main.show(sheet)
        self._show_panes()

    def _draw_nothing(self, sheet: Sheet) -> None:
        sheet.heading("Nothing is due.")
        sheet.paragraph(
            "A clock starts when you ask for something: mark a letter as sent, or write down with a what you asked "
            "for. It is shown here with its rule and its source.",
            role=QUIET,
        )

    def _draw_duties(self, sheet: Sheet) -> None:
        """What somebody has to do though no law says by when; each duty once."""
        standing = {one.rule.id: one for one in duties(self.view.deadlines)}
        for who in dict.fromkeys(one.rule.who for one in standing.values()):
            sheet.heading(f"No number in law, for {OWERS[who]}")
            sheet.rows(Row(one.rule.title, pick=one.key) for one in standing.values() if one.rule.who == who)

    def _draw_done(self, sheet: Sheet) -> None:
        over = [one for one in self.view.deadlines if one.is_met or one.status == "waived"]
        sheet.heading("Done and given up")
        if not over:
            sheet.paragraph("Nothing yet.", role=QUIET)
        sheet.rows(
            (
                Row(
                    title_of(one, self.view.case),
                    one.in_words,
                    one.key,
                    below=tuple(packed(_started(one, self.view.case), sheet.width - 3)),
                )
                for one in over
            ),
            notes_right=True,
        )

    def _show_panes(self) -> None:
        beside, grid = self.query_one("#why", Lines), self.query_one("#month", Lines)
        deadline = self.meant
        if beside.display and beside.size.width:
            sheet = Sheet(beside.content_width, numbered=False)
            if deadline:
                why.draw(sheet, self.view, deadline)
            beside.show(sheet)
            beside.scroll_home(animate=False)
        if grid.display and grid.size.width:
            sheet = Sheet(grid.content_width, numbered=False)
            month.draw(sheet, self.view, (deadline.due if deadline else None) or self.view.today)
            grid.show(sheet.for_reading())

    @on(Lines.Moved, "#main")
    def moved(self) -> None:
        """Show the why of the row under the mark."""
        self._show_panes()

    @on(Lines.Picked, "#main")
    def opened(self) -> None:
        """Open the why of the row."""
        self.action_why()

    def action_why(self) -> None:
        """Open the why of the row under the mark."""
        if deadline := self.meant:
            self.open(why.Why(self.view, deadline.key))

    @work
    async def action_mark(self) -> None:
        """Ask what became of it."""
        if (deadline := self.meant) and (answer := await marking.ask(self.app, self.view, deadline)):
            self.post_message(answer)

    def action_month(self) -> None:
        """Open the month of the row under the mark."""
        day = (self.meant.due if self.meant else None) or self.view.today
        self.open(month.MonthPage(self.view, day))

    def action_done(self) -> None:
        """Show what is done as well, or hide it again."""
        self.done_too = not self.done_too
        self.draw()


def waiting_rows(view: View) -> list[Row]:
    """For Today: what is late or near, the parent's own first; promises have rows of their own there."""
    near = [
        row.deadline
        for rows in agenda(view.deadlines).values()
        for row in rows
        if (row.deadline.wants_doing or row.deadline.status == "soon")
        and not isinstance(view.case.by_root.get(row.deadline.record), Promise)
    ]
    rows = [
        Row(_asked(one, view.case), _when(one), ("deadline", one.key), note_role=_role(one))
        for one in near[:MOST_ON_TODAY]
    ]
    if more := near[MOST_ON_TODAY:]:
        rows.append(Row(f"and {len(more)} more", "d shows all", ("deadline", more[0].key)))
    return rows


def _asked(deadline: Deadline, case: Case) -> str:
    """What is to be done, and of which letter: two may wait for the same."""
    record = case.by_root.get(deadline.record)
    which = f" ({name_of(record).lower()})" if isinstance(record, Letter) else ""
    return f"{title_of(deadline, case)}{which}"


def _when(deadline: Deadline) -> str:
    day = deadline.act_by if deadline.wants_doing and deadline.act_by else deadline.due
    return f"{say(day, deadline.as_of)}, {deadline.in_words}" if day else deadline.in_words


def row_of(row: agendas.Row, view: View, width: int) -> Row:
    """One deadline: what, how far away, and under it the day, what started it and what else there is to know."""
    deadline = row.deadline
    dated = say(deadline.due, deadline.as_of) if deadline.due else ""
    wide = width >= ROOM_FOR_DATES
    note = f"{dated}  {deadline.in_words:>{DISTANCE_WIDTH}}" if wide else deadline.in_words
    phrases = [
        "" if wide else dated,
        *_kind(deadline, view.case),
        *_later(row),
        *_readings(deadline),
        *_started(deadline, view.case),
    ]
    below = (*packed(phrases, width - 3), *_beneath(row.beneath))
    return Row(title_of(deadline, view.case), note, deadline.key, note_role=_role(deadline), below=below)


def title_of(deadline: Deadline, case: Case) -> str:
    """What is to be done; of a promise, its words."""
    record = case.by_root.get(deadline.record)
    return f"“{record.text}”" if isinstance(record, Promise) else deadline.rule.title


def _role(deadline: Deadline) -> str:
    if deadline.status == "overdue":
        return ALERT
    return ACCENT if deadline.wants_doing else STRONG if deadline.status == "soon" else QUIET


def _kind(deadline: Deadline, case: Case) -> Iterator[str]:
    """What a date is that no law names."""
    if deadline.rule.kind == "suggested":
        yield "their word" if isinstance(case.by_root.get(deadline.record), Promise) else "my own date"


def _readings(deadline: Deadline) -> Iterator[str]:
    """What to know about the day before relying on it."""
    outcome, after, due, act_by = deadline.outcome, deadline.claim_after, deadline.due, deadline.act_by

    def on(day: date) -> str:
        return say(day, deadline.as_of)

    if deadline.rule.kind == "disputed":
        yield "sources differ" if after else "sources differ: not to be called late yet"
    if after and due and after != due:
        yield f"or {on(after)}, as others read it"
        yield "plan by the first" + ("" if deadline.rule.who == "parent" else ", late only after the second")
    if act_by and due and act_by != due and timedelta(0) <= due - deadline.as_of <= FAR:
        yield f"act by {on(act_by)}"
        if deadline.mail_by:
            yield f"if mailed, by {on(deadline.mail_by)}"
    if outcome.put_off_until:
        yield f"put off in writing until {on(outcome.put_off_until)}"
    if outcome.claimed_on:
        yield "extension claimed, nothing in writing"
    if outcome.held_since:
        yield f"on hold since {on(outcome.held_since)}"
    if outcome.own_date:
        yield f"my own date for it: {on(outcome.own_date)}"
    if deadline.estimated:
        yield "estimated: y says why"


def _started(deadline: Deadline, case: Case) -> Iterator[str]:
    """What started it, and where the rule is written."""
    record = case.by_root.get(deadline.record)
    if record and record.no:
        yield name_of(record).lower()
    if deadline.rule.kind != "suggested":
        yield deadline.rule.citation


def _beneath(beneath: Sequence[Deadline]) -> Iterator[str]:
    for one in beneath:
        if one.due:
            colon = "" if one.rule.title.endswith(" until") else ":"
            yield f"{one.rule.title}{colon} {say(one.due, one.as_of)}"


def _later(row: agendas.Row) -> Iterator[str]:
    if row.later:
        yield f"the oldest of {row.deadline.facts + sum(one.facts for one in row.later)} facts"
