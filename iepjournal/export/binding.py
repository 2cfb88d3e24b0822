"""Parts -> one PDF: every page numbered at its foot, exhibits made a little smaller for that, bookmarks to each part.

What stands on a page is never covered: our own pages leave the foot free, all others are scaled to leave a margin.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from iepjournal.export.pagination import HEIGHT, WIDTH, Layout, Page
from iepjournal.export.pdf import drawn
from iepjournal.export.steps import Step, Tell, untold
from iepjournal.export.typeset import line_of, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from iepjournal.export.typeset import Line

SCALE = 0.94
STAMP_SIZE, STAMP_BASELINE, STAMP_MARGIN = 9.0, 20.0, 72.0
FACE, PAGE = "/Stamp", "/Page"
"""What the face of the stamps and an exhibit's own page are called among a sheet's resources."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some pages that belong together."""

    title: str
    """Of its bookmark; none where it is empty."""
    pages: Sequence[pikepdf.Page]
    within: bool = False
    """Whether its bookmark belongs under the last one that is not."""
    label: str = ""
    """Of an exhibit's own pages, which are scaled and named at the foot."""
    headings: tuple[tuple[str, int], ...] = ()
    """Bookmarks within it: title and page, from 1."""


def bound(parts: Sequence[Part], *, prefix: str, title: str, dated: date, tell: Tell = untold) -> bytes:
    """One file of all parts."""
    out = pikepdf.new()
    sheets = [sheet for part in parts for sheet in _sheets(part)]
    face, stamps = _stamps(out, sheets, prefix, dated)
    for number, (sheet, print_stamp) in enumerate(zip(sheets, stamps, strict=True), 1):
        if sheet.name:
            _place(out, sheet, face, print_stamp)
        else:
            out.pages.append(sheet.page)
            own = out.pages[-1]
            own.add_resource(face, pikepdf.Name.Font, pikepdf.Name(FACE))
            own.contents_add(b"q\n", prepend=True)
            own.contents_add(b"Q\n" + print_stamp)
        tell(Step("Putting the pages together", number, len(sheets)))
    _bookmark(out, parts)
    describe(out, title, [stamp(prefix, number) for number in range(1, len(sheets) + 1)])
    out.docinfo["/CreationDate"] = f"D:{dated:%Y%m%d}120000Z"
    return saved(out, lambda percent: tell(Step("Writing the file", percent * len(sheets) // 100, len(sheets))))


def describe(out: pikepdf.Pdf, title: str, numbers: Sequence[str]) -> None:
    """Its title and language, and each page under the number that it carries."""
    out.docinfo["/Title"] = title
    out.docinfo["/Creator"] = "iepjournal"
    out.Root.Lang = pikepdf.String("en-US")
    labels = [part for page, number in enumerate(numbers) for part in (page, pikepdf.Dictionary(P=number))]
    out.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))


def saved(out: pikepdf.Pdf, progress: Callable[[int], None] | None = None) -> bytes:
    """The file; the same pages are the same bytes."""
    done = BytesIO()
    generate = pikepdf.ObjectStreamMode.generate
    out.save(done, deterministic_id=True, object_stream_mode=generate, progress=progress)
    return done.getvalue()


def stamp(prefix: str, number: int) -> str:
    """BELL-0012."""
    return f"{prefix}-{number:04}"


class _Sheet(NamedTuple):
    """One page to come."""

    page: pikepdf.Page
    size: tuple[float, float]
    name: str
    """Of an exhibit's page, which is scaled: Exhibit C, page 2 of 3."""


def _sheets(part: Part) -> Iterator[_Sheet]:
    for number, page in enumerate(part.pages, 1):
        if part.label:
            yield _Sheet(page, _paper(page), f"{part.label}, page {number} of {len(part.pages)}")
        else:
            yield _Sheet(page, (WIDTH, HEIGHT), "")


def _paper(page: pikepdf.Page) -> tuple[float, float]:
    """US Letter, across where the page is wider than high as it is looked at."""
    left, bottom, right, top = map(float, page.cropbox)
    is_across = (right - left > top - bottom) != bool(page.rotation % 180)
    return (HEIGHT, WIDTH) if is_across else (WIDTH, HEIGHT)


def _place(out: pikepdf.Pdf, sheet: _Sheet, face: pikepdf.Object, print_stamp: bytes) -> None:
    """An exhibit's page on a sheet of its own, made to fit; pikepdf's overlay would name its parts at random."""
    blank = out.add_blank_page(page_size=sheet.size)
    form = out.copy_foreign(sheet.page.as_form_xobject())
    content = blank.calc_form_xobject_placement(form, pikepdf.Name(PAGE), _room(*sheet.size))
    blank.obj.Resources = pikepdf.Dictionary({"/XObject": {PAGE: form}, "/Font": {FACE: face}})
    blank.obj.Contents = out.make_stream(content + print_stamp)


def _room(width: float, height: float) -> pikepdf.Rectangle:
    """Where a scaled page stands: as high as it can, in the middle."""
    beside = width * (1 - SCALE) / 2
    return pikepdf.Rectangle(beside, height * (1 - SCALE), width - beside, height)


def _stamps(out: pikepdf.Pdf, sheets: Sequence[_Sheet], prefix: str, dated: date) -> tuple[pikepdf.Object, list[bytes]]:
    """The face of the stamps, and what prints each page's own: all are set on one page, and taken from it."""
    lines: list[tuple[int, Line]] = []
    for index, sheet in enumerate(sheets):
        number = stamp(prefix, index + 1)
        lines.append((index, _set(number, x=sheet.size[0] - STAMP_MARGIN - width_of(_set(number)))))
        if sheet.name:
            lines.append((index, _set(sheet.name, x=STAMP_MARGIN)))
    stamps = [b""] * len(sheets)
    layout = Layout([Page(lines=[line for _, line in lines])], [])
    with pikepdf.open(BytesIO(drawn(layout, title="", lang="en-US", dated=dated))) as pdf:
        (page,) = pdf.pages
        (font,) = page.Resources.Font.values()
        told = pikepdf.parse_content_stream(page, "Td Tj")
        for (index, _), text in zip(lines, zip(told[::2], told[1::2], strict=True), strict=True):
            printed = pikepdf.unparse_content_stream(text)
            stamps[index] += b"BT %b %g Tf %b ET\n" % (FACE.encode(), STAMP_SIZE, printed)
        return out.copy_foreign(font), stamps


def _set(words: str, x: float = 0) -> Line:
    return line_of(words, x, HEIGHT - STAMP_BASELINE, size=STAMP_SIZE)


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
            first += len(part.pages)
