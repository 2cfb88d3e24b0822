"""An archive of a case, made a case on this machine.

What comes in is a stranger's file: it is checked whole, in a folder of its own, before any of it has a place.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from iepjournal.core.values import Value
from iepjournal.errors import AlreadyThere, ArchiveRefused, JournalUnreadable
from iepjournal.store import fileformat
from iepjournal.store.case_store import CaseStore
from iepjournal.store.disk import TEMP_PREFIX, Disk
from iepjournal.store.fileformat import RECORDS, meta_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from iepjournal.store.district_store import DistrictStore
    from iepjournal.store.fileformat import Tables

MOST_FILES = 20_000
MOST_BYTES = 4 * 1024**3
MOST_TEXT_BYTES = 512 * 1024**2
"""For what is read into memory: the journals and drafts."""
LARGEST_RATIO = 200
RATIO_FROM_BYTES = 64 * 1024**2
"""A journal of much the same lines packs well; only what would fill a disk is suspicious."""
_NAMES = r"[^/\\\0:]+\.\w+|attachments/\d+-[^/\\\0:]+|(letters|drafts)/[^/\\\0:.][^/\\\0:]*"
"""What stands below the case's name; of the files beside case.json only district.json is read."""
_ADDED_BY_OTHERS = r"__MACOSX/.*|(.*/)?(\.DS_Store|Thumbs\.db|desktop\.ini)"
"""What other programs put into a ZIP that was unpacked and packed again; passed over."""


class Imported(Value):
    """What came in."""

    store: CaseStore
    missing: tuple[str, ...] = ()
    """Attachments whose files were not in the ZIP."""
    district_kept_apart: Path | None = None
    """Where the ZIP's district file is, when this machine has another of that name."""


def read_archive(source: BinaryIO, cases: Path, slug: str = "", *, disk: Disk | None = None) -> Imported:
    """Make a case of an archive, under its own name or another; all of it or, with ArchiveRefused, nothing."""
    disk = disk or Disk()
    cases = cases.absolute()
    disk.make_folder(str(cases))
    with _refusing(), zipfile.ZipFile(source) as archive:
        found = _checked(archive)
        tables = _parsed(_content(archive, found["case.json"]))
        slug = slug or str(meta_of(tables).get("slug", ""))
        if not re.fullmatch(r"[\w-][\w.-]{0,60}", slug):
            raise ArchiveRefused("it does not say the name of its case; give one")
        if os.path.lexists(cases / slug):
            raise AlreadyThere(f"The case “{slug}”")
        with _staging(cases.parent, disk) as staging:
            store = CaseStore(staging / slug, disk=disk)
            _unpack(archive, found, store)
            imported = _with_district(archive, found, store, cases / slug)
            disk.place(str(store.folder), str(cases / slug))
    return imported


def _checked(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by their name below the case's; refuses whatever a case would not hold."""
    entries = [
        entry
        for entry in archive.infolist()
        if not entry.is_dir() and not re.fullmatch(_ADDED_BY_OTHERS, entry.filename)
    ]
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_FILES:
        raise ArchiveRefused(f"it holds {len(entries)} files")
    if total > MOST_BYTES or (total > RATIO_FROM_BYTES and total > LARGEST_RATIO * packed):
        raise ArchiveRefused(f"unpacked it would take {total // 1024**2} MB")
    found: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for entry in entries:
        top, _, name = entry.filename.partition("/")
        if entry.orig_filename != entry.filename or not re.fullmatch(_NAMES, name) or top in ("", ".", ".."):
            raise ArchiveRefused(f"“{entry.orig_filename[:80]}” is not a file of a case")
        if entry.flag_bits & 1:
            raise ArchiveRefused("it is locked with a password")
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise ArchiveRefused(f"“{name}” is a link or a device")
        if name.casefold() in seen:
            raise ArchiveRefused(f"“{name}” is in it twice")
        seen.add(name.casefold())
        found[name] = entry
    if "case.json" not in found:
        raise ArchiveRefused("there is no case.json in it")
    return found


def _parsed(raw: bytes) -> Tables:
    try:
        return fileformat.parse(raw)
    except fileformat.Unreadable as error:
        raise ArchiveRefused(f"the journal in it cannot be read, {error}") from error
    except fileformat.TooNew as error:
        raise ArchiveRefused("a newer iepjournal wrote it; please update this program first") from error


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > MOST_TEXT_BYTES:
        raise ArchiveRefused(f"“{entry.filename}” is too large")
    return archive.read(entry)


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever the ZIP reader stumbles over is the file's fault."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ArchiveRefused("it is damaged or not a ZIP") from error


@contextmanager
def _staging(home: Path, disk: Disk) -> Iterator[Path]:
    folder = home / f"{TEMP_PREFIX}{os.urandom(8).hex()}.import"
    try:
        disk.make_folder(str(folder))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(archive: zipfile.ZipFile, found: Mapping[str, zipfile.ZipInfo], store: CaseStore) -> None:
    disk = store.disk
    disk.make_folder(str(store.folder))
    disk.put(str(store.path), _content(archive, found["case.json"]))
    for name, entry in found.items():
        folder, _, file = name.partition("/")
        if folder == "attachments":
            with archive.open(entry) as attachment:
                store.keep_file(attachment)  # type: ignore[arg-type]
        elif folder in ("letters", "drafts") and file:
            disk.make_folder(str(store.folder / folder))
            disk.put(str(store.folder / folder / file), _content(archive, entry))


def _with_district(
    archive: zipfile.ZipFile, found: Mapping[str, zipfile.ZipInfo], store: CaseStore, place: Path
) -> Imported:
    """Put the district's file where this machine has none or an older one of the same; never over another."""
    try:
        case = store.case()
    except JournalUnreadable as error:
        raise ArchiveRefused(f"the journal in it cannot be read, {error}") from error
    missing = tuple(each.name for each in store.files.check(case) if each.state == "missing")
    imported = Imported(store=CaseStore(place), missing=missing)
    district = CaseStore(place).district_of(case)
    if "district.json" not in found or district is None:
        return imported
    theirs = _parsed(raw := _content(archive, found["district.json"]))
    if not district.exists:
        district.disk.make_folder(str(district.path.parent))
        district.disk.put(str(district.path), raw)
    elif not _continued(district, theirs):
        apart = district.path.with_suffix(f".from-{place.name}.json")
        district.disk.put(str(apart), raw)
        return imported.replace(district_kept_apart=apart)
    return imported


def _continued(district: DistrictStore, theirs: Tables) -> bool:
    """Whether one of the two files goes on where the other ends; the longer one stays."""
    with district.storage.transaction():
        ours = district.storage.read()
        if ours is None:
            return False
        our_seals, their_seals = ([each.get("seal") for each in tables[RECORDS].values()] for tables in (ours, theirs))
        if their_seals[: len(our_seals)] != our_seals:
            return our_seals[: len(their_seals)] == their_seals
        if len(their_seals) > len(our_seals):
            meta_of(theirs)["rev"] = 1 + max(meta_of(theirs)["rev"], meta_of(ours)["rev"])
            district.storage.write(theirs)
    return True
