"""A journal file: sealed records in the order they were written. The only user of TinyDB.

Every change is an operation on what is on disk now, under the lock; what is written is never changed.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB

from iepjournal.core.case import Case
from iepjournal.core.codec import KIND_KEY, from_stored
from iepjournal.core.records import Profile, Purge, Record, Strike, Undo
from iepjournal.core.values import Value
from iepjournal.errors import AlreadyThere, JournalUnreadable, NotAllowed
from iepjournal.store import fileformat
from iepjournal.store.fileformat import META, RECORDS, meta_of
from iepjournal.store.stamping import Command, last_no_of
from iepjournal.store.storage import PATIENCE_SECONDS, DurableStorage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime
    from pathlib import Path

    from iepjournal.core.codec import Stored
    from iepjournal.store.backups import Backup
    from iepjournal.store.disk import Disk
    from iepjournal.store.fileformat import Tables

ALWAYS_READ: tuple[type[Record], ...] = (Profile, Strike, Undo, Purge)
"""Without these nothing can be said about what stands."""


class Preview(Value):
    """What a restore would bring back, and what it would take out of sight."""

    backup: Backup
    case: Case
    """As it was then."""
    lost: tuple[Record, ...]
    """Records that are in the journal now and not in the backup."""


class RecordStore:
    """One file of records, and the way to add to it."""

    def __init__(
        self, path: Path, slug: str, *, disk: Disk | None = None, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self.path = path = path.absolute()
        self.slug = slug
        self.storage = DurableStorage(path, disk, patience_seconds)
        self.disk = self.storage.disk
        self.backups = self.storage.backups
        self._read_before: tuple[list[Stored], tuple[Record, ...]] = ([], ())

    def make(self) -> None:
        """Write an empty journal; AlreadyThere when there is a file."""
        self.disk.make_folder(str(self.path.parent))
        with self.storage.transaction():
            if self.storage.read() is not None:
                raise AlreadyThere(str(self.path))
            self.storage.write(fileformat.new_tables(self.slug))

    def case(self, only: Collection[type[Record]] | None = None) -> Case:
        """A snapshot of what is on disk; with `only`, of these kinds and what decides whether they stand."""
        return Case(self.slug, self.records(only))

    def records(self, only: Collection[type[Record]] | None = None) -> tuple[Record, ...]:
        """Every record, or those of some kinds, in the order they were written; unknown kinds are passed over.

        What was read the last time is not read again while it is the same: records are only ever added.
        """
        stored = list(self._tables()[RECORDS].values())
        if only is not None:
            kinds = {kind.KIND for kind in (*only, *ALWAYS_READ)}
            return self._decoded(each for each in stored if each.get(KIND_KEY) in kinds)
        before, records = self._read_before
        if len(before) > len(stored) or not all(map(is_, before, stored)):
            before, records = [], ()
        records += self._decoded(stored[len(before) :])
        self._read_before = stored, records
        return records

    def stored_records(self) -> list[Stored]:
        """The stored objects as they are in the file, for checking their seals."""
        return list(self.storage.read_afresh()[RECORDS].values())

    def append(self, records: Iterable[Record], *, at: datetime, by: str) -> tuple[Record, ...]:
        """Write records as one command and return them as they were sealed.

        A record that brings its uid keeps it, and is not written a second time: trying again is safe.
        """
        with self.storage.transaction():
            return self._stage(records, at, by)

    def change(self, operation: Callable[[Case], Iterable[Record]], *, at: datetime, by: str) -> tuple[Record, ...]:
        """Write, as one command, what an operation makes of the case as it is on disk now."""
        with self.storage.transaction():
            return self._stage(operation(self.case()), at, by)

    def preview(self, backup: Backup) -> Preview:
        """What restoring this backup would mean; NotAllowed when it cannot be read."""
        then = self._read_backup(backup)
        uids = {each.get("uid") for each in then[RECORDS].values()}
        try:
            now = self.records()
        except JournalUnreadable:
            now = ()
        return Preview(
            backup=backup,
            case=Case(self.slug, self._decoded(then[RECORDS].values())),
            lost=tuple(record for record in now if record.uid not in uids),
        )

    def restore(self, backup: Backup) -> None:
        """Put a backup in the journal's place. What is there now, even damaged, is kept beside it first.

        Numbers given since are never given again; where they cannot be read, numbering goes on at the next hundred.
        """
        then = self._read_backup(backup)
        with self.storage.transaction(keep_backup=False):
            newest_good = self.backups.newest_good()
            newest = self._read_backup(newest_good[0]) if newest_good else then
            now = self.storage.set_aside()
            last_no = max(last_no_of(tables) for tables in (then, newest, now) if tables)
            rev = max(meta_of(tables)["rev"] for tables in (then, newest, now) if tables)
            meta_of(then).update(rev=rev + 1, last_no=last_no if now else (last_no // 100 + 1) * 100)
            self.storage.write(then)

    def signature(self) -> tuple[Any, ...]:
        """Different whenever the file is."""
        return self.storage.signature() or ()

    def _tables(self) -> Tables:
        tables = self.storage.read()
        if tables is None:
            raise JournalUnreadable(str(self.path), "it is not there")
        return tables

    def _decoded(self, stored: Iterable[Stored]) -> tuple[Record, ...]:
        try:
            return tuple(record for record in map(from_stored, stored) if record is not None)
        except ValueError as error:
            raise self.storage.unreadable(str(error)) from error

    def _stage(self, records: Iterable[Record], at: datetime, by: str) -> tuple[Record, ...]:
        tables = self._tables()
        command = Command(tables, at=at, by=by)
        sealed = tuple(command.write(record) for record in records)
        if command.fresh:
            # A new TinyDB each time: its tables remember the next id, which another process may have used by now.
            db = TinyDB(storage=lambda: self.storage)
            db.table(RECORDS, cache_size=0).insert_multiple(command.fresh)
            about = {"rev": meta_of(tables)["rev"] + 1, "last_no": command.last_no}
            db.table(META, cache_size=0).update(about)
        return sealed

    def _read_backup(self, backup: Backup) -> Tables:
        try:
            return fileformat.parse(backup.path.read_bytes())
        except (OSError, fileformat.Unreadable, fileformat.TooNew) as error:
            raise NotAllowed(
                f"{backup.path.name} cannot be read: {error}.", "Choose another: iepjournal backups"
            ) from error
