"""The two streams made able to say everything: files get UTF-8, an older terminal the nearest letters it has."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io

NEAREST = "iepjournal-nearest"
_TWINS = {
    "“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "·": "-", "•": "*", "…": "...", "→": "->",
    "✓": "+", "✗": "x", "◐": "%", "◌": "o", "☐": "[ ]", "☑": "[x]", "\xa0": " ",
}  # fmt: skip


def make_able() -> None:
    """Prepare stdout and stderr; where they are UTF-8 already, nothing is done."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and stream.encoding.lower().replace("-", "") != "utf8":
            _make_able(stream)  # type: ignore[arg-type]


def _make_able(stream: io.TextIOWrapper) -> None:
    if stream.isatty():
        import codecs

        codecs.register_error(NEAREST, nearest)
        stream.reconfigure(errors=NEAREST)
    else:
        stream.reconfigure(encoding="utf-8")


def nearest(error: UnicodeError) -> tuple[str, int]:
    """What stands for letters that the terminal does not have."""
    from unicodedata import normalize

    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    plain = (_TWINS.get(letter) or normalize("NFKD", letter)[0] for letter in missing)
    said = "".join(words if words.isascii() else "?" for words in plain)
    return said, error.end
