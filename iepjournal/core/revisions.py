"""Revision: a new letter in place of one that was sent. It says which; the sent one keeps its text and its paper."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from iepjournal.core.markdown import escaped
from iepjournal.core.passages import passages
from iepjournal.core.records import Letter, Record
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words

GREETING, REPLY_BY = "{{to.greeting}}", "{{reply_by}}"
NEAR_THE_TOP = 3
"""Passages among which a greeting is looked for that is a name alone."""


def revision(
    letter: Letter, case: Case, kinds: Sequence[tuple[Template, Words]], today: date, reply_by: date | None
) -> Letter:
    """A new letter to the same people with the words of a sent one and a sentence that names it; not stored yet.

    `kinds` are its template and words, and those of the text beside it.
    """
    _refuse(letter, case)
    words, text, before = kinds[0][1], letter.text, letter_replaced(letter, case)
    for template, language in kinds:
        if before:
            text = text.replace(f"{_naming(before, case, language)}\n\n", "")
        text = _with_sentence(text, _naming(letter, case, language), template, language, words)
        text = _with_day(text, letter.reply_by, reply_by, template, language)
    first = letter
    while before := letter_replaced(first, case):
        first = before
    return letter.replace(
        **Record.DEFAULTS,
        title=words.form("replaces_title", title=first.title, day=words.full_date(letter.dated)),
        dated=today,
        text=text,
        reply_by=reply_by,
        replaces=letter.root,
    )


def letter_replaced(letter: Letter, case: Case) -> Letter | None:
    """The letter this one replaces."""
    found = case.by_root.get(letter.replaces)
    return found if isinstance(found, Letter) else None


def replacement(letter: Letter, case: Case) -> Letter | None:
    """The letter that replaces this one, sent or still a draft."""
    return next((one for one in reversed(case.letters) if letter.root and one.replaces == letter.root), None)


def replaced_on(letter: Letter, case: Case) -> date | None:
    """The day on which the letter that replaces this one went out."""
    after = replacement(letter, case)
    return _sent_on(after, case) if after else None


def _refuse(letter: Letter, case: Case) -> None:
    if _sent_on(letter, case) is None:
        raise NotAllowed(f"Letter {letter.no} was not sent yet.", "Its own text can still be changed.")
    if after := replacement(letter, case):
        begun = "was begun" if _sent_on(after, case) is None else "was sent"
        raise NotAllowed(f"Letter {after.no} {begun} in its place.", "Go on with that one; nothing was written.")


def _sent_on(letter: Letter, case: Case) -> date | None:
    return next((mark.on for mark in case.marks(letter.root) if mark.what == "sent"), None)


def _naming(letter: Letter, case: Case, words: Words) -> str:
    """“This letter replaces my letter of November 13, 2026 (“...”).”, with the day it went out if that is another."""
    sent_on = _sent_on(letter, case) or letter.dated
    form = "replaces" if sent_on == letter.dated else "replaces_sent"
    day, sent = words.full_date(letter.dated), words.full_date(sent_on)
    return words.form(form, day=day, title=escaped(letter.title), sent=sent)


def _with_sentence(text: str, sentence: str, template: Template, language: Words, words: Words) -> str:
    """The sentence as a paragraph of its own after the greeting; at the top where the letter greets nobody."""
    for line in _lines_with(GREETING, template):
        greeting = re.escape(line).replace(re.escape(GREETING), ".+")
        there = passages(text, words)
        for passage in islice(there, NEAR_THE_TOP) if line.startswith(GREETING) else there:
            if re.fullmatch(greeting, passage.text.strip()):
                return f"{text[: passage.end]}\n\n{sentence}{text[passage.end :]}"
    return f"{sentence}\n\n{text}" if language is words else text


def _with_day(text: str, before: date | None, after: date | None, template: Template, words: Words) -> str:
    """The new day for an answer, where the letter names the old one as its template does; other days stay."""
    if before is None or after is None:
        return text
    for line in _lines_with(REPLY_BY, template):
        for lead in re.findall(rf"(\S+ ){re.escape(REPLY_BY)}", line):
            text = text.replace(f"{lead}{words.full_date(before)}", f"{lead}{words.full_date(after)}")
    return text


def _lines_with(blank: str, template: Template) -> Iterator[str]:
    return (line for body in template.bodies.values() for line in body.split("\n") if blank in line)
