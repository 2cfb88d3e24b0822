"""What is known of a letter, set on its page: where it stands, what became of it, what it asks, what the checks say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import mailroom
from iepjournal.core.asks import is_answered
from iepjournal.core.dates import say
from iepjournal.core.findings import SIGNS
from iepjournal.core.letters import letter_state, state_in_words
from iepjournal.core.records import Attachment
from iepjournal.widgets.typeset import ALERT, GOOD, Row, Sheet, fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iepjournal.core.case import Case
    from iepjournal.core.findings import Finding
    from iepjournal.core.records import Letter
    from iepjournal.screens.view import View

LONGEST_ASK = 160
SIGN_ROLES = {"stop": ALERT, "warn": ""}


def draw_text(sheet: Sheet, view: View, letter: Letter) -> None:
    """Set the whole letter on a sheet, as its plain-text twin reads."""
    from iepjournal.export.text import letter_text

    sheet.paragraph(letter_text(mailroom.paper_of(letter, view.case), width=None).rstrip())


def findings_of(view: View, letter: Letter) -> tuple[Finding, ...]:
    """What the checks say of the letter now."""
    totals = view.services_for_letters
    return mailroom.findings_of(letter, view.case, view.today, totals, view.other_children())


def clocks_of(view: View, letter: Letter, case: Case) -> Iterator[Row]:
    """What sending it started: whose duty, and by when."""
    from iepjournal.core.deadlines import deadlines

    for one in deadlines(case, view.book, view.today):
        if one.record == letter.root and one.due:
            yield Row(one.rule.title, f"{say(one.due, view.today)}{', estimated' if one.estimated else ''}", lead=" ·")


def standing(view: View, letter: Letter) -> str:
    """Where it stands, how it went out, and when it is thought to arrive."""
    state = letter_state(letter, view.case, view.today, view.book.receipt)
    by = f" by {state.by}" if state.by and state.word in ("sent", "received") else ""
    arrives = state.received_on if state.is_estimated and state.received_on and state.received_on > view.today else None
    arrived = f", there about {say(arrives, view.today)}" if arrives else ""
    return f"{state_in_words(letter, state, view.today)}{by}{arrived}"


def draw_marks(sheet: Sheet, view: View, letter: Letter) -> None:
    """What was said of it: sent, arrived, answered; and the files kept with it."""
    rows = [
        Row(
            " ".join(filter(None, (mark.what, f"by {mark.by}" if mark.by else "", mark.tracking, mark.why))),
            say(mark.on, view.today),
            lead=" ·",
        )
        for mark in view.case.marks(letter.root)
    ]
    files = (file for file in view.case.all(Attachment) if file.of == letter.root)
    rows += [Row(f"File {file.no}: {file.name}", lead=" ·") for file in files]
    if rows:
        sheet.heading("What became of it")
        sheet.rows(rows)


def draw_asks(sheet: Sheet, view: View, letter: Letter) -> None:
    """What it asked for, and what of it no reply answered."""
    asks = mailroom.asks(letter)
    if asks:
        sheet.heading("What it asks")
    for one in asks:
        answered = is_answered(one, letter, view.case)
        lead = {True: " ✓", False: " ✗", None: " ·"}[answered]
        words = fit(one.shown, LONGEST_ASK)
        sheet.rows([Row(words, "still open" if answered is False else "", lead=lead, note_role=ALERT)])


def draw_clocks(sheet: Sheet, view: View, letter: Letter) -> None:
    """The days that sending it started."""
    if clocks := list(clocks_of(view, letter, view.case)):
        sheet.heading("What it started")
        sheet.rows(clocks)


def draw_findings(sheet: Sheet, findings: Iterable[Finding]) -> None:
    """What is missing, and what would weaken it."""
    sheet.heading("What the checks say")
    rows = [Row(one.message, lead=f" {SIGNS[one.level]}", title_role=SIGN_ROLES[one.level]) for one in findings]
    for row in rows:
        sheet.rows([row])
    if not rows:
        sheet.paragraph("✓ It has all the listed parts, and nothing in it was remarked on.", role=GOOD)
