"""The first four questions: child, school, district, the day of the IEP. Each can wait; an entry needs none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import past_day, say
from iepjournal.core.records import Iep, Profile
from iepjournal.screens.dialogs import Tell
from iepjournal.screens.messages import Recorded
from iepjournal.widgets.typeset import QUIET, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.records import Record
    from iepjournal.screens.page import Page
    from iepjournal.screens.view import View

QUESTIONS: dict[str, tuple[str, str]] = {
    "child": ("Your child's name", "As it stands on the IEP"),
    "school": ("The school", "Its name"),
    "district": ("The school district", "Letters go to its Special Education Director"),
    "iep": ("The date on the IEP", "Like 8/14 or Aug 14, 2026"),
}
"""Each question as its row says it, and a hint for the answer."""


def open_questions(case: Case) -> list[str]:
    """What was not answered yet, in order."""
    profile = case.profile
    known = {
        "child": profile.child.name,
        "school": profile.school.name,
        "district": profile.school.district,
        "iep": case.all(Iep),
    }
    return [name for name in QUESTIONS if not known[name]]


def draw(sheet: Sheet, view: View) -> None:
    """The open questions as rows; in a new journal with a word of welcome."""
    waiting = open_questions(view.case)
    if not waiting:
        return
    if not view.case.entries and len(waiting) == len(QUESTIONS):
        sheet.heading("Welcome.")
        sheet.paragraph(
            "Write down what happens in your own words; a begins, now or any time. These can wait:", role=QUIET
        )
    else:
        sheet.heading("When you have a minute")
    sheet.rows(Row(QUESTIONS[name][0], pick=("question", name)) for name in waiting)


async def ask_from(page: Page, first: str) -> None:
    """Ask one question and those after it; an empty answer leaves it open, Esc ends the asking."""
    waiting = open_questions(page.view.case)
    for name in waiting[waiting.index(first) :] if first in waiting else ():
        question, hint = QUESTIONS[name]
        reads: Callable[[str], object] | None = None
        if name == "iep":
            reads = lambda typed: past_day(typed, page.view.today)  # noqa: E731
        answer = await page.app.push_screen_wait(
            Tell(f"{question}?", hint=f"{hint}. Enter on nothing skips it.", reads=reads)
        )
        if answer is None:
            return
        if answer:
            page.post_message(answered(name, answer, page.view.today))


def answered(name: str, answer: str, today: date) -> Recorded:
    """What an answer writes."""

    def operation(case: Case) -> list[Record]:
        if name == "iep":
            return [Iep(dated=past_day(answer, today).on)]
        profile = case.profile
        if name == "child":
            changed = profile.replace(child=profile.child.replace(name=answer))
        else:
            field = "name" if name == "school" else "district"
            changed = profile.replace(school=profile.school.replace(**{field: answer}))
        return [changed.revised() if case.all(Profile) else changed]

    said = say(past_day(answer, today).on, today) if name == "iep" else answer
    return Recorded(operation, f"{QUESTIONS[name][0]}: {said}")
