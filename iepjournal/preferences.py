"""What the user chose for the screens: colours, keys, when to go blank; and whether the tour was shown.

A file that is wrong changes nothing.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from iepjournal import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "config.toml"
TOUR_SEEN = "tour-seen"
"""An empty file beside the cases: the tour is about the program, not about a case."""


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """The settings of config.toml."""

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Binding id -> keys, parted by commas."""
    blank_after_minutes: int = 0
    """The screen goes blank after so long without a key; 0 for never."""
    trouble: str = ""
    """What is wrong with the file, as a sentence; empty when nothing is."""


def read() -> Preferences:
    """The user's choices; those that cannot be read are left out and said."""
    path = paths.config() / FILE
    if not path.exists():
        return Preferences()
    import tomllib

    try:
        with path.open("rb") as file:
            chosen = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        return Preferences(trouble=f"Your settings in {path} could not be read ({error}); the usual ones are used.")
    return _understood(chosen, str(path))


def _understood(chosen: dict[str, Any], path: str) -> Preferences:
    theme, keys, minutes = chosen.get("theme", ""), chosen.get("keys", {}), chosen.get("blank_after_minutes", 0)
    wrong = []
    if theme not in ("", "dark", "light", "plain"):
        wrong.append("theme is dark, light or plain")
        theme = ""
    if not (isinstance(keys, dict) and all(isinstance(value, str) for value in keys.values())):
        wrong.append('[keys] has lines like "app.add" = "n"')
        keys = {}
    if isinstance(minutes, bool) or not isinstance(minutes, int) or minutes < 0:
        wrong.append("blank_after_minutes is a whole number")
        minutes = 0
    trouble = f"In {path}: {'; '.join(wrong)}. The rest is used." if wrong else ""
    return Preferences(theme=theme, keys=keys, blank_after_minutes=minutes, trouble=trouble)


def tour_seen() -> bool:
    """Whether the tour was shown to this user."""
    return (paths.home() / TOUR_SEEN).exists()


def remember_tour() -> None:
    """Never show it again unasked; where that cannot be kept, it will be shown once more."""
    with suppress(OSError):
        os.close(os.open(paths.home() / TOUR_SEEN, os.O_CREAT | os.O_WRONLY, 0o600))
