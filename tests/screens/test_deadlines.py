from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iepjournal.core.records import Calendar, Entry, Iep, Letter, Mark, Promise, Session, Span, Strike

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from conftest import Screens

    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]

SENT_ON = date(2026, 11, 23)


@pytest.fixture
def records_letter(write: Write) -> Letter:
    """A records request sent by e-mail on Mon Nov 23, with an answer asked by Mon Nov 30."""
    letter = Letter(
        template="records-request",
        title="Records",
        dated=SENT_ON,
        starts="records-requested",
        reply_by=date(2026, 11, 30),
    )
    (sent,) = write(letter)
    write(Mark(of=sent.root, what="sent", on=SENT_ON, by="e-mail"))
    assert isinstance(sent, Letter)
    return sent


@pytest.fixture
def complaint_copy(write: Write) -> None:
    """A state complaint filed last Friday, its copy to the district not sent."""
    (letter,) = write(
        Letter(template="state-complaint", title="Complaint", dated=date(2026, 11, 20), starts="complaint-filed")
    )
    write(Mark(of=letter.root, what="sent", on=date(2026, 11, 20), by="e-mail", to=("mde",)))


async def test_a_case_without_any_clock_says_what_starts_one(screens: Opened, store: CaseStore, write: Write) -> None:
    write(*(Strike(of=iep.root, why="not theirs") for iep in store.case().all(Iep)))
    async with screens() as screen:
        await screen.press("d")
        assert "Nothing is due. A clock starts when you ask for something" in screen.text


