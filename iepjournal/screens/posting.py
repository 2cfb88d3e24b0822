"""The questions around a letter that leaves: how it went out, what came back, and which file it is to be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from iepjournal import library, mailroom
from iepjournal.core.asks import NONE, left_open
from iepjournal.core.dates import past_day, say
from iepjournal.core.people import known_handle
from iepjournal.errors import CannotUnderstand, JournalError, NoSuchRecord
from iepjournal.screens.dialogs import Ask, Choose, Tell, Told
from iepjournal.screens.messages import FileMade, Posted, Recorded
from iepjournal.screens.ticks import Ticks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import App

    from iepjournal.core.case import Case
    from iepjournal.core.findings import Finding
    from iepjournal.core.records import Letter, Mark
    from iepjournal.screens.view import View

METHODS = {
    "hand": "handed over",
    "e-mail": "e-mail",
    "mail": "mail",
    "certified": "certified mail",
    "fax": "fax",
}
FORMS = {
    "pdf": "PDF, to print or attach",
    "txt": "plain text, for the body of a mail",
    "eml": "e-mail with the PDF attached, ready to open",
    "html": "web page",
    "md": "Markdown, as it is stored",
}
WAYS_TO_COPY = {
    "clipboard": "Send it to the clipboard, where the terminal allows it",
    "bare": "Show it bare, to select with a finger",
}
DAY_HINT = "Like yesterday or 11/20; Enter on nothing is today"


async def ask_sent(
    app: App[None], view: View, letter: Letter, findings: Sequence[Finding], *, unsaved: bool
) -> Posted | None:
    """How, to whom and when it went out; the paper is made before anything is written."""
    if unsaved:
        await app.push_screen_wait(Told("This letter has unsaved words. Press e and finish with Done, or clear them."))
        return None
    stops = [finding.message for finding in findings if finding.level == "stop"]
    if stops:
        question = f"The checks still say: {' '.join(stops[:3])} Did it go out like this?"
        if await app.push_screen_wait(Ask(question, {"y": "yes, it is sent", "n": "not yet"})) != "y":
            return None
    by = await app.push_screen_wait(Choose("How did it go out?", list(METHODS.items())))
    if by is None:
        return None
    handles = " ".join(person.handle for person in mailroom.recipients(letter, view.case))
    to: str | None = handles
    if handles:
        hint = "Enter if that is all. Others by their @handle."
        to = await app.push_screen_wait(
            Tell("To whom?", value=handles, hint=hint, reads=lambda typed: _handles(typed, view.case))
        )
    if to is None:
        return None
    on = await ask_day(app, view, "When did it go out?")
    if on is None:
        return None
    tracking: str | None = ""
    if by == "certified":
        tracking = await app.push_screen_wait(Tell("Its tracking number?", hint="Enter on nothing if you have none"))
    if tracking is None:
        return None
    try:
        mark = mailroom.marked(letter, view.case, "sent", on, by=by, to=_handles(to, view.case), tracking=tracking)
        pdf = await asyncio.to_thread(mailroom.in_form, "pdf", letter, view.case)
    except JournalError as error:
        await app.push_screen_wait(Told(str(error)))
        return None
    return Posted(letter, pdf, mailroom.frozen(mark, pdf, findings), lambda case: _said(view, letter, case, mark))


def _said(view: View, letter: Letter, case: Case, mark: Mark) -> str:
    """That it is sent, and the first clock that this started."""
    from iepjournal.screens.letter_account import clocks_of

    clocks = [f"{row.title}: {row.note}" for row in clocks_of(view, letter, case)]
    started = f" Started: {'; '.join(clocks[:2])}." if clocks else ""
    return f"Letter {letter.no} is sent, {METHODS[mark.by]}, {say(mark.on, view.today)}. It stays as it is.{started}"


async def ask_answered(app: App[None], view: View, letter: Letter) -> Recorded | None:
    """What came back, and when."""
    what = await app.push_screen_wait(
        Choose("What became of it?", [("replied", "They answered it"), ("received", "They have it: it arrived")])
    )
    if what is None:
        return None
    on = await ask_day(app, view, "When did the answer come?" if what == "replied" else "When did it arrive?")
    if on is None:
        return None
    question = "What did they answer, in a few words?" if what == "replied" else "What shows that it arrived?"
    why = await app.push_screen_wait(Tell(question))
    if why is None:
        return None
    answered, left = await _ask_which(app, view, letter) if what == "replied" else ("", "")
    said = f"Letter {letter.no} is {'answered' if what == 'replied' else 'received'}, {say(on, view.today)}."
    return Recorded(
        lambda case: [mailroom.marked(letter, case, what, on, why=why, answered=answered)],
        " ".join(filter(None, (said, left, "u takes it back."))),
    )


async def _ask_which(app: App[None], view: View, letter: Letter) -> tuple[str, str]:
    """Which of its questions the reply answered, by number, and what is left, in words; both empty where not said."""
    still = left_open(letter, view.case)
    offered = [one for one in mailroom.asks(letter) if still is None or one.words in still]
    if not offered:
        return "", ""
    ticked = await app.push_screen_wait(
        Ticks("Which of it did they answer?", [one.shown for one in offered], hint="A digit ticks. Esc: not sure yet")
    )
    if ticked is None:
        return "", ""
    count = len(offered) - len(ticked)
    open_ones = f"{count} question{' stays' if count == 1 else 's stay'} open; the next letter can ask again."
    return ",".join(str(offered[i].no) for i in ticked) or NONE, open_ones if count else "Nothing stays open."


async def ask_file(app: App[None], view: View, letter: Letter, *, is_draft: bool) -> FileMade | None:
    """In which form and where; what still lacks something is stamped as a draft."""
    form = await app.push_screen_wait(Choose("Save it as", list(FORMS.items())))
    if form is None:
        return None
    if is_draft:
        question = "Something is missing in it, so the file will say DRAFT - not to be sent."
        if await app.push_screen_wait(Ask(question, {"y": "save it so", "n": "not now"})) != "y":
            return None
    name = mailroom.file_name(letter, form)
    path = await app.push_screen_wait(
        Tell(
            "Where on this machine?", value=f"~/{name}", hint="Enter saves. No other file is overwritten.", needed=True
        )
    )
    if not path:
        return None
    try:
        content = await asyncio.to_thread(mailroom.in_form, form, letter, view.case, draft=is_draft)
    except JournalError as error:
        await app.push_screen_wait(Told(str(error)))
        return None
    return FileMade(path, content)


async def ask_sheet(app: App[None], view: View) -> FileMade | None:
    """Which sheet to take along, and where its PDF goes."""
    sheets = {name: library.printable(name) for name in library.printable_names()}
    offered = [(name, sheet.title) for name, sheet in sheets.items()]
    name = await app.push_screen_wait(Choose("Which sheet, to print and take along?", offered))
    if name is None:
        return None
    path = await app.push_screen_wait(
        Tell(
            "Where on this machine?",
            value=f"~/{name}.pdf",
            hint="Enter saves. No other file is overwritten.",
            needed=True,
        )
    )
    if not path:
        return None

    def made() -> bytes:
        from iepjournal.export.pdf import document_pdf

        return document_pdf(mailroom.sheet_to_take(name, view.case, view.today))

    try:
        return FileMade(path, await asyncio.to_thread(made))
    except JournalError as error:
        await app.push_screen_wait(Told(str(error)))
        return None


async def ask_copy(app: App[None]) -> str | None:
    """Which way the text is to be copied."""
    return await app.push_screen_wait(Choose("Copy the text: how?", list(WAYS_TO_COPY.items())))


async def ask_day(app: App[None], view: View, question: str) -> date | None:
    """A day in the past; today where nothing is typed, None where it was not answered."""
    typed = await app.push_screen_wait(Tell(question, hint=DAY_HINT, reads=lambda day: past_day(day, view.today)))
    if typed is None:
        return None
    return past_day(typed, view.today).on if typed else view.today


def _handles(typed: str, case: Case) -> tuple[str, ...]:
    try:
        return tuple(known_handle(one, case) for one in typed.replace(",", " ").split())
    except NoSuchRecord:
        known = " ".join(f"@{handle}" for handle in case.people)
        raise CannotUnderstand("somebody in this case", typed, f"There are: {known}") from None
