"""Table: one table of a TOML file, read strictly. What is missing, of the wrong kind or never asked for is an error.

A typing error in a rule must not pass for a rule without that word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")


class Table:
    """Answers by name and kind; ValueError says in words what is wrong."""

    def __init__(self, stored: Any) -> None:
        if not isinstance(stored, Mapping):
            raise ValueError(f"“{stored}” stands where a table with names should be")
        self._stored = stored
        self._asked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._stored

    def text(self, name: str) -> str:
        """A line of text that must be there."""
        if not (text := self.text_or(name, "")).strip():
            raise ValueError(f"it has no {name}")
        return text

    def text_or(self, name: str, otherwise: str) -> str:
        """A line of text."""
        return self._one(name, str, "text", otherwise)

    def texts(self, name: str) -> tuple[str, ...]:
        """Several texts, or one that stands alone."""
        return _texts(name, self._take(name, ()))

    def lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Several lists of texts."""
        value = self._take(name, ())
        if not isinstance(value, list | tuple):
            raise ValueError(f"{name} is “{value}”, which is not a list of lists")
        return tuple(_texts(name, texts) for texts in value)

    def whole(self, name: str, otherwise: int = 0) -> int:
        """A whole number."""
        return self._one(name, int, "a whole number", otherwise)

    def wholes(self, name: str) -> tuple[int, ...]:
        """Several whole numbers."""
        value = self._take(name, ())
        if not isinstance(value, list | tuple) or not all(type(number) is int for number in value):
            raise ValueError(f"{name} is “{value}”, which is not a list of whole numbers")
        return tuple(value)

    def flag(self, name: str) -> bool:
        """True or false; false unless said."""
        return self._one(name, bool, "true or false", False)

    def day(self, name: str) -> date:
        """A date that must be there."""
        if name not in self:
            raise ValueError(f"it has no {name}")
        return self._one(name, date, "a date like 2026-11-23", date.min)

    def choice(self, name: str, known: Iterable[str], otherwise: str = "") -> str:
        """One of a few words."""
        word, known = self.text_or(name, otherwise), tuple(known)
        if word not in known:
            raise ValueError(f"{name} is “{word}”, not one of: {', '.join(known)}")
        return word

    def table(self, name: str) -> Table:
        """A table inside it; empty where there is none."""
        return Table(self._take(name, {}))

    def tables(self, name: str) -> tuple[Table, ...]:
        """Tables of one name."""
        value = self._take(name, ())
        if not isinstance(value, list | tuple):
            raise ValueError(f"{name} is not a list of tables")
        return tuple(map(Table, value))

    def names(self) -> tuple[str, ...]:
        """Every name in it, for tables that map one thing to another."""
        return tuple(self._stored)

    def finish(self) -> None:
        """Say so if a name was never asked for."""
        if unknown := sorted(map(str, self._stored.keys() - self._asked)):
            raise ValueError(f"“{unknown[0]}” is not known here")

    def _take(self, name: str, otherwise: Any) -> Any:
        self._asked.add(name)
        return self._stored.get(name, otherwise)

    def _one(self, name: str, kind: type[T], called: str, otherwise: T) -> T:
        value: T = self._take(name, otherwise)
        # bool is an int and datetime a date, but neither is meant.
        if type(value) is not kind:
            raise ValueError(f"{name} is “{value}”, which is not {called}")
        return value


def _texts(name: str, value: Any) -> tuple[str, ...]:
    many = [value] if isinstance(value, str) else value
    if not isinstance(many, list | tuple) or not all(isinstance(text, str) for text in many):
        raise ValueError(f"{name} is “{value}”, which is not text")
    return tuple(many)
