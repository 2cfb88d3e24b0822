"""A save is whole or did not happen, whatever the disk does, and what cannot be read is never written over."""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from casebook import NOW, RENEE, TODAY
from faulty_disk import NEVER, FaultyCalls, RefusingCalls, ShortWrites, SpiedCalls
from power_cut import RecordingCalls, lay_out
from tinydb import TinyDB, where

from iepjournal.core import chain
from iepjournal.core.records import Entry
from iepjournal.errors import JournalTooNew, JournalUnreadable, MaybeSaved, NotSaved
from iepjournal.store.case_store import CaseStore
from iepjournal.store.disk import Disk
from iepjournal.store.storage import HOUR_NS
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAULTS = [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EINTR]
MOST_CALLS = 200


def log(store: CaseStore, text: str, uid: str = "") -> None:
    store.append([Entry(happened_on=TODAY, text=text, uid=uid)], at=NOW, by=RENEE)


def texts(folder: Path) -> list[str]:
    """What a new program finds on disk, its seals checked."""
    store = CaseStore(folder)
    assert chain.verify(store.stored_records()).first_broken == ""
    return [entry.text for entry in store.case().entries]


BEFORE = ["No speech today", "Called Ms. Hill", "She promised a make-up"]


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.get)
def test_whichever_call_fails_the_journal_is_the_old_or_the_new_one(store: CaseStore, folder: Path, fault: int) -> None:
    """Fails the 1st call of a save, then the 2nd, until a save passes untouched; each time a retry saves it once."""
    saved = list(BEFORE)
    for nth in range(1, MOST_CALLS):
        calls, text, uid = FaultyCalls(nth, fault), f"entry {nth}", new_uid(NOW)
        try:
            log(CaseStore(folder, disk=Disk(calls)), text, uid)
        except (NotSaved, JournalUnreadable):
            assert texts(folder) == saved, calls.failed
        except MaybeSaved:
            assert texts(folder) == [*saved, text], calls.failed
        else:
            assert texts(folder) == [*saved, text], calls.failed
        log(store, text, uid)
        saved.append(text)
        assert texts(folder) == saved, calls.failed
        if not calls.failed:
            break
    assert nth > len({"open", "flock", "read", "write", "fsync", "link", "replace", "close"})
    assert not calls.failed


@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.get)
def test_whichever_call_fails_the_same_program_goes_on_right(store: CaseStore, folder: Path, fault: int) -> None:
    """The tables kept in memory are half changed when a save fails; they must not be written by the next one."""
    calls = FaultyCalls(NEVER, fault)
    going_on = CaseStore(folder, disk=Disk(calls))
    saved = list(BEFORE)
    for nth in range(1, MOST_CALLS):
        calls.left, calls.failed = nth, ""
        try:
            log(going_on, f"entry {nth}")
            saved.append(f"entry {nth}")
        except MaybeSaved:
            saved.append(f"entry {nth}")
        except (NotSaved, JournalUnreadable):
            pass
        calls.left = NEVER
        assert [entry.text for entry in going_on.case().entries] == saved, calls.failed
        assert texts(folder) == saved, calls.failed
        if not calls.failed:
            break
    assert not calls.failed


def test_a_kernel_that_writes_seven_bytes_at_a_time_is_no_trouble(store: CaseStore, folder: Path) -> None:
    log(CaseStore(folder, disk=Disk(ShortWrites())), "in pieces")

    assert texts(folder) == [*BEFORE, "in pieces"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk is used up"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "the disk reported a fault"),
        (errno.EACCES, "this folder may not be written to"),
        (errno.ENAMETOOLONG, "file name too long"),
    ],
)
def test_not_saved_says_why_and_what_is_kept(store: CaseStore, folder: Path, fault: int, words: str) -> None:
    with pytest.raises(NotSaved, match=f"NOT saved: {words}. The journal is as it was before."):
        log(CaseStore(folder, disk=Disk(RefusingCalls("write", fault))), "lost?")


