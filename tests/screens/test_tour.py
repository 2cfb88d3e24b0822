"""The tour: shown once, left by one key, never in the way of the first entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iepjournal import paths
from iepjournal.preferences import TOUR_SEEN
from iepjournal.screens.tour import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from conftest import Screens

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]


@pytest.fixture
def _first_run(store: object) -> None:
    del store
    (paths.home() / TOUR_SEEN).unlink()


@pytest.mark.usefixtures("_first_run")
async def test_the_first_run_walks_through_five_steps_over_the_real_pages(screens: Opened) -> None:
    async with screens() as screen:
        for number, step in enumerate(STEPS, start=1):
            assert f"{step.title} {number} of 5" in screen.text
            assert screen.app.current_mode == step.page
            assert all(len(line) <= 40 for line in screen.lines)
            await screen.press("enter")
        assert "of 5" not in screen.text
        assert screen.app.current_mode == "today"

    async with screens() as screen:
        assert "of 5" not in screen.text


@pytest.mark.usefixtures("_first_run")
async def test_the_first_entry_comes_before_all_of_it(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:no speech today", "enter")
        assert [entry.text for entry in screen.case.entries] == ["no speech today"]
        assert "Your newest: entry 1, “no speech today”" in screen.text
        await screen.press("enter")
        assert "See it 2 of 5" in screen.text
        assert "“no speech today”" in screen.text


@pytest.mark.usefixtures("_first_run")
async def test_what_is_pasted_over_it_becomes_an_entry(screens: Opened) -> None:
    async with screens() as screen:
        await screen.paste("no aide\nno speech\nno OT")
        await screen.press("enter")
        assert [entry.text for entry in screen.case.entries] == ["no aide\nno speech\nno OT"]


@pytest.mark.parametrize(("key", "page"), [("q", "today"), ("escape", "today"), ("S", "services")])
@pytest.mark.usefixtures("_first_run")
async def test_one_key_leaves_it_at_any_step(screens: Opened, key: str, page: str) -> None:
    async with screens() as screen:
        await screen.press(key)
        assert "of 5" not in screen.text
        assert screen.app.current_mode == page


async def test_it_comes_back_by_its_name_and_from_the_case(screens: Opened) -> None:
    async with screens() as screen:
        assert "of 5" not in screen.text
        await screen.press("colon", "type:look around", "enter")
        assert "Log it 1 of 5" in screen.text
        await screen.press("q", "c")
        number = next(line.split()[0] for line in screen.lines if "A look around" in line)
        if number.isdigit():
            await screen.press(number)
        else:
            await screen.press("end", "enter")
        assert "Log it 1 of 5" in screen.text
