"""Writes down how the screens failed without a word of the journal: no local variables, no error messages."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING

from iepjournal import paths

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def report(error: BaseException, at: datetime) -> Path | None:
    """Where the report was written, readable by its owner only; None when the disk refused that too."""
    folder = paths.home() / "crashes"
    path = folder / f"{at:%Y-%m-%d-%H%M%S}-{os.getpid()}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{at.isoformat(timespec='seconds')}\n{_without_words(error)}")
    except OSError:
        return None
    return path


def _without_words(error: BaseException) -> str:
    """The calls and the kind of error, of it and of what caused it; a message may quote the journal."""
    told, causes = [], 0
    cause: BaseException | None = error
    while cause is not None and causes < 10:
        told.append("".join(traceback.format_tb(cause.__traceback__)) + type(cause).__qualname__ + "\n")
        cause, causes = cause.__cause__ or cause.__context__, causes + 1
    return "\nbecause of\n".join(told)


def sentence(path: Path | None) -> str:
    """What the parent reads when the screens had to stop."""
    where = f" A report without your words is in {path}." if path else ""
    return f"iepjournal hit a problem and closed the screens. What you saved is saved, what you typed is kept.{where}"
