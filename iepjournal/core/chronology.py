"""Events: the journal's records as lines of a chronology, each with its day, its source, and what weakens it.

Private records never become events. A session that an entry tells of is told by that entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from iepjournal.core.dates import lag
from iepjournal.core.entries import service_name
from iepjournal.core.letters import letter_marks
from iepjournal.core.markdown import escaped
from iepjournal.core.records import Entry, Letter, Promise, Session
from iepjournal.core.sentences import (
    ended,
    entry_sentence,
    in_a_sentence,
    names_of,
    promise_sentence,
    session_sentence,
    source_of,
)
from iepjournal.core.sessions import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from iepjournal.core.case import Case
    from iepjournal.core.kit import Kit
    from iepjournal.core.words import Words

Fact = Entry | Session | Letter | Promise
LATE_DAYS = 2
"""From so many days on, a note counts as written late."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line: a fact of the journal as a stranger reads it."""

    record: Fact
    on: date
    at: time | None = None
    day: str
    """In words: Sep 10, 2026; about Sep 10, 2026."""
    sentence: str
    """Markdown, with its day and its number, as it stands under a claim."""
    text: str
    """Markdown, without them."""
    source: str
    number: str
    """Entry 41."""
    names: tuple[str, ...]
    """By which `[[...]]` may call it, in small letters: entry 41, session 42."""
    roots: frozenset[str]
    lag: str = ""
    """“written 5 days later”, where it was written late."""
    corrected_on: date | None = None
    why_corrected: str = ""
    told_by_child: bool = False
    """Whether it rests on the child's word, as far as the journal says."""


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Makes events of a case's records."""

    case: Case
    words: Words
    kit: Kit
    amounts: Mapping[str, tuple[Fraction, str]]
    """Session (root uid) -> how much of it was not given, and in which unit."""

    def events(self, roots: Iterable[str]) -> tuple[Event, ...]:
        """The events of these records, the earliest first; what is private, struck or erased is left out."""
        found: dict[str, Event] = {}
        for root in roots:
            record = self.teller_of(root)
            if record is not None and record.root not in found:
                found[record.root] = self._event(record)
        return tuple(sorted(found.values(), key=_in_order))

    def teller_of(self, root: str) -> Fact | None:
        """What tells of this record: itself, or the entry a session was drawn from; nothing where that is private."""
        record = self.case.by_root.get(root)
        if root in self.case.struck or not isinstance(record, Fact):
            return None
        if isinstance(record, Session | Promise) and record.entry:
            said = self.case.by_root.get(record.entry)
            if isinstance(said, Entry) and said.root not in self.case.struck:
                return None if said.private else (said if isinstance(record, Session) else record)
        if isinstance(record, Entry) and record.private:
            return None
        if isinstance(record, Letter) and not self.case.is_sent(record):
            return None
        return record

    def _event(self, record: Fact) -> Event:
        match record:
            case Entry():
                return self._entry(record)
            case Session():
                return self._session(record)
            case Letter():
                return self._letter(record)
        return self._promise(record)

    def _entry(self, entry: Entry) -> Event:
        told = [session for session in self.case.sessions if session.entry == entry.root]
        amounts = " ".join(self._told_session(session) for session in told if session.root in self.amounts)
        sentence = entry_sentence(entry, self.case, self.words)
        return Event(
            record=entry,
            on=entry.happened_on,
            at=entry.at,
            day=self.kit.form("chronology", entry.about or "exact", day=self.words.short_date(entry.happened_on)),
            sentence=f"{sentence} {amounts}".strip(),
            text=" ".join(filter(None, (escaped(ended(" ".join(entry.text.split()))), amounts))),
            source=source_of(entry, self.case, self.words),
            number=self.words.form("entry_number", no=entry.no),
            names=(f"entry {entry.no}", *(f"session {session.no}" for session in told)),
            roots=frozenset({entry.root, *(session.root for session in told)}),
            lag=self._lag(entry.happened_on, self.case.versions(entry)[0], is_week=entry.about == "week"),
            corrected_on=entry.recorded_at.date() if entry.amends else None,
            why_corrected=self._why(entry),
            told_by_child=entry.how == "child-told" or (entry.type == "child-said" and not entry.how),
        )

    def _told_session(self, session: Session) -> str:
        return self._session_words("told_session", session)

    def _session_words(self, form: str, session: Session) -> str:
        return self.kit.form(
            "complaint",
            form,
            amount=self.kit.amount(*self.amounts[session.root]),
            service=escaped(in_a_sentence(service_name(session.service, self.case))),
            reason=self.words.tables["reasons"][session.reason or "not-known"],
        )

    def _session(self, session: Session) -> Event:
        name = service_name(session.service, self.case)
        day = self.words.weekday_date(session.on)
        if session.root in self.amounts:
            amount, unit = self.amounts[session.root]
            dated = session_sentence(session, amount, name, unit, self.words)
            text = self._session_words("session_text", session)
        else:
            text = f"{escaped(in_a_sentence(name))}, {RESULTS[session.result]}"
            dated = f"{day}: {text}"
        return Event(
            record=session,
            on=session.on,
            day=self.kit.form("chronology", "exact", day=self.words.short_date(session.on)),
            sentence=self.kit.form("complaint", "session", sentence=dated),
            text=text,
            source=self.words.tables["hows"].get(session.how, ""),
            number=self.words.form("session_number", no=session.no),
            names=(f"session {session.no}",),
            roots=frozenset({session.root}),
            lag=self._lag(session.on, self.case.versions(session)[0]),
            corrected_on=session.recorded_at.date() if session.amends else None,
            why_corrected=self._why(session),
            told_by_child=session.how == "child-told",
        )

    def _letter(self, letter: Letter) -> Event:
        sent = letter_marks(letter, self.case, "sent")[0]
        to = self.words.listed([block.split("\n")[0] for block in letter.to])
        day, title = self.words.weekday_date(sent.on), escaped(letter.title)
        name = self.kit.form("chronology", "letter_number", no=letter.no)
        form = self.kit.form("chronology", "in_claim", day=day, title=title, to=escaped(to), number=name)
        return Event(
            record=letter,
            on=sent.on,
            day=self.kit.form("chronology", "exact", day=self.words.short_date(sent.on)),
            sentence=form,
            text=self.kit.form("chronology", "sent", title=title, to=escaped(to)),
            source=self.kit.form("chronology", "by_letter"),
            number=name,
            names=(f"letter {letter.no}",),
            roots=frozenset({letter.root}),
        )

    def _promise(self, promise: Promise) -> Event:
        return Event(
            record=promise,
            on=promise.made_on,
            day=self.kit.form("chronology", "exact", day=self.words.short_date(promise.made_on)),
            sentence=promise_sentence(promise, self.case, self.words),
            text=f"{escaped(names_of((promise.who,) if promise.who else (), self.case, self.words))}: "
            f"{escaped(ended(promise.text))}",
            source=self.kit.form("chronology", "promised"),
            number=self.words.form("promise_number", no=promise.no),
            names=(f"promise {promise.no}",),
            roots=frozenset({promise.root}),
            lag=self._lag(promise.made_on, self.case.versions(promise)[0]),
            corrected_on=promise.recorded_at.date() if promise.amends else None,
            why_corrected=self._why(promise),
        )

    def _lag(self, on: date, first: Fact, *, is_week: bool = False) -> str:
        written = first.recorded_at
        said = lag(on, None, "week" if is_week else "", written)
        return said if (written.date() - on).days >= LATE_DAYS + (6 if is_week else 0) else ""

    def _why(self, record: Fact) -> str:
        return "; ".join(self._reasons(record))

    def _reasons(self, record: Fact) -> Iterator[str]:
        for version in self.case.versions(record):
            if version.amends and version.why:
                yield version.why


def _in_order(event: Event) -> tuple[object, ...]:
    return (event.on, event.at or time.min, event.record.no or 0)
