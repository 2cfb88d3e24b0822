"""References in a packet's text: `[[entry 41]]` and `[[ex:slp-log]]`, found and put into words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_REFERENCE = re.compile(r"\[\[([^\[\]\n]*)\]\]")
EXHIBIT = "ex:"


def references(text: str) -> tuple[str, ...]:
    """What a text refers to, in small letters, in the order of first mention."""
    return tuple(dict.fromkeys(_plain(found[1]) for found in _REFERENCE.finditer(text)))


def resolved(text: str, words_of: Callable[[str], str]) -> str:
    """The text with the words for each reference in its place."""
    return _REFERENCE.sub(lambda found: words_of(_plain(found[1])), text)


def _plain(name: str) -> str:
    # Markdown may have put a backslash before a mark in a parent's own words.
    return " ".join(name.replace("\\", "").lower().split())
