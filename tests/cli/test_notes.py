"""Old notes from files: shown first, saved when that is said, never twice and never half."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Shell

    from iepjournal.core.records import Entry

CSV = "Date,Notes,Minutes\n9/8/2026,No speech today,30\n9/10/2026,Aide out,15\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], str]:
    """Write a file and give its path."""

    def write(name: str, content: str | bytes) -> str:
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return str(tmp_path / name)

    return write


@pytest.fixture
def _in_mississippi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/Chicago")
        time.tzset()
        yield
    time.tzset()


def entries(shell: Shell) -> list[Entry]:
    return list(CaseStore(shell.case_folder()).case().entries)


def test_notes_are_shown_first_and_nothing_is_saved(shell: Shell, family: None, file: Callable[..., str]) -> None:
    answer = shell.done("import", file("notes.csv", CSV))
    assert answer.out.splitlines() == [
        "row 2: Tue Sep 8 · note: No speech today",
        "row 3: Thu Sep 10 · note: Aide out",
    ]
    assert "2 to be saved. Nothing is saved yet." in answer.err
    assert "Columns that are left out: Minutes." in answer.err
    assert entries(shell) == []


def test_for_programs_the_same_is_shown_in_json(shell: Shell, family: None, file: Callable[..., str]) -> None:
    shell.done("log", "9/8/2026: No speech today")
    first, second = shell.done("import", "--json", file("notes.csv", CSV)).json["notes"]
    assert (first["already_here"], second["already_here"]) == (True, False)
    assert second == {
        "source": "notes.csv, row 3", "happened_on": "2026-09-10", "at": None, "type": "note", "service": None,
        "who": [], "text": "Aide out", "already_here": False,
    }  # fmt: skip


def test_they_are_saved_as_recorded_today_with_their_source_and_one_undo_takes_them_back(
    shell: Shell, family: None, file: Callable[..., str]
) -> None:
    shell.done("import", "--yes", file("notes.csv", CSV))
    first, second = entries(shell)
    assert (first.source, second.source) == ("notes.csv, row 2", "notes.csv, row 3")
    assert (first.happened_on.isoformat(), first.recorded_at) == ("2026-09-08", shell.now)
    assert "from notes.csv, row 2" in shell.done("list").out
    assert "Taken over from notes.csv, row 2." in shell.done("show", "1").out
    shell.done("undo", "--yes")
    assert entries(shell) == []


def test_a_second_import_adds_only_what_is_new(shell: Shell, family: None, file: Callable[..., str]) -> None:
    shell.done("import", "--yes", file("notes.csv", CSV))
    longer = file("again.csv", CSV + "9/11/2026,OT came,20\n")
    assert "1 to be saved, 2 already here" in shell.done("import", longer).err
    shell.done("import", "--yes", longer)
    assert [entry.text for entry in entries(shell)] == ["No speech today", "Aide out", "OT came"]
    assert "Nothing was added" in shell.done("import", "--yes", longer).err


def test_several_files_come_in_together_and_the_same_note_once(
    shell: Shell, family: None, file: Callable[..., str]
) -> None:
    text = file("notes.txt", "9/8/2026: No speech today\n9/9/2026: No OT\n")
    shell.done("import", "--yes", file("notes.csv", CSV), text)
    assert [entry.text for entry in entries(shell)] == ["No speech today", "Aide out", "No OT"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('Date,Notes\n9/8/2026,"No speech\n9/9/2026,x\n', "(row 2, column 2)"),
        ("Date,Notes\n9/8/2026,ok\n9/9/2026,one,two\n", "(row 3, column 3)"),
        ("Date,Notes\n9/8/2026,ok\n9/9/2026\n", "(row 3, column 2)"),
        (b"Date,Notes\n9/8/2026,caf\xe9\n", "--encoding cp1252"),
        ("Date,Notes\n9/8/2026,ok\n9/9,x\n", "“9/9” has no year (row 3, column 1)"),
        ("Date,Notes\n", "no note in it"),
        ("", "no rows"),
    ],
)
def test_a_mistake_refuses_the_whole_file_in_one_sentence(
    shell: Shell, family: None, file: Callable[..., str], content: str | bytes, said: str
) -> None:
    answer = shell("import", "--yes", file("notes.csv", content))
    assert answer.code == 1
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert entries(shell) == []


def test_a_byte_order_mark_and_an_older_excel_are_read(shell: Shell, family: None, file: Callable[..., str]) -> None:
    shell.done("import", "--yes", file("a.csv", b"\xef\xbb\xbfDate;Notes\r\n9/8/2026;x\r\n"))
    shell.done("import", "--yes", "--encoding", "cp1252", file("b.csv", b"Date,Notes\n9/8/2026,caf\xe9\n"))
    assert [entry.text for entry in entries(shell)] == ["x", "café"]


def test_columns_are_picked_and_a_year_is_stated(shell: Shell, family: None, file: Callable[..., str]) -> None:
    name = file("notes.csv", "A,B\nNo speech,9/8\n")
    shell.done("import", "--yes", "--column", "date=2", "--column", "text=A", "--year", "2025", name)
    assert entries(shell)[0].happened_on.isoformat() == "2025-09-08"


@pytest.mark.parametrize("wrong", [["--year", "26"], ["--year", "2027"], ["--column", "date"], ["--column", "x=1"]])
def test_what_is_said_wrongly_saves_nothing(
    shell: Shell, family: None, file: Callable[..., str], wrong: list[str]
) -> None:
    answer = shell("import", "--yes", *wrong, file("notes.csv", CSV))
    assert answer.code == 1
    assert "Nothing was saved." in answer.err
    assert entries(shell) == []


def test_of_several_files_the_one_with_the_mistake_is_named(
    shell: Shell, family: None, file: Callable[..., str]
) -> None:
    answer = shell("import", "--yes", file("notes.csv", CSV), file("notes.txt", "no day"))
    assert "notes.txt:" in answer.err
    assert entries(shell) == []


@pytest.mark.usefixtures("_in_mississippi")
@pytest.mark.parametrize("name", ["talk.eml", "inbox.mbox", "inbox"])
def test_an_e_mail_is_kept_whole_beside_its_entry(
    shell: Shell, family: None, file: Callable[..., str], name: str
) -> None:
    mail = b"From: alott@millbrook.example\nTo: renee.bell@example.com\nDate: Wed, 09 Sep 2026 01:30:00 +0000\n\nNo.\n"
    shell.done("import", "--yes", file(name, mail if name == "talk.eml" else b"From x Tue Sep  8\n" + mail))
    (entry,) = entries(shell)
    assert (entry.happened_on.isoformat(), str(entry.at), entry.type, entry.who) == (
        "2026-09-08", "20:30:00", "email-in", ("lott",),
    )  # fmt: skip
    store = CaseStore(shell.case_folder())
    (kept,) = store.case().attachments
    assert kept.of == entry.uid
    assert store.file_path(kept.sha256).read_bytes() == mail


def test_a_zip_of_a_case_comes_in_alone(shell: Shell, family: None, file: Callable[..., str], tmp_path: Path) -> None:
    shell.done("export-case", "-o", str(tmp_path / "case.zip"))
    answer = shell("import", "--as", "copy", str(tmp_path / "case.zip"), file("notes.csv", CSV))
    assert answer.code == 1
    assert "alone" in answer.err
    assert len(shell.done("cases", "--json").json["cases"]) == 1


def test_the_plain_mode_asks_for_the_columns_and_saves_what_was_shown(
    shell: Shell, family: None, file: Callable[..., str]
) -> None:
    name = file("notes.csv", b"A,B,C\nNo speech,9/8,hill\nCaf\xe9,9/9,\n")
    answer = shell.done(
        "--plain", stdin="\n".join(["notes", name, "y", "2", "1", "", "", "3", "", "", "2026", "y", ""])
    )
    assert answer.out.index("2 to be saved") < answer.out.index("Saved 2 notes")
    assert [(entry.text, entry.who) for entry in entries(shell)] == [("No speech", ("hill",)), ("Café", ())]


def test_the_plain_mode_saves_nothing_unless_y_is_said(shell: Shell, family: None, file: Callable[..., str]) -> None:
    shell.done("--plain", stdin="\n".join(["notes", file("notes.txt", "9/8/2026: No speech"), "", "n", ""]))
    assert entries(shell) == []


HTML = b"<html><style>p{}</style><p>Dear&nbsp;parent,</p><p>No speech <b>today</b>.</p><script>x()</script></html>"
MAIL = b"From: a@m.example\nTo: me@example.com\nSubject: log\nDate: Tue, 08 Sep 2026 10:00:00 -0500\n"
MIXED = (
    MAIL + b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=BB\n\n"
    b"--BB\nContent-Type: text/plain\n\nSee attached.\n"
    b'--BB\nContent-Disposition: attachment; filename="../../log.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n'
    b"--BB--\n"
)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("excel.csv", "Date\tNotes\r\n9/8/2026\tNo speech “today”\r\n".encode("utf-16"), "No speech “today”"),
        ("quoted.csv", 'Date,Notes\n9/8/2026,"one\ntwo, with ""quotes"""\n', 'one\ntwo, with "quotes"'),
        ("mac.csv", "Date,Notes\r9/8/2026,x\r", "x"),
        ("formula.csv", "Date;Notes\n9/8/2026;=1+1\n", "=1+1"),
        ("notes.txt", "9/8/2026: x\n".encode("utf-16"), "x"),
        ("chat.txt", "[9/8/26, 3:10:22 PM] Ms. Hill: no speech\nand no OT\n", "Ms. Hill: no speech\nand no OT"),
        ("phone.txt", "\u200e[9/8/26, 3:10:22\u202fPM] Me: why?\n", "Me: why?"),
        ("android.txt", "9/8/26, 3:10 PM - Ms. Hill: no speech\n", "Ms. Hill: no speech"),
        ("jrnl.txt", "[2026-09-08 10:15 AM] No speech.\nShe cried.\n", "No speech.\nShe cried."),
        ("html.eml", MAIL + b"Content-Type: text/html\n\n" + HTML, "Dear parent,\nNo speech today."),
        ("box.mbox", b"From x Tue Sep  8\n" + MIXED, "Attached: ../../log.pdf\n\nSee attached."),
    ],
)
def test_files_as_they_come_from_other_programs(
    shell: Shell, family: None, file: Callable[..., str], name: str, content: str | bytes, text: str
) -> None:
    shell.done("import", "--yes", file(name, content))
    (entry,) = entries(shell)
    assert entry.happened_on.isoformat() == "2026-09-08"
    assert entry.recorded_at == shell.now
    assert entry.text.endswith(text)
    assert entry.source.startswith(name)


@pytest.mark.parametrize(
    "content", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0", b"\0" * 50, b"\xff\xfe\0", b"PK\x03\x04"]
)
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.eml", "a.mbox"])
def test_a_file_that_is_no_notes_is_refused_in_a_sentence(
    shell: Shell, family: None, file: Callable[..., str], name: str, content: bytes
) -> None:
    answer = shell("import", "--yes", file(name, content))
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert entries(shell) == []
