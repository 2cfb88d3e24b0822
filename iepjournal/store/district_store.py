"""What the cases of one district share: its school calendar, people and addresses, in a journal of its own."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

from iepjournal.store.record_store import RecordStore

if TYPE_CHECKING:
    from pathlib import Path

    from iepjournal.store.disk import Disk

_LONGEST_SLUG = 60


def district_slug(name: str) -> str:
    """The file name of a district: its words in small letters, joined by dashes."""
    return "-".join(re.findall(r"[^\W_]+", name.casefold()))[:_LONGEST_SLUG].strip("-")


class DistrictStore(RecordStore):
    """The shared file of one district."""

    def __init__(self, folder: Path, name: str, *, disk: Disk | None = None) -> None:
        slug = district_slug(name)
        super().__init__(folder / f"{slug}.json", slug, disk=disk)
        self.name = name
        self.storage.brought_back_by = f"iepjournal restore --district {shlex.quote(name)}"

    @property
    def exists(self) -> bool:
        """Whether anything was ever written for this district: a file that was lost is not passed over."""
        return os.path.lexists(self.path) or bool(self.backups.all())
