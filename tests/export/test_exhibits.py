"""Files that become exhibits: what is upright, what is kept whole, and what is refused in one sentence."""

from __future__ import annotations

import hashlib
import re
import sys
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
from iepjournal.export.exhibits import exhibit_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CAMERA_TURNED = 6
"""The EXIF number of a phone that was held upright."""
FOOT = "the last line of the page"


def opened(path: Path) -> pikepdf.Pdf:
    exhibit = Exhibit(handle="log", of="a")
    source = Attachment(uid="a", name=path.name)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    one = Labelled(label="A", exhibit=exhibit, source=source, sha256=sha256, title=path.name, name=path.name)
    return exhibit_pdf(one, path, TODAY)


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


def picture_in(pdf: pikepdf.Pdf) -> Image.Image:
    """The one picture on the first page."""
    (picture,) = pdf.pages[0].Resources.XObject.values()
    return pikepdf.PdfImage(picture).as_pil_image()


def bound_alone(pdf: pikepdf.Pdf) -> bytes:
    return bound([Part(title="A", pages=pdf.pages, label="Exhibit A")], prefix="BELL", title="Packet", dated=TODAY)


def test_a_photo_is_turned_as_the_phone_was_held(tmp_path: Path) -> None:
    photo = Image.new("RGB", (800, 600), "white")
    photo.paste("black", (0, 0, 200, 600))
    exif = photo.getexif()
    exif[0x112] = CAMERA_TURNED
    photo.save(tmp_path / "photo.jpg", exif=exif)
    upright = picture_in(opened(tmp_path / "photo.jpg"))
    assert upright.size == (600, 800)
    assert [upright.convert("L").getpixel((300, y)) < 128 for y in (50, 750)] == [True, False]  # type: ignore[operator]


def test_every_page_of_a_fax_becomes_a_page(tmp_path: Path) -> None:
    pages = [Image.new("1", (850, 1100)) for _ in range(3)]
    pages[0].save(tmp_path / "fax.tif", save_all=True, append_images=pages[1:])
    assert len(opened(tmp_path / "fax.tif").pages) == 3


def test_what_is_seen_through_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(tmp_path / "shot.png")
    picture = picture_in(opened(tmp_path / "shot.png"))
    assert picture.convert("RGB").getpixel((30, 30)) == (255, 255, 255)


def test_text_is_set_with_all_its_characters(tmp_path: Path, words_of: Callable[[bytes], str]) -> None:
    (tmp_path / "mail.txt").write_text("Dear Nuñez:\n\n“Yes.” \x1b[31mred\n**not bold**\n", encoding="utf-8")
    out = BytesIO()
    opened(tmp_path / "mail.txt").save(out)
    assert "Dear Nuñez: “Yes.” red **not bold**" in words_of(out.getvalue())


def test_a_filled_form_keeps_what_was_filled_in(tmp_path: Path, words_of: Callable[[bytes], str]) -> None:
    path = paper(tmp_path / "form.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        box = [100, 300, 400, 330]
        form = pikepdf.Stream(pdf, b"BT /F1 12 Tf 5 5 Td (thirty minutes) Tj ET")
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = [0, 0, 300, 30]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=box, F=4,
            DA=b"/F1 12 Tf", Contents=b"thirty minutes", AP=pikepdf.Dictionary(N=form),
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        pdf.save(path)
    assert "thirty minutes" in words_of(bound_alone(opened(path)))


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


def test_a_damaged_pdf_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "log.pdf").write_bytes(b"%PDF-1.7\nnothing of it is right\n")
    assert "Exhibit A, “log.pdf”, is a damaged PDF." in refusal(tmp_path / "log.pdf")


def test_a_locked_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pikepdf.open(paper(tmp_path / "open.pdf")) as pdf:
        pdf.save(tmp_path / "log.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert "is locked with a password" in refusal(tmp_path / "log.pdf")


def test_a_huge_pdf_is_refused_with_its_number_of_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iepjournal.export.exhibits.MOST_PAGES", 2)
    assert "has 3 pages; an exhibit may have 2" in refusal(paper(tmp_path / "log.pdf", pages=3))


def test_a_heic_photo_without_its_reader_says_how_to_save_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    (tmp_path / "IMG.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 64)
    assert "Save it as JPEG on the phone" in refusal(tmp_path / "IMG.HEIC")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\3\4\0\0", "of a kind that cannot be printed here"),
        ("中文".encode(), "characters no font here can print"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00broken", "is a damaged picture"),
    ],
)
def test_what_cannot_be_printed_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "file").write_bytes(content)
    assert why in refusal(tmp_path / "file")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "is missing from the case’s folder" in refusal(tmp_path / "gone.pdf")
