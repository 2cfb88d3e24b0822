"""A letter's own days: its date, and the day it asks an answer for. A draft that was left lying is moved on as a whole.

Only what the template says of these days is changed in the text, where it says it; every other date stays.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from iepjournal.core.dates import full_date
from iepjournal.core.findings import Finding
from iepjournal.core.records import Letter
from iepjournal.core.replacements import sent_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words

WHERE = "date"
_BESIDE = {
    "today": r"((?:[^\s{}]+ ){2})\{\{%s\}\}()",
    "before.waiting": r"()\{\{%s\}\}( \w+)",
}
"""The words beside each blank by which it is known again: two before a date that may be said of other things too."""
LONGEST_REST = timedelta(days=3)
"""A letter may rest before it goes out."""


def redated(
    letter: Letter, case: Case, kinds: Sequence[tuple[Template, Words]], today: date, reply_by: date | None
) -> Letter:
    """The letter as of another day; `kinds` are its template and words, and those of the text beside it."""
    text = letter.text
    for template, words in kinds:
        text = _said_anew(text, template, "today", words.full_date(letter.dated), words.full_date(today))
        if letter.reply_by and reply_by:
            text = _asked_anew(text, words, letter.reply_by, reply_by)
        if went_out := _followed_since(letter, case):
            before, after = (words.amount((day - went_out).days, "days") for day in (letter.dated, today))
            text = _said_anew(text, template, "before.waiting", before, after)
    return letter.replace(text=text, dated=today, reply_by=reply_by if letter.reply_by else None)


def stale(letter: Letter, today: date) -> Iterator[Finding]:
    """What a draft says of its own days that is no longer so."""
    if letter.dated < today - LONGEST_REST or (letter.reply_by and letter.reply_by <= today):
        asked = f" and asks for an answer by {full_date(letter.reply_by)}" if letter.reply_by else ""
        yield Finding(
            level="warn",
            where=WHERE,
            message=f"It is dated {full_date(letter.dated)}{asked}; today is {full_date(today)}.",
            suggestion=f"Date it today, with: iepjournal letter redate {letter.no}",
            key=f"date: {letter.dated}",
        )


def _followed_since(letter: Letter, case: Case) -> date | None:
    """When the letter this one follows went out."""
    followed = case.by_root.get(letter.answers)
    return (sent_on(followed, case) or followed.dated) if isinstance(followed, Letter) else None


def _asked_anew(text: str, words: Words, before: date, after: date) -> str:
    """The new day wherever the text says by when, as the stranger test knows it, and names the old one."""
    old, new = words.full_date(before), words.full_date(after)
    by_when = re.compile(words.stranger["by_when"][1], re.IGNORECASE)
    return by_when.sub(lambda found: re.sub(rf"(?<!\d){re.escape(old)}", new, found[0]), text)


def _said_anew(text: str, template: Template, name: str, before: str, after: str) -> str:
    """The text with new words for a blank, wherever they stand between the words that are beside it in the template."""
    for body in template.bodies.values():
        for lead, trail in re.findall(_BESIDE[name] % re.escape(name), body):
            pattern = rf"(?<!\w){re.escape(lead)}{re.escape(before)}{re.escape(trail)}(?!\w)"
            text = re.sub(pattern, f"{lead}{after}{trail}".replace("\\", r"\\"), text)
    return text
