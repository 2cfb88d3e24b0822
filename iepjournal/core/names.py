"""Names in a text that belong to nobody in the case: found for the parent to look at, and replaced on wish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iepjournal.core.case import Case
    from iepjournal.core.kit import Kit
    from iepjournal.core.records import Alias
    from iepjournal.core.words import Words

_CAPITALIZED = r"[A-ZÀ-ÖØ-Þ][\w’'-]*[a-zß-öø-ÿ]"
_WORD = re.compile(rf"\b{_CAPITALIZED}\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n])[\s\"“‘(*-]*$|[\"“]$")
_POSSESSIVE = re.compile(r"[’']s$")


def strange_names(texts: Iterable[str], case: Case, kit: Kit, words: Words) -> tuple[str, ...]:
    """Each name, with its title, that no person or place of the case has; in the order of first mention."""
    titled = re.compile(rf"\b(?:(?:{'|'.join(kit.titles)})\.? )?{_CAPITALIZED}(?: {_CAPITALIZED})*")
    known = _known(case, kit, words)
    texts = tuple(texts)
    small = {word for text in texts for word in re.findall(r"\b[a-zß-öø-ÿ]+\b", text)}
    found: dict[str, None] = {}
    for text in texts:
        for several in titled.finditer(text):
            name = _POSSESSIVE.sub("", several[0])
            begins = several[0].split()[0] if _SENTENCE_START.search(text[: several.start()]) else ""
            strange = [
                word
                for word in _WORD.findall(name)
                if _bare(word) not in known and not (word == begins and word.lower() in small)
            ]
            if strange:
                found[_trimmed(name, strange, kit)] = None
    return tuple(found)


def renamed(text: str, names: Iterable[Alias]) -> str:
    """The text with what stands in place of each name, longer names first."""
    for alias in sorted(names, key=lambda alias: -len(alias.name)):
        if alias.becomes:
            text = re.sub(rf"(?<!\w){re.escape(alias.name)}(?!\w)", alias.becomes.replace("\\", r"\\"), text)
    return text


def _trimmed(name: str, strange: list[str], kit: Kit) -> str:
    """From its title, or its first strange word, to its last strange word."""
    parts = name.split()
    first = next(n for n, part in enumerate(parts) if part in strange or _POSSESSIVE.sub("", part) in strange)
    if first and parts[first - 1].rstrip(".") in kit.titles:
        first -= 1
    last = max(n for n, part in enumerate(parts) if _POSSESSIVE.sub("", part) in strange or part in strange)
    return " ".join(parts[first : last + 1])


def _known(case: Case, kit: Kit, words: Words) -> frozenset[str]:
    profile = case.profile
    named = (
        profile.child.name, profile.parent.name, profile.school.name, profile.school.district,
        profile.child.address, profile.parent.address, profile.school.address,
        *(text for person in case.people.values() for text in (person.name, person.role, person.handle.title())),
        *words.months, *words.weekdays, *(month[:3] for month in words.months), *words.titles, *kit.titles,
        *words.acronyms, *kit.not_names,
    )  # fmt: skip
    return frozenset(_bare(word) for text in named for word in re.findall(r"[\w’'-]+", text))


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word).lower()
