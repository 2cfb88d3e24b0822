"""A text on the bare terminal, without borders and one line a paragraph, where a finger can select and copy it."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.core.text import visible

if TYPE_CHECKING:
    from textual.app import App

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Takes the text off the screen and out of the terminal's memory of it."""


def show_bare(app: App[None], text: str) -> bool:
    """Leave the screens for the text until Enter, and leave nothing of it on the terminal; False if that cannot be."""
    from textual.app import SuspendNotSupported

    try:
        with app.suspend():
            _show_until_enter(text)
    except SuspendNotSupported:
        return False
    return True


def _show_until_enter(text: str) -> None:
    """Never raises: an error in here would leave the terminal half way."""
    out, keys = sys.__stdout__, sys.__stdin__
    if out is None or keys is None:
        return
    with suppress(OSError, ValueError):
        out.write(f"{CLEAR}{visible(text)}\n\n[Enter goes back]\n")
        out.flush()
        keys.readline()
        out.write(CLEAR)
        out.flush()
