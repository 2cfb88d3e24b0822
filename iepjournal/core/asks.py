"""What a letter asks for, in its own words; which of it a reply answered, and what is still open.

A sent letter's words stay, so its asks keep their numbers. What no reply was said to answer is not taken for answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iepjournal.core.passages import passages, sentences
from iepjournal.errors import CannotUnderstand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from iepjournal.core.case import Case
    from iepjournal.core.records import Letter, Mark
    from iepjournal.core.words import Words

ALL, NONE = "all", "none"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing that a letter asks for."""

    no: int
    words: str
    """As the school reads it: of a letter in two languages, the English."""
    shown: str
    """As the parent reads it."""


def asks_of(letter: Letter, words: Words) -> tuple[Ask, ...]:
    """Everything a letter asks for; `words` are those of its language."""
    sent = _asked(letter.text, words, words.beside or words)
    shown = _asked(letter.text, words, words)
    if len(shown) != len(sent):
        shown = sent = sent or shown
    return tuple(Ask(no=no, words=one, shown=own) for no, (one, own) in enumerate(zip(sent, shown, strict=True), 1))


def chosen_asks(typed: str, asks: Collection[Ask]) -> tuple[Ask, ...]:
    """Those that were typed as `1,3`, `all` or `none`."""
    said = typed.strip().lower()
    if said in (ALL, NONE):
        return tuple(asks) if said == ALL else ()
    numbers = {number.strip() for number in said.split(",") if number.strip()}
    unknown = sorted(numbers - {str(one.no) for one in asks})
    if unknown or not numbers:
        there_is = f"1 to {len(asks)}, all, or none" if asks else "The letter asks for nothing that was found."
        raise CannotUnderstand("a question of the letter", ", ".join(unknown) or typed, f"There are: {there_is}.")
    return tuple(one for one in asks if str(one.no) in numbers)


def answering(mark: Mark, asks: Collection[Ask], answered: Collection[Ask]) -> Mark:
    """The mark of a reply that says what it answered and what it left open, both in the letter's words."""
    return mark.replace(
        answered=tuple(one.words for one in asks if one in answered),
        left_open=tuple(one.words for one in asks if one not in answered),
    )


def left_open(letter: Letter, case: Case) -> tuple[str, ...] | None:
    """What no reply answered yet; None while no reply says what it answered."""
    replies = [mark for mark in case.marks(letter.root) if mark.answered or mark.left_open]
    if not replies:
        return None
    answered = {words for mark in replies for words in mark.answered}
    return tuple(dict.fromkeys(words for mark in replies for words in mark.left_open if words not in answered))


def is_answered(ask: Ask, letter: Letter, case: Case) -> bool | None:
    """Whether a reply was said to answer it; None where none was said to, nor not to."""
    replies = case.marks(letter.root)
    if any(ask.words in mark.answered for mark in replies):
        return True
    return False if any(ask.words in mark.left_open for mark in replies) else None


def still_asked(letter: Letter, case: Case, words: Words) -> tuple[str, ...]:
    """What the next letter may ask again: all of it while there is no reply, else what the replies left open."""
    open_ones = left_open(letter, case)
    if open_ones is not None:
        return open_ones
    has_reply = any(mark.what == "replied" for mark in case.marks(letter.root))
    return () if has_reply else tuple(one.words for one in asks_of(letter, words))


def _asked(text: str, words: Words, language: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_asking(text, words, language)))


def _asking(text: str, words: Words, language: Words) -> Iterator[str]:
    """Sentences that ask, and of a list that is asked for its items; the sentence that leads to them asks no more."""
    lead, items = "", 0
    for passage in passages(text, words):
        if passage.words is not language:
            continue
        if passage.is_item and lead:
            items += 1
            yield _item(passage.plain)
            continue
        if lead and not items:
            yield lead
        lead, items = "", 0
        said = [_item(one) for one in sentences(passage) if language.asking.search(one)]
        if said and said[-1].endswith(":") and passage.plain.endswith(said[-1]):
            lead = said.pop()
        yield from said
    if lead and not items:
        yield lead


def _item(words: str) -> str:
    """An item by itself: without the comma or the “and” that joined it to the next; quoted, the words alone."""
    if words.startswith("“") and words.endswith("”"):
        return words[1:-1]
    for joined in ("; and", "; y", ";", ","):
        if words.endswith(joined):
            return words.removesuffix(joined)
    return words
