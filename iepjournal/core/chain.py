"""The seal: each record's SHA-256 over the one before it and itself, and the check of the whole chain.

Beside a seal that somebody else holds it shows that nothing up to there was changed or taken out since. It never shows
that it is true, nor alone that the newest were not dropped or all of it written anew.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from iepjournal.core.dates import full_date
from iepjournal.core.plurals import many
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from iepjournal.core.case import Case

VERSION_TAG = b"iepjournal-seal-1\n"
SHORT_DIGITS = 20
WHAT_IT_SHOWS = (
    "Each record is as it was sealed. This does not show that what was written is true, nor, without a seal in "
    "somebody else’s hands, that the newest were not dropped or all of it written anew."
)
"""Said wherever the chain was found unbroken."""
BEFORE_A_BREAK = "Everything before it is as it was written. Compare with a backup: iepjournal backups"


def seal_of(stored: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of a stored record: all its keys but `seal`, canonical, after the seal before it."""
    body = {key: value for key, value in stored.items() if key != "seal"}
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(VERSION_TAG + str(stored.get("prev", "")).encode() + b"\n" + canonical.encode()).hexdigest()


def short(seal: str) -> str:
    """The form that is printed and read out: 20 digits in fives of four, 7F3A-91C2-..."""
    digits = seal[:SHORT_DIGITS].upper()
    return "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def foot_of(case: Case, day: date) -> str:
    """Record: 214 entries to March 4, 2026 · seal 7F3A-...; nothing of a journal without a record."""
    held = many(len(case.entries), "entry", "entries")
    return f"Record: {held} to {full_date(day)} · seal {short(case.seal)}" if case.seal else ""


def same_seal(typed: str, seal: str) -> bool:
    """Whether what somebody holds, with or without dashes and blanks, is this seal or its first 20 digits."""
    digits = "".join(char for char in typed.lower() if char.isalnum())
    return len(digits) >= SHORT_DIGITS and seal.startswith(digits)


class Verdict(Value):
    """What checking the chain found."""

    records: int
    seal: str
    """Of the newest record; empty in an empty journal."""
    first_broken: str = ""
    """The first record that is not as it was sealed: its number or uid, and what is wrong with it."""
    purged: int = 0


def verify(stored_records: Iterable[Mapping[str, Any]]) -> Verdict:
    """Recompute every seal and follow every link, oldest first; a purge bridges the links it removed."""
    chain = list(stored_records)
    bridges = {link["seal"]: link["prev"] for record in chain for link in record.get("removed", ())}
    head, purged, first_broken = "", 0, ""
    for record in chain:
        linked_to = str(record.get("prev", ""))
        while linked_to != head and linked_to in bridges:
            linked_to = bridges.pop(linked_to)
            purged += 1
        if linked_to != head:
            first_broken = f"{name_of(record)}: the record before it is missing, moved or changed"
        elif seal_of(record) != record.get("seal"):
            first_broken = f"{name_of(record)}: its content is not what was sealed"
        if first_broken:
            break
        head = record["seal"]
    newest = str(chain[-1].get("seal", "")) if chain else ""
    return Verdict(records=len(chain), seal=newest, first_broken=first_broken, purged=purged)


def name_of(record: Mapping[str, Any]) -> str:
    """How a person finds a stored record: its kind and number, or its uid."""
    return f"{record.get('record', 'record')} {record.get('no') or record.get('uid', '?')}"
