"""The one place that all text passes on its way to the terminal: no control code of a stored text gets through."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter
from textual.message import Message

from iepjournal.core.text import visible

if TYPE_CHECKING:
    from textual.color import Color

PLAIN_FORMS = str.maketrans(
    {
        "✓": "+", "✗": "-", "◐": "%", "◌": "o", "○": "o", "·": ".", "…": "~", "—": "-", "–": "-", "→": ">", "↑": "^",
        "↓": "v", "←": "<", "─": "-", "│": "|", "━": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "•": "*", "×": "x",
        "▁": "_", "▂": "_", "▃": "-", "▄": "=", "▅": "=", "▆": "#", "▇": "#", "█": "#", "▔": "-", "▊": "|", "▎": "|",
    }
)  # fmt: skip


class Removed(Message):
    """Invisible characters were left out of a paste."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class Cleaning(LineFilter):
    """Drops what a terminal would act on, and on terminals without Unicode sets plain letters for our marks."""

    def __init__(self, *, draws_unicode: bool = True) -> None:
        super().__init__()
        self._clean = _cleaned if draws_unicode else _plain

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Clean every segment; those without anything to clean are passed on as they are."""
        del background
        clean = self._clean
        return [
            segment if (text := clean(segment.text)) == segment.text else Segment(text, segment.style, None)
            for segment in segments
        ]


@lru_cache(4096)
def _cleaned(text: str) -> str:
    return text if text.isprintable() else visible(text)


@lru_cache(4096)
def _plain(text: str) -> str:
    return "".join(_plain_character(character) for character in _cleaned(text).translate(PLAIN_FORMS))


def _plain_character(character: str) -> str:
    """The same width in plain letters: é becomes e, what has no plain form a question mark."""
    if character.isascii():
        return character
    letter = unicodedata.normalize("NFKD", character)[0]
    return (letter if letter.isascii() else "?").ljust(cell_len(character), "?") if cell_len(character) else ""
