"""A published decision, entered as a parent would have, from the set-up to the letter read back from its PDF."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iepjournal.cli.play import steps

if TYPE_CHECKING:
    from conftest import Shell

CASES = Path(__file__).parents[1] / "cases"

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")


@pytest.fixture
def decision(shell: Shell) -> Shell:
    """Wisconsin DPI decision 23-051, played with its own clock."""
    folder = CASES / "dpi-23-051"
    shell.at("2023-03-07 18:00").done("new", "alex", "--from", str(folder / "setup.toml"))
    for step in steps((folder / "journal.txt").read_text()):
        shell.now = step.at
        shell.done(*step.argv)
    return shell


def read(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True).stdout
    return " ".join(text.split())


def test_the_sessions_that_did_not_take_place_stand_on_their_dates(decision: Shell) -> None:
    missed = decision.done("list", "--type", "missed", "--service", "speech", "--json").json["entries"]
    assert [entry["happened_on"] for entry in missed] == ["2023-04-20", "2023-04-27"]
    assert [entry["recorded_at"][:10] for entry in missed] == ["2023-04-20", "2023-04-27"]
    assert decision.done("verify").code == 0


@needs_pdftotext
def test_the_letter_says_what_the_article_asks_for_with_the_dates_of_the_journal(
    decision: Shell, tmp_path: Path
) -> None:
    pdf = decision.done("letter", "export", "last", "--pdf").raw
    text = read(pdf, tmp_path)
    for said in (
        "May 10, 2023",
        "Special Education Director",
        "IEP of March 7, 2023",
        "1 time per week for 3 out of 4 weeks",
        "April 17, 2023",
        "April 20, 2023",
        "April 27, 2023",
        "May 3, 2023",
        "Individuals with Disabilities Education Act",
        "Mississippi State Board Policy Chapter 74, Rule 74.19",
        "written answer",
        "meeting of the IEP Committee",
        "Record: 4 entries to May 3, 2023 · seal ",
    ):
        assert said in text
    assert "[" not in text, "no blank is left"


@needs_pdftotext
def test_the_seal_on_the_letter_is_found_in_the_journal(decision: Shell, tmp_path: Path) -> None:
    text = read(decision.done("letter", "export", "last", "--pdf").raw, tmp_path)
    seal = text.partition("seal ")[2].split()[0]
    decision.at("2023-06-01 09:00").done("log", "written after the letter")
    assert "That seal is here" in decision.done("verify", seal).err


def test_the_letter_is_the_same_file_each_time_until_its_text_changes(decision: Shell) -> None:
    first = decision.done("letter", "export", "last", "--pdf").raw
    decision.at("2023-05-12 09:00").done("log", "one more entry")
    assert decision.done("letter", "export", "last", "--pdf").raw == first
    text = decision.done("letter", "export", "last", "--md").out
    decision.done("letter", "edit", "last", "-", stdin=text.partition("Dear")[1] + text.partition("Dear")[2] + "\nPS")
    assert decision.done("letter", "export", "last", "--pdf").raw != first
