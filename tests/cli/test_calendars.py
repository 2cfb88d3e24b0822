"""The verb calendar: one school year for all cases of a district."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell

CASE = """
[child]
name = "{child}"
[school]
district = "Millbrook School District"
[[services]]
handle = "speech"
minutes = 30
times = 5
per = "week"
start = 2026-11-16
"""


@pytest.fixture
def siblings(shell: Shell, tmp_path: Path) -> Shell:
    """Two cases of one district, and the year of its school."""
    for slug, child in (("maya", "Maya Bell"), ("sam", "Sam Bell")):
        setup = tmp_path / f"{slug}.toml"
        setup.write_text(CASE.format(child=child))
        shell.done("new", slug, "--from", str(setup))
    shell.done("calendar", "--case", "maya", "year", "8/6/2026", "5/25/2027")
    return shell


def due(shell: Shell, slug: str) -> int:
    found = shell.done("services", "--case", slug, "--as-of", "2026-11-20", "--json").json
    assert found["calendar"] is True
    return int(found["services"][0]["conservative"]["due"])


def test_a_closure_added_once_applies_to_every_case_and_one_undo_takes_it_back(siblings: Shell) -> None:
    assert (due(siblings, "maya"), due(siblings, "sam")) == (150, 150)
    siblings.at("2026-11-24T15:20:00-06:00")
    siblings.done("calendar", "--case", "maya", "close", "11/19/2026", "11/20/2026", "--why", "Ice")
    assert (due(siblings, "maya"), due(siblings, "sam")) == (90, 90)
    siblings.done("undo", "--case", "maya", "--yes")
    assert (due(siblings, "maya"), due(siblings, "sam")) == (150, 150)


def test_a_closure_that_was_a_mistake_is_opened_again(siblings: Shell) -> None:
    siblings.done("calendar", "--case", "sam", "close", "11/19/2026", "--why", "Ice")
    siblings.done("calendar", "--case", "maya", "open", "11/19/2026", "--why", "it was the other district")
    assert due(siblings, "sam") == 150


def test_the_calendar_is_shown_with_its_school_days(siblings: Shell) -> None:
    siblings.done("calendar", "--case", "maya", "period", "quarter", "Q1", "8/6/2026", "10/9/2026")
    siblings.done("calendar", "--case", "maya", "early", "12/18/2026")
    siblings.done("calendar", "--case", "maya", "esy", "6/7/2027", "6/18/2027")
    shown = siblings.done("calendar", "--case", "sam").out
    assert "School year Thu Aug 6, 2026 to Tue May 25, 2027: 209 school days" in shown
    assert "quarter  Q1  Thu Aug 6, 2026 to Fri Oct 9, 2026" in shown
    (calendar,) = siblings.done("calendar", "--case", "sam", "--json").json["calendars"]
    assert (calendar["early"], calendar["esy"][0]["from"]) == (["2026-12-18"], "2027-06-07")


def test_a_case_without_a_district_keeps_its_own(shell: Shell) -> None:
    shell.done("new", "maya")
    shell.done("calendar", "year", "8/6/2026", "5/25/2027")
    shell.done("calendar", "close", "11/19/2026", "--why", "Ice")
    assert len(shell.done("calendar", "--json").json["calendars"][0]["closed"]) == 1


def test_an_import_is_shown_before_it_is_saved(siblings: Shell, tmp_path: Path) -> None:
    published = tmp_path / "closed.csv"
    published.write_text("Date,Event\n11/19/2026,Ice storm\n11/20/2026,Schools closed\n")
    shown = siblings.done("calendar", "--case", "maya", "import", str(published))
    assert "left out" in shown.out
    assert due(siblings, "maya") == 150
    siblings.done("calendar", "--case", "maya", "import", str(published), "--close", "1", "--yes")
    assert due(siblings, "sam") == 90
    again = siblings("calendar", "--case", "sam", "import", str(published), "--close", "1", "--yes")
    assert again.code == 1
    assert "already" in again.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("close", "7/5/2027", "--why", "Independence Day"), "No school calendar is known"),
        (("close", "11/20/2026", "11/19/2026", "--why", "Ice"), "not an end"),
        (("year", "8/6/2026", "8/5/2026"), "not a last day of school"),
        (("import", "nowhere.ics"), "not a file that can be read"),
        (("open", "11/19/2026", "--why", "x"), "is not closed"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(siblings: Shell, words: tuple[str, ...], sentence: str) -> None:
    refused = siblings("calendar", "--case", "maya", *words)
    assert refused.code == 1
    assert sentence in refused.err
    assert due(siblings, "maya") == 150


def test_without_any_calendar_it_says_how_to_get_one(shell: Shell) -> None:
    shell.done("new", "maya")
    assert "calendar import" in shell.done("calendar").err


@pytest.mark.parametrize("damage", [None, b"", b"{"])
def test_a_districts_lost_file_is_brought_back_by_what_the_refusal_says(siblings: Shell, damage: bytes | None) -> None:
    siblings.done("calendar", "--case", "maya", "close", "11/19/2026", "--why", "Ice")
    siblings.at("2026-11-24T15:20:00-06:00")
    siblings.done("calendar", "--case", "maya", "close", "11/20/2026", "--why", "Ice")
    (file,) = (siblings.home / "districts").glob("*.json")
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    refused = siblings("list", "--case", "sam")
    assert refused.code == 3
    assert "Bring it back with: iepjournal restore --district 'Millbrook School District'" in refused.err
    name = ("--district", "Millbrook School District")
    assert "records" in siblings.done("backups", *name).out
    restored = siblings.done("restore", *name, "--yes")
    assert "What the cases of Millbrook School District share, as it was on" in restored.err
    siblings.done("list", "--case", "sam")
    (calendar,) = siblings.done("calendar", "--case", "sam", "--json").json["calendars"]
    assert [span["from"] for span in calendar["closed"]] == ["2026-11-19"]


def test_a_district_nobody_wrote_for_cannot_be_restored(siblings: Shell) -> None:
    refused = siblings("restore", "--district", "Elsewhere")
    assert refused.code == 1
    assert "Nothing was written here for a district Elsewhere." in refused.err
