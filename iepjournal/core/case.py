"""Case: one frozen snapshot of a journal, the argument of every view. Works out what stands; stores nothing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, overload

from iepjournal.core.records import (
    Attachment,
    Entry,
    Letter,
    Mark,
    Person,
    Profile,
    Promise,
    Purge,
    Record,
    Session,
    Strike,
    Undo,
)
from iepjournal.errors import NoSuchRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

R = TypeVar("R", bound=Record)
UNDONE = "undone"


_LISTS = {"letter": "iepjournal letter list", "session": "iepjournal services SERVICE"}
"""Where the numbers of a kind stand."""


class Case:
    """All records in the order they were written, and the district's where it has a file of its own."""

    def __init__(self, slug: str, records: Iterable[Record] = (), district: Iterable[Record] = ()) -> None:
        self.slug = slug
        self.records = tuple(records)
        self.district = tuple(district)
        self._known_standing: dict[type[Record], Mapping[str, Record]] = {}
        self._known_versions: dict[type[Record], Mapping[str, list[Record]]] = {}

    @cached_property
    def _own(self) -> Mapping[type[Record], list[Record]]:
        """Kind -> the case's own records, in the order they were written: most questions are about one kind."""
        kinds: dict[type[Record], list[Record]] = {}
        for record in self.records:
            kinds.setdefault(type(record), []).append(record)
        return kinds

    @cached_property
    def undone(self) -> frozenset[str]:
        """The commands that were taken back."""
        return frozenset(record.of for record in (*self._own.get(Undo, ()), *self.district) if isinstance(record, Undo))

    def _standing(self, kind: type[Record]) -> Mapping[str, Record]:
        """Root uid -> newest version that was not undone, in the order first written; struck ones too."""
        if kind not in self._known_standing:
            shared = (record for record in self.district if type(record) is kind)
            undone = self.undone
            self._known_standing[kind] = {
                record.root: record for record in (*shared, *self._own.get(kind, ())) if record.command not in undone
            }
        return self._known_standing[kind]

    @cached_property
    def struck(self) -> Mapping[str, str]:
        """Root uid -> reason, of everything that was struck; undone first versions count as struck too."""
        undone = self.undone
        reasons = {
            record.root: UNDONE
            for record in (self.records if undone else ())
            if record.command in undone and not record.amends and record.NUMBERED
        }
        for strike in self._standing(Strike).values():
            if isinstance(strike, Strike):
                reasons[strike.of] = strike.why or "no reason given"
        return reasons

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """The newest version of each record of a kind that stands, in the order first written."""
        struck = self.struck
        return tuple(
            record for root, record in self._standing(kind).items() if root not in struck and isinstance(record, kind)
        )

    def with_struck(self, kind: type[R]) -> tuple[R, ...]:
        """The same with what was struck or undone, each in the place where it was first written."""
        newest: dict[str, R] = {}
        for record in self._own.get(kind, ()):
            if isinstance(record, kind) and (record.command not in self.undone or not record.amends):
                newest[record.root] = record
        return tuple(newest.values())

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What happened, in the order it was written down."""
        return self.all(Entry)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Who said what would happen."""
        return self.all(Promise)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Each letter's newest text."""
        return self.all(Letter)

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """Files kept with the case."""
        return self.all(Attachment)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """What is known of each session."""
        return self.all(Session)

    @cached_property
    def profile(self) -> Profile:
        """The family and the school; empty until told."""
        profiles = self.all(Profile)
        return profiles[-1] if profiles else Profile()

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Handle -> person, in the order they were added."""
        return {person.handle: person for person in self.all(Person)}

    @cached_property
    def _marks(self) -> Mapping[str, tuple[Mark, ...]]:
        by_record: dict[str, list[Mark]] = {}
        for mark in self.all(Mark):
            by_record.setdefault(mark.of, []).append(mark)
        return {of: tuple(marks) for of, marks in by_record.items()}

    def marks(self, of: str) -> tuple[Mark, ...]:
        """What became of a record (by root uid) or a deadline (by key), oldest first."""
        return self._marks.get(of, ())

    def is_sent(self, letter: Letter) -> bool:
        """Whether a letter was marked as sent; from then on it stays as it is."""
        return any(mark.what == "sent" for mark in self.marks(letter.root))

    def versions(self, record: R) -> tuple[R, ...]:
        """Every version of a record, the first one first; undone ones left out."""
        kind = type(record)
        if kind not in self._known_versions:
            by_root: dict[str, list[Record]] = {}
            for other in self._own.get(kind, ()):
                if other.command not in self.undone or not other.amends:
                    by_root.setdefault(other.root, []).append(other)
            self._known_versions[kind] = by_root
        same = self._known_versions[kind].get(record.root, ())
        return tuple(other for other in same if isinstance(other, kind))

    @cached_property
    def _by_no(self) -> Mapping[str, Record]:
        found: dict[str, Record] = {}
        for record in self.records:
            if record.no is not None and (record.command not in self.undone or not record.amends):
                found[str(record.no)] = record
        return found

    @overload
    def numbered(self, no: str | int) -> Record: ...
    @overload
    def numbered(self, no: str | int, kind: type[R]) -> R: ...
    def numbered(self, no: str | int, kind: type[Record] = Record) -> Record:
        """The newest version of what is printed as `no`, or of the newest of its kind for `last`."""
        if str(no).strip().lower() == "last":
            newest = self.all(kind) if kind is not Record else self.all(Entry)
            if newest and isinstance(newest[-1], kind):
                return newest[-1]
            raise NoSuchRecord(kind.KIND or "entry", "last", "There is none yet.")
        digits = str(no).strip().lstrip("#0")
        found = self._by_no.get(digits)
        if isinstance(found, kind):
            return found
        if any(str(record.of) == digits for record in self.all(Purge)):
            raise NoSuchRecord(kind.KIND or "record", str(no), "It was erased by a purge.")
        seen = f"See them with: {_LISTS.get(kind.KIND, 'iepjournal list')}"
        other = f"Number {no} is something else: {found.KIND}." if found else seen
        raise NoSuchRecord(kind.KIND or "record", str(no), other)

    @cached_property
    def by_root(self) -> Mapping[str, Record]:
        """Root uid -> newest standing version, of every kind."""
        kinds = dict.fromkeys((*map(type, self.district), *self._own))
        return {root: record for kind in kinds for root, record in self._standing(kind).items()}

    @property
    def seal(self) -> str:
        """Of the newest record; empty in an empty journal."""
        return self.records[-1].seal if self.records else ""
