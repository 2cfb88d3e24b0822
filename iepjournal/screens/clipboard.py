"""The clipboard of the parent's own device, by way of the terminal: a sequence (OSC 52) that it may obey or ignore.

Nothing ever comes back, so nothing here says that something was copied.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iepjournal.core.text import visible

if TYPE_CHECKING:
    from textual.app import App

MOST_BYTES = 74_994
"""In base64 these are 100,000 characters, more than which many terminals drop without a word (vim-oscyank)."""
IN_BETWEEN = ("TMUX", "STY")
"""tmux and screen stand between us and the terminal, and by their usual settings keep such a sequence."""
INSTEAD = "b and 2 shows the bare text."


def to_clipboard(app: App[None], text: str) -> str:
    """Hand a text to the terminal's clipboard; gives what can truly be said of it."""
    clean = visible(text)
    size = len(clean.encode())
    if size > MOST_BYTES:
        return f"Too long for a terminal's clipboard ({size:,} bytes), so nothing was sent. {INSTEAD}"
    app.copy_to_clipboard(clean)
    if any(os.environ.get(name) for name in IN_BETWEEN):
        return f"Sent, but you are inside tmux or screen, which often keep it back. Paste to see; else {INSTEAD}"
    return f"Sent to the terminal's clipboard, if your terminal allows it. Paste to see; else {INSTEAD}"
