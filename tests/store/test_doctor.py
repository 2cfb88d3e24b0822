"""The doctor mends modes and leftovers, says everything else, and touches no record."""

from __future__ import annotations

import errno
import io
import os
import stat
from typing import TYPE_CHECKING

import pytest
from casebook import FAMILY, NOW, RENEE
from faulty_disk import RefusingCalls, SpiedCalls

from iepjournal.core.records import Attachment
from iepjournal.store.case_store import CaseStore
from iepjournal.store.disk import Disk
from iepjournal.store.doctor import examine
from iepjournal.store.storage import HOUR_NS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def private_parents(folder: Path) -> None:
    """As `iepjournal new` makes them."""
    folder.mkdir(parents=True, mode=0o700)
    for parent in folder.parents[:2]:
        parent.chmod(0o700)


def findings(store: CaseStore) -> list[tuple[str, str]]:
    """What is not as it should be."""
    return [(check.what, check.state) for check in examine(store) if check.state != "ok"]


def test_a_healthy_case_is_said_to_be_so(store: CaseStore) -> None:
    assert findings(store) == []
    assert {check.what for check in examine(store)} == {
        "modes", "lock", "room", "kept files", "case.json", "backups of case.json",
    }  # fmt: skip


def test_what_others_could_see_is_mended(store: CaseStore, folder: Path) -> None:
    (folder / "case.json").chmod(0o644)
    (folder / "backups").chmod(0o755)

    assert findings(store) == [("modes", "mended")]
    assert findings(store) == []
    assert stat.S_IMODE((folder / "backups").stat().st_mode) == 0o700


def test_a_parent_that_others_may_change_is_said(store: CaseStore, folder: Path) -> None:
    home = folder.parent.parent
    home.parent.chmod(0o777)
    try:
        assert findings(store) == [("folders", "warn")]
    finally:
        home.parent.chmod(0o700)


def test_a_link_in_the_folder_is_said(store: CaseStore, folder: Path, tmp_path: Path) -> None:
    (folder / "drafts").symlink_to(tmp_path)

    assert ("links", "warn") in findings(store)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_file_of_another_user_is_said(store: CaseStore, folder: Path) -> None:
    os.chown(folder / "case.json.lock", 12345, -1)

    assert ("owner", "stop") in findings(store)


def test_old_leftovers_are_removed_and_young_ones_are_not(store: CaseStore, folder: Path) -> None:
    (folder / "files").mkdir(mode=0o700)
    old, young = folder / "files" / ".iep-old.tmp", folder / ".iep-young.tmp"
    staging = folder.parent.parent / ".iep-old.import"
    staging.mkdir(mode=0o700)
    for path in (old, young):
        path.touch(mode=0o600)
    long_ago = (folder / "case.json").stat().st_mtime_ns - 2 * HOUR_NS
    for path in (old, staging):
        os.utime(path, ns=(long_ago, long_ago))

    assert findings(store) == [("leftovers", "mended")]
    assert [path.exists() for path in (old, staging, young)] == [False, False, True]


def test_locks_that_do_nothing_are_found(store: CaseStore, folder: Path) -> None:
    class NoLocks(SpiedCalls):
        flock = staticmethod(lambda fd, operation: None)

        def __init__(self) -> None:
            pass

    assert ("lock", "warn") in findings(CaseStore(folder, disk=Disk(NoLocks())))
    refusing = Disk(RefusingCalls("flock", errno.ENOLCK))
    assert ("lock", "warn") in findings(CaseStore(folder, disk=refusing))


def test_a_broken_seal_is_named(store: CaseStore, folder: Path) -> None:
    journal = folder / "case.json"
    journal.write_bytes(journal.read_bytes().replace(b"Called Ms. Hill", b"Called nobody"))

    (check,) = [check for check in examine(store) if check.state == "stop"]
    assert check.says.startswith("Broken at entry 2")


def test_a_damaged_journal_is_said_with_its_way_back(store: CaseStore, folder: Path) -> None:
    (folder / "case.json").write_bytes(b"{")

    (check,) = [check for check in examine(store) if check.state == "stop"]
    assert check.says.endswith("Bring it back with: iepjournal restore")
    assert ("damage", "warn") in findings(store)


def test_an_unreadable_backup_is_said(store: CaseStore) -> None:
    store.backups.all()[0].path.write_bytes(b"{")

    assert findings(store) == [("backups of case.json", "warn")]


def test_changed_missing_and_unknown_files_are_said(store: CaseStore) -> None:
    sha256, size = store.keep_file(io.BytesIO(b"scan"))
    assert findings(store) == [("kept files", "warn")]

    store.append([Attachment(name="scan.pdf", sha256=sha256, size=size)], at=NOW, by=RENEE)
    assert findings(store) == []

    store.file_path(sha256).unlink()
    assert findings(store) == [("kept files", "stop")]


def test_the_districts_file_is_examined_too(store: CaseStore) -> None:
    store.append(FAMILY, at=NOW, by=RENEE)
    district = store.district()
    assert district
    district.make()
    district.path.write_bytes(b"{")

    assert ("millbrook-school-district.json", "stop") in findings(store)
