"""A shell that is torn: two at once, killed in the middle, hostile text, clocks that go back, days that are special."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from iepjournal.cli.main import main
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell

IEPJOURNAL = [sys.executable, "-m", "iepjournal"]
MANY, LINES = 4, 6


def begin(*argv: str) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*IEPJOURNAL, *argv], **pipes)  # type: ignore[call-overload, no-any-return]


def texts(shell: Shell) -> list[str]:
    return [entry["text"] for entry in shell.done("list", "--json").json["entries"]]


def test_shells_at_the_same_time_lose_nothing_and_give_each_number_once(shell: Shell, family: None) -> None:
    shells = [begin("log", "-", "--each-line") for _ in range(MANY)]
    for number, one in enumerate(shells):
        assert one.stdin
        one.stdin.write("".join(f"shell {number} line {line}\n" for line in range(LINES)).encode())
        one.stdin.close()
    assert [one.wait(60) for one in shells] == [0] * MANY
    entries = CaseStore(shell.case_folder()).case().entries
    assert sorted(entry.no or 0 for entry in entries) == list(range(1, MANY * LINES + 1))
    assert {entry.text for entry in entries} == {f"shell {n} line {m}" for n in range(MANY) for m in range(LINES)}
    assert len({entry.command for entry in entries}) == MANY, "each shell's lines are one command"
    assert shell("verify").code == 0
    for one in shells:
        assert one.stdout
        assert one.stderr
        one.stdout.close()
        one.stderr.close()


def test_a_shell_killed_while_it_reads_saves_nothing_and_holds_nobody_up(shell: Shell, family: None) -> None:
    shell.done("log", "before")
    with begin("log", "-") as one:
        assert one.stdin
        one.stdin.write(b"half a sen")
        one.stdin.flush()
        one.send_signal(signal.SIGKILL)
        assert one.wait(30) == -signal.SIGKILL
    shell.done("log", "after")
    assert texts(shell) == ["before", "after"]
    assert shell("verify").code == 0


def test_bytes_that_are_no_text_reach_neither_the_record_nor_the_terminal(shell: Shell, tmp_path: Path) -> None:
    """Half a character in an argument is what a shell makes of a byte that is not UTF-8."""
    shell.done("log", os.fsdecode(b"caf\xe9"))
    shell.done("log", "-", stdin=b"a\0b\xff \x1b]0;title\x07 \xe2\x80\xaeback")
    first, second = texts(shell)
    assert first == "caf\ufffd"
    assert second == "ab\ufffd  back"
    for argv in (["show", "\udcff"], ["--case", "\udcff", "list"], ["\udcff"], ["list", "--who", "\udcff"]):
        answer = shell(*argv)
        assert answer.code in (1, 2), argv
        assert "Traceback" not in answer.err
    name = os.fsdecode(bytes(tmp_path) + b"/f\xff.txt")
    with open(name, "wb") as file:
        file.write(b"x")
    shell.done("attach", "1", name)
    assert shell("verify").code == 0


def test_a_text_too_long_for_an_entry_is_refused_with_its_length(shell: Shell) -> None:
    answer = shell("log", "-", stdin="x" * 200_001)
    assert answer.code == 1
    assert "200,001 characters" in answer.err
    shell.done("log", "-", stdin="y" * 100_000)
    assert [len(text) for text in texts(shell)] == [100_000]


def test_an_empty_file_is_no_attachment(shell: Shell) -> None:
    """What a broken pipe leaves: cat photo.jpg | ssh HOST iepjournal attach last -."""
    shell.done("log", "No aide")
    answer = shell("attach", "last", "-", "--name", "photo.jpg")
    assert answer.code == 1
    assert "the file is empty" in answer.err


def test_the_doctor_looks_at_a_broken_journal_to_the_end(shell: Shell) -> None:
    shell.done("log", "No aide")
    (shell.case_folder() / "case.json").write_text("{", encoding="utf-8")
    answer = shell("doctor")
    assert answer.code == 1
    assert "fonts:" in answer.out


def test_a_clock_set_back_breaks_nothing(shell: Shell, family: None) -> None:
    shell.at("2028-03-01T10:00-06:00").done("log", "yesterday: leap day")
    shell.at("2026-11-24T10:00-06:00").done("log", "the clock is right again")
    assert texts(shell) == ["the clock is right again", "leap day"]
    shell.done("undo", "--yes")
    assert texts(shell) == ["leap day"], "the newest command is the last one written, whatever its clock said"
    assert shell("verify").code == 0
    assert "This machine says Tue Nov 24, 2026" in shell("doctor").out
    for verb in ("due", "services", "board", "list"):
        shell.done(verb)


@pytest.mark.parametrize(
    ("now", "typed", "day"),
    [
        ("2028-03-01T10:00-06:00", "yesterday: x", "2028-02-29"),
        ("2028-03-01T10:00-06:00", "2/29: x", "2028-02-29"),
        ("2027-01-02T10:00-06:00", "12/31: x", "2026-12-31"),
        ("2027-01-01T00:00:30-06:00", "yesterday: x", "2026-12-31"),
        ("2027-01-01T00:00:30-06:00", "last fri: x", "2026-12-25"),
        ("2026-11-01T01:30-05:00", "1:15a: before the hour that comes twice", "2026-11-01"),
        ("2026-11-01T01:30-06:00", "1:15a: in the hour that comes twice", "2026-11-01"),
        ("2026-03-08T03:10-05:00", "2:30a: in the hour that is left out", "2026-03-08"),
    ],
)
def test_special_days_are_the_days_they_are(shell: Shell, now: str, typed: str, day: str) -> None:
    assert main(["log", typed], lambda: datetime.fromisoformat(now)) == 0
    assert shell.done("list", "--json").json["entries"][0]["happened_on"] == day


def test_a_day_that_this_year_has_not_is_refused_and_not_moved(shell: Shell) -> None:
    answer = shell.at("2027-03-05T10:00-06:00")("log", "2/29: x")
    assert answer.code == 1
    assert "February 2027 has no day 29" in answer.err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["amend", "1", "x"], "Something is missing: --why. Nothing was saved."),
        (["session", "speech", "gone"], "“gone” is none of: given, missed, partial, unknown. Nothing was saved."),
        (["progress", "--weeks", "x"], "“x” is not a number (--weeks). Nothing was saved."),
        (["letter"], "Say what to do: new, list, show,"),
        (["packet", "show", "--frob"], "Unrecognized arguments: --frob. Nothing was saved."),
    ],
)
def test_a_command_that_cannot_be_read_is_answered_in_a_sentence(
    shell: Shell, family: None, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    answer = shell(*argv)
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.splitlines()[-1] == f"Its options: iepjournal {argv[0]} --help"
    assert len(answer.err.splitlines()) == 2


def test_the_case_may_be_named_after_an_action_too(shell: Shell, family: None) -> None:
    shell.done("new", "sam")
    assert "No letter yet" in shell.done("letter", "list", "--case", "sam").err
    assert shell("--case").code == 1
    shell.done("log", "--case=sam", "--", "we said --case closed")
    assert shell.done("list", "--case", "sam", "--json").json["entries"][0]["text"] == "we said --case closed"


def test_a_sheet_needs_no_case(shell: Shell) -> None:
    assert len(shell.done("print", "checklist").out.splitlines()) > 30
    assert "There are: checklist, meeting, scripts, worksheet." in shell("print", "nope").err
