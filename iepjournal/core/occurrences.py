"""Occurrences: which events the journal shows, on which day and by which record; and those an entry may show.

How an event is known stands in the rule files. Nothing is taken for an event that the parent did not log as one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from iepjournal.core.records import KINDS, Entry, Letter, Mark, Record
from iepjournal.core.rules import SENT
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from iepjournal.core.case import Case
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.core.rules import EventKind, OfferWords, Seen

RECEIVED = "received"
SPOKEN = frozenset({"call", "voicemail", "meeting", "talk"})
"""Types of entry that nothing in writing shows."""
_TO_SUNDAY = 6


class Occurrence(Value):
    """An event on a day."""

    event: str
    on: date
    """When it happened, or when it was sent; the earliest day where that is not exact."""
    latest: date
    received_on: date
    estimated: bool = False
    """Whether receipt is assumed from how it was sent."""
    exact: bool = True
    record: str = ""
    """Root uid of what shows it."""
    of: str = ""
    """Root uid of the one record it answers; empty where it answers any."""
    covers: frozenset[str] = frozenset()
    """Root uids of what the letter that carries it is about."""


class Possible(Value):
    """An event that an entry's words may mean."""

    event: EventKind
    mark: Mark
    """What says that it does, ready to be written; on the entry's day."""
    asks_day: bool
    """Whether the day of the event is another one, to be asked for."""


