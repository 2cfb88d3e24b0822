"""Which letters fit what the case shows now, and why; the parent decides, and every other letter stays offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iepjournal.core.confirmations import unconfirmed
from iepjournal.core.dates import say
from iepjournal.core.letters import ANY_LETTER, TALK
from iepjournal.core.people import called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry, Letter
    from iepjournal.core.templates import Template

STEPS = {
    1: "Document",
    2: "Write",
    3: "Meeting",
    4: "Complaint",
    5: "Make up",
    0: "When it is needed",
}
"""The article's steps, by their numbers in the templates."""
MEETING_STEP = 3
ENGLISH = "en"


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """A letter that fits, and what in the case it fits."""

    template: Template
    why: str
    talk: Entry | None = None
    """The talk it would put in writing."""
    after: Letter | None = None
    """The letter it would follow."""


def fitting(templates: Iterable[Template], case: Case, now: datetime) -> tuple[Fitting, ...]:
    """The letters that answer something open in the case, in the language of the newest letter, one for each reason."""
    lang = case.letters[-1].lang.partition("-")[0] if case.letters else ENGLISH
    found: dict[str, Fitting] = {}
    for template in templates:
        if template.lang == lang:
            for fit in _reasons(template, case, now):
                found.setdefault(fit.why, fit)
    order = {True: 0, False: 1}
    return tuple(sorted(found.values(), key=lambda fit: order[fit.talk is not None]))


def confirming(templates: Iterable[Template], case: Case, talk: Entry) -> Template | None:
    """The letter that puts a talk in writing: the summary for a meeting, else the confirmation."""
    lang = case.letters[-1].lang.partition("-")[0] if case.letters else ENGLISH
    follow = [template for template in templates if template.follows == TALK]
    ranked = sorted(follow, key=lambda one: (one.lang != lang, (one.step == MEETING_STEP) != (talk.type == "meeting")))
    return next(iter(ranked), None)


def _reasons(template: Template, case: Case, now: datetime) -> Iterator[Fitting]:
    today = now.date()
    if template.follows == TALK:
        for talk in unconfirmed(case, now):
            if (template.step == MEETING_STEP) == (talk.entry.type == "meeting"):
                who = f" with {', '.join(called(one, case) for one in talk.entry.who)}" if talk.entry.who else ""
                why = f"{talk.entry.type}{who}, {say(talk.entry.happened_on, today)}: not confirmed"
                yield Fitting(template=template, why=why, talk=talk.entry)
                return
    elif template.follows:
        for letter in _unanswered(template, case, today):
            yield Fitting(template=template, why=f"letter {letter.no} has no answer: {letter.title}", after=letter)
            return
    elif why := _unasked(template, case):
        yield Fitting(template=template, why=why)


def _unanswered(template: Template, case: Case, today: date) -> Iterator[Letter]:
    """The letters it may follow whose day for an answer has passed, the newest first; each is followed once."""
    followed = {letter.answers for letter in case.letters}
    for letter in reversed(case.letters):
        fits = template.follows in (ANY_LETTER, letter.starts)
        is_silent = letter.reply_by is not None and letter.reply_by < today
        marks = {mark.what for mark in case.marks(letter.root)}
        if fits and is_silent and letter.root not in followed and "sent" in marks and "replied" not in marks:
            yield letter


def _unasked(template: Template, case: Case) -> str:
    """What the case shows that no letter of this kind was written about."""
    written = {letter.starts for letter in case.letters}
    if template.starts in written:
        return ""
    missed = sum(session.result == "missed" for session in case.sessions)
    if template.starts == "concern-sent" and missed:
        return f"{missed} session{'s' if missed > 1 else ''} not given, and not written about"
    if template.starts == "make-up-asked" and missed and "concern-sent" in written:
        return "no plan yet for what was not given"
    if template.starts == "wpn-demanded" and any(entry.type == "refused" for entry in case.entries):
        return "something was refused, and not in writing"
    if template.starts == "records-requested" and (case.entries or case.sessions):
        return "the school’s records were not asked for yet"
    return ""
