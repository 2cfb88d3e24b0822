"""Promises: the question what became of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import say
from iepjournal.core.records import Mark
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.messages import Recorded

if TYPE_CHECKING:
    from textual.app import App

    from iepjournal.core.records import Promise
    from iepjournal.screens.view import View

ANSWERS = {"k": "kept", "b": "broken", "w": "no longer needed"}
MARKS = {"k": "kept", "b": "broken", "w": "waived"}


async def ask(app: App[None], view: View, promise: Promise) -> Recorded | None:
    """What became of a promise, and what shows it."""
    by = f" by {say(promise.by, view.today)}" if promise.by else ""
    answer = await app.push_screen_wait(Ask(f"“{promise.text}”{by}:", ANSWERS))
    if answer is None:
        return None
    what = MARKS[answer]
    why = await app.push_screen_wait(Tell("What shows it, or why? It is kept with it.", needed=what == "waived"))
    if why is None:
        return None
    mark = Mark(of=promise.root, what=what, on=view.today, why=why)
    return Recorded(lambda _case: [mark], f"Promise {promise.no} is {ANSWERS[answer]}. u takes it back.")
