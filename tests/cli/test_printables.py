"""Sheets to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iepjournal import library

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell


@pytest.mark.parametrize("name", library.printable_names())
def test_every_sheet_prints_as_text_and_pdf(shell: Shell, family: None, tmp_path: Path, name: str) -> None:
    text = shell.done("print", name).out
    assert text.startswith(library.printable(name).title.partition("?")[0].partition(":")[0])
    assert "{{" not in text
    assert shell.done("print", name, "--pdf").raw.startswith(b"%PDF")
    shell.done("print", name, "-o", str(tmp_path / "sheet.pdf"))
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_the_meeting_sheet_is_of_this_case(shell: Shell, family: None) -> None:
    shell.done("log", "!call @hill she will call back")
    shell.done("promise", "last", "--by", "fri", "will call back")
    text = shell.done("print", "meeting").out
    assert "Maya Bell" in text
    assert "will call back" in text
    assert "meeting" in shell.done("print").out
