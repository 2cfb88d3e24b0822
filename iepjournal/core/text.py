"""The one way in for text from outside, and the last look at it on the way out; loads nothing but `re`.

What a terminal would obey or an eye would not see is taken out and counted; what a person wrote is never changed.
"""

from __future__ import annotations

import re

from iepjournal.core.plurals import many
from iepjournal.core.values import Value


class Cleaned(Value):
    """Text that is safe to keep and to show."""

    text: str
    removed: int = 0
    """How many invisible characters were taken out, to be announced."""


# Kept as strings, which `re` compiles when they are first needed: ordinary text is seen to be clean without them.
_LINE_ENDS = "\r\n|[\r\x85\u2028\u2029]"
_LONE_SURROGATES = "[\ud800-\udfff]"
# No word is lost: a sequence that does not end on its line loses its beginning only. Any control character ends the
# search for an end, so that no input takes quadratic time.
_INVISIBLE = (
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    "|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x08\n-\x1f\x7f-\x9f]*(?:\x07|\x9c|\x1b\\\\)"  # OSC, DCS, SOS, PM, APC
    "|\x1b[#%()*+]?[0-~]"  # character sets, and all two-byte sequences
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # any other control character but TAB and LF
    "|[\u202a-\u202e\u2066-\u2069]"  # bidi embeddings, overrides, isolates
    "|[\u200b\u2060\ufeff\U000e0000-\U000e007f]"  # zero width, byte order mark, tags
)
_RESERVED_ON_WINDOWS = r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)"
_LONGEST_FILE_NAME = 100


def clean_text(text: str, *, multiline: bool = True) -> Cleaned:
    """Text without terminal codes and invisible characters; of one line, breaks become blanks and the ends are cut."""
    removed = 0
    if not text.replace("\n", "").isprintable():
        text = re.sub(_LONE_SURROGATES, "\ufffd", re.sub(_LINE_ENDS, "\n", text))
        before, text = text, re.sub(_INVISIBLE, "", text)
        removed = len(before) - len(text)
    return Cleaned(text=text if multiline else text.replace("\n", " ").strip(), removed=removed)


def visible(text: str) -> str:
    """The same for what goes to a screen, whatever way it came in."""
    return clean_text(text).text


def removal_note(removed: int) -> str:
    """What to say about invisible characters; empty when there were none."""
    if not removed:
        return ""
    return f"Removed {many(removed, 'invisible character')}."


def safe_file_name(title: str, fallback: str = "letter") -> str:
    """A name from a title for every file system, without its ending: no path, no hidden file, at most 100 bytes."""
    from unicodedata import category, normalize

    kept = "".join(char if char in "-_." or category(char)[0] in "LMN" else " " for char in normalize("NFKC", title))
    name = " ".join(kept.split()).lstrip("-. ")
    if re.match(_RESERVED_ON_WINDOWS, name):
        name = re.sub(_RESERVED_ON_WINDOWS, r"\1_", name, count=1)
    name = name.encode()[:_LONGEST_FILE_NAME].decode(errors="ignore").rstrip(". ")
    return name or fallback
