"""The verb packet: from a logged case to two sets in a few commands, and the clocks that start."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import zipfile
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from fpdf import FPDF
from PIL import Image

from iepjournal.cli.desk import Desk, system_clock
from iepjournal.export.steps import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Shell

    from iepjournal.export.steps import Tell

pytestmark = pytest.mark.usefixtures("family")


def log_of_sessions(path: Path) -> Path:
    """One page, as a parent would scan it."""
    sheet = FPDF(unit="pt", format="letter")
    sheet.set_font("helvetica", size=11)
    sheet.add_page()
    sheet.text(40, 40, "log of sessions")
    sheet.output(str(path))
    return path


@pytest.fixture
def logged(shell: Shell, tmp_path: Path) -> Shell:
    """A session that was not given, and the school's log that shows it."""
    shell.done("profile", "child.address=114 Pecan Street, Millbrook, MS 39999")
    shell.done("log", "-", stdin="9/10 !missed %speech No speech today.")
    shell.done("attach", "1", str(log_of_sessions(tmp_path / "slp-log.pdf")))
    return shell


def test_one_command_makes_both_sets_of_a_logged_case(logged: Shell, tmp_path: Path) -> None:
    file = tmp_path / "packet.zip"
    logged.done("packet", "export", "-o", str(file))
    with zipfile.ZipFile(file) as archive:
        sets = {archive.read(f"complaint-{copy}.pdf") for copy in ("mde", "lea")}
    counts = {len(pikepdf.open(BytesIO(pdf)).pages) for pdf in sets}
    assert (len(sets), len(counts)) == (2, 1)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_new_packet_says_what_it_claims_and_how_far_back_it_reaches(logged: Shell) -> None:
    answer = logged.done("packet", "new", "--received-by", "12/4")
    assert "1 claims, 1 exhibits" in answer.out
    assert "reaches back to Fri Dec 5, 2025, if the state has it by Fri Dec 4, 2026" in answer.out
    assert "Speech therapy: not provided as the IEP is written" in answer.out


def test_a_second_packet_waits_until_the_first_was_sent(logged: Shell) -> None:
    logged.done("packet", "new")
    again = logged("packet", "new")
    assert again.code == 1
    assert "is not sent yet" in again.err


def test_check_names_each_part_with_its_rule_and_page(logged: Shell) -> None:
    logged.done("packet", "new")
    shape = logged.done("packet", "check", "--json").json
    assert shape["ready"] is True
    assert {part["part"]: bool(part["page"]) for part in shape["parts"]} == {
        part["part"]: True for part in shape["parts"]
    }
    assert "34 CFR 300.153(b)(3)" in logged.done("packet", "check").out


def test_what_is_missing_is_named_first_and_stops_the_final(shell: Shell, tmp_path: Path) -> None:
    shell.done("log", "-", stdin="9/10 !missed %speech No speech today.")
    shell.done("packet", "new")
    answer = shell("packet", "check")
    assert answer.code == 1
    assert answer.err.startswith("1 ✗ residence: Missing: the address of the child’s residence")
    refused = shell("packet", "export", "-o", str(tmp_path / "p.pdf"))
    assert refused.code == 1
    assert "Nothing was written" in refused.err
    assert not (tmp_path / "p.pdf").exists()
    shell.done("packet", "export", "--draft", "-o", str(tmp_path / "p.pdf"))


def test_an_override_is_logged_with_what_was_missing(shell: Shell, tmp_path: Path) -> None:
    shell.done("log", "-", stdin="9/10 !missed %speech No speech today.")
    shell.done("packet", "new")
    shell.done("packet", "export", "--override", "MDE has the address", "-o", str(tmp_path / "p.pdf"))
    stored = (shell.case_folder() / "case.json").read_text()
    assert '"overridden"' in stored
    assert '"MDE has the address"' in stored
    assert "Missing: the address" in stored


def test_claims_are_chosen_and_changed_by_number(logged: Shell) -> None:
    logged.done("packet", "new")
    logged.done("log", "-", stdin="9/15 !missed %speech None again.")
    assert "2 facts" in logged.done("packet", "claim", "1", "--add", "all").out
    logged.done("packet", "claim", "add", "other")
    logged.done(
        "packet", "claim", "2", "--title", "The reading aide", "--text", "The aide was taken away on October 5, 2026.",
        "--ask", "The aide comes back.", "--first",
    )  # fmt: skip
    assert logged.done("packet", "check", "--json").json["ready"] is True
    listed = logged.done("packet", "claim").out
    assert "proposes: The aide comes back." in listed
    assert "proposes: make-up" in listed
    logged.done("packet", "claim", "drop", "1", "--why", "not sure")
    assert logged.done("packet", "claim").out.count("proposes: The aide") == 0


