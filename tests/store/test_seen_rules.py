"""The memory of rule files: private, whole, and no trouble when it is missing or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iepjournal.store.seen_rules import NAME, SeenRules

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {"federal.toml": "soon = 14\n# ’", "rules/mine.toml": None}


def test_what_is_remembered_is_read_again_and_nobody_else_can(tmp_path: Path) -> None:
    SeenRules(tmp_path).remember(TEXTS)
    assert SeenRules(tmp_path).read() == TEXTS
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"a": 5}', b"\xff", b"[" * 100_000])
def test_a_broken_memory_is_no_memory(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / NAME).write_bytes(broken)
    assert SeenRules(tmp_path).read() == {}


def test_a_disk_that_refuses_stops_nobody(tmp_path: Path) -> None:
    gone = SeenRules(tmp_path / "gone")
    gone.remember(TEXTS)
    assert gone.read() == {}
