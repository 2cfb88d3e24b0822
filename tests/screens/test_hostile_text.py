from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from casebook import NOW

from iepjournal.core.records import (
    Attachment,
    Calendar,
    Child,
    Entry,
    Goal,
    Iep,
    Letter,
    Mark,
    Parent,
    Person,
    Profile,
    Promise,
    School,
    Service,
    Session,
    Span,
)
from iepjournal.screens.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from conftest import Screens

    from iepjournal.core.records import Record

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]

MARKUP = "[/] [Exhibit A] [@click=app.quit]x[/] [bold]"
"""Ends a style that is not open, vanishes, and runs an action, wherever a text is taken for markup."""
TODAY = NOW.date()


@pytest.fixture
def hostile(write: Write) -> None:
    """A case in which every text is markup."""
    (entry,) = write(
        Entry(happened_on=TODAY, type="call", who=("hill",), text=MARKUP, raw=MARKUP, quote=(MARKUP,), tags=("tag",))
    )
    write(
        Profile(
            child=Child(name=MARKUP, grade=MARKUP, address=MARKUP),
            parent=Parent(name=MARKUP, address=MARKUP, email=MARKUP),
            school=School(name=MARKUP, district=MARKUP, address=MARKUP),
        )
    )
    write(
        Person(handle="hill", name=MARKUP, role=MARKUP, address=MARKUP),
        Iep(dated=date(2026, 5, 12)),
        Service(
            handle="speech",
            name=MARKUP,
            minutes=30,
            times=2,
            days=("tue",),
            setting=MARKUP,
            words=MARKUP,
            provider="hill",
            start=date(2026, 8, 10),
        ),
        Session(service="speech", on=TODAY, result="missed", reason="vacancy", text=MARKUP),
        Goal(handle="read", text=MARKUP, service="speech"),
        Calendar(
            first_day=date(2026, 8, 6), last_day=date(2027, 5, 25), closed=(Span(first=TODAY, last=TODAY, why=MARKUP),)
        ),
        Promise(who="hill", text=MARKUP, made_on=TODAY, by=TODAY, entry=entry.root),
        Letter(
            template="implementation-concern", title=MARKUP, dated=TODAY, to=(MARKUP,), text=MARKUP, facts=(entry.root,)
        ),
        Attachment(of=entry.root, name=MARKUP, sha256="0" * 64, size=1),
        Mark(of=entry.root, what="confirmed", on=TODAY, why=MARKUP),
    )


@pytest.mark.parametrize("size", [(40, 20), (120, 40)])
@pytest.mark.parametrize("page", PAGES)
async def test_every_page_shows_markup_as_the_text_it_is(
    screens: Opened, hostile: None, page: str, size: tuple[int, int]
) -> None:
    async with screens(size=size) as screen:
        await screen.app.run_action(f"app.go('{page}')")
        await screen.pilot.pause(0.3)
        seen = screen.text
        for n in "123456789":
            await screen.press(n)
            seen += screen.text
            while len(screen.app.screen_stack) > 1:
                await screen.press("escape")
        assert not screen.app.finished
        # Without a packet its page shows the child's first name only.
        assert ("[/] " if page == "packet" else "[/] [Exhibit A]") in seen


async def test_the_questions_show_markup_as_the_text_it_is(screens: Opened, hostile: None) -> None:
    async with screens(size=(80, 24)) as screen:
        for keys in (("l", "x"), ("l", "e"), ("u",), ("/", "type:exhibit"), ("a", "type:[/] [Exhibit A]")):
            await screen.press(*keys)
            assert "[/] [Exhibit A]" in screen.text, keys
            await screen.press("escape", "escape")


async def test_a_typed_markup_is_stored_as_it_was_typed(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a")
        await screen.paste(MARKUP)
        await screen.press("enter")
        assert screen.case.entries[0].text == MARKUP
        assert "Saved as entry 1" in screen.text


async def test_what_cannot_be_seen_is_taken_out_and_said(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a")
        await screen.paste("no \x1b[31mspeech\u202e")
        assert "Removed 6 invisible characters." in screen.text
        await screen.press("enter")
        assert screen.case.entries[0].text == "no speech"
