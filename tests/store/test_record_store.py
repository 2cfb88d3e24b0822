"""Numbers, stamps, seals and uids are given under the lock, once."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from casebook import FAMILY, NOW, OMAR, RENEE, TODAY

from iepjournal.core import chain
from iepjournal.core.records import Attachment, Entry, Mark, Person, Promise, Strike
from iepjournal.errors import AlreadyThere, JournalUnreadable, NoSuchRecord, NotAllowed, NotSaved
from iepjournal.store.case_store import CaseStore
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    from pathlib import Path

    from iepjournal.core.records import Record


def test_one_command_is_numbered_stamped_and_sealed_together(store: CaseStore) -> None:
    entry, promise, strike = store.append(
        [Entry(happened_on=TODAY), Promise(made_on=TODAY), Strike(of=store.case().entries[0].root)], at=NOW, by=OMAR
    )

    assert [record.no for record in (entry, promise, strike)] == [4, 5, None]
    assert {record.command for record in (entry, promise, strike)} == {entry.command}
    assert all((record.recorded_at, record.recorded_by) == (NOW, OMAR) for record in (entry, promise, strike))
    assert (promise.prev, strike.prev) == (entry.seal, promise.seal)
    assert store.case().records[-3:] == (entry, promise, strike)
    assert chain.verify(store.stored_records()).seal == strike.seal


def test_records_of_one_command_can_refer_to_each_other(store: CaseStore) -> None:
    uid = new_uid(NOW)

    store.append([Entry(uid=uid, happened_on=TODAY), Promise(made_on=TODAY, entry=uid)], at=NOW, by=RENEE)

    assert store.case().promises[0].entry == store.case().entries[-1].root


def test_trying_again_with_the_same_uid_writes_nothing_twice(store: CaseStore) -> None:
    entry = Entry(uid=new_uid(NOW), happened_on=TODAY, text="once")

    first = store.append([entry], at=NOW, by=RENEE)
    again = store.append([entry], at=datetime.now(UTC), by=OMAR)

    assert first == again
    assert [each.text for each in store.case().entries].count("once") == 1


def test_a_uid_is_never_taken_by_another_text(store: CaseStore) -> None:
    """A new version that forgot to drop its uid must not vanish as if it were a retry."""
    entry = store.case().entries[0]

    with pytest.raises(ValueError, match="already names another record"):
        store.append([entry.replace(text="corrected", amends=entry.root)], at=NOW, by=RENEE)


def test_a_new_version_keeps_its_number_and_a_new_record_gets_the_next(store: CaseStore) -> None:
    entry = store.case().entries[0]

    (amended,) = store.append([entry.replace(uid="", amends=entry.root, text="corrected")], at=NOW, by=RENEE)
    (new,) = store.append([Entry(happened_on=TODAY)], at=NOW, by=RENEE)

    assert (amended.no, new.no) == (1, 4)
    assert amended.root == entry.root
    assert store.case().numbered(1).uid == amended.uid


def test_a_version_of_nothing_is_refused(store: CaseStore) -> None:
    with pytest.raises(NoSuchRecord):
        store.append([Entry(happened_on=TODAY, amends="nothing")], at=NOW, by=RENEE)


def test_an_operation_sees_what_another_program_wrote_meanwhile(store: CaseStore, folder: Path) -> None:
    store.case()
    CaseStore(folder).append([Entry(happened_on=TODAY, text="from the other shell")], at=NOW, by=OMAR)

    store.change(lambda case: [Strike(of=case.entries[-1].root, why="seen")], at=NOW, by=RENEE)

    struck = next(iter(store.case().struck))
    assert store.case().by_root[struck].recorded_by == OMAR


def test_an_operation_that_fails_changes_nothing(store: CaseStore, folder: Path) -> None:
    before = (folder / "case.json").read_bytes()

    with pytest.raises(NoSuchRecord):
        store.change(lambda case: [Strike(of=case.numbered(99).root)], at=NOW, by=RENEE)

    assert (folder / "case.json").read_bytes() == before
    assert len(store.case().entries) == 3


def test_what_can_not_be_sealed_is_not_saved(store: CaseStore) -> None:
    with pytest.raises(NotSaved, match="half a character"):
        store.append([Entry(happened_on=TODAY, text="\ud800")], at=NOW, by=RENEE)
    assert len(store.case().entries) == 3


def test_an_empty_command_saves_nothing(store: CaseStore) -> None:
    before = store.signature()

    assert store.append([], at=NOW, by=RENEE) == ()
    assert store.signature() == before


def test_only_some_kinds_are_read_with_what_decides_whether_they_stand(store: CaseStore) -> None:
    store.append(FAMILY, at=NOW, by=RENEE)
    hill = store.case().people["hill"]
    store.append([Strike(of=hill.root)], at=NOW, by=RENEE)

    case = store.case(only={Person})

    assert not case.entries
    assert set(case.people) == {"lott", "reed"}
    assert case.profile.child.name == "Maya Bell"


def test_a_case_is_made_once(folder: Path) -> None:
    CaseStore.create(folder)

    with pytest.raises(AlreadyThere, match=re.escape("case.json is already there. It was left as it is")):
        CaseStore.create(folder)


def test_a_hand_edited_date_that_is_none_is_said_with_its_record(store: CaseStore, folder: Path) -> None:
    journal = folder / "case.json"
    tables = json.loads(journal.read_bytes())
    tables["records"]["2"]["happened_on"] = "2026-13-45"
    journal.write_text(json.dumps(tables))

    with pytest.raises(JournalUnreadable, match=r"entry 2: .*The newest good backup is of .*with 2 entries"):
        store.case()


def test_a_number_is_never_given_again_after_a_restore(store: CaseStore) -> None:
    """Entry 3 may stand in a letter already."""
    store.restore(store.backups.all()[0])
    assert len(store.case().entries) == 2

    (new,) = store.append([Entry(happened_on=TODAY)], at=NOW, by=RENEE)

    assert new.no == 4


def test_numbers_given_in_a_state_that_was_lost_are_not_given_again(store: CaseStore, folder: Path) -> None:
    """Entry 3 was in the emptied file only; nobody can say how many others were."""
    (folder / "case.json").write_bytes(b"")
    store.restore(store.backups.all()[0])

    (new,) = store.append([Entry(happened_on=TODAY)], at=NOW, by=RENEE)

    assert new.no == 101


def test_a_restore_is_shown_before_and_can_be_taken_back(store: CaseStore) -> None:
    backup = store.backups.all()[0]
    before = store.case().records

    preview = store.preview(backup)
    assert (len(preview.case.entries), [record.no for record in preview.lost]) == (2, [3])

    store.restore(backup)
    (aside,) = [each for each in store.backups.all() if each.before_restore]
    store.restore(aside)
    assert store.case().records == before


def test_a_backup_that_cannot_be_read_is_not_restored(store: CaseStore, folder: Path) -> None:
    backup = store.backups.all()[0]
    backup.path.write_bytes(b"{")
    before = (folder / "case.json").read_bytes()

    with pytest.raises(NotAllowed, match=r"cannot be read: .+ Choose another: iepjournal backups"):
        store.restore(backup)
    assert (folder / "case.json").read_bytes() == before


def test_uids_are_valid_and_sort_by_time() -> None:
    moments = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in range(1, 30)]
    uids = [new_uid(at) for at in moments]

    assert uids == sorted(uids)
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", uid) for uid in uids
    )
    assert len({new_uid(NOW) for _ in range(1000)}) == 1000


def test_a_mark_and_an_attachment_come_back_as_they_were_given(store: CaseStore) -> None:
    root = store.case().entries[0].root
    written = store.append(
        [Mark(of=root, what="kept", on=TODAY), Attachment(of=root, name="Größe.pdf", sha256="0" * 64, size=3)],
        at=NOW,
        by=RENEE,
    )

    assert store.case().records[-2:] == written


def test_what_was_read_is_read_again_only_where_the_file_is_another(store: CaseStore) -> None:
    def fresh() -> tuple[Record, ...]:
        return CaseStore(store.folder).case().records

    before = store.case().records
    store.append([Entry(happened_on=TODAY, text="one more")], at=NOW, by=RENEE)
    after = store.case().records
    assert all(kept is again for kept, again in zip(before, after, strict=False))
    assert after == fresh()

    CaseStore(store.folder).append([Entry(happened_on=TODAY, text="from elsewhere")], at=NOW, by=OMAR)
    assert store.case().records == fresh()

    CaseStore(store.folder).purge(before[-1].no or 0, at=NOW, by=OMAR, why="a secret")
    assert store.case().records == fresh()
    assert before[-1] not in store.case().records

    store.restore(store.backups.all()[0])
    assert store.case().records == fresh()
