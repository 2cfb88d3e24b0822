"""A TinyDB storage that keeps its word: locked, atomic, on the disk before it returns, never over what it cannot read.

TinyDB's own overwrites the one file in place and lets two writers lose each other's work.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tinydb.storages import Storage

from iepjournal.errors import JournalTooNew, JournalUnreadable, MaybeSaved, NotSaved
from iepjournal.store import fileformat, lock
from iepjournal.store.backups import Backups
from iepjournal.store.disk import OWNER_FILE, TEMP_PREFIX, TEMP_SUFFIX, Disk, not_saved, reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iepjournal.store.fileformat import Tables

PATIENCE_SECONDS = 10.0
HOUR_NS = 3600 * 10**9
"""Longer than any save takes: a temp file of this age has no owner."""
_HEAD_BYTES = 256
"""The beginning of the file, where its `rev` stands, belongs to its signature."""


class DurableStorage(Storage):
    """One journal file on disk. Read at any time; write only inside a transaction."""

    def __init__(self, path: Path, disk: Disk | None = None, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self.path = path
        self.disk = disk or Disk()
        self.backups = Backups(path.parent / "backups", path.stem, self.disk)
        # Replacing a symbolic link would replace the link and leave the real file old.
        self._real = os.path.realpath(path)
        self.brought_back_by = "iepjournal restore"
        """What is said to do when the file is lost or damaged."""
        self._patience_seconds = patience_seconds
        self._tables: Tables | None = None
        self._signature: tuple[Any, ...] | None = None
        self._staged: Tables | None = None
        self._locked = False
        self._pinned = False
        """Whether this transaction has read already: all it does is about that one state."""

    @contextmanager
    def transaction(self, *, keep_backup: bool = True) -> Iterator[None]:
        """Hold the lock around read, change and write; everything written inside is saved once, at the end."""
        with lock.held(self._real + ".lock", self.disk, self._patience_seconds) as now_ns:
            self._remove_leftovers(now_ns)
            self._locked, self._pinned = True, False
            try:
                yield
                if self._staged is not None:
                    self._save(self._staged, keep_backup=keep_backup)
            except BaseException:
                self._forget()  # TinyDB has already changed the tables it was given
                raise
            finally:
                self._staged = None
                self._locked = self._pinned = False

    def read(self) -> Tables | None:
        """The tables as they are on disk now, or as staged; None when there is no file and never was."""
        if self._staged is not None:
            return self._staged
        if self._pinned:
            return self._tables
        self._pinned = self._locked
        signature = self.signature()
        if signature is None:
            self._forget()
            if self.backups.all():
                raise self.unreadable("it is gone, though it has backups")
        elif signature != self._signature:
            self._forget()
            self._tables = self.read_afresh()
            self._signature = signature
        return self._tables

    def write(self, data: Tables) -> None:
        """Stage the tables for the end of the transaction."""
        if not self._locked:
            self._forget()
            raise RuntimeError("write outside a transaction")
        self._staged = data

    def read_afresh(self) -> Tables:
        """The tables on disk, shared with nobody."""
        return self.parsed(self.read_bytes())

    def parsed(self, raw: bytes) -> Tables:
        """The tables in bytes that were read from this file; what cannot be read is kept as it is, and said."""
        try:
            return fileformat.parse(raw)
        except fileformat.TooNew as error:
            raise JournalTooNew(str(self.path), error.found, fileformat.FORMAT) from None
        except fileformat.Unreadable as error:
            raise self.unreadable(str(error), kept_as=self._keep_damaged(raw)) from None

    def read_bytes(self) -> bytes:
        """The file as it is, if it is ours to open."""
        with self._readable():
            self._refuse_what_is_not_ours()
            return self.disk.read_file(self._real)

    def set_aside(self) -> Tables | None:
        """Keep the file, even a damaged one, where no pruning takes it, so that another may take its place."""
        try:
            tables = self.read()
        except JournalUnreadable as error:
            if os.path.lexists(self._real) and not error.kept_as:
                raise
            self._signature = self.signature()
            return None
        if tables is not None:
            with not_saved():
                self.backups.keep(self._real, before_restore=True)
        return tables

    def signature(self) -> tuple[Any, ...] | None:
        """Cheap to ask for, and different whenever the file is; None when there is no file."""
        with self._readable(), suppress(FileNotFoundError):
            state = self.disk.calls.stat(self._real)
            head = self.disk.read_head(self._real, _HEAD_BYTES) if stat.S_ISREG(state.st_mode) else b""
            return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, head)
        return None

    def unreadable(self, why: str, kept_as: str = "") -> JournalUnreadable:
        """The error that says why, and what there is to go back to."""
        good = self.backups.newest_good()
        newest = f"of {good[0].saved_at:%b %-d, %Y, %H:%M} UTC, with {good[1].in_words}" if good else ""
        return JournalUnreadable(
            str(self.path), why, kept_as=kept_as, newest_backup=newest, brought_back_by=self.brought_back_by
        )

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = "you may not read it" if isinstance(error, PermissionError) else reason(error)
            raise self.unreadable(why) from error

    def _save(self, tables: Tables, *, keep_backup: bool) -> None:
        read_as = self._signature
        try:
            content = fileformat.serialise(tables, expected_size=read_as[2] if read_as else 0)
        except ValueError as error:
            raise NotSaved(f"it holds something that cannot be stored ({error})") from error

        def before_replace() -> None:
            if self.signature() != read_as:
                raise NotSaved("another program changed the file at the same moment", kept="Please try again.")
            if read_as and keep_backup:
                self.backups.keep(self._real)

        self.disk.put(self._real, content, before_replace)
        self._forget()
        with suppress(OSError, JournalUnreadable):  # it is saved: nothing from here on may say otherwise
            self._signature = self.signature()
            self._tables = tables
            self.backups.prune()

    def _forget(self) -> None:
        self._tables = self._signature = None

    def _refuse_what_is_not_ours(self) -> None:
        for link in (self.path.parent, self.path):
            state = os.lstat(link)
            if stat.S_ISLNK(state.st_mode) and state.st_uid != os.geteuid():
                raise self.unreadable("another user of this machine made a link there")
        state = self.disk.calls.stat(self._real)
        if not stat.S_ISREG(state.st_mode):
            raise self.unreadable("it is not an ordinary file")
        if state.st_uid != os.geteuid():
            raise self.unreadable("it belongs to another user of this machine")
        if stat.S_IMODE(state.st_mode) & ~OWNER_FILE:
            with suppress(OSError):  # closed to others each time it is read; the doctor says so where it cannot be
                self.disk.calls.chmod(self._real, OWNER_FILE)

    def _keep_damaged(self, raw: bytes) -> str:
        """Keep a copy under the time of the damage, so that looking again makes no second one."""
        damaged_at = datetime.fromtimestamp(os.stat(self._real).st_mtime, UTC)
        copy = f"{self.path}.damaged-{damaged_at:%Y%m%dT%H%M%S.%f}Z"
        if not os.path.exists(copy):
            try:
                self.disk.put(copy, raw)
            except (NotSaved, MaybeSaved):
                return ""
        return os.path.basename(copy)

    def _remove_leftovers(self, now_ns: int) -> None:
        """Temp files of a killed process."""
        with suppress(OSError), os.scandir(os.path.dirname(self._real)) as found:
            for file in found:
                ours = file.name.startswith(TEMP_PREFIX) and file.name.endswith(TEMP_SUFFIX)
                if ours and file.stat(follow_symlinks=False).st_mtime_ns < now_ns - HOUR_NS:
                    self.disk.discard(file.path)
