"""The school's own service log against ours: where they agree, where they differ, and what neither accounts for.

A row of the school's changes no figure until the parent accepts it as a session.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.columns import full_day
from iepjournal.core.dates import full_date, say_long
from iepjournal.core.iep import counted_in_days, in_force, versions
from iepjournal.core.records import SchoolLogRow, Session
from iepjournal.core.services import count, number
from iepjournal.core.sessions import CLOSURE, NOT_KNOWN, REASONS, RESULTS, recorded
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NotAllowed, TableRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from iepjournal.core.case import Case
    from iepjournal.core.iep import Version

COLUMNS = {
    "date": ("date", "service date", "date of service", "session date", "day"),
    "minutes": ("minutes", "min", "mins", "duration", "minutes provided", "time (min)", "length"),
    "code": ("code", "status", "attendance", "reason", "absence code", "outcome", "result", "what happened"),
    "note": ("note", "notes", "comment", "comments", "description", "activity"),
}
"""What a column may hold, and its usual titles."""
TYPED = "typed"
"""The source of a row that the parent typed."""

GIVEN = "given"
CODES = {
    **{reason.replace("-", " "): reason for reason in REASONS},
    "given": GIVEN, "provided": GIVEN, "present": GIVEN, "p": GIVEN,
    "pa": "provider-absent", "therapist absent": "provider-absent",
    "no provider": "vacancy",
    "sa": "child-absent", "student absent": "child-absent",
    "student refused": "child-refused",
    "holiday": CLOSURE, "school closed": CLOSURE, "weather": CLOSURE,
    "assembly": "school-event", "field trip": "school-event",
    "meeting": "schedule", "iep meeting": "schedule",
}  # fmt: skip
"""What the usual codes of a log mean: given, or a reason. A code that is not here means nothing until it is said."""

Verdict = Literal["agree", "differ", "theirs-only", "mine-only"]
VERDICTS: dict[Verdict, str] = {
    "agree": "agree",
    "differ": "differ",
    "theirs-only": "only in the school's log",
    "mine-only": "only in mine",
}


def log_rows(
    rows: Iterable[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    *,
    service: str,
    source: str,
    today: date,
) -> tuple[SchoolLogRow, ...]:
    """The rows of a table as they stand in it, each with its number; one mistake refuses them all."""
    found = []
    for row_number, cells in rows:
        words = {name: clean_text(cells[at], multiline=False).text for name, at in columns.items()}
        column = columns["date"] + 1
        on = full_day(words["date"], today, row=row_number, column=column)
        if on > today:
            raise TableRefused(f"{say_long(on)} is still to come", row=row_number, column=column)
        found.append(
            SchoolLogRow(
                service=service,
                on=on,
                minutes=_minutes(words.get("minutes", ""), row_number, columns.get("minutes", 0) + 1),
                code=words.get("code", ""),
                text=words.get("note", ""),
                source=f"{source}:{row_number}",
            )
        )
    return tuple(found)


def _minutes(cell: str, row: int, column: int) -> int | None:
    found = re.fullmatch(r"(\d{1,3})(?:\.0+)?\s*(?:m|min|mins|minutes)?", cell.strip(), re.IGNORECASE)
    if found is None and cell.strip():
        raise TableRefused(f"“{cell}” is not a number of minutes", row=row, column=column)
    return int(found[1]) if found else None


def not_yet_known(case: Case, rows: Iterable[SchoolLogRow]) -> tuple[SchoolLogRow, ...]:
    """The rows that are not in the case yet, whatever file they came in: the same log twice adds nothing."""
    known = Counter(_content(row) for row in case.all(SchoolLogRow))
    fresh = []
    for row in rows:
        if known[_content(row)]:
            known[_content(row)] -= 1
        else:
            fresh.append(row)
    return tuple(fresh)


def _content(row: SchoolLogRow) -> tuple[object, ...]:
    return row.service, row.on, row.minutes, row.code, row.text


@dataclass(frozen=True, kw_only=True)
class Line:
    """One session as both sides have it."""

    on: date
    verdict: Verdict
    mine: Session | None = None
    theirs: SchoolLogRow | None = None


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """One service's log from both sides, over the days of the school's log or those asked."""

    service: str
    name: str
    since: date
    until: date
    lines: tuple[Line, ...]
    unaccounted: Fraction
    """Of what the IEP promises, minutes that the school's own log says nothing about; as written."""
    unaccounted_conservative: Fraction

    def of(self, verdict: Verdict) -> tuple[Line, ...]:
        """The lines of one verdict."""
        return tuple(line for line in self.lines if line.verdict == verdict)


