"""What follows an entry that is struck or corrected: the session that was drawn from it. Offers, decides nothing.

Left alone, the figures would rest on an entry that says something else, or that nobody sees any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.corrections import amended, strike
from iepjournal.core.dates import say
from iepjournal.core.entries import service_name
from iepjournal.core.sessions import RESULTS, answered, recorded
from iepjournal.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry, Record, Session


class Follows(NamedTuple):
    """What may be written together with the strike or the correction, and how it is said."""

    records: tuple[Record, ...] = ()
    words: str = ""
    """Session 12 (Speech, Mon Nov 23, not given) moves to Tue Nov 24."""


def after_strike(case: Case, entry: Entry, why: str, today: date) -> Follows:
    """What follows when an entry is struck; nothing where no session was drawn from it."""
    return _all(_taken_off(case, session, why, today) for session in _told_in(case, entry))


def after_change(case: Case, entry: Entry, changed: Entry, why: str, today: date) -> Follows:
    """What follows when an entry gets another day, or tells of no missed session of that service any more."""
    still = changed.type == "missed" and bool(changed.service) and not changed.about
    found = []
    for session in _told_in(case, entry):
        if not still or changed.service != session.service:
            found.append(_taken_off(case, session, why, today))
        elif changed.happened_on != session.on and session.on == entry.happened_on:
            found.append(_moved(case, session, changed.happened_on, why, today))
    return _all(found)


def _told_in(case: Case, entry: Entry) -> tuple[Session, ...]:
    return tuple(session for session in case.sessions if session.entry == entry.root)


def _taken_off(case: Case, session: Session, why: str, today: date) -> Follows:
    """Struck; or what was answered before the entry, where it was answered before."""
    before = next((one for one in reversed(case.versions(session)) if one.entry != session.entry), None)
    if before is None:
        return Follows((strike(case, session, why),), f"{_named(session, case, today)} counts no more")
    answer = {name: getattr(before, name) for name in ("result", "minutes", "reason", "how", "text", "entry")}
    said = f"{_named(session, case, today)} is again as it was before: {RESULTS[before.result]}"
    return Follows((amended(case, session, answer, why),), said)


def _moved(case: Case, session: Session, on: date, why: str, today: date) -> Follows:
    """On the entry's new day; taken off where that day has an answer already, or cannot have one."""
    there = answered(case.sessions, session.service, on, makes_up=session.makes_up)
    try:
        if there is None:
            recorded(case, session.service, "missed", on=on, today=today)
            moved = amended(case, session, {"on": on}, why)
            return Follows((moved,), f"{_named(session, case, today)} moves to {say(on, today)}")
    except JournalError:
        pass
    off = _taken_off(case, session, why, today)
    reason = f"{say(on, today)} has an answer, session {there.no}" if there else f"it cannot count on {say(on, today)}"
    return Follows(off.records, f"{off.words}; {reason}")


def _named(session: Session, case: Case, today: date) -> str:
    name = service_name(session.service, case)
    return f"Session {session.no} ({name}, {say(session.on, today)}, {RESULTS[session.result]})"


def _all(found: Iterable[Follows]) -> Follows:
    every = tuple(found)
    records = tuple(record for one in every for record in one.records)
    return Follows(records, ". ".join(one.words for one in every))
