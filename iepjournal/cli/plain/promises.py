"""Promises that are open, and talks that still lack their written confirmation."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Back, Question
from iepjournal.core.confirmations import time_left, unconfirmed
from iepjournal.core.entries import wording
from iepjournal.core.people import called
from iepjournal.core.promises import open_promises, state_in_words

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk

PROMISES = {
    "kept": "it was kept",
    "broken": "it was broken",
    "extended": "they put it off to another day",
    "waived": "it is not needed any more",
    "strike": "strike it: it was not meant",
}
SHOWN_BY = "What shows it? A few words (Enter skips it):"
TALKS = {"letter": "write the confirmation now", "confirmed": "it is confirmed already", "waived": "it needs none"}


def follow_up(desk: PlainDesk) -> None:
    """Choose a promise or a talk, and say what became of it."""
    case = desk.store().case()
    promises = {str(one.promise.no): one for one in open_promises(case, desk.today)}
    talks = {str(talk.entry.no): talk for talk in unconfirmed(case, desk.now)}
    choices = {}
    for no, one in promises.items():
        who = f"{called(one.promise.who, case)}: " if one.promise.who else ""
        choices[no] = f"promise {no}, {who}“{one.promise.text}”, {state_in_words(one, desk.today)}"
    for no, talk in talks.items():
        gist = " ".join(wording(talk.entry, case).split())[:60]
        choices[no] = f"{talk.entry.type} {no}, not confirmed in writing, {time_left(talk, desk.today)}: {gist}"
    if not choices:
        desk.say("No promise is open, and no talk waits for its confirmation.")
        raise Back
    chosen = desk.choose("Which?", choices)
    with suppress(Back):
        if chosen in promises:
            close_promise(desk, chosen, choices[chosen])
        else:
            _close_talk(desk, chosen, choices[chosen])


def close_promise(desk: PlainDesk, no: str, called: str) -> None:
    """Say what became of a promise, or that it was not meant."""
    what = desk.choose(called, PROMISES)
    if what == "strike":
        desk.run("strike", f"--why={desk.needed('Why?')}", no)
        return
    words = [f"--until={desk.needed('To which day?')}"] if what == "extended" else []
    why = desk.needed("Why?") if what in ("waived", "extended") else desk.line(SHOWN_BY)
    words += desk.options(Question(option="on", words="On which day, if not today?"))
    desk.run("mark", *words, f"--why={why}", no, what)


def _close_talk(desk: PlainDesk, no: str, called: str) -> None:
    what = desk.choose(called, TALKS)
    if what == "letter":
        from iepjournal.cli.plain.letters import new_letter

        new_letter(desk, facts=no, template="confirmation")
        return
    why = desk.needed("Why?") if what == "waived" else desk.line(SHOWN_BY)
    desk.run("mark", f"--why={why}", no, what)
