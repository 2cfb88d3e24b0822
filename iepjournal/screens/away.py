"""A run of days on which a provider was out or the child was away: asked in five short questions, written as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.away import away, in_words
from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.dates import past_day, say
from iepjournal.core.entries import HOW_LABELS
from iepjournal.core.iep import in_force, service_versions
from iepjournal.core.sessions import CHILD_OR_PARENT, REASONS
from iepjournal.errors import CannotUnderstand, JournalError
from iepjournal.screens.dialogs import Ask, Choose, Tell, Told
from iepjournal.screens.messages import Recorded

if TYPE_CHECKING:
    from datetime import date

    from textual.app import App

    from iepjournal.core.away import Away
    from iepjournal.core.case import Case
    from iepjournal.core.records import Service
    from iepjournal.screens.view import View

CHILD_ABSENT = "child-absent"


async def ask_child(app: App[None], view: View) -> Recorded | None:
    """The child was away: every service of those days."""
    return await _ask(app, view, "Your child was away", CHILD_ABSENT)


async def ask_provider(app: App[None], view: View, service: Service | None = None) -> Recorded | None:
    """A provider was out: one service; which one, where it is not said."""
    service = service or await _which(app, view)
    if service is None:
        return None
    reasons = [(reason, says) for reason, says in REASONS.items() if reason not in CHILD_OR_PARENT]
    reason = await app.push_screen_wait(Choose(f"{service.name or service.handle}: why was there none?", reasons))
    return await _ask(app, view, f"No {service.name or service.handle}", reason, service) if reason else None


async def _which(app: App[None], view: View) -> Service | None:
    versions = (in_force(history, view.today) or history[-1] for history in service_versions(view.case).values())
    known = {version.service.handle: version.service for version in versions}
    if not known:
        await app.push_screen_wait(Told("No service of the IEP is written down yet: c, then IEP."))
        return None
    chosen = await app.push_screen_wait(Choose("Which service?", [(one, s.name or one) for one, s in known.items()]))
    return known[chosen] if chosen else None


async def _ask(app: App[None], view: View, what: str, reason: str, service: Service | None = None) -> Recorded | None:
    today = view.today
    first = await _day(app, view, f"{what}: from which day?", "Like 11/9")
    if first is None:
        return None
    last = await _day(app, view, "To which day?", "Like fri, 11/20; Enter on nothing: that day only", first)
    if last is None:
        return None
    how = await app.push_screen_wait(Choose("How do you know?", list(HOW_LABELS.items())))
    if how is None:
        return None
    services = (service.handle,) if service else ()

    def found(case: Case) -> Away:
        calendar = SchoolCalendar.of(case)
        return away(case, calendar, first, last, today, reason=reason, how=how, services=services)

    try:
        touched = in_words(found(view.case), today)
    except JournalError as error:
        await app.push_screen_wait(Told(str(error)))
        return None
    days = say(first, today) if first == last else f"{say(first, today)} to {say(last, today)}"
    question = f"{days}, not given, {REASONS[reason]}: {touched}"
    if await app.push_screen_wait(Ask(question, {"y": "write them all", "n": "no"})) != "y":
        return None
    return Recorded(lambda case: found(case).sessions, lambda written: f"Saved: {len(written)}. One u takes all back.")


async def _day(app: App[None], view: View, question: str, hint: str, otherwise: date | None = None) -> date | None:
    def reads(typed: str) -> date:
        day = past_day(typed, view.today)
        if day.about:
            raise CannotUnderstand("one exact day", typed)
        return day.on

    typed = await app.push_screen_wait(Tell(question, hint=hint, needed=otherwise is None, reads=reads))
    if typed is None:
        return None
    return reads(typed) if typed else otherwise
