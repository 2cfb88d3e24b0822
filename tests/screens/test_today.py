from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from casebook import FAMILY, RENEE, SCHOOL_BEGAN, TODAY

from iepjournal.core.records import Entry, Service
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from conftest import Screens


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseStore:
    """A journal whose four questions are answered, and nothing else."""
    monkeypatch.setenv("IEPJOURNAL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = CaseStore.create(tmp_path / "home" / "cases" / "maya")
    made.append([one for one in FAMILY if not isinstance(one, Service)], at=SCHOOL_BEGAN, by=RENEE)
    return made


async def test_a_day_without_anything_says_what_comes_next(
    screens: Callable[..., AbstractAsyncContextManager[Screens]],
) -> None:
    async with screens() as screen:
        await screen.pilot.pause(1)
        assert "Nothing waits." in screen.text
        assert "Next: Review the IEP, Wed May 12, 2027." in screen.text
        assert "With the IEP at hand: c, then IEP." in screen.text
        await screen.press("a", "type:no aide", "enter", "t")
        assert "Nothing waits." not in screen.text


async def test_many_notes_written_on_one_day_leave_room_for_what_waits(
    screens: Callable[..., AbstractAsyncContextManager[Screens]], write: Callable[..., object]
) -> None:
    write(*(Entry(happened_on=TODAY, text=f"note {number}") for number in range(12)))
    async with screens((44, 28)) as screen:
        assert [number for number in range(12) if f"note {number} " in f"{screen.text} "] == [7, 8, 9, 10, 11]
        assert "and 7 more entries" in screen.text


async def test_without_colours_the_row_with_the_mark_is_reversed_and_never_dim_as_well(
    screens: Callable[..., AbstractAsyncContextManager[Screens]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with screens((44, 28)) as screen:
        await screen.press("c", "4")
        strips = screen.app.screen._compositor.render_strips()
        marked = [one for strip in strips for one in strip if one.style and one.style.reverse]
        assert "Special Education Director" in "".join(one.text for one in marked)
        assert not any(one.style.dim for one in marked if one.style)
