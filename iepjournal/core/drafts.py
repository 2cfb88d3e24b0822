"""Drafts: the names under which what is being typed is kept, the same in the screens, the plain mode and the shell.

What was begun in one of them is offered in the others. Keeps nothing itself.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.core.records import Entry, Letter
from iepjournal.errors import NoSuchRecord

if TYPE_CHECKING:
    from iepjournal.core.case import Case

ENTRY = "entry"
CORRECTION, LETTER, PACKET = "correct-", "letter-", "packet-"
"""How the names of the others begin."""
EFFECT = f"{PACKET}effect"
"""What it did to the child, in the packet."""
_CLAIM = f"{PACKET}claim-"


def of_correction(no: int | None) -> str:
    """The name for the correction of an entry."""
    return f"{CORRECTION}{no}"


def of_letter(no: int | None) -> str:
    """The name for the unsaved words of a letter."""
    return f"{LETTER}{no}"


def of_claim(number: int) -> str:
    """The name for the words of a claim, by its place in the packet."""
    return f"{_CLAIM}{number}"


def goes_on(name: str, case: Case) -> Entry | Letter | None:
    """The entry or the letter that a draft changes; None where the case has none of its number."""
    with suppress(NoSuchRecord):
        if name.startswith(CORRECTION):
            return case.numbered(name.removeprefix(CORRECTION), Entry)
        if name.startswith(LETTER):
            return case.numbered(name.removeprefix(LETTER), Letter)
    return None


def called(name: str) -> str:
    """A draft in words: the correction of entry 4, changes to letter 5."""
    if name == EFFECT:
        return "what it did to your child"
    for begins, words in ((CORRECTION, "the correction of entry"), (LETTER, "changes to letter"), (_CLAIM, "claim")):
        if name.startswith(begins):
            return f"{words} {name.removeprefix(begins)}"
    return name
