"""The same bytes whichever library writes them, and nothing read that could not be written back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iepjournal.store.fileformat import ORJSON_FROM, Unreadable, new_tables, parse, serialise

texts = st.text(st.characters(exclude_categories=["Cs"]))
# Records hold no floats (they cannot be sealed), so those are left out here.
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(texts, values, max_size=4))
def test_both_libraries_write_the_same_bytes_and_they_read_back(fields: dict[str, Any]) -> None:
    tables = new_tables("maya")
    tables["records"]["1"] = fields

    small, large = serialise(tables), serialise(tables, expected_size=ORJSON_FROM)

    assert small == large
    assert parse(small) == tables


def test_awkward_characters_are_written_the_same() -> None:
    tables = new_tables("maya")
    tables["records"]["1"] = {"text": '’é\u2028\x7f\x9b\x00\x1f\b\f\n\r\t"\\/\U0001f600\ufeff'}

    assert serialise(tables) == serialise(tables, expected_size=ORJSON_FROM)


def test_a_number_too_large_for_the_fast_library_is_written_by_the_other() -> None:
    tables = new_tables("maya")
    tables["pets"] = {"1": {"weight": 10**30}}

    assert parse(serialise(tables, expected_size=ORJSON_FROM)) == tables


def test_the_file_is_indented_and_ends_like_a_text() -> None:
    lines = serialise(new_tables("maya")).decode().split("\n")

    assert lines[:3] == ["{", '  "meta": {', '    "1": {']
    assert lines[-2:] == ["}", ""]


@pytest.mark.parametrize("content", [{1, 2}, float("nan"), object()])
def test_what_json_cannot_say_is_not_written(content: object) -> None:
    tables = new_tables("maya")
    tables["records"]["1"] = {"text": content}

    with pytest.raises(ValueError, match=r"."):
        serialise(tables)


@given(st.binary())
def test_any_bytes_are_read_or_refused_with_a_reason(raw: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^(it|its|one|another) "):
        parse(raw)


@given(st.integers(0, 400))
def test_a_file_cut_anywhere_is_refused(length: int) -> None:
    whole = serialise(new_tables("maya"))

    if json_complete(whole[:length]):
        assert parse(whole[:length]) == new_tables("maya")
    else:
        with pytest.raises(Unreadable):
            parse(whole[:length])


def json_complete(raw: bytes) -> bool:
    try:
        json.loads(raw)
    except ValueError:
        return False
    return True
