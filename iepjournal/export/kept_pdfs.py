"""A PDF that somebody else made -> pages that show on our paper what they show on a screen, or why they cannot.

Only what is drawn goes along: no script, link, field or file within the file. What a page shows by notes and filled
fields is drawn into it first; where that, or any page, could get lost without a word, the file is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from pikepdf.settings import set_qpdf_limits

from iepjournal.errors import CannotShow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_PAGES = 2000
LARGEST_STREAM = 256_000_000
"""Bytes; a page's own text never comes near it, a file made to fill the memory does."""
MOST_FILTERS = 4
HARMLESS = ("reported number of objects", "Resources is missing or invalid; repairing")
"""What qpdf overlooked and was not on a page: the other side of a scan often has no resources. Anything else may be."""
PRINT_IT = "Open it elsewhere, print it to a new PDF and attach that."
DRAWN = frozenset(
    f"/{kind}"
    for kind in ("FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly",
                 "StrikeOut", "Caret", "Stamp", "Ink")
)  # fmt: skip
"""Annotations that a viewer draws by itself where they bring no drawing."""
HIDDEN = 0x02 | 0x20
"""The flags Hidden and NoView."""


def kept_pdf(path: Path) -> pikepdf.Pdf:
    """The file, its pages ready to be placed; CannotShow where they would not show what they should."""
    set_qpdf_limits(flate_max_memory=LARGEST_STREAM, max_stream_filters=MOST_FILTERS)
    try:
        # Repaired files lack pages, or what stood on them, without a word.
        pdf = pikepdf.open(path, attempt_recovery=False)
        count = len(pdf.pages)
        if count > MOST_PAGES:
            raise CannotShow(
                f"has {count:,} pages; an exhibit may have {MOST_PAGES:,}", "Attach the pages that matter."
            )
        _refuse_what_pages_do_not_show(pdf)
        for page in pdf.pages:
            _set_upright(page)
            _read(page)
        if any("/Annots" in page.obj for page in pdf.pages):
            _draw_in(pdf)
        if any(not any(words in warning for words in HARMLESS) for warning in pdf.get_warnings()):
            raise CannotShow("is a damaged PDF", PRINT_IT)
    except pikepdf.PasswordError:
        raise CannotShow("is locked with a password", "Print it to a new PDF, or ask for a copy without one.") from None
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError):
        raise CannotShow("is a damaged PDF", PRINT_IT) from None
    if not count:
        raise CannotShow("is a PDF without pages", "Attach a good copy of it.")
    return pdf


def _refuse_what_pages_do_not_show(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    if "/Collection" in root:
        raise CannotShow("is a bundle of other files", "Attach those one by one.")
    form = root.get("/AcroForm", pikepdf.Dictionary())
    if "/XFA" in form and root.get("/NeedsRendering", False):
        raise CannotShow("is a form that only Adobe’s own program can show", PRINT_IT)
    layers = root.get("/OCProperties", pikepdf.Dictionary()).get("/D", pikepdf.Dictionary())
    if layers.get("/OFF") or layers.get("/BaseState") == pikepdf.Name.OFF:
        raise CannotShow("has hidden layers, which would show on paper", PRINT_IT)
    must_be_drawn = bool(form.get("/NeedAppearances", False))
    for annotation in (annotation for page in pdf.pages for annotation in _annotations(page)):
        if _needs_a_viewer(annotation, must_be_drawn):
            raise CannotShow("has notes or filled-in fields that only a PDF program draws", PRINT_IT)


def _draw_in(pdf: pikepdf.Pdf) -> None:
    """Make what annotations draw a part of their pages."""
    form = pdf.Root.get("/AcroForm", pikepdf.Dictionary())
    if "/NeedAppearances" in form:
        # What is left of such a form are ticked boxes, which bring their drawings; qpdf would leave them out.
        del form["/NeedAppearances"]
    pdf.flatten_annotations("all")


def _annotations(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    found = page.obj.get("/Annots")
    if isinstance(found, pikepdf.Array):
        yield from (one for one in found if isinstance(one, pikepdf.Dictionary))


def _needs_a_viewer(annotation: pikepdf.Object, must_be_drawn: bool) -> bool:
    """Whether it would be seen on a screen and brings no drawing of that, or an old one."""
    if int(annotation.get("/F", 0)) & HIDDEN:
        return False
    is_drawn = "/N" in annotation.get("/AP", pikepdf.Dictionary())
    kind = str(annotation.get("/Subtype", ""))
    if kind == "/Widget":
        is_text = str(_inherited(annotation, "/FT")) in ("/Tx", "/Ch") and bool(str(_inherited(annotation, "/V")))
        return is_text and (must_be_drawn or not is_drawn)
    return kind in DRAWN and not is_drawn


def _inherited(field: pikepdf.Object, name: str) -> pikepdf.Object | str:
    """What a field says of itself, or its parents for it."""
    for _ in range(MOST_FILTERS):
        if name in field:
            return field[name]
        if "/Parent" not in field:
            break
        field = field["/Parent"]
    return ""


def _set_upright(page: pikepdf.Page) -> None:
    """Give it one box, that of what is seen of it, and a rotation by right angles."""
    sheet, seen = _upright(page.mediabox), _upright(page.cropbox)
    left, bottom, right, top = (
        max(sheet[0], seen[0]), max(sheet[1], seen[1]), min(sheet[2], seen[2]), min(sheet[3], seen[3]),
    )  # fmt: skip
    if right <= left or top <= bottom:
        left, bottom, right, top = sheet
    if right <= left or top <= bottom:
        raise CannotShow("is a damaged PDF", PRINT_IT)
    page.mediabox = page.cropbox = page.trimbox = pikepdf.Array([left, bottom, right, top])
    if page.rotation % 90:
        page.rotate(0, relative=False)


def _upright(box: pikepdf.Array) -> tuple[float, float, float, float]:
    one_x, one_y, other_x, other_y = map(float, box)
    return min(one_x, other_x), min(one_y, other_y), max(one_x, other_x), max(one_y, other_y)


def _read(page: pikepdf.Page) -> None:
    """Decode its own text and lines, so that what cannot be decoded or drawn is known now."""
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else (contents,)
    content = b"".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    if not len(page.resources) and (b"Tf" in content or b"Do" in content):
        raise CannotShow("is a damaged PDF", PRINT_IT)
