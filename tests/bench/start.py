"""How long a quick `log` takes, as ratios in one run: `python tests/bench/start.py`.

Peers: a bare `python -c pass`, and jrnl logging the same line, installed in an environment of its own.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import iepjournal
from iepjournal.core.records import Entry
from iepjournal.store.case_store import CaseStore

ROUNDS = 15
LINE = 'No speech today, she told me "Ms. Hill is out" #speech #aide'
BARS = {
    "log, 10 entries / bare python": 6.0,
    "log, 10 entries / jrnl": 1 / 3,
    "log, 10,000 entries / 10 entries": 4.0,
    "log, 10,000 entries / jrnl with as many": 1 / 30,
}


def main() -> None:
    compiled()
    script = Path(sys.executable).parent / "iepjournal"  # what a parent runs, as the peer is run by its own
    ours = [str(script)] if script.exists() else [sys.executable, "-m", "iepjournal"]
    with tempfile.TemporaryDirectory(prefix="iepjournal-bench-") as folder:
        root = Path(folder)
        jrnl = jrnl_of_its_own(root / "peer")
        times = {"bare": median([sys.executable, "-c", "pass"])}
        for count in (10, 10_000):
            home = root / f"home-{count}"
            case_of(home, count)
            times[f"log {count}"] = median([*ours, "log", LINE], IEPJOURNAL_HOME=str(home))
            config = jrnl_journal_of(root / f"jrnl-{count}", count)
            rounds = ROUNDS if count < 100 else 3
            times[f"jrnl {count}"] = median([jrnl, "--config-file", config, LINE], rounds=rounds)
    ratios = {
        "log, 10 entries / bare python": times["log 10"] / times["bare"],
        "log, 10 entries / jrnl": times["log 10"] / times["jrnl 10"],
        "log, 10,000 entries / 10 entries": times["log 10000"] / times["log 10"],
        "log, 10,000 entries / jrnl with as many": times["log 10000"] / times["jrnl 10000"],
    }
    for name, seconds in times.items():
        print(f"{name:<12} {seconds * 1000:8.0f} ms")
    for name, ratio in ratios.items():
        print(f"{name:<42} {ratio:6.3f}  (bar {BARS[name]:.3f}) {'ok' if ratio <= BARS[name] else 'OVER'}")


def compiled() -> None:
    """Compile the program as an installer does; the peers were installed by one."""
    compileall.compile_dir(Path(iepjournal.__file__).parent, quiet=1)


def median(command: list[str], rounds: int = ROUNDS, **environment: str) -> float:
    """Seconds from start to exit."""
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        subprocess.run(
            command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env={**os.environ, **environment}
        )
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


def words(number: int) -> str:
    """600 bytes of entry, with tags."""
    return (f"Entry {number}: the aide was not in the room at 10:15 and nobody sat with her. " * 8)[
        :570
    ] + " #aide #reading"


def case_of(home: Path, count: int) -> None:
    store = CaseStore.create(home / "cases" / "journal")
    first = date(2013, 8, 6)
    entries = [
        Entry(happened_on=first + timedelta(days=n // 3), type="observed", text=words(n), tags=("aide", "reading"))
        for n in range(count)
    ]
    store.append(entries, at=datetime(2026, 6, 1, tzinfo=UTC), by="parent")


def jrnl_of_its_own(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "-q", "jrnl"], check=True, capture_output=True)
    return str(folder / "bin" / "jrnl")


def jrnl_journal_of(folder: Path, count: int) -> str:
    folder.mkdir()
    first = datetime(2013, 8, 6, 15, 0)
    blocks = [
        f"[{(first + timedelta(hours=8 * n)):%Y-%m-%d %I:%M %p}] {words(n).replace('#', '@')}\n" for n in range(count)
    ]
    (folder / "journal.txt").write_text("\n".join(blocks))
    (folder / "jrnl.yaml").write_text(
        f"journals:\n  default:\n    journal: {folder / 'journal.txt'}\nencrypt: false\nversion: v4.0\n"
        "colors:\n  body: none\n  date: none\n  tags: none\n  title: none\ndefault_hour: 9\ndefault_minute: 0\n"
        "editor: ''\nhighlight: false\nindent_character: '|'\nlinewrap: 79\ntagsymbols: '@'\ntemplate: false\n"
        "timeformat: '%F %r'\ndisplay_format: pretty\n"
    )
    return str(folder / "jrnl.yaml")


if __name__ == "__main__":
    main()
