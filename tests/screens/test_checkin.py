"""Did it happen? The questions of Today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iepjournal.core.records import Calendar, Service, Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from conftest import Screens

    from iepjournal.core.records import Record

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]

MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 11, day) for day in (23, 24, 25, 27))
START = date(2026, 8, 10)


@pytest.fixture
def aide(write: Write) -> None:
    """A daily aide beside speech and OT, which go by the week."""
    write(Service(handle="aide", name="Reading aide", kind="aide", per="day", start=START))


@pytest.fixture
def short_week(write: Write) -> None:
    """School ends on this Tuesday; Thanksgiving begins."""
    thanksgiving = Span(first=WEDNESDAY, last=FRIDAY, why="Thanksgiving")
    write(Calendar(first_day=date(2026, 8, 6), last_day=date(2027, 5, 25), closed=(thanksgiving,)))


async def test_a_session_is_answered_in_three_keys(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        assert "Speech therapy 30 min 0 of 2 this week" in screen.text
        row = next(line for line in screen.lines if "Speech therapy 30 min" in line).split()[0]
        await screen.press(row, "n", "2", "2")
        (session,) = screen.case.sessions
        assert (session.on, session.result, session.reason, session.how) == (TUESDAY, "missed", "vacancy", "child-told")
        assert "✗ no provider" in screen.text


@pytest.mark.usefixtures("aide", "short_week")
async def test_the_last_school_day_asks_what_is_not_known_yet_of_the_days_before(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        assert "Not known yet this week" in screen.text
        row = next(line for line in screen.lines if "Reading aide" in line and "Mon Nov 23" in line).split()[0]
        await screen.press(row, "y")
        assert [(one.service, one.on, one.result) for one in screen.case.sessions] == [("aide", MONDAY, "given")]
        assert "Not known yet this week" not in screen.text


@pytest.mark.usefixtures("aide")
async def test_in_the_middle_of_a_week_the_days_before_are_not_asked_again(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        assert "Reading aide" in screen.text
        assert "Not known yet this week" not in screen.text


@pytest.mark.usefixtures("aide")
async def test_child_absent_says_what_it_answers_and_one_undo_takes_it_back(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        row = next(line for line in screen.lines if "Child absent: all of them" in line).split()[0]
        await screen.press(row)
        assert "It answers 3: Speech therapy, Occupational therapy, Reading aide." in screen.text
        await screen.press("y")
        assert {(one.on, one.result, one.reason) for one in screen.case.sessions} == {
            (TUESDAY, "missed", "child-absent")
        }
        assert len(screen.case.sessions) == 3
        await screen.press("u", "y")
        assert not screen.case.sessions
