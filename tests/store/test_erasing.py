"""What is purged is nowhere in the case's folder any more, and everything that stays still verifies."""

from __future__ import annotations

import errno
import io
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, RENEE, TODAY
from faulty_disk import FaultyCalls

from iepjournal.core import chain
from iepjournal.core.erasure import drawn_from, goes_with
from iepjournal.core.records import Attachment, Entry, Letter, Mark, Promise, Purge, Strike
from iepjournal.errors import JournalError, NoSuchRecord
from iepjournal.store import fileformat
from iepjournal.store.case_store import CaseStore
from iepjournal.store.disk import Disk
from iepjournal.store.doctor import examine

if TYPE_CHECKING:
    from pathlib import Path

MOST_CALLS = 1000
SECRET = "The alarm code is “4711”\nand the key is under the mat"


@pytest.fixture
def secret_no(store: CaseStore) -> int:
    """A secret typed by mistake, in every place where its words can end up."""
    (entry,) = store.append([Entry(happened_on=TODAY, text=SECRET, raw=SECRET)], at=NOW, by=RENEE)
    corrected = entry.replace(uid="", amends=entry.root, text=f"{SECRET} of the house", why=SECRET)
    store.append([corrected], at=NOW, by=RENEE)
    sha256, size = store.keep_file(io.BytesIO(SECRET.encode()))
    store.append([Attachment(of=entry.root, name="key.txt", sha256=sha256, size=size)], at=NOW, by=RENEE)
    store.append([Promise(made_on=TODAY, entry=entry.root, text=SECRET)], at=NOW, by=RENEE)
    store.append([Strike(of=entry.root, why=SECRET)], at=NOW, by=RENEE)
    store.append([Entry(happened_on=TODAY, text="written after it")], at=NOW, by=RENEE)
    store.keep_draft("letter", f"Dear Dr. Lott, {SECRET}. Sincerely")
    (store.folder / "case.json.damaged-20261123T000000Z").write_bytes(store.path.read_bytes()[:-40])
    (store.folder / ".iep-killed.tmp").write_bytes(store.path.read_bytes()[:-40])
    store.backups.all()[3].path.write_bytes(store.path.read_bytes()[:-40])
    store.restore(store.backups.all()[0])
    store.restore(next(backup for backup in store.backups.all() if backup.before_restore))
    assert entry.no
    return entry.no


def files_with_a_trace(folder: Path) -> list[Path]:
    traces = [SECRET.encode(), b"alarm code", b"under the mat"]
    return [
        path for path in folder.rglob("*") if path.is_file() and any(trace in path.read_bytes() for trace in traces)
    ]


def test_no_trace_of_it_is_left_anywhere(store: CaseStore, folder: Path, secret_no: int) -> None:
    assert len(files_with_a_trace(folder)) > 8

    store.purge(secret_no, at=NOW, by=RENEE, why="a secret")

    assert files_with_a_trace(folder) == []


def test_the_rest_stays_and_verifies_in_the_journal_and_every_backup(store: CaseStore, secret_no: int) -> None:
    store.purge(secret_no, at=NOW, by=RENEE, why="a secret")

    assert [entry.no for entry in store.case().entries] == [1, 2, 3, 7]
    verdict = chain.verify(store.stored_records())
    assert (verdict.first_broken, verdict.purged) == ("", 5)
    readable = [backup for backup in store.backups.all() if store.backups.contents(backup)]
    assert len(readable) > 5
    for backup in readable:
        records = fileformat.parse(backup.path.read_bytes())["records"].values()
        assert chain.verify(records).first_broken == ""
    assert [draft.text for draft in store.drafts()] == ["Dear Dr. Lott, [erased]. Sincerely"]


def test_each_erased_number_leaves_a_record_that_says_so(store: CaseStore, secret_no: int) -> None:
    purges = store.purge(secret_no, at=NOW, by=RENEE, why="a secret")

    assert [(purge.of, purge.why) for purge in store.case().all(Purge)] == [
        (4, "a secret"),
        (5, "a secret"),
        (6, "a secret"),
    ]
    assert store.case().records[-3:] == purges
    with pytest.raises(NoSuchRecord, match="erased by a purge"):
        store.case().numbered(secret_no)


def test_an_erased_number_is_never_given_again(store: CaseStore) -> None:
    store.purge(3, at=NOW, by=RENEE, why="wrong case")

    (new,) = store.append([Entry(happened_on=TODAY)], at=NOW, by=RENEE)

    assert new.no == 4


def test_a_file_another_record_uses_stays(store: CaseStore) -> None:
    one, two, _three = store.case().entries
    sha256, _size = store.keep_file(io.BytesIO(b"both"))
    store.append([Attachment(of=entry.root, sha256=sha256) for entry in (one, two)], at=NOW, by=RENEE)

    store.purge(1, at=NOW, by=RENEE, why="wrong case")
    assert store.file_path(sha256).exists()

    store.purge(2, at=NOW, by=RENEE, why="wrong case")
    assert not store.file_path(sha256).exists()


def test_a_purged_letter_takes_its_sent_copies_along(store: CaseStore) -> None:
    (letter,) = store.append([Letter(template="t", dated=TODAY, text="Dear")], at=NOW, by=RENEE)
    assert letter.no
    store.keep_letter(letter.no, "pdf", b"%PDF")
    store.append([Mark(of=letter.root, what="sent", on=TODAY)], at=NOW, by=RENEE)

    store.purge(letter.no, at=NOW, by=RENEE, why="wrong case")

    assert store.letter_files(letter.no) == []
    assert not store.case().all(Mark)


def test_letters_drawn_from_it_are_named_and_stay(store: CaseStore) -> None:
    one, two, _three = store.case().entries
    letters = [Letter(template="t", dated=TODAY, facts=(entry.root,)) for entry in (one, two)]
    store.append(letters, at=NOW, by=RENEE)
    case = store.case()

    assert [letter.no for letter in drawn_from(case, goes_with(case, 1))] == [4]


def test_a_purge_that_a_disk_fault_stops_can_be_done_again(
    store: CaseStore, folder: Path, secret_no: int, tmp_path: Path
) -> None:
    """Fails every seventh call in turn: the journal stays whole, and a second try leaves no trace."""
    for nth in range(1, MOST_CALLS, 7):
        copy = tmp_path / str(nth) / "cases" / "maya"
        shutil.copytree(folder, copy)
        calls = FaultyCalls(nth, errno.EIO)
        with suppress(JournalError):
            CaseStore(copy, disk=Disk(calls)).purge(secret_no, at=NOW, by=RENEE, why="a secret")

        again = CaseStore(copy)
        assert chain.verify(again.stored_records()).first_broken == ""
        assert again.case().entries[-1].text == "written after it"
        with suppress(NoSuchRecord):
            again.purge(secret_no, at=NOW, by=RENEE, why="a secret")
        left = files_with_a_trace(copy)
        assert [path.parent.name for path in left] in ([], ["files"]), calls.failed
        if left:
            assert any("belong to no record" in check.says for check in examine(again))
        if not calls.failed:
            break
    assert not calls.failed
