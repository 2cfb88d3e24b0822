"""One command's records, numbered, stamped and sealed after what is stored already. Touches no disk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from iepjournal.core.chain import seal_of
from iepjournal.core.codec import Stored, from_stored, to_stored
from iepjournal.errors import NoSuchRecord, NotSaved
from iepjournal.store.fileformat import RECORDS, meta_of
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    from datetime import datetime

    from iepjournal.core.records import Record
    from iepjournal.store.fileformat import Tables

_STAMPED = ("no", "recorded_at", "recorded_by", "command", "prev", "seal")


class Command:
    """What is written, and undone, together."""

    def __init__(self, tables: Tables, *, at: datetime, by: str, uid: str = "") -> None:
        self._stored = list(tables[RECORDS].values())
        self._at = at
        self._by = by
        self._uid = uid or new_uid(at)
        self._head = self._stored[-1].get("seal", "") if self._stored else ""
        self.last_no = last_no_of(tables)
        self.fresh: list[Stored] = []
        """The new objects, ready to be stored."""

    def write(self, record: Record) -> Record:
        """The record as it was sealed; one whose uid is stored already is not written a second time."""
        if record.uid and record.uid in self._by_uid:
            return _the_same(record, self._by_uid[record.uid])
        stamped = record.replace(
            uid=record.uid or new_uid(self._at),
            no=self._no_for(record),
            recorded_at=self._at,
            recorded_by=self._by,
            command=self._uid,
            prev=self._head,
            seal="",
        )
        stored = {**to_stored(stamped), "prev": self._head}
        try:
            stored["seal"] = seal_of(stored)
        except UnicodeEncodeError as error:
            raise NotSaved("the text holds half a character, which cannot be stored") from error
        self._head = stored["seal"]
        self._by_uid[stamped.uid] = stored
        self.fresh.append(stored)
        return stamped.replace(seal=self._head)

    @cached_property
    def _by_uid(self) -> dict[str, Stored]:
        return {each.get("uid", ""): each for each in self._stored}

    def _no_for(self, record: Record) -> int | None:
        if not record.NUMBERED:
            return None
        if not record.amends:
            self.last_no += 1
            return self.last_no
        if record.amends not in self._by_uid:
            raise NoSuchRecord(record.KIND, record.amends)
        return self._by_uid[record.amends].get("no")


def last_no_of(tables: Tables) -> int:
    """The highest number ever given. A hand may have edited either place; erased numbers stand only in the first."""
    given = [meta_of(tables).get("last_no"), *(each.get("no") for each in tables[RECORDS].values())]
    return max((no for no in given if type(no) is int), default=0)


def _the_same(record: Record, stored: Stored) -> Record:
    """What is stored under this uid, if it is this record; another text would be lost without a word."""
    written = from_stored(stored)
    if written is None or written != record.replace(**{name: getattr(written, name) for name in _STAMPED}):
        raise ValueError(f"uid {record.uid} already names another record; a new version needs a new one")
    return written
