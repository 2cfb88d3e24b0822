"""Old states stay within reach: recent ones closely, older ones by day, week and month, and never none."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, RENEE, TODAY

from iepjournal.core.records import Entry
from iepjournal.errors import NoSuchRecord
from iepjournal.store.backups import KEPT, Backups
from iepjournal.store.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path

    from iepjournal.store.case_store import CaseStore

START = datetime(2026, 1, 1, 8, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "case.json"


def save_at(backups: Backups, journal: Path, at: datetime) -> None:
    """As a save does it: the new state is a new file, the one before it is kept."""
    journal.unlink(missing_ok=True)
    journal.write_text("{}")
    os.utime(journal, (at.timestamp(), at.timestamp()))
    backups.keep(str(journal))
    backups.prune()


def test_a_year_of_saves_leaves_the_newest_and_one_a_day_week_and_month(journal: Path) -> None:
    backups = Backups(journal.parent / "backups", "case", Disk())
    for hour in range(0, 24 * 400, 8):
        save_at(backups, journal, START + timedelta(hours=hour))
    last = START + timedelta(hours=hour)

    kept = [backup.saved_at for backup in backups.all()]
    assert kept[:5] == [last - timedelta(hours=8 * n) for n in range(5)]
    assert {at.date() for at in kept} >= {(last - timedelta(days=n)).date() for n in range(7)}
    assert {f"{at:%G-%V}" for at in kept} >= {f"{last - timedelta(weeks=n):%G-%V}" for n in range(8)}
    assert {f"{at:%Y-%m}" for at in kept} == {f"2026-{month:02}" for month in range(3, 13)} | {"2027-01", "2027-02"}
    assert len(kept) <= sum(count for count, _ in KEPT)


def test_a_long_pause_throws_nothing_away(journal: Path) -> None:
    backups = Backups(journal.parent / "backups", "case", Disk())
    for day in range(3):
        save_at(backups, journal, START + timedelta(days=day))
    save_at(backups, journal, START + timedelta(days=700))

    assert len(backups.all()) == 4


def test_only_names_of_our_own_are_listed_or_removed(journal: Path) -> None:
    backups = Backups(journal.parent / "backups", "case", Disk())
    save_at(backups, journal, START)
    foreign = ["case.json", "case.20260101T080000.000000Z.json.old", "case.2026-01-01.json", "x", "case.other.json"]
    for name in foreign:
        (backups.folder / name).write_text("mine")
    for day in range(1, 40):
        save_at(backups, journal, START + timedelta(days=day))

    assert all((backups.folder / name).read_text() == "mine" for name in foreign)
    assert not {backup.path.name for backup in backups.all()} & set(foreign)


def test_two_saves_in_one_tick_of_the_clock_are_two_backups(journal: Path) -> None:
    backups = Backups(journal.parent / "backups", "case", Disk())
    for _ in range(3):
        save_at(backups, journal, START)

    assert len(backups.all()) == 3


def test_the_newest_readable_one_is_offered(store: CaseStore) -> None:
    newest, second, *_ = store.backups.all()
    newest.path.write_bytes(b'{"meta":')

    assert store.backups.contents(newest) is None
    offered = store.backups.newest_good()
    assert offered
    assert (offered[0], offered[1].entries) == (second, 1)


def test_a_backup_is_named_by_its_place_its_name_or_its_day(store: CaseStore) -> None:
    newest, second, *_ = store.backups.all()

    assert store.backups.named("2") == second
    assert store.backups.named(second.path.name) == second
    assert store.backups.named(f"{newest.saved_at:%Y-%m-%d}") == newest
    for nonsense in ("0", "99", "yesterday", "../case.json"):
        with pytest.raises(NoSuchRecord, match="iepjournal backups"):
            store.backups.named(nonsense)


def test_what_a_restore_replaced_is_never_thinned_out(store: CaseStore) -> None:
    store.restore(store.backups.all()[0])
    for n in range(20):
        store.append([Entry(happened_on=TODAY, text=f"entry {n}")], at=NOW, by=RENEE)

    assert [backup.before_restore for backup in store.backups.all()].count(True) == 1
