"""The paper of the packet on the screens: exhibits in order, both sets made, stopped, sent; what runs then."""

from __future__ import annotations

import zipfile
from datetime import date
from threading import Event
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, RENEE, TODAY
from fpdf import FPDF
from packetbook import WHOLE

from iepjournal import bindery
from iepjournal.core.entries import understand
from iepjournal.core.letters import letter_marks
from iepjournal.core.packet import complaint_letter, newest_packet
from iepjournal.core.records import Exhibit, Mark, Session
from iepjournal.export.steps import Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from conftest import Screens

    from iepjournal.core.records import Letter
    from iepjournal.store.case_store import CaseStore

    Opener = Callable[..., AbstractAsyncContextManager[Screens]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a scan in it."""
    folder = tmp_path / "parent"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    sheet = FPDF(unit="pt", format="letter")
    sheet.add_page()
    sheet.output(str(folder / "slp-log.pdf"))
    return folder


@pytest.fixture
def logged(store: CaseStore, home: Path) -> CaseStore:
    """A session that was not given, and all that a complaint has to name."""
    profile = store.case().profile.revised(child=WHOLE.child, parent=WHOLE.parent)
    session = Session(service="speech", on=date(2026, 9, 10), result="missed", reason="vacancy", how="saw")
    store.append([profile, session], at=NOW, by=RENEE)
    return store


async def made(screen: Screens) -> None:
    """Until the thread is done."""
    await screen.app.workers.wait_for_complete()
    await screen.pilot.pause()


def kept(screen: Screens) -> Letter:
    packet = newest_packet(screen.case)
    assert packet
    letter = complaint_letter(packet, screen.case)
    assert letter
    return letter


async def test_both_sets_are_made_and_how_to_fetch_them_is_said(screens: Opener, logged: CaseStore, home: Path) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y", "f", "1", "enter")
        await made(screen)
        await screen.see("Saved: ~/complaint.zip (")
        assert "@HOST:complaint.zip ." in screen.listed
        assert (home / "complaint.zip").stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(home / "complaint.zip") as archive:
            assert {"complaint-mde.pdf", "complaint-lea.pdf", "mail-counter.pdf"} <= set(archive.namelist())
        await screen.pick("The state’s set")
        await screen.see("Where on this machine?")
        await screen.press("enter")
        await made(screen)
        await screen.see("Saved: ~/complaint-mde.pdf (")
        assert (home / "complaint-mde.pdf").read_bytes().startswith(b"%PDF")
        await screen.pick("The state’s set")
        await screen.see("complaint-mde-2.pdf")
        await screen.press("home", *["delete"] * 21, "type:~/complaint.zip", "enter")
        assert "a file of that name is there" in screen.text
        await screen.press("home", *["delete"] * 15, "type:~no/x.pdf", "enter")
        assert "is not in a folder that is there" in screen.text


async def test_names_are_shown_once_more_before_the_final_and_become_students(
    screens: Opener, logged: CaseStore, write: Callable[..., object], home: Path, words_of: Callable[[bytes], str]
) -> None:
    write(understand("9/15 !missed %speech Liam and Zoe had none.", logged.case(), NOW).entry)
    async with screens() as screen:
        await screen.press("p", "n", "y", "f", "2")
        await screen.see("“Liam” and “Zoe”: nobody in the case")
        await screen.press("c")
        await screen.see("“Liam” is nobody")
        await screen.press("1")
        await screen.see("“Zoe” is nobody")
        await screen.press("1")
        await screen.see("Where on this machine?")
        await screen.press("enter")
        await made(screen)
        await screen.see("Saved: ~/complaint-mde.pdf (")
        said = words_of((home / "complaint-mde.pdf").read_bytes())
        assert "Student B and Student C had none" in said
        await screen.pick("The state’s set")
        await screen.see("complaint-mde-2.pdf")
        await screen.press("escape", "u", "y", "u", "y")
        packet = newest_packet(screen.case)
        assert packet
        assert packet.names == ()


async def test_a_set_that_mailboxes_refuse_is_offered_in_parts(
    screens: Opener, logged: CaseStore, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bindery, "LARGE", 1000)
    async with screens() as screen:
        await screen.press("p", "n", "y", "f", "2", "enter")
        await made(screen)
        await screen.see("Saved: ~/complaint-mde.pdf (")
        assert "more than many mailboxes take" in screen.listed
        await screen.pick("in parts")
        await screen.see("Where on this machine?")
        await screen.press("enter")
        await made(screen)
        await screen.see("complaint-mde-2.pdf")
        assert (home / "complaint-mde-2.pdf").is_file()


async def test_a_final_that_lacks_a_part_needs_a_reason_which_is_kept(
    screens: Opener, logged: CaseStore, write: Callable[..., object], home: Path
) -> None:
    write(logged.case().profile.revised(child=WHOLE.child.replace(address="")))
    async with screens() as screen:
        await screen.press("p", "n", "y", "f", "2")
        await screen.see("Missing: the address of the child")
        await screen.press("d")
        await screen.see("Where on this machine?")
        await screen.press("enter")
        await made(screen)
        await screen.see("Saved: ~/complaint-mde.pdf (")
        assert screen.case.all(Mark) == ()
        assert (home / "complaint-mde.pdf").is_file()
        await screen.pick("The state’s set")
        await screen.see("Missing: the address of the child")
        await screen.press("f")
        await screen.see("Why is it final")
        await screen.press("enter")
        assert screen.case.all(Mark) == (), "Enter on nothing goes back"
        await screen.pick("The state’s set")
        await screen.see("Missing: the address of the child")
        await screen.press("f")
        await screen.see("Why is it final")
        await screen.press("type:MDE has it", "enter")
        await screen.see("Where on this machine?")
        await screen.press("enter")
        await made(screen)
        await screen.see("complaint-mde-2.pdf")
        mark, made_mark = screen.case.all(Mark)
        assert (mark.what, mark.why, made_mark.what) == ("overridden", "MDE has it", "made")
        assert "Missing: the address" in mark.findings[0]


async def test_a_long_packet_says_how_far_it_is_and_can_be_stopped_with_nothing_left(
    screens: Opener, logged: CaseStore, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, ended = Event(), Event()

    def endless(self: bindery.Bindery, what: str, *, megabytes: int = 0) -> tuple[bytes, ...]:
        """Tells of page 7 until it is let go on, then of page 8 until it is stopped."""
        try:
            while True:
                self.tell(Step("Putting the pages together", 8 if go_on.is_set() else 7, 500))
                ended.wait(0.001)
        finally:
            ended.set()

    monkeypatch.setattr(bindery.Bindery, "made", endless)
    async with screens() as screen:
        await screen.press("p", "n", "y", "f", "1", "enter")
        await screen.see("Putting the pages together: 7 of 500")
        go_on.set()
        await screen.see("Putting the pages together: 8 of 500")
        await screen.press("q")
        await made(screen)
        assert "Take it home" in screen.text
        assert ended.wait(10)
        assert [path.name for path in home.iterdir()] == ["slp-log.pdf"]


async def test_both_sets_are_marked_as_sent_and_the_screen_says_what_runs(screens: Opener, logged: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y", "f", "m", "4", "enter", "type:7019", "enter", "type:7020", "enter")
        await made(screen)
        await screen.see("Both sets are on their way")
        letter = kept(screen)
        marks = letter_marks(letter, screen.case, "sent")
        assert [(mark.to, mark.tracking, mark.on) for mark in marks] == [
            (("mde",), "7019", TODAY), (("district",), "7020", TODAY),
        ]  # fmt: skip
        assert {mark.sha256[:12] for mark in marks} == {
            path.stem.partition("-")[2] for path in logged.letter_files(letter.no or 0)
        }
        assert "Decide your state complaint, by Thu Jan 28, 2027" in screen.text
        assert "The state issues a written decision within 60 days after the complaint was filed." in screen.listed
        await screen.pick("The state’s set")
        await screen.press("type:today", "enter")
        (received,) = letter_marks(letter, screen.case, "received")
        assert received.to == ("mde",)
        await screen.press("q")
        assert "It was sent and stays as it is." in screen.text
        assert "Decide your state complaint" in screen.listed
        await screen.pick("Decide your")
        assert "The rule says" in screen.listed


async def test_the_second_set_is_the_one_that_was_kept_with_the_first(screens: Opener, logged: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y", "f")
        await screen.pick("Only the state’s")
        await screen.press("3", "enter")
        await made(screen)
        await screen.see("The district’s copy is still to be marked")
        letter = kept(screen)
        await screen.press("q")
        assert "Not marked as sent yet: the district’s copy" in screen.listed
        await screen.press("f", "m", "1", "enter")
        await made(screen)
        await screen.see("Both sets are on their way")
        assert bindery.went_out(letter, screen.case) == ("mde", "lea")
        assert len(logged.letter_files(letter.no or 0)) == 2


async def test_what_was_changed_since_the_files_were_made_is_said_before_it_is_kept(
    screens: Opener, logged: CaseStore, write: Callable[..., object], home: Path
) -> None:
    """Logging on changes nothing on paper; a fact that is corrected does."""
    (session,) = logged.case().sessions
    async with screens() as screen:
        await screen.press("p", "n", "y", "f", "2", "enter")
        await made(screen)
        await screen.see("Saved: ~/complaint-mde.pdf (")
        first = (home / "complaint-mde.pdf").read_bytes()
        write(understand("today !observed %speech She waited.", logged.case(), NOW).entry)
        screen.app.look()  # type: ignore[attr-defined]
        await screen.pick("The state’s set")
        await screen.see("Where on this machine?")
        await screen.press("enter")
        await made(screen)
        await screen.see("Saved: ~/complaint-mde-2.pdf (")
        assert (home / "complaint-mde-2.pdf").read_bytes() == first
        assert len(screen.case.all(Mark)) == 1
        write(session.revised(reason="testing", why="she said so later"))
        screen.app.look()  # type: ignore[attr-defined]
        await screen.press("m", "1", "enter")
        await screen.see("Did these go out")
        assert "Since the state’s set was made on Tue Nov 24, 2026, something in it was changed" in screen.text
        await screen.press("y")
        await made(screen)
        await screen.see("Both sets are on their way")
        assert bindery.went_out(kept(screen), screen.case) == ("mde", "lea")


async def test_exhibits_are_added_titled_put_in_order_and_left_out_by_keys(
    screens: Opener, logged: CaseStore, home: Path
) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y")
        for name in ("slp-log.pdf", "slp-log.pdf"):
            await screen.pick("Exhibits")
            await screen.pick("Keep a file")
            await screen.press("1", f"type:~/{name}", "enter")
            await screen.press("q")
        await screen.pick("Exhibits")
        await screen.press("home", "e", *["backspace"] * 11, "type:The log", "enter")
        assert "A The log" in screen.listed
        await screen.press("f")
        assert "B The log" in screen.listed
        assert "in your own order" in screen.listed
        await screen.press("1", "2")
        assert "A The log" in screen.listed, "the first was put one place further back"
        await screen.pick("A sheet before")
        packet = newest_packet(screen.case)
        assert packet
        assert (len(packet.order), packet.covers) == (2, False)
        await screen.press("home", "x", "type:twice", "enter")
        assert len(screen.case.all(Exhibit)) == 1
        assert "Not in it" in screen.listed
        await screen.press("u", "y")
        assert len(screen.case.all(Exhibit)) == 2
        await screen.press("q", "v")
        await made(screen)
        await screen.see("Each part has its page now")
        assert "34 CFR 300.153(b)(1), p. 3" in screen.listed


async def test_an_exhibit_that_cannot_go_in_is_a_hole_that_leads_to_it(
    screens: Opener, logged: CaseStore, home: Path
) -> None:
    (home / "log.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    async with screens() as screen:
        await screen.press("p", "n", "y")
        await screen.pick("Exhibits")
        await screen.pick("Keep a file")
        await screen.press("1", "type:~/log.pdf", "enter", "q", "v")
        await made(screen)
        await screen.see("These cannot go in")
        assert "1 thing to mend before it is final" in screen.text
        await screen.press("1")
        assert "log.pdf" in screen.listed
        assert "Not in it" not in screen.listed
