"""Every command that the README prints does what it says: on the made-up case, or in an empty home."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iepjournal.cli.demo import MOMENT
from iepjournal.cli.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Answer, Shell

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
STANDS_FOR = {"FILE": "notes.csv", "FOLDER": "copies", "VERB": "letter", "NAME": "maya"}
"""Words in capitals, and what the parent would write there."""
NEEDS_A_TERMINAL = "iepjournal"


def printed() -> Iterator[str]:
    """The commands of every block that is no set-up, and those inside sentences."""
    for kind, block in re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        yield from filter(None, [] if kind else block.splitlines())
    yield from re.findall(r"`(iepjournal(?: [^`]*)?)`", README)


class Bash:
    """As much of a shell as the README uses: ssh to here, a pipe from cat, < and >."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell

    def run(self, line: str) -> Answer | None:
        words = [STANDS_FOR.get(word, word) for word in shlex.split(line, comments=True)]
        stdin = b""
        if "|" in words:
            at = words.index("|")
            stdin, words = Path(words[at - 1]).read_bytes(), words[at + 1 :]
        if words[:1] == ["ssh"]:
            words = words[words.index("HOST") + 1 :]
        if "<" in words:
            at = words.index("<")
            stdin, words = Path(words[at + 1]).read_bytes(), words[:at]
        into = words.pop() if ">" in words else ""
        words = [word for word in words if word != ">"]
        assert words[0] == "iepjournal", line
        if words == [NEEDS_A_TERMINAL]:
            return None
        answer = self.shell(*words[1:], stdin=stdin or b"No speech today.\n")
        if into:
            Path(into).write_bytes(answer.raw)
        return answer


@pytest.fixture
def bash(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bash:
    """In the made-up case, with the files that the examples name."""
    monkeypatch.chdir(tmp_path)
    shell.done("demo", str(tmp_path / "demo"))
    shell.now = MOMENT.astimezone()
    Path("note.txt").write_text("today: the aide was there\n", encoding="utf-8")
    Path("note.jpg").write_bytes(b"\xff\xd8\xff\xe0 not quite a picture")
    Path("notes.csv").write_text("When,Notes\n9/8/2026,No speech\n", encoding="utf-8")
    return Bash(shell)


def test_every_command_of_the_readme_runs(bash: Bash) -> None:
    failed, ran = [], 0
    for line in printed():
        answer = bash.run(line)
        if answer and answer.code:
            failed.append(f"{line}\n  exit {answer.code}: {answer.err.strip()}")
        ran += answer is not None
    assert not failed, "\n".join(failed)
    assert ran > 20
    for name in ("letter.pdf", "meeting.pdf"):
        assert Path(name).read_bytes().startswith(b"%PDF")
    assert Path("journal-backup.zip").read_bytes().startswith(b"PK")


def test_the_readme_names_no_verb_that_there_is_not() -> None:
    named = {words.split()[1] for line in printed() for words in re.findall(r"iepjournal [a-z][a-z-]*", line)}
    assert named <= VERBS.keys()
    for name in re.findall(r"`(tests/[^`]+|iepjournal/[^`]*/|templates/|styles/)`", README):
        assert (Path(__file__).parents[2] / name).exists(), name
