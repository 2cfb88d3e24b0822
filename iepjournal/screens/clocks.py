"""Clocks: the question whether something just written down starts one, or is what one waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import coming_day, say
from iepjournal.core.rules import OWERS
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import Recorded

if TYPE_CHECKING:
    from textual.app import App

    from iepjournal.core.deadlines import Offer
    from iepjournal.core.records import Entry, Mark
    from iepjournal.screens.view import View

ANSWERS = {"y": "yes", "n": "no"}


async def ask(app: App[None], view: View, entry: Entry, offer: Offer) -> Recorded | None:
    """Whether an entry is the event that starts a clock: what would be due, and one key for yes."""
    letter = await app.push_screen_wait(Ask(question(view, entry, offer), ANSWERS))
    if letter != "y":
        return None
    mark = await _on_its_day(app, view, offer) if offer.asks_day else offer.mark
    if mark is None:
        return None
    proof = f" {offer.event.spoken}" if offer.event.spoken else ""
    return Recorded(lambda _case: [mark], f"Noted: d shows the dates.{proof} u takes it back.")


async def _on_its_day(app: App[None], view: View, offer: Offer) -> Mark | None:
    """An entry that tells of a meeting is not the meeting."""
    typed = await app.push_screen_wait(
        Tell(
            f"{offer.event.title}: for which day?",
            needed=True,
            hint="Like 12/8, Tue, in 2 weeks",
            reads=lambda day: coming_day(day, view.today),
        )
    )
    return offer.mark.replace(on=coming_day(typed, view.today)) if typed else None


def question(view: View, entry: Entry, offer: Offer) -> str:
    """Entry 31, Tue Nov 24. You asked for an evaluation? That starts: ... (the school), Mon Dec 7."""
    return f"Entry {entry.no}, {say(entry.happened_on, view.today)}. {offer.event.title}?{_effect(view, offer)}"


def _effect(view: View, offer: Offer) -> str:
    """What saying yes does; nothing is said of what depends on a day that is still to be asked for."""
    if offer.starts:
        clocks = (
            f"{one.rule.title} ({OWERS[one.rule.who]}), {say(one.due, view.today)}" for one in offer.starts if one.due
        )
        return f" That starts: {'; '.join(clocks)}."
    if offer.meets:
        return f" That is the answer to: {'; '.join(one.rule.title for one in offer.meets)}."
    return "" if offer.asks_day else " The law has no number of days for what that starts."
