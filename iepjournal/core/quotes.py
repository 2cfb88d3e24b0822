"""What somebody else said, in quotation marks or as a quoted line: the checks of words leave it alone."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|^>.*$", re.MULTILINE)


def unquoted(text: str) -> str:
    """The text with blanks in place of what is quoted, so that every place stays where it is."""
    return _QUOTED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