def reconcile(
    case: Case, handle: str, *, since: date | None = None, until: date | None = None, codes: Mapping[str, str] = CODES
) -> Reconciliation:
    """Lay the school's rows beside our sessions, day by day."""
    history = versions(case, handle)
    theirs = sorted((row for row in case.all(SchoolLogRow) if row.service == handle), key=lambda row: row.on)
    if not theirs:
        raise NotAllowed(
            "No row of the school's log is here for this service yet.",
            f"Bring it in with: iepjournal reconcile FILE.csv --service {handle}",
        )
    since, until = since or theirs[0].on, until or theirs[-1].on
    theirs = [row for row in theirs if since <= row.on <= until]
    mine = [
        one for one in case.sessions if one.service == handle and since <= one.on <= until and one.result != "unknown"
    ]
    told = [session_of(row, history, codes).replace(uid=f"row {n}") for n, row in enumerate(theirs)]
    says = [session for session in told if session.result != "unknown"]
    counted = count(handle, history, says, SchoolCalendar.of(case), as_of=until, since=since)
    return Reconciliation(
        service=handle,
        name=counted.name,
        since=since,
        until=until,
        lines=tuple(_lines(mine, theirs, history, codes)),
        unaccounted=counted.as_written.unknown,
        unaccounted_conservative=counted.conservative.unknown,
    )


def _lines(
    mine: Sequence[Session], theirs: Sequence[SchoolLogRow], history: Sequence[Version], codes: Mapping[str, str]
) -> Iterator[Line]:
    """Day by day: what agrees is paired first, then what is left in order."""
    days: dict[date, tuple[list[Session], list[SchoolLogRow]]] = defaultdict(lambda: ([], []))
    for session in mine:
        days[session.on][0].append(session)
    for row in theirs:
        days[row.on][1].append(row)
    for on, (ours, rows) in sorted(days.items()):
        for row in tuple(rows):
            told = session_of(row, history, codes)
            same = next((session for session in ours if _agree(session, told, history)), None)
            if same:
                ours.remove(same)
                rows.remove(row)
                yield Line(on=on, verdict="agree", mine=same, theirs=row)
        paired = min(len(ours), len(rows))
        for session, row in zip(ours, rows, strict=False):
            yield Line(on=on, verdict="differ", mine=session, theirs=row)
        yield from (Line(on=on, verdict="mine-only", mine=session) for session in ours[paired:])
        yield from (Line(on=on, verdict="theirs-only", theirs=row) for row in rows[paired:])


def _agree(mine: Session, theirs: Session, history: Sequence[Version]) -> bool:
    """As much given, or both not given and, where both say why, for the same reason."""
    if theirs.result == "unknown" or _given(mine, history) != _given(theirs, history):
        return False
    reasons = {mine.reason, theirs.reason} - {"", NOT_KNOWN}
    return mine.result != "missed" or len(reasons) < 2


def _given(session: Session, history: Sequence[Version]) -> tuple[str, int]:
    """How much of it: a whole session's minutes may be said or left out."""
    if session.result == "missed" or counted_in_days(history[0].service):
        return session.result, 0
    return "minutes", session.minutes if session.minutes is not None else _length(history, session.on)


def _length(history: Sequence[Version], on: date) -> int:
    version = in_force(history, on)
    return version.service.minutes if version else 0


def session_of(row: SchoolLogRow, history: Sequence[Version], codes: Mapping[str, str] = CODES) -> Session:
    """What a row says of a session; `unknown` where neither its minutes nor its code say whether it was given."""
    code, length = codes.get(_plain(row.code)), _length(history, row.on)
    reason = code if code != GIVEN else ""
    told = Session(service=row.service, on=row.on, result="unknown", how="school-record")
    if row.minutes == 0 or (row.minutes is None and reason):
        return told.replace(result="missed", reason=reason or NOT_KNOWN)
    if row.minutes is None:
        return told.replace(result="given") if code == GIVEN else told
    if counted_in_days(history[0].service) or row.minutes == length:
        return told.replace(result="given")
    if row.minutes < length:
        return told.replace(result="partial", minutes=row.minutes, reason=reason or NOT_KNOWN)
    return told.replace(result="given", minutes=row.minutes)


def with_codes(said: Mapping[str, str]) -> dict[str, str]:
    """The usual codes and the parent's own, as in PA=provider-absent or P=given."""
    for meaning in said.values():
        if meaning not in (GIVEN, *REASONS):
            raise CannotUnderstand("a reason", meaning, f"Known: given, {', '.join(REASONS)}.")
    return {**CODES, **{_plain(code): meaning for code, meaning in said.items()}}


