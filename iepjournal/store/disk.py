"""Files that are whole or not there: the one durable way this program writes anything, and only for its owner.

Every system call goes through one object, so that a test can let any of them fail.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from iepjournal.errors import MaybeSaved, NotSaved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

OWNER_FILE = 0o600
OWNER_FOLDER = 0o700
TEMP_PREFIX, TEMP_SUFFIX = ".iep-", ".tmp"

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "this folder may not be written to",
    errno.EPERM: "this folder may not be written to",
    errno.EIO: "the disk reported a fault",
    errno.EFBIG: "the file has grown larger than this machine allows",
    errno.ENOENT: "its folder is gone",
    errno.EMFILE: "too many files are open",
    errno.EINTR: "it was interrupted",
}
_NO_FULL_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOTTY)


def reason(error: OSError) -> str:
    """Why the disk said no, in plain words."""
    return _REASONS.get(error.errno or 0) or (error.strerror or "the disk refused").lower()


class SystemCalls:
    """What is asked of the operating system; a test passes its own."""

    open = staticmethod(os.open)
    close = staticmethod(os.close)
    read = staticmethod(os.read)
    pread = staticmethod(os.pread)
    write = staticmethod(os.write)
    pwrite = staticmethod(os.pwrite)
    ftruncate = staticmethod(os.ftruncate)
    fsync = staticmethod(os.fsync)
    control = staticmethod(fcntl.fcntl)
    flock = staticmethod(fcntl.flock)
    stat = staticmethod(os.stat)
    fstat = staticmethod(os.fstat)
    chmod = staticmethod(os.chmod)
    fchmod = staticmethod(os.fchmod)
    link = staticmethod(os.link)
    replace = staticmethod(os.replace)
    unlink = staticmethod(os.unlink)
    mkdir = staticmethod(os.mkdir)


class Disk:
    """Durable writing on top of the system calls."""

    def __init__(self, calls: SystemCalls | None = None) -> None:
        self.calls = calls or SystemCalls()

    def put(self, path: str, content: bytes, before_replace: Callable[[], None] | None = None) -> None:
        """Write a file that is there whole, for good, when this returns; NotSaved or MaybeSaved when it cannot."""
        with not_saved():
            temp = self.write_temp(os.path.dirname(path), (content,))
        self.place(temp, path, before_replace)

    def write_temp(self, folder: str, chunks: Iterable[bytes]) -> str:
        """A new file under a name nobody uses, its content on the disk; the caller places or discards it."""
        temp = os.path.join(folder, f"{TEMP_PREFIX}{os.urandom(8).hex()}{TEMP_SUFFIX}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        fd = self.calls.open(temp, flags, OWNER_FILE)
        try:
            try:
                with suppress(PermissionError):  # a memory stick's file system keeps no modes
                    self.calls.fchmod(fd, OWNER_FILE)
                written = sum(self._write_all(fd, chunk) for chunk in chunks)
                if self.calls.fstat(fd).st_size != written:
                    raise OSError(errno.EIO, "the file is not as long as what was written")
                self.sync(fd)
            finally:
                self.calls.close(fd)
        except BaseException:
            self.discard(temp)
            raise
        return temp

    def place(self, temp: str, path: str, before_replace: Callable[[], None] | None = None) -> None:
        """Give a written temp file its name, for good."""
        try:
            with not_saved():
                if before_replace:
                    before_replace()
                self.calls.replace(temp, path)
        except BaseException:
            self.discard(temp)
            raise
        try:
            self.sync_folder(os.path.dirname(path))
        except OSError as error:
            raise MaybeSaved(reason(error)) from error

    def sync(self, fd: int) -> None:
        """Wait until the disk has it. Never tried twice: after a fault Linux may forget the pages and say yes."""
        full_sync = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: plain fsync stops at the drive's own memory
        if full_sync is not None:
            try:
                self.calls.control(fd, full_sync)
                return
            except OSError as error:
                if error.errno not in _NO_FULL_SYNC:
                    raise
        self.calls.fsync(fd)

    def sync_folder(self, folder: str) -> None:
        """Wait until the names in a folder are on the disk."""
        fd = self.calls.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            self.sync(fd)
        finally:
            self.calls.close(fd)

    def read_file(self, path: str) -> bytes:
        """Everything in a file."""
        fd = self.calls.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return b"".join(self.chunks(fd, size=self.calls.fstat(fd).st_size + 1))
        finally:
            self.calls.close(fd)

    def read_head(self, path: str, size: int) -> bytes:
        """The beginning of a file."""
        fd = self.calls.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            return self.calls.pread(fd, size, 0)
        finally:
            self.calls.close(fd)

    def chunks(self, fd: int, size: int = 1 << 20) -> Iterator[bytes]:
        """The rest of an open file, piece by piece."""
        while chunk := self.calls.read(fd, size):
            yield chunk

    def make_folder(self, folder: str) -> None:
        """A folder only its owner can enter, and those above it; one that is there is left as it is."""
        if os.path.isdir(folder):
            return
        parent = os.path.dirname(folder)
        if parent != folder:
            self.make_folder(parent)
        with not_saved(), suppress(FileExistsError):
            self.calls.mkdir(folder, OWNER_FOLDER)
            self.calls.chmod(folder, OWNER_FOLDER)
            self.sync_folder(parent)

    def discard(self, path: str) -> None:
        """Remove a file that is of no use; one that cannot be removed does no harm."""
        with suppress(OSError):
            self.calls.unlink(path)

    def _write_all(self, fd: int, chunk: bytes) -> int:
        rest = memoryview(chunk)
        while rest:
            written = self.calls.write(fd, rest)
            if not written:
                raise OSError(errno.EIO, "nothing more could be written")
            rest = rest[written:]
        return len(chunk)


@contextmanager
def not_saved(**sentence: str) -> Iterator[None]:
    """Turn what the disk says into a sentence; `kept` says what is still there."""
    try:
        yield
    except OSError as error:
        raise NotSaved(reason(error), **sentence) from error
