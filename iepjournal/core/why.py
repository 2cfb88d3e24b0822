"""Why a deadline falls on its day: the trigger, the rule's words, its source, and each day counted or left out.

Also the plain shapes that `--json` prints. Confidence and kind are always said: no date looks surer than its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iepjournal.core.dates import full_date
from iepjournal.core.markdown import escaped
from iepjournal.core.rules import CONFIDENCE, KINDS, OWERS, RECEIPT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from iepjournal.core.due import Deadline, DueReading
    from iepjournal.core.rulebook import RuleBook


def due_shape(deadlines: Iterable[Deadline], as_of: date) -> dict[str, Any]:
    """What `due --json` prints."""
    return {"as_of": as_of.isoformat(), "deadlines": [shape(deadline) for deadline in deadlines]}


def shape(deadline: Deadline) -> dict[str, Any]:
    """One deadline in plain values."""
    rule = deadline.rule
    return {
        "rule": rule.id,
        "title": rule.title,
        "who": rule.who,
        "kind": rule.kind,
        "start": deadline.start,
        "start_from": deadline.start_from.isoformat(),
        "due": _iso(deadline.due),
        "act_by": _iso(deadline.act_by),
        "readings": [
            {"due": _iso(reading.due), "citation": reading.citation, "text": reading.text}
            for reading in deadline.readings
        ],
        "claim_after": _iso(deadline.claim_after),
        "status": deadline.status,
        "estimated": deadline.estimated,
        "citation": rule.citation,
        "confidence": rule.confidence,
    }


def why_shape(deadline: Deadline, book: RuleBook) -> dict[str, Any]:
    """What `why --json` prints: the deadline, the steps of its earliest reading, those of the others, and the text."""
    plain = shape(deadline)
    if len(deadline.readings) > 1:
        for reading, stored in zip(deadline.readings, plain["readings"], strict=True):
            stored["steps"] = _steps(reading)
    return {**plain, "steps": _steps(earliest(deadline)), "text": why_text(deadline, book)}


def earliest(deadline: Deadline) -> DueReading | None:
    """The reading that gives the date, or the only one."""
    dated = [reading for reading in deadline.readings if reading.due]
    return min(dated, key=lambda reading: reading.due or deadline.as_of, default=None)


def why_text(deadline: Deadline, book: RuleBook) -> str:
    """The same for a person: one thing a line, and the source at the end."""
    rule = deadline.rule
    lines = [
        f"{rule.title} ({OWERS[rule.who]})",
        rule.says,
        f"Runs from {full_date(deadline.start_from)}{_receipt(deadline)}: {book.events[deadline.start].title}.",
        *(f"{reading.text}: {full_date(reading.due) if reading.due else 'no date'}." for reading in deadline.readings),
        *_what_it_means(deadline),
        *deadline.remarks,
    ]
    if rule.extends:
        lines.append(f"What may put it off: {rule.extends}")
    if rule.stops:
        lines.append(f"What may stop it: {rule.stops}")
    if rule.note:
        lines.append(rule.note)
    if rule.id in book.notes:
        lines.append(f"Your own note: {book.notes[rule.id]}")
    read = f"; text of {rule.in_force}" if rule.in_force else ""
    sure = "" if rule.kind == "suggested" else f"{CONFIDENCE[rule.confidence]}{read}; "
    lines.append(f"Source: {rule.citation} ({sure}checked {rule.checked}).")
    if rule.link:
        lines.append(rule.link)
    return "\n".join(lines)


def _receipt(deadline: Deadline) -> str:
    if deadline.rule.counts_from != RECEIPT:
        return ""
    return ", when it was received" + (" (estimated)" if deadline.estimated else "")


def why_markdown(deadline: Deadline, book: RuleBook) -> str:
    """The same as a page to print: the text, then each reading with its numbered days."""
    title, *lines = why_text(deadline, book).split("\n")
    parts = [f"# {escaped(title)}", *map(escaped, lines)]
    for reading in deadline.readings:
        if reading.count and reading.due:
            parts.append(f"## {escaped(reading.text)}")
            days = (
                f"{full_date(step.on)}: {f'{step.number}' if step.number else 'not counted'}"
                f"{', ' + step.reason if step.reason else ''}"
                for step in reading.count.steps()
            )
            parts.append("\n".join(map(escaped, days)))
    return "\n\n".join(parts)


def _what_it_means(deadline: Deadline) -> list[str]:
    rule, due, after = deadline.rule, deadline.due, deadline.claim_after
    lines = [f"This is {KINDS[rule.kind]}."] if rule.kind in ("suggested", "standard") else []
    if deadline.outcome.put_off_until:
        lines.append(f"Put off in writing until {full_date(deadline.outcome.put_off_until)}.")
    if deadline.act_by:
        safe = ": the last business day before is the safe one" if deadline.act_by != due else ""
        lines.append(f"Do it by {full_date(deadline.act_by)}{safe}.")
    if deadline.mail_by:
        lines.append(f"If you mail it, mail it by {full_date(deadline.mail_by)}.")
    if due and after and after != due:
        late = f"do not call it late before {full_date(after)} has passed"
        mine = f"by the later reading there is time until {full_date(after)}"
        lines.append(f"Plan by {full_date(due)}; {mine if rule.who == 'parent' else late}.")
    elif due and deadline.latest not in (None, due):
        lines.append(f"Plan by {full_date(due)}.")
    elif deadline.nobody_is_late:
        lines.append(deadline.nobody_is_late)
    return lines


def _steps(reading: DueReading | None) -> list[dict[str, Any]]:
    """Each day counted or left out; a date that was named has no steps."""
    if reading is None or reading.count is None or reading.due is None:
        return []
    return [
        {"on": step.on.isoformat(), "number": step.number or None, "counted": bool(step.number), "reason": step.reason}
        for step in reading.count.steps()
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