@pytest.mark.usefixtures("records_letter")
async def test_each_row_says_its_day_and_how_far_away_it_is(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        await screen.press("d")
        assert "Let you see the records 44 days" in screen.text
        assert "Thu Jan 7, 2027" in screen.text


@pytest.mark.usefixtures("records_letter")
async def test_a_suggested_date_is_called_my_own_and_cites_no_law(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        await screen.press("d")
        (line,) = [line for line in screen.lines if "Mon Nov 30" in line]
        assert "my own date" in line
        assert "CFR" not in line


@pytest.mark.usefixtures("complaint_copy")
async def test_what_is_overdue_says_so_in_words(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        await screen.press("d")
        assert "4 days late" in screen.text


async def test_a_disputed_date_shows_both_readings(screens: Opened, write: Write) -> None:
    (letter,) = write(
        Letter(template="x", title="Public records", dated=date(2026, 11, 16), starts="public-records-requested")
    )
    write(Mark(of=letter.root, what="sent", on=date(2026, 11, 20), by="e-mail"))
    async with screens(size=(40, 40)) as screen:
        await screen.press("d")
        assert "sources differ" in screen.text
        assert "Mon Nov 23" in screen.text
        assert "or Thu Dec 3, as others read it" in screen.text
        assert "plan by the first, late only after the second" in screen.text
        assert "days late" not in screen.text


@pytest.mark.usefixtures("records_letter")
async def test_the_why_numbers_every_counted_day_and_names_the_source(screens: Opened) -> None:
    async with screens(size=(40, 100)) as screen:
        await screen.press("d", "2")
        assert "Mon Nov 23 the day itself" in screen.text
        assert "1 Tue Nov 24" in screen.text
        assert "45 Thu Jan 7, 2027" in screen.text
        assert "34 CFR 300.613(a)" in screen.text
        assert "https://" in screen.text


async def test_the_why_of_a_school_day_count_names_the_days_left_out(screens: Opened, write: Write) -> None:
    write(
        Calendar(
            first_day=date(2026, 8, 10),
            last_day=date(2027, 5, 21),
            closed=(Span(first=date(2026, 11, 25), last=date(2026, 11, 27), why="Thanksgiving"),),
        )
    )
    (told,) = write(Entry(happened_on=date(2026, 11, 20), text="Suspended", type="letter-in"))
    write(Mark(of=told.root, what="discipline-decided", on=date(2026, 11, 20)))
    async with screens(size=(40, 120)) as screen:
        await screen.press("d")
        screen.app.screen.main.move_to(f"manifestation-10-school-days:{told.root}")  # type: ignore[attr-defined]
        await screen.press("y")
        assert "2 Tue Nov 24 · Wed Nov 25 Thanksgiving" in screen.text
        assert "· Sat Nov 28 weekend" in screen.text
        assert "10 Wed Dec 9" in screen.text


async def test_met_by_an_entry_takes_the_day_of_the_entry(
    screens: Opened, write: Write, records_letter: Letter
) -> None:
    (came,) = write(Entry(happened_on=date(2026, 11, 24), type="document", text="The records came"))
    async with screens() as screen:
        await screen.press("d", "2", "m", "m", f"type:{came.no}", "enter")
        (mark,) = screen.case.marks(f"records-45:{records_letter.root}")
        assert (mark.what, mark.on, mark.entry) == ("met", date(2026, 11, 24), came.root)


async def test_met_without_an_entry_asks_for_the_day(screens: Opened, records_letter: Letter) -> None:
    async with screens() as screen:
        await screen.press("d", "2", "m", "m", "enter", "type:yesterday", "enter")
        (mark,) = screen.case.marks(f"records-45:{records_letter.root}")
        assert (mark.what, mark.on, mark.entry) == ("met", date(2026, 11, 23), "")


async def test_an_extension_without_a_document_is_kept_as_claimed(screens: Opened, complaint_copy: None) -> None:
    async with screens(size=(80, 40)) as screen:
        deadline = next(one for one in screen.app.view.deadlines if one.rule.id == "complaint-decision-60")
        await screen.press("d")
        screen.app.screen.main.move_to(deadline.key)  # type: ignore[attr-defined]
        await screen.press("m")
        await screen.press("e", "type:in 3 months", "enter", "enter", "type:the state, by phone", "enter")
        (mark,) = screen.case.marks(deadline.key)
        assert (mark.what, mark.why) == ("claimed", "the state, by phone")
        after = next(one for one in screen.app.view.deadlines if one.key == deadline.key)
        assert after.due == deadline.due


async def test_an_unknown_number_is_said_and_nothing_is_written(screens: Opened, records_letter: Letter) -> None:
    async with screens() as screen:
        before = len(screen.case.records)
        await screen.press("d", "2", "m", "m", "type:999", "enter")
        assert "“999” is not a number in this case" in screen.text
        await screen.press("escape")
        assert len(screen.case.records) == before


async def test_a_promise_is_answered_as_a_promise(screens: Opened, write: Write) -> None:
    (promise,) = write(Promise(text="back Monday", made_on=date(2026, 11, 20), by=date(2026, 11, 23)))
    async with screens() as screen:
        await screen.press("d")
        screen.app.screen.main.move_to(f"promised-day:{promise.root}")  # type: ignore[attr-defined]
        await screen.press("m", "b", "type:nobody came", "enter")
        (mark,) = screen.case.marks(promise.root)
        assert (mark.what, mark.why) == ("broken", "nobody came")


async def test_undo_takes_a_mark_back(screens: Opened, records_letter: Letter) -> None:
    async with screens() as screen:
        await screen.press("d", "2", "m", "w", "type:got them at the meeting", "enter")
        assert screen.case.marks(f"records-45:{records_letter.root}")
        await screen.press("u", "y")
        assert not screen.case.marks(f"records-45:{records_letter.root}")


async def test_a_reply_that_did_not_come_is_written_down_with_one_key(screens: Opened, write: Write) -> None:
    (letter,) = write(Letter(template="x", title="Speech", dated=date(2026, 11, 2), reply_by=date(2026, 11, 12)))
    write(Mark(of=letter.root, what="sent", on=date(2026, 11, 2), by="hand"))
    async with screens() as screen:
        await screen.press("d", "1", "m", "n")
        assert screen.case.entries[-1].text.startswith(f"Letter {letter.no} (“Speech”) was sent on Mon Nov 2, 2026")
        assert [mark.what for mark in screen.case.marks(letter.root)] == ["sent", "unanswered"]


async def test_an_entry_that_may_start_a_clock_asks_and_one_key_starts_it(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:I asked Dr. Lott to evaluate Maya for reading !call", "enter")
        assert "Mon Dec 7" in screen.text
        await screen.press("y")
        entry = screen.case.entries[-1]
        assert [mark.what for mark in screen.case.marks(entry.root)] == ["evaluation-requested"]


async def test_a_letter_that_tells_of_a_meeting_is_marked_with_the_day_of_the_meeting(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:Notice of an IEP meeting !letter-in", "enter", "y", "type:12/8", "enter")
        entry = screen.case.entries[-1]
        marks = [(mark.what, mark.on) for mark in screen.case.marks(entry.root)]
        assert marks == [("iep-meeting-scheduled", date(2026, 12, 8))]


async def test_a_clock_that_is_declined_leaves_no_trace(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("a", "type:I asked Dr. Lott to evaluate Maya for reading !call", "enter", "n")
        assert len(screen.case.entries) == 1
        assert not screen.case.marks(screen.case.entries[-1].root)


async def test_the_look_back_shows_the_oldest_and_a_bar_by_month(screens: Opened, write: Write) -> None:
    for day in (8, 10, 15):
        write(Session(service="speech", on=date(2026, 9, day), result="missed", reason="no-provider"))
    write(Session(service="speech", on=date(2026, 10, 6), result="missed", reason="no-provider"))
    async with screens(size=(40, 60)) as screen:
        await screen.press("d")
        assert "the oldest of 4 facts" in screen.text
        assert "3 go, 1 stay" in screen.text
        await screen.press("1")
        assert "Speech therapy not given" in screen.text


@pytest.mark.usefixtures("records_letter")
async def test_the_month_marks_the_day_with_the_letter_of_who_owes_it(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("d", "g")
        assert "[24]" in screen.text
        assert "30s" in screen.text
        await screen.press("n")
        assert "December 2026" in screen.text


@pytest.mark.usefixtures("complaint_copy")
async def test_today_shows_what_is_late_and_opens_its_why(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        await screen.pilot.pause(0.3)
        (row,) = [line for line in screen.lines if "Send the district its copy" in line]
        await screen.press(row.split()[0])
        assert "The rule says" in screen.text


@pytest.mark.parametrize("size", [(40, 20), (44, 28), (80, 24), (120, 40)])
@pytest.mark.usefixtures("records_letter", "complaint_copy")
async def test_no_line_is_wider_than_the_window(screens: Opened, size: tuple[int, int]) -> None:
    async with screens(size=size) as screen:
        for keys in (["d"], ["g"], ["q", "y"]):
            await screen.press(*keys)
            assert all(len(line) <= size[0] for line in screen.lines)
            assert not [line for line in screen.lines if line.endswith("…")]
            assert "? keys" in screen.lines[-1]


@pytest.mark.usefixtures("records_letter")
async def test_the_why_is_saved_as_a_page_to_print(screens: Opened, tmp_path: Path) -> None:
    async with screens() as screen:
        await screen.press("d", "2", "f", "end", *["backspace"] * 40, f"type:{tmp_path}/why.txt", "enter")
        await screen.app.workers.wait_for_complete()
        await screen.pilot.pause()
        words = " ".join((tmp_path / "why.txt").read_text(encoding="utf-8").split())
        assert "34 CFR 300.613(a)" in words
        assert "Thu Jan 7, 2027: 45" in words
