"""The parent's own editor ($VISUAL or $EDITOR) on a file of ours: told to keep no copies, and never run by a shell."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from textual.app import App

QUIET = {
    "vim": ["-n", "-i", "NONE", "--cmd", "set nobackup nowritebackup noundofile"],
    "vi": ["-n"],
    "nvim": ["-n", "-i", "NONE", "--cmd", "set nobackup nowritebackup noundofile"],
}
"""Options that keep these editors from leaving copies of the text elsewhere."""
ONLY_MINE = 0o600


def command() -> list[str]:
    """The editor and its options; empty where none is set, or what is set cannot be read."""
    try:
        return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError:
        return []


def name() -> str:
    """What the editor is called: nano."""
    return Path(command()[0]).name if command() else ""


def edit(path: Path) -> str:
    """The text of a file as the parent left it; the file stays, whatever the editor does."""
    words = command()
    if not words:
        raise NotAllowed("No editor is set.", "Set one with EDITOR, as in EDITOR=nano.")
    kept = f"Your text is in {path}."
    try:
        editor = subprocess.Popen([*words, *QUIET.get(name(), []), str(path)])
    except OSError as error:
        raise NotAllowed(f"{words[0]} could not be started: {error.strerror}.", kept) from error
    if _ended(editor):
        raise NotAllowed(f"{words[0]} ended with an error; the letter was left as it is.", kept)
    try:
        path.chmod(ONLY_MINE)
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise NotAllowed(f"{words[0]} left no text; the letter was left as it is.") from error


def edit_from(app: App[None], path: Path) -> str:
    """The same with the screens out of the way meanwhile."""
    from textual.app import SuspendNotSupported

    if not command():
        raise NotAllowed("No editor is set.", "Leave, set one with EDITOR=nano, and come back; or write here.")
    try:
        with app.suspend():
            # Nothing may be raised in here: the screens would stay half away.
            try:
                text, error = edit(path), None
            except NotAllowed as failed:
                text, error = "", failed
    except SuspendNotSupported as unsupported:
        raise NotAllowed("The screens cannot be left here for another program.", "Write here.") from unsupported
    if error:
        raise error
    return text


def _ended(editor: subprocess.Popen[bytes]) -> int:
    """Wait for it; Ctrl+C in between is the editor's."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return editor.wait()
    finally:
        signal.signal(signal.SIGINT, before)
