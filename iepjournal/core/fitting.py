"""Which letters fit what the case shows now, and why; the parent decides, and every other letter stays offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iepjournal.core.asks import left_open
from iepjournal.core.confirmations import unconfirmed
from iepjournal.core.dates import say
from iepjournal.core.letters import ANSWERED, ANY_LETTER, TALK, may_follow
from iepjournal.core.people import called
from iepjournal.core.plurals import many
from iepjournal.core.records import Letter
from iepjournal.core.rules import RECEIPT
from iepjournal.core.sessions import EXCUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from iepjournal.core.case import Case
    from iepjournal.core.due import Deadline
    from iepjournal.core.records import Entry
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


def fitting(
    templates: Iterable[Template], case: Case, now: datetime, due: Iterable[Deadline] = ()
) -> tuple[Fitting, ...]:
    """The letters that answer something open in the case, in the language of the newest letter, one for each reason.

    `due` are the case's deadlines: where a letter is the next one after a date of the rules, that date decides.
    """
    late = tuple(_late_by_every_count(tuple(due), now.date()))
    lang = case.letters[-1].lang.partition("-")[0] if case.letters else ENGLISH
    found: dict[str, Fitting] = {}
    for template in templates:
        if template.lang == lang:
            for fit in _reasons(template, case, now, late):
                found.setdefault(fit.why, fit)
    order = {True: 0, False: 1}
    return tuple(sorted(found.values(), key=lambda fit: order[fit.talk is not None]))


def confirming(templates: Iterable[Template], case: Case, talk: Entry) -> Template | None:
    """The letter that puts a talk in writing: the summary for a meeting, else the confirmation."""
    lang = case.letters[-1].lang.partition("-")[0] if case.letters else ENGLISH
    follow = [template for template in templates if template.follows == TALK]
    ranked = sorted(follow, key=lambda one: (one.lang != lang, (one.step == MEETING_STEP) != (talk.type == "meeting")))
    return next(iter(ranked), None)


def _reasons(template: Template, case: Case, now: datetime, late: Sequence[Deadline]) -> Iterator[Fitting]:
    today = now.date()
    if template.follows == TALK:
        for talk in unconfirmed(case, now):
            if (template.step == MEETING_STEP) == (talk.entry.type == "meeting"):
                who = f" with {', '.join(called(one, case) for one in talk.entry.who)}" if talk.entry.who else ""
                why = f"{talk.entry.type}{who}, {say(talk.entry.happened_on, today)}: not confirmed"
                yield Fitting(template=template, why=why, talk=talk.entry)
                return
    elif template.follows in (ANY_LETTER, ANSWERED):
        for letter in _unmet(template, case, today):
            yield Fitting(template=template, why=_why(letter, case), after=letter)
            return
    elif template.follows:
        for one in late:
            sent = case.by_root.get(one.record)
            if one.rule.next_letter == template.name and isinstance(sent, Letter) and _is_free(sent, case):
                why = f"{one.rule.title}: that was due {say(one.due or today, today)} (letter {sent.no})"
                yield Fitting(template=template, why=why, after=sent)
                return
    elif why := _unasked(template, case):
        yield Fitting(template=template, why=why)


def _unmet(template: Template, case: Case, today: date) -> Iterator[Letter]:
    """The letters it may follow, the newest first: not answered by the day asked for, or not wholly."""
    for letter in reversed(case.letters):
        if may_follow(template, letter, case) and _is_free(letter, case):
            is_silent = letter.reply_by is not None and letter.reply_by < today and not _is_answered(letter, case)
            if left_open(letter, case) if template.follows == ANSWERED else is_silent:
                yield letter


def _late_by_every_count(due: Sequence[Deadline], today: date) -> Iterator[Deadline]:
    """What a letter follows and is overdue, also when counted from the day the request is thought to have arrived."""
    from_receipt = {(one.rule.beside, one.record): one for one in due if one.rule.counts_from == RECEIPT}
    for one in due:
        if one.status == "overdue" and one.rule.next_letter:
            other = from_receipt.get((one.rule.id, one.record))
            is_capped = one.due != one.readings[0].due
            if is_capped or other is None or other.due is None or other.due < today:
                yield one


def _why(letter: Letter, case: Case) -> str:
    if not _is_answered(letter, case):
        return f"letter {letter.no} has no answer: {letter.title}"
    count = len(left_open(letter, case) or ())
    return f"the answer to letter {letter.no} left {many(count, 'question')} open: {letter.title}"


def _is_answered(letter: Letter, case: Case) -> bool:
    return any(mark.what == "replied" for mark in case.marks(letter.root))


def _is_free(letter: Letter, case: Case) -> bool:
    """Whether no letter follows it yet; each is followed once."""
    return all(other.answers != letter.root for other in case.letters)


def _unasked(template: Template, case: Case) -> str:
    """What the case shows that no letter of this kind was written about."""
    written = {letter.starts for letter in case.letters}
    if template.starts in written:
        return ""
    missed = sum(session.result == "missed" and session.reason not in EXCUSED for session in case.sessions)
    if template.starts == "concern-sent" and missed:
        return f"{many(missed, 'session')} not given, and not written about"
    if template.starts == "make-up-asked" and missed and "concern-sent" in written:
        return "no plan yet for what was not given"
    if template.starts == "wpn-demanded" and any(entry.type == "refused" for entry in case.entries):
        return "something was refused, and not in writing"
    if template.starts == "records-requested" and (case.entries or case.sessions):
        return "the school’s records were not asked for yet"
    return ""
