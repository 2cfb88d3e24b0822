"""A file of the school's own service log: its table, and the rows that it becomes. Writes nothing.

The shell and the screens both go it here: a file is known by its content, and must be the same file to both.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.core.reconcile import log_rows
from iepjournal.errors import CannotUnderstand
from iepjournal.export.tables import read_csv

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from iepjournal.core.records import SchoolLogRow


class LogFile:
    """What was in the file, read as a table."""

    def __init__(self, content: bytes, encoding: str = "utf-8") -> None:
        self.table = read_csv(content, encoding)
        self._source = hashlib.sha256(content).hexdigest()

    def rows(self, columns: Mapping[str, int], service: str, today: date) -> tuple[SchoolLogRow, ...]:
        """Its rows for a service, each with the file it came from; the same file gives the same rows again."""
        return log_rows(self.table.numbered(), columns, service=service, source=self._source, today=today)


def content_of(path: str | Path) -> bytes:
    """The bytes of a file; CannotUnderstand says why there are none."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CannotUnderstand("a file that can be read", str(path), str(error.strerror)) from error
