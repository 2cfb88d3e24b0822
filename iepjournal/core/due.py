"""Deadline: one rule running from one event, as a value, and what it comes to on the day it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import full_date
from iepjournal.core.plurals import many
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.counting import Count
    from iepjournal.core.rules import Rule

CLOSED = frozenset({"met", "met-late", "waived", "standard"})
"""Statuses in which nobody waits for anything by a day."""


class DueReading(Value):
    """One reading of a rule, with its date."""

    due: date | None
    citation: str
    text: str
    count: Count | None = None
    """How it was counted; None for a date that was named."""


class Outcome(Value):
    """What became of a deadline, whatever day it is looked at."""

    met_on: date | None = None
    met_by: str = ""
    """Root uid of what shows it."""
    waived_on: date | None = None
    put_off_until: date | None = None
    """By a document."""
    claimed_on: date | None = None
    """An extension that was only said."""
    held_since: date | None = None
    own_date: date | None = None
    """A date set by hand, shown beside the computed one."""


class Deadline(Value):
    """Who owes what by when, and since which event."""

    rule: Rule
    key: str
    """What marks point at: the rule and the record that started it."""
    start: str
    start_from: date
    record: str = ""
    """Root uid of what started it."""
    no: int | None = None
    """Its printed number."""
    about: str = ""
    """The words of the promise, or the title of the letter, that it waits for an answer to."""
    readings: tuple[DueReading, ...] = ()
    due: date | None = None
    """The earliest reading."""
    latest: date | None = None
    """The last day on which it is late by no reading; None while one of them has no sure date."""
    act_by: date | None = None
    """For the parent's own: the last business day before it."""
    mail_by: date | None = None
    outcome: Outcome = Outcome()
    estimated: bool = False
    exact: bool = True
    spoken: str = ""
    """What to know where only a spoken word shows what started it."""
    facts: int = 1
    """How many facts of one day a look-back is about."""
    soon: int = 0
    as_of: date

    @property
    def status(self) -> str:
        """open, soon, overdue, met, met-late, waived, extended, claimed, on-hold or standard."""
        outcome = self.outcome
        if self.is_met:
            return "met-late" if self.days_late else "met"
        if not self.rule.readings:
            return "standard"
        if outcome.waived_on and outcome.waived_on <= self.as_of:
            return "waived"
        if outcome.held_since:
            return "on-hold"
        if self.days_late:
            return "overdue"
        if outcome.put_off_until:
            return "extended"
        if outcome.claimed_on and outcome.claimed_on <= self.as_of:
            return "claimed"
        return "soon" if self.due and (self.due - self.as_of).days <= self.soon else "open"

    @property
    def title(self) -> str:
        """What is to be done, and of what promise or letter."""
        return f"{self.rule.title}: “{self.about}”" if self.about else self.rule.title

    @property
    def is_met(self) -> bool:
        """Whether it was done by the as-of day."""
        return self.outcome.met_on is not None and self.outcome.met_on <= self.as_of

    @property
    def claim_after(self) -> date | None:
        """The day after which somebody else may be called late; None where the law has no number."""
        owed = self.rule.kind == "disputed" or (self.rule.kind == "law" and self.rule.who != "parent")
        return self.latest if owed and not self.rule.lapses else None

    @property
    def nobody_is_late(self) -> str:
        """Why nobody can be called late by what is disputed; empty where somebody can."""
        if self.rule.kind != "disputed" or self.claim_after:
            return ""
        if self.rule.never_late:
            return "Nobody can be called late by this: its sources are too weak."
        missing = "sure date" if all(reading.due for reading in self.readings) else "date"
        return f"While one reading has no {missing}, nothing here can be called late."

    @property
    def days_late(self) -> int:
        """By how many days it is or was late, by the latest reading."""
        met_on = self.outcome.met_on
        until = met_on if met_on and met_on <= self.as_of else self.as_of
        return max(0, (until - self.latest).days) if self.latest else 0

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do something by a day."""
        return self.due is not None and self.status not in CLOSED

    @property
    def wants_doing(self) -> bool:
        """Overdue, or the parent's own and its day to act has come: what a login line and an exit code tell."""
        return self.status == "overdue" or (self.waits and self.act_by is not None and self.act_by <= self.as_of)

    @property
    def in_words(self) -> str:
        """Its status, as a parent would say it."""
        late, suggested = many(self.days_late, "day"), self.rule.kind == "suggested"
        match self.status:
            case "standard":
                return "no number of days"
            case "met":
                return "done"
            case "met-late":
                return f"done, {late} after that day" if suggested else f"done, {late} late"
            case "waived":
                return "given up"
            case "on-hold":
                return "on hold"
            case "overdue" if self.rule.lapses:
                return f"ran out {late} ago"
            case "overdue":
                return f"{late} ago" if suggested else f"{late} late"
        if self.due is None:
            return "no date yet"
        left = (self.due - self.as_of).days
        if left < 0:
            return "past the earlier reading"
        return ("today", "tomorrow")[left] if left < 2 else many(left, "day")

    @property
    def _until_the_later(self) -> str:
        until = full_date(self.latest) if self.latest else ""
        if self.rule.who == "parent":
            return f"by the other reading there is time until {until}"
        return f"do not call it late{' before ' + until + ' has passed' if until else ''}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know before relying on the date."""
        outcome, said = self.outcome, []
        if self.spoken:
            said.append(self.spoken)
        if not self.exact:
            said.append("The day it started is not exact, so neither is this date.")
        if beyond := [one.count for one in self.readings if one.count and one.count.beyond_calendar]:
            taken = "weekdays were" if beyond[0].reading.unit == "school" else "every day was"
            said.append(f"No school calendar reaches that far: {taken} counted, as if there were no holidays.")
        elif self.estimated:
            said.append("When it was received is estimated from how it was sent. Log the proof of receipt.")
        if outcome.held_since:
            said.append(f"On hold since {full_date(outcome.held_since)}; it has no date until that ends.")
        if outcome.claimed_on:
            but = "nothing in writing" if self.rule.extends else "but the rule names none"
            said.append(f"Claimed extension of {full_date(outcome.claimed_on)}, {but}: the clock keeps running.")
        if outcome.own_date:
            said.append(f"Your own date for it: {full_date(outcome.own_date)}.")
        if self.status == "overdue" and self.rule.who != "parent" and self.rule.kind != "suggested":
            said.append("Nothing in the journal shows that it was done.")
        if self.waits and self.due and self.due < self.as_of and not self.days_late:
            said.append(f"The earlier date has passed. Sources differ: {self._until_the_later}.")
        return tuple(said)
