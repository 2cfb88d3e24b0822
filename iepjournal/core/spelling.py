"""Spelling doubts: words of a letter that no word list knows. Each is a doubt, never a mistake; few, rather than all.

Names are left alone: those of the case, and whatever has a capital inside a sentence. So are quoted words, and
paragraphs in a language that no list knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from iepjournal.core.passages import passages
from iepjournal.core.quotes import unquoted
from iepjournal.core.records import Entry, Goal, Letter, Person, Profile, Service

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from iepjournal.core.case import Case
    from iepjournal.core.passages import Passage
    from iepjournal.core.words import Words

MOST_CORRECTIONS = 3
SHORTEST = 3
"""Letters of a word that is looked at."""
FEWEST_WORDS = 5
"""Of a paragraph whose language can be told by how many of its words are known."""
KEY = "spelling: "
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_PROSE = re.compile(r"\[ [^\[\]\n]* \]|\S*(?:@|://|www\.)\S*|\S*\d\S*")
"""Blanks, addresses, numbers."""
_CAPITAL_INSIDE = re.compile(r"(?<=[a-záéíóúñ,;] )[A-ZÁÉÍÓÚÑ][\w’'-]+")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?:]['’\"”)]*\s+|^\s*(?:[-*#>]|\d+[.)])+\s+|[“\"¿¡(*]+)$", re.MULTILINE)


class WordList(Protocol):
    """The words of one language."""

    def __contains__(self, word: str) -> bool: ...

    def near(self, word: str) -> tuple[str, ...]:
        """Known words that may have been meant, the likeliest first."""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A word that no list knows, and where it stands."""

    word: str
    start: int
    end: int
    line: int
    """From 1."""
    corrections: tuple[str, ...] = ()
    """At most three."""

    @property
    def key(self) -> str:
        """What it is allowed by."""
        return f"{KEY}{self.word.lower()}"


def doubts(text: str, words: Words, lists: Mapping[str, WordList], known: Collection[str] = ()) -> tuple[Doubt, ...]:
    """The doubts of a text, each word once; `lists` by language, `known` are words in small letters that are right."""
    prose = _NO_PROSE.sub(lambda found: " " * len(found[0]), unquoted(text))
    found: dict[str, Doubt] = {}
    for passage in passages(prose, words):
        languages = [passage.words.lang, *([words.beside.lang] if words.beside else [])]
        speller = _Speller([lists[lang] for lang in dict.fromkeys(languages) if lang in lists], frozenset(known))
        for doubt in speller.of(passage, text):
            found.setdefault(doubt.key, doubt)
    return tuple(found.values())


def known_words(case: Case, words: Words) -> frozenset[str]:
    """What is right in this case: its names, what its journal writes with a capital, and what the parent let stand."""
    named = " ".join(_named(case))
    written = (entry.text for entry in case.all(Entry))
    capitals = (name for text in written for name in _CAPITAL_INSIDE.findall(text))
    allowed = (word for letter in case.all(Letter) for word in spelled_right(letter))
    pieces = (piece for name in (named, *capitals) for piece in _WORD.findall(name))
    said = (piece for one in (words, words.beside) if one for phrase in _said(one) for piece in _WORD.findall(phrase))
    own = words.known | (words.beside.known if words.beside else frozenset())
    return frozenset(_bare(piece.lower()) for piece in (*pieces, *said)) | frozenset(allowed) | own


def _said(words: Words) -> Iterator[str]:
    """What a letter is filled with: an entry keeps its words, and what leads to them may be in the other language."""
    yield from (*words.months, *words.weekdays)
    for table in words.tables.values():
        yield from table.values()


def spelled_right(letter: Letter) -> frozenset[str]:
    """The words of which the parent said in this letter that they are right."""
    return frozenset(key.removeprefix(KEY) for key in letter.allowed if key.startswith(KEY))


def _named(case: Case) -> Iterator[str]:
    for profile in case.all(Profile):
        child, parent, school = profile.child, profile.parent, profile.school
        yield from (child.name, child.address, child.contact, parent.name, parent.address)
        yield from (school.name, school.district, school.address)
    for person in case.all(Person):
        yield from (person.name, person.role, person.address, person.handle)
    for service in case.all(Service):
        yield from (service.name, service.words, service.setting)
    yield from (goal.text for goal in case.all(Goal))


class _Speller:
    """Looks at one paragraph with the lists of its languages, its own first."""

    def __init__(self, lists: Sequence[WordList], known: frozenset[str]) -> None:
        self.lists, self.known = lists, known

    def of(self, passage: Passage, text: str) -> Iterator[Doubt]:
        looked_at = [found for found in _WORD.finditer(passage.text) if self._is_prose(found, passage.text)]
        unknown = [found for found in looked_at if not self._knows(found[0])]
        if not self.lists or (len(looked_at) >= FEWEST_WORDS and len(unknown) * 2 > len(looked_at)):
            return
        for found in unknown:
            start, end = passage.start + found.start(), passage.start + found.end()
            corrections = self._corrections(found[0])
            if found[0].islower() or corrections:
                yield Doubt(
                    word=found[0],
                    start=start,
                    end=end,
                    line=text.count("\n", 0, start) + 1,
                    corrections=corrections,
                )

    def _is_prose(self, found: re.Match[str], text: str) -> bool:
        """Not a name: a capital only where a sentence begins, and none inside."""
        word = found[0]
        if len(word) < SHORTEST or any(letter.isupper() for letter in word[1:]):
            return False
        return word.islower() or _STARTS_SENTENCE.search(text[: found.start()]) is not None

    def _knows(self, word: str) -> bool:
        plain = word.lower().replace("’", "'")
        forms = {plain, _bare(plain)}
        return any(form in self.known or any(form in one for one in self.lists) for form in forms)

    def _corrections(self, word: str) -> tuple[str, ...]:
        near = self.lists[0].near(_bare(word.lower().replace("’", "'")))
        ending = "’s" if re.search(r"['’]s$", word) else ""
        fitting = (f"{one.capitalize() if word[0].isupper() else one}{ending}" for one in near)
        return tuple(fitting)[:MOST_CORRECTIONS]


def _bare(word: str) -> str:
    """Without the ending that says whose."""
    return re.sub(r"['’]s?$", "", word)
