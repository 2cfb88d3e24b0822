"""After an entry: the questions it raises, one by one; it says what to write and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import coming_day, say
from iepjournal.core.deadlines import offers
from iepjournal.core.promises import promises_in, question
from iepjournal.screens import clocks
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import Recorded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.app import App

    from iepjournal.core.records import Entry, Promise
    from iepjournal.screens.view import View


async def questions(app: App[None], view: Callable[[], View], entry: Entry, said: str) -> AsyncIterator[Recorded]:
    """Whether it holds a promise and whether it starts a clock; gives what the answers say is to be written.

    What is `said` stands before a promise's question. A promise of the entry that is kept in mind is not asked about.

    The view is asked for again each time: an answer that was written changes what there is to ask.
    """
    for promise in _new_promises(view(), entry):
        if kept := await _ask_promise(app, view(), promise, said):
            yield kept
    for offer in offers(view().case, entry, view().book):
        if started := await clocks.ask(app, view(), entry, offer):
            yield started


def raises_any(view: View, entry: Entry) -> bool:
    """Whether there is anything to ask about it."""
    return bool(_new_promises(view, entry) or offers(view.case, entry, view.book))


def _new_promises(view: View, entry: Entry) -> tuple[Promise, ...]:
    kept = [promise for promise in view.case.promises if promise.entry == entry.root]
    words, days = {one.text for one in kept}, {one.by for one in kept}
    return tuple(promise for promise in promises_in(entry) if promise.text not in words and promise.by not in days)


async def _ask_promise(app: App[None], view: View, promise: Promise, said: str) -> Recorded | None:
    asked = f"{said} {question(promise, view.today)}"
    answer = await app.push_screen_wait(Ask(asked, {"y": "keep it", "n": "no", "e": "other day"}))
    if answer == "e":
        typed = await app.push_screen_wait(
            Tell(
                "By when?",
                needed=True,
                hint="Like Mon, 12/4, in 2 weeks",
                reads=lambda day: coming_day(day, promise.made_on),
            )
        )
        answer, promise = ("y", promise.replace(by=coming_day(typed, promise.made_on))) if typed else ("n", promise)
    if answer != "y":
        return None
    by = f" by {say(promise.by, view.today)}" if promise.by else ""
    return Recorded(lambda _case: [promise], f"Promise kept in mind: “{promise.text}”{by}.")
