"""State complaints in memory: a family whose journal shows enough for one, its packet, and files to put into it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from casebook import FAMILY, SCHOOL_BEGAN, TODAY, Casebook, book_of

from iepjournal import library
from iepjournal.core.choices import new_packet
from iepjournal.core.packet import Complaint, newest_packet
from iepjournal.core.records import Attachment, Calendar, Child, Parent, Profile, Service, Session
from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    from iepjournal.core.records import Record

RECEIVED_BY = TODAY + timedelta(days=5)
SCHOOL_YEAR = Calendar(first_day=date(2026, 8, 10), last_day=date(2027, 5, 21))
BOOK = load_rules("ms")
KIT = library.packet_kit()
WORDS = library.words("en")
WHOLE = Profile(
    child=Child(name="Maya Bell", address="114 Pecan Street, Millbrook, MS 39999"),
    parent=Parent(
        name="Renee Bell",
        address="114 Pecan Street, Millbrook, MS 39999",
        phone="601-555-0142",
        email="renee.bell@example.com",
    ),
    school=FAMILY[0].school,  # type: ignore[attr-defined]
)


def complete_book(*more: Record) -> Casebook:
    """A family of which everything is known that a complaint has to say."""
    return book_of((WHOLE, *FAMILY[1:], SCHOOL_YEAR, *more))


def missed(book: Casebook, on: str, reason: str = "provider-absent", **fields: Any) -> Session:
    """Note a session of speech that was not given."""
    given = {"service": "speech", "result": "missed", "reason": reason, "how": "saw", **fields}
    return book.write_one(Session(on=date.fromisoformat(on), **given))


def attached(book: Casebook, to: Record, name: str = "log.pdf", sha256: str = "") -> Attachment:
    """Keep a file with a record; the bytes are somebody else's matter."""
    return book.write_one(Attachment(of=to.root, name=name, sha256=sha256 or name.encode().hex().ljust(64, "0")[:64]))


def packed(book: Casebook, **choices: Any) -> Complaint:
    """Make a packet of all that the journal shows, with some of its choices made otherwise."""
    uids = (f"packet-{n}-{len(book.records)}" for n in count(1))
    records = new_packet(book.case, KIT, WORDS, BOOK, today=TODAY, received_by=RECEIVED_BY, new_uid=lambda: next(uids))
    *others, packet = records
    book.write(*others, packet.replace(**choices))
    return complaint(book)


def complaint(book: Casebook) -> Complaint:
    """The newest packet against the case as it is now."""
    case = book.case
    packet = newest_packet(case)
    assert packet is not None
    return Complaint(packet=packet, case=case, kit=KIT, words=WORDS, book=BOOK)


THREE_A_WEEK = Service(
    handle="speech", name="Speech therapy", minutes=25, times=3, provider="hill", start=SCHOOL_BEGAN.date()
)
SCHOOL_WEEKS = [date(2026, 8, 31) + timedelta(weeks=n) for n in range(7)]


def decision_14_034() -> Casebook:
    """Three sessions a week of 25 minutes: 19 missed, 6 of them because the child was absent, 13 the therapist."""
    known = [record for record in FAMILY[1:] if not isinstance(record, Service)]
    book = book_of((WHOLE, *known, THREE_A_WEEK, SCHOOL_YEAR))
    days = [week + timedelta(days=n) for week in SCHOOL_WEEKS for n in (1, 2, 3)][:19]
    for number, day in enumerate(days):
        missed(book, day.isoformat(), "child-absent" if number % 3 == 2 else "provider-absent")
    return book
