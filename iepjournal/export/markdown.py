"""A letter as Markdown: its own text between the addresses, which are escaped so that they stay as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.markdown import escaped
from iepjournal.export.text import NOT_TO_SEND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iepjournal.core.letters import LetterPage

HARD_BREAK = "  \n"


def letter_markdown(page: LetterPage, *, draft: bool = False) -> str:
    """The whole letter."""
    parts = [f"**{NOT_TO_SEND}**"] if draft else []
    parts += [_lines(page.sender), escaped(page.date_line), *map(_lines, page.addressees), page.text.strip()]
    if page.cc:
        parts.append(f"cc: {_lines(page.cc)}")
    if page.record_line:
        parts.append(escaped(page.record_line))
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(lines: Iterable[str]) -> str:
    return HARD_BREAK.join(map(escaped, lines))
