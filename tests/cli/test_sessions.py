"""Did it happen? The verbs session and absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell

TERM = """
[child]
name = "Maya Bell"
[[people]]
handle = "gray"
name = "Ms. Ada Gray"
[iep]
date = 2026-05-12
start = 2026-08-10
[[services]]
handle = "speech"
name = "Speech"
minutes = 30
times = 2
per = "week"
days = ["tue", "thu"]
provider = "hill"
[[services]]
handle = "aide"
name = "Aide"
kind = "aide"
per = "day"
[[services]]
handle = "counsel"
name = "Counseling"
minutes = 30
per = "month"
[calendar]
first_day = 2026-08-06
last_day = 2027-05-25
closed = [{ from = 2026-11-11, to = 2026-11-11, why = "Veterans Day" }]
"""


@pytest.fixture
def term(shell: Shell, tmp_path: Path) -> Shell:
    """A case of three services at 3 pm on Tuesday, November 24, 2026."""
    setup = tmp_path / "term.toml"
    setup.write_text(TERM)
    shell.done("new", "maya", "--from", str(setup))
    return shell


def test_an_answer_is_said_back_with_its_number(term: Shell) -> None:
    answer = term.done("session", "speech", "missed", "--reason", "vacancy", "--how", "child-told")
    assert answer.out == "Session 1: Speech, Tue Nov 24: not given, no provider (child told me)\n"


def test_a_second_answer_for_the_day_amends_the_first_and_says_so(term: Shell) -> None:
    term.done("session", "speech", "missed", "--on", "11/19")
    again = term.done("session", "%speech", "partial", "--minutes", "20", "--on", "thu")
    assert again.out == "Session 1: Speech, Thu Nov 19: 20 min given\n"
    assert "before: not given" in again.err


def test_a_make_up_names_the_session_it_repairs(term: Shell) -> None:
    term.done("session", "speech", "missed", "--on", "11/17")
    made_up = term.done("session", "speech", "given", "--makes-up", "1", "--given-by", "gray")
    assert made_up.out == "Session 2: Speech, Tue Nov 24: given, by a substitute, by Ms. Gray, makes up session 1\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("speech", "given", "--on", "8/3"), "Speech began on Mon Aug 10, 2026"),
        (("speech", "missed", "--minutes", "45"), "“45” is not a possible number of minutes"),
        (("speech", "partial", "--minutes", "30"), "say 1 to 29"),
        (("speech", "missed", "--reason", "flood"), "“flood” is not a reason"),
        (("speech", "given", "--makes-up", "1"), "no session 1"),
        (("speech", "given", "--on", "week of 11/16"), "not one exact day"),
        (("swimming", "given"), "no service %swimming"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_saved(
    term: Shell, words: tuple[str, ...], sentence: str
) -> None:
    refused = term("session", *words)
    assert refused.code == 1
    assert sentence in refused.err
    assert len(refused.err.strip().splitlines()) == 1
    assert term.done("services", "speech", "--json").json["services"][0]["as_written"]["missed"] == 0


def test_a_make_up_of_a_given_session_is_refused(term: Shell) -> None:
    term.done("session", "speech", "given", "--on", "11/17")
    refused = term("session", "speech", "given", "--makes-up", "1")
    assert refused.code == 1
    assert "nothing to make up" in refused.err


def test_child_absent_answers_for_the_day_and_is_undone_at_once(term: Shell) -> None:
    absent = term.done("absent")
    assert [line.partition(": ")[2] for line in absent.out.splitlines()] == [
        "Speech, Tue Nov 24: not given, child absent (I saw it)",
        "Aide, Tue Nov 24: not given, child absent (I saw it)",
    ]
    assert "Counseling goes by the month" in absent.err
    term.done("undo", "--yes")
    assert term.done("services", "--json", "--as-of", "2026-11-27").json["services"][1]["by_reason"] == {}


def test_child_absent_on_a_closed_day_says_why_there_is_nothing_to_answer(term: Shell) -> None:
    refused = term("absent", "--on", "11/11")
    assert refused.code == 1
    assert "Wed Nov 11, 2026 is no school day (Veterans Day)" in refused.err


def test_a_provider_out_for_days_is_one_question_and_one_undo(term: Shell) -> None:
    run = ("--from", "11/9", "--to", "11/20", "--reason", "provider-absent", "--how", "staff-told")
    asked = term("session", "speech", "missed", *run)
    assert asked.code == 1
    assert "Mon Nov 9 to Fri Nov 20, not given, provider out: 4 sessions of 1 service (speech 4)." in asked.err
    assert "Nothing was saved" in asked.err

    written = term.done("session", "speech", "missed", *run, "--yes")
    assert written.out.splitlines() == [
        f"Session {n}: Speech, {day}: not given, provider out (staff told me)"
        for n, day in enumerate(("Tue Nov 10", "Thu Nov 12", "Tue Nov 17", "Thu Nov 19"), start=1)
    ]
    assert "4 records" in term.done("undo", "--yes").out


def test_a_child_away_for_days_answers_for_every_service(term: Shell) -> None:
    written = term.done("absent", "--from", "11/9", "--to", "11/12", "--yes")
    assert [line.partition(": ")[2] for line in written.out.splitlines()] == [
        "Aide, Mon Nov 9: not given, child absent (I saw it)",
        "Speech, Tue Nov 10: not given, child absent (I saw it)",
        "Aide, Tue Nov 10: not given, child absent (I saw it)",
        "Speech, Thu Nov 12: not given, child absent (I saw it)",
        "Aide, Thu Nov 12: not given, child absent (I saw it)",
    ]
    assert "Left open" in written.err
    assert "counsel" in written.err


@pytest.mark.parametrize(
    "words",
    [
        ("given", "--from", "11/9"),
        ("missed", "--from", "11/9", "--reason", "vacancy"),
        ("missed", "--from", "11/9", "--reason", "vacancy", "--how", "saw", "--minutes", "10"),
        ("missed", "--to", "11/9", "--reason", "vacancy", "--how", "saw"),
    ],
)
def test_a_run_of_days_takes_only_what_can_be_said_of_all(term: Shell, words: tuple[str, ...]) -> None:
    refused = term("session", "speech", *words)
    assert refused.code == 1
    assert "Nothing was saved" in refused.err


def test_striking_an_entry_offers_its_session_and_one_undo_brings_both_back(term: Shell) -> None:
    term.done("log", "no speech today !missed %speech")
    alone = term.done("strike", "1", "--why", "double entry")
    assert "Session 2 (Speech, Tue Nov 24, not given) counts no more." in alone.err
    assert "The session was left as it is. Together: --with-session" in alone.err
    term.done("undo", "--yes")

    both = term.done("strike", "1", "--why", "double entry", "--with-session")
    assert "With it: Session 2 marked as struck" in both.out
    assert '"missed": 0' in term.done("services", "--json").out
    assert "2 records" in term.done("undo", "--yes").out
    assert term("show", "2").out


def test_an_entry_on_another_day_takes_its_session_along(term: Shell) -> None:
    term.done("log", "no speech today !missed %speech")
    moved = term.done("amend", "1", "--on", "thu", "--why", "wrong day", "--with-session")
    assert "With it: the correction of Session 2 of Thu Nov 19, 2026" in moved.out
    assert "Nov 19" in term.done("show", "2").out
