from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, OMAR

from iepjournal.core.records import Entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from conftest import Screens

    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]

TODAY = NOW.date()


def entry(text: str, *, days_ago: int = 0, **fields: object) -> Entry:
    return Entry(happened_on=TODAY - timedelta(days=days_ago), text=text, raw=text, **fields)


@pytest.fixture
def story(write: Write) -> None:
    """Four entries of three days."""
    write(entry("Met at the door", days_ago=3, type="talk", who=("hill",)))
    write(entry("No speech", days_ago=1, type="child-said", service="speech"))
    write(entry("The aide was out", type="observed", tags=("aide",)))
    write(entry("I am tired of this", private=True))


async def test_the_newest_stands_first_and_the_day_only_where_it_changes(screens: Opened, story: None) -> None:
    async with screens(size=(60, 20)) as screen:
        await screen.press("l")
        body = [line.strip() for line in screen.lines[2:10] if line.strip()]
        assert body[0] == "Tue Nov 24"
        assert [line.split()[0] for line in body] == ["Tue", "4", "3", "Mon", "2", "Sat", "1"]


async def test_the_digits_of_an_entry_and_enter_open_it(screens: Opened, story: None, write: Write) -> None:
    for n in range(5, 13):
        write(entry(f"entry the {n}th"))
    async with screens() as screen:
        await screen.press("l", "1", "2")
        assert "Entry 12" in screen.text
        await screen.press("enter")
        assert "entry the 12th" in screen.text
        await screen.press("q")
        assert "Log" in screen.lines[0]


async def test_a_number_nobody_has_is_said(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("l", "9", "9", "enter")
        assert "There is no entry 99" in screen.text


async def test_letters_between_digits_begin_the_number_anew(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("l", "1", "j", "2", "enter")
        assert "No speech" in screen.text


async def test_words_are_found_while_they_are_typed(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("/", "type:hill do")
        assert "1 of 4" in screen.lines[0]
        assert "Met at the door" in screen.text
        await screen.press("enter", "enter")
        assert "Entry 1" in screen.lines[0]


async def test_an_emptied_search_shows_everything_again(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("/", "type:ai", "backspace", "backspace", "enter")
        assert "4 entries" in screen.lines[0]


async def test_a_paste_into_the_search_keeps_all_its_words(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("/")
        await screen.paste("met\ndoor")
        assert "1 of 4" in screen.lines[0]


async def test_only_one_kind_is_shown_when_asked_for(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("l", "b", "2", "1")
        assert "observed · 1 of 4" in screen.lines[0]
        await screen.press("b", "1")
        assert "4 entries" in screen.lines[0]


async def test_a_strike_asks_for_its_reason_and_is_counted(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("l", "x")
        assert "Strike entry 4, “I am tired of this”?" in screen.text
        await screen.press("type:not for the record", "enter")
        (root,) = screen.case.struck
        assert screen.case.struck[root] == "not for the record"
        assert "3 entries · 1 struck" in screen.lines[0]
        assert "I am tired" not in screen.text
        await screen.press("o")
        assert "not for the record" in screen.text
        await screen.press("4", "enter", "x")
        assert "Entry 4 is struck already" in screen.text


async def test_a_correction_of_the_kind_alone_shows_the_kind_that_it_was(screens: Opened, story: None) -> None:
    async with screens(size=(60, 40)) as screen:
        await screen.press("l", "4", "enter", "e", "tab", "down", "down", "type:call", "enter", *["down"] * 6, "enter")
        await screen.press("type:it was a call", "enter")
        before, after = screen.text.split("Before the correction")
        assert "· call" in before
        assert "· note" in after


async def test_a_strike_without_a_reason_is_none(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("l", "x", "enter")
        assert not screen.case.struck


async def test_undo_brings_a_struck_entry_back(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("l", "x", "type:double", "enter", "u")
        assert "Take back" in screen.text
        await screen.press("y")
        assert len(screen.case.entries) == 4


async def test_undo_asks_first(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("u", "n")
        assert len(screen.case.entries) == 4


async def test_what_another_person_wrote_is_not_taken_back(screens: Opened, store: CaseStore) -> None:
    store.append([entry("written by the father")], at=NOW, by=OMAR)
    async with screens() as screen:
        await screen.press("u", "y")
        assert [one.text for one in screen.case.entries] == ["written by the father"]


async def test_the_pane_shows_the_entry_under_the_mark(screens: Opened, story: None) -> None:
    async with screens(size=(80, 24)) as screen:
        await screen.press("l", "j")
        assert "Entry 3" in screen.text
        await screen.press("j")
        assert "Entry 2" in screen.text


async def test_a_private_entry_is_marked(screens: Opened, story: None) -> None:
    async with screens(size=(60, 20)) as screen:
        await screen.press("l")
        assert "private I am tired of this" in screen.text


async def test_an_entry_written_late_says_so_where_there_is_room(screens: Opened, story: None) -> None:
    async with screens(size=(120, 40)) as screen:
        await screen.press("l")
        assert "written 3 days later" in screen.text


async def test_a_file_is_kept_with_an_entry(screens: Opened, story: None, store: CaseStore, tmp_path: Path) -> None:
    photo = tmp_path / "door.jpg"
    photo.write_bytes(b"a picture")
    async with screens() as screen:
        await screen.press("l", "f")
        await screen.paste(str(photo))
        await screen.press("enter")
        (kept,) = screen.case.attachments
        assert store.file_path(kept.sha256).read_bytes() == b"a picture"


async def test_a_file_that_is_not_there_is_said(screens: Opened, story: None) -> None:
    async with screens() as screen:
        await screen.press("l", "f", "type:nowhere.jpg", "enter")
        assert "cannot be opened" in screen.text
        await screen.press("x")
        assert not screen.case.struck


async def test_an_empty_log_says_how_to_begin(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("l")
        assert "Nothing is written yet." in screen.text


async def test_thousands_of_entries_are_scrolled_through(screens: Opened, write: Write) -> None:
    write(*(entry(f"entry the {n}th", days_ago=n % 400) for n in range(3000)))
    async with screens() as screen:
        await screen.press("l", "end")
        assert "entry the 399th" in screen.text
        await screen.press("home")
        assert "Tue Nov 24" in screen.text
        await screen.press("pagedown", "pagedown", "enter")
        assert "Entry" in screen.lines[0]


async def test_striking_an_entry_offers_the_session_that_was_drawn_from_it(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:no speech today !missed %speech", "enter", "l")
        await screen.press("x", "type:double entry", "enter")
        assert "A session was drawn from this entry." in screen.text
        await screen.press("n")
        assert (len(screen.case.entries), len(screen.case.sessions)) == (0, 1)
        await screen.press("u", "y", "x", "type:double entry", "enter", "y")
        assert (len(screen.case.entries), len(screen.case.sessions)) == (0, 0)
        await screen.press("u", "y")
        assert (len(screen.case.entries), len(screen.case.sessions)) == (1, 1)


async def test_a_corrected_day_moves_the_session_that_was_drawn_from_it(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:no speech today !missed %speech", "enter", "l", "e", "tab")
        await screen.press("type:11/19", "down", "down", "down", "down", "down", "down", "down", "down", "down")
        await screen.press("enter", "type:wrong day", "enter")
        assert "moves to Thu Nov 19" in screen.text
        await screen.press("y")
        assert [session.on.day for session in screen.case.sessions] == [19]
        assert [entry.happened_on.day for entry in screen.case.entries] == [19]
