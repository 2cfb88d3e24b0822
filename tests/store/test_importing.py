"""A ZIP from elsewhere becomes a case whole, or nothing changes; what is here already is never written over."""

from __future__ import annotations

import errno
import io
import json
import stat
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from casebook import FAMILY, NOW, RENEE, TODAY
from faulty_disk import FaultyCalls

from iepjournal.core.records import Attachment, Entry, Person
from iepjournal.errors import AlreadyThere, ArchiveRefused, JournalError
from iepjournal.store import importing
from iepjournal.store.archive import write_archive
from iepjournal.store.case_store import CaseStore
from iepjournal.store.disk import Disk
from iepjournal.store.district_store import DistrictStore
from iepjournal.store.importing import read_archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Where the cases of the other machine are."""
    return tmp_path / "other" / "cases"


def archive_of(store: CaseStore) -> io.BytesIO:
    out = io.BytesIO()
    write_archive(store, out, at=NOW)
    return out


def changed(
    archive: io.BytesIO, *, drop: str = "", add: tuple[zipfile.ZipInfo | str, bytes] | None = None
) -> io.BytesIO:
    """The same ZIP with a file left out or put in."""
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if not drop or drop not in entry.filename:
                new.writestr(entry, old.read(entry))
        if add:
            new.writestr(*add)
    return out


def entry(name: str, mode: int = stat.S_IFREG | 0o600) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def with_a_flipped_bit(archive: io.BytesIO, after: bytes) -> io.BytesIO:
    raw = bytearray(archive.getvalue())
    raw[raw.index(after) + len(after) + 100] ^= 4
    return io.BytesIO(raw)


def journal(**changes: object) -> bytes:
    about = {"app": "iepjournal", "format": 1, "rev": 1, "slug": "maya", **changes}
    return json.dumps({"meta": {"1": about}, "records": {}}).encode()


HOSTILE: dict[str, Callable[[io.BytesIO], io.BytesIO]] = {
    "not a ZIP": lambda archive: io.BytesIO(b"PK\x03\x04 no"),
    "an empty file": lambda archive: io.BytesIO(),
    "cut off": lambda archive: io.BytesIO(archive.getvalue()[:-200]),
    "changed bytes": lambda archive: with_a_flipped_bit(archive, after=b"maya/case.json"),
    "no journal": lambda archive: changed(archive, drop="case.json"),
    "a path upwards": lambda archive: changed(archive, add=(entry("maya/../../evil.txt"), b"x")),
    "a path upwards in a folder": lambda archive: changed(archive, add=(entry("maya/drafts/../../evil.txt"), b"x")),
    "an absolute path": lambda archive: changed(archive, add=(entry("/etc/evil.txt"), b"x")),
    "a backslash": lambda archive: changed(archive, add=(entry("maya/drafts\\..\\evil.txt"), b"x")),
    "a drive": lambda archive: changed(archive, add=(entry("maya/C:evil.txt"), b"x")),
    "a name with a NUL": lambda archive: io.BytesIO(
        changed(archive, add=(entry("maya/drafts/good.txtX.txt"), b"x")).getvalue().replace(b"txtX.", b"txt\0.")
    ),
    "an unknown folder": lambda archive: changed(archive, add=(entry("maya/backups/case.json"), b"{}")),
    "a hidden draft": lambda archive: changed(archive, add=(entry("maya/drafts/.evil.txt"), b"x")),
    "a link": lambda archive: changed(archive, add=(entry("maya/drafts/a.txt", stat.S_IFLNK | 0o777), b"/etc/passwd")),
    "a device": lambda archive: changed(archive, add=(entry("maya/drafts/a.txt", stat.S_IFCHR | 0o600), b"")),
    "a name twice": lambda archive: changed(archive, add=(entry("maya/drafts/ENTRY.txt"), b"x")),
    "a foreign journal": lambda archive: changed(
        archive, drop="case.json", add=("maya/case.json", b'{"_default": {}}')
    ),
    "a newer journal": lambda archive: changed(archive, drop="case.json", add=("maya/case.json", journal(format=2))),
    "a journal named upwards": lambda archive: changed(
        archive, drop="case.json", add=("maya/case.json", journal(slug="../maya"))
    ),
    "a record that cannot be": lambda archive: changed(
        archive,
        drop="case.json",
        add=("maya/case.json", journal().replace(b'"records": {}', b'"records": {"1": {"record": "entry"}}')),
    ),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_zip_is_refused_and_nothing_is_left(
    store: CaseStore, cases: Path, tmp_path: Path, hostile: Callable[[io.BytesIO], io.BytesIO]
) -> None:
    store.keep_draft("Entry", "half a sen")
    archive = hostile(archive_of(store))
    before = {path for path in tmp_path.rglob("*") if "other" not in path.parts}

    with pytest.raises(ArchiveRefused, match=r"This ZIP was not imported: .+\. Nothing was changed\."):
        read_archive(archive, cases)

    assert {path for path in tmp_path.rglob("*") if path not in (cases, cases.parent)} == before


def test_a_zip_that_would_fill_the_disk_is_refused_before_it_is_unpacked(
    store: CaseStore, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = changed(archive_of(store), add=(entry("maya/attachments/1-zeros"), bytes(3_000_000)))

    monkeypatch.setattr(importing, "RATIO_FROM_BYTES", 1_000_000)
    with pytest.raises(ArchiveRefused, match="unpacked it would take 2 MB"):
        read_archive(bomb, cases)
    monkeypatch.undo()
    monkeypatch.setattr(importing, "MOST_BYTES", 1_000_000)
    with pytest.raises(ArchiveRefused, match="unpacked it would take 2 MB"):
        read_archive(bomb, cases)
    monkeypatch.undo()
    monkeypatch.setattr(importing, "MOST_FILES", 2)
    with pytest.raises(ArchiveRefused, match="it holds 3 files"):
        read_archive(bomb, cases)
    monkeypatch.undo()
    assert read_archive(bomb, cases).store.case().entries


def test_what_a_mac_or_windows_adds_when_it_packs_again_is_passed_over(store: CaseStore, cases: Path) -> None:
    archive = archive_of(store)
    for name in ("__MACOSX/maya/._case.json", "maya/.DS_Store", "maya/letters/Thumbs.db"):
        archive = changed(archive, add=(entry(name), b"x"))

    imported = read_archive(archive, cases)

    assert [path.name for path in imported.store.folder.iterdir()] == ["case.json"]


def test_a_case_that_is_here_is_not_touched_but_another_name_will_do(store: CaseStore) -> None:
    archive = archive_of(store)
    cases = store.folder.parent

    with pytest.raises(AlreadyThere, match="maya"):
        read_archive(archive, cases)
    imported = read_archive(archive, cases, "maya-2")

    assert imported.store.folder == cases / "maya-2"
    assert imported.store.case().slug == "maya-2"
    assert imported.store.case().records == store.case().records


def test_an_imported_case_can_be_written_to_at_once(store: CaseStore, cases: Path) -> None:
    imported = read_archive(archive_of(store), cases).store

    (new,) = imported.append([Entry(happened_on=TODAY)], at=NOW, by=RENEE)

    assert new.no == 4


def test_an_attachment_that_is_not_in_the_zip_is_named(store: CaseStore, cases: Path) -> None:
    sha256, size = store.keep_file(io.BytesIO(b"scan"))
    store.append([Attachment(name="scan.pdf", sha256=sha256, size=size)], at=NOW, by=RENEE)

    imported = read_archive(changed(archive_of(store), drop="attachments"), cases)

    assert imported.missing == ("scan.pdf",)


def test_a_changed_attachment_does_not_take_the_place_of_the_true_one(store: CaseStore, cases: Path) -> None:
    """Files are found by their hash, so a forged one is just a file that belongs to no record."""
    sha256, size = store.keep_file(io.BytesIO(b"scan"))
    store.append([Attachment(name="scan.pdf", sha256=sha256, size=size)], at=NOW, by=RENEE)

    forged = changed(archive_of(store), drop="attachments", add=(entry("maya/attachments/4-scan.pdf"), b"forged"))

    assert read_archive(forged, cases).missing == ("scan.pdf",)


@pytest.mark.parametrize("longer_here", [True, False])
def test_the_longer_of_two_histories_of_one_district_stays(store: CaseStore, cases: Path, longer_here: bool) -> None:
    store.append(FAMILY, at=NOW, by=RENEE)
    district = store.district()
    assert district
    district.make()
    district.append([Person(handle="cole")], at=NOW, by=RENEE)
    earlier = archive_of(store)
    district.append([Person(handle="dean")], at=NOW, by=RENEE)
    later = archive_of(store)

    first, second = (later, earlier) if longer_here else (earlier, later)
    read_archive(first, cases)
    imported = read_archive(second, cases, "again")

    assert {"cole", "dean"} <= set(imported.store.case().people)
    assert imported.district_kept_apart is None


def test_another_history_of_the_same_district_is_kept_apart(store: CaseStore, cases: Path) -> None:
    store.append(FAMILY, at=NOW, by=RENEE)
    for folder, handle in ((store.folder.parent.parent, "cole"), (cases.parent, "here")):
        district = DistrictStore(folder / "districts", "Millbrook School District")
        district.make()
        district.append([Person(handle=handle)], at=NOW, by=RENEE)

    imported = read_archive(archive_of(store), cases)

    assert "here" in imported.store.case().people
    assert imported.district_kept_apart
    assert b'"cole"' in imported.district_kept_apart.read_bytes()


def test_whichever_call_fails_an_import_is_whole_or_nothing(store: CaseStore, cases: Path) -> None:
    store.append(FAMILY, at=NOW, by=RENEE)
    store.keep_file(io.BytesIO(b"scan"))
    store.keep_draft("entry", "half a sen")
    archive = archive_of(store)
    for nth in range(1, 500):
        calls = FaultyCalls(nth, errno.ENOSPC)
        with suppress(JournalError):
            read_archive(archive, cases, f"n{nth}", disk=Disk(calls))
        if (cases / f"n{nth}").exists():
            assert CaseStore(cases / f"n{nth}").case().records == store.case().records
            assert len(list((cases / f"n{nth}" / "files").iterdir())) == 1
        assert not list(cases.parent.glob(".iep-*")), calls.failed
        if not calls.failed:
            break
    assert not calls.failed
    assert nth > 20
