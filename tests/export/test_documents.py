"""Documents: how long they get, and what they are set in to fit."""

from __future__ import annotations

from casebook import TODAY

from iepjournal.export.blocks import blocks
from iepjournal.export.documents import Document, document_layout
from iepjournal.export.typeset import SIZE


def sizes(lines: int, most_pages: int) -> tuple[int, set[float]]:
    """How many pages so many lines take, and in which sizes they are set."""
    contents = blocks("# Sheet\n\n" + "\n\n".join(["A line to write on."] * lines))
    layout = document_layout(Document(title="Sheet", contents=contents, dated=TODAY, most_pages=most_pages))
    set_in = {span.size for page in layout.pages for line in page.lines for span in line.spans if "write" in line.text}
    return len(layout.pages), set_in


def test_a_sheet_that_fits_keeps_its_type() -> None:
    assert sizes(20, most_pages=1) == (1, {SIZE})


def test_a_sheet_a_little_too_long_is_set_smaller() -> None:
    assert sizes(28, most_pages=0) == (2, {SIZE})
    pages, (set_in,) = sizes(28, most_pages=1)
    assert pages == 1
    assert 0.8 * SIZE < set_in < SIZE


def test_a_sheet_much_too_long_stays_readable() -> None:
    assert sizes(60, most_pages=1) == (3, {SIZE})
