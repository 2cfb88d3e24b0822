"""Everything of a case in one ZIP that anybody can read, never written over another file."""

from __future__ import annotations

import errno
import io
import stat
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from casebook import FAMILY, NOW, RENEE, TODAY

from iepjournal.core.records import Attachment, Entry, Person
from iepjournal.errors import AlreadyThere, JournalUnreadable, NotSaved
from iepjournal.store.archive import back_up, write_archive
from iepjournal.store.importing import read_archive

if TYPE_CHECKING:
    from pathlib import Path

    from iepjournal.store.case_store import CaseStore


@pytest.fixture
def whole(store: CaseStore) -> CaseStore:
    """A case with something of everything, private and struck and purged too."""
    store.append(FAMILY, at=NOW, by=RENEE)
    one, two, _three = store.case().entries
    district = store.district()
    assert district
    district.make()
    district.append([Person(handle="cole", name="Mr. Cole")], at=NOW, by=RENEE)
    for name in ("scan.pdf", "../../Bericht: Größe?.pdf", ""):
        sha256, size = store.keep_file(io.BytesIO(name.encode()))
        store.append([Attachment(of=one.root, name=name, sha256=sha256, size=size)], at=NOW, by=RENEE)
    store.keep_file(io.BytesIO(b"belongs to no record"))
    store.append([Entry(happened_on=TODAY, text="for my attorney", private=True)], at=NOW, by=RENEE)
    store.purge(two.no or 0, at=NOW, by=RENEE, why="wrong case")
    store.keep_letter(9, "pdf", b"%PDF")
    store.keep_draft("Entry", "half a sen")
    return store


def archive_of(store: CaseStore, **options: Any) -> io.BytesIO:
    out = io.BytesIO()
    write_archive(store, out, at=NOW, **options)
    return out


def kept(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.parent.name != "backups"
    }


def test_a_round_trip_to_another_machine_loses_nothing(whole: CaseStore, tmp_path: Path) -> None:
    imported = read_archive(archive_of(whole), tmp_path / "other" / "cases")

    assert kept(imported.store.folder) == kept(whole.folder)
    assert kept(tmp_path / "other" / "districts") == kept(whole.folder.parent.parent / "districts")
    assert imported.store.case().records == whole.case().records
    assert imported.store.case().people == whole.case().people
    assert [file.state for file in imported.store.check_files()] == ["same"] * 3
    assert (imported.missing, imported.district_kept_apart) == ((), None)
    again = archive_of(imported.store)
    assert again.getvalue() == archive_of(whole).getvalue()


def test_what_a_parent_put_into_the_folder_comes_along(whole: CaseStore, tmp_path: Path) -> None:
    for folder in ("letters", "drafts", "files"):
        (whole.folder / folder / "their reply: no.pdf").write_bytes(folder.encode())
    (whole.folder / "letters" / "old").mkdir()

    arrived = read_archive(archive_of(whole), tmp_path / "other" / "cases").store.folder

    assert (arrived / "letters" / "their reply_ no.pdf").read_bytes() == b"letters"
    assert (arrived / "drafts" / "their reply_ no.pdf").read_bytes() == b"drafts"
    assert b"files" in {path.read_bytes() for path in (arrived / "files").iterdir()}


def test_it_can_be_read_without_this_program(whole: CaseStore) -> None:
    with zipfile.ZipFile(archive_of(whole, pages={"entries.html": b"<p>"})) as archive:
        names = [name.removeprefix("maya/") for name in archive.namelist()]
        readme = archive.read("maya/README.txt").decode()
        assert archive.read("maya/attachments/4-scan.pdf") == b"scan.pdf"
        assert archive.getinfo("maya/case.json").date_time[:3] == (2026, 11, 24)

    assert names[:4] == ["README.txt", "case.json", "district.json", "entries.html"]
    assert {"attachments/5-_.._Bericht_ Größe_.pdf", "attachments/6-file", "drafts/Entry.txt"} <= set(names)
    assert "attachments/4-scan.pdf   SHA-256" in readme
    assert "Private entries are in here too." in readme


def test_it_can_be_written_to_a_pipe(whole: CaseStore) -> None:
    class Pipe(io.RawIOBase):
        content = b""

        def writable(self) -> bool:
            return True

        def write(self, chunk: Any) -> int:
            self.content += bytes(chunk)
            return len(chunk)

    pipe = Pipe()
    write_archive(whole, pipe, at=NOW)  # type: ignore[arg-type]

    with zipfile.ZipFile(io.BytesIO(pipe.content)) as archive:
        assert archive.testzip() is None


def test_a_backup_elsewhere_is_private_and_never_over_another(whole: CaseStore, tmp_path: Path) -> None:
    first = back_up(whole, tmp_path, at=NOW)
    second = back_up(whole, tmp_path, at=NOW)

    assert (first.name, second.name) == ("maya-2026-11-24.zip", "maya-2026-11-24-2.zip")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    with pytest.raises(AlreadyThere):
        back_up(whole, first, at=NOW)
    assert back_up(whole, tmp_path / "my.zip", at=NOW).read_bytes() == first.read_bytes()


def test_a_backup_that_fails_leaves_nothing(whole: CaseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole.disk, "sync", full)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(NotSaved, match=r"the disk is full\. No copy was made"):
        back_up(whole, tmp_path, at=NOW)
    with pytest.raises(NotSaved):
        back_up(whole, tmp_path / "no such folder" / "x.zip", at=NOW)
    assert sorted(tmp_path.iterdir()) == before


def test_a_damaged_case_is_not_exported_as_if_it_were_whole(whole: CaseStore, tmp_path: Path) -> None:
    whole.path.write_bytes(b"{")

    with pytest.raises(JournalUnreadable):
        back_up(whole, tmp_path, at=NOW)
    assert not list(tmp_path.glob("*.zip"))
