"""The parent's own editor from the shell: on a draft of the case, never in a shared folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import own_editor
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from iepjournal.store.case_store import CaseStore


def edited(store: CaseStore, name: str, text: str) -> str:
    """The text as the parent left it; it stays among the drafts until the caller has saved it."""
    if not own_editor.command():
        raise NotAllowed(
            "No editor is set.", "Send the new text on standard input: iepjournal letter edit N - < letter.md"
        )
    return own_editor.edit(store.keep_draft(name, text))
