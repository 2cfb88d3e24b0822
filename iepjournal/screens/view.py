"""What a page is given to show: the case as it is now, the moment, and what was begun and not saved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from iepjournal.core.case import Case
    from iepjournal.core.due import Deadline
    from iepjournal.core.occurrences import Journal
    from iepjournal.core.rules import RuleBook
    from iepjournal.core.services import Services


@dataclass(frozen=True, kw_only=True)
class Begun:
    """Text that was being written and is not in the journal."""

    name: str
    text: str
    kept_at: datetime


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """One look at a case."""

    case: Case
    now: datetime
    begun: tuple[Begun, ...] = ()
    other_children: Callable[[], tuple[str, ...]] = tuple
    """Reads the names of this user's other cases, which must not stand in a letter."""

    @property
    def today(self) -> date:
        """The day it is looked at."""
        return self.now.date()

    @property
    def whose(self) -> str:
        """Whose case it is, as the title says it: the child's first name, or the case's own."""
        names = self.case.profile.child.name.split()
        return names[0] if names else self.case.slug

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

    @property
    def book(self) -> RuleBook:
        """The rules of the family's state, read once while the program runs."""
        return _rules_of(self.case.profile.state)

    @cached_property
    def journal(self) -> Journal:
        """The case read for what the rules know."""
        from iepjournal.core.occurrences import Journal

        return Journal(self.case, self.book)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline as of this day, the nearest date first."""
        from iepjournal.core.deadlines import deadlines

        return deadlines(self.case, self.book, self.today)


@cache
def _rules_of(state: str) -> RuleBook:
    from iepjournal.rulefiles import load_rules

    return load_rules(state)
