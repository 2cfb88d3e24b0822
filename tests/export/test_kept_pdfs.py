"""PDFs that others made: their pages show on our paper what they show, whatever they are like, or are refused."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from casebook import TODAY
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops

from iepjournal.errors import CannotShow
from iepjournal.export import kept_pdfs
from iepjournal.export.binding import Part, bound
from iepjournal.export.kept_pdfs import kept_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Box = tuple[float, float, float, float]

LETTER = (0, 0, 612, 792)
COLOURS = {"red": "1 0 0", "lime": "0 1 0", "blue": "0 0 1", "yellow": "1 1 0"}
UPRIGHT = ("red", "lime", "blue", "yellow")
"""The corners of a page as it was written, from the top left as one reads."""


def file_of(*pages: bytes, box: Box = LETTER, **more: Any) -> pikepdf.Pdf:
    """A PDF with these contents and these keys of its pages."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for content in pages:
        page = pdf.add_blank_page()
        page.obj.MediaBox = Array(list(box))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content)
        for key, value in more.items():
            page.obj[f"/{key}"] = value
    return pdf


def corners_of(box: Box) -> bytes:
    """A square in each corner of a box, and a name near its top and bottom."""
    left, bottom, right, top = box
    side = min(right - left, top - bottom) / 5
    places = ((left, top - side), (right - side, top - side), (left, bottom), (right - side, bottom))
    squares = (
        f"{colour} rg {x:f} {y:f} {side:f} {side:f} re f"
        for colour, (x, y) in zip(COLOURS.values(), places, strict=True)
    )
    return "\n".join(squares).encode()


def kept(pdf: pikepdf.Pdf, tmp_path: Path, **how: Any) -> pikepdf.Pdf:
    """The same as it comes from the disk."""
    pdf.save(tmp_path / "kept.pdf", **how)
    return kept_pdf(tmp_path / "kept.pdf")


def on_paper(pdf: pikepdf.Pdf) -> bytes:
    return bound([Part(title="A", pages=list(pdf.pages), label="Exhibit A")], prefix="BELL", title="P", dated=TODAY)


