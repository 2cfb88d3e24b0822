from __future__ import annotations

import os
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from casebook import NOW

from iepjournal.core.records import Entry, Promise, Session
from iepjournal.errors import NotSaved

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    import pytest
    from conftest import Screens

    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]


async def test_a_line_typed_from_anywhere_is_saved_by_enter(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("s", "a", "type:No speech again", "enter")
        (entry,) = screen.case.entries
        assert (entry.text, entry.happened_on, entry.recorded_at) == ("No speech again", NOW.date(), NOW)
        assert "Saved as entry 1" in screen.text


async def test_the_line_below_shows_what_was_understood_before_it_is_saved(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:yesterday 3:10p @hill !call We talked")
        assert "Mon Nov 23, 3:10 pm · call · Ms. Hill" in screen.text
        assert not screen.case.entries


async def test_a_known_person_is_completed_with_tab(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:@hi", "tab", "type:came back", "enter")
        (entry,) = screen.case.entries
        assert (entry.who, entry.text) == (("hill",), "came back")


async def test_a_pasted_line_break_stays_a_line_break(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a")
        await screen.paste("no speech\nthe sub said\nshe is out")
        assert not screen.case.entries
        await screen.press("enter")
        assert screen.case.entries[0].text == "no speech\nthe sub said\nshe is out"


async def test_ctrl_j_types_a_line_break(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:one", "ctrl+j", "type:two", "enter")
        assert screen.case.entries[0].text == "one\ntwo"


async def test_what_the_fields_say_wins_over_the_line(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:They told me on Monday", "tab", "type:11/20", "enter", "type:3p", "enter")
        await screen.press("type:mee", "tab", "type:hill reed", "up", "up", "up", "up", "enter")
        (entry,) = screen.case.entries
        assert (entry.happened_on, entry.at) == (date(2026, 11, 20), time(15))
        assert (entry.type, entry.who) == ("meeting", ("hill", "reed"))


async def test_a_type_is_chosen_from_its_list_by_number(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:He called", "tab", "tab", "tab", "enter", "3", "up", "up", "up", "up", "enter")
        assert screen.case.entries[0].type == "call"


async def test_everything_can_be_done_without_esc(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "enter")
        assert "Today" in screen.lines[0]
        await screen.press("a", "type:begun", "tab", *["tab"] * 9, "down", "enter")
        assert "Today" in screen.lines[0]
        assert not screen.case.entries
        assert "begun" in screen.text


async def test_esc_keeps_the_text_and_the_next_add_has_it_again(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:no speech", "escape")
        assert not screen.case.entries
        await screen.press("a", "type: again", "enter")
        assert screen.case.entries[0].text == "no speech again"


async def test_the_fields_of_a_draft_come_back_with_it(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:He called", "tab", "type:yesterday", "escape", "a", "enter")
        assert screen.case.entries[0].happened_on == date(2026, 11, 23)


async def test_a_saved_entry_leaves_no_draft(screens: Opened, store: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("a", "type:no speech", "enter")
        screen.app._drafts.flush()
        assert store.drafts() == ()


async def test_text_is_thrown_away_after_a_yes_and_not_offered_again(screens: Opened, store: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("a", "type:wrong", "tab", *["tab"] * 9, "down", "down", "enter")
        assert "Throw these words away?" in screen.text
        await screen.press("n")
        assert "wrong" in screen.text
        await screen.press("enter", "y")
        assert store.drafts() == ()
        assert "wrong" not in screen.text


async def test_what_is_typed_reaches_the_disk_when_the_typing_pauses(screens: Opened, store: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("a", "type:no speech")
        await screen.pilot.pause(1.0)
        assert [draft.text for draft in store.drafts()] == ["no speech"]


async def test_a_draft_of_an_earlier_time_is_offered_with_its_time(screens: Opened, store: CaseStore) -> None:
    store.keep_draft("entry", "no speech, the sub said")
    (draft,) = store.drafts()
    local = draft.kept_at.astimezone()
    async with screens(size=(80, 24)) as screen:
        assert "Not saved yet" in screen.text
        assert f"{local.hour % 12 or 12}:{local.minute:02}" in screen.text
        await screen.press("1", "enter")
        assert screen.case.entries[0].text == "no speech, the sub said"


async def test_a_draft_of_an_earlier_day_names_the_day_as_well(screens: Opened, store: CaseStore) -> None:
    path = store.keep_draft("entry", "no speech, the sub said")
    kept_at = (NOW - timedelta(days=4)).timestamp()
    os.utime(path, (kept_at, kept_at))
    async with screens(size=(80, 24)) as screen:
        assert "from Fri Nov 20, " in screen.text
        await screen.press("1")
        assert "Your words of Fri Nov 20, " in screen.text


async def test_a_draft_of_what_is_not_in_the_case_says_where_its_words_are(screens: Opened, store: CaseStore) -> None:
    store.keep_draft("correct-7", "Ms. Hill was out")
    async with screens(size=(80, 24)) as screen:
        await screen.press("1")
        assert "drafts/correct-7.txt" in screen.text
    assert [draft.text for draft in store.drafts()] == ["Ms. Hill was out"]


async def test_an_unclear_date_is_said_and_nothing_is_saved(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:13/45: no speech", "enter")
        assert "is not a" in screen.text
        assert not screen.case.entries


async def test_text_that_could_not_be_saved_stays_in_the_box(
    screens: Opened, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> tuple[Record, ...]:
        raise NotSaved("the disk is full")

    async with screens() as screen:
        with monkeypatch.context() as full:
            full.setattr(store, "change", refuse)
            await screen.press("a", "type:no speech", "enter")
            assert "the disk is full" in screen.text
        await screen.press("enter")
        assert screen.case.entries[0].text == "no speech"


async def test_a_promise_in_the_words_is_asked_about_and_kept(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:@hill !call she will be back Monday", "enter")
        assert "Promise?" in screen.text
        await screen.press("Y")
        (promise,) = screen.case.all(Promise)
        assert (promise.who, promise.by) == ("hill", date(2026, 11, 30))


async def test_a_promise_may_have_another_day_or_be_none(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:@hill !call she will be back Monday", "enter", "e", "type:12/4", "enter")
        assert [promise.by for promise in screen.case.promises] == [date(2026, 12, 4)]
        await screen.press("a", "type:@hill !call she will be back Monday", "enter", "n")
        assert len(screen.case.promises) == 1


async def test_a_promise_left_unanswered_is_asked_about_again_from_the_entry_until_it_is_kept(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:@hill !call she will be back Monday", "enter", "escape")
        assert screen.case.promises == ()
        await screen.press("l", "M")
        assert "Entry 1. Promise? “back Monday”" in screen.text
        await screen.press("e", "type:12/4", "enter")
        assert [promise.by for promise in screen.case.promises] == [date(2026, 12, 4)]
        await screen.press("m")
        assert "No promise by a day is found in it" in screen.text
        await screen.press("e", "type:. She said so.", "enter", "type:left out", "enter")
        assert "Promise?" not in screen.text


async def test_a_missed_session_in_an_entry_is_counted_with_it_and_undone_with_it(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:!missed %speech No speech today", "enter")
        (session,) = screen.case.all(Session)
        assert session.entry == screen.case.entries[0].root
        await screen.press("u", "y")
        assert not screen.case.all(Session)
        assert not screen.case.entries


async def test_a_correction_keeps_both_texts_and_its_reason(screens: Opened, write: Write) -> None:
    write(Entry(happened_on=NOW.date(), text="No speech", raw="No speech"))
    async with screens() as screen:
        await screen.press("l", "e", "type:, for the 3rd time", "enter", "type:left out the count", "enter")
        (entry,) = screen.case.entries
        assert (entry.text, entry.why) == ("No speech, for the 3rd time", "left out the count")
        await screen.press("enter")
        assert "left out the count" in screen.text
        assert screen.text.count("No speech") == 2


async def test_a_correction_without_a_change_writes_nothing(screens: Opened, write: Write) -> None:
    write(Entry(happened_on=NOW.date(), text="No speech", raw="No speech"))
    async with screens() as screen:
        await screen.press("l", "e", "enter")
        assert len(screen.case.versions(screen.case.entries[0])) == 1


async def test_a_correction_without_a_reason_is_not_written(screens: Opened, write: Write) -> None:
    write(Entry(happened_on=NOW.date(), text="No speech", raw="No speech"))
    async with screens() as screen:
        await screen.press("l", "e", "type:!", "enter", "enter")
        assert screen.case.entries[0].text == "No speech"
