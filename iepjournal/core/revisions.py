"""Revision: a new letter in place of one that was sent. It says which; the sent one keeps its text and its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.addressing import greeting_line
from iepjournal.core.dating import redated
from iepjournal.core.markdown import escaped
from iepjournal.core.records import Letter, Record
from iepjournal.core.replacements import letter_replaced, replacement, sent_on
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words


def revision(
    letter: Letter, case: Case, kinds: Sequence[tuple[Template, Words]], today: date, reply_by: date | None
) -> Letter:
    """A new letter to the same people with the words of a sent one and a sentence that names it; not stored yet.

    `kinds` are its template and words, and those of the text beside it.
    """
    _refuse(letter, case)
    words, before = kinds[0][1], letter_replaced(letter, case)
    anew = redated(letter, case, kinds, today, reply_by)
    text = anew.text
    for template, language in kinds:
        if before:
            text = text.replace(f"{_naming(before, case, language)}\n\n", "")
        text = _with_sentence(text, _naming(letter, case, language), template, is_own=language is words)
    first = letter
    while before := letter_replaced(first, case):
        first = before
    return anew.replace(
        **Record.DEFAULTS,
        text=text,
        title=words.form("replaces_title", title=first.title, day=words.full_date(letter.dated)),
        replaces=letter.root,
    )


def _refuse(letter: Letter, case: Case) -> None:
    if sent_on(letter, case) is None:
        raise NotAllowed(f"Letter {letter.no} was not sent yet.", "Its own text can still be changed.")
    if after := replacement(letter, case):
        begun = "was begun" if sent_on(after, case) is None else "was sent"
        raise NotAllowed(f"Letter {after.no} {begun} in its place.", "Go on with that one; nothing was written.")


def _naming(letter: Letter, case: Case, words: Words) -> str:
    """“This letter replaces my letter of November 13, 2026 (“...”).”, with the day it went out if that is another."""
    went_out = sent_on(letter, case) or letter.dated
    form = "replaces" if went_out == letter.dated else "replaces_sent"
    day, sent = words.full_date(letter.dated), words.full_date(went_out)
    return words.form(form, day=day, title=escaped(letter.title), sent=sent)


def _with_sentence(text: str, sentence: str, template: Template, *, is_own: bool) -> str:
    """The sentence as a paragraph of its own after the greeting; at the top where the letter greets nobody."""
    if found := greeting_line(text, template):
        return f"{text[: found.end()]}\n\n{sentence}{text[found.end() :]}"
    return f"{sentence}\n\n{text}" if is_own else text
