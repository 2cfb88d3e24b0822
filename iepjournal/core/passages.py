"""A letter's text as passages: paragraphs and items of lists, each in its language, and their sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iepjournal.core.words import Words

_ITEM = r"(?:[-*]|\d+[.)])\s"
_PASSAGE = re.compile(rf"(?:(?!\n\s*(?:\n|{_ITEM})).)+", re.DOTALL)
"""Lines up to the next empty one or the next item of a list."""
_IS_ITEM = re.compile(rf"\A\s*{_ITEM}")
_END = re.compile(r"[.?!][”\"»’')*]*(?=\s+[^\sa-z]|\s*$)")
"""Where a sentence may end: before a capital letter, a number or the end."""
_LAST_WORD = re.compile(r"\S+$")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A paragraph or an item, and where it stands in the text."""

    text: str
    start: int
    words: Words
    """Those of its language."""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return _IS_ITEM.match(self.text) is not None

    @property
    def plain(self) -> str:
        """Its words on one line, without the marks of Markdown."""
        return plain(_IS_ITEM.sub("", self.text, count=1))


def plain(markdown: str) -> str:
    """Words on one line, without stars and backslashes."""
    return " ".join(re.sub(r"\\(?=\W)|\*", "", markdown).split())


def passages(text: str, words: Words) -> Iterator[Passage]:
    """Every passage; where the letter has a second language, each in the one it sounds like, or in that before it."""
    language = words
    for found in _PASSAGE.finditer(text):
        language = _language(found[0], words, language)
        yield Passage(text=found[0], start=found.start(), words=language)


def by_language(text: str, words: Words) -> Iterator[tuple[int, int, Words]]:
    """The stretches of a text that are in one language, from start to end."""
    start, language = 0, words
    for passage in passages(text, words):
        if passage.words is not language:
            yield start, passage.start, language
            start, language = passage.start, passage.words
    yield start, len(text), language


def sentences(passage: Passage) -> Iterator[str]:
    """What it says, sentence by sentence; an abbreviation ends none."""
    start, text = 0, passage.plain
    for found in _END.finditer(text):
        last = _LAST_WORD.search(text[: found.start() + 1])
        if found.end() < len(text) and last and last[0].lstrip("(“\"'‘«¿") in passage.words.abbreviations:
            continue
        yield text[start : found.end()].strip()
        start = found.end()
    if text[start:].strip():
        yield text[start:].strip()


def _language(text: str, words: Words, before: Words) -> Words:
    if words.beside is None:
        return words
    spoken = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    own, other = (sum(word in one.common for word in spoken) for one in (words, words.beside))
    if own == other:
        return before
    return words if own > other else words.beside
