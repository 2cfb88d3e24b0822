"""Records become plain JSON objects and come back the same."""

from __future__ import annotations

import json
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import any_value

from iepjournal.core.codec import from_stored, to_stored
from iepjournal.core.records import KINDS, Child, Entry, Link, Mark, Profile, Purge, Record


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.KIND)
@given(data=st.data())
@settings(max_examples=20)
def test_every_record_comes_back_from_json_as_it_was(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(any_value(kind))

    assert from_stored(json.loads(json.dumps(to_stored(record)))) == record


def test_the_stored_form_is_short_and_plain() -> None:
    entry = Entry(no=7, happened_on=date(2026, 11, 24), at=time(15, 10), type="call", who=("hill",), text="Back Monday")

    assert to_stored(entry) == {
        "record": "entry",
        "no": 7,
        "happened_on": "2026-11-24",
        "at": "15:10",
        "type": "call",
        "who": ["hill"],
        "text": "Back Monday",
    }


def test_nested_values_are_stored_as_objects() -> None:
    profile = Profile(child=Child(name="Maya", birth_date=date(2018, 5, 14)))
    purge = Purge(of=7, removed=(Link(seal="b", prev="a"),))

    assert to_stored(profile)["child"] == {"name": "Maya", "birth_date": "2018-05-14"}
    assert to_stored(purge)["removed"] == [{"seal": "b", "prev": "a"}]


def test_a_kind_from_a_newer_program_is_passed_over() -> None:
    assert from_stored({"record": "telegram", "text": "stop"}) is None


def test_a_field_from_a_newer_program_is_passed_over() -> None:
    stored = {"record": "mark", "of": "u1", "what": "kept", "on": "2026-11-24", "witness": "Omar"}

    assert from_stored(stored) == Mark(of="u1", what="kept", on=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("field", "value"),
    [("happened_on", "24 November"), ("happened_on", 5), ("no", 1.5), ("no", True), ("who", 3), ("recorded_at", "now")],
)
def test_a_field_that_somebody_broke_by_hand_is_named(field: str, value: object) -> None:
    with pytest.raises(ValueError, match="entry"):
        from_stored({"record": "entry", "uid": "u1", "happened_on": "2026-11-24", field: value})


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ValueError, match=r"entry 7: .*happened_on"):
        from_stored({"record": "entry", "no": 7, "text": "no day"})


def test_what_cannot_be_sealed_is_refused_before_it_is_written() -> None:
    with pytest.raises(TypeError, match="cannot be sealed"):
        to_stored(Entry(happened_on=date(2026, 11, 24), text=1.5))  # type: ignore[arg-type]


def test_a_time_keeps_its_offset() -> None:
    at = datetime.fromisoformat("2026-11-24T15:30:00-06:00")
    back = from_stored(to_stored(Entry(happened_on=at.date(), recorded_at=at)))

    assert back is not None
    assert back.recorded_at.isoformat() == "2026-11-24T15:30:00-06:00"
