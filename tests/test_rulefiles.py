"""Rule files on disk: the shipped ones, the user's own, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "iepjournal" / "rules"
    folder.mkdir(parents=True)
    return folder


def test_the_state_of_the_case_decides_which_state_file_is_read(own: Path) -> None:
    assert "ms-wpn-7" in load_rules("ms").rules
    elsewhere = load_rules("xx")
    assert "ms-wpn-7" not in elsewhere.rules
    assert "records-45" in elsewhere.rules
    assert [finding.message for finding in elsewhere.findings] == [
        "states/xx.toml is left out: there is no such file, or it cannot be read."
    ]


@pytest.mark.parametrize("state", ["../federal", "", "ms/../ms"])
def test_a_state_that_is_no_word_reads_no_file(own: Path, state: str) -> None:
    assert "ms-wpn-7" not in load_rules(state).rules


def test_own_notes_are_read_and_a_broken_file_of_ones_own_stops_nothing(own: Path) -> None:
    (own / "a.toml").write_text("this is = = not toml")
    (own / "b.toml").write_bytes(b"\xff\xfe")
    (own / "c.toml").write_text("\ufeff[notes]\nappeal = 'Call Ms. Park first.'", encoding="utf-8")
    (own / "d.toml").write_text("deep = " + "[" * 100_000)
    book = load_rules("ms")
    assert [finding.where for finding in book.findings] == ["rules/a.toml", "rules/b.toml", "rules/d.toml"]
    assert book.notes == {"appeal": "Call Ms. Park first."}
    assert "records-45" in book.rules
