"""Rules and the events that start them: the law as data, each read from its table and validated.

What many of them make together is in `core.rulebook`. No citation and no number of days stands here: they are in the
files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iepjournal.core.plurals import many
from iepjournal.core.records import KINDS as KINDS_OF_RECORD
from iepjournal.core.values import EMPTY, Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from iepjournal.core.tables import Table

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


def parse_event(table: Table) -> EventKind:
    """One event of a rule file; ValueError says what is wrong with it."""
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


def parse_rule(table: Table, file: str) -> Rule:
    """One rule of the file of that name; ValueError says what is wrong with it."""
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
