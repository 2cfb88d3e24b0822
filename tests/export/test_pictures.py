"""Photos, screenshots and scans on paper: upright, whole, and nothing with them that is not seen."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from casebook import TODAY
from PIL import Image, ImageOps

from iepjournal.errors import CannotShow
from iepjournal.export.pictures import picture_pdf

if TYPE_CHECKING:
    from pathlib import Path

ORIENTATION, DESCRIPTION, PLACE = 0x112, 0x10E, 0x8825
"""Of EXIF."""
UNDONE_BY = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""EXIF's number -> what was done to the upright picture when a camera held so wrote it down."""


def pages(path: Path) -> list[Image.Image]:
    """The picture of each page that it makes."""
    made = picture_pdf(path, TODAY)
    assert made is not None
    with pikepdf.open(BytesIO(made)) as pdf:
        pictures = [picture for page in pdf.pages for picture in page.Resources.XObject.values()]
        names = [page.Contents.read_bytes() for page in pdf.pages]
        assert len(names) == len(pictures)
        return [pikepdf.PdfImage(picture).as_pil_image().convert("RGB") for picture in pictures]


def corners(picture: Image.Image) -> list[str]:
    """The colours near its corners, from the top left as one reads."""
    width, height = picture.size
    names = {(1, 0, 0): "red", (0, 1, 0): "green", (0, 0, 1): "blue", (1, 1, 1): "white"}
    places = [(x, y) for y in (height // 20, height - height // 20) for x in (width // 20, width - width // 20)]
    return [names[tuple(int(value > 127) for value in picture.getpixel(place))] for place in places]  # type: ignore[union-attr, index]


def upright() -> Image.Image:
    """Higher than wide, each corner of another colour."""
    picture = Image.new("RGB", (600, 800), "white")
    for colour, x, y in (("red", 0, 0), ("green", 400, 0), ("blue", 0, 600)):
        picture.paste(colour, (x, y, x + 200, y + 200))
    return picture


UPRIGHT = ["red", "green", "blue", "white"]


@pytest.mark.parametrize("held", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(tmp_path: Path, held: int) -> None:
    done = UNDONE_BY[held]
    photo = upright() if done is None else upright().transpose(done)
    exif = photo.getexif()
    exif[ORIENTATION] = held
    photo.save(tmp_path / "photo.jpg", exif=exif)
    (page,) = pages(tmp_path / "photo.jpg")
    assert page.size == (600, 800)
    assert corners(page) == UPRIGHT


@pytest.mark.parametrize("held", [1, 5, 6])
def test_a_heic_photo_stands_upright_too(tmp_path: Path, held: int) -> None:
    heif = pytest.importorskip("pillow_heif", reason="pillow-heif is not installed (extra heic)")
    done = UNDONE_BY[held]
    photo = upright() if done is None else upright().transpose(done)
    exif = photo.getexif()
    exif[ORIENTATION] = held
    heif.register_heif_opener()
    photo.save(tmp_path / "IMG_0001.HEIC", "HEIF", exif=exif.tobytes(), quality=90)
    assert (tmp_path / "IMG_0001.HEIC").read_bytes()[4:12] == b"ftypheic"
    (page,) = pages(tmp_path / "IMG_0001.HEIC")
    assert page.size == (600, 800)
    assert corners(page) == UPRIGHT


def test_a_heic_photo_without_its_reader_says_how_to_save_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    (tmp_path / "IMG.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 64)
    with pytest.raises(CannotShow, match="Save it as JPEG on the phone") as refused:
        picture_pdf(tmp_path / "IMG.HEIC", TODAY)
    assert refused.value.why == "is a photo in a phone’s own form (HEIC), which is not read here"


def test_where_a_photo_was_taken_does_not_go_along(tmp_path: Path) -> None:
    photo = upright()
    exif = photo.getexif()
    exif[DESCRIPTION] = "114 Pecan Street"
    exif.get_ifd(PLACE)[29] = "2026:09:10"
    photo.save(tmp_path / "photo.jpg", exif=exif, comment=b"the blue house", xmp=b"<x>the kitchen</x>")
    content = (tmp_path / "photo.jpg").read_bytes()
    made = picture_pdf(tmp_path / "photo.jpg", TODAY)
    assert made is not None
    for said in (b"114 Pecan Street", b"2026:09:10", b"the blue house", b"the kitchen", b"Exif"):
        assert said in content
        assert said not in made


def test_a_long_screenshot_is_cut_into_pages_and_no_line_of_it_is_lost(tmp_path: Path) -> None:
    shot = Image.new("RGB", (300, 3000))
    for y in range(3000):
        shot.paste((y % 256, y // 256 * 16, 0), (0, y, 300, y + 1))
    shot.save(tmp_path / "chat.png")
    found = pages(tmp_path / "chat.png")
    assert len(found) == 8
    assert all(page.width == 300 and page.height <= 420 for page in found)
    ends = [sum(page.height for page in found[: number + 1]) - 21 * number for number in range(len(found))]
    assert ends[-1] == 3000
    last = found[-1].getpixel((150, found[-1].height - 1))
    assert last == pytest.approx((2999 % 256, 2999 // 256 * 16, 0), abs=40)


def test_a_phone_screenshot_stays_on_one_page(tmp_path: Path) -> None:
    Image.new("RGB", (1170, 2532)).save(tmp_path / "shot.png")
    assert len(pages(tmp_path / "shot.png")) == 1


def test_every_page_of_a_fax_becomes_a_page(tmp_path: Path) -> None:
    faxed = [Image.new("1", (850, 1100)) for _ in range(3)]
    faxed[0].save(tmp_path / "fax.tif", save_all=True, append_images=faxed[1:])
    assert len(pages(tmp_path / "fax.tif")) == 3


def test_the_second_picture_a_phone_hides_in_a_photo_is_no_page(tmp_path: Path) -> None:
    upright().save(tmp_path / "photo.jpg", "MPO", save_all=True, append_images=[ImageOps.invert(upright())])
    (page,) = pages(tmp_path / "photo.jpg")
    assert corners(page) == UPRIGHT


def test_what_is_seen_through_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(tmp_path / "shot.png")
    assert corners(pages(tmp_path / "shot.png")[0]) == ["white"] * 4


def test_a_scan_in_fine_greys_keeps_them(tmp_path: Path) -> None:
    Image.new("I;16", (60, 60), 40 * 256).save(tmp_path / "scan.png")
    assert pages(tmp_path / "scan.png")[0].getpixel((30, 30)) == pytest.approx((40, 40, 40), abs=2)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "HEIF"])
@pytest.mark.parametrize("kept", [0.03, 0.5])
def test_a_picture_that_is_not_all_there_is_refused(tmp_path: Path, form: str, kept: float) -> None:
    if form == "HEIF":
        pytest.importorskip("pillow_heif", reason="pillow-heif is not installed (extra heic)").register_heif_opener()
    content = BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(content, form)
    (tmp_path / "photo").write_bytes(content.getvalue()[: int(len(content.getvalue()) * kept)])
    with pytest.raises(CannotShow, match="is a damaged picture"):
        picture_pdf(tmp_path / "photo", TODAY)


def test_a_picture_of_absurd_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    upright().save(tmp_path / "photo.png")
    with pytest.raises(CannotShow, match="is a picture too large to open"):
        picture_pdf(tmp_path / "photo.png", TODAY)


def test_a_text_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text("Dear Dr. Lott", encoding="utf-8")
    assert picture_pdf(tmp_path / "mail.txt", TODAY) is None
