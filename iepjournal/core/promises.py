"""Promises: found in what somebody said, and what became of each by a given day. Nothing of it is stored."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from iepjournal.core.dates import COMING_DAY, coming_day, distance, say
from iepjournal.core.records import Promise
from iepjournal.core.values import Value
from iepjournal.errors import CannotUnderstand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry, Mark

HEARD_FROM_SCHOOL = ("call", "voicemail", "meeting", "talk", "email-in", "letter-in", "document", "refused", "note")
"""Entry types in which somebody may have promised something to the parent."""
OUTCOMES = ("kept", "broken", "waived")
_FARTHEST = timedelta(days=300)
"""A day farther off was most likely one in the past."""

_BEFORE_DAY = r"(?:by|on|before|until|starting)[ ]"
# Without a preposition “3/4 of it”, “she sat” and “in the sun” would be days, and “last Friday” one to come.
_DAY = rf"(?:{_BEFORE_DAY}{COMING_DAY}|(?<!last )(?<!since )(?!\d|(?:sat|sun|wed)\b){COMING_DAY})(?!\w)"
_WILL = (
    r"(?:\b(?:will|would|shall|(?:is|are|am) going to|(?:promise[sd]?|agree[sd]?) to)|['’]ll) (?!not\b|never\b)(?:be )?"
)
_STARTS = r"\b(?<!not )(?<!not be )(?<!n[’']t )(?=(?:start|begin|resume|return)s?\b|(?<=is )back\b|(?<=are )back\b)"
_PROMISED = rf"(?:{_WILL}|{_STARTS})(?P<words>[^.!?;\n]{{0,100}}?\b(?P<day>{_DAY}))"
_BEGINNINGS = ("will", "would", "shall", "going to", "promise", "agree", "'ll", "’ll", "start", "begin", "resume",
               "return", "back")  # fmt: skip
"""One of these is in all that `_PROMISED` finds; looking for them first spares a quick `log` the compiling of it."""
_NOT_BY_ME = r"(?<!\bi )(?<!\bi)"


class Standing(Value):
    """How a promise stands on a day."""

    promise: Promise
    state: str
    """open, overdue, kept, broken or waived."""
    by: date | None
    """The day that holds now, extensions included."""
    mark: Mark | None = None
    """What it was marked with last."""


def promises_in(entry: Entry) -> tuple[Promise, ...]:
    """What may have been promised by a day, exact words first; to be asked about, never saved unasked."""
    if entry.type not in HEARD_FROM_SCHOOL or entry.private:
        return ()
    by_day: dict[date | None, Promise] = {}
    for promise in _candidates(entry):
        by_day.setdefault(promise.by, promise)
    return tuple(by_day.values())


def question(promise: Promise, today: date) -> str:
    """Promise? “back Monday” by Mon Nov 30."""
    return f"Promise? “{promise.text}” {f'by {say(promise.by, today)}' if promise.by else '(which day?)'}"


def standing(promise: Promise, case: Case, day: date) -> Standing:
    """What became of a promise by a day; the newest of its marks decides."""
    marks = [mark for mark in case.marks(promise.root) if mark.on <= day]
    extended = [mark.until for mark in marks if mark.what == "extended" and mark.until]
    by = extended[-1] if extended else promise.by
    decisive = [mark for mark in marks if mark.what in (*OUTCOMES, "extended")]
    last = decisive[-1] if decisive else None
    if last and last.what in OUTCOMES:
        return Standing(promise=promise, state=last.what, by=by, mark=last)
    return Standing(promise=promise, state="overdue" if by and day > by else "open", by=by, mark=last)


def ledger(case: Case, day: date) -> tuple[Standing, ...]:
    """Every promise and how it stands, the earliest day first."""
    all_of_them = (standing(promise, case, day) for promise in case.promises)
    return tuple(sorted(all_of_them, key=lambda one: (one.by or date.max, one.promise.no or 0)))


def open_promises(case: Case, day: date) -> tuple[Standing, ...]:
    """Those nobody has said anything about yet, the earliest day first."""
    return tuple(one for one in ledger(case, day) if one.state not in OUTCOMES)


def state_in_words(one: Standing, today: date) -> str:
    """By Mon Nov 30, in 6 days; or overdue since then; or kept on that day."""
    if one.state in OUTCOMES and one.mark:
        return f"{one.state} {say(one.mark.on, today)}"
    if one.by is None:
        return "open, no day was said"
    return f"{'overdue: ' if one.state == 'overdue' else ''}by {say(one.by, today)}, {distance(one.by, today)}"


def _candidates(entry: Entry) -> Iterator[Promise]:
    prose = entry.text
    for words in entry.quote:
        yield from _promised(_PROMISED, words, entry)
        prose = prose.replace(words, "")
    yield from _promised(_NOT_BY_ME + _PROMISED, prose, entry)


def _promised(pattern: str, text: str, entry: Entry) -> Iterator[Promise]:
    if not any(words in text.lower() for words in _BEGINNINGS):
        return
    # Dictation breaks lines inside a sentence; an empty line ends it.
    sentences = re.sub(r"[ \t]+|(?<!\n)\n(?!\n)", " ", text)
    for found in re.finditer(pattern, sentences, re.IGNORECASE):
        try:
            by = coming_day(re.sub(f"(?i)^{_BEFORE_DAY}", "", found["day"]), entry.happened_on)
        except CannotUnderstand:
            by = None
        if by is None or entry.happened_on <= by <= entry.happened_on + _FARTHEST:
            who = entry.who[0] if len(entry.who) == 1 else ""
            yield Promise(who=who, text=found["words"].rstrip(" ."), made_on=entry.happened_on, by=by, entry=entry.root)
