"""The look-back: how much of the record leaves the window of a complaint, month by month, and the oldest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import MONTHS, say
from iepjournal.core.entries import wording
from iepjournal.core.iep import service_versions
from iepjournal.core.lookback import leaving, usable_days
from iepjournal.core.records import Entry, Session
from iepjournal.core.sessions import REASONS
from iepjournal.widgets.typeset import BAR, QUIET, Row, Sheet, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iepjournal.core import agenda as agendas
    from iepjournal.core.due import Deadline
    from iepjournal.core.lookback import UsableDay
    from iepjournal.core.records import Record
    from iepjournal.screens.view import View

MONTHS_AHEAD = 26
"""Far enough for the longest window."""
MOST_MONTHS = 6
MOST_FACTS = 12


def draw_months(sheet: Sheet, view: View, rows: Sequence[agendas.Row]) -> None:
    """For each window, a bar a month of what leaves it, from the first month in which anything does."""
    for row in rows:
        if row.deadline.rule.look_back:
            _draw_bar(sheet, view, row.deadline)


def _draw_bar(sheet: Sheet, view: View, deadline: Deadline) -> None:
    bar = leaving(_days(view, deadline), view.today, MONTHS_AHEAD)
    first = next((place for place, month in enumerate(bar) if month.leaving), None)
    if first is None:
        return
    shown = bar[first : first + MOST_MONTHS]
    while shown and not shown[-1].leaving:
        shown = shown[:-1]
    most = max(month.leaving for month in shown)
    said = [f"{month.leaving} go, {month.left} stay" for month in shown]
    room = sheet.width - 12 - max(map(len, said))
    sheet.heading("What can no longer be used after")
    for month, words in zip(shown, said, strict=True):
        length = max(1, month.leaving * room // most) if month.leaving else 0
        name = f" {MONTHS[month.first.month - 1][:3]} {month.first.year}  "
        sheet.pieces((name, QUIET), ("█" * length, BAR), (f" {words}" if length else words, QUIET))


def draw_facts(sheet: Sheet, view: View, deadline: Deadline) -> None:
    """The oldest facts, and the last day on which each can be used."""
    days = _days(view, deadline)
    facts = [(day, view.case.by_root[one.record]) for day in days for one in day.shown_by]
    sheet.heading("The oldest leave first")
    sheet.rows(
        Row(
            f"{say(day.on, view.today)}: {_in_words(record, view)}",
            f"until {say(day.until, view.today)}",
            lead=" ·",
        )
        for day, record in facts[:MOST_FACTS]
    )
    if len(facts) > MOST_FACTS:
        sheet.paragraph(f"and {len(facts) - MOST_FACTS} later", role=QUIET)


def _days(view: View, deadline: Deadline) -> list[UsableDay]:
    """The days of this window that nothing has used up yet."""
    waiting = {one.start_from for one in view.deadlines if one.rule.id == deadline.rule.id and one.waits}
    return [day for day in usable_days(deadline.rule, view.journal) if day.on in waiting]


def _in_words(record: Record, view: View) -> str:
    if isinstance(record, Session):
        history = service_versions(view.case).get(record.service)
        name = history[-1].service.name if history else record.service
        result = "not given" if record.result == "missed" else "given in part"
        return f"{name} {result}" + (f", {REASONS[record.reason]}" if record.reason in REASONS else "")
    return fit(wording(record, view.case), 80) if isinstance(record, Entry) else record.KIND.replace("-", " ")
