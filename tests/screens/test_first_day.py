"""The first day of the README, played key by key as it is printed, in a new parent's empty home."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from casebook import NOW

from iepjournal.core.letters import letter_marks
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from conftest import Screens

    Opener = Callable[..., AbstractAsyncContextManager[Screens]]

README = Path(__file__).parents[2] / "README.md"
NAMED = {"Enter": "enter", "Tab": "tab"}


def steps() -> list[list[str]]:
    """The keys of each row of the tables "you type"."""
    day = README.read_text(encoding="utf-8").partition("## The first day")[2].partition("\nThe keys are the same")[0]
    rows = [line.split("|")[1] for line in day.splitlines() if line.startswith("| `")]
    return [re.findall(r"`([^`]+)`", row) for row in rows]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseStore:
    """The empty case that the first start makes."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("IEPJOURNAL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "home").mkdir()
    return CaseStore.create(tmp_path / "home" / "cases" / "journal")


async def test_the_first_day_goes_as_the_readme_says(screens: Opener, tmp_path: Path) -> None:
    *before, _leave = steps()
    async with screens(size=(44, 28)) as screen:
        for key in (key for row in before for key in row):
            if key in NAMED or len(key) == 1:
                await screen.press(NAMED.get(key, key))
            else:
                await screen.paste(key)  # at once, as a phone's keyboard sends it
        store = screen.app.store
    case = store.case()
    profile = case.profile
    assert (profile.child.name, profile.school.name, profile.school.district, profile.parent.name) == (
        "Maya Bell", "Oak Ridge Elementary", "Millbrook School District", "Renee Bell",
    )  # fmt: skip
    (entry,) = case.entries
    assert (entry.type, str(entry.at), entry.quote) == ("call", "13:10:00", ("we will resume Monday",))
    (promise,) = case.promises
    assert str(promise.by) == "2026-11-30"
    (letter,) = case.letters
    assert "Dear Ms. Hill:" in letter.text
    (sent,) = letter_marks(letter, case, "sent")
    assert (sent.by, sent.on) == ("hand", NOW.date())
    (file,) = tmp_path.glob("*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
