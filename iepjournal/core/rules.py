"""Rules: the law as data, parsed and validated. Plain tables in; a RuleBook out, with findings for refused files.

A file is taken whole or not at all. No citation and no number of days stands here: they are in the files.
"""

from __future__ import annotations

import re
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
from iepjournal.core.plurals import many
from iepjournal.core.records import KINDS as KINDS_OF_RECORD
from iepjournal.core.tables import Table
from iepjournal.core.values import EMPTY, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from iepjournal.core.findings import Finding

UNITS = {
    "calendar": "calendar day",
    "school": "school day",
    "business": "business day",
    "months": "month",
    "years": "year",
}
OWERS = {"parent": "you", "school": "the school", "state": "the state", "either": "either side"}
KINDS = {
    "law": "a fixed number, from the source named",
    "suggested": "no legal date: a day that was named, or one that we suggest",
    "disputed": "sources differ",
    "standard": "no date: nothing that was read has a number of days for it",
}
CONFIDENCE = {
    "V": "read in the source named",
    "V2": "reported by a secondary source",
    "K": "general knowledge: check before relying on it",
    "C": "sources differ, or the source is old",
    "none": "looked for and not found",
}
MADE, RECEIPT = "made", "receipt"
SENT = "sent"
"""Instead of a field: the day on which a letter went out."""
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_IN_FORCE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?")
_LONGEST = 10_000
"""More of any unit is a typing error."""


class Seen(Value):
    """Records that show an event by what they are."""

    record: str
    """The kind of record."""
    on: str
    """The field that holds the day; `sent` is the day a letter went out."""
    has: str = ""
    where: Mapping[str, tuple[str, ...]] = EMPTY
    unless: Mapping[str, tuple[str, ...]] = EMPTY
    words: tuple[str, ...] = ()
    planned: bool = False
    of_itself: bool = False


class OfferWords(Value):
    """Entries for which a clock is offered: of these types, with one word of each list."""

    types: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]


class EventKind(Value):
    """Something that starts, meets or holds clocks, and how the journal shows it."""

    id: str
    title: str
    tags: tuple[str, ...] = ()
    mark: str = ""
    letter: str = ""
    """The template that says it."""
    spoken: str = ""
    """What to know where only a spoken word shows it."""
    sent_to: str = ""
    copy_of: str = ""
    held_as: tuple[str, ...] = ()
    """Types of entry that are the event itself; others tell of it, and its day has to be said."""
    seen: tuple[Seen, ...] = ()
    offer: tuple[OfferWords, ...] = ()


class Reading(Value):
    """One way to count: how long, in which days, from which one."""

    length: int
    unit: str
    day_one: str = "after"
    """`after` the event's day, or the `same` day."""
    backwards: bool = False
    look_back: bool = False
    """The last safe day: one day less."""
    skip_closed_runs: int = 0
    """Leave out runs of at least so many days on which the school is closed."""
    starts: str = ""
    """The event of this reading, where it is not the rule's."""
    citation: str = ""
    link: str = ""
    confidence: str = ""
    text: str = ""

    @property
    def amount(self) -> str:
        """So many school days; a year; the same day."""
        if not self.length:
            return "the same day"
        return many(self.length, UNITS[self.unit])


class Rule(Value):
    """Who owes what by when, and where it is written."""

    id: str
    title: str
    who: str
    kind: str
    starts: tuple[str, ...]
    met_by: tuple[str, ...]
    readings: tuple[Reading, ...]
    """None for a standard, one for law and suggestions, several where sources differ."""
    counts_from: str
    needs: str
    """It runs only if this happened before and is still open."""
    after: str
    """Its first event happens when this rule's time ends, unless another of its events comes first."""
    earliest_of: tuple[str, ...]
    """Rules that may end it earlier."""
    beside: str
    """The rule under whose row it is shown."""
    unless: str
    """The rule that takes its place where both start from one record."""
    own_date: str
    """The field of the starting record that may hold a date of one's own."""
    hold_from: str
    hold_until: str
    lapses: bool
    """It runs out: afterwards nothing is overdue."""
    never_late: bool
    """Its sources are too weak to call anybody late by it."""
    warn: tuple[int, ...]
    mail_days: int
    may_roll: str
    """The general law by which somebody may move a date off a weekend or holiday."""
    extends: str
    stops: str
    citation: str
    link: str
    confidence: str
    in_force: str
    """The date of the text that was read, as exactly as it is known."""
    checked: date
    says: str
    note: str
    next_letter: str
    file: str

    @property
    def look_back(self) -> bool:
        """Whether it says how long something that happened can be used."""
        return any(reading.look_back for reading in self.readings)

    @property
    def uses_events(self) -> tuple[str, ...]:
        """Every event it names."""
        own = (reading.starts for reading in self.readings)
        names = (*self.starts, *self.met_by, self.needs, self.hold_from, self.hold_until, *own)
        return tuple(filter(None, names))


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
            events=_by_id(each("events", _event), book.events, refuse),
            rules=_by_id(each("rules", lambda table: _rule(table, name)), book.rules, refuse),
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


def _event(table: Table) -> EventKind:
    event = EventKind(
        id=_id(table),
        title=table.text("title"),
        tags=table.texts("tags"),
        mark=table.text_or("mark", ""),
        letter=table.text_or("letter", ""),
        spoken=table.text_or("spoken", ""),
        sent_to=table.text_or("sent_to", ""),
        copy_of=table.text_or("copy_of", ""),
        held_as=table.texts("held_as"),
        seen=tuple(map(_seen, table.tables("seen"))),
        offer=tuple(map(_offer, table.tables("offer"))),
    )
    table.finish()
    return event


