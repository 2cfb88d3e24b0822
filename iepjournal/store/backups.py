"""The saves before this one: hard links beside the journal, thinned out with age. Removes only names it made."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from iepjournal.core.codec import KIND_KEY
from iepjournal.core.plurals import many
from iepjournal.core.records import Entry
from iepjournal.core.values import Value
from iepjournal.errors import NoSuchRecord
from iepjournal.store import fileformat

if TYPE_CHECKING:
    from pathlib import Path

    from iepjournal.store.disk import Disk

KEPT = ((5, "%Y%m%d%H%M%S%f"), (7, "%Y%m%d"), (8, "%G-%V"), (12, "%Y%m"))
"""How many of the newest saves, days, weeks and months keep their last state."""
BEFORE_RESTORE = ".before-restore"
_NO_LINKS_HERE = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOSYS, errno.EOPNOTSUPP)


class Backup(Value):
    """One earlier state of the journal."""

    path: Path
    saved_at: datetime
    size: int
    before_restore: bool = False
    """What a restore took the place of; never thinned out."""


class Contents(Value):
    """What a readable backup holds."""

    records: int
    entries: int

    @property
    def in_words(self) -> str:
        """61 entries; a district's file has none, and other records."""
        if self.entries or not self.records:
            return many(self.entries, "entry", "entries")
        return many(self.records, "record")


class Backups:
    """The backups of one journal file."""

    def __init__(self, folder: Path, stem: str, disk: Disk) -> None:
        self.folder = folder
        self._stem = stem
        self._disk = disk

    def keep(self, journal: str, *, before_restore: bool = False) -> None:
        """Keep the file as it is now, under the time it was saved."""
        self._disk.make_folder(str(self.folder))
        state = self._disk.calls.stat(journal)
        saved_at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=state.st_mtime_ns // 1000)
        copy = self.folder / self._name(saved_at, before_restore)
        # Two saves in one tick of the file system's clock have one time; the later one is listed as later.
        while copy.exists() and not os.path.samestat(state, copy.stat()):
            saved_at += timedelta(microseconds=1)
            copy = self.folder / self._name(saved_at, before_restore)
        try:
            self._disk.calls.link(journal, copy)
        except FileExistsError:
            return
        except OSError as error:
            if error.errno not in _NO_LINKS_HERE:
                raise
            self._disk.put(str(copy), self._disk.read_file(journal))

    def all(self) -> list[Backup]:
        """Every backup this program made, the newest first."""
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            return []
        found = [backup for name in names if (backup := self._backup(name))]
        return sorted(found, key=lambda backup: (backup.saved_at, backup.before_restore), reverse=True)

    def named(self, which: str) -> Backup:
        """One of them by its place in the list (1 is the newest), its name, or the newest of a day (2026-11-20)."""
        backups = self.all()
        if which.isdecimal() and 1 <= int(which) <= len(backups):
            return backups[int(which) - 1]
        for backup in backups:
            if which in (backup.path.name, f"{backup.saved_at:%Y-%m-%d}"):
                return backup
        raise NoSuchRecord("backup", which, "See them with: iepjournal backups")

    def contents(self, backup: Backup) -> Contents | None:
        """How much a backup holds; None when it cannot be read."""
        with suppress(OSError, fileformat.Unreadable, fileformat.TooNew):
            stored = fileformat.parse(backup.path.read_bytes())[fileformat.RECORDS].values()
            entries = {each.get("amends") or each.get("uid") for each in stored if each.get(KIND_KEY) == Entry.KIND}
            return Contents(records=len(stored), entries=len(entries))
        return None

    def newest_good(self) -> tuple[Backup, Contents] | None:
        """The newest backup that can be read, and what it holds."""
        readable = ((backup, self.contents(backup)) for backup in self.all())
        return next(((backup, contents) for backup, contents in readable if contents), None)

    def prune(self) -> None:
        """Thin them out. The newest was read under this lock before it was linked, so a good one always stays."""
        thinned = [backup for backup in self.all() if not backup.before_restore]
        kept = set()
        for count, bucket in KEPT:
            newest: dict[str, Backup] = {}
            for backup in thinned:
                newest.setdefault(backup.saved_at.strftime(bucket), backup)
            kept.update(list(newest.values())[:count])
        for backup in thinned:
            if backup not in kept:
                self._disk.discard(str(backup.path))

    def _name(self, saved_at: datetime, before_restore: bool) -> str:
        return f"{self._stem}.{saved_at:%Y%m%dT%H%M%S.%f}Z{BEFORE_RESTORE if before_restore else ''}.json"

    def _backup(self, name: str) -> Backup | None:
        """The backup of this name, if the name is one of ours to the letter."""
        stamp = name.removeprefix(f"{self._stem}.").removesuffix(".json")
        before_restore = stamp.endswith(BEFORE_RESTORE)
        with suppress(ValueError, FileNotFoundError):
            saved_at = datetime.fromisoformat(stamp.removesuffix(BEFORE_RESTORE))
            if name == self._name(saved_at, before_restore):
                path = self.folder / name
                size = path.stat().st_size
                return Backup(path=path, saved_at=saved_at, size=size, before_restore=before_restore)
        return None
