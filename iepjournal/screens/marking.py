"""Marks on a deadline: done, given up, put off, said to be put off, a date of one's own; each asks what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import coming_day, past_day, say
from iepjournal.core.deadlines import DOCUMENTS
from iepjournal.core.records import Attachment, Entry, Mark, Promise
from iepjournal.core.silence import silence
from iepjournal.errors import CannotUnderstand, NoSuchRecord
from iepjournal.screens import promises
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import Recorded

if TYPE_CHECKING:
    from datetime import date

    from textual.app import App

    from iepjournal.core.case import Case
    from iepjournal.core.due import Deadline
    from iepjournal.core.records import Record
    from iepjournal.screens.view import View

ANSWERS = {"m": "met", "w": "given up", "e": "extended", "c": "claimed", "o": "own date"}
SAID = {
    "met": "done",
    "waived": "given up",
    "extended": "put off in writing",
    "claimed": "extension claimed, nothing in writing",
    "overridden": "my own date",
}
"""How each mark is said back."""


async def ask(app: App[None], view: View, deadline: Deadline) -> Recorded | None:
    """What became of a deadline; a promise is asked about as a promise."""
    record = view.case.by_root.get(deadline.record)
    if isinstance(record, Promise):
        return await promises.ask(app, view, record)
    unanswered = silence(deadline, view.case)
    answers = {**ANSWERS, "n": "no reply came"} if unanswered else ANSWERS
    letter = await app.push_screen_wait(Ask(f"{deadline.rule.title}:", answers))
    if letter == "n":
        return Recorded(lambda _case: unanswered, "It is an entry of today. w offers the letter that asks again.")
    questions = {"m": _met, "w": _waived, "e": _extended, "c": _claimed, "o": _own_date}
    mark = await questions[letter](app, view, deadline) if letter else None
    if mark is None:
        return None
    until = f" {say(mark.until, view.today)}" if mark.until else ""
    return Recorded(lambda _case: [mark], f"{deadline.rule.title}: {SAID[mark.what]}{until}. u takes it back.")


async def _met(app: App[None], view: View, deadline: Deadline) -> Mark | None:
    question = "Which entry shows it? Its number; Enter on nothing if none does."
    no = await app.push_screen_wait(Tell(question, reads=lambda typed: _numbered(typed, view.case)))
    if no is None:
        return None
    shown = _numbered(no, view.case) if no else None
    on = _day_of(shown)
    if on is None:
        hint = "Like yesterday or 11/20; Enter on nothing is today"
        question = "On which day was it done?"
        typed = await app.push_screen_wait(Tell(question, hint=hint, reads=lambda day: past_day(day, view.today)))
        if typed is None:
            return None
        on = past_day(typed, view.today).on if typed else view.today
    return Mark(of=deadline.key, what="met", on=on, entry=shown.root if shown else "")


async def _waived(app: App[None], view: View, deadline: Deadline) -> Mark | None:
    why = await app.push_screen_wait(Tell("Why does nobody wait for it any more?", needed=True))
    return Mark(of=deadline.key, what="waived", on=view.today, why=why) if why else None


async def _extended(app: App[None], view: View, deadline: Deadline) -> Mark | None:
    """Until a day, by a document; a date of the parent's own needs none."""
    until = await _until(app, view, "Put off until which day?")
    if until is None:
        return None
    if deadline.rule.kind == "suggested":
        return Mark(of=deadline.key, what="extended", on=view.today, until=until)
    if not deadline.rule.extends:
        said = "The rule names no extension. It is kept as claimed, and the clock keeps running. Who said it?"
        return await _claimed_until(app, view, deadline, until, said)
    question = "Which document says so? The number of the letter, e-mail or file; Enter on nothing if none does."
    no = await app.push_screen_wait(Tell(question, reads=lambda typed: _document(typed, view.case)))
    if no is None:
        return None
    if not no:
        said = "Then it is kept as claimed, nothing in writing, and the clock keeps running. Who said it?"
        return await _claimed_until(app, view, deadline, until, said)
    shown = _document(no, view.case)
    return Mark(of=deadline.key, what="extended", on=view.today, until=until, entry=shown.root)


async def _claimed(app: App[None], view: View, deadline: Deadline) -> Mark | None:
    return await _claimed_until(app, view, deadline, None, "Who said so, and how? The clock keeps running.")


async def _claimed_until(
    app: App[None], view: View, deadline: Deadline, until: date | None, question: str
) -> Mark | None:
    why = await app.push_screen_wait(Tell(question, needed=True))
    return Mark(of=deadline.key, what="claimed", on=view.today, until=until, why=why) if why else None


async def _own_date(app: App[None], view: View, deadline: Deadline) -> Mark | None:
    until = await _until(app, view, "Which day do you set for yourself? The counted day stays beside it.")
    return Mark(of=deadline.key, what="overridden", on=view.today, until=until) if until else None


async def _until(app: App[None], view: View, question: str) -> date | None:
    typed = await app.push_screen_wait(
        Tell(question, needed=True, hint="Like 12/4 or in 2 weeks", reads=lambda day: coming_day(day, view.today))
    )
    return coming_day(typed, view.today) if typed else None


def _numbered(typed: str, case: Case) -> Record:
    try:
        shown = case.numbered(typed)
    except NoSuchRecord as error:
        raise CannotUnderstand("a number in this case", typed, "l shows the entries with their numbers.") from error
    if shown.root in case.struck:
        raise CannotUnderstand("a number that stands", typed, "It was struck or taken back.")
    return shown


def _document(typed: str, case: Case) -> Record:
    """Something in writing: a file, an entry that is a document, or one with a file."""
    shown = _numbered(typed, case)
    has_file = any(attachment.of == shown.root for attachment in case.attachments)
    if isinstance(shown, Attachment) or has_file or (isinstance(shown, Entry) and shown.type in DOCUMENTS):
        return shown
    raise CannotUnderstand(
        "something in writing", typed, "Log the letter or e-mail first, or keep its file: l, then f."
    )


def _day_of(record: Record | None) -> date | None:
    """The day a record itself is about."""
    if isinstance(record, Entry):
        return record.happened_on
    return record.received_on if isinstance(record, Attachment) else None
