"""A line as a parent types it becomes an Entry, and an Entry is said back in one line.

The line is kept as it was typed; no date is ever read from prose, and nothing is guessed without being said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from iepjournal.core.dates import (
    PAST_DAY,
    TIME,
    Day,
    clock_time,
    distance,
    is_long_ago,
    lag,
    past_day,
    say,
    say_time,
    say_when,
)
from iepjournal.core.marks import MARK, entry_type, known_service, read_marks
from iepjournal.core.people import called, known_handle
from iepjournal.core.records import HOW_KNOWN, Entry, Service
from iepjournal.core.text import clean_text
from iepjournal.core.values import Value
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from iepjournal.core.case import Case

LONGEST_TEXT = 200_000

USUAL_HOW = {"observed": "saw", "child-said": "child-told"}
"""How an entry of this type is known when nothing else is said; the other types do not tell."""
HOW_LABELS = {
    "saw": "I saw it",
    "child-told": "child told me",
    "staff-told": "staff told me",
    "school-record": "school’s record",
    "inferred": "I concluded it",
}
"""Each way of knowing in few words, for lists to choose from."""

_MAY_BEGIN_A_DATE = (
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "today", "yesterday", "last", "this", "week", "about", "noon",
)  # fmt: skip
"""Most lines begin otherwise; they are spared the long pattern."""
_LEADING_DAY = rf"(?i){PAST_DAY}(?!\w)"
_PLAIN_WORDS_TOO = ("today", "sat", "sun", "wed")
_BEFORE_TIME = r"(?:,[ \t]*|[ \t]+)(?:at[ \t]+)?"
_AFTER_TIME = r"(?![\w/-]|[.:][0-9]|[ \t]*[ap]\.?m\b)"
_NO_PROSE = rf"[ \t]*(?::|(?=\n|$))|[ \t]+(?={MARK})"
_QUOTED = r'(?<!\w)"(?=\S)([^"\n]+)"(?!\w)|“([^“”]+)”'

_SOUNDS_LIKE = {
    "call": r"(?i)\b(?:called|phoned|telephoned|on the phone)\b",
    "meeting": r"(?i)\b(?:met with|meeting with|at the meeting)\b",
}


class Chosen(Value):
    """What was said beside the line, in options or in fields of the form, as it was typed; it wins over the line."""

    on: str = ""
    at: str = ""
    type: str = ""
    who: tuple[str, ...] = ()
    service: str = ""
    how: str = ""
    quote: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    private: bool | None = None


NOTHING_CHOSEN = Chosen()
NONE = "none"
"""Empties a field that was filled wrongly."""


class Understood(Value):
    """An entry to be saved, and what the parent should hear with it."""

    entry: Entry
    notes: tuple[str, ...] = ()
    removed: int = 0
    """Invisible characters that were taken out."""


def understand(
    typed: str, case: Case, now: datetime, chosen: Chosen = NOTHING_CHOSEN, *, allow_future: bool = False
) -> Understood:
    """What a typed line says; a JournalError where a date, a name or the words themselves are not clear."""
    cleaned = clean_text(typed)
    raw = cleaned.text.rstrip("\n")
    _check_length(raw)
    today = now.date()
    start = _start_of(raw, today, allow_future=allow_future)
    marks = read_marks(start.rest, case)
    given = _fields(chosen, case, today, allow_future=allow_future)
    for name, read in (("who", marks.who), ("tags", marks.tags), ("quote", quotes_in(marks.text))):
        given[name] = tuple(dict.fromkeys((*read, *given.get(name, ()))))
    read_from_line = {"type": marks.type or "note", "service": marks.service, "at": start.at, "happened_on": today}
    if start.day:
        read_from_line |= {"happened_on": start.day.on, "about": start.day.about}
    entry = Entry(**{**read_from_line, "text": marks.text, "raw": _unless_same(raw, marks.text), **given})
    entry = entry.replace(how=entry.how or USUAL_HOW.get(entry.type, ""))
    if not entry.text and not (entry.type == "missed" and entry.service):
        raise NotAllowed("There are no words yet. Nothing was saved.", "Say in a few words what happened.")
    date_note = "" if start.day or chosen.on else _date_in_text(entry.text, today)
    notes = (*marks.notes, date_note, *_second_looks(entry, now), _kind_meant(entry))
    return Understood(entry=entry, notes=tuple(filter(None, notes)), removed=cleaned.removed)


def changes(
    entry: Entry, typed: str | None, case: Case, now: datetime, chosen: Chosen = NOTHING_CHOSEN
) -> dict[str, Any]:
    """The fields that a correction changes: new words are taken as they are, everything else from what was chosen."""
    changed = _fields(chosen, case, now.date(), allow_future=False)
    if typed is not None:
        raw = clean_text(typed).text.rstrip("\n")
        _check_length(raw)
        if not raw.strip():
            raise NotAllowed("There are no words left. Nothing was changed.", "To take it out of sight, strike it.")
        given_apart = (words for words in entry.quote if words not in quotes_in(entry.text))
        quote = tuple(dict.fromkeys((*quotes_in(raw), *given_apart)))
        changed = {"text": raw.strip(), "raw": _unless_same(raw, raw.strip()), "quote": quote, **changed}
    if "type" in changed and "how" not in changed and entry.how == USUAL_HOW.get(entry.type, ""):
        changed["how"] = USUAL_HOW.get(changed["type"], "")
    return {name: value for name, value in changed.items() if value != getattr(entry, name)}


def echo(entry: Entry, case: Case, today: date) -> str:
    """Tue Nov 24, 3:14 pm · call · Ms. Hill · tag speech."""
    service = entry.service and service_name(entry.service, case)
    parts = (
        say_when(entry.happened_on, entry.at, entry.about, today),
        entry.type.replace("-", " "),
        ", ".join(called(handle, case) for handle in entry.who),
        service,
        *(f"tag {tag}" for tag in entry.tags),
        HOW_LABELS.get(entry.how, ""),
        "private" if entry.private else "",
    )
    return " · ".join(filter(None, parts))


def words_kept(entry: Entry) -> str:
    """The exact words that were said, in quotation marks; empty when there are none."""
    return ", ".join(f"“{words}”" for words in entry.quote)


def wording(entry: Entry, case: Case) -> str:
    """The parent's words; of an entry that is marks alone, what they say."""
    return entry.text or f"{service_name(entry.service, case)}: {entry.type.replace('-', ' ')}"


