"""The rule files a case was last shown with, so that a changed rule can name the deadlines it moved.

A memory, not a record: when it is missing or broken, nothing is lost but that comparison.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from iepjournal.errors import MaybeSaved, NotSaved
from iepjournal.store.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "rules-seen.json"


class SeenRules:
    """One case's memory of rule files."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def read(self) -> dict[str, str | None]:
        """The files by name; empty when none were remembered."""
        try:
            texts = json.loads(self.path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(texts, dict) or not all(isinstance(text, str | None) for text in texts.values()):
            return {}
        return texts

    def remember(self, texts: Mapping[str, str | None]) -> None:
        """Keep them for the next look; where the disk refuses, the next look compares with the older ones."""
        try:
            Disk().put(str(self.path), json.dumps(texts, ensure_ascii=False).encode())
        except (NotSaved, MaybeSaved):
            return
