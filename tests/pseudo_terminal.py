"""The program on a pseudo-terminal: bytes go in, what a terminal would show and the bytes that made it come out.

A screen is written in pieces, so nothing is read from it that was not waited for; and bytes that follow each other may
reach the program in one read, where they are a paste, so what was sent is waited for before a key that follows it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

PATIENCE_SECONDS = 45.0
SAME_SCREEN_SECONDS = 0.3
MOST_READ = 1 << 16


class PseudoTerminal:
    """`iepjournal` with its screens in a terminal of its own, until the end of the `with`."""

    def __init__(
        self,
        environment: Mapping[str, str],
        size: tuple[int, int] = (40, 20),
        *,
        before: Callable[[], object] = lambda: None,
        program: Sequence[str] = ("-m", "iepjournal"),
    ) -> None:
        self._raw = bytearray()
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._ended: int | None = None
        self._asked = 0
        self.pid, self._master = pty.fork()
        columns, rows = size
        if not self.pid:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                before()
                # Not execv: readline, which pytest loads, puts COLUMNS and LINES where only C sees them.
                os.execve(sys.executable, [sys.executable, *program], {**os.environ, **environment})
            finally:
                os._exit(127)  # a child that could not become the program must not go on as a second test run

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ended is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._master >= 0:
            os.close(self._master)

    @property
    def raw(self) -> bytes:
        """The bytes that the program sent."""
        return bytes(self._raw)

    @property
    def lines(self) -> list[str]:
        """What the terminal shows."""
        return [line.rstrip() for line in self._screen.display]

    def reversed_cells(self, line: int) -> int:
        """How many cells of a line are set in reverse."""
        return sum(cell.reverse for cell in self._screen.buffer[line].values())

    @property
    def text(self) -> str:
        """The same, its words on one line."""
        return " ".join(" ".join(self.lines).split())

    def send(self, *reads: bytes, apart: float = 0.0) -> None:
        """Send bytes, each piece as one read."""
        for read in reads:
            os.write(self._master, read)
            if apart:
                self.settle(apart)

    def see(self, *words: str, gone: Sequence[str] = ()) -> str:
        """Wait until the terminal shows all of these words and none of those gone; give what it shows."""
        until = time.monotonic() + PATIENCE_SECONDS
        while (missing := [one for one in words if one not in self.text]) or any(one in self.text for one in gone):
            if not self._read(0.2) or time.monotonic() > until:
                wrong = missing or [f"no {one}" for one in gone if one in self.text]
                raise AssertionError(f"not on the screen: {wrong}\n" + "\n".join(self.lines))
        return self.text

    def press(self, keys: bytes, *words: str, gone: Sequence[str] = ()) -> str:
        """Send one read, a key or a text, and wait for the words that it brings."""
        self.send(keys)
        return self.see(*words, gone=gone)

    def type(self, text: str, *words: str) -> str:
        """Send a text as one read and wait until it, or the words, are there: a key sent next is a key of its own."""
        return self.press(text.encode(), *(words or (text,)))

    def drawn(self) -> str:
        """Wait until all that was sent is drawn; for programs that answer, as standing_clock.py does."""
        self._asked += 1
        self.send(b"\x1b[I")
        answer = b"\x1b]777;drawn %d\x07" % self._asked
        until = time.monotonic() + PATIENCE_SECONDS
        while self._raw.find(answer, max(len(self._raw) - 2 * MOST_READ, 0)) < 0:
            if not self._read(0.2) or time.monotonic() > until:
                raise AssertionError("it does not draw any more:\n" + "\n".join(self.lines))
        return self.text

    def settle(self, seconds: float = SAME_SCREEN_SECONDS) -> str:
        """Read for a while; give what the terminal shows then."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(left)
        return self.text

    def hang_up(self) -> None:
        """Close the terminal, as a lost line does."""
        os.close(self._master)
        self._master = -1

    def end(self) -> int:
        """Wait for the program's end; its exit status, or minus the signal that killed it."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._ended = os.waitstatus_to_exitcode(status)
                return self._ended
            if self._master < 0 or not self._read(0.02):
                time.sleep(0.02)
        raise AssertionError("the program did not end:\n" + "\n".join(self.lines))

    def _read(self, seconds: float) -> bool:
        """Take in what the program writes; False when it has gone."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        try:
            read = os.read(self._master, MOST_READ)
        except OSError:
            return False
        self._raw += read
        self._stream.feed(read)
        return bool(read)
