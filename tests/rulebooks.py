"""The rules the program ships, without anybody's own; and files of rules for tests that break them."""

from __future__ import annotations

import tomllib
from typing import Any

from iepjournal import paths
from iepjournal.core.rulebook import RuleBook, rule_book

FILES: dict[str, dict[str, Any]] = {
    name: tomllib.loads((paths.rules() / name).read_text(encoding="utf-8"))
    for name in ("events.toml", "federal.toml", "states/ms.toml")
}
MS = rule_book(FILES)


def with_file(text: str) -> RuleBook:
    """The shipped rules and one more file, called mine.toml."""
    return rule_book({**FILES, "mine.toml": tomllib.loads(text)})