def test_an_unconfirmed_rename_is_said_as_such(store: CaseStore, folder: Path) -> None:
    """The file's own fsync is the first; the folder's is the second."""

    class FolderSyncFails(FaultyCalls):
        def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            return super().around(name, real, args, kwargs) if name == "fsync" else real(*args, **kwargs)

    with pytest.raises(MaybeSaved, match="the disk did not confirm it"):
        log(CaseStore(folder, disk=Disk(FolderSyncFails(2, errno.EIO))), "new")
    assert texts(folder) == [*BEFORE, "new"]


def test_a_failed_fsync_is_never_tried_again(store: CaseStore, folder: Path) -> None:
    """After a fault Linux may drop the pages and report success: only a new file can be trusted."""
    synced: list[int] = []

    class CountedSyncs(RefusingCalls):
        def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            if name == "fsync":
                synced.append(args[0])
            return super().around(name, real, args, kwargs)

    with pytest.raises(NotSaved):
        log(CaseStore(folder, disk=Disk(CountedSyncs("fsync", errno.EIO))), "lost?")
    assert len(synced) == 1


def test_a_failed_save_leaves_no_temp_file(store: CaseStore, folder: Path) -> None:
    with pytest.raises(NotSaved):
        log(CaseStore(folder, disk=Disk(RefusingCalls("replace", errno.EIO))), "lost?")

    assert not list(folder.rglob(".iep-*"))


# --- power cuts


def unsafe_states(store: CaseStore, folder: Path, elsewhere: Path, disk_kind: type[Disk]) -> list[str]:
    """Log one entry, cut the power at every moment, and say what a new program would find wrong."""
    calls = RecordingCalls(folder)
    log(CaseStore(folder, disk=disk_kind(calls)), "new")
    after = [*BEFORE, "new"]
    wrong = []
    tried: set[frozenset[tuple[Path, bytes]]] = set()
    for acknowledged, states in ((False, calls.states()), (True, calls.final_states())):
        for state in states:
            seen = frozenset({*state.items(), (folder, b"acknowledged" if acknowledged else b"")})
            if seen in tried:
                continue
            tried.add(seen)
            place = elsewhere / str(len(tried))
            lay_out(state, folder, place)
            try:
                found = texts(place)
            except JournalUnreadable as error:
                wrong.append(str(error))
            else:
                if found != after and (acknowledged or found != BEFORE):
                    wrong.append(f"acknowledged: {acknowledged}, found: {found}")
    assert len(tried) > 10
    return wrong


def test_a_power_cut_at_any_moment_leaves_the_old_or_the_new_journal(
    store: CaseStore, folder: Path, tmp_path: Path
) -> None:
    assert unsafe_states(store, folder, tmp_path / "cuts", Disk) == []


def test_without_the_files_fsync_a_power_cut_could_damage_it(store: CaseStore, folder: Path, tmp_path: Path) -> None:
    """The model above must be able to fail, or it proves nothing."""

    class NoFileSync(Disk):
        def sync(self, fd: int) -> None:
            if os.path.isdir(f"/proc/self/fd/{fd}"):
                super().sync(fd)

    assert any("cannot be read" in wrong for wrong in unsafe_states(store, folder, tmp_path / "cuts", NoFileSync))


def test_without_the_folders_fsync_an_acknowledged_entry_could_vanish(
    store: CaseStore, folder: Path, tmp_path: Path
) -> None:
    class NoFolderSync(Disk):
        def sync_folder(self, folder: str) -> None:
            pass

    wrong = unsafe_states(store, folder, tmp_path / "cuts", NoFolderSync)
    assert any("acknowledged: True" in each for each in wrong)


