"""Finding: something wrong with the data, as a value. What stops the program is an exception instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SIGNS = {"stop": "✗", "warn": "!"}
"""Each level as it is marked in a list."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One remark on a letter, a set-up file, an import or a packet."""

    level: Literal["stop", "warn"]
    where: str
    """The part, line or field it is about."""
    message: str
    citation: str = ""
    suggestion: str = ""
    """A sentence or key that would mend it."""
    of: str = ""
    """What it is about: the root uid of a record, or the words themselves."""
    line: int | None = None
    """Of the text it is about, from 1."""
    key: str = ""
    """What the parent allows it by; empty for what cannot be allowed."""
