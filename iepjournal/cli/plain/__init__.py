"""`iepjournal --plain`: every action through numbered choices and one question at a time, for screen readers.

Nothing is drawn and nothing is written here: each choice becomes a command line for the same verbs as in the shell.
"""

from __future__ import annotations

from iepjournal.cli.plain.menu import open_menu

__all__ = ["open_menu"]