LANDSCAPE, A4 = (0, 0, 792, 612), (0, 0, 595, 842)
TURNED = {
    0: UPRIGHT,
    90: ("blue", "red", "yellow", "lime"),
    180: ("yellow", "blue", "lime", "red"),
    270: ("lime", "yellow", "red", "blue"),
}
"""How the corners read on a page that is turned clockwise."""
PLACED = {
    "letter": (LETTER, {}, 0),
    "a4": (A4, {}, 0),
    "landscape": (LANDSCAPE, {}, 0),
    "turned": (LETTER, {"Rotate": 90}, 90),
    "turned back": (LETTER, {"Rotate": -90}, 270),
    "landscape, turned": (LANDSCAPE, {"Rotate": 270}, 270),
    "upside down": (A4, {"Rotate": 180}, 180),
    "turned by no right angle": (LETTER, {"Rotate": 45}, 0),
    "cropped": ((100, 150, 700, 950), {"MediaBox": (0, 0, 900, 1100), "CropBox": (100, 150, 700, 950)}, 0),
    "cropped, turned": (
        (100, 150, 700, 950), {"MediaBox": (0, 0, 900, 1100), "CropBox": (100, 150, 700, 950), "Rotate": 90}, 90,
    ),
    "crop wider than the page": (LETTER, {"CropBox": (-200, -200, 900, 1000)}, 0),
    "crop beside the page": (LETTER, {"CropBox": (2000, 2000, 3000, 3000)}, 0),
    "trimmed for a printer": (LETTER, {"TrimBox": (200, 200, 300, 300)}, 0),
    "corners in another order": (LETTER, {"MediaBox": (612, 792, 0, 0)}, 0),
    "below zero": ((-300, -400, 300, 400), {}, 0),
    "in units of its own": ((0, 0, 61.2, 79.2), {"UserUnit": 10}, 0),
    "a poster": ((0, 0, 14400, 14400), {}, 0),
    "a receipt": ((0, 0, 226, 900), {}, 0),
    "a card": ((0, 0, 243, 153), {}, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACED)
def test_a_page_is_seen_whole_upright_and_above_its_stamp(
    tmp_path: Path, picture_of: Callable[[bytes], Image.Image], name: str
) -> None:
    box, keys, turned = PLACED[name]
    more = {key: Array(list(value)) if isinstance(value, tuple) else value for key, value in keys.items()}
    pdf = kept(file_of(corners_of(box), **{"box": box, **more}), tmp_path)
    picture = picture_of(on_paper(pdf))
    wide, high = (box[2] - box[0], box[3] - box[1])[:: -1 if turned % 180 else 1]
    assert sorted(picture.size) == [306, 396]
    assert (picture.width > picture.height) == (wide > high)
    found = {colour: _where(picture, colour) for colour in COLOURS}
    left, top, right, bottom = (
        edge(box[side] for box in found.values()) for side, edge in enumerate((min, min, max, max))
    )
    assert bottom < picture.height * 0.945, "the stamp's margin stays free"
    assert (right - left) / (bottom - top) == pytest.approx(wide / high, rel=0.05)
    middle = (left + right) / 2, (top + bottom) / 2
    read = sorted(found, key=lambda colour: (found[colour][1] > middle[1], found[colour][0] > middle[0]))
    assert tuple(read) == TURNED[turned]


def _where(picture: Image.Image, colour: str) -> Box:
    """From edge to edge of what has this colour."""
    pure = picture.point(lambda value: 255 * (value > 127))
    others = ImageChops.difference(pure, Image.new("RGB", picture.size, colour)).convert("L")
    found = others.point(lambda value: 255 * (value == 0)).getbbox()
    assert found is not None, f"no {colour} is seen"
    return found


def appearance(pdf: pikepdf.Pdf, words: str) -> Stream:
    """What an annotation shows of itself."""
    drawing = Stream(pdf, f"BT /F1 12 Tf 5 5 Td ({words}) Tj ET".encode())
    drawing.Type, drawing.Subtype, drawing.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 30])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    drawing.Resources = Dictionary(Font=Dictionary(F1=font))
    return drawing


def annotated(kind: str, words: str = "", **keys: Any) -> pikepdf.Pdf:
    """A page with one annotation; `words` are what it draws itself."""
    pdf = file_of(b"")
    more = {"AP": Dictionary(N=appearance(pdf, words))} if words else {}
    one = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=[100, 300, 400, 330], **more, **keys)
    )
    pdf.pages[0].obj.Annots = Array([one])
    if kind == "Widget":
        pdf.Root.AcroForm = Dictionary(Fields=Array([one]), DA=b"/F1 12 Tf")
    return pdf


TEXT_FIELD = {"FT": Name.Tx, "T": b"minutes", "V": b"thirty minutes"}


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("FreeText", {"F": 4}),
        ("FreeText", {}),  # shown on a screen, not marked for print
        ("Stamp", {"F": 4}),
        ("Widget", {"F": 4, **TEXT_FIELD}),
        ("Widget", {"F": 4, "FT": Name.Sig, "T": b"signature"}),
    ],
)
def test_what_was_written_or_signed_on_a_page_stays_on_it(
    tmp_path: Path, words_of: Callable[[bytes], str], kind: str, keys: dict[str, Any]
) -> None:
    assert "thirty minutes" in words_of(on_paper(kept(annotated(kind, "thirty minutes", **keys), tmp_path)))


def test_a_ticked_box_stays_ticked_in_a_form_that_asks_to_be_drawn(
    tmp_path: Path, words_of: Callable[[bytes], str]
) -> None:
    pdf = annotated("Widget", "X", F=4, FT=Name.Btn, T=b"agreed", V=Name.Yes, AS=Name.Yes)
    box = pdf.pages[0].obj.Annots[0]
    box.AP = Dictionary(N=Dictionary(Yes=appearance(pdf, "ticked"), Off=appearance(pdf, "empty")))
    pdf.Root.AcroForm.NeedAppearances = True
    words = words_of(on_paper(kept(pdf, tmp_path)))
    assert "ticked" in words
    assert "empty" not in words


