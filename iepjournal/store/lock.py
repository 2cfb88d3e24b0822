"""One writer at a time: a lock file beside the journal, let go by the kernel even when its holder is killed."""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING

from iepjournal.errors import JournalBusy
from iepjournal.store.disk import OWNER_FILE, not_saved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iepjournal.store.disk import Disk

_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)
_NO_LOCKS_HERE = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)
"""Some network file systems; the storage's look at the file before it replaces it is the second guard."""
_PAUSE_SECONDS = 0.005


@contextmanager
def held(path: str, disk: Disk, patience_seconds: float) -> Iterator[int]:
    """Hold the lock, or JournalBusy; gives the time of the file system in nanoseconds."""
    with not_saved():
        fd = _take(path, disk, patience_seconds)
    try:
        with suppress(OSError):  # the process id only serves the next one's message
            disk.calls.ftruncate(fd, 0)
            disk.calls.pwrite(fd, str(os.getpid()).encode(), 0)
        yield os.fstat(fd).st_mtime_ns
    finally:
        with suppress(OSError):
            disk.calls.close(fd)


def _take(path: str, disk: Disk, patience_seconds: float) -> int:
    deadline = monotonic() + patience_seconds
    while True:
        fd = disk.calls.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, OWNER_FILE)
        try:
            if _locked(fd, disk) and _still_there(fd, path, disk):
                return fd
            holder = disk.calls.pread(fd, 20, 0).decode("ascii", "replace")
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)
        if monotonic() >= deadline:
            raise JournalBusy(holder if holder.isdigit() else "", patience_seconds)
        sleep(_PAUSE_SECONDS)


def _locked(fd: int, disk: Disk) -> bool:
    try:
        disk.calls.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        if error.errno not in _NO_LOCKS_HERE:
            raise
    return True


def _still_there(fd: int, path: str, disk: Disk) -> bool:
    """Whether the next process would find this same lock; a removed lock file guards nothing."""
    try:
        return os.path.samestat(disk.calls.fstat(fd), disk.calls.stat(path, follow_symlinks=False))
    except FileNotFoundError:
        return False
