"""Parts -> one PDF: every page numbered at its foot, exhibits made a little smaller for that, bookmarks to each part.

What stands on a page is never covered: our own pages leave the foot free, all others are scaled to leave a margin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from fpdf import FPDF

from iepjournal.export.fonts import spectral
from iepjournal.export.steps import Step, Tell, untold
from iepjournal.export.typeset import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SCALE = 0.94
STAMP_SIZE, STAMP_BASELINE, STAMP_MARGIN = 9.0, 20.0, 54.0


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some pages that belong together."""

    title: str
    """Of its bookmark; none where it is empty."""
    pdf: pikepdf.Pdf
    within: bool = False
    """Whether its bookmark belongs under the last one that is not."""
    label: str = ""
    """Of an exhibit's own pages, which are scaled and named at the foot."""
    headings: tuple[tuple[str, int], ...] = ()
    """Bookmarks within it: title and page, from 1."""


def bound(parts: Sequence[Part], *, prefix: str, title: str, dated: date, tell: Tell = untold) -> bytes:
    """One file of all parts."""
    out = pikepdf.new()
    sources = [(part, number, page) for part in parts for number, page in enumerate(part.pdf.pages, 1)]
    sizes = [(WIDTH, HEIGHT) if not part.label else _paper(page) for part, _, page in sources]
    named = [
        f"{part.label}, page {number} of {len(part.pdf.pages)}" if part.label else "" for part, number, _ in sources
    ]
    with pikepdf.open(BytesIO(_stamps(sizes, named, prefix, dated))) as stamps:
        for index, (part, _, page) in enumerate(sources):
            if part.label:
                sheet = out.add_blank_page(page_size=sizes[index])
                content = _placed(out, sheet, page, _room(*sizes[index]))
            else:
                out.pages.append(page)
                sheet = out.pages[-1]
                sheet.contents_add(b"q\n", prepend=True)
                content = b"Q\n"
            # Our pages may share their resources, so that each stamp needs a name of its own.
            name = sheet.add_resource(_form(out, stamps.pages[index]), pikepdf.Name.XObject, pikepdf.Name(f"/S{index}"))
            sheet.contents_add(content + f"{name} Do\n".encode())
            tell(Step("Putting the pages together", index + 1, len(sources)))
        _bookmark(out, parts)
        _describe(out, title, dated)
        done = BytesIO()
        out.save(
            done,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            progress=lambda percent: tell(Step("Writing the file", percent * len(sources) // 100, len(sources))),
        )
    return done.getvalue()


def stamp(prefix: str, number: int) -> str:
    """BELL-0012."""
    return f"{prefix}-{number:04}"


def _placed(out: pikepdf.Pdf, sheet: pikepdf.Page, page: pikepdf.Page, room: pikepdf.Rectangle) -> bytes:
    """What draws a page on a sheet, made to fit; pikepdf's own overlay would name its parts at random."""
    form = _form(out, page)
    name = sheet.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/Page"))
    return sheet.calc_form_xobject_placement(form, name, room)


def _form(out: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    return out.copy_foreign(page.as_form_xobject())


def _paper(page: pikepdf.Page) -> tuple[float, float]:
    """US Letter, across where the page is wider than high as it is looked at."""
    box = page.cropbox
    wide, high = float(box[2]) - float(box[0]), float(box[3]) - float(box[1])
    if page.rotation % 180:
        wide, high = high, wide
    return (HEIGHT, WIDTH) if wide > high else (WIDTH, HEIGHT)


def _room(width: float, height: float) -> pikepdf.Rectangle:
    """Where a scaled page stands: as high as it can, in the middle."""
    beside = width * (1 - SCALE) / 2
    return pikepdf.Rectangle(beside, height * (1 - SCALE), width - beside, height)


def _stamps(sizes: Sequence[tuple[float, float]], named: Sequence[str], prefix: str, dated: date) -> bytes:
    sheet = FPDF(unit="pt")
    sheet.set_auto_page_break(False)
    sheet.set_compression(False)  # the whole file is compressed when it is saved
    sheet.set_creation_date(datetime.combine(dated, time(12), UTC))
    face = spectral("")
    sheet.add_font(face.family, face.style, face.file)
    sheet.set_font(face.family, face.style, STAMP_SIZE)
    for number, ((width, height), label) in enumerate(zip(sizes, named, strict=True), 1):
        sheet.add_page(format=(width, height))
        page = stamp(prefix, number)
        baseline = height - STAMP_BASELINE
        sheet.text(width - STAMP_MARGIN - sheet.get_string_width(page), baseline, page)
        if label:
            sheet.text(STAMP_MARGIN, baseline, label)
    return bytes(sheet.output())


def _bookmark(out: pikepdf.Pdf, parts: Sequence[Part]) -> None:
    with out.open_outline() as outline:
        first = 0
        branch = outline.root
        for part in parts:
            if part.title:
                item = pikepdf.OutlineItem(part.title, first)
                item.children.extend(pikepdf.OutlineItem(text, first + page - 1) for text, page in part.headings)
                (branch if part.within else outline.root).append(item)
                branch = branch if part.within else item.children
            first += len(part.pdf.pages)


def _describe(out: pikepdf.Pdf, title: str, dated: date) -> None:
    out.docinfo["/Title"] = title
    out.docinfo["/Creator"] = "iepjournal"
    out.docinfo["/CreationDate"] = f"D:{dated:%Y%m%d}120000Z"
    out.Root.Lang = pikepdf.String("en-US")
