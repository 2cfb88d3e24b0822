"""To whom a letter goes: its addressees and its copies, one person at a time, and the greeting that names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from iepjournal.core.letters import address_block, copy_line
from iepjournal.core.markdown import escaped
from iepjournal.core.records import Person
from iepjournal.core.sentences import salutation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iepjournal.core.case import Case
    from iepjournal.core.records import Letter
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words

Place = Literal["to", "cc", ""]
GREETING = "{{to.greeting}}"
NEAR_THE_TOP = 3
"""Paragraphs among which a greeting is looked for that has no words of its own."""


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """Somebody a letter may go to, and whether it does."""

    place: Place
    lines: str
    """The address as it stands, or would stand, on the letter; of a copy its one line."""
    person: Person | None = None
    """None where the letter names somebody who is not among the people of the case."""


@dataclass(frozen=True, kw_only=True)
class Greeting:
    """The line that greets, as it is and as the addressees would have it."""

    now: str
    then: str


def addressed(letter: Letter, case: Case) -> tuple[Addressed, ...]:
    """Everybody on the letter, then the other people of the case."""
    named = [_named(block, "to", case) for block in letter.to] + [_named(line, "cc", case) for line in letter.cc]
    there = {one.person.root for one in named if one.person}
    others = (person for person in case.people.values() if person.root not in there and (person.name or person.role))
    return (*named, *(Addressed(place="", lines=_block(person, case), person=person) for person in others))


def placed(letter: Letter, case: Case, one: Addressed, place: Place) -> Letter:
    """The letter with somebody addressed, given a copy or left out; the others stay as and where they stand."""
    to = [block for block in letter.to if one.place != "to" or block != one.lines]
    cc = [line for line in letter.cc if one.place != "cc" or line != one.lines]
    if place == "to":
        to.append(_block(one.person, case) if one.person else one.lines)
    elif place == "cc":
        cc.append(copy_line(one.person, case) if one.person else ", ".join(one.lines.split("\n")))
    return letter.replace(to=tuple(to), cc=tuple(cc))


def greeting(letter: Letter, case: Case, template: Template, words: Words) -> Greeting | None:
    """The greeting that no longer fits; None where it does, or where the text has none that its template knows."""
    people = [one.person or Person(handle="", name=one.lines.split("\n")[0]) for one in _addressees(letter, case)]
    names = escaped(words.listed([salutation(person, words) for person in people]))
    found = greeting_line(letter.text, template)
    if found is None or not names:
        return None
    then = found[0].replace(found["names"], names)
    return Greeting(now=found[0], then=then) if found[0] != then else None


def greeting_line(text: str, template: Template) -> re.Match[str] | None:
    """The line that greets, its `names` apart; one that is nothing but names only where a letter begins."""
    for before, after in _around_greeting(template):
        pattern = rf"^{re.escape(before)}(?P<names>.+){re.escape(after)}$"
        for found in re.finditer(pattern, text, re.MULTILINE):
            if before or text.count("\n\n", 0, found.start()) < NEAR_THE_TOP:
                return found
    return None


def _addressees(letter: Letter, case: Case) -> Iterator[Addressed]:
    return (one for one in addressed(letter, case) if one.place == "to")


def _named(lines: str, place: Place, case: Case) -> Addressed:
    """An address of the letter with the person it names: by name, or by role where they have no name."""
    first = lines.split("\n")[0] if place == "to" else lines
    people = case.people.values()
    person = next((one for one in people if one.name and _begins(first, one.name)), None) or next(
        (one for one in people if not one.name and one.role and _begins(first, one.role)), None
    )
    return Addressed(place=place, lines=lines, person=person)


def _begins(line: str, name: str) -> bool:
    return line == name or line.startswith(f"{name},")


def _block(person: Person, case: Case) -> str:
    return "\n".join(address_block(person, case))


def _around_greeting(template: Template) -> Iterable[tuple[str, str]]:
    """What stands before and after the names on the line that greets, for each of the template's texts."""
    lines = (line for body in template.bodies.values() for line in body.split("\n") if GREETING in line)
    return dict.fromkeys((before, after) for line in lines for before, _, after in [line.partition(GREETING)])
