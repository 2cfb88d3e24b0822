from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, OMAR, RENEE

from iepjournal import paths
from iepjournal.core.records import Entry
from iepjournal.screens.page import Page
from iepjournal.screens.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from conftest import Screens

    from iepjournal.app import JournalApp
    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]

LETTERS = dict(zip("tlsdwpc", PAGES, strict=True))


def entry(text: str) -> Entry:
    return Entry(happened_on=NOW.date(), text=text, raw=text)


@pytest.mark.parametrize("letter", [*LETTERS, *map(str.upper, LETTERS)])
async def test_each_page_is_one_letter_away_small_or_capital(screens: Opened, letter: str) -> None:
    async with screens() as screen:
        await screen.press("l", letter)
        assert screen.app.current_mode == LETTERS[letter.lower()]
        assert "Maya" in screen.lines[0]


async def test_q_goes_back_and_from_today_out(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("l", "q")
        assert "Today" in screen.lines[0]
        await screen.press("q")
        assert screen.app.finished
        assert screen.app.return_code == 0


async def test_esc_never_leaves_the_program(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("escape", "escape")
        assert not screen.app.finished


async def test_a_burst_of_keys_never_runs_as_commands(screens: Opened, write: Write) -> None:
    write(entry("the aide was out"))
    async with screens() as screen:
        await screen.press("l")
        await screen.paste("x yes\nuyq")
        assert "Add" in screen.lines[0]
        assert "x yes" in screen.text
        assert not screen.case.struck
        assert len(screen.case.entries) == 1


async def test_a_burst_while_a_question_is_asked_is_text_too(screens: Opened, write: Write) -> None:
    write(entry("the aide was out"))
    async with screens() as screen:
        await screen.press("u")
        await screen.paste("yes she said")
        assert len(screen.case.entries) == 1
        assert "yes she said" in screen.text


async def test_a_second_burst_goes_on_in_the_same_box(screens: Opened) -> None:
    async with screens() as screen:
        await screen.paste("no speech")
        await screen.paste(" again")
        await screen.press("enter")
        assert screen.case.entries[0].text == "no speech again"


async def test_what_another_shell_logged_is_seen_within_two_seconds(screens: Opened, store: CaseStore) -> None:
    async with screens() as screen:
        type(store)(store.folder).append([entry("logged over ssh")], at=NOW, by=OMAR)
        await screen.pilot.pause(1.5)
        assert "logged over ssh" in screen.text


async def test_the_screen_is_blank_until_a_key_which_does_nothing_else(screens: Opened, write: Write) -> None:
    write(entry("the aide was out"))
    async with screens() as screen:
        await screen.press("l", ".")
        assert "aide" not in screen.text
        assert "Maya" not in screen.text
        await screen.press("x")
        assert "the aide was out" in screen.text
        assert "Strike" not in screen.text


async def test_the_screen_goes_blank_by_itself_when_asked_to(
    screens: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config" / "iepjournal").mkdir(parents=True)
    (paths.config() / "config.toml").write_text("blank_after_minutes = 5")
    async with screens() as screen:
        monkeypatch.setattr(screen.app, "clock", lambda: NOW + timedelta(minutes=4))
        screen.app.look()
        await screen.pilot.pause()
        assert "Maya" in screen.text
        monkeypatch.setattr(screen.app, "clock", lambda: NOW + timedelta(minutes=6))
        screen.app.look()
        await screen.pilot.pause()
        assert "Maya" not in screen.text


async def test_a_new_day_is_seen_on_today(screens: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    async with screens() as screen:
        monkeypatch.setattr(screen.app, "clock", lambda: NOW + timedelta(days=1))
        screen.app.look()
        await screen.pilot.pause()
        assert "Wed Nov 25" in screen.lines[0]


@pytest.mark.parametrize("size", [(39, 24), (40, 11), (12, 3), (2, 2)])
async def test_a_window_that_is_too_small_says_so(screens: Opened, size: tuple[int, int]) -> None:
    async with screens(size=size) as screen:
        await screen.press("l", "a", "escape")
        assert "Please" in screen.text or size[0] < 10
        await screen.pilot.resize_terminal(40, 20)
        await screen.pilot.pause()
        assert "Log" in screen.lines[0]


@pytest.mark.parametrize("size", [(40, 20), (44, 28), (80, 24), (120, 40)])
async def test_no_key_of_the_footer_is_cut_off(screens: Opened, size: tuple[int, int]) -> None:
    async with screens(size=size) as screen:
        for letter in LETTERS:
            await screen.press(letter)
            assert screen.lines[-1].split()[-2:] == ["?", "keys"], LETTERS[letter]
            assert "…" not in screen.lines[-1]


async def test_the_help_names_every_key_that_works_here(screens: Opened) -> None:
    async with screens(size=(60, 60)) as screen:
        await screen.press("l")
        works = {active.binding.tooltip for active in screen.app.screen.active_bindings.values() if active.binding.id}
        await screen.press("?")
        assert {words for words in works if words not in screen.text} == set()
        await screen.press("q")
        assert "Log" in screen.lines[0]


async def test_an_action_is_found_and_done_by_its_name(screens: Opened, write: Write) -> None:
    write(entry("the aide was out"))
    async with screens() as screen:
        await screen.press("l", ":", "type:stri", "enter")
        assert "Strike entry 1" in screen.text


async def test_the_list_of_names_offers_no_screenshot_and_is_left_by_enter(screens: Opened) -> None:
    async with screens(size=(60, 60)) as screen:
        await screen.press(":", "type:screenshot")
        assert "Nothing here is called that." in screen.text
        await screen.press(*["backspace"] * 10, "enter")
        assert "What to do?" not in screen.text


async def test_keys_may_be_chosen_in_the_settings(screens: Opened, tmp_path: Path) -> None:
    (tmp_path / "config" / "iepjournal").mkdir(parents=True)
    (paths.config() / "config.toml").write_text('theme = "light"\n[keys]\n"app.add" = "n"\n')
    async with screens() as screen:
        assert "n add" in screen.lines[-1]
        await screen.press("n", "type:by another key", "enter")
        assert screen.case.entries[0].text == "by another key"
        assert screen.app.theme == "light"


async def test_settings_that_cannot_be_read_are_said_and_stop_nothing(screens: Opened, tmp_path: Path) -> None:
    (tmp_path / "config" / "iepjournal").mkdir(parents=True)
    (paths.config() / "config.toml").write_text("theme = ")
    async with screens() as screen:
        assert "could not be read" in screen.text
        await screen.press("enter", "a")
        assert "Add" in screen.lines[0]


async def test_a_crash_shows_and_keeps_no_word_of_the_journal(
    screens: Opened, write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(entry("a secret of the family"))

    def fail(app: JournalApp) -> None:
        raise ValueError(app.view.case.entries[0].text)

    apps: list[JournalApp] = []

    async def type_and_crash() -> None:
        async with screens() as screen:
            apps.append(screen.app)
            monkeypatch.setattr(type(screen.app), "action_blank", fail)
            await screen.press("a", "type:another secret", "escape", ".")

    with pytest.raises(ValueError, match="secret"):
        await type_and_crash()
    (app,) = apps
    assert app.return_code == 1
    assert not app.finished
    (report,) = (paths.home() / "crashes").iterdir()
    assert report.stat().st_mode & 0o777 == 0o600
    assert "ValueError" in report.read_text()
    said = capsys.readouterr().err
    assert "What you saved is saved" in said
    assert "secret" not in report.read_text() + said
    assert [draft.text for draft in app.store.drafts()] == ["another secret"]


async def test_without_colour_only_the_terminals_own_two_are_sent(
    screens: Opened, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    write(entry("the aide was out"))
    async with screens() as screen:
        colours = {
            colour.name
            for strip in screen.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour
        }
        assert colours <= {"default"}


async def test_undo_takes_back_only_what_this_parent_did(screens: Opened, store: CaseStore) -> None:
    store.append([entry("mine")], at=NOW, by=RENEE)
    store.append([entry("his")], at=NOW, by=OMAR)
    async with screens() as screen:
        await screen.press("u", "y")
        assert [one.text for one in screen.case.entries] == ["his"]


async def test_a_page_out_of_sight_is_drawn_when_it_is_seen(screens: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page that was ever opened used to be drawn again with every save."""
    drawn: list[str] = []
    draw = Page.draw

    def told(page: Page) -> None:
        drawn.append(page.NAME)
        draw(page)

    async with screens() as screen:
        await screen.press("l", "s", "t")
        monkeypatch.setattr(Page, "draw", told)
        await screen.press("a", "type:no speech", "enter")
        assert set(drawn) == {"Today"}
        await screen.press("l")
        assert "no speech" in screen.text
        drawn.clear()
        await screen.press("a", "escape")
        assert not drawn


async def test_what_follows_from_the_case_is_worked_out_once_a_day(screens: Opened) -> None:
    async with screens() as screen:
        view = screen.app.view
        later = view.replaced(now=view.now + timedelta(minutes=5), begun=())
        assert later.deadlines is view.deadlines
        assert later.services is view.services
        assert later.replaced(now=view.now + timedelta(days=1)).services is not view.services
        await screen.press("a", "type:no speech", "enter")
        assert screen.app.view.services is not view.services
