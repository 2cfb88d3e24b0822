"""The templates and words on disk, the user's own first; reads them, and leaves what they mean to `core`."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from iepjournal import paths
from iepjournal.core.kit import Kit, parse_kit
from iepjournal.core.templates import Template, parse_template
from iepjournal.core.words import Words, parse_words
from iepjournal.errors import BadTemplate, NoSuchTemplate

if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".md"
ENGLISH = "en"
STATE_COMPLAINT = "state-complaint"
"""The letter whose required parts and addresses the packet shares."""
PRINTABLE = "print-"
"""How the names of printables begin; they are no letters."""


def template_names() -> tuple[str, ...]:
    """Every letter there is, by name."""
    return tuple(name for name in _files() if not name.startswith(PRINTABLE))


def template(name: str) -> Template:
    """One letter by its name; NoSuchTemplate or BadTemplate say why not."""
    return parse_template(name, _read(name))


def letter_templates() -> tuple[tuple[Template, ...], tuple[str, ...]]:
    """Every letter that can be read, and for each that cannot the sentence that says why."""
    read, refused = [], []
    for name in template_names():
        try:
            read.append(template(name))
        except BadTemplate as error:
            refused.append(str(error))
    return tuple(read), tuple(refused)


def printable_names() -> tuple[str, ...]:
    """Every printable there is, by name without its prefix."""
    return tuple(name.removeprefix(PRINTABLE) for name in _files() if name.startswith(PRINTABLE))


def printable(name: str) -> Template:
    """One printable by its name."""
    if name not in printable_names():
        raise NoSuchTemplate(name, list(printable_names()))
    return parse_template(name, _read(PRINTABLE + name))


@cache
def words(lang: str = ENGLISH) -> Words:
    """The words of a language: `en`; and `es`, whose letters have their English text beside them."""
    source = (paths.templates() / "words" / f"{lang}.toml").read_text(encoding="utf-8")
    return parse_words(f"words/{lang}", source, beside=None if lang == ENGLISH else words(ENGLISH))


def packet_kit() -> Kit:
    """The state complaint's packet: its text, what it may claim, and the words of its pages."""
    letter = template(STATE_COMPLAINT)
    text = parse_template("packet/complaint", _packet_file("complaint.md"))
    complaint = replace(text, name=letter.name, parts=(*letter.parts, *text.parts), addresses=letter.addresses)
    return parse_kit(complaint, _packet_file("claims.toml"), _packet_file("pages.toml"))


def _packet_file(name: str) -> str:
    own = paths.config() / "templates" / "packet" / name
    return (own if own.is_file() else paths.templates() / "packet" / name).read_text(encoding="utf-8")


def _read(name: str) -> str:
    files = _files()
    if name not in files:
        raise NoSuchTemplate(name, list(files))
    return files[name].read_text(encoding="utf-8", errors="replace")


def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (paths.templates(), paths.config() / "templates"):
        if folder.is_dir():
            found |= {path.name.removesuffix(ENDING): path for path in folder.glob(f"*{ENDING}")}
    return dict(sorted(found.items()))
