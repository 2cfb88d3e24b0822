"""Another program's editor, where the parent set one: on a draft of the case, never in a shared folder."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from iepjournal.store.case_store import CaseStore

QUIET = {
    "vim": ["-n", "-i", "NONE", "--cmd", "set nobackup nowritebackup noundofile"],
    "vi": ["-n"],
    "nvim": ["-n", "-i", "NONE", "--cmd", "set nobackup nowritebackup noundofile"],
}
"""Options that keep these editors from leaving copies of the text elsewhere."""


def edited(store: CaseStore, name: str, text: str) -> str:
    """The text as the parent left it; it stays among the drafts until the caller has saved it."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not command:
        raise NotAllowed(
            "No editor is set.", "Send the new text on standard input: iepjournal letter edit N - < letter.md"
        )
    path = store.keep_draft(name, text)
    try:
        result = subprocess.run([*command, *QUIET.get(Path(command[0]).name, []), str(path)], check=False)
    except OSError as error:
        raise NotAllowed(f"{command[0]} could not be started: {error.strerror}.", f"Your text is in {path}.") from error
    if result.returncode:
        raise NotAllowed(f"{command[0]} ended with an error; the letter was left as it is.", f"Your text is in {path}.")
    return path.read_text(encoding="utf-8", errors="replace")
