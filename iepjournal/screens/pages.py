"""The pages by name, each imported when it is first gone to: what is not looked at costs no start-up time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from iepjournal.screens.page import Page

PAGES = {
    "today": "Today",
    "log": "Log",
    "services": "Services",
    "deadlines": "Deadlines",
    "letters": "Letters",
    "packet": "Packet",
    "case": "CasePage",
}


def load(name: str) -> type[Page]:
    """The class of a page."""
    return cast("type[Page]", getattr(import_module(f"iepjournal.screens.{name}"), PAGES[name]))
