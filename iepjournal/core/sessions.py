"""Sessions: what may be recorded of one, in which words, and what became of it. It writes and counts nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.dates import full_date
from iepjournal.core.iep import counted_in_days, in_force, versions
from iepjournal.core.records import HOW_KNOWN, Entry, Session
from iepjournal.errors import CannotUnderstand, JournalError, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.iep import Version
    from iepjournal.core.records import Record, Service

SCHOOLS = {
    "provider-absent": "provider out",
    "vacancy": "no provider",
    "no-substitute": "no substitute",
    "schedule": "schedule change",
    "testing": "testing",
    "school-event": "school event",
    "late-start": "started late",
    "ended-early": "ended early",
}
CLOSURE = "closure"
CHILD_OR_PARENT = {
    "child-absent": "child absent",
    "child-refused": "child refused",
    "parent-declined": "parent declined",
}
NOT_KNOWN = "not-known"
REASONS = {**SCHOOLS, CLOSURE: "school closed", **CHILD_OR_PARENT, NOT_KNOWN: "reason not known"}
"""Each reason in few words: the school's, a closure, the child's or parent's, not known."""
EXCUSED = frozenset({CLOSURE, *CHILD_OR_PARENT})
"""Reasons that the conservative total takes out of missed, and out of due on a school day."""

RESULTS = {"given": "given", "missed": "not given", "partial": "part", "unknown": "not known"}
FLAGS = {"substitute": "by a substitute", "group": "in a group", "place": "in another place"}
"""Given, but not as the IEP says."""

LONGEST_GIVEN = 24 * 60


def recorded(
    case: Case,
    handle: str,
    result: str,
    *,
    on: date,
    today: date,
    minutes: int | None = None,
    reason: str = "",
    how: str = "",
    given_by: str = "",
    setting: str = "",
    makes_up: Session | None = None,
    extra: bool = False,
    entry: str = "",
    flags: Sequence[str] = (),
    text: str = "",
) -> Session:
    """The session to be written: a new one, or the next version of what was answered for this service and day."""
    history = versions(case, handle)
    said = Session(
        service=handle,
        on=on,
        result=result,
        minutes=minutes,
        reason=reason,
        how=how,
        given_by=given_by,
        setting=setting,
        makes_up=makes_up.root if makes_up else "",
        extra=extra,
        entry=entry,
        flags=tuple(flags),
        text=text,
    )
    version = _version_for(said, history, makes_up)
    _check_words(said, today)
    _check_minutes(said, version.service)
    if makes_up:
        _check_make_up(said, makes_up)
    said = said.replace(flags=tuple(dict.fromkeys((*said.flags, *_otherwise(said, version.service)))))
    earlier = None if extra else answered(case.sessions, handle, on, makes_up=said.makes_up)
    if earlier is None:
        return said
    answer = {name: getattr(said, name) for name in ANSWER} | {"entry": said.entry or earlier.entry}
    if all(getattr(earlier, name) == value for name, value in answer.items()):
        return earlier
    return earlier.revised(why="answered again", **answer)


ANSWER = ("result", "minutes", "reason", "how", "given_by", "setting", "flags", "text")
"""What is said of a session, as against which one it is."""


def answered(sessions: Iterable[Session], handle: str, on: date, makes_up: str = "") -> Session | None:
    """What was answered for a service and day; make-ups are answers of their own, further sessions are none."""
    same = (
        session
        for session in sessions
        if (session.service, session.on, session.makes_up) == (handle, on, makes_up) and not session.extra
    )
    return next(same, None)


def _version_for(said: Session, history: Sequence[Version], makes_up: Session | None) -> Version:
    version = in_force(history, said.on)
    if version is None and makes_up:
        version = in_force(history, makes_up.on)
    if version:
        return version
    if not history:
        raise NotAllowed("This service has no start date yet. Nothing was saved.", "Add it with: iepjournal iep fix")
    name = history[0].service.name or said.service
    if said.on < history[0].first:
        raise NotAllowed(
            f"{name} began on {full_date(history[0].first)}: a session on {full_date(said.on)} is before that. "
            "Nothing was saved.",
            "If the start is wrong, mend it with: iepjournal iep fix",
        )
    raise NotAllowed(
        f"{name} was not in force on {full_date(said.on)}. Nothing was saved.",
        "A make-up may still come: add --makes-up and the number of the session it repairs.",
    )


