"""A document that is no letter (a report, a chronology, a printable) and where things stand on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iepjournal.export.pagination import HEIGHT, WIDTH, Frame, paginate
from iepjournal.export.typeset import LEADING, SIZE, boxes, line_of, width_of

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.export.blocks import Block
    from iepjournal.export.pagination import Layout
    from iepjournal.export.typeset import Box

LEFT, RIGHT = 72.0, WIDTH - 72.0
TOP, NEXT_PAGES_TOP, BOTTOM = 66.0, 84.0, HEIGHT - 70.0
HEADER_BASELINE, FOOT_BASELINE = 52.0, HEIGHT - 40.0
SMALL, SMALLEST = 9.0, 8.0
SCALES = (1.0, 0.95, 0.9, 0.85)
"""Of the type of a document that is to fit on its pages."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """What to print, in plain values."""

    title: str
    """The file's own title, and the header of every page but the first."""
    contents: tuple[Block | Box, ...]
    """Of `blocks.blocks(markdown)`, or built by hand, with drawings among them; starts with its own heading."""
    dated: date
    foot: str = ""
    """At the foot of every page: the record line."""
    lang: str = "en-US"
    page_words: str = "Page {} of {}"
    """At the foot; none where the pages get numbers of another kind."""
    most_pages: int = 0
    """So many it is to fit on, where smaller type can do that; 0 for as many as it takes."""


def document_layout(document: Document) -> Layout:
    """The document's pages, every line in its place; `outline` tells where its headings fell."""
    layout = _filled(document)
    for number, page in enumerate(layout.pages, 1):
        if number > 1:
            page.lines.append(line_of(document.title, LEFT, HEADER_BASELINE, size=SMALL, quiet=True))
        if document.foot:
            page.lines.append(line_of(document.foot, LEFT, FOOT_BASELINE, size=SMALLEST, quiet=True))
        folio = document.page_words.format(number, len(layout.pages))
        width = width_of(line_of(folio, 0, 0, size=SMALLEST))
        page.lines.append(line_of(folio, RIGHT - width, FOOT_BASELINE, size=SMALLEST, quiet=True))
        page.lines.sort(key=lambda line: line.y)
    return layout


def _filled(document: Document) -> Layout:
    """In the largest type in which it fits; in the usual one where none does."""
    layouts = (
        paginate(
            boxes(document.contents, RIGHT - LEFT, SIZE * scale, LEADING * scale),
            lambda number: Frame(LEFT, RIGHT, TOP if number == 1 else NEXT_PAGES_TOP, BOTTOM),
        )
        for scale in SCALES
    )
    usual = next(layouts)
    if not document.most_pages or len(usual.pages) <= document.most_pages:
        return usual
    return next((layout for layout in layouts if len(layout.pages) <= document.most_pages), usual)
