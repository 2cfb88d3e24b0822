"""The verbs due, why and ics at a shell, and marking what became of a deadline."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell

DUE = "Hold the MET meeting (first evaluation)"


@pytest.fixture
def asked(shell: Shell) -> Shell:
    """On Tue Nov 24 a parent asked for an evaluation on the phone: the meeting is due by Mon Dec 7."""
    shell.done("log", "-", "--type", "call", stdin="I asked Ms. Hill to evaluate her #eval-request")
    return shell


@pytest.fixture
def own_rules(shell: Shell) -> Path:
    folder = shell.home / "config" / "iepjournal" / "rules"
    folder.mkdir(parents=True)
    return folder


# --- due


def test_due_lists_what_waits_under_the_one_who_owes_it(asked: Shell) -> None:
    lines = asked.done("due").out.splitlines()
    assert lines[:3] == [
        "School",
        f"  Mon Dec 7, 13 days: {DUE}",
        "    ms-evaluation-met-14 from 1: 7 Miss. Code R. 34-D-300.301(b)(1)(i)(b)",
    ]
    assert "only your log shows" in lines[3]


def test_due_as_json_has_every_deadline_by_the_day_asked_for(asked: Shell) -> None:
    answer = asked.done("due", "--json", "--as-of", "2026-12-08").json
    assert answer["as_of"] == "2026-12-08"
    (met,) = (one for one in answer["deadlines"] if one["rule"] == "ms-evaluation-met-14")
    assert (met["start"], met["start_from"], met["due"], met["status"]) == (
        "evaluation-requested",
        "2026-11-24",
        "2026-12-07",
        "overdue",
    )
    assert "case" not in met


@pytest.mark.parametrize(("as_of", "code"), [("2026-12-07", 0), ("2026-12-08", 5)])
def test_the_exit_code_says_that_something_wants_doing_only_when_asked(asked: Shell, as_of: str, code: int) -> None:
    assert asked("due", "--as-of", as_of, "--exit-code").code == code
    assert asked("due", "--as-of", as_of).code == 0


def test_the_login_line_is_one_line_and_nothing_when_nothing_waits(shell: Shell) -> None:
    assert shell.done("due", "--line").out == ""
    shell.done("log", "-", "--type", "call", stdin="I asked for an evaluation #eval-request")
    assert (
        shell.done("due", "--line").out == f"journal: Nothing is late. Next: {DUE}, the school: Mon Dec 7 (13 days)\n"
    )
    assert shell.done("due", "--line", "--as-of", "2026-12-08").out == (
        f"journal: {DUE}, the school: Mon Dec 7 (1 day late)\n"
    )


def test_due_shows_all_cases_unless_one_is_named(asked: Shell) -> None:
    asked.done("new", "ben")
    asked.done("log", "-", "--case", "ben", "--type", "call", stdin="I asked for an evaluation #eval-request")
    assert [one["case"] for one in asked.done("due", "--json").json["deadlines"] if one["due"]] == ["ben", "journal"]
    assert {line for line in asked.done("due").out.splitlines() if line[0] != " "} == {"ben", "journal", "School"}
    assert "case" not in asked.done("due", "--json", "--case", "ben").json["deadlines"][0]


def test_due_without_a_case_says_how_to_make_one(shell: Shell) -> None:
    answer = shell("due")
    assert (answer.code, answer.out) == (1, "")
    assert "iepjournal log" in answer.err


def test_what_is_done_and_has_no_date_is_listed_on_demand(asked: Shell) -> None:
    asked.done("mark", "1", "met", "--on", "11/24")
    plain = asked.done("due")
    assert (plain.out, "--all" in plain.err) == ("", True)
    everything = asked.done("due", "--all").out
    assert f"Mon Dec 7, 2026, done: {DUE} (ms-evaluation-met-14 from 1)" in everything
    assert "Give you the procedural safeguards notice" in everything


# --- rules of one's own, and rules that change


def test_a_broken_file_of_rules_is_named_and_the_others_are_used(asked: Shell, own_rules: Path) -> None:
    (own_rules / "mine.toml").write_text('[[rules]]\nid = "x"\nkind = "law"\nlength = "soon"\n')
    answer = asked.done("due")
    assert answer.err.startswith("rules/mine.toml is left out: x: ")
    assert DUE in answer.out


def test_a_note_of_ones_own_stands_with_the_deadline(asked: Shell, own_rules: Path) -> None:
    (own_rules / "mine.toml").write_text('[notes]\nms-evaluation-met-14 = "MSPTI says the same."\n')
    assert "your note: MSPTI says the same." in asked.done("due").out
    assert "Your own note: MSPTI says the same." in asked.done("why", "ms-evaluation-met-14").out


def test_a_changed_rule_names_the_dates_it_moved_once(asked: Shell, own_rules: Path) -> None:
    mine = own_rules / "mine.toml"
    rule = """
        [[rules]]
        id = "handbook"
        title = "Answer by the handbook"
        who = "school"
        kind = "law"
        starts = "evaluation-requested"
        length = 10
        unit = "calendar"
        citation = "district handbook, page 4"
        link = "https://example.org/handbook"
        confidence = "V"
        checked = 2026-11-01
        says = "The handbook says so."
    """
    mine.write_text(rule)
    assert asked.done("due").err == ""
    mine.write_text(rule.replace("length = 10", "length = 12"))
    changed = "A rule changed: Answer by the handbook (handbook from 1): Fri Dec 4, 2026 → Sun Dec 6, 2026\n"
    assert asked.done("due").err == changed
    assert asked.done("due").err == ""
    os.remove(mine)
    assert "Sun Dec 6, 2026 → no date" in asked.done("due").err


# --- why


def test_why_needs_no_case_and_counts_every_day(shell: Shell) -> None:
    answer = shell.done("why", "ms-complaint-forward-3", "--from", "2026-11-25")
    lines = answer.out.splitlines()
    assert "   -  Thu Nov 26, 2026  Thanksgiving Day" in lines
    assert lines[-1] == "   3  Tue Dec 1, 2026"


def test_why_as_json_adds_the_steps_and_the_text(shell: Shell) -> None:
    plain = shell.done("why", "records-45", "--from", "2026-11-23", "--json").json
    assert (plain["due"], len(plain["steps"]), plain["steps"][-1]["number"]) == ("2027-01-07", 46, 45)
    assert plain["text"].startswith("Let you see the records")


def test_why_from_a_number_takes_the_day_from_the_journal(asked: Shell) -> None:
    plain = asked.done("why", "ms-evaluation-met-14", "--from", "1", "--json").json
    assert (plain["start_from"], plain["due"], plain["steps"][0]["number"]) == ("2026-11-24", "2026-12-07", 1)
    other = asked("why", "records-45", "--from", "1")
    assert (other.code, other.err) == (
        1,
        "Number 1 started no records-45. It starts when: You asked to see the records.\n",
    )


def test_why_of_a_fact_that_can_no_longer_be_used_still_says_since_when(asked: Shell) -> None:
    asked.done("log", "-", "--on", "2025-10-06", "--type", "refused", stdin="No logs for you.")
    answer = asked.done("why", "complaint-lookback", "--from", "2")
    assert "usable in it for 1 year after Mon Oct 6, 2025, less a day: Mon Oct 5, 2026." in answer.out


def test_why_without_a_start_shows_what_runs_or_counts_from_today(asked: Shell) -> None:
    assert "Mon Dec 7, 2026" in asked.done("why", "ms-evaluation-met-14").out
    answer = asked.done("why", "records-45")
    assert "Fri Jan 8, 2027" in answer.out
    assert "counted as if it began today" in answer.err


def test_why_is_printed_as_a_page_of_its_own(asked: Shell, tmp_path: Path) -> None:
    page = tmp_path / "why.pdf"
    asked.done("why", "ms-evaluation-met-14", "--from", "1", "-o", str(page))
    assert page.read_bytes().startswith(b"%PDF")
    assert asked.done("why", "ms-evaluation-met-14", "--from", "1", "--pdf").raw == page.read_bytes()


def test_a_rule_that_is_not_known_is_answered_with_a_near_one(shell: Shell) -> None:
    answer = shell("why", "record-45")
    assert (answer.code, "Did you mean records-45?" in answer.err) == (1, True)


def test_all_rules_are_listed_with_their_sources(shell: Shell) -> None:
    assert any(line.startswith("appeal ") for line in shell.done("why").out.splitlines())
    rules = {rule["id"]: rule for rule in shell.done("why", "--json").json["rules"]}
    assert rules["ms-wpn-7"]["confidence"] == "C"
    assert rules["ms-wpn-7"]["checked"] == "2026-11-23"


# --- marks


def test_a_meeting_told_of_in_a_letter_is_marked_with_its_day(asked: Shell) -> None:
    asked.done("log", "-", "--type", "letter-in", stdin="Notice of the IEP meeting")
    without = asked("mark", "2", "iep-meeting-scheduled")
    assert (without.code, "Add --on DAY" in without.err) == (1, True)
    asked.done("log", "-", "--type", "letter-out", stdin="Records, please. #records-requested")
    asked.done("mark", "2", "iep-meeting-scheduled", "--on", "12/8")
    dues = {one["rule"]: one["due"] for one in asked.done("due", "--json").json["deadlines"]}
    assert (dues["records-45"], dues["records-before-meeting"]) == ("2026-12-07", "2026-12-07")


def test_a_word_that_is_no_event_is_answered_with_a_near_one(asked: Shell) -> None:
    answer = asked("mark", "1", "evaluation-requestd")
    assert (answer.code, "Did you mean evaluation-requested?" in answer.err) == (1, True)


def test_an_extension_told_on_the_phone_keeps_the_clock_running(asked: Shell) -> None:
    asked.done("log", "-", "--type", "letter-out", stdin="The complaint. #complaint-filed")
    answer = asked.done("mark", "2", "claimed", "--rule", "complaint-decision-60")
    assert "Claimed extension of Tue Nov 24, 2026, nothing in writing: the clock keeps running." in answer.out
    asked.done("log", "-", "--type", "letter-in", stdin="MDE extends to March 1.")
    why = ("--why", "mediation", "--until", "2027-03-01", "--entry", "3")
    assert "Saved" in asked.done("mark", "2", "extended", "--rule", "complaint-decision-60", *why).out
    (decision,) = (
        one for one in asked.done("due", "--json").json["deadlines"] if one["rule"] == "complaint-decision-60"
    )
    assert (decision["due"], decision["status"]) == ("2027-03-01", "extended")


def test_a_number_that_started_several_deadlines_needs_the_rule(asked: Shell) -> None:
    asked.done("log", "-", "--type", "letter-out", stdin="The complaint. #complaint-filed")
    answer = asked("mark", "2", "met")
    assert answer.code == 1
    assert "complaint-decision-60" in answer.err
    assert "ms-complaint-forward-3" in answer.err


def test_a_letter_without_a_reply_offers_to_write_that_down_and_the_next_letter(shell: Shell) -> None:
    shell.done("log", "-", stdin="First.")
    shell.done("letter", "new", "implementation-concern")
    shell.done("letter", "sent", "2", "--by", "hand", "--on", "11/24")
    too_soon = shell("mark", "2", "unanswered")
    assert (too_soon.code, "its day has not passed" in too_soon.err) == (1, True)
    shell.at("2026-12-10T09:00:00-06:00")
    said = shell.done("due").out
    assert "iepjournal mark 2 unanswered" in said
    assert "iepjournal letter new no-reply" in said
    assert shell.done("mark", "2", "unanswered").out == "Saved: Letter 2 marked as unanswered.\n"
    assert "No reply is logged up to Thu Dec 10, 2026." in shell.done("show", "3").out
    assert "unanswered" not in shell.done("due").out


# --- ics


def test_the_calendar_file_goes_to_a_pipe_and_not_to_a_terminal(asked: Shell) -> None:
    raw = asked.done("ics").raw
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20261207" in raw
    assert DUE.encode() not in raw
    assert DUE.encode() in asked.done("ics", "--full").raw.replace(b"\r\n ", b"")


def test_the_calendar_file_is_written_new_and_over_nothing(asked: Shell, tmp_path: Path) -> None:
    file = tmp_path / "dates.ics"
    asked.done("ics", "-o", str(file))
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert file.stat().st_mode & 0o777 == 0o600
    assert asked("ics", "-o", str(file)).code == 1
