"""What a quick command loads, seen from outside: real verbs in a fresh interpreter, then a look at sys.modules."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    "textual",
    "rich",
    "fpdf",
    "fontTools",
    "markdown_it",
    "icalendar",
    "pikepdf",
    "PIL",
    "tomli_w",
    "asyncio",
    "spellchecker",
)

RUN = """
import sys
from iepjournal.cli.main import main
code = main(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded_by(home: Path, *argv: str) -> set[str]:
    env = {**os.environ, "IEPJOURNAL_HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    result = subprocess.run(
        [sys.executable, "-c", RUN, *argv],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
    )
    code, *modules = result.stderr.splitlines()[-1].split()
    assert code == "0", result.stderr
    return set(modules)


@pytest.mark.parametrize(
    "argv",
    [
        ["log", "yesterday 3:10p !call #speech she said “Monday”"],
        ["list"],
        ["list", "--json"],
        ["show", "1"],
        ["undo", "--yes"],
        ["due"],
        ["due", "--line"],
        ["people"],
        ["verify"],
        ["services"],
        ["board"],
        ["profile"],
        ["letter", "list"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_a_quick_command_loads_nothing_that_draws_or_prints(tmp_path: Path, argv: list[str]) -> None:
    loaded_by(tmp_path / "home", "log", "first")
    assert not loaded_by(tmp_path / "home", *argv).intersection(HEAVY)


def test_log_loads_neither_dataclasses_nor_other_verbs(tmp_path: Path) -> None:
    """Each of these costs more than the save itself."""
    loaded = loaded_by(tmp_path / "home", "log", "No speech today")
    assert not loaded.intersection({"dataclasses", "inspect", "uuid", "secrets", "tempfile", "orjson", "dateutil"})


def test_the_first_page_waits_for_no_letter_and_no_text_area() -> None:
    """Nor for any other page: what is not looked at costs no start-up time."""
    script = (
        "import sys, iepjournal.app, iepjournal.screens.today, iepjournal.store.case_store;"
        "print(*(name for name in sys.argv[1:] if name in sys.modules))"
    )
    others = ("log", "services", "deadlines", "letters", "packet", "case", "add", "tour", "write")
    heavy = ("textual.widgets._text_area", "iepjournal.core.letters", "iepjournal.core.facts", "tomllib", "orjson")
    names = (*heavy, *(f"iepjournal.screens.{name}" for name in others))
    result = subprocess.run([sys.executable, "-c", script, *names], capture_output=True, check=True, text=True)
    assert result.stdout.split() == []