def test_training_and_reimbursement_are_proposed_by_name(logged: Shell, words_of: Callable[[bytes], str]) -> None:
    logged.done("packet", "new")
    logged.done("packet", "claim", "1", "--training", "--reimbursement", "speech at the clinic on October 5, 2026, $60")
    said = words_of(logged.done("packet", "export").raw)
    assert "are told again, in writing, what it asks of each of them (34 CFR 300.323(d))" in said
    assert "reimburses me for speech at the clinic on October 5, 2026, $60." in said
    logged.done("packet", "claim", "1", "--no-ask", "reimbursement")
    assert "reimbursement" not in logged.done("packet", "claim").out


def test_exhibits_are_put_in_order_titled_and_left_out_and_one_undo_takes_each_back(
    logged: Shell, tmp_path: Path
) -> None:
    for name in ("report-card.pdf", "notes.pdf"):
        logged.done("attach", "1", str(log_of_sessions(tmp_path / name)))
    logged.done("packet", "new")
    in_order = ["A  slp-log.pdf", "B  report-card.pdf", "C  notes.pdf"]

    def listed() -> list[str]:
        return [line.partition("  [[")[0].strip() for line in logged.done("packet", "exhibit").out.splitlines()]

    assert listed() == in_order
    logged.done("packet", "exhibit", "notes", "--place", "1", "--title", "Teacher’s notes")
    assert listed() == ["A  Teacher’s notes", "B  slp-log.pdf", "C  report-card.pdf"]
    logged.done("packet", "exhibit", "drop", "slp-log", "--why", "shows nothing")
    assert listed() == ["A  Teacher’s notes", "B  report-card.pdf"]
    assert "no exhibit" not in logged.done("packet", "check").err
    logged.done("undo", "--yes")
    assert listed() == ["A  Teacher’s notes", "B  slp-log.pdf", "C  report-card.pdf"]
    logged.done("undo", "--yes")
    assert listed() == in_order
    assert logged("packet", "exhibit", "--by-mention").code == 1
    assert logged("packet", "exhibit", "notes", "--place", "4").code == 1


def test_the_grid_shows_what_shows_each_fact(logged: Shell) -> None:
    logged.done("log", "-", stdin="9/15 !child-said %speech None again.")
    logged.done("session", "speech", "missed", "--on", "9/17", "--how", "saw")
    logged.done("packet", "new")
    grid = logged.done("packet", "show").out
    assert [line.split("2026")[1].strip() for line in grid.splitlines()[1:]] == [
        "Ex. A", "– only the child’s word", "– no document",
    ]  # fmt: skip


def test_the_effect_comes_from_standard_input_and_a_name_is_replaced(logged: Shell) -> None:
    logged.done("packet", "new")
    logged.done("packet", "set", "--effect", "-", stdin="Since October 1, 2026 Liam reads for Maya.\n")
    assert "“Liam” is nobody in the case" in logged.done("packet", "check").err
    assert "Others will read these names: Liam" in logged.done("packet", "export").err
    logged.done("packet", "name", "Liam", "Student B")
    told = logged.done("packet", "check").err
    assert "Liam" not in told
    assert "Names on the pages of exhibits are not looked for" in told


def test_a_photo_that_cannot_be_read_is_one_clear_sentence(
    logged: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    photo = tmp_path / "IMG_1.heic"
    photo.write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 100)
    logged.done("attach", "1", str(photo))
    logged.done("packet", "new")
    answer = logged("packet", "export", "-o", str(tmp_path / "p.pdf"))
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "HEIC" in answer.err
    assert "JPEG" in answer.err


def test_a_file_that_was_changed_in_the_folder_goes_into_no_packet(logged: Shell, tmp_path: Path) -> None:
    logged.done("packet", "new")
    (kept,) = (logged.case_folder() / "files").iterdir()
    kept.write_bytes(log_of_sessions(tmp_path / "other.pdf").read_bytes() + b"\n")
    answer = logged("packet", "export", "-o", str(tmp_path / "p.pdf"))
    assert answer.code == 1
    assert "is not the file that was kept" in answer.err


