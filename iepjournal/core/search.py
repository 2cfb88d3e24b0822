"""Which entries are asked for, and the order in which a story is told. Shows nothing."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from iepjournal.core.marks import entry_type
from iepjournal.core.records import Entry, Person, Service
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from iepjournal.core.case import Case


class Wanted(Value):
    """What an entry must be like, as it was typed; an empty field asks for nothing."""

    since: date | None = None
    until: date | None = None
    type: str = ""
    service: str = ""
    who: str = ""
    text: str = ""
    """Words that must all be there, in any order, with small or capital letters."""
    tag: str = ""
    struck: bool = False
    """Show what was struck or undone as well."""


def select(case: Case, wanted: Wanted) -> tuple[Entry, ...]:
    """The entries that are wanted, in the order in which things happened."""
    wanted = wanted.replace(
        type=entry_type(wanted.type) if wanted.type else "",
        service=_name(wanted.service),
        who=_name(wanted.who),
        tag=_name(wanted.tag),
    )
    among = case.with_struck(Entry) if wanted.struck else case.entries
    everything = wanted.replace(text="", struck=False) == Wanted()
    fitting = among if everything else (entry for entry in among if _fits(entry, wanted))
    words = wanted.text.casefold().split()
    return timeline(_with_words(fitting, words, case) if words else fitting)


def timeline(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries by the day and time they happened; of one day, those without a time come first, as they were written."""
    return tuple(sorted(entries, key=lambda entry: (entry.happened_on, entry.at or time.min, entry.no or 0)))


def _name(typed: str) -> str:
    return typed.strip().lstrip("@#%").lower()


def _fits(entry: Entry, wanted: Wanted) -> bool:
    return (
        (wanted.since is None or entry.happened_on >= wanted.since)
        and (wanted.until is None or entry.happened_on <= wanted.until)
        and wanted.type in ("", entry.type)
        and wanted.service in ("", entry.service)
        and (not wanted.who or wanted.who in entry.who)
        and (not wanted.tag or wanted.tag in entry.tags)
    )


def _with_words(entries: Iterable[Entry], words: list[str], case: Case) -> Iterable[Entry]:
    people = {person.handle: person.name for person in case.with_struck(Person)}
    services = {service.handle: service.name for service in case.with_struck(Service)}
    for entry in entries:
        names = (f"{handle} {people.get(handle, '')}" for handle in entry.who)
        service = f"{entry.service} {services.get(entry.service, '')}"
        everything = "\n".join((entry.text, *entry.quote, *entry.tags, *names, service, entry.type)).casefold()
        if all(word in everything for word in words):
            yield entry
