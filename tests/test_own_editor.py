"""The parent's own editor: run without a shell on a private file, and nothing lost whatever it does."""

from __future__ import annotations

import shlex
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from iepjournal import own_editor
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "letter-1.txt"
    made.write_text("Dear Dr. Lott:")
    made.chmod(0o600)
    return made


def set_editor(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """An editor made of a line of Python, with the file as `path`."""
    program = f"import os, pathlib, sys; path = pathlib.Path(sys.argv[1]); {does}"
    monkeypatch.setenv("VISUAL", f"{shlex.quote(sys.executable)} -c {shlex.quote(program)}")


def test_what_the_editor_wrote_comes_back_and_stays_private(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_editor(monkeypatch, "path.unlink(); path.write_text('Dear Ms. Hill:'); path.chmod(0o644)")
    assert own_editor.edit(path) == "Dear Ms. Hill:"
    assert path.stat().st_mode & 0o777 == 0o600


def test_bytes_that_are_no_text_are_marked_not_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_editor(monkeypatch, "path.write_bytes(b'Pe\\xf1a')")
    assert own_editor.edit(path) == "Pe\ufffda"


@pytest.mark.parametrize(
    ("does", "said"),
    [("sys.exit(3)", "ended with an error"), ("path.unlink()", "left no text")],
)
def test_an_editor_that_fails_is_said_and_the_text_is_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch, does: str, said: str
) -> None:
    set_editor(monkeypatch, does)
    with pytest.raises(NotAllowed, match=said):
        own_editor.edit(path)


@pytest.mark.parametrize("command", ["/nowhere/nano --soft", "'unended"])
def test_an_editor_that_cannot_be_started_leaves_the_text(
    path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("VISUAL", command)
    with pytest.raises(NotAllowed, match=r"could not be started|No editor is set"):
        own_editor.edit(path)
    assert path.read_text() == "Dear Dr. Lott:"


def test_no_shell_reads_the_command(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true; touch /tmp/never-made")
    with pytest.raises(NotAllowed, match="could not be started"):
        own_editor.edit(path)


def test_an_interrupt_meanwhile_is_the_editors_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    set_editor(monkeypatch, "import signal, time; time.sleep(0.2); os.kill(os.getppid(), signal.SIGINT)")
    assert own_editor.edit(path) == "Dear Dr. Lott:"
    assert signal.getsignal(signal.SIGINT) is before


def test_the_name_is_that_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "/usr/bin/nano -w")
    assert own_editor.name() == "nano"
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    assert own_editor.name() == ""
