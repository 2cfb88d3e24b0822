"""Files that become exhibits: what is set and stamped, and what is refused in one sentence."""

from __future__ import annotations

import hashlib
import re
from email.message import EmailMessage
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from casebook import TODAY
from fpdf import FPDF
from PIL import Image

from iepjournal.core.exhibits import Labelled
from iepjournal.core.records import Attachment, Exhibit
from iepjournal.errors import ExhibitRefused
from iepjournal.export.binding import Part, bound
from iepjournal.export.exhibits import exhibit_pdf, read_exhibits, without_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from iepjournal.export.steps import Step

FOOT = "the last line of the page"


def opened(path: Path) -> pikepdf.Pdf:
    return exhibit_pdf(labelled(path), path, TODAY)


def labelled(path: Path) -> Labelled:
    exhibit = Exhibit(handle="log", of="a")
    source = Attachment(uid="a", name=path.name)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    return Labelled(label="A", exhibit=exhibit, source=source, sha256=sha256, title=path.name, name=path.name)


def paper(path: Path, *, orientation: str = "P", pages: int = 1) -> Path:
    """Pages written on from edge to edge."""
    sheet = FPDF(unit="pt", format="letter", orientation=orientation)  # type: ignore[arg-type]
    sheet.set_font("helvetica", size=11)
    for _ in range(pages):
        sheet.add_page()
        sheet.text(20, 20, "the first line of the page")
        sheet.text(20, sheet.h - 4, FOOT)
    sheet.output(str(path))
    return path


def bound_alone(pdf: pikepdf.Pdf) -> bytes:
    return bound([Part(title="A", pages=pdf.pages, label="Exhibit A")], prefix="BELL", title="Packet", dated=TODAY)


