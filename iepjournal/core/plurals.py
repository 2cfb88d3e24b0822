"""So many of something, in English; letters have their words in `templates/words`."""

from __future__ import annotations


def many(number: int, what: str, more: str = "") -> str:
    """1 day, 3 days; 1 entry, 3 entries."""
    return f"{number} {what if number == 1 else more or f'{what}s'}"
