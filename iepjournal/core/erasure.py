"""What goes when a number is erased for good, and what else was drawn from it. Erases nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.records import Attachment, Letter, Mark, Promise, Session, Strike

if TYPE_CHECKING:
    from iepjournal.core.case import Case
    from iepjournal.core.records import Record

_SHORTEST_TRACE = 4
"""Shorter words stand in every other text."""


def goes_with(case: Case, no: int) -> tuple[Record, ...]:
    """Every version of what is printed as `no` and what means nothing without it, in the order written.

    Its strikes, marks and attachments, and the promises and sessions that were read out of it; raises NoSuchRecord.
    """
    roots = {case.numbered(no).root}
    while more := {record.root for record in case.records if _hangs_on(record) & roots} - roots:
        roots |= more
    return tuple(record for record in case.records if record.root in roots)


def drawn_from(case: Case, gone: tuple[Record, ...]) -> tuple[Letter, ...]:
    """The letters that stay and still use something of what goes: erase each by its own number."""
    roots = {record.root for record in gone}
    return tuple(
        letter
        for letter in case.with_struck(Letter)
        if letter.root not in roots
        and roots & {*letter.facts, *(uid for figure in letter.figures for uid in figure.records)}
    )


def words_of(gone: tuple[Record, ...]) -> frozenset[str]:
    """Every text that was written in these records, to be looked for in drafts and damaged copies."""
    found: set[str] = set()
    for record in gone:
        found.update((getattr(record, "text", ""), getattr(record, "raw", ""), *getattr(record, "quote", ())))
    return frozenset(words.strip() for words in found if len(words.strip()) >= _SHORTEST_TRACE)


def _hangs_on(record: Record) -> frozenset[str]:
    match record:
        case Strike() | Mark() | Attachment():
            return frozenset((record.of,))
        case Promise() | Session():
            return frozenset((record.entry,)) - {""}
        case _:
            return frozenset()
