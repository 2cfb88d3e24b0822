"""A run of days answered at once: five questions, one undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from iepjournal.core.records import Calendar, Service

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from conftest import Screens

    from iepjournal.core.records import Record

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]


async def test_a_provider_out_for_two_weeks_is_counted_before_it_is_saved(screens: Opened, write: Write) -> None:
    write(Calendar(first_day=date(2026, 8, 6), last_day=date(2027, 5, 25)))
    async with screens() as screen:
        await screen.press("c", "6", "o", "p", "1", "1")
        await screen.press("type:11/9", "enter", "type:11/20", "enter", "3")
        assert "Mon Nov 9 to Fri Nov 20, not given, provider out: 4 sessions of 1 service (speech 4)." in screen.text
        await screen.press("n")
        assert not screen.case.sessions

        await screen.press("o", "p", "1", "1")
        await screen.press("type:11/9", "enter", "type:11/20", "enter", "3", "y")
        assert [(one.service, one.on.day, one.how) for one in screen.case.sessions] == [
            ("speech", 9, "staff-told"), ("speech", 10, "staff-told"),
            ("speech", 16, "staff-told"), ("speech", 17, "staff-told"),
        ]  # fmt: skip
        await screen.press("u", "y")
        assert not screen.case.sessions


async def test_a_child_away_answers_for_every_service_of_those_days(screens: Opened, write: Write) -> None:
    write(
        Calendar(first_day=date(2026, 8, 6), last_day=date(2027, 5, 25)),
        Service(handle="aide", name="Reading aide", kind="aide", per="day", start=date(2026, 8, 10)),
    )
    async with screens() as screen:
        await screen.press("c", "6", "o", "c", "type:11/19", "enter", "type:11/20", "enter", "1")
        assert "2 sessions of 1 service (aide 2). Left open" in screen.text
        await screen.press("y")
        assert [(one.service, one.reason) for one in screen.case.sessions] == [("aide", "child-absent")] * 2


async def test_from_the_page_of_a_service_only_the_days_are_asked(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("s", "1", "o", "2", "type:11/16", "enter", "type:11/20", "enter", "1", "y")
        assert [(one.service, one.reason) for one in screen.case.sessions] == [("speech", "vacancy")] * 2
