"""Old notes on the screen: a file is named, what it becomes is shown, y saves it, u takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from conftest import Screens

    Opener = Callable[..., AbstractAsyncContextManager[Screens]]

MAIL = b"From: a@m.example\nTo: me@example.com\nSubject: log\nDate: Tue, 08 Sep 2026 10:00:00 -0500\n\nNo.\n"


async def test_notes_of_a_file_are_shown_saved_and_taken_back(screens: Opener, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("9/8/2026: No speech today\n9/9/2026: Aide out\n", encoding="utf-8")
    async with screens() as screen:
        await screen.press("c", "n")
        assert "i names the file" in screen.text
        await screen.press("i")
        await screen.paste(f"{tmp_path}/notes.txt")
        await screen.press("enter")
        assert "2 new. Nothing is saved yet: y saves them." in screen.text
        assert "No speech today" in screen.text
        assert screen.case.entries == ()
        await screen.press("y")
        assert "Saved 2 notes of notes.txt. u takes all of them back." in screen.text
        assert "0 new, 2 here already" in screen.text
        assert [entry.source for entry in screen.case.entries] == ["notes.txt, line 1", "notes.txt, line 2"]
        await screen.press("y")
        assert len(screen.case.entries) == 2
        await screen.press("u", "y")
        assert screen.case.entries == ()
        assert "2 new." in screen.text


async def test_what_a_table_does_not_say_is_asked(screens: Opener, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"A,B,Minutes\nCaf\xe9 was closed,9/8,30\n")
    async with screens(size=(80, 24)) as screen:
        await screen.press("c", "n", "i")
        await screen.paste(f"{tmp_path}/a.csv")
        await screen.press("enter")
        assert "Read it as an older Excel writes it?" in screen.text
        await screen.press("y")
        assert "Which column holds the day?" in screen.text
        await screen.press("2")
        assert "Which column holds what happened?" in screen.text
        await screen.press("1")
        assert "Of which year are such days?" in screen.text
        await screen.press("type:2025", "enter")
        assert "1 new." in screen.text
        assert "Columns that are left out: Minutes." in screen.text
        await screen.press("y")
        (entry,) = screen.case.entries
        assert (entry.text, entry.happened_on.isoformat()) == ("Café was closed", "2025-09-08")


async def test_an_e_mail_is_kept_whole_and_a_file_that_is_not_there_is_said(screens: Opener, tmp_path: Path) -> None:
    (tmp_path / "talk.eml").write_bytes(MAIL)
    async with screens() as screen:
        await screen.press("c", "n", "i")
        await screen.paste(f"{tmp_path}/none.eml")
        await screen.press("enter")
        assert "is not a file that can be read" in screen.text
        await screen.press("enter", "i")
        await screen.paste(f"{tmp_path}/talk.eml")
        await screen.press("enter", "y")
        (kept,) = screen.case.attachments
        assert screen.app.store.file_path(kept.sha256).read_bytes() == MAIL
