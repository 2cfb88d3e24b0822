"""The tour: five short steps over the real pages, each left by one key. Shown on the first run, then when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from iepjournal.core.confirmations import unconfirmed
from iepjournal.core.dates import say
from iepjournal.core.entries import wording
from iepjournal.core.people import called
from iepjournal.screens.dialogs import Dialog
from iepjournal.widgets.typeset import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events
    from textual.app import App, ComposeResult

    from iepjournal.screens.view import View

NEXT = "next"
GIST = 34
"""So much of an entry's words is shown."""


class Step(NamedTuple):
    """One step: the page it stands on, and what it says of it."""

    page: str
    title: str
    says: str
    own: Callable[[View], str]
    """The same in this journal, where it has any yet."""


def _newest(view: View) -> str:
    entries = view.case.entries
    return f"Your newest: entry {entries[-1].no}, “{fit(wording(entries[-1], view.case), GIST)}”" if entries else ""


def _talk(view: View) -> str:
    waiting = unconfirmed(view.case, view.now)
    if not waiting:
        return ""
    talk = waiting[0].entry
    who = f" with {', '.join(called(handle, view.case) for handle in talk.who)}" if talk.who else ""
    return f"Waiting now: the {talk.type}{who}, {say(talk.happened_on, view.today)}"


def _due(view: View) -> str:
    coming = [one for one in view.deadlines if one.waits and one.due and one.due >= view.today]
    return f"Next: {coming[0].rule.title}, {say(coming[0].due, view.today)}" if coming and coming[0].due else ""


def _letter(view: View) -> str:
    letters = view.case.letters
    return f"Begun: letter {letters[-1].no}, {letters[-1].title}" if letters else ""


STEPS = (
    Step(
        "today",
        "Log it",
        "a opens a box, from anywhere. Say what happened in your own words; Enter saves it. "
        "On most days that is all there is to do.",
        _newest,
    ),
    Step(
        "log",
        "See it",
        "Every entry has a number and the time it was written. A correction keeps the old words beside the new. "
        "/ finds a word.",
        _newest,
    ),
    Step(
        "today",
        "Confirm it",
        "What was said in a call is soon forgotten. Today asks you, the same day, for a short letter that puts it in "
        "writing.",
        _talk,
    ),
    Step(
        "deadlines",
        "What is due",
        "Your days and the school’s, each with the rule it comes from. Pick one to see every day that was counted.",
        _due,
    ),
    Step(
        "letters",
        "A letter",
        "Letters are made of what you wrote down. You read them, change them, print or send them; nothing goes out "
        "by itself.",
        _letter,
    ),
)


GOODBYE = "? shows the keys of any page. To see this again: c, then A look around."


class Panel(Dialog[str]):
    """One step over the lower part of its page. Enter goes on; q, Esc or the letter of a page leaves the tour."""

    def __init__(self, number: int, view: Callable[[], View], pages: Mapping[str, str]) -> None:
        super().__init__()
        self.number, self.view, self.pages = number, view, pages

    @property
    def step(self) -> Step:
        """What it shows."""
        return STEPS[self.number - 1]

    def compose(self) -> ComposeResult:
        """What it is, what it says, the ways on."""
        step, last = self.step, self.number == len(STEPS)
        ways = {"Enter": "done"} if last else {"Enter": "next", "a": "try it", "q": "leave"}
        if self.number > 1:
            ways.pop("a", None)
        keys = [Content.assemble((letter, "bold $foreground"), f" {word}") for letter, word in ways.items()]
        with Vertical(classes="panel"):
            yield Static(Content.assemble((step.title, "bold"), f"  {self.number} of {len(STEPS)}"))
            yield Static(Content(step.says), classes="question")
            yield Static(classes="question own")
            if last:
                yield Static(Content(GOODBYE), classes="question")
            yield Static(Content("   ").join(keys), classes="answers")

    def on_screen_resume(self) -> None:
        """Show what there is of it now: an entry may just have been written."""
        own = self.query_one(".own", Static)
        own.update(Content(words := self.step.own(self.view())))
        own.display = bool(words)

    async def on_key(self, event: events.Key) -> None:
        """Go on, write an entry at once, or leave; Esc is the dialog's own."""
        letter = (event.character or "").lower()
        if event.key in ("enter", "space", "right"):
            self.dismiss(NEXT)
        elif letter == "a":
            await self.app.run_action("app.add")
        elif letter in self.pages:
            self.dismiss(self.pages[letter])
        elif letter == "q":
            self.dismiss(None)
        else:
            return
        event.stop()


async def walk(app: App[None], view: Callable[[], View], pages: Mapping[str, str]) -> None:
    """Go through the steps; `pages` are the letters that lead to a page, and away from here."""
    for number, step in enumerate(STEPS, start=1):
        await app.run_action(f"app.go('{step.page}')")
        answer = await app.push_screen_wait(Panel(number, view, pages))
        if answer != NEXT:
            if answer:
                await app.run_action(f"app.go('{answer}')")
            return
    await app.run_action("app.go('today')")
