"""Progress toward the goals: what was measured, which goals nobody measures, and which reports did not come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from iepjournal.core.corrections import amended, strike
from iepjournal.core.dates import full_date
from iepjournal.core.records import Datapoint, Goal, Iep, ProgressReport
from iepjournal.errors import AlreadyThere, CannotUnderstand, NoSuchRecord, NotAllowed

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.records import Record, Strike

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

    def over(self, today: date) -> bool:
        """Whether the goal has ended: nobody has to measure it any more."""
        return self.goal.ended_on is not None and self.goal.ended_on <= today

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
    silent = [one for one in progress(case) if not one.over(today) and one.weeks_silent(today) >= weeks]
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
    _check_free(case, handle)
    if not text.strip():
        raise NotAllowed("What does the goal say? Nothing was saved.", "Give its words as they stand in the IEP.")
    return Goal(handle=handle, text=text, service=service)


def corrected_goal(case: Case, handle: str, why: str, *, text: str = "", name: str = "") -> tuple[Record, ...]:
    """A goal with the right words or the right short name; what was measured of it follows the name."""
    goal = known_goal(case, handle)
    if name and name != handle:
        _check_free(case, name)
    changed = amended(case, goal, {"text": text or goal.text, "handle": name or handle}, why)
    points = [point for point in case.all(Datapoint) if point.goal == handle and changed.handle != handle]
    return (changed, *(amended(case, point, {"goal": changed.handle}, why) for point in points))


def ended_goal(case: Case, handle: str, on: date, why: str) -> Goal:
    """A goal that is over from a day on; it and its measurements stay."""
    return amended(case, known_goal(case, handle), {"ended_on": on}, why)


def without_goal(case: Case, handle: str, why: str) -> tuple[Strike, ...]:
    """Takes a goal that was never one out of sight, with what was measured of it."""
    points = (point for point in case.all(Datapoint) if point.goal == handle)
    return tuple(strike(case, record, why) for record in (known_goal(case, handle), *points))


def known_goal(case: Case, handle: str) -> Goal:
    """The goal of that short name."""
    known = {goal.handle: goal for goal in case.all(Goal)}
    if handle not in known:
        hint = f"Goals here: {', '.join(known)}." if known else "Write it down with: iepjournal progress add goal"
        raise NoSuchRecord("goal", f"“{handle}”", hint)
    return known[handle]


def _check_free(case: Case, handle: str) -> None:
    if not handle.replace("-", "").replace("_", "").isalnum():
        raise CannotUnderstand("a short name of a goal", handle, "Use letters, digits and dashes: reading.")
    if any(goal.handle == handle for goal in case.all(Goal)):
        raise AlreadyThere(f"The goal {handle}")


def measured(case: Case, handle: str, value: str, *, on: date, today: date, source: str = "") -> Datapoint:
    """A measurement to be written."""
    known_goal(case, handle)
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
                "ended_on": one.goal.ended_on.isoformat() if one.goal.ended_on else None,
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
