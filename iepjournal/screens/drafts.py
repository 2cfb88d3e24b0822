"""What is being typed and is not on disk yet: written on every pause, and every three seconds of typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

PAUSE_SECONDS = 0.7
LONGEST_SECONDS = 3.0


class SetTimer(Protocol):
    """How the app calls something back."""

    def __call__(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call back once after so many seconds."""


class Drafts:
    """Texts by draft name, on their way to disk."""

    def __init__(self, keep: Callable[[str, str], None], discard: Callable[[str], None], set_timer: SetTimer) -> None:
        self._keep, self._discard, self._set_timer = keep, discard, set_timer
        self._unkept: dict[str, str] = {}
        self._pause: Timer | None = None
        self._longest: Timer | None = None

    def typed(self, name: str, text: str) -> None:
        """Note a text; it is written when the typing pauses, or goes on for long."""
        self._unkept[name] = text
        if self._pause:
            self._pause.stop()
        self._pause = self._set_timer(PAUSE_SECONDS, self.flush)
        self._longest = self._longest or self._set_timer(LONGEST_SECONDS, self.flush)

    def flush(self) -> None:
        """Write what is not on disk yet, now."""
        for timer in (self._pause, self._longest):
            if timer:
                timer.stop()
        self._pause = self._longest = None
        for name, text in list(self._unkept.items()):
            if text.strip():
                self._keep(name, text)
            else:
                self._discard(name)
            self._unkept.pop(name, None)

    def done(self, name: str) -> None:
        """Forget a draft whose text is in the journal now."""
        self._unkept.pop(name, None)
        self._discard(name)
