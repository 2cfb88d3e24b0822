"""Several programs at once, and programs that are killed: what was acknowledged is there, once."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, OMAR, RENEE, TODAY

from iepjournal.core import chain
from iepjournal.core.records import Entry
from iepjournal.errors import JournalBusy, NotSaved
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def log(store: CaseStore, text: str, by: str = RENEE) -> str:
    (entry,) = store.append([Entry(happened_on=TODAY, text=text)], at=NOW, by=by)
    return entry.uid


def in_a_process(work: Callable[[], None]) -> int:
    """Run it in a child of this process; gives its id."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def succeeded(pid: int) -> bool:
    return os.waitpid(pid, 0)[1] == 0


def test_two_shells_logging_a_hundred_entries_each_while_the_screens_read(store: CaseStore, folder: Path) -> None:
    def shell(by: str) -> None:
        for n in range(100):
            log(CaseStore(folder), f"{by} {n}", by)

    def screens() -> None:
        seen = [0]
        while seen[-1] < 203:
            seen.append(len(store.case().entries))
            assert seen[-1] >= seen[-2]
            time.sleep(0.02)

    shells = [in_a_process(partial(shell, by)) for by in (RENEE, OMAR)]
    reader = in_a_process(screens)
    try:
        assert all(succeeded(pid) for pid in shells)
        assert len(store.case().entries) == 203
        assert succeeded(reader)
    finally:
        with suppress(ProcessLookupError):
            os.kill(reader, signal.SIGKILL)

    entries = store.case().entries
    assert [entry.no for entry in entries] == list(range(1, 204))
    for by in (RENEE, OMAR):
        assert [entry.text for entry in entries if entry.recorded_by == by][-100:] == [f"{by} {n}" for n in range(100)]
    assert chain.verify(store.stored_records()).first_broken == ""


def test_fifty_rounds_of_kill_9_lose_nothing_and_double_nothing(store: CaseStore, folder: Path) -> None:
    """A child logs and prints each acknowledged uid; it is killed in the middle of some later save."""
    chance = random.Random(4711)
    acknowledged = [entry.uid for entry in store.case().entries]
    for _ in range(50):
        reading, writing = os.pipe()

        def work(pipe: int = writing) -> None:
            while True:
                os.write(pipe, log(CaseStore(folder), "again").encode() + b"\n")

        pid = in_a_process(work)
        os.close(writing)
        with open(reading, encoding="ascii") as pipe:
            printed = [pipe.readline() for _ in range(chance.randint(1, 5))]
            time.sleep(chance.uniform(0, 0.004))
            os.kill(pid, signal.SIGKILL)
            assert not succeeded(pid)
            printed += pipe.readlines()
        acknowledged += [line.strip() for line in printed if line.endswith("\n")]

        found = Counter(entry.uid for entry in CaseStore(folder).case().entries)
        assert not set(acknowledged) - set(found)
        assert set(found.values()) == {1}
    assert chain.verify(store.stored_records()).first_broken == ""


@contextmanager
def lock_holder(folder: Path) -> Iterator[int]:
    """Another process that has the lock, until it is killed."""
    reading, writing = os.pipe()

    def hold() -> None:
        with CaseStore(folder).storage.transaction():
            os.write(writing, b".")
            signal.pause()

    pid = in_a_process(hold)
    os.read(reading, 1)
    try:
        yield pid
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(reading)
        os.close(writing)


def test_a_busy_journal_names_the_process_that_holds_it(store: CaseStore, folder: Path) -> None:
    waiting = CaseStore(folder, patience_seconds=0.02)
    with lock_holder(folder) as pid:
        with pytest.raises(JournalBusy, match=f"NOT saved: process {pid} has been writing to this case"):
            log(waiting, "later")
        assert len(waiting.case().entries) == 3  # reading needs no lock

    log(waiting, "later")  # and a dead holder holds nothing
    assert len(waiting.case().entries) == 4


def test_a_removed_lock_file_does_not_let_two_programs_in(store: CaseStore, folder: Path) -> None:
    """Who got the lock of a file that is gone tries again on the new one."""
    with lock_holder(folder):
        (folder / "case.json.lock").unlink()
        log(store, "with the new lock file")
        assert (folder / "case.json.lock").exists()
    assert len(store.case().entries) == 4


def test_a_link_in_the_locks_place_is_not_followed(store: CaseStore, folder: Path, tmp_path: Path) -> None:
    (folder / "case.json.lock").unlink()
    (folder / "case.json.lock").symlink_to(tmp_path / "precious")

    with pytest.raises(NotSaved):
        log(store, "new")
    assert not (tmp_path / "precious").exists()


def test_a_file_size_limit_stops_a_save_and_loses_nothing(store: CaseStore, folder: Path) -> None:
    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
        with pytest.raises(NotSaved, match="larger than this machine allows"):
            log(CaseStore(folder), "x" * 4000)
        assert len(CaseStore(folder).case().entries) == 3
        log(CaseStore(folder), "short")

    assert succeeded(in_a_process(limited))
    assert [entry.text for entry in store.case().entries][3:] == ["short"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB."""
    mount = shutil.which("mount")
    place = tmp_path / "small"
    place.mkdir()
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if mount is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("a small disk needs the right to mount one")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_stops_with_every_entry_readable(small_disk: Path) -> None:
    folder = small_disk / "cases" / "maya"
    store = CaseStore.create(folder)
    saved = []

    def fill_the_disk() -> None:
        for n in range(1000):
            log(store, f"{n} {'x' * 1000}")
            saved.append(n)

    with pytest.raises(NotSaved, match="the disk is full"):
        fill_the_disk()

    texts = [entry.text for entry in CaseStore(folder).case().entries]
    assert [int(text.split()[0]) for text in texts] == saved
    assert len(saved) > 10
    assert not list(folder.glob(".iep-*"))


def test_the_start_of_a_quick_log_loads_no_heavy_module() -> None:
    """Each of these costs more than the save itself."""
    code = "import sys, iepjournal.store.case_store; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    heavy = {
        "uuid",
        "secrets",
        "tempfile",
        "random",
        "shutil",
        "dataclasses",
        "inspect",
        "zipfile",
        "orjson",
        "textual",
    }
    assert not heavy & set(loaded)
    assert "tinydb" in loaded
