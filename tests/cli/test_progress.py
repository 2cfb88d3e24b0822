"""The verb progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shell


@pytest.fixture
def goals(shell: Shell) -> Shell:
    shell.done("new", "maya")
    shell.done("iep", "change", "--dated", "8/10/2026")
    shell.done("progress", "add", "goal", "reading", "Maya will read 60 words a minute")
    return shell


def test_goals_without_a_data_point_are_listed_with_their_weeks(goals: Shell) -> None:
    assert "No data point at all for reading since Mon Aug 10: 15 weeks." in goals.done("progress").out
    goals.done("progress", "add", "point", "reading", "40 words", "--on", "10/16", "--source", "report card")
    page = goals.done("progress").out
    assert "Fri Oct 16  40 words (report card)" in page
    assert "No data point for reading since Fri Oct 16: 5 weeks." in page
    assert "No data point" not in goals.done("progress", "--weeks", "6").out


def test_a_promised_report_is_followed_until_it_comes(goals: Shell) -> None:
    assert "Report due Fri Nov 13: not received" in goals.done("progress", "add", "report", "11/13/2026").out
    came = goals.done("progress", "add", "report", "11/13/2026", "--received", "11/20")
    assert "received late, came Fri Nov 20" in came.out
    assert [one["state"] for one in goals.done("progress", "--json").json["reports"]] == ["received late"]


def test_a_goal_nobody_knows_is_refused(goals: Shell) -> None:
    refused = goals("progress", "add", "point", "math", "3")
    assert refused.code == 1
    assert "Goals here: reading" in refused.err


def test_an_empty_case_says_how_to_begin(shell: Shell) -> None:
    shell.done("new", "maya")
    assert "progress add goal" in shell.done("progress").err


def test_a_goal_is_corrected_ended_and_taken_off(goals: Shell) -> None:
    goals.done("progress", "add", "point", "reading", "40 words", "--on", "10/16")
    assert (
        "fluency: 90 words"
        in goals.done("progress", "change", "reading", "90 words", "--name", "fluency", "--why", "typo").out
    )
    assert "40 words" in goals.done("progress").out
    ended = goals.done("progress", "end", "fluency", "--on", "11/20", "--why", "met").out
    assert "fluency: 90 words (ended Fri Nov 20)" in ended
    assert "No data point" not in ended
    assert "No goal yet" in goals.done("progress", "strike", "fluency", "--why", "her brother's").err
    assert "ended Fri Nov 20" in goals.done("undo", "--yes").out + goals.done("progress").out
