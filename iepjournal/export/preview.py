"""The same pages as text: the exact lines and page breaks of the PDF, for a screen that cannot show one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.export.typeset import LEADING, SIZE

if TYPE_CHECKING:
    from iepjournal.export.pagination import Layout, Page
    from iepjournal.export.typeset import Line

COLUMN = SIZE * 0.5
"""About the width of a letter; only indents and table columns are measured with it."""


def preview(layout: Layout) -> tuple[str, ...]:
    """One text per page, one line per printed line, a blank line where the page leaves room for one."""
    left = min((line.spans[0].x for page in layout.pages for line in page.lines if line.spans), default=0.0)
    return tuple(_page(page, left) for page in layout.pages)


def _page(page: Page, left: float) -> str:
    shown: list[str] = []
    last_y: float | None = None
    for line in page.lines:
        if last_y is not None and line.y - last_y > LEADING * 1.4:
            shown.append("")
        last_y = line.y
        shown.append(_line(line, left))
    return "\n".join(shown)


def _line(line: Line, left: float) -> str:
    text, end = "", left
    for span in line.spans:
        if span.x - end > 1:
            text = text.ljust(max(len(text) + 1, round((span.x - left) / COLUMN)))
        text += span.text
        end = span.x + span.width
    return text.rstrip()
