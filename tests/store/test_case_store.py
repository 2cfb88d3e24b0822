"""Drafts, kept files, letters and the district's file live in the case's folder, for its owner only."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from casebook import FAMILY, NOW, RENEE, TODAY

from iepjournal.core.records import Attachment, Entry, Letter, Mark, Person
from iepjournal.errors import JournalUnreadable, NotAllowed
from iepjournal.store import files
from iepjournal.store.case_store import CaseStore
from iepjournal.store.district_store import district_slug

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=[0o000, 0o022, 0o277], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever the machine's habit is."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_only_the_owner_can_see_anything_whatever_the_umask(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    store = CaseStore.create(home / "cases" / "maya")
    store.append(FAMILY, at=NOW, by=RENEE)
    store.keep_draft("entry", "half a sentence")
    store.keep_file(io.BytesIO(b"scan"))
    store.keep_letter(1, "pdf", b"%PDF")
    district = store.district()
    assert district
    district.make()

    found = {path: path.lstat().st_mode for path in (home.parent, *home.parent.rglob("*"))}
    assert {stat.S_IMODE(mode) for mode in found.values() if stat.S_ISDIR(mode)} == {0o700}
    assert {stat.S_IMODE(mode) for path, mode in found.items() if path.is_file()} - {0o600} <= {0o400}
    assert {stat.S_IMODE(mode) for path, mode in found.items() if path.suffix == ".json"} == {0o600}


def test_a_relative_home_works_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = CaseStore.create(Path("home/cases/maya"))
    monkeypatch.chdir("/")

    store.append([Entry(happened_on=TODAY)], at=NOW, by=RENEE)

    assert (tmp_path / "home" / "cases" / "maya" / "case.json").is_file()
    assert len(store.case().entries) == 1


def test_a_draft_is_kept_read_and_discarded(store: CaseStore, folder: Path) -> None:
    store.keep_draft("letter-12", "Dear")
    store.keep_draft("entry", "She sa")
    store.keep_draft("entry", "She said\n“no”")
    os.utime(folder / "drafts" / "letter-12.txt", (0, 0))

    assert [(draft.name, draft.text) for draft in store.drafts()] == [
        ("letter-12", "Dear"),
        ("entry", "She said\n“no”"),
    ]
    assert store.drafts()[0].kept_at.year == 1970

    (folder / "drafts" / "my notes.txt").write_text("not a draft of ours")
    store.discard_draft("entry")
    store.discard_draft("entry")
    assert [draft.name for draft in store.drafts()] == ["letter-12"]


@pytest.mark.parametrize("name", ["", "..", "../case", "a/b", ".hidden", "a\0b"])
def test_a_drafts_name_leads_nowhere_else(store: CaseStore, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a draft"):
        store.keep_draft(name, "text")


def test_a_file_is_kept_once_under_its_hash(store: CaseStore, folder: Path, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF" * 1_000_000)

    assert store.keep_file(scan) == store.keep_file(io.BytesIO(scan.read_bytes()))

    sha256, size = store.keep_file(scan)
    assert (sha256, size) == (hashlib.sha256(scan.read_bytes()).hexdigest(), scan.stat().st_size)
    assert [path.name for path in (folder / "files").iterdir()] == [sha256]
    assert store.file_path(sha256).read_bytes() == scan.read_bytes()


def test_a_pipe_a_folder_or_a_missing_file_is_refused(store: CaseStore, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for source in (tmp_path / "pipe", tmp_path, tmp_path / "missing"):
        with pytest.raises(NotAllowed, match=r"Nothing was saved\."):
            store.keep_file(source)


def test_a_file_that_is_too_large_leaves_nothing(
    store: CaseStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 10)

    with pytest.raises(NotAllowed, match="larger than"):
        store.keep_file(io.BytesIO(b"x" * 11))
    assert not list((folder / "files").iterdir())


def test_kept_files_and_sent_letters_are_hashed_again(store: CaseStore) -> None:
    hashes = [store.keep_file(io.BytesIO(name.encode()))[0] for name in ("same", "changed", "missing")]
    store.append([Attachment(name=sha256, sha256=sha256) for sha256 in hashes], at=NOW, by=RENEE)
    (letter,) = store.append([Letter(template="t", dated=TODAY)], at=NOW, by=RENEE)
    assert letter.no
    pdf = store.keep_letter(letter.no, "pdf", b"%PDF")
    sent = Mark(of=letter.root, what="sent", on=TODAY, sha256=hashlib.sha256(b"%PDF").hexdigest())
    store.append([sent], at=NOW, by=RENEE)
    store.file_path(hashes[1]).write_bytes(b"other")
    store.file_path(hashes[2]).unlink()

    assert [file.state for file in store.check_files()] == ["same", "changed", "missing", "same"]
    pdf.write_bytes(b"other")
    assert store.check_files()[-1].state == "changed"
    assert store.letter_files(letter.no) == [pdf]


def test_people_of_the_district_are_in_every_case_that_names_it(store: CaseStore, folder: Path) -> None:
    store.append(FAMILY, at=NOW, by=RENEE)
    district = store.district()
    assert district
    assert not district.exists
    before = store.signature()

    district.make()
    district.append([Person(handle="cole", name="Mr. Cole")], at=NOW, by=RENEE)

    assert (folder.parent.parent / "districts" / "millbrook-school-district.json").is_file()
    assert store.case().people["cole"].name == "Mr. Cole"
    assert store.case(only={Person}).people["cole"].name == "Mr. Cole"
    assert store.signature() != before
    sister = CaseStore.create(folder.parent / "sister")
    assert "cole" not in sister.case().people
    sister.append(FAMILY[:1], at=NOW, by=RENEE)
    assert "cole" in sister.case().people


def test_a_lost_district_file_is_said_not_passed_over(store: CaseStore) -> None:
    """Without the school calendar every deadline in school days would silently change."""
    store.append(FAMILY, at=NOW, by=RENEE)
    district = store.district()
    assert district
    district.make()
    district.append([Person(handle="cole")], at=NOW, by=RENEE)
    district.path.unlink()

    with pytest.raises(JournalUnreadable, match="it is gone, though it has backups"):
        store.case()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Jackson Public School District", "jackson-public-school-district"),
        ("  St. Mary's / DeSoto ", "st-mary-s-desoto"),
        ("../../etc", "etc"),
        ("Ñandú", "ñandú"),
        ("—", ""),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_district_is_found_by_the_words_of_its_name(name: str, slug: str) -> None:
    assert district_slug(name) == slug


def test_an_entry_can_be_logged_before_anything_is_known(folder: Path) -> None:
    store = CaseStore.create(folder)
    store.append([Entry(happened_on=TODAY, text="first")], at=NOW, by=RENEE)

    assert store.district() is None
    assert [entry.no for entry in store.case().entries] == [1]
