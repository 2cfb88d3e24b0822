"""What is right and wrong with a case's files: owners, modes, links, lock, seals, backups. Mends what is safe to mend.

Gives values and prints nothing; a record is never touched.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from typing import TYPE_CHECKING, Literal

from iepjournal.core import chain
from iepjournal.core.values import Value
from iepjournal.errors import JournalError
from iepjournal.store.disk import OWNER_FILE, OWNER_FOLDER, TEMP_PREFIX, TEMP_SUFFIX, reason
from iepjournal.store.storage import HOUR_NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from iepjournal.store.case_store import CaseStore
    from iepjournal.store.record_store import RecordStore

State = Literal["ok", "mended", "warn", "stop"]
ROOM_FOR_SAVES = 20
"""Below this many times the journal's size the disk counts as nearly full."""


class Check(Value):
    """One thing looked at."""

    what: str
    state: State
    says: str


def examine(store: CaseStore) -> tuple[Check, ...]:
    """Look at everything of a case and its district, and mend the modes."""
    home = store.folder.parent.parent
    stores: list[RecordStore] = [store]
    checks = [*_privacy(home, store.folder), *_leftovers(home, store.folder), _lock(store), _room(store)]
    try:
        district = store.district()
        stores += [district] if district and district.exists else []
        checks.append(_kept_files(store))
    except JournalError:
        pass  # the journal's own check says why
    for each in stores:
        checks += [_journal(each), _backups(each)]
    return tuple(checks)


def _privacy(home: Path, folder: Path) -> Iterator[Check]:
    mended = 0
    for path in (home, home / "cases", home / "districts", *_ours(home / "districts"), folder, *_ours(folder)):
        try:
            state = os.lstat(path)
        except FileNotFoundError:
            continue
        if state.st_uid != os.geteuid():
            yield Check(what="owner", state="stop", says=f"{path} belongs to another user.")
        elif stat.S_ISLNK(state.st_mode):
            yield Check(what="links", state="warn", says=f"{path} is a link to {os.path.realpath(path)}.")
        elif stat.S_IMODE(state.st_mode) & 0o077:
            try:
                os.chmod(path, OWNER_FOLDER if stat.S_ISDIR(state.st_mode) else OWNER_FILE)
                mended += 1
            except OSError as error:
                yield Check(what="modes", state="warn", says=f"Other users can see {path}: {reason(error)}.")
    if mended:
        yield Check(what="modes", state="mended", says=f"Files or folders other users could see: {mended}. No longer.")
    else:
        yield Check(what="modes", state="ok", says="Only you can see the files.")
    for parent in home.absolute().parents:
        mode = os.stat(parent).st_mode
        if mode & (stat.S_IWGRP | stat.S_IWOTH) and not mode & stat.S_ISVTX:
            yield Check(what="folders", state="warn", says=f"Others may move or replace what is in {parent}.")


def _leftovers(home: Path, folder: Path) -> Iterator[Check]:
    """Temp files nobody writes to any more, files no record names, and damaged copies."""
    removed = 0
    probe = folder / f"{TEMP_PREFIX}{os.urandom(8).hex()}{TEMP_SUFFIX}"
    try:
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_FILE))
        now_ns = probe.stat().st_mtime_ns  # the file system's own clock, which dates the others too
        for path in (*_ours(home / "districts"), *_ours(folder)):
            ours = path.name.startswith(TEMP_PREFIX) and path.name.endswith(TEMP_SUFFIX)
            if ours and path.lstat().st_mtime_ns < now_ns - HOUR_NS:
                path.unlink()
                removed += 1
        for staging in home.glob(f"{TEMP_PREFIX}*.import"):
            if staging.lstat().st_mtime_ns < now_ns - HOUR_NS:
                shutil.rmtree(staging, ignore_errors=True)
                removed += 1
        probe.unlink()
    except OSError as error:
        yield Check(what="writing", state="stop", says=f"Nothing can be saved here: {reason(error)}.")
    if removed:
        yield Check(what="leftovers", state="mended", says=f"Leftovers of interrupted saves, removed: {removed}.")
    for copy in folder.glob("case.json.damaged-*"):
        yield Check(what="damage", state="warn", says=f"{copy.name} is a copy of a damaged journal.")


def _lock(store: CaseStore) -> Check:
    """Two descriptors must not both get the lock; on some network file systems they do."""
    probe = store.folder / f"{TEMP_PREFIX}{os.urandom(8).hex()}{TEMP_SUFFIX}"
    try:
        first = os.open(probe, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_FILE)
        second = os.open(probe, os.O_RDWR | os.O_CLOEXEC)
        try:
            store.disk.calls.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
            store.disk.calls.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return Check(what="lock", state="ok", says="Two programs cannot write at once.")
        finally:
            os.close(first)
            os.close(second)
            probe.unlink()
    except OSError as error:
        return Check(what="lock", state="warn", says=f"The lock could not be tried: {reason(error)}.")
    return Check(what="lock", state="warn", says="Locks do nothing on this disk: write from one program at a time.")


def _room(store: CaseStore) -> Check:
    disk = os.statvfs(store.folder)
    free = disk.f_bavail * disk.f_frsize
    size = store.path.stat().st_size if store.path.exists() else 0
    if free < ROOM_FOR_SAVES * max(size, 100_000):
        return Check(what="room", state="warn", says=f"The disk is nearly full: {free // 1024:,} KB left.")
    return Check(what="room", state="ok", says="There is room on the disk.")


def _journal(store: RecordStore) -> Check:
    try:
        verdict = chain.verify(store.stored_records())
        store.case()
    except JournalError as error:
        return Check(what=store.path.name, state="stop", says=str(error))
    if verdict.first_broken:
        return Check(what=store.path.name, state="stop", says=f"Broken at {verdict.first_broken}.")
    return Check(what=store.path.name, state="ok", says=f"Unbroken; records: {verdict.records}.")


def _backups(store: RecordStore) -> Check:
    backups = store.backups.all()
    good = [backup for backup in backups if store.backups.contents(backup)]
    what = f"backups of {store.path.name}"
    if len(good) < len(backups):
        return Check(what=what, state="warn", says=f"{len(backups) - len(good)} of {len(backups)} cannot be read.")
    if not good:
        return Check(what=what, state="ok", says="None yet: the first is made by the second save.")
    return Check(
        what=what, state="ok", says=f"{len(good)} here, the newest of {good[0].saved_at:%b %-d, %Y, %H:%M} UTC."
    )


def _kept_files(store: CaseStore) -> Check:
    files = store.check_files()
    wrong = [file for file in files if file.state != "same"]
    named = {file.sha256 for file in files}
    unused = [path for path in (store.folder / "files").glob("[!.]*") if path.name not in named]
    if wrong:
        says = "; ".join(f"{file.name} is {file.state}" for file in wrong) + "."
        return Check(what="kept files", state="stop", says=says)
    if unused:
        return Check(what="kept files", state="warn", says=f"{len(unused)} in {unused[0].parent} belong to no record.")
    return Check(what="kept files", state="ok", says=f"{len(files)}, the same as when they were kept.")


def _ours(folder: Path) -> Iterable[Path]:
    return sorted(folder.rglob("*")) if folder.is_dir() else ()