def test_the_clocks_start_when_both_sets_are_marked_sent(logged: Shell, tmp_path: Path) -> None:
    logged.done("packet", "new")
    first = logged.done("packet", "sent", "--to", "mde", "--by", "certified", "--tracking", "7019")
    assert "The other set is not marked as sent yet" in first.err
    assert "Both sets are on their way" in logged.done("packet", "sent", "--to", "district", "--by", "certified").err
    logged.at("2026-11-28 10:00").done("packet", "received", "--to", "mde", "--on", "11/27")
    due = {one["rule"]: one for one in logged.done("due", "--json").json["deadlines"]}
    assert due["complaint-decision-60"]["start_from"] == "2026-11-27"
    assert due["complaint-copy-to-district"]["status"] == "met"


def test_both_sets_are_marked_at_once_each_with_its_number(logged: Shell) -> None:
    logged.done("packet", "new")
    assert logged("packet", "sent", "--to", "both", "--by", "pigeon").code == 1
    logged.done("packet", "sent", "--to", "both", "--by", "certified", "--tracking", "7019,7020")
    stored = (logged.case_folder() / "case.json").read_text()
    assert ['"7019"' in stored, '"7020"' in stored] == [True, True]
    assert len(list((logged.case_folder() / "letters").iterdir())) == 2
    logged.done("packet", "received", "--to", "both")
    logged.done("verify")


@pytest.mark.parametrize("name", ["set.pdf", "set.zip"])
def test_what_is_stopped_leaves_nothing_half_made(
    logged: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Ctrl-C comes while pages are put together; even the override is not logged, as nothing came of it."""

    def stop(step: Step) -> None:
        if step.doing.endswith("Putting the pages together") and step.done == 2:
            raise KeyboardInterrupt

    @contextmanager
    def progress(desk: Desk) -> Iterator[Tell]:
        yield stop

    logged.done("profile", "child.address=")
    logged.done("packet", "new")
    monkeypatch.setattr(Desk, "progress", progress)
    answer = logged("packet", "export", "--override", "MDE has it", "-o", str(tmp_path / name))
    assert (answer.code, "Stopped" in answer.err) == (130, True)
    assert list(tmp_path.glob("set*")) == []
    assert '"overridden"' not in (logged.case_folder() / "case.json").read_text()


def test_progress_is_one_line_of_a_terminal_that_is_gone_when_the_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 20, 40, 0, 0))
    with os.fdopen(there, "w", encoding="utf-8") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        with Desk(system_clock).progress() as tell:
            tell(Step("The state’s set. Putting the pages together", 7, 500))
        written = ""
        while not written.endswith("together: 7 of 500\r\x1b[K"):  # a terminal hands on in pieces
            assert select.select([here], [], [], 10)[0], written
            written += os.read(here, 4096).decode()
    os.close(here)
    (shown, *rest) = written.removeprefix("\r\x1b[K").split("\r\x1b[K")
    assert (len(shown), rest) == (39, [""])


def test_after_sending_the_sets_stay_as_they_were(logged: Shell, tmp_path: Path) -> None:
    logged.done("packet", "new")
    logged.done("packet", "sent", "--to", "mde", "--by", "mail")
    before = logged.done("packet", "export", "--copy", "lea").raw
    logged.done("amend", "1", "No speech at all.", "--why", "clearer")
    logged.done("packet", "sent", "--to", "district", "--by", "mail")
    assert logged.done("packet", "export", "--copy", "lea").raw == before
    assert logged("packet", "set", "--covers", "off").code == 1
    logged.done("verify")


def test_a_set_is_split_at_exhibits(logged: Shell, tmp_path: Path) -> None:
    for number in range(3):
        noise = Image.effect_noise((1400, 1800), 90 + number)
        noise.save(tmp_path / f"scan-{number}.png")
        logged.done("attach", "1", str(tmp_path / f"scan-{number}.png"))
    logged.done("packet", "new")
    logged.done("packet", "export", "--split", "2", "-o", str(tmp_path / "set.pdf"))
    names = sorted(path.name for path in tmp_path.glob("set*.pdf"))
    assert names == [f"set-{n}.pdf" for n in range(1, len(names) + 1)]
    assert len(names) > 1
    (tmp_path / "other-2.pdf").write_bytes(b"")
    assert logged("packet", "export", "--split", "2", "-o", str(tmp_path / "other.pdf")).code == 1
    assert not (tmp_path / "other-1.pdf").exists()


def test_the_sheet_for_the_counter_names_both_addresses(logged: Shell, words_of: Callable[[bytes], str]) -> None:
    logged.done("packet", "new")
    said = words_of(logged.done("packet", "export", "--sheet").raw)
    assert "P.O. Box 771" in said
    assert "Copy for Millbrook School District" in said
    assert "5 Court Square Millbrook, MS 39999" in said
    assert "Sign both in ink, over your name at the end of the complaint (p. 00" in said