def _check_words(said: Session, today: date) -> None:
    for what, typed, known in (
        ("an answer", said.result, RESULTS),
        ("a reason", said.reason, {"": "", **REASONS}),
        ("a way of knowing", said.how, ("", *HOW_KNOWN)),
        *(("a flag", flag, FLAGS) for flag in said.flags),
    ):
        if typed not in known:
            raise CannotUnderstand(what, typed, f"Known: {', '.join(filter(None, known))}.")
    if said.on > today:
        raise CannotUnderstand("today or a day before", full_date(said.on), "It is still to come.")
    if said.reason and said.result not in ("missed", "partial"):
        raise NotAllowed(
            f"Only a session that was missed, or partly, has a reason (“{said.reason}”). Nothing was saved."
        )


def _check_minutes(said: Session, service: Service) -> None:
    length = service.minutes
    if counted_in_days(service):
        if said.minutes is not None:
            raise NotAllowed(f"{service.name} is counted in days: leave the minutes out. Nothing was saved.")
        return
    if said.result == "partial":
        if said.minutes is None:
            raise NotAllowed("How many minutes were given? Nothing was saved.", "Add --minutes.")
        if not 1 <= said.minutes < length:
            raise CannotUnderstand(
                "a part of a session", str(said.minutes), f"It is {length} minutes long: say 1 to {length - 1}."
            )
    elif said.minutes is not None:
        longest = length if said.result == "missed" else LONGEST_GIVEN
        if not 1 <= said.minutes <= longest:
            raise CannotUnderstand("a possible number of minutes", str(said.minutes), f"Say 1 to {longest}.")


def _check_make_up(said: Session, repaired: Session) -> None:
    number = f"Session {repaired.no}" if repaired.no else "That session"
    if repaired.service != said.service:
        raise NotAllowed(f"{number} is of another service ({repaired.service}). Nothing was saved.")
    if repaired.makes_up:
        raise NotAllowed(f"{number} is a make-up itself. Nothing was saved.", "Name the session that was missed.")
    if repaired.result not in ("missed", "partial"):
        raise NotAllowed(f"{number} was {RESULTS[repaired.result]}: there is nothing to make up. Nothing was saved.")
    if said.result not in ("given", "partial"):
        raise NotAllowed(
            "A make-up that was not given changes nothing: the session is missed already. Nothing was saved.",
            "Write down that it did not happen with: iepjournal log",
        )


def _otherwise(said: Session, service: Service) -> list[str]:
    """What about a given session is not as the IEP says, as far as it can be seen."""
    if said.result not in ("given", "partial"):
        return []
    flags = []
    if said.given_by and service.provider and said.given_by != service.provider:
        flags.append("substitute")
    if "group" in said.setting.lower() and "individual" in service.setting.lower():
        flags.append("group")
    return flags


class Drawn(NamedTuple):
    """What an entry says about a session, or why it says nothing that can be counted."""

    session: Session | None
    note: str = ""


def drawn_from(case: Case, entry: Entry, today: date) -> Drawn:
    """The missed session in an entry `!missed %speech`; to be written with the entry, as one command.

    It never stands in the entry's way: what cannot be counted is said, and the entry is kept all the same.
    """
    if entry.type != "missed" or not entry.service:
        return Drawn(None)
    if entry.about:
        return Drawn(None, "Not counted as a missed session: the day is not exact.")
    try:
        session = recorded(
            case, entry.service, "missed", on=entry.happened_on, today=today, how=entry.how, entry=entry.root
        )
    except JournalError as error:
        return Drawn(None, f"Not counted as a missed session: {error}")
    return Drawn(session)


def with_sessions(
    records: Iterable[Record], case: Case, today: date, new_uid: Callable[[], str]
) -> Iterator[tuple[Record, str]]:
    """Records to write as one command, each with what is to be said of it; after a new entry its missed session."""
    for record in records:
        if not isinstance(record, Entry) or record.amends:
            yield record, ""
            continue
        entry = record.replace(uid=record.uid or new_uid())
        session, note = drawn_from(case, entry, today)
        yield entry, note
        if session:
            yield session, ""


def story(session: Session, sessions: Iterable[Session]) -> str:
    """What became of a session, in the order of time: `not given Jan 23, 2007, provider out; made up Mar 6, 2007`."""
    reason = f", {REASONS[session.reason]}" if session.reason else ""
    minutes = f" {session.minutes} min" if session.minutes else ""
    told = [f"{RESULTS[session.result]}{minutes} {full_date(session.on)}{reason}"]
    for other in sorted(sessions, key=lambda one: one.on):
        if other.makes_up == session.root:
            part = f" {other.minutes} min" if other.minutes else ""
            told.append(f"made up{part} {full_date(other.on)}")
    return "; ".join(told)
