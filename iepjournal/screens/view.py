"""What a page is given to show: the case as it is now, the moment, and what was begun and not saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from iepjournal.core.dates import say_time, say_when

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from iepjournal.bindery import Shelf
    from iepjournal.core.case import Case
    from iepjournal.core.contents import Contents
    from iepjournal.core.due import Deadline
    from iepjournal.core.occurrences import Journal
    from iepjournal.core.packet import Complaint
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.core.services import Services


@dataclass(frozen=True, kw_only=True)
class Begun:
    """Text that was being written and is not in the journal."""

    name: str
    text: str
    kept_at: datetime

    def when(self, today: date) -> str:
        """The time it was kept; the day too, where that is not today."""
        on, at = self.kept_at.date(), self.kept_at.time()
        return say_time(at) if on == today else say_when(on, at, "", today)


class Consequences:
    """What follows from a case on a day; each worked out once, however often it is looked at."""

    def __init__(self, case: Case, today: date) -> None:
        self.case, self.today = case, today

    @property
    def book(self) -> RuleBook:
        """The rules of the family's state, read once while the program runs."""
        return _rules_of(self.case.profile.state)

    @cached_property
    def services(self) -> Services:
        """Every service, counted as of this day."""
        from iepjournal.core.services import services

        return services(self.case, as_of=self.today)

    @cached_property
    def services_for_letters(self) -> Services | None:
        """The same without what was drawn from private entries; None where the IEP names no service."""
        from iepjournal.core.records import Service
        from iepjournal.core.services import services

        return services(self.case, as_of=self.today, private=False) if self.case.all(Service) else None

    @cached_property
    def journal(self) -> Journal:
        """The case read for what the rules know."""
        from iepjournal.core.occurrences import Journal

        return Journal(self.case, self.book)

    @cached_property
    def complaint(self) -> Complaint:
        """The newest packet; NotAllowed before the first."""
        from iepjournal.bindery import complaint_of

        return complaint_of(self.case, self.book)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline as of this day, the nearest date first."""
        from iepjournal.core.deadlines import deadlines

        return deadlines(self.case, self.book, self.today)


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """One look at a case."""

    case: Case
    now: datetime
    begun: tuple[Begun, ...] = ()
    other_children: Callable[[], tuple[str, ...]] = tuple
    """Reads the names of this user's other cases, which must not stand in a letter."""
    shelf: Shelf
    """Where the files of the case are."""
    new_uid: Callable[[], str]
    """Names a record that another one of the same command refers to."""
    _before: Consequences | None = None
    """Of the view this one takes the place of: an hour later, or with another draft, all of them still hold."""

    @cached_property
    def _follows(self) -> Consequences:
        before = self._before
        same = before and before.case is self.case and before.today == self.today
        return before if before and same else Consequences(self.case, self.today)

    def replaced(self, **changes: Any) -> View:
        """The same look with something changed."""
        return replace(self, _before=self._follows, **changes)

    @property
    def today(self) -> date:
        """The day it is looked at."""
        return self.now.date()

    @property
    def whose(self) -> str:
        """Whose case it is, as the title says it: the child's first name, or the case's own."""
        names = self.case.profile.child.name.split()
        return names[0] if names else self.case.slug

    @property
    def worked_out(self) -> bool:
        """Whether figures and deadlines are there without working for them."""
        return {"services", "deadlines"} <= vars(self._follows).keys()

    @property
    def services(self) -> Services:
        """Every service, counted as of this day."""
        return self._follows.services

    @property
    def services_for_letters(self) -> Services | None:
        """The same without what was drawn from private entries; None where the IEP names no service."""
        return self._follows.services_for_letters

    @property
    def book(self) -> RuleBook:
        """The rules of the family's state."""
        return self._follows.book

    @property
    def journal(self) -> Journal:
        """The case read for what the rules know."""
        return self._follows.journal

    @property
    def complaint(self) -> Complaint:
        """The newest packet; NotAllowed before the first."""
        return self._follows.complaint

    @cached_property
    def contents(self) -> Contents:
        """What it still lacks, and what would weaken it."""
        from iepjournal.core.contents import check

        return check(self.complaint, self.today, self.other_children())

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline as of this day, the nearest date first."""
        return self._follows.deadlines


@cache
def _rules_of(state: str) -> RuleBook:
    from iepjournal.rulefiles import load_rules

    return load_rules(state)
