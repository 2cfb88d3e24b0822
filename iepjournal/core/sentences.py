"""Records as the sentences of a letter: an entry with its day and the verb of how it is known, an address, a greeting.

A parent's own words stay as they were typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iepjournal.core.markdown import escaped, indented
from iepjournal.core.promises import standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry, Person, Promise, Service, Session
    from iepjournal.core.words import Words

_STATE_AND_ZIP = re.compile(r"[A-Z]{2} +\d{5}(?:-\d{4})?$")
_END_OF_SENTENCE = re.compile(r"[.!?…][”\"'’)]?$")
_KNOWN_BY_HOW = ("observed", "child-said", "missed", "praise", "note")
"""Types that say little about the source; the others (a call, an e-mail) say it better than `how` does."""


def entry_sentence(entry: Entry, case: Case, words: Words) -> str:
    """“On Thursday, April 20, 2023, my child told me: ... (Entry 12)”."""
    return words.form(
        entry.about or "exact",
        day=words.weekday_date(entry.happened_on),
        date=words.full_date(entry.happened_on),
        source=source_of(entry, case, words),
        text=indented(escaped(ended(entry.text))),
        number=words.form("entry_number", no=entry.no),
    )


def source_of(entry: Entry, case: Case, words: Words) -> str:
    """“I observed”, “Ms. Hill told me”: how the entry is known."""
    phrase = words.tables["by_how"].get(entry.how, "") if entry.type in _KNOWN_BY_HOW else ""
    who = names_of(entry.who, case, words)
    return (phrase or words.tables["by_type"][entry.type]).format(who=escaped(who))


def session_sentence(session: Session, amount: Fraction, service: str, unit: str, words: Words) -> str:
    """“Thursday, September 10, 2026: speech therapy, 30 minutes not given: the provider was absent; ...”."""
    how = words.tables["hows"].get(session.how, "")
    return words.form(
        "missed" if unit == "minutes" else "missed_day",
        day=words.weekday_date(session.on),
        service=escaped(in_a_sentence(service)),
        minutes=number(amount),
        reason=words.tables["reasons"][session.reason or "not-known"],
        how=f"; {how}" if how else "",
        number=words.form("session_number", no=session.no),
    )


def service_sentence(service: Service, words: Words) -> str:
    """What the IEP promises, in its own words where they were copied."""
    name = escaped(service.name or service.handle)
    if service.words:
        return words.form("service_in_words", name=name, words=escaped(service.words))
    per = words.tables["per"][service.per]
    times = words.form("once" if service.times == 1 else "often", times=service.times, per=per)
    if service.weeks:
        times += words.form("cycle", n=service.weeks[0], m=service.weeks[1])
    return words.form("service" if service.minutes else "service_days", name=name, times=times, minutes=service.minutes)


def promise_sentence(promise: Promise, case: Case, words: Words, today: date | None = None) -> str:
    """“On Monday, November 23, 2026, Mr. Reed said, for November 30, 2026: ...”; as of a day, what became of it."""
    state = standing(promise, case, today).state if today else ""
    after = words.form(f"promise_{state}") if state in ("overdue", "broken") else ""
    return " ".join(filter(None, (_promised(promise, case, words), after)))


def _promised(promise: Promise, case: Case, words: Words) -> str:
    return words.form(
        "promise_by" if promise.by else "promise",
        day=words.weekday_date(promise.made_on),
        who=escaped(names_of((promise.who,) if promise.who else (), case, words)),
        by=words.full_date(promise.by) if promise.by else "",
        text=indented(escaped(ended(promise.text))),
        number=words.form("promise_number", no=promise.no),
    )


def names_of(handles: Iterable[str], case: Case, words: Words) -> str:
    """People by name, by role where the name is not known, as they were typed where nobody is."""
    people = [(handle, case.people.get(handle)) for handle in handles]
    names = [person.name or person.role or handle if person else handle for handle, person in people]
    return words.listed(names) or words.form("somebody")


def salutation(person: Person, words: Words) -> str:
    """How a letter greets somebody: “Dr. Lott”; the whole name if it has no title, the role if there is no name."""
    first, *others = person.name.split() or [""]
    return f"{first} {others[-1]}" if others and first in words.titles else person.name or person.role


def address_lines(address: str) -> tuple[str, ...]:
    """An address as lines: as it was typed, or parted at its commas with town and state together."""
    lines = [line.strip() for line in address.split("\n") if line.strip()]
    if len(lines) != 1:
        return tuple(lines)
    parts = [part.strip() for part in lines[0].split(",") if part.strip()]
    if len(parts) > 1 and _STATE_AND_ZIP.search(parts[-1]):
        parts[-2:] = [", ".join(parts[-2:])]
    return tuple(parts)


def in_a_sentence(name: str) -> str:
    """A service's name with a small first letter, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2].isspace() else name


def ended(text: str) -> str:
    """The words with a full stop, where they have no end of their own."""
    text = text.strip()
    return text if _END_OF_SENTENCE.search(text) else f"{text}."


def number(amount: Fraction) -> str:
    """A whole number, or one decimal."""
    return str(amount.numerator) if amount.denominator == 1 else f"{float(amount):.1f}"
