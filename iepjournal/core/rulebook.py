"""RuleBook: what the rule files say together. Plain tables in; a book out, with findings for the files it refused.

A file is taken whole or not at all; a later one may add and may note, and changes nothing that is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iepjournal.core.holidays import (
    BusinessDays,
    Holiday,
    OptionalClosing,
    OwnDays,
    parse_holiday,
    parse_optional,
    parse_own_days,
)
from iepjournal.core.rules import parse_event, parse_rule
from iepjournal.core.tables import Table
from iepjournal.core.values import EMPTY, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iepjournal.core.findings import Finding
    from iepjournal.core.rules import EventKind, Rule


class RuleBook(Value):
    """All that is in the rule files that were taken."""

    events: Mapping[str, EventKind] = EMPTY
    rules: Mapping[str, Rule] = EMPTY
    holidays: tuple[Holiday, ...] = ()
    optional: tuple[OptionalClosing, ...] = ()
    own_days: OwnDays = OwnDays()
    notes: Mapping[str, str] = EMPTY
    """Rule -> what this family wrote beside it."""
    soon: int = 0
    receipt: Mapping[str, int] = EMPTY
    """How something was sent -> days to the receipt that is assumed."""
    entry_sent_by: Mapping[str, str] = EMPTY
    state_names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Why a file was refused."""

    @property
    def business_days(self) -> BusinessDays:
        """The days on which offices are open."""
        return BusinessDays(self.holidays, self.optional, self.own_days)

    def started_by(self, event: str) -> tuple[Rule, ...]:
        """The rules an event starts."""
        return tuple(rule for rule in self.rules.values() if event in rule.starts)

    def joined(self, file: RuleBook) -> RuleBook:
        """With one more file, which may add and may note, but changes nothing that is there."""
        return RuleBook(
            events={**self.events, **file.events},
            rules={**self.rules, **file.rules},
            holidays=(*self.holidays, *file.holidays),
            optional=(*self.optional, *file.optional),
            own_days=self.own_days.joined(file.own_days),
            notes={**self.notes, **file.notes},
            soon=file.soon or self.soon,
            receipt={**self.receipt, **file.receipt},
            entry_sent_by={**self.entry_sent_by, **file.entry_sent_by},
            state_names=(*self.state_names, *file.state_names),
            findings=(*self.findings, *file.findings),
        )


def rule_book(files: Mapping[str, Mapping[str, Any]], refused: Iterable[Finding] = ()) -> RuleBook:
    """Take files by name, in their order; one with an error is left out whole and its findings say why."""
    book = RuleBook(findings=tuple(refused))
    for name, stored in files.items():
        taken, findings = _file(name, stored, book)
        book = book.replace(findings=(*book.findings, *findings)) if findings else book.joined(taken)
    return book


def _file(name: str, stored: Mapping[str, Any], book: RuleBook) -> tuple[RuleBook, list[Finding]]:
    """What one file adds to those before it, and everything that is wrong with it."""
    findings: list[Finding] = []

    def refuse(where: str, reason: str) -> None:
        from iepjournal.core.findings import Finding  # dataclasses cost a third of a quick `due`

        findings.append(Finding(level="stop", where=where, message=f"{name} is left out: {where}: {reason}."))

    def each(called: str, parse: Any) -> list[Any]:
        parsed = []
        for number, table in enumerate(file.tables(called), 1):
            where = f"{called} {number}"
            try:
                where = table.text("id")
                parsed.append(parse(table))
            except ValueError as error:
                refuse(where, str(error))
        return parsed

    try:
        file = Table(stored)
        file.text_or("name", "")
        addressees = file.table("addressees")
        taken = RuleBook(
            events=_by_id(each("events", parse_event), book.events, refuse),
            rules=_by_id(each("rules", lambda table: parse_rule(table, name)), book.rules, refuse),
            holidays=tuple(each("holidays", parse_holiday)),
            optional=tuple(each("optional", parse_optional)),
            own_days=parse_own_days(file.table("days")),
            notes=_texts(file.table("notes")),
            soon=file.whole("soon"),
            receipt=_wholes(file.table("receipt")),
            entry_sent_by=_texts(file.table("entry_sent_by")),
            state_names=addressees.texts("state"),
        )
        addressees.finish()
        file.finish()
    except ValueError as error:
        refuse("the file", str(error))
        return RuleBook(), findings
    whole = book.joined(taken)
    for rule in taken.rules.values():
        for reason in (*_unknown_names(rule, whole), *_circles(rule, whole)):
            refuse(rule.id, reason)
    for event in taken.events.values():
        if event.copy_of and event.copy_of not in whole.events:
            refuse(event.id, f"there is no event “{event.copy_of}”")
    for noted in taken.notes:
        if noted not in whole.rules:
            refuse("notes", f"there is no rule “{noted}”")
    for switched in taken.own_days.switched:
        if switched not in {closing.id for closing in whole.optional}:
            refuse("days", f"there is no optional closing “{switched}”")
    return taken, findings


def _by_id(parsed: list[Any], before: Mapping[str, Any], refuse: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in parsed:
        if one.id in found or one.id in before:
            other = getattr(before.get(one.id), "file", "")
            refuse(one.id, f"there is one of this id already{f', in {other}' if other else ''}")
        found[one.id] = one
    return found


def _texts(table: Table) -> dict[str, str]:
    return {name: table.text(name) for name in table.names()}


def _wholes(table: Table) -> dict[str, int]:
    return {name: table.whole(name) for name in table.names()}


def _unknown_names(rule: Rule, book: RuleBook) -> list[str]:
    events = [f"there is no event “{name}”" for name in rule.uses_events if name not in book.events]
    named = (rule.after, *rule.earliest_of, rule.beside, rule.unless)
    return events + [f"there is no rule “{name}”" for name in named if name and name not in book.rules]


def _circles(rule: Rule, book: RuleBook) -> list[str]:
    """A rule whose date would need its own date first."""

    def counted_from(name: str) -> tuple[str, ...]:
        other = book.rules.get(name)
        return tuple(filter(None, (other.after, other.unless, *other.earliest_of))) if other else ()

    def shown_under(name: str) -> tuple[str, ...]:
        other = book.rules.get(name)
        return (other.beside,) if other and other.beside else ()

    for leads_to in (counted_from, shown_under):
        reached, waiting = set[str](), list(leads_to(rule.id))
        while waiting:
            if (name := waiting.pop()) not in reached:
                reached.add(name)
                waiting += leads_to(name)
        if rule.id in reached:
            return [f"it leads back to itself through {', '.join(sorted(reached - {rule.id})) or 'itself'}"]
    return []
