"""A parent at a shell: each command is `main(argv, clock)` with a home of its own and a clock the test sets."""

from __future__ import annotations

import io
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from iepjournal.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

TUESDAY = datetime.fromisoformat("2026-11-24T15:14:00-06:00")


class Answer:
    """What one command said."""

    def __init__(self, code: int, out: str, err: str, raw: bytes) -> None:
        self.code, self.out, self.err, self.raw = code, out, err, raw

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Stdin(io.TextIOWrapper):
    def __init__(self, content: bytes, tty: bool) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", errors="replace")
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty


class Shell:
    """Types commands; `shell.now` is the clock."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.now, self.monkeypatch = home, TUESDAY, monkeypatch
        monkeypatch.setenv("IEPJOURNAL_HOME", str(home))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        monkeypatch.delenv("IEPJOURNAL_CASE", raising=False)

    def __call__(self, *argv: str, stdin: str | bytes = b"", tty: bool = False) -> Answer:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
        with self.monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Stdin(content, tty))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main([str(word) for word in argv], lambda: self.now)
        out.flush()
        raw = out.buffer.getvalue()  # type: ignore[attr-defined]
        return Answer(code, raw.decode("utf-8", "replace"), err.getvalue(), raw)

    def done(self, *argv: str, **kind: Any) -> Answer:
        """The same, for a command that must succeed."""
        answer = self(*argv, **kind)
        assert answer.code == 0, f"{argv}: exit {answer.code}: {answer.err}"
        return answer

    def case_folder(self, slug: str = "journal") -> Path:
        return self.home / "cases" / slug

    def at(self, moment: str) -> Shell:
        """Move the clock."""
        self.now = datetime.fromisoformat(moment).astimezone(TUESDAY.tzinfo)
        return self


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(tmp_path / "home", monkeypatch)


@pytest.fixture
def family(shell: Shell) -> None:
    """The case `journal` with Ms. Hill, the Director and two services in it."""
    setup = """
        [child]
        name = "Maya Bell"
        [parent]
        name = "Renee Bell"
        address = "114 Pecan Street, Millbrook, MS 39999"
        email = "renee.bell@example.com"
        [school]
        name = "Oak Ridge Elementary School"
        district = "Millbrook School District"
        [[people]]
        handle = "hill"
        name = "Ms. Dana Hill"
        role = "Speech-Language Pathologist"
        [[people]]
        handle = "lott"
        name = "Dr. Ann Lott"
        role = "Special Education Director"
        email = "alott@millbrook.example"
        address = "Millbrook School District, 5 Court Square, Millbrook, MS 39999"
        [iep]
        date = 2026-05-12
        start = 2026-08-10
        [[services]]
        handle = "speech"
        name = "Speech therapy"
        minutes = 30
        times = 2
        start = 2026-08-10
        words = "Speech-language therapy, 2 times per week, 30 minutes per session"
    """
    shell.done("new", "journal", "--from", "-", stdin=setup)