class Journal:
    """A case read for the events of a rule book; exports read it without `private` entries."""

    def __init__(self, case: Case, book: RuleBook, *, private: bool = True) -> None:
        self.case = case
        self.book = book
        self.private = private

    def of(self, event: str) -> Sequence[Occurrence]:
        """Every time an event happened, the earliest first."""
        return self._by_event.get(event, ())

    def answering(self, events: Iterable[str], record: str) -> list[Occurrence]:
        """Every time one of these events answered a record: it by name, or any."""
        found = (one for event in events for of in ("", record) for one in self._by_answer.get((event, of), ()))
        return sorted(found, key=_in_order)

    def may_mean(self, entry: Entry) -> tuple[Possible, ...]:
        """The events that an entry's words may mean and that it does not show yet."""
        shown = {event for event, found in self._by_event.items() if any(one.record == entry.root for one in found)}
        return tuple(
            Possible(
                event=event,
                mark=Mark(of=entry.root, what=event.id, on=entry.happened_on),
                asks_day=not _is_itself(event, entry),
            )
            for event in self.book.events.values()
            if event.id not in shown
            and (_tags(event) & set(entry.tags) or any(_may_mean(offer, entry) for offer in event.offer))
        )

    @cached_property
    def _by_event(self) -> Mapping[str, Sequence[Occurrence]]:
        """A mark of an event on a record says more than its tag or its type, and a later one corrects an earlier."""
        found: dict[tuple[str, str], Occurrence] = {}
        for one in (*self._seen(), *self._tagged(), *self._marked(), *self._lettered()):
            if self.private or not self._is_private(one.record):
                found[one.event, one.record] = one
        by_event: dict[str, list[Occurrence]] = defaultdict(list)
        for one in found.values():
            by_event[one.event].append(one)
        return {event: sorted(several, key=_in_order) for event, several in by_event.items()}

    @cached_property
    def _by_answer(self) -> Mapping[tuple[str, str], Sequence[Occurrence]]:
        by_answer: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
        for event, several in self._by_event.items():
            for one in several:
                by_answer[event, one.of].append(one)
        return by_answer

    def _seen(self) -> Iterator[Occurrence]:
        by_kind: dict[str, list[tuple[str, Seen]]] = defaultdict(list)
        for known in self.book.events.values():
            for seen in known.seen:
                by_kind[seen.record].append((known.id, seen))
        for kind, wanted in by_kind.items():
            for record in self.case.all(KINDS[kind]) if kind in KINDS else ():
                for event, seen in wanted:
                    if _is_seen(seen, record) and not (seen.planned and not self._was_planned(record)):
                        yield from self._of_record(event, record, seen)

    def _of_record(self, event: str, record: Record, seen: Seen) -> Iterator[Occurrence]:
        if isinstance(record, Letter):
            yield from self._sent(event, record)
        elif isinstance(record, Entry):
            yield self._of_entry(event, record)
        elif isinstance(day := getattr(record, seen.on, None), date):
            yield _on(event, day, record=record.root, of=record.root if seen.of_itself else "")

    def _tagged(self) -> Iterator[Occurrence]:
        by_tag = {tag: event for event in self.book.events.values() for tag in _tags(event)}
        for entry in self.case.entries:
            for tag in entry.tags:
                event = by_tag.get(tag)
                if event and _is_itself(event, entry):
                    yield self._of_entry(event.id, entry)

    def _marked(self) -> Iterator[Occurrence]:
        by_mark = {event.mark or event.id: event for event in self.book.events.values()}
        for mark in self.case.all(Mark):
            event = by_mark.get(mark.what)
            record = self.case.by_root.get(mark.of)
            if event is None or record is None or mark.of in self.case.struck:
                continue
            if event.mark:
                yield _on(event.id, mark.on, record=mark.uid, of=mark.of)
            elif isinstance(record, Entry):
                yield self._received(_on(event.id, mark.on, record=mark.of), record, mark.by)
            else:
                yield _on(event.id, mark.on, record=mark.of)

    def _lettered(self) -> Iterator[Occurrence]:
        copies = {kind.copy_of: kind.id for kind in self.book.events.values() if kind.copy_of}
        for letter in self.case.letters:
            if letter.starts in self.book.events:
                yield from self._sent(letter.starts, letter)
                if letter.starts in copies:
                    yield from self._sent(copies[letter.starts], letter)

    def _sent(self, event: str, letter: Letter) -> Iterator[Occurrence]:
        """A letter on its way: the first day it went out, and the first day it arrived or is thought to have."""
        kind = self.book.events[event]
        marks = [mark for mark in self.case.marks(letter.root) if self._goes_to(kind, mark)]
        sent = [mark for mark in marks if mark.what == SENT]
        received = [mark.on for mark in marks if mark.what == RECEIVED]
        if not (sent or received):
            return
        on = min([mark.on for mark in sent] or received)
        assumed = min((_later(mark.on, self._days_on_the_way(mark.by)) for mark in sent), default=on)
        about = {*letter.facts, *(record for figure in letter.figures for record in figure.records)}
        yield Occurrence(
            event=event,
            on=on,
            latest=on,
            received_on=min(received, default=assumed),
            estimated=not received,
            record=letter.root,
            covers=frozenset(about),
        )

    def _goes_to(self, kind: EventKind, mark: Mark) -> bool:
        if not (kind.sent_to or kind.copy_of):
            return True
        to_the_state = not mark.to or any(map(self._is_of_the_state, mark.to))
        to_others = not all(map(self._is_of_the_state, mark.to))
        return to_others if kind.copy_of else to_the_state

    def _is_of_the_state(self, name: str) -> bool:
        """By the name itself, or by a word of the person's role."""
        person = self.case.people.get(name.lower())
        words = [name, *person.role.split()] if person else [name]
        return any(word.lower() in self.book.state_names for word in words)

    def _of_entry(self, event: str, entry: Entry) -> Occurrence:
        on = _on(event, entry.happened_on, record=entry.root)
        if entry.about == "week":
            sunday = _later(entry.happened_on, _TO_SUNDAY)
            on = on.replace(latest=sunday, received_on=sunday)
        return self._received(on.replace(exact=not entry.about), entry, "")

    def _received(self, one: Occurrence, entry: Entry, sent_by: str) -> Occurrence:
        """The day it arrived, for what went out by a road of its own and was only logged."""
        method = sent_by or self.book.entry_sent_by.get(entry.type, "")
        proven = [mark.on for mark in self.case.marks(entry.root) if mark.what == RECEIVED]
        if proven:
            return one.replace(received_on=min(proven))
        if method:
            arrived = _later(one.received_on, self._days_on_the_way(method))
            return one.replace(received_on=arrived, estimated=True)
        return one

    def _days_on_the_way(self, method: str) -> int:
        """As the rule files say; the longest for a way they do not name."""
        receipt = self.book.receipt
        return receipt.get(method.strip().lower(), max(receipt.values(), default=0))

    def _is_private(self, root: str) -> bool:
        """A private entry, and what was drawn from one."""
        record = self.case.by_root.get(root)
        told_in = record if isinstance(record, Entry) else self.case.by_root.get(getattr(record, "entry", ""))
        return isinstance(told_in, Entry) and told_in.private

    def _was_planned(self, record: Record) -> bool:
        return isinstance(record, Entry) and record.happened_on > self._first_written[record.root]

    @cached_property
    def _first_written(self) -> Mapping[str, date]:
        """By root uid, which is the uid of the first version."""
        return {record.uid: record.recorded_at.date() for record in self.case.records if isinstance(record, Entry)}


def says(word: str, text: str) -> bool:
    """Whether a text holds a word: itself where it is in capitals, otherwise with any ending."""
    if word.isupper():
        return re.search(rf"\b{re.escape(word)}\b", text) is not None
    return re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) is not None


def _tags(event: EventKind) -> set[str]:
    return set() if event.mark else {event.id, *event.tags}


def _is_itself(event: EventKind, entry: Entry) -> bool:
    return not event.held_as or entry.type in event.held_as


def _is_seen(seen: Seen, record: Any) -> bool:
    return (
        (not seen.has or bool(getattr(record, seen.has, None)))
        and all(getattr(record, name, None) in allowed for name, allowed in seen.where.items())
        and not any(getattr(record, name, None) in refused for name, refused in seen.unless.items())
        and all(says(word, record.text) for word in seen.words)
    )


def _may_mean(offer: OfferWords, entry: Entry) -> bool:
    return entry.type in offer.types and all(any(says(word, entry.text) for word in words) for words in offer.words)


def _on(event: str, day: date, *, record: str, of: str = "") -> Occurrence:
    return Occurrence(event=event, on=day, latest=day, received_on=day, record=record, of=of)


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _in_order(one: Occurrence) -> tuple[date, str]:
    return (one.on, one.record)
