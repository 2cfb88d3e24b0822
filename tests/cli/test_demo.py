"""The first thing anybody runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.play import steps
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from conftest import Shell


def test_the_demo_makes_a_term_says_what_is_in_it_and_writes_a_letter(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = shell.done("demo")
    for said in ("Maya Bell", "20 entries", "Not delivered", "Speech therapy: 435 of 900 minutes", "What is due"):
        assert said in answer.out
    assert (tmp_path / "iepjournal-demo" / "letter.pdf").read_bytes().startswith(b"%PDF")
    store = CaseStore(tmp_path / "iepjournal-demo" / "home" / "cases" / "maya")
    case = store.case()
    assert f"{len(case.entries)} entries, {len(case.sessions)} answers" in answer.out
    assert {entry.recorded_at.date() for entry in case.entries} != {case.entries[0].recorded_at.date()}
    shell.monkeypatch.setenv("IEPJOURNAL_HOME", str(tmp_path / "iepjournal-demo" / "home"))
    assert shell.done("verify").code == 0
    assert shell.done("letter", "check", "last", "--json").json["ready"] is True


def test_a_second_demo_stands_beside_the_first_and_a_named_one_is_never_written_over(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell.done("demo")
    shell.done("demo")
    assert sorted(path.name for path in tmp_path.glob("iepjournal-demo*")) == ["iepjournal-demo", "iepjournal-demo-2"]
    answer = shell("demo", "iepjournal-demo-2")
    assert answer.code == 1
    assert "already there" in answer.err


def test_a_script_reads_a_moment_a_command_and_the_words_as_typed() -> None:
    first, second = steps("# told so\n\n2026-09-22 15:40  log --private | it's “so” | so\n2026-09-23 08:00  undo --yes")
    assert first.argv == ["log", "--private", "it's “so” | so"]
    assert (first.at.hour, first.at.minute, first.clock()) == (15, 40, first.at)
    assert second.argv == ["undo", "--yes"]
