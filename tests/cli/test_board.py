"""Every case in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Shell


def test_the_case_that_burns_most_stands_first(shell: Shell, family: None) -> None:
    shell.done("new", "calm")
    shell.at("2026-11-20 10:00").done("log", "--case", "journal", "@hill !call she will be back Monday")
    shell.done("promise", "--case", "journal", "1", "--by", "11/22", "back")
    answer = shell.at("2026-11-24 15:14").done("board")
    header, first, second = answer.out.splitlines()
    assert header.split()[:4] == ["case", "overdue", "due", "unsent"]
    assert first.split()[:2] == ["journal", "1"]
    assert "4 days ago" in first
    assert "no service counted yet" in second


def test_for_programs_it_is_the_same_in_json(shell: Shell, family: None) -> None:
    shell.done("log", "No speech")
    shape = shell.done("board", "--json").json
    (line,) = shape["cases"]
    assert shape["as_of"] == "2026-11-24"
    assert line == {
        "slug": "journal", "child": "Maya Bell", "overdue": 0, "due": line["due"], "unsent_letters": 0,
        "last_entry_on": "2026-11-24", "days_since_entry": 0,
        "least_delivered": {"service": "speech", "percent_given": 0.0},
    }  # fmt: skip


def test_a_case_that_cannot_be_read_is_said_and_the_others_are_shown(shell: Shell, family: None) -> None:
    shell.done("new", "broken")
    (shell.case_folder("broken") / "case.json").write_text("{")
    answer = shell("board")
    assert answer.code == 3
    assert "cannot be read" in answer.err
    assert "journal" in answer.out


def test_without_a_case_it_says_how_to_begin(shell: Shell) -> None:
    assert "No case yet" in shell.done("board").err
