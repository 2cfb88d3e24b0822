"""From a key to its screen with 10,000 entries, as ratios to the same key with 20: `python tests/bench/latency.py`.

The program runs twice, each on a pseudo-terminal of its own, and takes the same keys by turns, so that whatever else
the machine does falls on both. A screen is there when nothing more is written for a while.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from start import compiled

from iepjournal.core.records import Calendar, Child, Entry, Iep, Person, Profile, School, Service, Session, Span
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from types import TracebackType

    from iepjournal.core.records import Record

FEW, MANY = 20, 10_000
BAR = 2.0
ROUNDS = 40
QUIET_SECONDS = 0.08
FIRST_SCREEN_SECONDS = 3.0
KINDS = ("observed", "child-said", "call", "email-in", "note")

KEYS: dict[str, tuple[bytes, ...]] = {
    "Today": (b"t",),
    "Log": (b"l",),
    "Services": (b"s",),
    "Deadlines": (b"d",),
    "Log: down, up": (b"l", b"j", b"j", b"j", b"k"),
    "Log: a number": (b"1", b"7"),
    "Log: open, back": (b"\r", b"q"),
    "Log: search as it is typed": (b"/", b"r", b"e", b"a", b"d", b"\x7f", b"\x7f", b"\x7f", b"\x7f", b"\r"),
    "Add: open": (b"a",),
    "Add: typing": tuple(bytes([letter]) for letter in b"no aide in room"),
    "Add: back, the text is kept": (b"\x1b",),
    "Add: the text again": (b"a",),
    "Add: saved": (b"\r",),
}
"""What is pressed in one round, in this order, and under which name its times are kept."""
WRITES = "Add: saved"
"""Writes the whole file to the disk before it shows anything: told, and not held to the bar."""


def main() -> None:
    compiled()
    with tempfile.TemporaryDirectory(prefix="iepjournal-bench-") as folder, ExitStack() as stack:
        programs = {}
        for count in (FEW, MANY):
            home = Path(folder) / str(count)
            a_case(home, count)
            programs[count] = stack.enter_context(Program(home))
        times: dict[str, dict[int, list[float]]] = {name: {FEW: [], MANY: []} for name in KEYS}
        for _ in range(ROUNDS):
            for name, keys in KEYS.items():
                for key in keys:
                    for count, program in programs.items():
                        times[name][count].append(program.press(key))
    print(f"{'':<30}{FEW:>9} entries{MANY:>9,} entries    ratio, 95th percentile (bar {BAR})")
    for name, of in times.items():
        few, many = percentile(of[FEW]), percentile(of[MANY])
        says = "writes the whole file" if name == WRITES else "ok" if many / few <= BAR else "OVER"
        print(f"{name:<30}{few * 1000:>14.1f} ms{many * 1000:>14.1f} ms {many / few:>8.2f}  {says}")


def percentile(seconds: list[float], part: float = 0.95) -> float:
    """The time that 95 of 100 presses stay under."""
    return sorted(seconds)[int(part * (len(seconds) - 1))]


def a_case(home: Path, count: int) -> None:
    """A family with two services, a term of sessions and so many entries."""
    store = CaseStore.create(home / "cases" / "maya")
    now = datetime.now(UTC).replace(microsecond=0)
    today = now.date()
    began = today - timedelta(days=100)
    weekdays = [began + timedelta(days=n) for n in range(100) if (began + timedelta(days=n)).weekday() < 5]
    closed = (Span(first=weekdays[20], last=weekdays[21], why="fair"),)
    records: list[Record] = [
        Profile(child=Child(name="Maya Bell"), school=School(name="Oak Ridge Elementary School")),
        Person(handle="hill", name="Ms. Dana Hill", role="Speech-Language Pathologist"),
        Iep(dated=began - timedelta(days=60), start=began),
        Calendar(first_day=began, last_day=began + timedelta(days=280), closed=closed),
        Service(handle="speech", name="Speech therapy", minutes=30, times=2, provider="hill", start=began),
        Service(handle="ot", name="Occupational therapy", minutes=20, times=1, start=began),
        *(
            Session(service="speech", on=day, result="missed" if n % 3 else "given", reason="vacancy" if n % 3 else "")
            for n, day in enumerate(weekdays[::2])
        ),
    ]
    store.append(records, at=now, by="parent")
    entries = [an_entry(n, today - timedelta(days=(count - n) // 3)) for n in range(count)]
    store.append(entries, at=now - timedelta(days=1), by="parent")


def an_entry(number: int, day: date) -> Entry:
    """300 bytes, of every kind in turn."""
    said = f"Entry {number}: the aide was not in the room at 10:15 and nobody sat with her at reading. " * 3
    kind = KINDS[number % len(KINDS)]
    who = ("hill",) if kind == "call" else ()
    return Entry(happened_on=day, type=kind, text=said, who=who, service="speech", tags=("aide",))


class Program:
    """The screens of one case, on a terminal of 80 by 24."""

    def __init__(self, home: Path) -> None:
        self.pid, self._terminal = pty.fork()
        if not self.pid:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", IEPJOURNAL_HOME=str(home))
            os.execv(sys.executable, [sys.executable, "-m", "iepjournal"])
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def __enter__(self) -> Self:
        self._until_quiet(FIRST_SCREEN_SECONDS, FIRST_SCREEN_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def press(self, key: bytes) -> float:
        """Seconds from a key to the last byte that it brought."""
        began = time.perf_counter()
        os.write(self._terminal, key)
        return self._until_quiet(FIRST_SCREEN_SECONDS, QUIET_SECONDS) - began

    def _until_quiet(self, first: float, quiet: float) -> float:
        """When the last byte came; `first` is how long the first may take."""
        last, wait = time.perf_counter(), first
        while select.select([self._terminal], [], [], wait)[0]:
            os.read(self._terminal, 1 << 16)
            last, wait = time.perf_counter(), quiet
        return last


if __name__ == "__main__":
    main()
