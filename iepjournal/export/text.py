"""A letter or document as plain text: for mail bodies, screen readers and copying; the accessible twin of the PDF."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from iepjournal.export.blocks import Heading, Paragraph, Table, blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iepjournal.core.letters import LetterPage
    from iepjournal.export.blocks import Block, Run
    from iepjournal.export.documents import Document

WRAPPED_AT = 72
NOT_TO_SEND = "DRAFT - not to be sent"


def letter_text(page: LetterPage, *, width: int | None = WRAPPED_AT, draft: bool = False) -> str:
    """The whole letter; with no width each paragraph is one line, for copying by hand."""
    parts = [NOT_TO_SEND] if draft else []
    parts += [
        "\n".join(page.sender),
        page.date_line,
        *map("\n".join, page.addressees),
        text_of(blocks(page.text), width),
    ]
    if page.cc:
        parts.append("cc: " + "\n    ".join(page.cc))
    if page.record_line:
        parts.append(page.record_line)
    return "\n\n".join(part for part in parts if part) + "\n"


def document_text(document: Document, *, width: int | None = WRAPPED_AT) -> str:
    """The whole document, its foot once at the end; a drawing has its figures beside it in words."""
    words = [block for block in document.contents if isinstance(block, Heading | Paragraph | Table)]
    return "\n\n".join(filter(None, (text_of(words, width), document.foot))) + "\n"


def text_of(contents: Iterable[Block], width: int | None = WRAPPED_AT) -> str:
    """Blocks as plain paragraphs."""
    shown = ""
    in_list = False
    for block in contents:
        is_tight = isinstance(block, Paragraph) and block.tight
        shown += ("\n" if is_tight and in_list else "\n\n") * bool(shown) + _block(block, width)
        in_list = is_tight
    return shown


def _block(block: Block, width: int | None) -> str:
    match block:
        case Paragraph():
            indent = "  " * block.depth
            first = f"{indent[2:]}{block.marker} " if block.marker else indent
            return _wrapped(block.text, first, indent if len(indent) >= len(first) else " " * len(first), width)
        case Heading():
            underline = {1: "=", 2: "-"}.get(block.level, "")
            return "\n".join(filter(None, (block.text, underline * len(block.text))))
        case Table():
            return _table(block)


def _wrapped(text: str, first: str, others: str, width: int | None) -> str:
    if width is None:
        return first + text.replace("\n", "\n" + others)
    lines: list[str] = []
    for line in text.split("\n"):
        wrapped = textwrap.wrap(
            line, width, initial_indent=others if lines else first, subsequent_indent=others,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        lines += wrapped or [first.rstrip()]
    return "\n".join(lines)


def _table(table: Table) -> str:
    rows = [[_cell(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    justify = [str.rjust if aligned == "right" else str.ljust for aligned in table.aligned]
    lines = [
        "  ".join(pad(cell, width) for pad, cell, width in zip(justify, row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _cell(runs: tuple[Run, ...]) -> str:
    return " ".join("".join(run.text for run in runs).split())
