"""Logging and finding again from the shell."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from conftest import Shell


def test_the_very_first_entry_makes_the_case_and_says_so(shell: Shell) -> None:
    answer = shell.done("log", "No speech today")
    assert "Saved 1: Tue Nov 24 · note" in answer.out
    assert "case “journal” was made" in answer.err
    assert [entry["text"] for entry in shell.done("list", "--json").json["entries"]] == ["No speech today"]


def test_a_quick_line_is_read_and_said_back_with_its_weekday(shell: Shell, family: None) -> None:
    answer = shell.done(
        "log", "-", stdin='yesterday 3:10p @hill !call she will be back Monday and "we will make it up"'
    )
    assert "Saved 1: Mon Nov 23, 3:10 pm · call · Ms. Hill" in answer.out
    assert "words kept: “we will make it up”" in answer.err
    (entry,) = shell.done("list", "--json").json["entries"]
    assert entry["who"] == ["hill"]
    assert entry["at"] == "15:10"
    assert entry["quote"] == ["we will make it up"]
    assert entry["raw"].startswith("yesterday 3:10p @hill !call")


def test_options_win_over_the_line_and_are_read_by_the_same_grammar(shell: Shell, family: None) -> None:
    options = {"on": "last fri", "at": "9:05a", "type": "call", "who": "hill", "service": "speech"}
    options |= {"how": "staff-told", "quote": "next week", "tag": "make up"}
    given = (word for name, value in options.items() for word in (f"--{name}", value))
    shell.done("log", "called about speech", *given, "--private")
    (entry,) = shell.done("list", "--json").json["entries"]
    assert entry["happened_on"] == "2026-11-20"
    assert (entry["at"], entry["type"], entry["who"], entry["service"]) == ("09:05", "call", ["hill"], "speech")
    assert (entry["how"], entry["quote"], entry["tags"], entry["private"]) == (
        "staff-told", ["next week"], ["make-up"], True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--on", "13/6/26", "x"], "not a date"),
        (["--on", "12/24/2026", "x"], "still to come"),
        (["--type", "shout", "x"], "shout"),
        (["--who", "nobody", "x"], "@nobody"),
        (["--service", "swimming", "x"], "swimming"),
        (["   "], "no words"),
    ],
)
def test_what_is_not_understood_saves_nothing_and_says_so_in_one_line(
    shell: Shell, family: None, typed: list[str], said: str
) -> None:
    answer = shell("log", *typed)
    assert answer.code == 1
    assert said in answer.err
    assert "Nothing was saved" in answer.err
    assert answer.err.count("\n") == 1
    assert shell.done("list", "--json").json == {"entries": []}


def test_each_line_is_an_entry_and_one_undo_takes_them_all_back(shell: Shell) -> None:
    answer = shell.done("log", "-", "--each-line", stdin="mon: No speech\n\nyesterday: no aide\nre: due may\n")
    assert answer.out.count("Saved") == 3
    assert len(shell.done("list", "--json").json["entries"]) == 3
    shell.done("undo", "--yes")
    assert shell.done("list", "--json").json["entries"] == []
    assert len(shell.done("list", "--struck", "--json").json["entries"]) == 3


def test_one_bad_line_saves_none_of_them_and_names_the_line(shell: Shell) -> None:
    answer = shell("log", "-", "--each-line", stdin="No speech\n13/13: no aide\n12/24/2030: too soon\n")
    assert answer.code == 1
    assert "Line 3:" in answer.err
    assert "Nothing was saved" in answer.err
    assert shell.done("list", "--json").json["entries"] == []


def test_with_several_cases_one_must_be_named(shell: Shell) -> None:
    shell.done("new", "maya")
    shell.done("new", "leo")
    answer = shell("log", "No speech")
    assert answer.code == 1
    assert "leo, maya" in answer.err
    assert "Nothing was saved" in answer.err
    shell.done("--case", "leo", "log", "for Leo")
    shell.done("log", "for Maya", "--case", "maya")
    assert [e["text"] for e in shell.done("--case", "leo", "list", "--json").json["entries"]] == ["for Leo"]
    assert shell("--case", "nobody", "list").code == 1


def test_list_shows_days_numbers_and_lateness_and_counts_what_is_hidden(shell: Shell) -> None:
    shell.done("log", "11/12: written late")
    shell.done("log", "today's")
    shell.done("strike", "2", "--why", "double entry")
    answer = shell.done("list")
    assert "Thu Nov 12" in answer.out
    assert "written 12 days later" in answer.out
    assert "today's" not in answer.out
    assert "1 struck" in answer.err
    assert "struck: double entry" in shell.done("list", "--struck").out


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--since", "11/20"], ["call"]),
        (["--until", "11/19"], ["aide"]),
        (["--type", "observed"], ["aide"]),
        (["--who", "hill"], ["call"]),
        (["--text", "AIDE room"], ["aide"]),
        (["--text", "nothing like it"], []),
        (["--tag", "reading"], ["aide"]),
    ],
)
def test_list_finds_what_is_asked_for(shell: Shell, family: None, asked: list[str], found: list[str]) -> None:
    shell.done("log", "11/18: !observed #reading the aide was in another room")
    shell.done("log", "11/23: !call @hill about the call")
    texts = [entry["text"] for entry in shell.done("list", "--json", *asked).json["entries"]]
    assert [word for word in ("aide", "call") if any(word in text for text in texts)] == found


def test_the_json_shape_of_list_is_a_promise(shell: Shell) -> None:
    shell.done("log", "No speech")
    (entry,) = shell.done("list", "--json").json["entries"]
    uid, recorded_at = entry.pop("uid"), entry.pop("recorded_at")
    assert entry == {
        "no": 1, "happened_on": "2026-11-24", "at": None, "about": None, "type": "note", "service": None, "who": [],
        "how": None, "text": "No speech", "raw": "No speech", "quote": [], "tags": [], "private": False,
        "struck": None, "amended": 0,
    }  # fmt: skip
    assert len(uid) == 36
    assert recorded_at == "2026-11-24T15:14:00-06:00"


def test_csv_leaves_private_entries_out_and_disarms_formulas(shell: Shell) -> None:
    shell.done("log", "=HYPERLINK(evil)")
    shell.done("log", "--private", "so tired")
    answer = shell.done("list", "--csv")
    assert "'=HYPERLINK" in answer.out
    assert "so tired" not in answer.out


def test_show_prints_both_texts_of_a_corrected_entry(shell: Shell) -> None:
    shell.done("log", "No speach today")
    shell.done("amend", "1", "No speech today", "--why", "spelling")
    answer = shell.done("show", "1")
    assert "No speach today" in answer.out
    assert "No speech today" in answer.out
    assert "because: spelling" in answer.out
    (entry,) = shell.done("list", "--json").json["entries"]
    assert (entry["text"], entry["amended"]) == ("No speech today", 1)


def test_amend_changes_only_what_is_named_and_keeps_the_lag_of_the_first_version(shell: Shell) -> None:
    shell.done("log", "no aide #reading")
    shell.now += timedelta(days=3)
    shell.done("amend", "last", "--on", "mon", "--why", "it was Monday")
    (entry,) = shell.done("list", "--json").json["entries"]
    assert (entry["happened_on"], entry["text"], entry["tags"]) == ("2026-11-23", "no aide", ["reading"])
    assert entry["recorded_at"].startswith("2026-11-24")


def test_hostile_text_is_kept_without_its_codes_and_what_was_removed_is_said(shell: Shell) -> None:
    hostile = "no \x1b]52;c;AAAA\x07speech \u202e[Exhibit A] [/] [@click=app.quit]x[/]\x9b31m"
    answer = shell.done("log", "-", stdin=hostile)
    assert "Removed" in answer.err
    assert "[Exhibit A] [/] [@click=app.quit]x[/]" in shell.done("list").out
    everything = answer.raw + shell.done("list").raw + shell.done("show", "1").raw
    assert not {b"\x1b", b"\x9b", b"\xe2\x80\xae"} & {
        everything[i : i + n] for n in (1, 3) for i in range(len(everything))
    }


def test_bytes_that_are_not_utf8_become_marks_and_are_saved(shell: Shell) -> None:
    shell.done("log", "-", stdin=b"caf\xe9 talk")
    (entry,) = shell.done("list", "--json").json["entries"]
    assert entry["text"] == "caf\ufffd talk"


def test_nothing_of_the_text_shows_in_the_process_list_while_logging(tmp_path: Path) -> None:
    """On a shared machine everybody can read every process's arguments."""
    env = {**os.environ, "IEPJOURNAL_HOME": str(tmp_path / "home")}
    child = subprocess.Popen([sys.executable, "-m", "iepjournal", "log", "-"], env=env, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # fmt: skip
    assert child.stdin is not None
    child.stdin.write(b"a very private sentence")
    child.stdin.flush()
    deadline = time.monotonic() + 10
    seen = b""
    while not seen and time.monotonic() < deadline:
        seen = Path(f"/proc/{child.pid}/cmdline").read_bytes() if Path("/proc").is_dir() else b"iepjournal"
    assert b"iepjournal" in seen
    assert b"private sentence" not in seen
    environment = Path(f"/proc/{child.pid}/environ")
    assert not environment.exists() or b"private sentence" not in environment.read_bytes()
    child.stdin.close()
    assert child.wait(timeout=20) == 0
    assert [e.text for e in CaseStore(tmp_path / "home" / "cases" / "journal").case().entries] == [
        "a very private sentence"
    ]


def test_files_and_folders_are_the_owners_only_whatever_the_umask(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = f"umask 000; exec {sys.executable} -m iepjournal log 'No speech'"
    env = {**os.environ, "IEPJOURNAL_HOME": str(home)}
    for _ in range(2):
        subprocess.run(["/bin/sh", "-c", command], env=env, check=True, capture_output=True)
    modes = {path: path.stat().st_mode & 0o777 for path in [home, *home.rglob("*")]}
    assert len(modes) >= 6
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_two_shells_logging_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each is a program of its own, as two people over SSH are."""
    env = {**os.environ, "IEPJOURNAL_HOME": str(tmp_path / "home")}
    lines = [f"line {n}" for n in range(12)]
    script = (
        "import sys\nfrom iepjournal.cli.main import main\n"
        "for n in range(6): assert main(['log', f'{sys.argv[1]} {n}']) == 0"
    )
    subprocess.run([sys.executable, "-m", "iepjournal", "log", "first"], env=env, check=True, capture_output=True)
    shells = [
        subprocess.Popen([sys.executable, "-c", script, name], env=env, stdout=subprocess.DEVNULL)
        for name in ("a", "b")
    ]
    assert [one.wait(timeout=60) for one in shells] == [0, 0]
    entries = CaseStore(tmp_path / "home" / "cases" / "journal").case().entries
    assert len(entries) == 1 + len(lines)
    assert sorted(entry.no or 0 for entry in entries) == list(range(1, 14))
