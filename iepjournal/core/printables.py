"""Printables: sheets that are no letters, filled from the case as far as it goes, with room to write for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.templates import filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iepjournal.core.fact import Fact
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words

TO_WRITE_ON = "_" * 24


def printable_text(template: Template, words: Words, facts: Mapping[str, Fact]) -> str:
    """The sheet's Markdown; an empty list says that there is nothing, any other gap is a line to write on."""

    def value_of(name: str) -> str:
        fact = facts.get(name)
        if fact and fact.value:
            return fact.value
        return f"- {words.form('none')}" if name.endswith(".list") else TO_WRITE_ON

    return filled(template.body(), value_of)