def test_what_is_hidden_stays_hidden(tmp_path: Path, words_of: Callable[[bytes], str]) -> None:
    assert "thirty" not in words_of(on_paper(kept(annotated("FreeText", "thirty minutes", F=2), tmp_path)))


def stale_form() -> pikepdf.Pdf:
    """Filled in by a program that left the old drawing of the field in the file."""
    pdf = annotated("Widget", "not filled in", F=4, **TEXT_FIELD)
    pdf.Root.AcroForm.NeedAppearances = True
    return pdf


@pytest.mark.parametrize(
    "made",
    [
        lambda: annotated("FreeText", F=4, Contents=b"thirty minutes"),
        lambda: annotated("Highlight", F=4, QuadPoints=[100, 330, 400, 330, 100, 300, 400, 300]),
        lambda: annotated("Widget", F=4, **TEXT_FIELD),
        stale_form,
    ],
)
def test_notes_and_fields_that_bring_no_drawing_are_refused(tmp_path: Path, made: Callable[[], pikepdf.Pdf]) -> None:
    with pytest.raises(CannotShow, match="has notes or filled-in fields that only a PDF program draws") as refused:
        kept(made(), tmp_path)
    assert "print it to a new PDF" in refused.value.instead


def test_no_script_link_or_file_goes_along(tmp_path: Path, tool: Callable[..., str]) -> None:
    pdf = annotated("Link", A=Dictionary(S=Name.URI, URI=b"https://example.org/tracker"))
    script = Dictionary(S=Name.JavaScript, JS=b"app.alert(1)")
    pdf.Root.OpenAction = script
    pdf.pages[0].obj.AA = Dictionary(O=script)
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, b"what I really think")
    made = on_paper(kept(pdf, tmp_path))
    with pikepdf.open(BytesIO(made)) as done:
        keys = {key for one in done.objects if isinstance(one, Dictionary | Stream) for key, _ in one.items()}
    assert not keys & {"/JS", "/JavaScript", "/OpenAction", "/AA", "/URI", "/Annots", "/EmbeddedFiles", "/Names", "/AF"}
    assert "JavaScript:      no" in tool("pdfinfo", made)


def test_an_empty_page_of_a_scan_is_no_damage(tmp_path: Path) -> None:
    pdf = file_of(b"BT /F1 12 Tf 50 700 Td (thirty minutes) Tj ET", b"")
    del pdf.pages[1].obj.Resources
    del pdf.pages[1].obj.Contents
    assert len(kept(pdf, tmp_path).pages) == 2


def test_a_file_with_an_owners_lock_only_is_open_to_all(tmp_path: Path, words_of: Callable[[bytes], str]) -> None:
    pdf = file_of(b"BT /F1 12 Tf 50 700 Td (thirty minutes) Tj ET")
    locked = kept(pdf, tmp_path, encryption=pikepdf.Encryption(user="", owner="secret"))
    assert "thirty minutes" in words_of(on_paper(locked))


def test_a_locked_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotShow, match=r"is locked with a password\. Print it to a new PDF"):
        kept(file_of(b""), tmp_path, encryption=pikepdf.Encryption(user="secret", owner="secret"))


def with_hidden_layer() -> pikepdf.Pdf:
    pdf = file_of(b"/OC /L BDC 0 0 9 9 re f EMC")
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=b"answers"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    return pdf


def drawn_by_adobe() -> pikepdf.Pdf:
    pdf = file_of(b"BT /F1 12 Tf 50 700 Td (Please wait) Tj ET")
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
    pdf.Root.NeedsRendering = True
    return pdf


