"""The word lists that pyspellchecker brings with it: read when spelling is first looked at, never from the network."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spellchecker import SpellChecker

    from iepjournal.core.spelling import WordList

ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "úü", "n": "ñ"}


@cache
def word_list(lang: str) -> WordList | None:
    """The words of a letter's language; None where there is no list for it."""
    lists = {"en-US": ("en", _Listed), "es-US": ("es", _Sparse)}
    if lang not in lists:
        return None
    from spellchecker import SpellChecker

    language, kind = lists[lang]
    return kind(SpellChecker(language=language))


class _Listed:
    """A list that has nearly every form of a word: what is not in it is doubted."""

    def __init__(self, speller: SpellChecker) -> None:
        self._speller = speller
        self._near: dict[str, tuple[str, ...]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._speller

    def near(self, word: str) -> tuple[str, ...]:
        """Known words that may have been meant: those a common slip away first, then the commonest."""
        if word not in self._near:
            found = self._speller.known(self._slips(word))
            usage, common = self._speller.word_usage_frequency, set(_common_slips(word))
            self._near[word] = tuple(sorted(found, key=lambda one: (one not in common, -usage(one), one)))
        return self._near[word]

    def _slips(self, word: str) -> Iterable[str]:
        """Words one slip away; where there are none, those one slip away from another that is common."""
        once: set[str] = self._speller.edit_distance_1(word)
        if self._speller.known(once):
            return once
        return chain.from_iterable(map(self._speller.edit_distance_1, _common_slips(word)))


class _Sparse(_Listed):
    """A list that lacks plurals and forms of verbs: only a word that a common slip away is a known one is doubted."""

    def __contains__(self, word: str) -> bool:
        return super().__contains__(word) or not self.near(word)

    def _slips(self, word: str) -> Iterator[str]:
        """The common ones, and an accent left out."""
        yield from _common_slips(word)
        for at, letter in enumerate(word):
            yield from (word[:at] + accented + word[at + 1 :] for accented in ACCENTS.get(letter, ""))


def _common_slips(word: str) -> Iterator[str]:
    """Two letters in the wrong order, one of two left out, one typed twice."""
    for at, letter in enumerate(word):
        before, after = word[:at], word[at + 1 :]
        yield before + letter * 2 + after
        if after and after[0] == letter:
            yield before + after
        elif after:
            yield before + after[0] + letter + after[1:]
