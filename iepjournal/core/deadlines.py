"""Deadlines: what is due from whom by when, worked out from a case, the rules and a day. Nothing of it is stored.

The as-of day changes a status, never a date. What is disputed is planned by the earlier date and late only after the
later; a clock is stopped or put off only by what is in writing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.case import Case
from iepjournal.core.counting import Count, Days, Hold
from iepjournal.core.dates import full_date
from iepjournal.core.due import Deadline, DueReading, Outcome
from iepjournal.core.lookback import usable_days, usable_until, window
from iepjournal.core.occurrences import SPOKEN, Journal
from iepjournal.core.records import Attachment, Entry, Letter, Promise
from iepjournal.core.replacements import replaced_on
from iepjournal.core.rules import RECEIPT
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iepjournal.core.occurrences import Occurrence
    from iepjournal.core.records import Mark, Record
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.core.rules import EventKind, Reading, Rule

DOCUMENTS = frozenset({"letter-in", "email-in", "document"})
"""Types of entry that are something in writing."""
NO_LONGER_AWAITED = ("waived", "broken")
"""Marks after which nobody waits: what was given up, and a promise that was seen not to be kept."""


def deadlines(case: Case, book: RuleBook, as_of: date, *, private: bool = True) -> tuple[Deadline, ...]:
    """Every deadline of a case, the nearest date first; what was met and what has no date are among them.

    Without `private`, as exports need it, private entries start nothing.
    """
    docket = Docket(Journal(case, book, private=private), as_of)
    found = [deadline for name in book.rules for deadline in docket.of_rule(name)]
    return tuple(sorted(found, key=lambda deadline: (deadline.due or date.max, deadline.start_from)))


def hypothetical(
    book: RuleBook, rule: Rule, from_day: date, as_of: date, school: SchoolCalendar | None = None
) -> Deadline:
    """One rule counted from any day, without a case."""
    docket = Docket(Journal(Case(""), book), as_of, school)
    return docket.run(rule, Start(event=rule.starts[0], on=from_day))


def running_from(case: Case, book: RuleBook, rule: Rule, record: str, as_of: date) -> Deadline | None:
    """The deadline a record started, also where it has run out or shares its row with others; None where it did not."""
    docket = Docket(Journal(case, book), as_of)
    for deadline in docket.of_rule(rule.id):
        if deadline.record == record:
            return deadline
    found = (one for event in rule.starts for one in docket.journal.of(event) if one.record == record)
    return next((docket.run(rule, docket.start(rule, one, one.on)) for one in found), None)


class Moved(Value):
    """A deadline whose date another text of the rules changed; None where a text does not know it."""

    before: Deadline | None
    after: Deadline | None


def moved(case: Case, before: RuleBook, after: RuleBook, as_of: date) -> tuple[Moved, ...]:
    """The deadlines with a date that changed rules moved, made or took away."""
    old, new = ({one.key: one for one in deadlines(case, book, as_of)} for book in (before, after))
    pairs = (Moved(before=old.get(key), after=new.get(key)) for key in {**old, **new})
    return tuple(pair for pair in pairs if _dates(pair.before) != _dates(pair.after))


class Start(Value):
    """What a rule runs from: an event, and the day its count begins with."""

    event: str
    on: date
    record: str = ""
    estimated: bool = False
    exact: bool = True
    done_from: date = date.min
    """What was done before this day was done for something else."""
    facts: tuple[frozenset[str], ...] = ()
    """Of a look-back: for each fact, the root uids by which a complaint may name it."""


class Offer(Value):
    """An event that an entry may show: asked about, and known only by writing its mark."""

    event: EventKind
    mark: Mark
    asks_day: bool
    """Whether the mark needs another day than the entry's, such as that of the meeting it tells of."""
    starts: tuple[Deadline, ...]
    """What it would start, counted from the entry's day; none while the day is not known."""
    meets: tuple[Deadline, ...]
    """What waits, and would be done."""


def offers(case: Case, entry: Entry, book: RuleBook) -> tuple[Offer, ...]:
    """The events that an entry's words may mean, that it does not show yet and that would change something."""
    docket = Docket(Journal(case, book), entry.happened_on)
    found = (
        Offer(
            event=possible.event,
            mark=possible.mark,
            asks_day=possible.asks_day,
            starts=() if possible.asks_day else tuple(docket.started_on(possible.event.id, entry.happened_on)),
            meets=tuple(docket.waiting_for(possible.event.id, entry.happened_on)),
        )
        for possible in docket.journal.may_mean(entry)
    )
    return tuple(one for one in found if one.meets or book.started_by(one.event.id))


