"""Caseload: what burns in each of several cases, in a few figures; for whoever keeps more than one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iepjournal.core.deadlines import deadlines
from iepjournal.core.services import services

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.core.services import ServiceCount


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case in one line."""

    slug: str
    child: str
    overdue: int
    """Deadlines that are late, whoever owes them."""
    due: int
    """Deadlines that come soon, or on which the parent should act by now."""
    unsent: int
    """Letters that were written and not sent."""
    last_entry_on: date | None
    """The day on which something was written down last."""
    worst: ServiceCount | None
    """The service of which most was not delivered, by its share of what was due."""
    as_of: date

    @property
    def days_since_entry(self) -> int | None:
        """How long nothing was written down."""
        return (self.as_of - self.last_entry_on).days if self.last_entry_on else None

    @property
    def percent_given(self) -> float | None:
        """Of the worst service: how much of what was due is known to be given."""
        return self.worst.as_written.percent_given if self.worst else None


def case_line(case: Case, book: RuleBook, as_of: date) -> CaseLine:
    """What burns in one case on a day."""
    waiting = [one for one in deadlines(case, book, as_of) if one.waits]
    overdue = [one for one in waiting if one.status == "overdue"]
    counted = [count for count in services(case, as_of=as_of).counts if not count.needs and count.as_written.due]
    return CaseLine(
        slug=case.slug,
        child=case.profile.child.name,
        overdue=len(overdue),
        due=sum(one.status == "soon" or one.wants_doing for one in waiting) - len(overdue),
        unsent=sum(not case.is_sent(one) for one in case.letters),
        last_entry_on=max((entry.recorded_at.date() for entry in case.entries), default=None),
        worst=max(counted, key=lambda count: count.as_written.missed / count.as_written.due, default=None),
        as_of=as_of,
    )


def hottest_first(line: CaseLine) -> tuple[Any, ...]:
    """The order of the board: late, due, not sent, long silent."""
    silent = line.days_since_entry
    return (-line.overdue, -line.due, -line.unsent, -(silent if silent is not None else 0), line.slug)


def as_json(line: CaseLine) -> dict[str, Any]:
    """One case as `board --json` promises it."""
    return {
        "slug": line.slug,
        "child": line.child,
        "overdue": line.overdue,
        "due": line.due,
        "unsent_letters": line.unsent,
        "last_entry_on": line.last_entry_on.isoformat() if line.last_entry_on else None,
        "days_since_entry": line.days_since_entry,
        "least_delivered": {"service": line.worst.handle, "percent_given": line.percent_given} if line.worst else None,
    }
