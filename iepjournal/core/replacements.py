"""Replacements: which letter stands in for which, and since when. Writes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.records import Letter

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.case import Case


def letter_replaced(letter: Letter, case: Case) -> Letter | None:
    """The letter this one replaces."""
    found = case.by_root.get(letter.replaces)
    return found if isinstance(found, Letter) else None


def replacement(letter: Letter, case: Case) -> Letter | None:
    """The letter that replaces this one, sent or still a draft."""
    return next((one for one in reversed(case.letters) if letter.root and one.replaces == letter.root), None)


def replaced_on(letter: Letter, case: Case) -> date | None:
    """The day on which the letter that replaces this one went out."""
    after = replacement(letter, case)
    return sent_on(after, case) if after else None


def sent_on(letter: Letter, case: Case) -> date | None:
    """The first day it went out."""
    return next((mark.on for mark in case.marks(letter.root) if mark.what == "sent"), None)
