"""How the case stands, beside the day's rows: the school week, what was not delivered, and the steps of the way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.dates import monday_of, say
from iepjournal.core.iep import falls_on, in_force, service_versions
from iepjournal.core.plurals import many
from iepjournal.screens.checkin import CLOSED, MARKS, RESULT_ROLES
from iepjournal.widgets.typeset import BAR, HEADING, QUIET, Piece, Row, Sheet, bar, fit, pad, wrap

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.iep import Version
    from iepjournal.core.services import ServiceCount
    from iepjournal.screens.view import View

DAY_WIDTH = 2
STEPS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("Write", frozenset({"concern-sent", "confirmation-sent", "records-requested"}), "w begins one"),
    ("Meeting", frozenset({"iep-meeting-requested"}), "w asks for one"),
    ("Complaint", frozenset({"complaint-filed"}), "p prepares it"),
    ("Make up", frozenset({"compensatory-requested", "make-up-asked"}), "s has the figures"),
)
"""The steps after documenting: their names, the events of the letters that take them, and what begins them."""


def draw_week(sheet: Sheet, view: View) -> None:
    """One row a service, one column a school day: what is known of each session of this week."""
    case, today = view.case, view.today
    histories = {handle: history for handle, history in service_versions(case).items() if in_force(history, today)}
    if not histories:
        return
    monday = monday_of(today)
    days = [monday + timedelta(days=n) for n in range(5)]
    room = sheet.width - DAY_WIDTH * len(days) - 2
    letters = "".join(f"{day:%a}"[0].rjust(DAY_WIDTH) for day in days)
    sheet.pieces((" ", ""), (pad(fit(f"Week of {say(monday, today)}", room), room), HEADING), (letters, QUIET))
    calendar = SchoolCalendar.of(case)
    for history in histories.values():
        cells = [_cell(view, history, calendar, day) for day in days]
        name, *more = wrap(history[-1].service.name or history[-1].service.handle, room)
        sheet.pieces((" ", ""), (pad(name, room), ""), *((mark.rjust(DAY_WIDTH), role) for mark, role in cells))
        for words in more:
            sheet.pieces((" ", ""), (words, ""))


def _cell(view: View, history: tuple[Version, ...], calendar: SchoolCalendar, day: date) -> Piece:
    version = in_force(history, day)
    if version is None:
        return " ", ""
    service = version.service
    answers = [one for one in view.case.sessions if one.service == service.handle and one.on == day]
    if answers:
        return MARKS[answers[-1].result], RESULT_ROLES[answers[-1].result]
    if not calendar.is_school_day(day, esy=service.esy):
        return CLOSED, QUIET
    if day > view.today or not falls_on(service, day):
        return " ", ""
    return MARKS["unknown"], QUIET


def draw_not_delivered(sheet: Sheet, view: View) -> None:
    """Each service's documented shortfall, conservatively and as written, and its weeks as bars."""
    counted = view.services
    missing = [count for count in counted.counts if count.as_written.missed]
    if not missing:
        return
    since = f" since {say(counted.since, view.today)}" if counted.since else ""
    sheet.heading(f"Not delivered{since}")
    sheet.rows(Row(count.name, shortfall(count)) for count in missing)
    if len(missing) == 1 or sheet.width >= 50:
        for count in missing[:3]:
            sheet.pieces((" ", ""), (weeks_as_bars(count, sheet.width - 2), BAR))


def shortfall(count: ServiceCount) -> str:
    """330 to 420 of 900 min."""
    from iepjournal.core.services import number

    low, high, due = count.conservative.missed, count.as_written.missed, count.as_written.due
    amount = f"{number(low)} to {number(high)}" if low != high else f"{number(high)}"
    return f"{amount} of {number(due)} {'min' if count.unit == 'minutes' else 'days'}"


def weeks_as_bars(count: ServiceCount, width: int) -> str:
    """One bar a week: what was given of what was due as written; a dot where nothing is known."""
    amounts = [week.as_written for week in count.by_week[-width:]]
    return "".join(
        bar(float(one.given), float(one.due)) if one.given or one.missed else MARKS["unknown"] for one in amounts
    )


def draw_steps(sheet: Sheet, view: View) -> None:
    """The five steps, and how far each was taken."""
    case, today = view.case, view.today
    if not case.entries:
        return
    sheet.heading("Where you are")
    first = min(entry.happened_on for entry in case.entries)
    weeks = max((today - first).days // 7, 1)
    rows = [
        Row(
            "1 Document",
            f"{len(case.entries)} entries, {many(weeks, 'week')}",
            lead=f" {MARKS['given']}",
        )
    ]
    for place, (name, events, begins) in enumerate(STEPS, start=2):
        letters = [letter for letter in case.letters if letter.starts in events]
        sent = [mark.on for letter in letters for mark in case.marks(letter.root) if mark.what == "sent"]
        if sent:
            mark, said = MARKS["given"], f"sent {say(max(sent), today)}"
        elif letters:
            mark, said = MARKS["partial"], f"letter {letters[-1].no} is not sent"
        else:
            mark, said = MARKS["unknown"], begins
        rows.append(Row(f"{place} {name}", said, lead=f" {mark}"))
    sheet.rows(rows)