def bundle() -> pikepdf.Pdf:
    pdf = file_of(b"BT /F1 12 Tf 50 700 Td (Open in Acrobat) Tj ET")
    pdf.Root.Collection = Dictionary(Type=Name.Collection)
    return pdf


def with_content(raw: bytes) -> pikepdf.Pdf:
    pdf = file_of(b"")
    pdf.pages[0].obj.Contents.write(raw, filter=Name.FlateDecode)
    return pdf


def with_box(*box: float) -> pikepdf.Pdf:
    return file_of(b"", MediaBox=Array(list(box)))


def without_its_faces() -> pikepdf.Pdf:
    pdf = file_of(b"BT /F1 12 Tf 50 700 Td (thirty minutes) Tj ET")
    del pdf.pages[0].obj.Resources
    return pdf


PAGE_OF_TEXT = zlib.compress(b"BT /F1 12 Tf 50 700 Td (thirty minutes) Tj ET\n" * 200)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (with_hidden_layer, "has hidden layers, which would show on paper"),
        (drawn_by_adobe, "is a form that only Adobe’s own program can show"),
        (bundle, "is a bundle of other files"),
        (pikepdf.new, "is a PDF without pages"),
        (lambda: with_content(b"no zlib stream"), "is a damaged PDF"),
        (lambda: with_content(PAGE_OF_TEXT[: len(PAGE_OF_TEXT) // 2]), "is a damaged PDF"),
        (lambda: with_box(0, 0, 0, 0), "is a damaged PDF"),
        (without_its_faces, "is a damaged PDF"),
    ],
)
def test_what_paper_would_not_show_is_refused(tmp_path: Path, made: Callable[[], pikepdf.Pdf], why: str) -> None:
    with pytest.raises(CannotShow) as refused:
        kept(made(), tmp_path)
    assert refused.value.why == why
    assert refused.value.instead


def test_a_page_made_to_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pdfs, "LARGEST_STREAM", 1_000_000)
    with pytest.raises(CannotShow, match="is a damaged PDF"):
        kept(with_content(zlib.compress(b" " * 2_000_000)), tmp_path)


def test_a_file_with_too_many_pages_is_refused_with_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pdfs, "MOST_PAGES", 2)
    with pytest.raises(CannotShow, match="has 3 pages; an exhibit may have 2"):
        kept(file_of(b"", b"", b""), tmp_path)


@pytest.mark.parametrize("kept_part", [0.1, 0.6, 0.95])
def test_a_file_that_is_not_all_there_is_refused_not_mended(tmp_path: Path, kept_part: float) -> None:
    """Mended it has as many pages as before, and some are empty."""
    file_of(*[b"BT /F1 12 Tf 50 700 Td (thirty minutes) Tj ET"] * 3).save(tmp_path / "whole.pdf")
    content = (tmp_path / "whole.pdf").read_bytes()
    (tmp_path / "kept.pdf").write_bytes(content[: int(len(content) * kept_part)])
    with pytest.raises(CannotShow, match="is a damaged PDF"):
        kept_pdf(tmp_path / "kept.pdf")


def test_a_page_that_cannot_be_read_is_not_left_out_without_a_word(tmp_path: Path) -> None:
    file_of(b"", b"").save(tmp_path / "whole.pdf", qdf=True)
    with pikepdf.open(tmp_path / "whole.pdf") as pdf:
        number = pdf.pages[1].obj.objgen[0]
    content = (tmp_path / "whole.pdf").read_bytes()
    begins = content.index(b"%d 0 obj\n<<" % number)
    ends = content.index(b"endobj", begins)
    spaces = b" " * (ends - begins - len(b"%d 0 obj\n[1]\n" % number))
    (tmp_path / "kept.pdf").write_bytes(content[:begins] + b"%d 0 obj\n[1]\n" % number + spaces + content[ends:])
    with pytest.raises(CannotShow, match="is a damaged PDF"):
        kept_pdf(tmp_path / "kept.pdf")
