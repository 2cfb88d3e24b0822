"""The verbs iep and service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shell

SPEECH = ("service", "add", "speech", "--name", "Speech", "--minutes", "30", "--times", "2", "--per", "week")


@pytest.fixture
def case(shell: Shell) -> Shell:
    """A case with an IEP from August 10 and speech twice a week."""
    shell.done("new", "maya")
    shell.done("iep", "change", "--dated", "5/12/2026", "--begins", "8/10/2026", "--review-due", "5/11/2027")
    shell.done(*SPEECH)
    return shell


def versions(shell: Shell) -> list[tuple[str, str | None, int, int]]:
    """From, to, times and minutes of the first service."""
    found = shell.done("iep", "--json").json["services"][0]["versions"]
    return [(one["from"], one["to"], one["times"], one["minutes"]) for one in found]


def test_a_service_is_echoed_by_the_week_and_begins_with_the_iep(case: Shell) -> None:
    shown = case.done("iep").out
    assert "IEP of Tue May 12, 2026, holds from Mon Aug 10, 2026, review due Tue May 11, 2027" in shown
    assert "Speech: 2 x 30 min a week (= 60 min a week) · from Mon Aug 10, 2026" in shown


def test_a_change_of_the_iep_leaves_what_lies_before_and_shows_the_cut(case: Shell) -> None:
    cut = case.done("service", "change", "speech", "--on", "1/8/2027", "--times", "1")
    assert "60 → 30 min a week" in cut.out
    assert versions(case) == [("2026-08-10", "2027-01-07", 2, 30), ("2027-01-08", None, 1, 30)]
    compared = case.done("iep", "--compare", "11/1/2026", "2/1/2027").out
    assert "Speech: 60 → 30 min a week, from Fri Jan 8, 2027" in compared


def test_a_typing_error_is_mended_in_place(case: Shell) -> None:
    case.done("iep", "fix", "speech", "--minutes", "25", "--why", "the IEP says 25")
    assert versions(case) == [("2026-08-10", None, 2, 25)]


def test_one_of_several_versions_is_mended_by_its_day(case: Shell) -> None:
    case.done("service", "change", "speech", "--on", "1/8/2027", "--times", "1")
    case.done("iep", "fix", "speech", "--version", "2/1/2027", "--times", "3", "--why", "the IEP says 3")
    assert [times for _, _, times, _ in versions(case)] == [2, 3]


def test_the_date_of_the_iep_is_mended(case: Shell) -> None:
    case.done("iep", "fix", "--dated", "5/13/2026", "--why", "typed 12")
    assert [one["dated"] for one in case.done("iep", "--json").json["ieps"]] == ["2026-05-13"]


def test_a_service_is_ended_on_its_last_day(case: Shell) -> None:
    case.done("service", "end", "speech", "--on", "12/18/2026")
    assert versions(case)[0][:2] == ("2026-08-10", "2026-12-18")


def test_three_of_four_weeks_and_weekdays_are_read(case: Shell) -> None:
    added = case.done(
        "service", "add", "ot", "--minutes", "20", "--times", "1", "--per", "week", "--weeks", "3/4", "--days", "Tue"
    )
    assert "1 x 20 min a week, 3 of 4 weeks, Tue (= 15 min a week)" in added.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "ot", "--minutes", "0"), "session's minutes"),
        (("add", "ot", "--minutes", "-20"), "session's minutes"),
        (("add", "ot", "--minutes", "20", "--times", "0"), "number of times"),
        (("add", "ot", "--minutes", "20", "--weeks", "often"), "rhythm of weeks"),
        (("add", "ot", "--minutes", "20", "--provider", "nobody"), "no person @nobody"),
        (("add", "speech", "--minutes", "20"), "already there"),
        (("change", "speech", "--on", "8/10/2026", "--times", "1"), "iep fix"),
        (("change", "speech", "--on", "1/8/2027"), "What changed?"),
        (("end", "ot", "--on", "12/18/2026"), "no service “ot”"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(case: Shell, words: tuple[str, ...], sentence: str) -> None:
    before = case.done("iep", "--json").json
    refused = case("service", *words)
    assert refused.code == 1
    assert sentence in refused.err
    assert case.done("iep", "--json").json == before


def test_without_an_iep_a_service_asks_from_when(shell: Shell) -> None:
    shell.done("new", "sam")
    refused = shell(*SPEECH)
    assert refused.code == 1
    assert "From when on?" in refused.err
    assert shell.done(*SPEECH, "--start", "8/10/2026").code == 0
