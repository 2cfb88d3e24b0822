from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iepjournal.core.records import Datapoint, Entry, Goal, ProgressReport, SchoolLogRow, Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from conftest import Screens

    from iepjournal.core.records import Record

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]

NOVEMBER_16, NOVEMBER_17 = date(2026, 11, 16), date(2026, 11, 17)


def missed(on: date, reason: str = "vacancy") -> Session:
    return Session(service="speech", on=on, result="missed", reason=reason, how="child-told")


@pytest.fixture
def week(write: Write) -> None:
    """Of the week of November 16, Monday's session was missed and Tuesday's given."""
    write(missed(NOVEMBER_16), Session(service="speech", on=NOVEMBER_17, result="given", how="saw"))


@pytest.mark.usefixtures("week")
async def test_the_list_says_what_was_not_delivered_with_its_weeks_as_bars(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("s")
        assert "1 Speech therapy 30 of 900 min" in screen.text
        assert "2 x 30 min a week" in screen.text
        assert "·▄" in screen.text
        assert "No school calendar yet" in screen.text


@pytest.mark.usefixtures("week")
async def test_a_service_opens_to_both_totals_and_a_week_to_its_days(screens: Opened) -> None:
    async with screens(size=(40, 60)) as screen:
        await screen.press("s", "1")
        assert "not delivered 30 30" in screen.text
        assert "not known 840 840" in screen.text
        await screen.press("2")
        assert "Week of Mon Nov 16 as written: 60 due, 30 given, 30 not delivered" in screen.text
        assert "1 Mon Nov 16 ✗ no provider" in screen.text
        assert "2 Tue Nov 17 ✓ given" in screen.text


@pytest.mark.usefixtures("week")
async def test_on_a_phone_one_service_is_shown_at_a_time_and_n_shows_the_next(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("s", "1")
        assert screen.lines[0].endswith("Speech therapy")
        await screen.press("n")
        assert screen.lines[0].endswith("Occupational therapy")
        await screen.press("N")
        assert screen.lines[0].endswith("Speech therapy")


@pytest.mark.usefixtures("week")
async def test_at_80_columns_the_figures_stand_beside_the_list(screens: Opened) -> None:
    async with screens(size=(80, 24)) as screen:
        await screen.press("s")
        assert any(line.split()[-4:] == ["not", "delivered", "30", "30"] for line in screen.lines)
        await screen.press("down")
        assert screen.lines[2].endswith("Occupational therapy")


@pytest.mark.usefixtures("week")
async def test_at_120_columns_its_weeks_stand_there_too(screens: Opened) -> None:
    async with screens(size=(120, 30)) as screen:
        await screen.press("s")
        assert any(line.endswith("30 of 60 given, 30 not") for line in screen.lines)


async def test_a_day_of_the_past_is_answered_from_its_week(screens: Opened) -> None:
    async with screens(size=(40, 60)) as screen:
        await screen.press("s", "1", "2", "1", "n", "2", "2")
        (session,) = screen.case.sessions
        assert (session.on, session.result, session.reason, session.how) == (
            NOVEMBER_16,
            "missed",
            "vacancy",
            "child-told",
        )
        assert "1 Mon Nov 16 ✗ no provider" in screen.text


@pytest.mark.usefixtures("week")
async def test_a_missed_session_is_made_up_and_its_story_tells_both(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        await screen.press("s", "1", "2", "1", "m", "type:11/20", "enter", "enter", "3")
        made_up = screen.case.sessions[-1]
        assert (made_up.on, made_up.result, made_up.makes_up) == (
            date(2026, 11, 20),
            "given",
            screen.case.sessions[0].root,
        )
        assert "not given Mon Nov 16, 2026, no provider; made up Fri Nov 20, 2026" in screen.text


@pytest.mark.usefixtures("week")
async def test_what_was_given_cannot_be_made_up(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        await screen.press("s", "1", "2", "2", "m")
        assert "Only what was missed can be made up." in screen.text


@pytest.mark.usefixtures("week")
async def test_a_session_is_answered_again_and_keeps_its_first_answer(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        await screen.press("s", "1", "2", "1", "e", "y")
        assert [version.result for version in screen.case.versions(screen.case.sessions[0])] == ["missed", "given"]
        assert "Before not given" in screen.text


@pytest.mark.usefixtures("week")
async def test_a_struck_session_counts_no_more_until_the_strike_is_undone(screens: Opened) -> None:
    async with screens(size=(40, 60)) as screen:
        await screen.press("s", "1", "2", "1", "x", "type:wrong day", "enter")
        assert len(screen.case.sessions) == 1
        assert "struck: wrong day" in screen.text


@pytest.mark.usefixtures("week")
async def test_a_range_is_counted_until_another_is_asked(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("s", "f", "type:11/16", "enter", "enter")
        assert "Mon Nov 16 to Tue Nov 24" in screen.text
        assert "1 Speech therapy 30 of 60 min" in screen.text
        await screen.press("f", "enter", "enter")
        assert "30 of 900 min" in screen.text


# Their log.


@pytest.fixture
def theirs(write: Write) -> None:
    """By the school's log Monday's session was given, too."""
    write(*(SchoolLogRow(service="speech", on=on, minutes=30) for on in (NOVEMBER_16, NOVEMBER_17)))


async def test_without_their_log_the_page_says_how_to_get_it(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("s", "r")
        assert "No row of their log is here yet." in screen.text


@pytest.mark.usefixtures("week", "theirs")
async def test_a_difference_is_asked_about_and_their_side_may_be_accepted(screens: Opened) -> None:
    async with screens(size=(60, 40)) as screen:
        await screen.press("s", "r")
        assert "agree 1 · differ 1" in screen.text
        await screen.press("1")
        assert "Which is right, and what shows it?" in screen.text
        await screen.press("t")
        assert screen.case.sessions[0].how == "school-record"
        assert "agree 2 · differ 0" in screen.text


@pytest.mark.usefixtures("week", "theirs")
async def test_the_differences_stand_as_questions_on_a_page_of_their_own(screens: Opened) -> None:
    async with screens(size=(60, 40)) as screen:
        await screen.press("s", "r", "y")
        assert "For Monday, November 16, 2026 the service log shows for Speech therapy: 30 minutes." in screen.text


async def test_rows_are_typed_one_after_the_other_with_ditto_and_next_day(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("s", "r", "n", "type:11/20", "tab", "type:30", "tab", "type:P", "enter")
        await screen.press("type:+", "tab", 'type:"', "tab", "type:SA", "enter")
        rows = screen.case.all(SchoolLogRow)
        assert [(row.on.day, row.minutes, row.code, row.source) for row in rows] == [
            (20, 30, "P", "typed:1"),
            (23, 30, "SA", "typed:1"),
        ]
        await screen.press("enter")
        assert "Their log" in screen.lines[0]


async def test_a_row_that_cannot_be_read_stays_typed_and_says_why(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("s", "r", "n", "type:11/20", "enter", "type:half", "enter", "enter")
        assert "“half” is not a number of minutes" in screen.text
        assert screen.case.all(SchoolLogRow) == ()


async def test_a_file_is_brought_in_and_asks_for_the_column_it_cannot_tell(screens: Opened, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("When,Minutes,Remark\n11/16/2026,30,Provided\n11/17/2026,0,Student absent\n")
    async with screens() as screen:
        await screen.press("s", "r", "i")
        await screen.paste(str(log))
        await screen.press("enter")
        assert "Which column is the date?" in screen.text
        await screen.press("1")
        assert "Which column says that it was given, or why not?" in screen.text
        await screen.press("1")
        first, second = screen.case.all(SchoolLogRow)
        assert (first.on, second.on, second.code) == (NOVEMBER_16, NOVEMBER_17, "Student absent")


async def test_a_file_with_a_mistake_is_refused_with_its_place(screens: Opened, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text('Date,Minutes\n11/16/2026,"30\n')
    async with screens(size=(60, 24)) as screen:
        await screen.press("s", "r", "i")
        await screen.paste(str(log))
        await screen.press("enter")
        assert "(row 2, column 2). Nothing was saved." in screen.text
        assert screen.case.all(SchoolLogRow) == ()


# Make good, and goals.


async def test_make_good_says_first_that_minutes_are_no_award(screens: Opened, write: Write) -> None:
    write(missed(NOVEMBER_16))
    write(Entry(happened_on=NOVEMBER_17, text="She stopped raising her hand.", tags=("effect",)))
    async with screens(size=(60, 40)) as screen:
        await screen.press("s", "m")
        assert "Minutes are where to begin, not an award." in screen.text
        assert "not delivered: no provider 30" in screen.text
        assert "She stopped raising her hand. Tue Nov 17, entry" in screen.text
        assert "a, then your words with #proposal at the end." in screen.text


async def test_goals_are_written_down_and_measured(screens: Opened) -> None:
    async with screens(size=(60, 30)) as screen:
        await screen.press("s", "g", "n", "type:Reading", "enter", "type:60 words a minute", "tab", "enter")
        assert [goal.handle for goal in screen.case.all(Goal)] == ["reading"]
        await screen.press("1", "type:40 words", "enter", "type:10/16", "enter", "type:report card", "enter")
        (point,) = screen.case.all(Datapoint)
        assert (point.on, point.value, point.source) == (date(2026, 10, 16), "40 words", "report card")
        assert "nothing for 5 weeks" in screen.text


async def test_a_goal_is_corrected_ended_and_taken_off(screens: Opened, write: Write) -> None:
    write(Goal(handle="reading", text="60 words"), Datapoint(goal="reading", on=date(2026, 10, 16), value="40 words"))
    async with screens(size=(60, 30)) as screen:
        await screen.press("s", "g", "e", "w")
        await screen.paste(" a minute,\nby May,\nfrom grade level text")
        await screen.press("tab", "enter", "type:one line was missing", "enter")
        assert screen.case.all(Goal)[0].text == "60 words a minute,\nby May,\nfrom grade level text"
        await screen.press("e", "o", "type:11/20", "enter", "type:met", "enter")
        assert "ended Fri Nov 20" in screen.text
        assert "nothing for" not in screen.text
        await screen.press("x", "type:never one", "enter")
        assert (screen.case.all(Goal), screen.case.all(Datapoint)) == ((), ())
        await screen.press("u", "y")
        assert len(screen.case.all(Goal)) == len(screen.case.all(Datapoint)) == 1


async def test_a_promised_report_is_not_received_until_it_came(screens: Opened, write: Write) -> None:
    write(ProgressReport(due_on=NOVEMBER_16))
    async with screens(size=(60, 30)) as screen:
        await screen.press("s", "g")
        assert "due Mon Nov 16 not received" in screen.text
        await screen.press("1", "type:11/20", "enter")
        assert "received late, Fri Nov 20" in screen.text
