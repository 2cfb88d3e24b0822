"""A case's folder: its journal, drafts, kept files and letters, and the district file it refers to."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from iepjournal.core.case import Case
from iepjournal.core.moves import during, stays
from iepjournal.core.records import Calendar, Letter, Profile
from iepjournal.core.values import Value
from iepjournal.errors import MaybeSaved, NotSaved
from iepjournal.store.disk import not_saved
from iepjournal.store.district_store import DistrictStore, district_slug
from iepjournal.store.files import KeptFile, KeptFiles
from iepjournal.store.record_store import RecordStore
from iepjournal.store.stamping import last_no_of
from iepjournal.store.storage import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from typing import BinaryIO

    from iepjournal.core.records import Record
    from iepjournal.store.disk import Disk


_DRAFT_NAME = r"[\w-][\w.-]*"


class Draft(Value):
    """Text that is not saved as a record yet."""

    name: str
    text: str
    kept_at: datetime


class CaseStore(RecordStore):
    """Everything kept for one case."""

    def __init__(self, folder: Path, *, disk: Disk | None = None, patience_seconds: float = PATIENCE_SECONDS) -> None:
        folder = folder.absolute()
        super().__init__(folder / "case.json", folder.name, disk=disk, patience_seconds=patience_seconds)
        self.folder = folder
        self.files = KeptFiles(folder, self.disk)
        self._districts: list[DistrictStore] = []
        """Those the case was last seen in, in the order of time."""

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make the folder and an empty journal in it; AlreadyThere when there is one."""
        store = cls(folder)
        store.make()
        return store

    def case(self, only: Collection[type[Record]] | None = None) -> Case:
        """A snapshot of what is on disk, the district's records included; `only` reads just some kinds."""
        case = super().case(only)
        shared: list[Record] = []
        self._districts = []
        for stay in stays(case.versions(case.profile)):
            district = self._district_named(stay.district)
            if district is not None:
                self._districts.append(district)
                shared += during(stay, district.records(only) if district.exists else ())
        return Case(self.slug, case.records, shared) if shared else case

    def district(self) -> DistrictStore | None:
        """The store of this case's district; None until the case names it. Its file may not be there yet."""
        return self.district_of(super().case(only=()))

    def district_of(self, case: Case) -> DistrictStore | None:
        """The store of the district a case names."""
        return self._district_named(case.profile.school.district)

    def _district_named(self, name: str) -> DistrictStore | None:
        if not district_slug(name):
            return None
        return DistrictStore(self.folder.parent.parent / "districts", name, disk=self.disk)

    def change_calendar(
        self, change: Callable[[Sequence[Calendar]], Calendar], *, at: datetime, by: str
    ) -> RecordStore:
        """Write the calendar's next version where it is kept, a new one for the district if the case names it.

        Gives the store that was written to.
        """
        case = self.case()
        district = self.district_of(case)
        own = {record.root for record in case.records if isinstance(record, Calendar)}
        if district is None or change(case.all(Calendar)).amends in own:
            self.change(lambda now: [change(now.all(Calendar))], at=at, by=by)
            return self
        if not district.exists:
            district.make()
        district.change(lambda shared: [change(shared.all(Calendar))], at=at, by=by)
        return district

    def signature(self) -> tuple[Any, ...]:
        """Different whenever the case's file or one of its districts' is."""
        return (super().signature(), *(district.signature() for district in self._districts))

    def purge(self, no: int, *, at: datetime, by: str, why: str) -> tuple[Record, ...]:
        """Erase what is printed as `no` and what goes with it (`core.erasure.goes_with`), for good and everywhere here.

        Gives the purge records that stay. The journal comes last: until then nothing is lost but older copies.
        """
        from iepjournal.core.erasure import goes_with
        from iepjournal.store.erasing import Erasure, remove_for_good, unused_hashes

        with self.storage.transaction(keep_backup=False):
            gone = goes_with(self.case(), no)
            erasure = Erasure(gone, no, at=at, by=by, why=why)
            tables, purges = erasure.without(self._tables())
            try:
                with not_saved():
                    erasure.clean_backups(self.backups.folder, self.disk)
                    erasure.clean_loose_files(self.folder, self.disk)
            except MaybeSaved as error:
                raise NotSaved("the disk did not confirm a change", kept="The record is still here.") from error
            self.storage.write(tables)
        letters = [path for record in gone if isinstance(record, Letter) for path in self.letter_files(record.no or 0)]
        files = [self.file_path(sha256) for sha256 in unused_hashes(gone, tables)]
        with not_saved(kept="The record is erased, but a file of it is still here; see: iepjournal doctor"):
            remove_for_good([path for path in (*files, *letters) if path.exists()], self.disk)
        return purges

    def other_children(self) -> tuple[str, ...]:
        """The children of the cases beside this one, whose names must not stand in its letters."""
        folders = sorted(found.parent for found in self.folder.parent.glob("*/case.json"))
        others = (CaseStore(folder).case(only=(Profile,)) for folder in folders if folder != self.folder)
        return tuple(name for other in others if (name := other.profile.child.name))

    def check_files(self) -> tuple[KeptFile, ...]:
        """Every attachment and every sent letter, hashed again: the same, changed or missing."""
        return self.files.check(self.case())

    def keep_draft(self, name: str, text: str) -> Path:
        """Keep unfinished text on disk, one draft a name; gives where."""
        path = self._draft_path(name)
        self.disk.make_folder(os.path.dirname(path))
        self.disk.put(path, text.encode("utf-8", "replace"))
        return Path(path)

    def drafts(self) -> tuple[Draft, ...]:
        """What was being written, the newest last."""
        found = []
        for path in (self.folder / "drafts").glob("*.txt"):
            with suppress(FileNotFoundError):  # another program may discard it meanwhile
                if re.fullmatch(_DRAFT_NAME, path.stem):
                    text = path.read_bytes().decode("utf-8", "replace")
                    kept_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                    found.append(Draft(name=path.stem, text=text, kept_at=kept_at))
        return tuple(sorted(found, key=lambda draft: draft.kept_at))

    def discard_draft(self, name: str) -> None:
        """Remove a draft that was saved or is not wanted; one that is not there is no fault."""
        self.disk.discard(self._draft_path(name))

    def keep_file(self, source: BinaryIO | Path) -> tuple[str, int]:
        """Copy a file into the case under its SHA-256; gives that and the size."""
        return self.files.keep(source)

    def file_path(self, sha256: str) -> Path:
        """Where a kept file is."""
        return self.files.path(sha256)

    def keep_letter(self, no: int, suffix: str, content: bytes) -> Path:
        """Keep what was sent: one form (pdf, txt ...) of a letter, by its number and hash."""
        return self.files.keep_letter(no, suffix, content)

    def keep_next_letter(self, suffix: str, contents: Iterable[bytes]) -> None:
        """Keep what was sent of the letter that is about to be written; only inside an operation of `change`."""
        no = last_no_of(self._tables()) + 1
        for content in contents:
            self.keep_letter(no, suffix, content)

    def letter_files(self, no: int) -> list[Path]:
        """Every kept form of a letter."""
        return self.files.letters(no)

    def _draft_path(self, name: str) -> str:
        if not re.fullmatch(_DRAFT_NAME, name):
            raise ValueError(f"{name!r} cannot name a draft")
        return str(self.folder / "drafts" / f"{name}.txt")
