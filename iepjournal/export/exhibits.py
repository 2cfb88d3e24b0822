"""A kept file -> the pages it becomes in a packet: PDF as it is, pictures upright on a page, text set.

What cannot be shown is refused in one sentence; the file itself is never changed.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from fpdf import FPDF
from fpdf.enums import ResourceAccessPolicy
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from iepjournal.core.text import clean_text
from iepjournal.errors import CannotRender, ExhibitRefused
from iepjournal.export.blocks import BREAK, Paragraph, Run
from iepjournal.export.documents import Document
from iepjournal.export.pdf import document_pdf
from iepjournal.export.steps import Step, Tell, untold
from iepjournal.export.typeset import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from iepjournal.core.exhibits import Labelled

MOST_PAGES = 2000
MOST_TEXT_BYTES = 2_000_000
LONGEST_SIDE = 2600
"""Pixels of a picture on paper: more than a printer shows at this size."""
MARGIN = 36.0
JPEG_QUALITY = 88
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


def read_exhibits(
    files: Sequence[tuple[Labelled, Path]], dated: date, tell: Tell = untold
) -> tuple[list[tuple[Labelled, pikepdf.Pdf]], list[ExhibitRefused]]:
    """The pages of each exhibit, and why those that are missing cannot go in."""
    exhibits, refused = [], []
    for number, (one, path) in enumerate(files):
        tell(Step("Reading the exhibits", number, len(files)))
        try:
            exhibits.append((one, exhibit_pdf(one, path, dated)))
        except ExhibitRefused as error:
            refused.append(error)
    return exhibits, refused


def exhibit_pdf(one: Labelled, path: Path, dated: date) -> pikepdf.Pdf:
    """The file's pages; ExhibitRefused says in one sentence why there are none."""
    try:
        with open(path, "rb") as file:
            head = file.read(2048)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise ExhibitRefused(one.label, one.name, "is missing from the case’s folder", "Attach it again.") from None
    if sha256 != one.sha256:
        raise ExhibitRefused(one.label, one.name, "is not the file that was kept", "Look: iepjournal doctor")
    if b"%PDF-" in head:
        return _of_pdf(one, path)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        _learn_heic(one)
    try:
        return pikepdf.open(BytesIO(_of_picture(path, dated)))
    except UnidentifiedImageError:
        return pikepdf.open(BytesIO(_of_text(one, path, dated)))
    except Image.DecompressionBombError:
        why, instead = "is a picture too large to open", "Attach a smaller copy of it."
    except (OSError, ValueError, SyntaxError):
        why, instead = "is a damaged picture", "Attach a good copy of it."
    raise ExhibitRefused(one.label, one.name, why, instead)


def _of_pdf(one: Labelled, path: Path) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(path)
        count = len(pdf.pages)
    except pikepdf.PasswordError:
        why, instead = "is locked with a password", "Print it to a new PDF, or ask for a copy without one."
        raise ExhibitRefused(one.label, one.name, why, instead) from None
    except (pikepdf.PdfError, RecursionError):
        why, instead = "is a damaged PDF", "Open it elsewhere, print it to a new PDF and attach that."
        raise ExhibitRefused(one.label, one.name, why, instead) from None
    if not count:
        raise ExhibitRefused(one.label, one.name, "is a PDF without pages", "Attach a good copy of it.")
    if count > MOST_PAGES:
        why = f"has {count:,} pages; an exhibit may have {MOST_PAGES:,}"
        raise ExhibitRefused(one.label, one.name, why, "Attach the pages that matter.")
    if any("/Annots" in page.obj for page in pdf.pages):
        # What was filled into a form is drawn by its fields, which do not survive being moved onto another page.
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")
    return pdf


def _learn_heic(one: Labelled) -> None:
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        why = "is a photo in a phone's own form (HEIC), which is not read here"
        instead = "Save it as JPEG on the phone and attach that, or have pillow-heif installed."
        raise ExhibitRefused(one.label, one.name, why, instead) from None
    register_heif_opener()


def _of_picture(path: Path, dated: date) -> bytes:
    sheet = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    sheet.resource_access_policy = ResourceAccessPolicy.NONE
    sheet.set_auto_page_break(False)
    sheet.set_creation_date(datetime.combine(dated, time(12), UTC))
    with Image.open(path) as picture:
        for upright in _upright(picture):
            across = upright.width > upright.height
            width, height = (HEIGHT, WIDTH) if across else (WIDTH, HEIGHT)
            sheet.add_page(format=(width, height))
            room = (width - 2 * MARGIN, height - 2 * MARGIN)
            scale = min(room[0] / upright.width, room[1] / upright.height)
            shown = (upright.width * scale, upright.height * scale)
            sheet.image(_as_jpeg(upright), (width - shown[0]) / 2, (height - shown[1]) / 2, *shown)
    return bytes(sheet.output())


def _upright(picture: Image.Image) -> Iterator[Image.Image]:
    """Each frame, turned as the camera noted, on white, no larger than paper shows."""
    for frame in ImageSequence.Iterator(picture):
        turned = ImageOps.exif_transpose(frame)
        if turned.mode in ("RGBA", "LA", "PA", "P"):
            layer = turned.convert("RGBA")
            turned = Image.new("RGB", layer.size, "white")
            turned.paste(layer, mask=layer.getchannel("A"))
        elif turned.mode not in ("RGB", "L"):
            turned = turned.convert("RGB")
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        yield turned


def _as_jpeg(picture: Image.Image) -> BytesIO:
    out = BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY)
    return out


def _of_text(one: Labelled, path: Path, dated: date) -> bytes:
    content = path.read_bytes()
    if b"\0" in content:
        why, instead = "is of a kind that cannot be printed here", "Make a PDF or a picture of it and attach that."
        raise ExhibitRefused(one.label, one.name, why, instead)
    if len(content) > MOST_TEXT_BYTES:
        raise ExhibitRefused(one.label, one.name, "is a very long text", "Attach the part that matters.")
    lines = clean_text(content.decode("utf-8-sig", "replace")).text.split("\n")
    runs = tuple(run for line in lines for run in (Run(BREAK), Run(line)))[1:]
    try:
        return document_pdf(Document(title=one.name, contents=(Paragraph(runs=runs),), dated=dated, page_words=""))
    except CannotRender:
        why, instead = "has characters no font here can print", "Make a PDF or a picture of it and attach that."
        raise ExhibitRefused(one.label, one.name, why, instead) from None
