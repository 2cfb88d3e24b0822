"""Plain words as Markdown that shows them unchanged; the letters' Markdown is read in `export.blocks`."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"[\\*|]|\](?=\()|<(?=\w)")
_AT_LINE_START = re.compile(r"^(\s*)(>|(?:#+|[+-]|\d{1,9}[.)])(?=\s|$))", re.MULTILINE)


def escaped(words: str) -> str:
    """The words with a backslash before whatever Markdown would read as more than words."""
    return _AT_LINE_START.sub(_escape_marker, _ANYWHERE.sub(r"\\\g<0>", words))


def _escape_marker(found: re.Match[str]) -> str:
    blank, marker = found.groups()
    return f"{blank}{marker[:-1]}\\{marker[-1]}"


def indented(words: str) -> str:
    """Words of several lines as the text of one list item: later lines stay in it."""
    return "\n".join(f"  {line}" if number and line else line for number, line in enumerate(words.split("\n")))