def lag_of(entry: Entry, case: Case) -> str:
    """How long after it happened it was first written down."""
    first = case.versions(entry)[0] if entry.amends else entry
    return lag(entry.happened_on, entry.at, entry.about, first.recorded_at)


def service_name(handle: str, case: Case) -> str:
    """The name of a service; its handle where it has none."""
    return next((service.name for service in case.all(Service) if service.handle == handle), "") or handle


def quotes_in(text: str) -> tuple[str, ...]:
    """The words in double quotation marks, each once."""
    found = (straight or curly for straight, curly in re.findall(_QUOTED, text))
    return tuple(dict.fromkeys(words.strip() for words in found if words.strip()))


def way_of_knowing(typed: str) -> str:
    """One of the ways an entry may be known, by its name or the first letters of it."""
    name = typed.strip().lower().replace(" ", "-")
    meant = [how for how in HOW_KNOWN if name and how.startswith(name)]
    if len(meant) != 1:
        raise CannotUnderstand("a way of knowing", typed, f"There are: {', '.join(HOW_KNOWN)}.")
    return meant[0]


class _Start(Value):
    """The date and time at the very start of a line, and what follows them."""

    rest: str
    day: Day | None = None
    at: time | None = None


def _start_of(raw: str, today: date, *, allow_future: bool) -> _Start:
    line = raw.lstrip()
    if not line.lower().startswith(_MAY_BEGIN_A_DATE):
        return _Start(rest=raw)
    day = re.match(_LEADING_DAY, line)
    at = re.compile(rf"(?i){_BEFORE_TIME if day else ''}({TIME}){_AFTER_TIME}").match(line, day.end() if day else 0)
    found = at or day
    no_prose = re.compile(_NO_PROSE).match(line, found.end()) if found else None
    if found is None or not (no_prose or (day and at)):
        return _Start(rest=raw)
    return _Start(
        rest=line[(no_prose or found).end() :],
        day=past_day(day[0], today, allow_future=allow_future) if day else None,
        at=clock_time(at[1]) if at else None,
    )


def _date_in_text(text: str, today: date) -> str:
    """What to say when the words begin with a day that was not read, since prose or marks are around it."""
    day = re.match(_LEADING_DAY, text) if text.lower().startswith(_MAY_BEGIN_A_DATE) else None
    if day is None or day[0].lower() in _PLAIN_WORDS_TOO:
        return ""
    return f"“{day[0]}” stays in the text; the entry is of {say(today, today)}. To date it, begin with “{day[0]}:”."


def _second_looks(entry: Entry, now: datetime) -> tuple[str, ...]:
    today = now.date()
    if entry.happened_on == today and entry.at and entry.at > now.time():
        return (f"{say_time(entry.at)} today is still to come.",)
    if is_long_ago(entry.happened_on, today) or entry.happened_on > today:
        return (f"{say(entry.happened_on, today)} is {distance(entry.happened_on, today)}.",)
    return ()


def _kind_meant(entry: Entry) -> str:
    """Which kind the words sound like: only a call or a meeting that is said to be one is asked to be confirmed."""
    if entry.type != "note":
        return ""
    meant = next((kind for kind, words in _SOUNDS_LIKE.items() if re.search(words, entry.text)), "")
    return meant and f"If it was a {meant}, end with !{meant}: then a letter can confirm it."


def _unless_same(raw: str, text: str) -> str:
    return "" if raw == text else raw


def _check_length(raw: str) -> None:
    if len(raw) > LONGEST_TEXT:
        raise NotAllowed(
            f"This text has {len(raw):,} characters; an entry holds {LONGEST_TEXT:,}. Nothing was saved.",
            "Attach it as a file instead.",
        )


def _fields(chosen: Chosen, case: Case, today: date, *, allow_future: bool) -> dict[str, Any]:
    """The fields of an entry that were chosen, read."""
    given: dict[str, Any] = {}
    if chosen.on:
        day = past_day(chosen.on, today, allow_future=allow_future)
        given |= {"happened_on": day.on, "about": day.about}
    if chosen.at:
        given["at"] = None if chosen.at == NONE else clock_time(chosen.at)
    if chosen.type:
        given["type"] = entry_type(chosen.type)
    if chosen.service:
        given["service"] = "" if chosen.service == NONE else known_service(chosen.service, case)
    if chosen.how:
        given["how"] = "" if chosen.how == NONE else way_of_knowing(chosen.how)
    if chosen.who:
        given["who"] = tuple(known_handle(typed, case) for typed in chosen.who if typed != NONE)
    if chosen.quote:
        given["quote"] = tuple(clean_text(typed, multiline=False).text for typed in chosen.quote if typed != NONE)
    if chosen.tags:
        given["tags"] = tuple(tag for typed in chosen.tags if typed != NONE and (tag := _tag(typed)))
    if chosen.private is not None:
        given["private"] = chosen.private
    return given


def _tag(typed: str) -> str:
    return "-".join(clean_text(typed).text.lower().replace("#", " ").split())
