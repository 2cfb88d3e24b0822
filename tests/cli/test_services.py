"""The verb services, through the whole program."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iepjournal.cli.play import steps

if TYPE_CHECKING:
    from conftest import Shell

CASES = Path(__file__).parent.parent / "cases"


def play(shell: Shell, case: str, *, until: str) -> Shell:
    """A decided case as the parent typed it, on the day it is looked at."""
    folder = CASES / case
    script = [step for step in steps((folder / "journal.txt").read_text()) if step.at.date().isoformat() <= until]
    shell.now = script[0].at
    shell.done("new", "alex", "--from", str(folder / "setup.toml"))
    for step in script:
        shell.now = step.at
        shell.done(*step.argv)
    return shell.at(f"{until} 20:00")


@pytest.fixture
def decided(shell: Shell) -> Shell:
    """Decision 23-051, on the day its complaint was received: two entries of missed sessions and nothing else."""
    return play(shell, "dpi-23-051", until="2023-05-12")


def test_decision_23_051_comes_out_as_decided(decided: Shell) -> None:
    found = decided.done("services", "--json").json
    assert (found["as_of"], found["calendar"]) == ("2023-05-12", False)
    (speech,) = found["services"]
    assert speech["as_written"] == {
        "due": 200,
        "sessions_due": 8,
        "given": 0,
        "made_up": 0,
        "missed": 50,
        "unknown": 150,
        "over": 0,
        "percent_given": 0,
    }
    assert (speech["conservative"]["due"], speech["conservative"]["missed"]) == (175, 50)
    assert speech["by_reason"] == {"not-known": 50}


def test_decision_07_087_comes_out_as_decided_before_and_after_the_make_ups(shell: Shell) -> None:
    play(shell, "dpi-07-087", until="2007-04-30")

    def counted(as_of: str) -> dict[str, int]:
        found = shell.done("services", "--as-of", as_of, "--until", "2007-02-28", "--json").json["services"][0]
        return {name: found["as_written"][name] for name in ("due", "given", "made_up", "missed", "unknown")}

    assert counted("2007-02-28") == {"due": 200, "given": 75, "made_up": 0, "missed": 125, "unknown": 0}
    assert counted("2007-04-30") == {"due": 200, "given": 200, "made_up": 125, "missed": 0, "unknown": 0}
    history = shell.done("services", "speech", "--until", "2007-02-28").out
    assert "Tue Jan 23: not given, provider out (school’s record) · made up since" in history
    assert "Tue Mar 6: given, makes up session 3 (staff told me) · 25 counted here" in history


def test_the_page_shows_both_totals_and_says_what_they_rest_on(decided: Shell) -> None:
    page = decided.done("services").out
    assert "Speech and language · 1 x 25 min a week, 3 of 4 weeks" in page
    assert ["not", "delivered", "50", "50"] in [line.split() for line in page.splitlines()]
    assert "No school calendar yet" in page
    assert "No number of them is a violation by itself" in page


def test_one_service_opens_to_its_months_weeks_and_sessions(decided: Shell) -> None:
    page = decided.done("services", "speech").out
    assert "Apr 2023" in page
    assert "Week of Mon Apr 17" in page
    assert "Speech and language, Thu Apr 20: not given" in page


def test_the_csv_has_a_line_for_each_period(decided: Shell) -> None:
    rows = list(csv.DictReader(decided.done("services", "--csv").out.splitlines()))
    assert len(rows) == 10
    assert sum(float(row["due_as_written"]) for row in rows) == 200
    assert len([row for row in rows if row["sessions"]]) == 2


def test_a_range_is_counted_by_the_day_its_weeks_close(decided: Shell) -> None:
    april = decided.done("services", "--since", "2023-04-01", "--until", "2023-04-30", "--json").json
    assert (april["since"], april["until"]) == ("2023-04-01", "2023-04-30")
    assert april["services"][0]["as_written"]["due"] == 75


def test_a_day_before_everything_is_said_to_be_one(decided: Shell) -> None:
    assert "no service had begun" in decided.done("services", "--as-of", "2022-05-12").err


def test_a_case_without_services_says_how_to_add_one(shell: Shell) -> None:
    shell.done("new", "sam")
    assert "service add" in shell.done("services").err


def test_no_page_of_figures_calls_them_owed(decided: Shell) -> None:
    assert "owed" not in decided.done("services", "speech").out


def test_the_compensatory_view_asks_for_effect_and_proposal_and_says_where_to_begin(decided: Shell) -> None:
    empty = decided.done("services", "--compensatory").out
    assert "log it with the tag #effect" in empty
    assert "Minutes are where to begin, not an award." in empty
    decided.done("log", "#effect 2023-04-28 : She stopped raising her hand.")
    assert "She stopped raising her hand." in decided.done("services", "speech", "--compensatory").out
    assert len(decided.done("services", "--compensatory", "--json").json["effects"]) == 1


def test_the_report_goes_to_standard_output_or_to_a_new_file(decided: Shell, tmp_path: Path) -> None:
    assert decided.done("services", "--pdf").raw.startswith(b"%PDF-")
    report = tmp_path / "report.pdf"
    assert "The report is in" in decided.done("services", "--pdf", "-o", str(report)).err
    assert report.read_bytes().startswith(b"%PDF-")
    again = decided("services", "--pdf", "-o", str(report))
    assert again.code == 1
    assert "already there" in again.err


def test_what_was_drawn_from_a_private_entry_is_left_out_of_the_csv(decided: Shell) -> None:
    decided.done("log", "--private", "!missed %speech 2023-05-04 : I do not want this one shown.")
    shown = decided.done("services", "--json").json["services"][0]["as_written"]["missed"]
    rows = csv.DictReader(decided.done("services", "--csv").out.splitlines())
    assert (shown, sum(float(row["missed_as_written"]) for row in rows)) == (75, 50)
