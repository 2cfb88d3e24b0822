"""The rule files on disk: the program's own and the user's. Reads them, and leaves what they say to `core.rulebook`."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from iepjournal import paths
from iepjournal.core.rulebook import RuleBook, rule_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from iepjournal.core.findings import Finding


def load_rules(state: str) -> RuleBook:
    """The rules for a state, with the user's own and notes; a file that cannot be used is a finding, never an error."""
    return book_of(rule_texts(state))


def rule_texts(state: str) -> dict[str, str | None]:
    """Every rule file by name, in the order they are taken; None for one that cannot be read."""
    return {name: _text(path) for name, path in _paths(state)}


def book_of(texts: Mapping[str, str | None]) -> RuleBook:
    """What the files say."""
    files, refused = {}, []
    for name, text in texts.items():
        if text is None:
            refused.append(_refused(name, "there is no such file, or it cannot be read"))
            continue
        try:
            files[name] = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            refused.append(_refused(name, str(error)))
    return rule_book(files, refused)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _refused(name: str, reason: str) -> Finding:
    from iepjournal.core.findings import Finding  # its decorator costs a third of a quick `due`

    return Finding(level="stop", where=name, message=f"{name} is left out: {reason}.")


def _paths(state: str) -> Iterator[tuple[str, Path]]:
    shipped = paths.rules()
    for name in ("events.toml", "federal.toml"):
        yield name, shipped / name
    if state.isalpha():
        yield f"states/{state}.toml", shipped / "states" / f"{state}.toml"
    own = paths.config() / "rules"
    for path in sorted(own.glob("*.toml")) if own.is_dir() else ():
        yield f"rules/{path.name}", path
