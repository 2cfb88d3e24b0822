"""A kept picture -> upright pages that show it whole: photos, screenshots however long, scans of several pages.

Each is made anew, so that nothing but what is seen goes along: not where a photo was taken, nor by which phone.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.enums import ResourceAccessPolicy
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from iepjournal.errors import CannotShow
from iepjournal.export.pagination import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

MARGIN = 36.0
LONGEST_SIDE = 2600
"""Pixels of a picture on paper: more than a printer shows at this size."""
LONGEST_SHAPE, SLICE, SHOWN_TWICE = 2.6, 1.4, 0.05
"""A picture higher than so many widths is cut into slices of so many; a part of each is shown on the next again."""
JPEG_QUALITY = 88
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
DAMAGED = ("is a damaged picture", "Attach a good copy of it.")


def picture_pdf(path: Path, dated: date) -> bytes | None:
    """The picture on pages of its own; None where the file is no picture."""
    with open(path, "rb") as file:
        head = file.read(12)
    is_heic = head[4:8] == b"ftyp" and head[8:] in HEIC_BRANDS
    if is_heic:
        _learn_heic()
    try:
        return _drawn(path, dated)
    except UnidentifiedImageError:
        if not is_heic and not head.startswith(SIGNATURES):
            return None
        raise CannotShow(*DAMAGED) from None
    except Image.DecompressionBombError:
        raise CannotShow("is a picture too large to open", "Attach a smaller copy of it.") from None
    except (OSError, ValueError, SyntaxError):
        raise CannotShow(*DAMAGED) from None


def _learn_heic() -> None:
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        why = "is a photo in a phone’s own form (HEIC), which is not read here"
        instead = "Save it as JPEG on the phone and attach that, or have pillow-heif installed."
        raise CannotShow(why, instead) from None
    register_heif_opener()


def _drawn(path: Path, dated: date) -> bytes:
    sheet = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    sheet.resource_access_policy = ResourceAccessPolicy.NONE
    sheet.set_auto_page_break(False)
    sheet.set_creation_date(datetime.combine(dated, time(12), UTC))
    with Image.open(path) as picture:
        for part in (part for frame in _frames(picture) for part in _parts(_upright(frame))):
            width, height = (HEIGHT, WIDTH) if part.width > part.height else (WIDTH, HEIGHT)
            sheet.add_page(format=(width, height))
            scale = min((width - 2 * MARGIN) / part.width, (height - 2 * MARGIN) / part.height)
            shown = (part.width * scale, part.height * scale)
            sheet.image(_as_jpeg(part), (width - shown[0]) / 2, (height - shown[1]) / 2, *shown)
    return bytes(sheet.output())


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """The pages of a fax or scan; of anything else the first frame: a phone hides a second picture in the file."""
    yield from ImageSequence.Iterator(picture) if picture.format == "TIFF" else (picture,)


def _upright(frame: Image.Image) -> Image.Image:
    """Turned as the camera noted, in colours that paper has, on white."""
    turned = ImageOps.exif_transpose(frame)
    if turned.mode.startswith("I;16"):
        return turned.point(lambda value: value / 256).convert("L")
    if turned.mode in ("RGBA", "LA", "PA", "P"):
        layer = turned.convert("RGBA")
        turned = Image.new("RGB", layer.size, "white")
        turned.paste(layer, mask=layer.getchannel("A"))
    return turned if turned.mode in ("RGB", "L") else turned.convert("RGB")


def _parts(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture, no larger than paper shows; one that is too long for a page in slices, from the top."""
    width, height = picture.size
    if height <= LONGEST_SHAPE * width:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        yield picture
        return
    step = SLICE * width * (1 - SHOWN_TWICE)
    for number in range(ceil((height - SHOWN_TWICE * SLICE * width) / step)):
        top = round(number * step)
        part = picture.crop((0, top, width, min(height, round(top + SLICE * width))))
        part.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        yield part


def _as_jpeg(picture: Image.Image) -> BytesIO:
    picture.info = {}  # else a comment of the camera's is written along
    out = BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY)
    return out
