"""The three looks, dark, light and plain: one accent each, for the one thing that wants doing now.

Grounds are nearly grey, because terminals of 256 colours set a tinted one to the nearest of a coarse cube.
"""

from __future__ import annotations

from textual.theme import Theme

DARK, LIGHT, PLAIN = "dark", "light", "plain"

THEMES = (
    Theme(
        name=DARK,
        dark=True,
        primary="#e8b45a",
        accent="#e8b45a",
        error="#f08c84",
        warning="#e8b45a",
        success="#93c393",
        foreground="#d9dce3",
        background="#15171b",
        surface="#15171b",
        panel="#1d2026",
        variables={
            "quiet": "#9ca2ae",
            "quiet-style": "none",
            "heading": "#f3f4f7",
            "rule": "#343a46",
            "row": "#2d3139",
            "row-style": "none",
            "box": "#22252b",
            "input-selection-background": "#3b475c",
        },
    ),
    Theme(
        name=LIGHT,
        dark=False,
        primary="#8a5200",
        accent="#8a5200",
        error="#a8201a",
        warning="#8a5200",
        success="#256333",
        foreground="#24272c",
        background="#fbf9f5",
        surface="#fbf9f5",
        panel="#f3f2ef",
        variables={
            "quiet": "#5a5f68",
            "quiet-style": "none",
            "heading": "#0e1013",
            "rule": "#d2cfc9",
            "row": "#e9e8e4",
            "row-style": "none",
            "box": "#efedea",
            "input-selection-background": "#d9cfb8",
        },
    ),
    # The terminal's own two colours: what is said by colour elsewhere is said by bold, dim and reverse here.
    Theme(
        name=PLAIN,
        ansi=True,
        primary="ansi_default",
        secondary="ansi_default",
        accent="ansi_default",
        error="ansi_default",
        warning="ansi_default",
        success="ansi_default",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            "quiet": "ansi_default",
            "quiet-style": "dim",
            "heading": "ansi_default",
            "rule": "ansi_default",
            "row": "ansi_default",
            "row-style": "reverse",
            "box": "ansi_default",
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
            "input-cursor-text-style": "reverse",
        },
    ),
)
