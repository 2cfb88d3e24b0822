"""The effect on the child: what the journal knows that a parent may want to look at before writing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import say
from iepjournal.core.progress import progress, report_state, reports, silent_goals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iepjournal.core.case import Case


def bearing(case: Case, today: date) -> tuple[str, ...]:
    """Lines about progress: each goal from first to last measurement, the goals nobody measured, the reports."""
    return (*_measured(case, today), *_silent(case, today), *_reports(case, today))


def _measured(case: Case, today: date) -> Iterator[str]:
    for one in progress(case):
        ends = dict.fromkeys((one.points[0], one.points[-1])) if one.points else ()
        if ends:
            said = ", then ".join(f"{point.value} on {say(point.on, today)}" for point in ends)
            yield f"{one.goal.handle}: {said}"


def _silent(case: Case, today: date) -> Iterator[str]:
    for one in silent_goals(case, today):
        yield f"{one.goal.handle}: nothing measured since {say(one.since, today)}, {one.weeks_silent(today)} weeks"


def _reports(case: Case, today: date) -> Iterator[str]:
    """The progress reports that were due by now."""
    for report in reports(case):
        state = report_state(report, today)
        if state != "to come":
            came = f" {say(report.received_on, today)}" if report.received_on else ""
            note = f" ({report.text})" if report.text else ""
            yield f"progress report due {say(report.due_on, today)}: {state}{came}{note}"
