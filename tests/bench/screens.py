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
    ours = [sys.executable, "-m", "iepjournal"]
    times: dict[str, list[float]] = {"one word": [], "20 entries": [], "10,000 entries": []}
    with tempfile.TemporaryDirectory(prefix="iepjournal-bench-") as folder:
        homes = {name: Path(folder, name.partition(" ")[0]) for name in times}
        case_of(homes["20 entries"], 20)
        case_of(homes["10,000 entries"], 10_000)
        for _ in range(ROUNDS):  # by turns: whatever else the machine does falls on all
            for name, spent in times.items():
                command = ours if name.endswith("entries") else [sys.executable, "-c", ONE_WORD]
                spent.append(seconds_until("Today", command, IEPJOURNAL_HOME=str(homes[name])))
    one = statistics.median(times["one word"])
    for name, spent in times.items():
        ratio = statistics.median(spent) / one
        print(f"{name:<16}{statistics.median(spent) * 1000:8.0f} ms {ratio:7.3f}  {'ok' if ratio <= BAR else 'OVER'}")
    print(f"The bar is {BAR} for each.")


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
