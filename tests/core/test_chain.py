"""The seal holds while nothing was touched, and names the first record that was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from casebook import Casebook
from hypothesis import given
from hypothesis import strategies as st

from iepjournal.core.chain import same_seal, seal_of, short, verify
from iepjournal.core.codec import to_stored
from iepjournal.core.records import Entry, Link, Purge

DAY = date(2026, 11, 24)


def five_entries() -> Casebook:
    book = Casebook()
    for n in range(1, 6):
        book.write(Entry(happened_on=DAY, text=f"entry {n}"))
    return book


def without(stored: list[dict[str, Any]], *nos: int) -> tuple[list[dict[str, Any]], tuple[Link, ...]]:
    removed = tuple(Link(seal=record["seal"], prev=record.get("prev", "")) for record in stored if record["no"] in nos)
    return [record for record in stored if record["no"] not in nos], removed


def sealed(purge: Purge, after: str) -> dict[str, Any]:
    stored = to_stored(purge.replace(prev=after))
    return {**stored, "seal": seal_of(stored)}


def test_an_untouched_journal_is_unbroken() -> None:
    stored = five_entries().stored
    verdict = verify(stored)

    assert (verdict.records, verdict.first_broken, verdict.seal) == (5, "", stored[-1]["seal"])


def test_an_empty_journal_is_unbroken() -> None:
    verdict = verify([])

    assert (verdict.records, verdict.first_broken, verdict.seal) == (0, "", "")


@given(st.integers(0, 4), st.sampled_from(["text", "happened_on", "no", "recorded_at", "witness"]))
def test_any_changed_or_added_field_breaks_it_there(which: int, field: str) -> None:
    stored = five_entries().stored
    stored[which] = {**stored[which], field: "changed"}

    assert "not what was sealed" in verify(stored).first_broken


@given(st.integers(0, 3))
def test_a_record_taken_out_breaks_it_at_the_next(which: int) -> None:
    stored = five_entries().stored
    following = stored[which + 1]["no"]
    del stored[which]

    assert verify(stored).first_broken == f"entry {following}: the record before it is missing, moved or changed"


def test_the_newest_records_dropped_are_not_seen_without_an_outside_seal() -> None:
    """What the seal cannot show, and the program must not claim."""
    stored = five_entries().stored

    assert verify(stored[:3]).first_broken == ""
    assert verify(stored[:3]).seal == stored[2]["seal"] != stored[4]["seal"]


@pytest.mark.parametrize("nos", [(1,), (3,), (5,), (2, 3), (1, 3, 5), (1, 2, 3, 4, 5)])
def test_a_purge_bridges_what_it_removed(nos: tuple[int, ...]) -> None:
    stored = five_entries().stored
    kept, removed = without(stored, *nos)
    kept.append(sealed(Purge(of=nos[0], removed=removed), after=stored[-1]["seal"]))
    verdict = verify(kept)

    assert (verdict.first_broken, verdict.purged) == ("", len(nos))


def test_a_purge_does_not_excuse_another_missing_record() -> None:
    stored = five_entries().stored
    kept, _ = without(stored, 2, 4)
    _, removed = without(stored, 2)
    kept.append(sealed(Purge(of=2, removed=removed), after=stored[-1]["seal"]))

    assert verify(kept).first_broken == "entry 5: the record before it is missing, moved or changed"


def test_the_seal_does_not_depend_on_the_order_of_keys_or_on_the_seal_itself() -> None:
    stored = five_entries().stored[0]

    assert seal_of(dict(reversed(stored.items()))) == stored["seal"]
    assert seal_of({**stored, "seal": ""}) == stored["seal"]


def test_the_seal_of_a_record_never_changes() -> None:
    """A seal printed in a sent letter must be found again by every later program."""
    entry = {"record": "entry", "uid": "u1", "no": 1, "happened_on": "2026-11-24", "text": "Café “ça”", "prev": ""}

    assert seal_of(entry) == "0991d0cfdf4449799a1a89e858023682de0ba048664cea96ec212ecf7f41f1bf"


def test_the_short_form_is_read_back_however_it_is_typed() -> None:
    seal = five_entries().stored[0]["seal"]

    assert same_seal(short(seal), seal)
    assert same_seal(f" {short(seal).lower().replace('-', ' ')} ", seal)
    assert same_seal(seal.upper(), seal)
    assert not same_seal(short(seal)[:-1], seal)
    assert not same_seal("0" * 20, seal)
