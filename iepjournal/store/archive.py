"""A whole case in one ZIP that anybody can read without this program; also the backup for another disk."""

from __future__ import annotations

import os
import re
import shutil
import stat
import zipfile
from typing import TYPE_CHECKING

from iepjournal.core.codec import KIND_KEY
from iepjournal.core.records import Attachment
from iepjournal.errors import AlreadyThere, NotSaved
from iepjournal.store.disk import OWNER_FILE, TEMP_PREFIX, TEMP_SUFFIX, not_saved
from iepjournal.store.fileformat import RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

    from iepjournal.store.case_store import CaseStore
    from iepjournal.store.fileformat import Tables

_README = """\
Everything kept for the case "{slug}", as of {at:%B} {at.day}, {at.year}.

case.json      every record in the order it was written: plain text that any editor opens (JSON, UTF-8)
attachments/   the files kept with the records; the number before the name is the record's
letters/       letters as they were sent; the number is the letter's
drafts/        what was being written
district.json  the calendar and people that the cases of one district share
{pages}
Private entries are in here too. Keep this file where only you can read it.
To go on with the case on another computer: iepjournal import THIS-FILE

{attachments}"""


def write_archive(store: CaseStore, out: BinaryIO, *, at: datetime, pages: Mapping[str, bytes] | None = None) -> None:
    """Write the whole case as a ZIP; `pages` are made elsewhere (the entries as HTML, CSV ...) and only for reading."""
    raw = store.storage.read_bytes()
    attachments = _named_files(store, store.storage.parsed(raw))
    district = store.district()
    index = "".join(f"{name}   SHA-256 {path.name}\n" for name, path in attachments.items())
    readme = _README.format(
        slug=store.slug, at=at, attachments=index, pages="".join(f"{name}\n" for name in pages or {})
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        packer = _Packer(archive, store.slug, at)
        packer.add("README.txt", readme.encode())
        packer.add("case.json", raw)
        if district and district.exists:
            packer.add("district.json", district.storage.read_bytes())
        for name, content in (pages or {}).items():
            packer.add(name, content)
        for name, path in attachments.items():
            packer.copy(name, path)
        for folder in ("letters", "drafts"):
            for path in _files_in(store.folder / folder):
                packer.copy(f"{folder}/{_plain(path.name)}", path)


def back_up(store: CaseStore, destination: Path, *, at: datetime, pages: Mapping[str, bytes] | None = None) -> Path:
    """Write the archive to a file, or into a folder under the case's name and the day; never over another file."""
    path = destination
    if destination.is_dir():
        names = (f"{store.slug}-{at:%Y-%m-%d}{again}.zip" for again in ("", *(f"-{n}" for n in range(2, 1000))))
        path = next(destination / name for name in names if not (destination / name).exists())
    if os.path.lexists(path):
        raise AlreadyThere(str(path))
    temp = path.with_name(f"{TEMP_PREFIX}{os.urandom(8).hex()}{TEMP_SUFFIX}")
    try:
        with not_saved(kept="No copy was made."):
            fd = os.open(temp, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_FILE)
            with open(fd, "w+b") as out:
                write_archive(store, out, at=at, pages=pages)
                out.flush()
                store.disk.sync(out.fileno())
                with zipfile.ZipFile(out) as written:
                    if written.testzip():
                        raise NotSaved("what was written does not read back", kept="No copy was made.")
        store.disk.place(str(temp), str(path.absolute()))
    finally:
        temp.unlink(missing_ok=True)
    return path


class _Packer:
    """Puts files under the case's name, dated by the export."""

    def __init__(self, archive: zipfile.ZipFile, top: str, at: datetime) -> None:
        self._archive, self._top = archive, top
        self._date_time = max(at.timetuple()[:6], (1980, 1, 1, 0, 0, 0))

    def add(self, name: str, content: bytes) -> None:
        self._archive.writestr(self._entry(name), content)

    def copy(self, name: str, path: Path) -> None:
        with open(path, "rb") as file, self._archive.open(self._entry(name), "w", force_zip64=True) as out:
            shutil.copyfileobj(file, out, 1 << 20)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(f"{self._top}/{name}", self._date_time)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = (stat.S_IFREG | OWNER_FILE) << 16
        return entry


def _named_files(store: CaseStore, tables: Tables) -> dict[str, Path]:
    """Archive name -> kept file: by the record's number and name; a file that no record names goes too."""
    kept = {path.name: path for path in _files_in(store.folder / "files")}
    named = {}
    for each in tables[RECORDS].values():
        if each.get(KIND_KEY) == Attachment.KIND and each.get("sha256") in kept:
            name = _plain(str(each.get("name", "")))[-80:] or "file"
            named[f"attachments/{each.get('no')}-{name}"] = kept.pop(each["sha256"])
    return named | {f"attachments/0-{_plain(name)}": path for name, path in kept.items()}


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[!.]*") if path.is_file())


def _plain(name: str) -> str:
    """A file name that every system can unpack."""
    return re.sub(r"[^\w.() -]+", "_", name).strip(". ")
