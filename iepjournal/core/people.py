"""People of a case as they are called: under their handle, and by the short name a parent would use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iepjournal.core.records import Person
from iepjournal.errors import CannotUnderstand, NoSuchRecord

if TYPE_CHECKING:
    from iepjournal.core.case import Case

_HANDLE = r"\w(?:[\w-]*\w)?"
_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "coach", "principal", "sr", "sra", "srta"}


def new_handle(typed: str) -> str:
    """A handle that can be typed behind its mark: small letters, digits, dashes inside, and not a number alone."""
    handle = typed.strip().lstrip("@%").lower()
    if not re.fullmatch(_HANDLE, handle) or handle.isdigit() or handle == "none":
        raise CannotUnderstand("a handle", typed, "Use letters, digits and dashes, as in hill or hill-2.")
    return handle


def known_handle(typed: str, case: Case) -> str:
    """The handle of somebody in the case, typed with or without its mark."""
    handle = typed.strip().lstrip("@").lower()
    if handle not in case.people:
        hint = f"Add them with: iepjournal people add {handle or 'HANDLE'} --name NAME"
        raise NoSuchRecord("person", f"@{handle}", hint)
    return handle


def called(handle: str, case: Case) -> str:
    """Ms. Hill, also when she was taken off the list since; the handle where nobody has a name."""
    person = case.people.get(handle) or next(
        (former for former in reversed(case.with_struck(Person)) if former.handle == handle), None
    )
    return short_name(person) if person and person.name else f"@{handle}"


def short_name(person: Person) -> str:
    """Ms. Hill for Ms. Dana Hill; the whole name wherever leaving something out could be wrong."""
    words = person.name.split()
    if (
        len(words) == 3
        and words[0].rstrip(".").lower() in _TITLES
        and words[2].rstrip(".").lower() not in ("jr", "ii", "iii")
    ):
        return f"{words[0]} {words[2]}"
    return person.name
