"""Corrections: amend, strike and undo, as records to be written. Nothing is changed or deleted; both texts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from iepjournal.core.case import UNDONE
from iepjournal.core.dates import full_date
from iepjournal.core.records import Letter, Mark, Purge, Record, Strike, Undo
from iepjournal.core.text import clean_text
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from iepjournal.core.case import Case

MADE = "made"
"""The mark of a final packet that was made into files."""
R = TypeVar("R", bound=Record)


def amended(case: Case, record: R, changes: dict[str, Any], why: str) -> R:
    """The next version of a record; refuses one without a reason, without a change, or of a letter that was sent."""
    reason = _reason(why, "correction")
    _refuse_if_sent(case, record)
    if case.struck.get(record.root) == UNDONE:
        raise NotAllowed(f"{name_of(record)} was taken back by an undo.", "Log it again; nothing was changed.")
    if record.root in case.struck:
        raise NotAllowed(f"{name_of(record)} is struck.", "Undo the strike first; nothing was changed.")
    if all(getattr(record, name) == value for name, value in changes.items()):
        raise NotAllowed(f"That is what {name_of(record)} says already.", "Nothing was changed.")
    return record.revised(why=reason, **changes)


def strike(case: Case, record: Record, why: str) -> Strike:
    """Takes a record out of sight; refuses without a reason, twice, or for a letter that was sent."""
    reason = _reason(why, "strike")
    _refuse_if_sent(case, record)
    if record.root in case.struck:
        raise NotAllowed(f"{name_of(record)} is struck already: {case.struck[record.root]}.")
    return Strike(of=record.root, why=reason)


def newest_command(case: Case, by: str) -> tuple[Record, ...]:
    """What this unix user wrote together last and has not taken back; NotAllowed when there is nothing."""
    candidates = [
        found
        for records in (case.records, case.district)
        if (found := _newest_of(records, case.undone, by)) is not None
    ]
    if not candidates:
        raise NotAllowed("There is nothing of yours to undo.")
    newest = max(candidates, key=lambda record: record.recorded_at)
    together = tuple(other for other in (*case.district, *case.records) if other.command == newest.command)
    if any(isinstance(record, Mark) and record.what == "sent" for record in together):
        raise NotAllowed(
            "The last command marked a letter as sent, and what was sent stays as it is.",
            "Write a new letter that corrects it.",
        )
    for record in together:
        _refuse_if_sent(case, record)
    return together


def _newest_of(records: tuple[Record, ...], undone: frozenset[str], by: str) -> Record | None:
    return next(
        (
            record
            for record in reversed(records)
            if record.recorded_by == by and record.command not in undone and not _is_noted(record)
        ),
        None,
    )


def _is_noted(record: Record) -> bool:
    """Whether it is no change of the parent's: an undo, an erasure, or that a file was made."""
    return isinstance(record, Undo | Purge) or (isinstance(record, Mark) and record.what == MADE)


def undo(records: tuple[Record, ...]) -> Undo:
    """Takes back the command that wrote these records."""
    return Undo(of=records[0].command)


def name_of(record: Record) -> str:
    """How a record is called on the screen and in a letter: Entry 142."""
    kind = record.KIND.replace("-", " ").capitalize()
    return f"{kind} {record.no}" if record.no else kind


def described(case: Case, record: Record) -> str:
    """One line that says what was written: a correction is called that, where it is to be seen or taken back."""
    return f"the correction of {identified(case, record)}" if record.amends else identified(case, record)


def identified(case: Case, record: Record) -> str:
    """One line that says which record it is, as it stands: Entry 142 of Nov 24, 2026, “No speech today”."""
    if isinstance(record, Strike | Mark):
        rule, _, root = record.of.rpartition(":")
        target = case.by_root.get(root)
        what = record.what if isinstance(record, Mark) else "struck"
        return f"{f'{rule} of ' if rule else ''}{name_of(target) if target else root} marked as {what}"
    on = next((day for field in _DAYS if (day := getattr(record, field, None))), None)
    words = next((words for field in _WORDS if (words := getattr(record, field, ""))), "")
    gist = " ".join(words.split())
    gist = gist if len(gist) <= _GIST else gist[: _GIST - 1] + "…"
    return f"{name_of(record)}{f' of {full_date(on)}' if on else ''}{f', “{gist}”' if gist else ''}"


_GIST = 60
_DAYS = ("happened_on", "on", "made_on", "dated", "received_on", "first_day")
_WORDS = ("title", "text", "name", "handle", "service")


def _reason(why: str, what: str) -> str:
    reason = clean_text(why, multiline=False).text
    if not reason:
        raise NotAllowed(f"A {what} needs its reason.", "Add --why and a few words; nothing was changed.")
    return reason


def _refuse_if_sent(case: Case, record: Record) -> None:
    if isinstance(record, Letter) and case.is_sent(record):
        raise NotAllowed(f"{name_of(record)} was sent and stays as it is.", "Write a new letter that corrects it.")
