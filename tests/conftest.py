"""Fixtures that more than one folder of tests shares."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from inspect import cleandoc
from typing import TYPE_CHECKING

import pytest
from casebook import Casebook, book_of
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from iepjournal.core.case import Case

settings.register_profile("deterministic", derandomize=True, deadline=None, database=None)
settings.load_profile("deterministic")

# Readline, which pytest loads, tells the size of pytest's own terminal to every process begun after it, workers too.
for size in ("COLUMNS", "LINES"):
    os.environ.pop(size, None)

# A shell's background job ignores it, and so would every program begun from there; a terminal's does not.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def book() -> Casebook:
    """A journal in memory that knows the family, its people and two services, and has no entry yet."""
    return book_of()


@pytest.fixture
def case(request: pytest.FixtureRequest, book: Casebook) -> Case:
    """The family's case after the lines of the test's docstring were logged, one a line, on Tue Nov 24, 2026."""
    book.log(*cleandoc(request.function.__doc__ or "").splitlines())
    return book.case


@pytest.fixture
def tool(tmp_path: Path) -> Callable[..., str]:
    """Run a PDF tool of the system on some bytes: `tool("pdftotext", pdf, "-layout")`."""

    def run(name: str, pdf: bytes, *options: str) -> str:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed (poppler-utils and qpdf)")
        path = tmp_path / "letter.pdf"
        path.write_bytes(pdf)
        ending = ["-"] if name == "pdftotext" else []
        done = subprocess.run([name, *options, str(path), *ending], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def words_of(tool: Callable[..., str]) -> Callable[[bytes], str]:
    """A PDF's text as one line of words."""
    return lambda pdf: " ".join(tool("pdftotext", pdf, "-layout").split())
