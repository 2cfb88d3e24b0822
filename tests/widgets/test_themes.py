from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from rich.color import Color, ColorSystem

from iepjournal.widgets.themes import DARK, LIGHT, THEMES

if TYPE_CHECKING:
    from textual.theme import Theme

NEEDED = 4.5
"""WCAG 2.2, 1.4.3 (AA): the contrast of text with what is behind it."""
TEXTS = ("foreground", "accent", "error", "success", "quiet", "heading")
GROUNDS = ("background", "panel", "row", "box")


def value(theme: Theme, name: str) -> str:
    return theme.variables.get(name) or getattr(theme, name)


def luminance(colour: str, system: ColorSystem) -> float:
    """As WCAG defines it, of the colour that a terminal of so many colours shows."""
    shown = Color.parse(colour).downgrade(system).get_truecolor()
    parts = [part / 255 for part in shown]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
@pytest.mark.parametrize("name", [DARK, LIGHT])
def test_every_word_can_be_read_on_every_ground(name: str, system: ColorSystem) -> None:
    theme = next(theme for theme in THEMES if theme.name == name)
    for text, ground in product(TEXTS, GROUNDS):
        light, dark = sorted((luminance(value(theme, one), system) for one in (text, ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= NEEDED, (text, ground)


@pytest.mark.parametrize("name", [DARK, LIGHT])
def test_the_row_with_the_mark_differs_from_the_page_in_256_colours_too(name: str) -> None:
    theme = next(theme for theme in THEMES if theme.name == name)
    shown = [Color.parse(value(theme, one)).downgrade(ColorSystem.EIGHT_BIT) for one in ("row", "background", "panel")]
    assert len({one.number for one in shown}) == len(shown)
