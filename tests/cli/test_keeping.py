"""Verify, backups, transfer, doctor: what keeps the journal safe, from the shell."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell

UNBROKEN, BROKEN, SEAL_NOT_FOUND = 0, 3, 4


def test_verify_finds_a_seal_somebody_holds_and_says_what_it_shows(shell: Shell) -> None:
    shell.done("log", "one")
    held = shell.done("verify", "--json").json["seal"]
    shell.done("log", "two")
    answer = shell.done("verify", held[:20].upper())
    assert "unbroken" in answer.out
    assert "entry 1" in answer.err
    assert shell("verify", "0" * 20).code == SEAL_NOT_FOUND


def test_verify_names_the_first_record_that_was_changed_by_hand(shell: Shell) -> None:
    for text in ("one", "two", "three"):
        shell.done("log", text)
    file = shell.case_folder() / "case.json"
    file.write_text(file.read_text().replace('"two"', '"TWO"'))
    answer = shell("verify", "--json")
    assert answer.code == BROKEN
    assert answer.json["ok"] is False
    assert answer.json["first_broken"].startswith("entry 2")
    assert "TWO" in shell.done("list").out, "a hand-edited file still opens"


def test_verify_hashes_the_kept_files_again(shell: Shell, tmp_path: Path) -> None:
    shell.done("log", "report card")
    (tmp_path / "card.pdf").write_bytes(b"%PDF-1.4 card")
    shell.done("attach", "1", str(tmp_path / "card.pdf"))
    shell.done("attach", "last", "-", "--name", "photo.jpg", stdin=b"jpeg")
    assert {file["state"] for file in shell.done("verify", "--json").json["attachments"]} == {"same"}
    kept = next(path for path in (shell.case_folder() / "files").iterdir() if path.read_bytes() == b"jpeg")
    kept.chmod(0o600)
    kept.write_bytes(b"changed")
    assert shell("verify").code == BROKEN


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"_default": {}}', b"\xff\xfe", None])
def test_a_damaged_file_is_never_written_over_and_the_backup_brings_it_back(shell: Shell, damage: bytes | None) -> None:
    for text in ("one", "two", "three"):
        shell.done("log", text)
    file = shell.case_folder() / "case.json"
    file.write_bytes(file.read_bytes()[:-400] if damage is None else damage)
    before = file.read_bytes()
    answer = shell("log", "four")
    assert answer.code == 3
    assert answer.err.count("\n") == 1
    assert "restore" in answer.err
    assert file.read_bytes() == before
    shell.done("restore", "--yes")
    assert [entry["text"] for entry in shell.done("list", "--json").json["entries"]][:2] == ["one", "two"]


def test_a_newer_format_is_refused_in_one_sentence(shell: Shell) -> None:
    shell.done("log", "one")
    file = shell.case_folder() / "case.json"
    file.write_text(file.read_text().replace('"format": 1', '"format": 99'))
    answer = shell("log", "two")
    assert answer.code == 3
    assert "newer iepjournal" in answer.err
    assert "99" in file.read_text()


def test_restore_shows_what_would_go_and_keeps_it(shell: Shell) -> None:
    shell.done("log", "one")
    shell.done("log", "two")
    shell.done("log", "three")
    rows = shell.done("backups", "--json").json["backups"]
    answer = shell("restore", rows[-1]["name"], stdin="n\n", tty=True)
    assert answer.code == 1
    assert "“three”" in answer.err
    shell.done("restore", rows[0]["name"], "--yes")
    assert len(shell.done("list", "--json").json["entries"]) == 2
    assert shell.done("verify").code == UNBROKEN
    shell.done("restore", "1", "--yes")
    assert len(shell.done("list", "--json").json["entries"]) == 3


def test_a_case_survives_the_trip_to_another_machine_whole(shell: Shell, tmp_path: Path, family: None) -> None:
    shell.done("log", "-", stdin="!call @hill “back Monday”")
    shell.done("log", "--private", "tired")
    shell.done("attach", "1", "-", "--name", "note.txt", stdin=b"a note")
    shell.done("strike", "2", "--why", "not here")
    archive = tmp_path / "case.zip"
    archive.write_bytes(shell.done("backup", "-").raw)
    assert zipfile.ZipFile(archive).testzip() is None
    before = (shell.case_folder() / "case.json").read_bytes()
    listed, seal = shell.done("list", "--json", "--struck").json, shell.done("verify", "--json").json
    shell.monkeypatch.setenv("IEPJOURNAL_HOME", str(tmp_path / "elsewhere"))
    shell.home = tmp_path / "elsewhere"
    shell.done("import", str(archive))
    assert (shell.case_folder() / "case.json").read_bytes() == before
    assert shell.done("list", "--json", "--struck").json == listed
    assert shell.done("verify", "--json").json == seal
    assert shell("import", str(archive)).code == 1, "never over a case that is there"


def test_the_set_up_of_a_case_makes_another_like_it(shell: Shell, tmp_path: Path, family: None) -> None:
    written = shell.done("export-case", "--setup").out
    shell.done("new", "again", "--from", "-", stdin=written)
    assert shell.done("--case", "again", "export-case", "--setup").out == written


def test_backup_goes_into_a_folder_and_never_over_a_file(shell: Shell, tmp_path: Path) -> None:
    shell.done("log", "one")
    for _ in range(2):
        shell.done("backup", str(tmp_path))
    copies = sorted(path.name for path in tmp_path.glob("*.zip"))
    assert copies == ["journal-2026-11-24-2.zip", "journal-2026-11-24.zip"]
    assert shell("backup", str(tmp_path / copies[0])).code == 1


def test_doctor_looks_and_mends_modes(shell: Shell) -> None:
    shell.done("log", "one")
    (shell.case_folder() / "case.json").chmod(0o644)
    answer = shell.done("doctor", "--json")
    assert any(check["state"] == "mended" for check in answer.json["checks"])
    assert (shell.case_folder() / "case.json").stat().st_mode & 0o777 == 0o600


def test_a_set_up_with_a_mistake_makes_nothing_and_names_the_key(shell: Shell) -> None:
    answer = shell("new", "maya", "--from", "-", stdin='[child]\nname = 7\nshoe = "x"\n[iep]\ndate = "soon"\n')
    assert answer.code == 1
    assert "child.name" in answer.err
    assert "child.shoe" in answer.err
    assert "iep.date" in answer.err
    assert not (shell.home / "cases" / "maya").exists()
    assert shell("new", "Maya Bell").code == 1


def test_json_listings_are_json(shell: Shell) -> None:
    shell.done("log", "one")
    for command in (
        ["cases"],
        ["list"],
        ["people"],
        ["backups"],
        ["verify"],
        ["doctor"],
        ["letter", "list"],
        ["show", "1"],
    ):
        assert isinstance(json.loads(shell.done(*command, "--json").out), dict)
