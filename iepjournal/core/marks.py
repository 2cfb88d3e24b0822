"""The marks of a quick line: @person #tag !type %service, read from a text against what the case knows.

Known marks at the start and at the end of the text are taken out; inside a sentence they are read and stay. One that
nobody knows stays wherever it is, and is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iepjournal.core.records import ENTRY_TYPES, Service
from iepjournal.core.values import Value
from iepjournal.errors import CannotUnderstand, NoSuchRecord

if TYPE_CHECKING:
    from iepjournal.core.case import Case

MARK = r"[@#!%]\w(?:[\w-]*\w)?"
"""What looks like a mark, as the source of a regular expression."""
_MARK_ANYWHERE = rf"(?<![^\s(\"“‘'])({MARK})"

TYPE_ALIASES = {
    "saw": "observed",
    "phone": "call",
    "vm": "voicemail",
    "refusal": "refused",
    "emailed": "email-out",
    "mailed": "letter-out",
}
_SHORTEST_PREFIX = 3


class Marks(Value):
    """What the marks of a text say, and the text without those at its ends."""

    text: str
    type: str
    service: str
    who: tuple[str, ...]
    tags: tuple[str, ...]
    notes: tuple[str, ...]


def read_marks(text: str, case: Case) -> Marks:
    """Read every mark; what stands at an end and is known leaves the text."""
    reader = _Reader(case)
    for mark in re.findall(_MARK_ANYWHERE, text):
        reader.read(mark)
    return Marks(
        text=_without_ends(text, reader),
        type=reader.type,
        service=reader.service,
        who=tuple(reader.who),
        tags=tuple(reader.tags),
        notes=tuple(reader.notes),
    )


def entry_type(typed: str) -> str:
    """The type of entry that is meant: its name, another word for it, or its first letters."""
    meant = _types_meant(typed)
    if len(meant) == 1:
        return meant[0]
    hint = f"Is it {' or '.join(meant)}?" if meant else f"Types: {', '.join(ENTRY_TYPES)}."
    raise CannotUnderstand("a type of entry", typed, hint)


def known_service(typed: str, case: Case) -> str:
    """The handle of a service of the IEP, typed with or without its mark."""
    handle = typed.strip().lstrip("%").lower()
    known = {service.handle for service in case.all(Service)}
    if handle not in known:
        hint = f"There are: {', '.join(sorted(known))}." if known else "No service is set up yet."
        raise NoSuchRecord("service", f"%{handle}", hint)
    return handle


class _Reader:
    """Collects what marks say, in the order they are met; the first type and the first service count."""

    def __init__(self, case: Case) -> None:
        self.people = case.people
        self.services = {service.handle for service in case.all(Service)}
        self.type = self.service = ""
        self.who: dict[str, None] = {}
        self.tags: dict[str, None] = {}
        self.notes: dict[str, None] = {}

    def knows(self, mark: str) -> bool:
        """Whether it can be taken out of the text, since its meaning is kept elsewhere."""
        sign, name = mark[0], mark[1:].lower()
        if sign == "#":
            return not name.isdigit()
        if sign == "!":
            return len(_types_meant(name)) == 1
        return name in (self.people if sign == "@" else self.services)

    def read(self, mark: str) -> None:
        """Take over what it says; what is not known or not possible is noted."""
        sign, name = mark[0], mark[1:].lower()
        if not self.knows(mark):
            if not name.isdigit():
                self.notes[f"{_unknown(sign, mark)}; it stays in the text."] = None
        elif sign == "#":
            self.tags[name] = None
        elif sign == "@":
            self.who[name] = None
        elif sign == "!":
            meant = _types_meant(name)[0]
            self.type = self.type or meant
            if meant != self.type:
                self.notes[f"An entry has one type, here {self.type}; {mark} was passed over."] = None
        else:
            self.service = self.service or name
            if name != self.service:
                self.notes[f"An entry has one service, here %{self.service}; {mark} was passed over."] = None


def _unknown(sign: str, mark: str) -> str:
    if sign == "@":
        return f"Nobody here is {mark} yet"
    if sign == "%":
        return f"No service is {mark}"
    meant = _types_meant(mark)
    return f"{mark} may be {' or '.join(meant)}" if meant else f"{mark} is no type of entry"


def _without_ends(text: str, reader: _Reader) -> str:
    """The text between the known marks at its start, their colon included, and those at its end."""
    words = text.split()
    first, last, taken = 0, len(text), 0
    for word in words:
        mark = word.removesuffix(":")
        if not re.fullmatch(MARK, mark) or not reader.knows(mark):
            break
        first, taken = text.index(word, first) + len(word), taken + 1
        if mark != word:
            break
    for word in reversed(words[taken:]):
        if not re.fullmatch(MARK, word) or not reader.knows(word):
            break
        last = text.rindex(word, first, last)
    return text[first:last].strip()


def _types_meant(typed: str) -> list[str]:
    name = "-".join(typed.lower().lstrip("!").replace("_", " ").split())
    if name in ENTRY_TYPES or name in TYPE_ALIASES:
        return [TYPE_ALIASES.get(name, name)]
    return [known for known in ENTRY_TYPES if known.startswith(name)] if len(name) >= _SHORTEST_PREFIX else []
