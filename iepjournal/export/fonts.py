"""The two typefaces of every page: Spectral, and Fira Sans for what Spectral cannot place. Knows files and widths.

Widths are read once per process and words are measured once per style, which is what makes line breaking cheap.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import fontpkg_fira_sans
import fontpkg_spectral
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from iepjournal.export.blocks import Style

_WEIGHTS: dict[Style, str] = {"": "Regular", "B": "SemiBold", "I": "Italic", "BI": "SemiBoldItalic"}


@dataclass(frozen=True, eq=False)
class Face:
    """One font file: what it can print and how wide."""

    family: str
    style: Style
    file: Path
    widths: dict[int, float] = field(repr=False)
    """Code point -> advance in ems."""
    scale: float
    """Its size beside Spectral's, so that small letters are equally tall."""


class Piece(NamedTuple):
    """A stretch of text one face prints."""

    text: str
    face: Face
    width: float
    """In ems of the size asked for."""
    missing: str = ""
    """Its characters that neither face has."""


@cache
def spectral(style: Style) -> Face:
    """The face letters are set in."""
    file = fontpkg_spectral.ROOT / "files" / f"Spectral-{_WEIGHTS[style]}.ttf"
    return Face("spectral", style, file, _widths(file), 1.0)


@cache
def fira(style: Style) -> Face:
    """The face that stands in; its combining marks lie over the letter before them, Spectral's do not."""
    file = fontpkg_fira_sans.ROOT / "files" / f"FiraSans-{_WEIGHTS[style]}.ttf"
    return Face("fira", style, file, _widths(file), 0.88)


def _widths(file: Path) -> dict[int, float]:
    font = TTFont(file, lazy=True)
    advances, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: round(advances[glyph][0] * 1000 / per_em) / 1000 for code, glyph in font.getBestCmap().items()}


def normalized(text: str) -> str:
    """The same text in characters the faces have, where another one prints the same."""
    text = _HELD_TOGETHER.sub(NO_BREAK_SPACE, text)
    if text.isascii():
        return text.replace("\t", "    ")
    text = unicodedata.normalize("NFC", text).translate(_SAME_ON_PAPER)
    return "".join(" " if unicodedata.category(char) == "Zs" and char not in _KNOWN_SPACES else char for char in text)


_SAME_ON_PAPER = {
    ord("\t"): "    ",
    0x00AD: None,  # soft hyphen: we do not hyphenate
    0x2010: "-",
    0x2011: "-",
    0x2060: None,
    0x202F: "\u00a0",
    0xFE0E: None,  # phones add these to ☑ and ✓ to ask for a picture
    0xFE0F: None,
}
NO_BREAK_SPACE = "\u00a0"
_KNOWN_SPACES = (" ", NO_BREAK_SPACE)
_HELD_TOGETHER = re.compile(
    r"(?<=\d) (?=[A-Z]{2,}\b)|(?<=\b[A-Z]{2}) (?=\d{5}\b)|(?<=\bp\.) (?=\d)|(?<=\bEx\.) (?=[A-Z])"
)
"""The blank after a citation's number, between state and ZIP code, in “p. 12” and in “Ex. A”: no line ends there."""
CLUSTER = re.compile(r".[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u200c\u200d]*", re.DOTALL)
"""A character and the marks that lie on it."""
UNPRINTABLE = "□"


@cache
def pieces(word: str, style: Style) -> tuple[Piece, ...]:
    """A normalized word as stretches of one face each."""
    if word.isascii() and word.isprintable():
        return (piece_of(word, spectral(style)),)
    placed = (_placed(cluster, style) for cluster in CLUSTER.findall(word))
    return tuple(joined(tuple(group)) for _, group in groupby(placed, key=lambda piece: id(piece.face)))


def piece_of(text: str, face: Face) -> Piece:
    """Text that a face has, measured."""
    return Piece(text, face, sum(face.widths[ord(char)] for char in text) * face.scale)


@cache
def blank(face: Face) -> Piece:
    """The space between words."""
    return piece_of(" ", face)


def joined(parts: Sequence[Piece]) -> Piece:
    """Pieces of one face, one after the other, as one."""
    if len(parts) == 1:
        return parts[0]
    texts, faces, widths, missing = zip(*parts, strict=True)
    return Piece("".join(texts), faces[0], sum(widths), "".join(missing))


def _placed(cluster: str, style: Style) -> Piece:
    """In Spectral, unless it lacks it or marks lie on it; then in Fira."""
    if len(cluster) == 1 and ord(cluster) in spectral(style).widths:
        return piece_of(cluster, spectral(style))
    if all(ord(char) in fira(style).widths for char in cluster):
        return piece_of(cluster, fira(style))
    return piece_of(UNPRINTABLE, spectral(style))._replace(missing=cluster)