def _plain(code: str) -> str:
    return " ".join(code.lower().replace("-", " ").split())


def accepted(case: Case, line: Line, today: date, codes: Mapping[str, str] = CODES) -> Session:
    """The session that accepting the school's row writes, over our own where it differs: known from their record."""
    if line.theirs is None:
        raise NotAllowed("There is no row of the school's log to accept here. Nothing was saved.")
    told = session_of(line.theirs, versions(case, line.theirs.service), codes)
    if told.result == "unknown":
        raise NotAllowed(
            f"The row of {full_date(line.on)} does not say whether the session was given. Nothing was saved.",
            f"Say what its code means, as in --code “{line.theirs.code or 'CODE'}=vacancy”.",
        )
    if line.mine:
        return line.mine.revised(
            why="accepted from the school's log",
            result=told.result,
            minutes=told.minutes,
            reason=told.reason,
            how=told.how,
            text=line.theirs.text,
        )
    return recorded(
        case,
        told.service,
        told.result,
        on=told.on,
        today=today,
        minutes=told.minutes,
        reason=told.reason,
        how=told.how,
        text=line.theirs.text,
        extra=any(one.service == told.service and one.on == told.on for one in case.sessions),
    )


def question(line: Line, name: str) -> str:
    """A difference as a question for a letter; it takes no side. Empty where both agree."""
    day = say_long(line.on)
    mine, theirs = mine_in_words(line.mine), theirs_in_words(line.theirs)
    match line.verdict:
        case "differ":
            return (
                f"For {day} the service log shows for {name}: {theirs}. My record shows: {mine}. "
                "Which is right, and what shows it?"
            )
        case "theirs-only":
            given = line.theirs is None or line.theirs.minutes
            asked = "Who gave it, when and where?" if given else "Why was it not given, and was it made up?"
            return f"For {day} the service log shows for {name}: {theirs}. I know of no session on that day. {asked}"
        case "mine-only":
            return (
                f"For {day} my record shows for {name}: {mine}. The service log has no row for that day. "
                "What does the district’s record show?"
            )
        case _:
            return ""


HOW_SAID = {
    "saw": "I observed it",
    "child-told": "my child told me",
    "staff-told": "staff told me",
    "school-record": "from a record of the school",
    "inferred": "as I concluded",
}


def verdicts_in_words(found: Reconciliation) -> str:
    """How many lines have each verdict."""
    return " · ".join(f"{words} {len(found.of(verdict))}" for verdict, words in VERDICTS.items())


def unaccounted_in_words(found: Reconciliation) -> str:
    """What their log leaves open of the service, by both counts."""
    return (
        f"Their log does not account for {number(found.unaccounted)} minutes as written, "
        f"{number(found.unaccounted_conservative)} conservatively."
    )


def mine_in_words(session: Session | None) -> str:
    """Our side of a line; empty where we have none."""
    if session is None:
        return ""
    minutes = f"{session.minutes} minutes " if session.minutes else ""
    what = {"given": "given", "missed": "not given", "partial": "given"}.get(session.result, RESULTS[session.result])
    known = ", ".join(filter(None, (REASONS.get(session.reason, ""), HOW_SAID.get(session.how, ""))))
    return f"{minutes}{what}{f' ({known})' if known else ''}"


def theirs_in_words(row: SchoolLogRow | None) -> str:
    """Their side of a line; empty where they have none."""
    if row is None:
        return ""
    told = (f"{row.minutes} minutes" if row.minutes is not None else "", f"“{row.code}”" if row.code else "")
    return ", ".join(filter(None, told)) or "a session without minutes"


def as_json(found: Reconciliation) -> dict[str, Any]:
    """The shape of `reconcile --json`, in plain values."""
    return {
        "service": found.service,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "counts": {verdict: len(found.of(verdict)) for verdict in VERDICTS},
        "unaccounted": {
            "as_written": number(found.unaccounted),
            "conservative": number(found.unaccounted_conservative),
        },
        "lines": [
            {
                "on": line.on.isoformat(),
                "verdict": line.verdict,
                "mine": _mine_json(line.mine) if line.mine else None,
                "theirs": _theirs_json(line.theirs) if line.theirs else None,
                "question": question(line, found.name) or None,
            }
            for line in found.lines
        ],
    }


def _mine_json(session: Session) -> dict[str, Any]:
    return {
        "no": session.no,
        "result": session.result,
        "minutes": session.minutes,
        "reason": session.reason or None,
        "how": session.how or None,
    }


def _theirs_json(row: SchoolLogRow) -> dict[str, Any]:
    return {"minutes": row.minutes, "code": row.code or None, "text": row.text or None, "source": row.source}