def test_text_is_set_with_all_its_characters(tmp_path: Path, words_of: Callable[[bytes], str]) -> None:
    (tmp_path / "mail.txt").write_text("Dear Nuñez:\n\n“Yes.” \x1b[31mred\n**not bold**\n", encoding="utf-8")
    out = BytesIO()
    opened(tmp_path / "mail.txt").save(out)
    assert "Dear Nuñez: “Yes.” red **not bold**" in words_of(out.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_text_is_read_in_the_encoding_it_was_written_in(
    tmp_path: Path, words_of: Callable[[bytes], str], encoding: str
) -> None:
    (tmp_path / "mail.txt").write_text("Dear Nuñez: “Yes.”", encoding=encoding)
    out = BytesIO()
    opened(tmp_path / "mail.txt").save(out)
    assert "Dear Nuñez: “Yes.”" in words_of(out.getvalue())


def test_an_email_is_set_as_one_reads_it(tmp_path: Path, words_of: Callable[[bytes], str]) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Alma Peña <a@example.org>", "b@example.org", "Speech — makeup"
    mail["Date"] = "Thu, 10 Sep 2026 15:20:00 -0500"
    mail.set_content("We have no therapist this month. " * 6 + "It’s “so”.\n", cte="base64")
    mail.add_attachment(b"a log", maintype="application", subtype="pdf", filename="log.pdf")
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    out = BytesIO()
    opened(tmp_path / "mail.eml").save(out)
    words = words_of(out.getvalue())
    assert words.startswith(
        "From: Alma Peña <a@example.org> To: b@example.org Subject: Speech — makeup "
        "Date: Thu, 10 Sep 2026 15:20:00 -0500 Attached: log.pdf We have no therapist this month."
    )
    assert words.endswith("It’s “so”.")


@pytest.mark.parametrize("orientation", ["P", "L"])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_stamp_stands_under_the_page_and_never_on_it(
    tmp_path: Path, tool: Callable[..., str], orientation: str, turned: int
) -> None:
    path = paper(tmp_path / "log.pdf", orientation=orientation)
    pdf = opened(path)
    pdf.pages[0].rotate(turned, relative=True)
    done = bound_alone(pdf)
    with pikepdf.open(BytesIO(done)) as made:
        sheet = made.pages[0]
        left, bottom, right, top = (float(edge) for edge in sheet.mediabox)
    assert (right - left > top - bottom) == ((orientation == "L") != (turned % 180 == 90))
    boxes = tool("pdftotext", done, "-bbox")
    stamp_top = min(float(found) for found in _tops(boxes, "BELL-0001"))
    lines = [float(found) for found in _bottoms(boxes, "line")]
    assert len(lines) == 2
    assert max(lines) < stamp_top


def _tops(boxes: str, word: str) -> list[str]:
    return re.findall(rf'yMin="([\d.]+)" xMax="[\d.]+" yMax="[\d.]+">{word}<', boxes)


def _bottoms(boxes: str, word: str) -> list[str]:
    return re.findall(rf'yMax="([\d.]+)">{word}<', boxes)


def refusal(path: Path) -> str:
    with pytest.raises(ExhibitRefused) as refused:
        opened(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\3\4\0\0", "is of a kind that cannot be printed here"),
        ("中文".encode(), "has characters no font here can print"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00broken", "is a damaged picture"),
        (b"%PDF-1.7\nnothing of it is right\n", "is a damaged PDF"),
        (b"word " * 500_000, "is a very long text"),
        (b"<!DOCTYPE html><p>We have no therapist", "is of a kind that cannot be printed here"),
        (b"{\\rtf1 We have no therapist}", "is of a kind that cannot be printed here"),
        (b"\x81\x8d\x8f", "is of a kind that cannot be printed here"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "file").write_bytes(content)
    assert refusal(tmp_path / "file").startswith(f"Exhibit A, “file”, {why}. No packet was made; the file is kept. ")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "is missing from the case’s folder" in refusal(tmp_path / "gone.pdf")


def test_a_file_that_was_changed_since_it_was_kept_is_refused(tmp_path: Path) -> None:
    one = labelled(paper(tmp_path / "log.pdf"))
    paper(tmp_path / "log.pdf", pages=2)
    with pytest.raises(ExhibitRefused, match="is not the file that was kept"):
        exhibit_pdf(one, tmp_path / "log.pdf", TODAY)


def test_all_are_read_and_each_that_cannot_go_in_is_named(tmp_path: Path) -> None:
    files = [labelled(paper(tmp_path / "log.pdf")), labelled(tmp_path / "gone.pdf")]
    steps: list[Step] = []
    exhibits, refused = read_exhibits([(one, tmp_path / one.name) for one in files], TODAY, steps.append)
    assert [one.name for one, _ in exhibits] == ["log.pdf"]
    assert ["gone.pdf" in str(error) for error in refused] == [True]
    assert [step.words for step in steps] == ["Reading the exhibits: 0 of 2", "Reading the exhibits: 1 of 2"]


def test_more_than_the_machine_can_bind_is_refused_where_it_becomes_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iepjournal.export.exhibits.MOST_TOGETHER", 1_000_000)
    names = ("first.jpg", "second.jpg", "third.jpg")
    for name in names:
        Image.new("L", (60, 60)).save(tmp_path / name)
        with open(tmp_path / name, "ab") as file:
            file.write(b"\0" * 400_000)
    exhibits, refused = read_exhibits([(labelled(tmp_path / name), tmp_path / name) for name in names], TODAY)
    assert [one.name for one, _ in exhibits] == ["first.jpg", "second.jpg"]
    assert [str(error).partition(". ")[0] for error in refused] == [
        "Exhibit A, “third.jpg”, makes the exhibits larger than 1 MB together"
    ]


def test_what_holds_no_text_is_told_from_what_does(tmp_path: Path) -> None:
    Image.new("RGB", (60, 60)).save(tmp_path / "photo.jpg")
    with pikepdf.open(paper(tmp_path / "inner.pdf")) as inner:
        outer = pikepdf.new()
        outer.add_blank_page()
        outer.pages[0].add_overlay(inner.pages[0])
        outer.save(tmp_path / "nested.pdf")
    files = [paper(tmp_path / "log.pdf"), tmp_path / "nested.pdf", tmp_path / "photo.jpg"]
    exhibits, _ = read_exhibits([(labelled(path), path) for path in files], TODAY)
    assert [one.name for one in without_text(exhibits)] == ["photo.jpg"]
