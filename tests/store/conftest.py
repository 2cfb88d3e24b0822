"""A case on a real disk, with three entries in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from casebook import NOW, RENEE, TODAY

from iepjournal.core.records import Entry
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The case's folder, where no case is yet."""
    return tmp_path / "home" / "cases" / "maya"


@pytest.fixture
def store(folder: Path) -> CaseStore:
    """The case with entries 1 to 3."""
    made = CaseStore.create(folder)
    for text in ("No speech today", "Called Ms. Hill", "She promised a make-up"):
        made.append([Entry(happened_on=TODAY, text=text)], at=NOW, by=RENEE)
    return made
