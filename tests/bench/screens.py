"""How long until the screens of a case with 10,000 entries are ready, as a ratio: `python tests/bench/screens.py`.

The peer is a Textual app that shows one word. Both run on a pseudo-terminal; ready is when the word is drawn.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from start import case_of, compiled

ROUNDS = 7
BAR = 1.5
ONE_WORD = """
from textual.app import App
from textual.widgets import Static
class One(App):
    def compose(self): yield Static("Today")
One().run()
"""


def main() -> None:
    compiled()
    with tempfile.TemporaryDirectory(prefix="iepjournal-bench-") as folder:
        case_of(Path(folder), 10_000)
        ours = [
            seconds_until("Today", [sys.executable, "-m", "iepjournal"], IEPJOURNAL_HOME=folder) for _ in range(ROUNDS)
        ]
    peer = [seconds_until("Today", [sys.executable, "-c", ONE_WORD]) for _ in range(ROUNDS)]
    one, all_of_it = statistics.median(peer), statistics.median(ours)
    print(f"one word {one * 1000:8.0f} ms\n10,000 entries {all_of_it * 1000:.0f} ms")
    print(f"10,000 entries / one word {all_of_it / one:6.3f}  (bar {BAR}) {'ok' if all_of_it / one <= BAR else 'OVER'}")


def seconds_until(word: str, command: list[str], **environment: str) -> float:
    """From the start of a program to this word on its terminal."""
    started = time.perf_counter()
    pid, terminal = pty.fork()
    if not pid:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", **environment)
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    while word.encode() not in seen:
        ready, _, _ = select.select([terminal], [], [], 30)
        if not ready:
            raise SystemExit(f"{command} drew no {word}: {seen[-500:]!r}")
        seen += os.read(terminal, 1 << 16)
    spent = time.perf_counter() - started
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(terminal)
    return spent


if __name__ == "__main__":
    main()
