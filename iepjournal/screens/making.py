"""Making: a long piece of work in a thread of its own, how far it is, and the key that stops it."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, ClassVar, Generic

from textual import work
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from iepjournal.errors import JournalError, Stopped
from iepjournal.screens.dialogs import Answer, Dialog
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import filled_bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.export.steps import Step, Tell

LOOK_SECONDS = 0.2
BAR_WIDTH = 30


class Making(Dialog[Answer], Generic[Answer]):
    """Gives what was made; None where it was stopped. What could not be made is said, and then None too.

    The thread only leaves word of its step; the screen looks at it now and then, so that neither waits for the other.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        key("q", "leave", "stop", "Stop; nothing is written", id="making.stop"),
    ]

    def __init__(self, title: str, make: Callable[[Tell], Answer]) -> None:
        super().__init__()
        self.title_words, self.make = title, make
        self._step: Step | None = None
        self._stopped = Event()

    def compose(self) -> ComposeResult:
        """What is made, how far it is, and the way out."""
        with Vertical(classes="panel"):
            yield Static(Content(self.title_words), classes="question")
            yield Static("One moment ...", classes="far", markup=False)
            yield Static(Content.assemble(("q", "bold $foreground"), " stops it; nothing is written"), classes="hint")

    def on_mount(self) -> None:
        """Begin, and look how far it is."""
        self.set_interval(LOOK_SECONDS, self._show)
        self._begin()

    def on_unmount(self) -> None:
        """Whoever leaves the program does not wait for the thread."""
        self._stopped.set()

    def action_leave(self) -> None:
        """Stop it; the thread hears of it at its next step."""
        self._stopped.set()
        self.dismiss(None)

    @work
    async def _begin(self) -> None:
        from iepjournal.screens.dialogs import Told

        try:
            made = await asyncio.to_thread(self.make, self._tell)
        except Stopped:
            return
        except JournalError as error:
            if not self._stopped.is_set():
                await self.app.push_screen_wait(Told(str(error)))
                self.dismiss(None)
            return
        if not self._stopped.is_set():
            self.dismiss(made)

    def _tell(self, step: Step) -> None:
        """Called in the thread."""
        if self._stopped.is_set():
            raise Stopped
        self._step = step

    def _show(self) -> None:
        if step := self._step:
            bar = f"{filled_bar(step.done, step.total, BAR_WIDTH)}\n" if step.total else ""
            self.query_one(".far", Static).update(f"{bar}{step.words}")
