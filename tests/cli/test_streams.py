"""Terminals and pipes that are not UTF-8."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from iepjournal.cli.streams import nearest

if TYPE_CHECKING:
    from conftest import Shell

WORDS = "“Señor” – Thị ✓ 中"


def run(shell: Shell, **streams: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "iepjournal", "list"]
    return subprocess.Popen(command, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, **streams)  # type: ignore[call-overload, no-any-return]


def test_a_pipe_gets_every_letter_as_utf_8_whatever_the_locale(shell: Shell) -> None:
    shell.done("log", WORDS)
    with run(shell, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert WORDS in process.communicate()[0].decode("utf-8")
    assert process.returncode == 0


def test_a_terminal_without_utf_8_shows_the_nearest_letters(shell: Shell) -> None:
    shell.done("log", WORDS)
    ours, theirs = pty.openpty()
    with run(shell, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # Linux says so when the other end is closed
    os.close(ours)
    assert process.returncode == 0
    assert b'"Senor" - Thi + ?' in shown


@pytest.mark.parametrize(("letters", "said"), [("…", "..."), ("ñé", "ne"), ("中", "?")])
def test_each_letter_has_its_twin(letters: str, said: str) -> None:
    error = UnicodeEncodeError("ascii", f"a{letters}b", 1, 1 + len(letters), "no such letter")
    assert nearest(error) == (said, 1 + len(letters))