def _seen(table: Table) -> Seen:
    where, unless = table.table("where"), table.table("unless")
    seen = Seen(
        record=table.text("record"),
        on=table.text("on"),
        has=table.text_or("has", ""),
        where={name: where.texts(name) for name in where.names()},
        unless={name: unless.texts(name) for name in unless.names()},
        words=table.texts("words"),
        planned=table.flag("planned"),
        of_itself=table.flag("of_itself"),
    )
    table.finish()
    _check_fields(seen)
    return seen


def _check_fields(seen: Seen) -> None:
    """A field that no record has would never be seen."""
    if seen.record not in KINDS_OF_RECORD:
        raise ValueError(f"“{seen.record}” is no kind of record")
    known = {*KINDS_OF_RECORD[seen.record].FIELDS, SENT}
    text = ("text",) if seen.words else ()
    for name in (seen.on, *filter(None, [seen.has]), *seen.where, *seen.unless, *text):
        if name not in known:
            raise ValueError(f"no {seen.record} has “{name}”")


def _offer(table: Table) -> OfferWords:
    lists = table.lists("words")
    offer = OfferWords(types=table.texts("types"), words=lists)
    table.finish()
    return offer


def _rule(table: Table, file: str) -> Rule:
    kind = table.choice("kind", KINDS)
    hold = table.table("holds")
    link = table.text_or("link", "")
    rule = Rule(
        id=_id(table),
        title=table.text("title"),
        who=table.choice("who", OWERS),
        kind=kind,
        starts=table.texts("starts"),
        met_by=table.texts("met_by"),
        counts_from=table.choice("counts_from", (MADE, RECEIPT), MADE),
        needs=table.text_or("needs", ""),
        after=table.text_or("after", ""),
        earliest_of=table.texts("earliest_of"),
        beside=table.text_or("beside", ""),
        unless=table.text_or("unless", ""),
        own_date=table.text_or("own_date", ""),
        hold_from=hold.text_or("from", ""),
        hold_until=hold.text_or("until", ""),
        lapses=table.flag("lapses"),
        never_late=table.flag("never_late"),
        warn=table.wholes("warn"),
        mail_days=table.whole("mail_days"),
        may_roll=table.text_or("may_roll", ""),
        extends=table.text_or("extends", ""),
        stops=table.text_or("stops", ""),
        citation=table.text("citation"),
        link=link if kind == "suggested" else table.text("link"),
        confidence=table.choice("confidence", CONFIDENCE),
        in_force=table.text_or("in_force", ""),
        checked=table.day("checked"),
        says=table.text("says"),
        note=table.text_or("note", ""),
        next_letter=table.text_or("next_letter", ""),
        readings=_readings(table, kind),
        file=file,
    )
    hold.finish()
    table.finish()
    if link and not link.startswith(("https://", "http://")):
        raise ValueError(f"“{link}” is not a link")
    if not _IN_FORCE.fullmatch(rule.in_force):
        raise ValueError(f"in_force is “{rule.in_force}”, not a year, a month or a day like 2026-11")
    if not rule.starts:
        raise ValueError("it has no event that starts it")
    if bool(rule.hold_from) != bool(rule.hold_until):
        raise ValueError("what holds it needs both “from” and “until”")
    if rule.hold_from and any(reading.unit in ("months", "years") for reading in rule.readings):
        raise ValueError("only a count of days can be held")
    return rule


def _readings(table: Table, kind: str) -> tuple[Reading, ...]:
    several = table.tables("readings")
    if several and kind != "disputed":
        raise ValueError(f"only what is disputed has readings, and this is {kind}")
    if kind == "disputed":
        if len(several) < 2:
            raise ValueError("what is disputed needs two readings")
        return tuple(map(_disputed_reading, several))
    if kind == "standard":
        if "length" in table:
            raise ValueError("a standard has no number of days")
        return ()
    return (_reading(table),)


def _disputed_reading(table: Table) -> Reading:
    reading = _reading(table).replace(
        starts=table.text_or("starts", ""),
        citation=table.text_or("citation", ""),
        link=table.text_or("link", ""),
        confidence=table.choice("confidence", ("", *CONFIDENCE)),
        text=table.text("text"),
    )
    table.finish()
    return reading


def _reading(table: Table) -> Reading:
    if "length" not in table:
        raise ValueError("it has no length")
    reading = Reading(
        length=table.whole("length"),
        unit=table.choice("unit", UNITS),
        day_one=table.choice("day_one", ("after", "same"), "after"),
        backwards=table.flag("backwards"),
        look_back=table.flag("look_back"),
        skip_closed_runs=table.whole("skip_closed_runs"),
    )
    if not 0 <= reading.length <= _LONGEST:
        raise ValueError(f"length is “{reading.length}”, which is no likely number of {UNITS[reading.unit]}s")
    if reading.look_back and reading.unit not in ("months", "years"):
        raise ValueError("only months and years can look back")
    if reading.skip_closed_runs and reading.unit != "calendar":
        raise ValueError("only calendar days can leave out longer holidays")
    return reading


def _id(table: Table) -> str:
    name = table.text("id")
    if not _ID.fullmatch(name):
        raise ValueError(f"“{name}” is no id: small letters, digits and dashes")
    return name


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
