"""Did it happen? The rows of the day's sessions, and the questions that are asked when one is picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.entries import HOW_LABELS
from iepjournal.core.iep import counted_in_days
from iepjournal.core.sessions import REASONS, recorded
from iepjournal.errors import CannotUnderstand
from iepjournal.screens.dialogs import Ask, Choose, Tell
from iepjournal.screens.messages import Recorded
from iepjournal.widgets.typeset import ALERT, GOOD, QUIET, Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import App

    from iepjournal.core.case import Case
    from iepjournal.core.checkins import CheckIn
    from iepjournal.core.records import Service, Session

MARKS = {"given": "✓", "missed": "✗", "partial": "◐", "unknown": "·"}
CLOSED = "◌"
RESULT_ROLES = {"given": GOOD, "missed": ALERT, "partial": ALERT, "unknown": QUIET}
LETTERS = {"y": "given", "n": "missed", "p": "partial", "k": "unknown"}


def called(service: Service) -> str:
    """Speech therapy 30 min."""
    name = service.name or service.handle
    return name if counted_in_days(service) or not service.minutes else f"{name} {service.minutes} min"


def answer_in_words(answer: Session, service: Service) -> str:
    """✗ provider out; ◐ 15 of 30 min."""
    mark = MARKS[answer.result]
    if answer.result == "given":
        return f"{mark} given"
    if answer.result == "partial":
        part = f"{answer.minutes} of {service.minutes} min" if answer.minutes else "part"
        return f"{mark} {part}"
    if answer.result == "missed":
        return f"{mark} {REASONS.get(answer.reason, 'not given')}"
    return f"{mark} not known"


def row_of(check_in: CheckIn) -> Row:
    """One service the IEP expects, and what was answered."""
    pick = ("check-in", check_in.service.handle, check_in.on)
    title = called(check_in.service)
    if answer := check_in.answer:
        words = answer_in_words(answer, check_in.service)
        return Row(title, words, pick, note_role=RESULT_ROLES[answer.result])
    if check_in.period:
        words = f"{check_in.answered} of {check_in.expected} this {check_in.period.kind}"
        return Row(title, words, pick)
    return Row(title, f"{MARKS['unknown']} not known", pick)


async def ask(app: App[None], service: Service, on: date, day_words: str, today: date) -> Recorded | None:
    """What happened with a session: at most three questions, each one key."""
    partly = {} if counted_in_days(service) else {"p": "part"}
    answers = {"y": "given", "n": "not", **partly, "k": "not known"}
    letter = await app.push_screen_wait(Ask(f"{called(service)}, {day_words}:", answers))
    if letter is None:
        return None
    result, minutes, reason, how = LETTERS[letter], None, "", ""
    if result == "partial":
        typed = await app.push_screen_wait(
            Tell(
                f"How many of the {service.minutes} minutes?",
                needed=True,
                hint="A number, then Enter",
                reads=_minutes(service),
            )
        )
        if not typed:
            return None
        minutes = int(typed)
    if result in ("missed", "partial"):
        chosen = await app.push_screen_wait(Choose("Why?", list(REASONS.items())))
        if chosen is None:
            return None
        reason = chosen
        chosen = await app.push_screen_wait(Choose("How do you know?", list(HOW_LABELS.items())))
        if chosen is None:
            return None
        how = chosen

    def operation(case: Case) -> list[Session]:
        return [recorded(case, service.handle, result, on=on, today=today, minutes=minutes, reason=reason, how=how)]

    return Recorded(operation, f"Saved: {called(service)}, {answers[letter]}. u takes it back.")


def _minutes(service: Service) -> Callable[[str], object]:
    def read(typed: str) -> int:
        if not (typed.isascii() and typed.isdigit() and 0 < int(typed) < service.minutes):
            raise CannotUnderstand("a part of it", typed, f"A number from 1 to {service.minutes - 1}.")
        return int(typed)

    return read
