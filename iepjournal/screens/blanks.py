"""The blanks of a letter, asked for in a line, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.mending import blank_labels, sentence_around, with_blank_filled
from iepjournal.screens.dialogs import Tell
from iepjournal.widgets.typeset import fit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import App

    from iepjournal.core.records import Letter
    from iepjournal.core.words import Words

LONGEST_SENTENCE = 200
HINT = "Enter goes on; on nothing it stays blank."
KEPT_BY_THE_CASE = ("child.", "parent.", "school.")


async def ask(app: App[None], letter: Letter, words: Words, begin_with: str = "") -> AsyncIterator[Letter]:
    """Ask for every blank, and give the letter with each answer in it; Esc ends it, what was answered stays."""
    labels = blank_labels(letter)
    first = labels.index(begin_with) if begin_with in labels else 0
    for place, label in enumerate(labels[first:], start=first + 1):
        typed = await app.push_screen_wait(
            Tell(_question(letter, label, place, len(labels), words), hint=_hint(label, words))
        )
        if typed is None:
            return
        if typed:
            letter = with_blank_filled(letter, label, typed)
            yield letter


def _question(letter: Letter, label: str, place: int, count: int, words: Words) -> str:
    """Which blank it is, the sentence it stands in, and what belongs there."""
    number = f"Blank {place} of {count}: " if count > 1 else ""
    sentence = fit(sentence_around(letter, label, words), LONGEST_SENTENCE)
    asked = f"{number}{label}"
    return f"{asked}\n“{sentence}”" if sentence else asked


def _hint(label: str, words: Words) -> str:
    """What Enter does; and where it would be filled in for every letter, if the case has a place for it."""
    names = (name for name, said in words.tables["labels"].items() if said == label)
    if any(name.startswith(KEPT_BY_THE_CASE) for name in names):
        return f"{HINT}\nIt counts for this letter. Case (c) keeps it for all of them."
    return HINT
