"""The stranger test: what somebody who knows nothing of the case finds in a letter's text alone, and in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from iepjournal.core.asks import asks_of
from iepjournal.core.passages import by_language, plain
from iepjournal.core.records import Service
from iepjournal.core.sentences import in_a_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iepjournal.core.case import Case
    from iepjournal.core.records import Letter
    from iepjournal.core.words import Words

WHO, SERVICE, DATES, ASKED, BY_WHEN, ATTACHED = "who", "service", "dates", "asked", "by_when", "attached"
NOT_IN_THE_TEXT = "not in the text"
SHOWN = 3
"""How many of the words that answer a question are shown in a line."""
LONGEST_SHOWN = 90


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A question and the words of the text that answer it; none where nothing does."""

    id: str
    question: str
    words: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """The first of them, and how many more there are."""
        more = len(self.words) - SHOWN
        shown = " · ".join(shorten(words, LONGEST_SHOWN, placeholder=" …") for words in self.words[:SHOWN])
        return f"{shown} · {more} more" if more > 0 else shown or NOT_IN_THE_TEXT


def stranger_test(letter: Letter, case: Case, words: Words) -> tuple[Answer, ...]:
    """Each question in the parent's language, answered from the text the school reads."""
    text, read = _as_read(letter.text, words)
    found = {
        WHO: _names(text, case),
        SERVICE: _services(text, case) or _matches(SERVICE, text, read),
        DATES: _dates(text, case, read),
        ASKED: tuple(ask.words for ask in asks_of(letter, words)) or _matches(ASKED, text, read),
        BY_WHEN: _matches(BY_WHEN, text, read),
        ATTACHED: _matches(ATTACHED, text, read),
    }
    return tuple(Answer(id=one, question=words.stranger[one][0], words=answer) for one, answer in found.items())


def _as_read(text: str, words: Words) -> tuple[str, Words]:
    """Of a letter in two languages the reader's part, and its words."""
    if words.beside:
        read = "\n".join(text[start:end] for start, end, language in by_language(text, words) if language is not words)
        if read.strip():
            return read, words.beside
    return text, words


def _names(text: str, case: Case) -> tuple[str, ...]:
    """The child, and with it who writes; a letter that does not name the child says nothing of whom it is about."""
    child = _first_said((case.profile.child.name, *case.profile.child.name.split()[:1]), text)
    return tuple(filter(None, (child, _first_said((case.profile.parent.name,), text)))) if child else ()


def _first_said(names: Iterable[str], text: str) -> str:
    return next((name for name in names if name and re.search(rf"\b{re.escape(name)}\b", plain(text))), "")


def _services(text: str, case: Case) -> tuple[str, ...]:
    names = dict.fromkeys(in_a_sentence(one.name) for one in case.all(Service) if one.name)
    return tuple(name for name in names if re.search(rf"\b{re.escape(name)}\b", plain(text), re.IGNORECASE))


def _dates(text: str, case: Case, words: Words) -> tuple[str, ...]:
    """The days it tells of: not the child’s birthday, nor the day by which an answer is asked for."""
    born = case.profile.child.birth_date
    others = (*_matches(BY_WHEN, text, words), words.full_date(born) if born else "")
    return tuple(day for day in _matches(DATES, text, words) if not any(other.endswith(day) for other in others))


def _matches(question: str, text: str, words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_found(words.stranger[question][1], text)))


def _found(pattern: str, text: str) -> Iterator[str]:
    for line in re.split(r"\n\s*\n|\n(?=\s*[-*] )", text):
        for found in re.finditer(pattern, plain(line), re.IGNORECASE):
            yield found[0].strip()
