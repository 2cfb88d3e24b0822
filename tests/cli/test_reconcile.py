"""The verb reconcile: the school's log from a file to a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell

LOG = "Service Date,Time In,Duration,Status\n10/6/2026,9:00,30,Provided\n10/8/2026,,0,Student Absent\n"


@pytest.fixture
def term(shell: Shell) -> Shell:
    """Speech since October 5; by our record October 6 was given and October 8 was not, for want of a provider."""
    shell.done("new", "maya")
    shell.done(
        "service", "add", "speech", "--name", "Speech", "--minutes", "30", "--times", "2", "--start", "10/5/2026"
    )
    shell.done("session", "speech", "given", "--on", "10/6")
    shell.done("session", "speech", "missed", "--on", "10/8", "--reason", "vacancy")
    return shell


@pytest.fixture
def log(tmp_path: Path) -> str:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return str(path)


def counts(shell: Shell, *words: str) -> Any:
    return shell.done("reconcile", *words, "--service", "speech", "--json").json["counts"]


def test_a_file_is_read_by_its_usual_titles_and_compared(term: Shell, log: str) -> None:
    assert counts(term, log) == {"agree": 1, "differ": 1, "theirs-only": 0, "mine-only": 0}


def test_the_same_file_again_adds_nothing(term: Shell, log: str) -> None:
    term.done("reconcile", log, "--service", "speech")
    again = term.done("reconcile", log, "--service", "speech")
    assert "new: 0, here already: 2" in again.err
    assert counts(term) == {"agree": 1, "differ": 1, "theirs-only": 0, "mine-only": 0}


def test_one_undo_takes_the_whole_file_back(term: Shell, log: str) -> None:
    term.done("reconcile", log, "--service", "speech")
    term.done("undo", "--yes")
    assert term("reconcile", "--service", "speech").code == 1


def test_a_row_changes_no_figure_until_it_is_accepted(term: Shell, log: str) -> None:
    term.done("reconcile", log, "--service", "speech")
    by_reason = term.done("services", "--json").json["services"][0]["by_reason"]
    assert by_reason == {"vacancy": 30}
    term.done("reconcile", "--service", "speech", "--accept", "2")
    by_reason = term.done("services", "--json").json["services"][0]["by_reason"]
    assert by_reason == {"child-absent": 30}


def test_columns_and_codes_of_their_own_are_said(term: Shell, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("When;Wie;How long\n10/6/2026;OK;\n10/8/2026;NA;\n")
    words = (str(path), "--column", "date=When", "--column", "code=2", "--code", "OK=given", "--code", "NA=vacancy")
    assert counts(term, *words) == {"agree": 2, "differ": 0, "theirs-only": 0, "mine-only": 0}


def test_rows_may_be_typed(term: Shell) -> None:
    words = ("--row", "10/6", "30", "P", "--row", "10/13", "-", "PA")
    assert counts(term, *words) == {"agree": 1, "differ": 0, "theirs-only": 1, "mine-only": 1}


def test_the_differences_become_questions(term: Shell, log: str) -> None:
    asked = term.done("reconcile", log, "--service", "speech", "--questions").out
    assert asked.startswith("- For Thursday, October 8, 2026 the service log shows for Speech: 0 minutes")


def test_the_page_says_what_their_log_does_not_account_for(term: Shell, log: str) -> None:
    page = term.done("reconcile", log, "--service", "speech", "--until", "10/16/2026").out
    assert "agree 1 · differ 1" in page
    assert "Their log does not account for 60 minutes as written, 60 conservatively." in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Date,Minutes\n10/6/2026,30\n10/8/2026\n", "row 3, column 2"),
        (b"Date,Minutes\n10/6/2026,thirty\n", "“thirty” is not a number of minutes (row 2, column 2)"),
        (b'Date,Minutes\n10/6/2026,"30\n', "a quotation mark is not closed (row 2, column 2)"),
        (b"Date,Note\n10/6/2026,Nu\xf1ez\n", "say --encoding cp1252"),
        (b"Date,Minutes\n10/6,30\n", "“10/6” is not a date with its year"),
        (b"Session,Minutes\n1,30\n", "no column looks like “date”"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_half_imported(
    term: Shell, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    refused = term("reconcile", str(path), "--service", "speech")
    assert refused.code == 1
    assert sentence in refused.err
    assert len(refused.err.strip().splitlines()) == 1
    assert "No row of the school's log" in term("reconcile", "--service", "speech").err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--accept", "9"), "There are 1 to 2"),
        (("--accept", "one"), "numbers of lines"),
        (("--code", "PA"), "not NAME=VALUE"),
        (("--code", "PA=flood"), "not a reason"),
    ],
)
def test_what_cannot_be_is_refused(term: Shell, log: str, words: tuple[str, ...], sentence: str) -> None:
    term.done("reconcile", log, "--service", "speech")
    refused = term("reconcile", "--service", "speech", *words)
    assert refused.code == 1
    assert sentence in refused.err
