"""Progress toward the goals: what was measured, which goals nobody measures, and which reports did not come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from iepjournal.core.dates import full_date
from iepjournal.core.records import Datapoint, Goal, Iep, ProgressReport
from iepjournal.errors import AlreadyThere, CannotUnderstand, NoSuchRecord, NotAllowed

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.case import Case

USUAL_WEEKS = 4
"""A goal without a measurement for so long is listed, unless another number is asked for."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One goal and what was measured of it, oldest first."""

    goal: Goal
    points: tuple[Datapoint, ...]
    since: date
    """The last measurement, else the IEP's start, else the day the goal was written down."""

    @property
    def measured(self) -> bool:
        """Whether the parent has seen any measurement."""
        return bool(self.points)

    def weeks_silent(self, today: date) -> int:
        """Whole weeks without a measurement."""
        return max(0, (today - self.since).days) // 7


def progress(case: Case) -> tuple[Progress, ...]:
    """Every goal, in the order of the IEP."""
    start = next((iep.start or iep.dated for iep in reversed(case.all(Iep))), None)
    found = []
    for goal in case.all(Goal):
        points = sorted((point for point in case.all(Datapoint) if point.goal == goal.handle), key=lambda one: one.on)
        begun = start or goal.recorded_at.date()
        found.append(Progress(goal=goal, points=tuple(points), since=max([begun, *(point.on for point in points)])))
    return tuple(found)


def silent_goals(case: Case, today: date, weeks: int = USUAL_WEEKS) -> tuple[Progress, ...]:
    """The goals without a measurement for so many weeks, the longest silence first."""
    silent = [one for one in progress(case) if one.weeks_silent(today) >= weeks]
    return tuple(sorted(silent, key=lambda one: one.since))


ReportState = Literal["to come", "due today", "not received", "received", "received late"]


def report_state(report: ProgressReport, today: date) -> ReportState:
    """Where a promised progress report stands."""
    if report.received_on:
        return "received late" if report.received_on > report.due_on else "received"
    if report.due_on == today:
        return "due today"
    return "to come" if report.due_on > today else "not received"


def reports(case: Case) -> tuple[ProgressReport, ...]:
    """The promised reports, by the day they are due."""
    return tuple(sorted(case.all(ProgressReport), key=lambda report: report.due_on))


def new_goal(case: Case, handle: str, text: str, service: str = "") -> Goal:
    """A goal to be written, under a handle that is free."""
    if not handle.replace("-", "").replace("_", "").isalnum():
        raise CannotUnderstand("a short name of a goal", handle, "Use letters, digits and dashes: reading.")
    if any(goal.handle == handle for goal in case.all(Goal)):
        raise AlreadyThere(f"The goal {handle}")
    if not text.strip():
        raise NotAllowed("What does the goal say? Nothing was saved.", "Give its words as they stand in the IEP.")
    return Goal(handle=handle, text=text, service=service)


def measured(case: Case, handle: str, value: str, *, on: date, today: date, source: str = "") -> Datapoint:
    """A measurement to be written."""
    if not any(goal.handle == handle for goal in case.all(Goal)):
        known = ", ".join(goal.handle for goal in case.all(Goal))
        hint = f"Goals here: {known}." if known else "Write it down with: iepjournal progress add goal"
        raise NoSuchRecord("goal", f"“{handle}”", hint)
    if not value.strip():
        raise NotAllowed("What was measured? Nothing was saved.", "Say it as it was reported: 40 of 60 words.")
    if on > today:
        raise CannotUnderstand("today or a day before", full_date(on), "It is still to come.")
    return Datapoint(goal=handle, on=on, value=value, source=source)


def promised_report(
    case: Case, due_on: date, *, received_on: date | None = None, today: date, text: str = ""
) -> ProgressReport:
    """A report that is due, or the next version of the one due that day once it came."""
    if received_on and received_on > today:
        raise CannotUnderstand("today or a day before", full_date(received_on), "It is still to come.")
    known = next((report for report in case.all(ProgressReport) if report.due_on == due_on), None)
    if known is None:
        return ProgressReport(due_on=due_on, received_on=received_on, text=text)
    if received_on is None and not text:
        raise AlreadyThere(f"The report due {full_date(due_on)}")
    return known.revised(received_on=received_on or known.received_on, text=text or known.text)


def as_json(case: Case, today: date) -> dict[str, Any]:
    """The shape of `progress --json`, in plain values."""
    return {
        "goals": [
            {
                "handle": one.goal.handle,
                "text": one.goal.text,
                "service": one.goal.service or None,
                "weeks_silent": one.weeks_silent(today),
                "points": [
                    {"on": point.on.isoformat(), "value": point.value, "source": point.source} for point in one.points
                ],
            }
            for one in progress(case)
        ],
        "reports": [
            {
                "due_on": report.due_on.isoformat(),
                "received_on": report.received_on.isoformat() if report.received_on else None,
                "state": report_state(report, today),
            }
            for report in reports(case)
        ],
    }
