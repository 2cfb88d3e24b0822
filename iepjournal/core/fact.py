"""Fact: the words for one blank of a letter, and the records they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Words for one blank; empty where the case does not know them."""

    name: str
    value: str
    label: str = ""
    """What a finding calls it."""
    records: tuple[str, ...] = ()
    """Root uids of the records it came from; a fact that has some is remembered in the letter."""
    optional: bool = False
    """Whether the letter does without it where there is nothing to say; any other leaves a visible blank."""
    otherwise: str = ""
    """Of a figure: its value counted the other way, where that is another."""
    of: tuple[Fact, ...] = ()
    """The facts a list is made of, remembered in its place."""

    @property
    def remembered(self) -> tuple[Fact, ...]:
        """What a letter that uses it keeps, to see later whether it moved."""
        return self.of or ((self,) if self.records and self.value else ())


def listed(name: str, single: Iterable[Fact]) -> Fact:
    """A list of facts, one a line, remembered one by one."""
    of = tuple(single)
    return Fact(name=name, value="\n".join(f"- {fact.value}" for fact in of), of=of)