# --- what it opens and what it leaves alone


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda whole: b"",
    "blanked": lambda whole: b"\0" * len(whole),
    "truncated": lambda whole: whole[: len(whole) // 2],
    "one byte short": lambda whole: whole.rstrip()[:-1],
    "with a tail": lambda whole: whole + b"}",
    "with a byte order mark": lambda whole: b"\xef\xbb\xbf" + whole,
    "UTF-16": lambda whole: whole.decode().encode("utf-16"),
    "Latin-1": lambda whole: whole.replace(b"Hill", b"H\xefll"),
    "a list": lambda whole: b"[]",
    "a number": lambda whole: b"7",
    "another TinyDB file": lambda whole: b'{"_default": {"1": {"milk": 2}}}',
    "not a number": lambda whole: whole.replace(b'"rev": 4', b'"rev": NaN'),
    "half a character": lambda whole: whole.replace(b"Hill", b"\\ud800"),
    "a number of 5,000 digits": lambda whole: whole.replace(b'"rev": 4', b'"rev": ' + b"4" * 5000),
    "very deep": lambda whole: b"[" * 200_000,
    "records of another shape": lambda whole: whole.replace(b'"3": {', b'"three": {'),
    "two keys for one record": lambda whole: whole.replace(b'"3": {', b'"02": {'),
    "no format": lambda whole: whole.replace(b'"format": 1', b'"shape": 1'),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_journal_is_kept_said_and_never_written_over(
    store: CaseStore, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    journal = folder / "case.json"
    bad = damage(journal.read_bytes())
    journal.write_bytes(bad)

    for attempt in (lambda: CaseStore(folder).case(), lambda: log(CaseStore(folder), "new"), store.case):
        with pytest.raises(JournalUnreadable, match=r"with 2 entries\. Bring it back with: iepjournal restore"):
            attempt()

    (copy,) = folder.glob("case.json.damaged-*")
    assert journal.read_bytes() == copy.read_bytes() == bad


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_restore_brings_back_the_newest_good_state(
    store: CaseStore, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    journal = folder / "case.json"
    bad = damage(journal.read_bytes())
    journal.write_bytes(bad)
    newest_good = store.backups.newest_good()
    assert newest_good

    CaseStore(folder).restore(newest_good[0])

    assert texts(folder) == BEFORE[:2]
    (copy,) = folder.glob("case.json.damaged-*")
    assert copy.read_bytes() == bad


def test_a_journal_that_is_gone_is_not_begun_anew_over_its_backups(store: CaseStore, folder: Path) -> None:
    (folder / "case.json").unlink()

    with pytest.raises(JournalUnreadable, match="it is gone, though it has backups"):
        CaseStore.create(folder)
    newest_good = store.backups.newest_good()
    assert newest_good
    store.restore(newest_good[0])
    assert texts(folder) == BEFORE[:2]


def test_a_newer_format_is_refused_in_one_sentence_and_left_alone(store: CaseStore, folder: Path) -> None:
    journal = folder / "case.json"
    newer = journal.read_bytes().replace(b'"format": 1', b'"format": 2')
    journal.write_bytes(newer)

    for attempt in (lambda: CaseStore(folder).case(), lambda: log(store, "new")):
        with pytest.raises(JournalTooNew, match=r"a newer iepjournal \(format 2; this one knows 1\)"):
            attempt()
    assert journal.read_bytes() == newer
    assert not list(folder.glob("case.json.damaged-*"))


def test_a_hand_edited_journal_opens_and_verify_tells_the_truth(store: CaseStore, folder: Path) -> None:
    journal = folder / "case.json"
    journal.write_bytes(journal.read_bytes().replace(b"Called Ms. Hill", b"Called nobody"))

    log(store, "after the edit")

    assert [entry.text for entry in store.case().entries][1:2] == ["Called nobody"]
    assert "entry 2" in chain.verify(store.stored_records()).first_broken


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_not_an_ordinary_file_is_left_alone(folder: Path, make: Callable[[Path], None]) -> None:
    folder.mkdir(parents=True)
    make(folder / "case.json")

    for attempt in (lambda: CaseStore(folder).case(), lambda: log(CaseStore(folder), "new")):
        with pytest.raises(JournalUnreadable, match="it is not an ordinary file"):
            attempt()
    assert not (folder / "case.json").is_file()


def test_a_link_of_our_own_is_followed_and_stays_a_link(store: CaseStore, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    (folder / "case.json").rename(elsewhere)
    (folder / "case.json").symlink_to(elsewhere)

    log(CaseStore(folder), "through the link")

    assert (folder / "case.json").is_symlink()
    assert texts(folder) == [*BEFORE, "through the link"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_file_or_a_link_of_another_user_is_not_opened(store: CaseStore, folder: Path, tmp_path: Path) -> None:
    journal = folder / "case.json"
    os.chown(journal, 12345, -1)
    with pytest.raises(JournalUnreadable, match="it belongs to another user"):
        CaseStore(folder).case()

    os.chown(journal, os.geteuid(), -1)
    journal.rename(tmp_path / "elsewhere.json")
    journal.symlink_to(tmp_path / "elsewhere.json")
    os.chown(journal, 12345, -1, follow_symlinks=False)
    with pytest.raises(JournalUnreadable, match="another user of this machine made a link"):
        CaseStore(folder).case()


def test_a_journal_we_may_not_read_is_said_to_be_that(store: CaseStore, folder: Path) -> None:
    with pytest.raises(JournalUnreadable, match="cannot be read: you may not read it"):
        CaseStore(folder, disk=Disk(RefusingCalls("open", errno.EACCES))).case()


def test_a_journal_others_can_read_is_closed_when_it_is_opened(store: CaseStore, folder: Path) -> None:
    (folder / "case.json").chmod(0o664)

    CaseStore(folder).case()

    assert (folder / "case.json").stat().st_mode & 0o777 == 0o600


# --- TinyDB


def test_any_tinydb_program_can_open_the_file(store: CaseStore, folder: Path) -> None:
    with TinyDB(folder / "case.json") as db:
        assert [each["text"] for each in db.table("records").search(where("record") == "entry")] == BEFORE
    assert (folder / "case.json").read_text().startswith('{\n  "meta": {\n    "1": {\n      "app": "iepjournal",')


def test_fields_and_tables_of_other_programs_survive(store: CaseStore, folder: Path) -> None:
    journal = folder / "case.json"
    tables = json.loads(journal.read_bytes())
    tables["pets"] = {"rex": [1.5, None, 10**30, {"deep": ["ß", "\u2028"]}]}
    tables["meta"]["1"]["colour"] = "green"
    tables["records"]["2"]["witness"] = "grandma"
    tables["records"]["4"] = {"record": "a kind from the future", "uid": "f", "seal": "0" * 64, "no": 9}
    journal.write_text(json.dumps(tables))

    log(store, "new")

    after = json.loads(journal.read_bytes())
    assert after["pets"] == tables["pets"]
    assert after["meta"]["1"]["colour"] == "green"
    assert after["records"]["2"] == tables["records"]["2"]
    assert after["records"]["4"] == tables["records"]["4"]
    assert store.case().numbered("10").recorded_by == RENEE


def test_two_programs_never_give_one_id_twice_or_see_a_stale_answer(store: CaseStore, folder: Path) -> None:
    """TinyDB's tables remember their next id and their answers; a second program makes both wrong."""
    other = CaseStore(folder)
    for n in range(4):
        log((store, other)[n % 2], f"turn {n}")
        assert store.case().records == other.case().records

    with TinyDB(folder / "case.json") as db:
        assert len({each.doc_id for each in db.table("records")}) == len(BEFORE) + 4


def test_what_was_read_is_nobodys_way_into_the_journal(store: CaseStore, folder: Path) -> None:
    for each in store.stored_records():
        each["text"] = "changed in memory"

    log(store, "new")

    assert texts(folder) == [*BEFORE, "new"]


def test_writing_outside_a_transaction_is_refused(store: CaseStore, folder: Path) -> None:
    db = TinyDB(storage=lambda: store.storage)

    with pytest.raises(RuntimeError, match="outside a transaction"):
        db.table("records").insert({"text": "behind the lock's back"})
    assert [entry.text for entry in store.case().entries] == texts(folder) == BEFORE


def test_a_writer_that_ignores_the_lock_is_noticed_before_it_is_written_over(store: CaseStore, folder: Path) -> None:
    """Some network file systems have no locks; then this look is all there is."""

    other = CaseStore(folder)

    class WithoutLocks(SpiedCalls):
        def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            if name == "flock":
                raise OSError(errno.ENOLCK, "No locks available")
            if name == "fchmod":
                other.path.with_suffix(".json.lock").unlink()  # so that the other one finds no lock either
                log(other, "the other one's")
            return real(*args, **kwargs)

    with pytest.raises(NotSaved, match="another program changed the file"):
        log(CaseStore(folder, disk=Disk(WithoutLocks())), "new")
    assert texts(folder) == [*BEFORE, "the other one's"]


def test_a_change_by_hand_in_the_middle_of_an_operation_is_not_mixed_into_it(store: CaseStore, folder: Path) -> None:
    """The operation spoke about the state it was shown; it is asked again, not applied to another one."""

    def meanwhile(_case: object) -> list[Entry]:
        journal = folder / "case.json"
        journal.write_bytes(journal.read_bytes().replace(b"Called Ms. Hill", b"Called the principal"))
        return [Entry(happened_on=TODAY, text="new")]

    with pytest.raises(NotSaved, match="another program changed the file"):
        store.change(meanwhile, at=NOW, by=RENEE)
    assert [entry.text for entry in store.case().entries] == [BEFORE[0], "Called the principal", BEFORE[2]]


def test_the_signature_changes_with_every_save_and_only_then(store: CaseStore) -> None:
    before = store.signature()

    store.case()
    assert store.signature() == before
    log(store, "new")
    assert store.signature() != before


def test_a_disk_without_hard_links_gets_copies(store: CaseStore, folder: Path) -> None:
    log(CaseStore(folder, disk=Disk(RefusingCalls("link", errno.EPERM))), "new")

    newest = store.backups.all()[0]
    contents = store.backups.contents(newest)
    assert contents
    assert contents.entries == len(BEFORE)
    assert newest.path.stat().st_nlink == 1


def test_leftovers_of_killed_saves_go_when_they_are_an_hour_old(store: CaseStore, folder: Path) -> None:
    old, young, foreign = (folder / name for name in (".iep-old.tmp", ".iep-young.tmp", ".other.tmp"))
    for path in (old, young, foreign):
        path.write_text("{")
    journal_ns = (folder / "case.json").stat().st_mtime_ns
    for path in (old, foreign):
        os.utime(path, ns=(journal_ns - HOUR_NS, journal_ns - HOUR_NS))

    log(store, "new")

    assert [path.exists() for path in (old, young, foreign)] == [False, True, True]


def test_macos_is_asked_to_empty_the_drives_own_memory_too(
    store: CaseStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr("fcntl.F_FULLFSYNC", 51, raising=False)

    class Mac(SpiedCalls):
        def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            if name == "control":
                return asked.append(args[1])
            return real(*args, **kwargs)

    log(CaseStore(folder, disk=Disk(Mac())), "new")

    assert asked == [51, 51]


def test_a_disk_that_knows_no_full_sync_gets_the_plain_one(
    store: CaseStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.F_FULLFSYNC", 51, raising=False)

    log(CaseStore(folder, disk=Disk(RefusingCalls("control", errno.ENOTSUP))), "new")
    with pytest.raises(NotSaved):
        log(CaseStore(folder, disk=Disk(RefusingCalls("control", errno.EIO))), "not this one")

    assert texts(folder) == [*BEFORE, "new"]