class Docket:
    """Runs the rules of a book over a journal."""

    def __init__(self, journal: Journal, as_of: date, school: SchoolCalendar | None = None) -> None:
        self.journal, self.case, self.book, self.as_of = journal, journal.case, journal.book, as_of
        self.days = Days(school=school or SchoolCalendar.of(self.case), business=self.book.business_days)
        self._done: dict[str, tuple[Deadline, ...]] = {}

    def of_rule(self, name: str) -> tuple[Deadline, ...]:
        """Every deadline of one rule; what ran out is none any more."""
        lapses = self.book.rules[name].lapses
        return tuple(one for one in self._runs(name) if not (lapses and one.status == "overdue"))

    def _runs(self, name: str) -> tuple[Deadline, ...]:
        """Those that ran out among them."""
        if name not in self._done:
            rule = self.book.rules[name]
            self._done[name] = tuple(self.run(rule, start) for start in self._starts(rule))
        return self._done[name]

    def started_on(self, event: str, day: date) -> Iterator[Deadline]:
        """What an event would start on a day, as far as it has a date."""
        for rule in self.book.started_by(event):
            if rule.readings and not (rule.look_back or rule.needs):
                yield self.run(rule, Start(event=event, on=day))

    def waiting_for(self, event: str, day: date) -> Iterator[Deadline]:
        """What an event would meet on a day."""
        for rule in self.book.rules.values():
            if event in rule.met_by and not (rule.look_back or event in rule.starts):
                yield from (one for one in self.of_rule(rule.id) if one.waits and one.start_from <= day)

    def run(self, rule: Rule, start: Start) -> Deadline:
        """One rule from one event: its dates, and what became of it."""
        outcome = self._outcome(rule, start)
        readings = tuple(self._readings(rule, start, outcome))
        dates = [reading.due for reading in readings]
        due = min(filter(None, dates), default=None)
        sure = all(map(_is_sure, readings)) and not rule.never_late
        latest = max(filter(None, dates), default=None) if sure else None
        caps = tuple(self._caps(rule, start, due))
        if caps:
            due = latest = min(cap.due for cap in caps if cap.due)
        if outcome.put_off_until:
            due = latest = outcome.put_off_until
        record = self.case.by_root.get(start.record)
        return Deadline(
            rule=rule,
            key=f"{rule.id}:{start.record}",
            start=start.event,
            start_from=start.on,
            record=start.record,
            no=record.no if record else None,
            about=_about(record) if rule.own_date else "",
            readings=readings + caps,
            due=due,
            latest=latest,
            act_by=self._act_by(rule, start, due),
            mail_by=due - timedelta(days=rule.mail_days) if due and rule.mail_days else None,
            outcome=outcome,
            estimated=start.estimated or any(one.count and one.count.beyond_calendar for one in readings),
            exact=start.exact,
            spoken=self._spoken(start),
            facts=max(1, len(start.facts)),
            soon=max(rule.warn, default=self.book.soon),
            as_of=self.as_of,
        )

    # --- what starts a rule

    def _starts(self, rule: Rule) -> Iterator[Start]:
        if rule.look_back:
            return self._from_days(rule)
        taken = {deadline.record for deadline in self.of_rule(rule.unless)} if rule.unless else set()
        starts = self._after(rule) if rule.after else self._from_events(rule)
        return (start for start in starts if start.record not in taken)

    def _from_days(self, rule: Rule) -> Iterator[Start]:
        """One for each day on which something happened, as long as a complaint about it is safe."""
        for day in usable_days(rule, self.journal, since=window(rule, self.as_of)[0]):
            first = day.shown_by[0]
            yield Start(
                event=first.event,
                on=day.on,
                record=first.record,
                exact=all(one.exact for one in day.shown_by),
                done_from=day.on,
                facts=tuple(map(self._names_of, day.shown_by)),
            )

    def _names_of(self, one: Occurrence) -> frozenset[str]:
        return frozenset({one.record, getattr(self.case.by_root[one.record], "entry", "")} - {""})

    def _from_events(self, rule: Rule) -> Iterator[Start]:
        backwards = any(reading.backwards for reading in rule.readings)
        found = sorted((one for event in rule.starts for one in self.journal.of(event)), key=lambda one: one.on)
        before = date.min
        for one in found:
            done_from = before if backwards else one.on
            if rule.needs:
                needed = [other.on for other in self.journal.of(rule.needs) if other.on < one.on]
                if not needed:
                    continue
                done_from = needed[-1]
            yield self.start(rule, one, done_from)
            before = one.on

    def start(self, rule: Rule, one: Occurrence, done_from: date) -> Start:
        """Where the day is not exact, the parent plans by the earliest and others are held to the latest."""
        receipt = rule.counts_from == RECEIPT
        made_on = one.on if rule.who == "parent" else one.latest
        return Start(
            event=one.event,
            on=one.received_on if receipt else made_on,
            record=one.record,
            estimated=receipt and one.estimated,
            exact=one.exact,
            done_from=done_from,
        )

    def _after(self, rule: Rule) -> Iterator[Start]:
        """From the end of another rule's time, or from the event that ended it early."""
        bases = self._runs(rule.after)
        if not bases:
            yield from self._from_events(rule)
        for base in bases:
            early = [one for one in self.journal.answering(rule.starts, base.record) if one.on >= base.start_from]
            if early:
                on, event = early[0].on, early[0].event
            elif base.due:
                on, event = base.due, rule.starts[0]
            else:
                continue
            yield Start(
                event=event,
                on=on,
                record=base.record,
                estimated=base.estimated and not early,
                done_from=base.start_from,
            )

    # --- its dates

    def _readings(self, rule: Rule, start: Start, outcome: Outcome) -> Iterator[DueReading]:
        named = getattr(self.case.by_root.get(start.record), rule.own_date, None) if rule.own_date else None
        if isinstance(named, date):
            yield DueReading(due=named, citation=rule.citation, text="the day that was named")
            return
        for reading in rule.readings:
            citation = reading.citation or rule.citation
            from_day = self._own_start(reading, start)
            if from_day is None:
                title = self.book.events[reading.starts].title
                yield DueReading(due=None, citation=citation, text=f"{reading.text} (not logged yet: {title})")
            elif outcome.held_since:
                yield DueReading(due=None, citation=citation, text=reading.text or reading.amount)
            else:
                count = Count(reading=reading, start=from_day, days=self.days, holds=self._holds(rule, start))
                yield from self._counted(rule, count, citation)

    def _counted(self, rule: Rule, count: Count, citation: str) -> Iterator[DueReading]:
        """A reading's date, and a second one where offices may be closed or the date may be moved."""
        due, text = count.due, count.in_words
        if due and rule.may_roll and self.days.business.closed_because(due):
            rolled = self.days.business.next_from(due, optional=True)
            words = f"{full_date(due)} is no business day; the district may read {rule.may_roll} as giving the next one"
            yield DueReading(due=due, citation=citation, text=text, count=count)
            yield DueReading(due=rolled, citation=rule.may_roll, text=words)
            return
        yield DueReading(due=due, citation=citation, text=text, count=count)
        closed = count.replace(optional=True)
        if count.reading.unit == "business" and closed.due != due:
            words = f"{text}, where offices are closed on {closed.optional_closings}"
            yield DueReading(due=closed.due, citation=citation, text=words, count=closed)

    def _own_start(self, reading: Reading, start: Start) -> date | None:
        if not reading.starts:
            return start.on
        return next((one.on for one in self.journal.of(reading.starts) if one.on >= start.on), None)

    def _holds(self, rule: Rule, start: Start) -> tuple[Hold, ...]:
        return tuple(Hold(held, until) for held, until in self._pauses(rule, start) if until)

    def _pauses(self, rule: Rule, start: Start) -> Iterator[tuple[date, date | None]]:
        """From when to when a clock stood still; the last pause may be open."""
        ended = date.min
        for held in self.journal.of(rule.hold_from):
            if held.on >= max(start.on, ended):
                until = next((end.on for end in self.journal.of(rule.hold_until) if end.on >= held.on), None)
                yield held.on, until
                if until is None:
                    return
                ended = until

    def _held_since(self, rule: Rule, start: Start) -> date | None:
        """When a clock stopped that still stands still; one that had run out before did not stop."""
        held = next((held for held, until in self._pauses(rule, start) if until is None), None)
        if held is None:
            return None
        holds = self._holds(rule, start)
        dates = [Count(reading=one, start=start.on, days=self.days, holds=holds).due for one in rule.readings]
        return held if any(due is None or due >= held for due in dates) else None

    def _caps(self, rule: Rule, start: Start, due: date | None) -> Iterator[DueReading]:
        """Other rules that end it earlier, the earliest first."""
        for name in rule.earliest_of:
            for other in self.of_rule(name):
                if other.due and due and start.on < other.start_from and other.due < due:
                    yield from other.readings
                    return

    def _act_by(self, rule: Rule, start: Start, due: date | None) -> date | None:
        """The last business day before the parent's own date; no day before the event that asks for it."""
        if rule.who != "parent" or due is None:
            return None
        before = self.days.business.last_before(due)
        return before if any(reading.backwards for reading in rule.readings) else max(before, start.on)

    # --- what became of it

    def _outcome(self, rule: Rule, start: Start) -> Outcome:
        marks = self.case.marks(f"{rule.id}:{start.record}")
        if rule.own_date:
            marks += self.case.marks(start.record)
        extensions = [mark for mark in marks if mark.what in ("extended", "claimed")]
        in_writing = [mark for mark in extensions if mark.until and self._puts_off(rule, mark)]
        only_said = extensions and extensions[-1] not in in_writing
        met_on, met_by = min(self._done_on(rule, start, marks), default=(None, ""))
        given_up = (mark.on for mark in marks if mark.what in NO_LONGER_AWAITED)
        return Outcome(
            met_on=met_on,
            met_by=met_by,
            waived_on=min((*given_up, *self._replaced_on(rule, start)), default=None),
            put_off_until=in_writing[-1].until if in_writing else None,
            claimed_on=extensions[-1].on if only_said else None,
            held_since=self._held_since(rule, start),
            own_date=next((mark.until for mark in reversed(marks) if mark.what == "overridden"), None),
        )

    def _replaced_on(self, rule: Rule, start: Start) -> Iterator[date]:
        """The day a later letter took this one's place: from then on its answer is the one that is waited for."""
        letter = self.case.by_root.get(start.record) if rule.kind == "suggested" else None
        if isinstance(letter, Letter) and (on := replaced_on(letter, self.case)):
            yield on

    def _puts_off(self, rule: Rule, mark: Mark) -> bool:
        """A date of one's own may be moved; one of the law only as it allows, and with a document."""
        if mark.what == "claimed":
            return False
        if rule.kind == "suggested":
            return True
        shown = self.case.by_root.get(mark.entry)
        if shown is None or mark.entry in self.case.struck:
            return False
        attached = any(attachment.of == mark.entry for attachment in self.case.attachments)
        in_writing = isinstance(shown, Attachment) or (isinstance(shown, Entry) and shown.type in DOCUMENTS) or attached
        return bool(rule.extends) and in_writing

    def _done_on(self, rule: Rule, start: Start, marks: tuple[Mark, ...]) -> Iterator[tuple[date, str]]:
        for mark in marks:
            if mark.what == "met":
                yield mark.on, mark.entry or mark.uid
        for one in self.journal.answering(rule.met_by, start.record) if start.record else ():
            again = one.event == start.event
            if one.on < start.done_from or (again and (one.record == start.record or one.on <= start.on)):
                continue
            if rule.look_back and one.received_on > usable_until(rule, start.on):
                continue  # sent in time is not enough: it had to arrive
            if all(names & one.covers for names in start.facts):
                yield one.on, one.record

    def _spoken(self, start: Start) -> str:
        record = self.case.by_root.get(start.record)
        if isinstance(record, Entry) and record.type in SPOKEN:
            return self.book.events[start.event].spoken
        return ""


def _about(record: Record | None) -> str:
    if isinstance(record, Promise):
        return record.text
    return record.title if isinstance(record, Letter) else ""


def _is_sure(reading: DueReading) -> bool:
    """Whether somebody may be called late by it: not where holidays are left out that no calendar knows."""
    if reading.due is None:
        return False
    count = reading.count
    return not (count and count.reading.skip_closed_runs and count.beyond_calendar)


def _dates(deadline: Deadline | None) -> tuple[date | None, date | None]:
    return (deadline.due, deadline.latest) if deadline else (None, None)
