"""Where cases, styles, templates and rules are; creates nothing."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).parent


def home() -> Path:
    """The folder of all cases: $IEPJOURNAL_HOME, else $XDG_DATA_HOME/iepjournal, else ~/.local/share/iepjournal."""
    chosen = os.environ.get("IEPJOURNAL_HOME")
    if chosen:
        return Path(chosen).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "iepjournal"


def cases() -> Path:
    """One folder a case."""
    return home() / "cases"


def districts() -> Path:
    """What the cases of one district share."""
    return home() / "districts"


def config() -> Path:
    """The user's own templates, rules and keymap: $XDG_CONFIG_HOME/iepjournal, else ~/.config/iepjournal."""
    chosen = os.environ.get("XDG_CONFIG_HOME")
    return (Path(chosen) if chosen else Path.home() / ".config") / "iepjournal"


def styles() -> Path:
    """The stylesheets: inside an installed package, beside it in a clone."""
    return _shipped("styles")


def templates() -> Path:
    """The letters and printables."""
    return _shipped("templates")


def rules() -> Path:
    """The law, as data."""
    return PACKAGE / "rules"


def demo() -> Path:
    """The made-up term that `iepjournal demo` plays."""
    return PACKAGE / "demo"


def _shipped(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
