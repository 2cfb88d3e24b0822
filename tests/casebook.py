"""A journal in memory: stamps and seals records as the store does, so that most tests need no disk."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from iepjournal.core.case import Case
from iepjournal.core.chain import seal_of
from iepjournal.core.codec import to_stored
from iepjournal.core.entries import understand
from iepjournal.core.records import Child, Entry, Iep, Parent, Person, Profile, Record, School, Service

if TYPE_CHECKING:
    from collections.abc import Iterable

R = TypeVar("R", bound=Record)

CENTRAL = timezone(timedelta(hours=-6))
NOW = datetime(2026, 11, 24, 15, 30, tzinfo=CENTRAL)
"""A Tuesday afternoon; Thanksgiving is that Thursday."""
TODAY = NOW.date()
SCHOOL_BEGAN = datetime(2026, 8, 10, 19, 0, tzinfo=CENTRAL)
RENEE, OMAR = "renee", "omar"
"""The unix users of the family."""

FAMILY: tuple[Record, ...] = (
    Profile(
        child=Child(name="Maya Bell"),
        parent=Parent(name="Renee Bell"),
        school=School(name="Oak Ridge Elementary School", district="Millbrook School District"),
    ),
    Person(handle="lott", name="Dr. Ann Lott", role="Special Education Director"),
    Person(handle="reed", name="Mr. James Reed", role="Principal"),
    Person(handle="hill", name="Ms. Dana Hill", role="Speech-Language Pathologist"),
    Iep(dated=date(2026, 5, 12), start=date(2026, 8, 10)),
    Service(handle="speech", name="Speech therapy", minutes=30, times=2, provider="hill", start=date(2026, 8, 10)),
    Service(handle="ot", name="Occupational therapy", minutes=20, start=date(2026, 8, 10)),
)


class Casebook:
    """Takes commands one after the other, a minute apart unless told; `case` is the snapshot after the last one."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.now = NOW
        self._uids = (f"uid-{n:06}" for n in count(1))
        self._commands = (f"command-{n}" for n in count(1))

    @property
    def case(self) -> Case:
        """What a reader of the file sees now."""
        return Case("maya", self.records)

    @property
    def stored(self) -> list[dict[str, Any]]:
        """The same records as the JSON objects that are sealed."""
        return [to_stored(record) for record in self.records]

    def write(self, *records: R, at: datetime | None = None, by: str = RENEE) -> tuple[R, ...]:
        """Append records as one command; they come back stamped."""
        command = next(self._commands)
        written = tuple(self._append(record, command, at or self.now, by) for record in records)
        if at is None:
            self.now += timedelta(minutes=1)
        return written

    def write_one(self, record: R, *, at: datetime | None = None, by: str = RENEE) -> R:
        """Append one record as a command of its own; it comes back stamped."""
        return self.write(record, at=at, by=by)[0]

    def log(self, *lines: str, at: datetime | None = None, by: str = RENEE) -> tuple[Entry, ...]:
        """Log what a parent typed, each line a command of its own."""
        return tuple(self.write_one(understand(line, self.case, at or self.now).entry, at=at, by=by) for line in lines)

    def _append(self, record: R, command: str, at: datetime, by: str) -> R:
        stamped = record.replace(
            uid=record.uid or next(self._uids),
            no=self._next_no() if record.NUMBERED and record.no is None else record.no,
            recorded_at=at,
            recorded_by=by,
            command=command,
            prev=self.records[-1].seal if self.records else "",
        )
        sealed = stamped.replace(seal=seal_of(to_stored(stamped)))
        self.records.append(sealed)
        return sealed

    def _next_no(self) -> int:
        return 1 + max((record.no or 0 for record in self.records), default=0)


def book_of(records: Iterable[Record] = FAMILY) -> Casebook:
    """A casebook that begins with these records, each a command of its own, written when school began."""
    book = Casebook()
    for record in records:
        book.write(record, at=SCHOOL_BEGAN)
    return book


def case_of(*records: Record) -> Case:
    """A Case of these records, each a command of its own."""
    return book_of(records).case
