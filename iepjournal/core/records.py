"""The frozen records of a case: what happened and what was said, as it was stored.

Consequences (totals, deadlines, statuses) are worked out elsewhere and never stored here. No record knows its Case.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar, Self

from iepjournal.core.values import Value

UNWRITTEN = datetime.min.replace(tzinfo=UTC)


class Record(Value):
    """What every record carries; the store fills it in under the lock, and seals it."""

    KIND: ClassVar[str] = ""
    NUMBERED: ClassVar[bool] = False
    """Whether a parent can point at it by number; later versions share the first one's number."""

    uid: str = ""
    no: int | None = None
    recorded_at: datetime = UNWRITTEN
    recorded_by: str = ""
    command: str = ""
    """What was done together, and is undone together."""
    prev: str = ""
    """The seal of the record written before this one."""
    seal: str = ""
    amends: str = ""
    """The uid of the first version, on every later one."""
    why: str = ""
    """The reason for an amendment, a strike or a mark."""

    @property
    def root(self) -> str:
        """The uid other records refer to: that of the first version."""
        return self.amends or self.uid

    def revised(self, **changes: Any) -> Self:
        """The next version of it, not yet written: same number, nothing of the stamp."""
        stamp = {name: Record.DEFAULTS[name] for name in Record.FIELDS if name != "no"}
        return self.replace(**{**stamp, "amends": self.root, **changes})


ENTRY_TYPES = (
    "observed", "child-said", "call", "voicemail", "meeting", "talk", "email-in", "email-out",
    "letter-in", "letter-out", "document", "refused", "missed", "praise", "note",
)  # fmt: skip

HOW_KNOWN = ("saw", "child-told", "staff-told", "school-record", "inferred")


class Entry(Record):
    """One thing that happened, in the parent's words."""

    KIND: ClassVar[str] = "entry"
    NUMBERED: ClassVar[bool] = True

    happened_on: date
    at: time | None = None
    about: str = ""
    """`""` for the exact day, `about` for near it, `week` for some day of its week; never used as exact in a count."""
    type: str = "note"
    service: str = ""
    who: tuple[str, ...] = ()
    """Handles of people, without the @."""
    how: str = ""
    text: str = ""
    raw: str = ""
    """The line as it was typed, where something was read out of it; empty where the text is that line."""
    quote: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    private: bool = False
    source: str = ""
    """Where an imported entry came from; empty for one typed here."""

    @property
    def typed(self) -> str:
        """The line as it was typed."""
        return self.raw or self.text


class Promise(Record):
    """Who said what would happen, by when."""

    KIND: ClassVar[str] = "promise"
    NUMBERED: ClassVar[bool] = True

    who: str = ""
    text: str = ""
    made_on: date
    by: date | None = None
    entry: str = ""
    """The entry (its root uid) in which it was said."""


class Mark(Record):
    """What became of something: a promise kept, a deadline met, a letter sent."""

    KIND: ClassVar[str] = "mark"

    of: str
    """A record's root uid, or a deadline's key (`rule:start-uid`)."""
    what: str
    """kept, broken, waived, met, extended, overridden, claimed, confirmed, sent, received, replied ..."""
    on: date
    entry: str = ""
    """The entry or attachment that shows it, by root uid."""
    until: date | None = None
    by: str = ""
    """How it was sent: hand, e-mail, mail, certified, fax."""
    to: tuple[str, ...] = ()
    tracking: str = ""
    sha256: str = ""
    """Of the PDF that was sent."""
    findings: tuple[str, ...] = ()
    """What the checks still said when it was sent."""
    answered: tuple[str, ...] = ()
    """Of a reply: what the letter asked for and this answers, in the letter's words."""
    left_open: tuple[str, ...] = ()
    """Of a reply: what it does not answer. Both are empty where the parent did not say."""


class Strike(Record):
    """Takes a record out of sight, with its reason; nothing is deleted."""

    KIND: ClassVar[str] = "strike"

    of: str


class Undo(Record):
    """Takes back one whole command."""

    KIND: ClassVar[str] = "undo"

    of: str
    """The `command` taken back."""


class Link(Value):
    """What stays of an erased record: where it stood in the chain."""

    seal: str
    prev: str


class Purge(Record):
    """Says that records were erased, and bridges the chain where they stood."""

    KIND: ClassVar[str] = "purge"

    of: int
    """The number erased; never given again."""
    removed: tuple[Link, ...] = ()
    """The erased records' links, oldest first."""


class Child(Value):
    """Whose case it is."""

    name: str = ""
    birth_date: date | None = None
    grade: str = ""
    address: str = ""
    homeless: bool = False
    contact: str = ""
    """Replaces the address of a homeless child."""


class Parent(Value):
    """Who writes."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


class School(Value):
    """Where the child goes."""

    name: str = ""
    district: str = ""
    address: str = ""


class Profile(Record):
    """The family and the school; a change is a new version."""

    KIND: ClassVar[str] = "profile"

    state: str = "ms"
    child: Child = Child()
    parent: Parent = Parent()
    school: School = School()
    since: date | None = None
    """The first day at this school and district, where the family moved; None where it was so from the start."""


class Person(Record):
    """Somebody at the school, the district or the state, under a short handle."""

    KIND: ClassVar[str] = "person"

    handle: str
    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


class Attachment(Record):
    """A file kept by its hash."""

    KIND: ClassVar[str] = "attachment"
    NUMBERED: ClassVar[bool] = True

    of: str = ""
    """The record it belongs to, by root uid."""
    name: str = ""
    sha256: str = ""
    size: int = 0
    pages: int | None = None
    received_on: date | None = None


class Figure(Value):
    """A number or list that was put into a letter, and the records it came from."""

    name: str
    value: str
    records: tuple[str, ...] = ()
    """Root uids."""


class Letter(Record):
    """A letter's text and what it was made from; each saved change is a version."""

    KIND: ClassVar[str] = "letter"
    NUMBERED: ClassVar[bool] = True

    template: str
    title: str = ""
    dated: date
    to: tuple[str, ...] = ()
    """Addressee blocks, lines parted by newlines, as they stand on the page."""
    cc: tuple[str, ...] = ()
    text: str = ""
    """Markdown, from the greeting to the enclosures."""
    facts: tuple[str, ...] = ()
    """Root uids of the entries chosen for it."""
    figures: tuple[Figure, ...] = ()
    allowed: tuple[str, ...] = ()
    """Findings the parent looked at and let stand."""
    counted: str = "conservative"
    """How its figures are counted: `conservative` or `as_written`."""
    reply_by: date | None = None
    answers: str = ""
    """The letter, promise or entry it follows, by root uid."""
    replaces: str = ""
    """The sent letter it stands in for, by root uid."""
    starts: str = ""
    """The event that sending it is, as its template said when it was written; deadlines need no template."""
    lang: str = "en-US"


class Alias(Value):
    """A name found in the packet, and what stands in its place; empty where it may stand."""

    name: str
    becomes: str = ""


class Claim(Record):
    """One thing a complaint says was not done, with the facts under it."""

    KIND: ClassVar[str] = "claim"

    kind: str
    about: str = ""
    """A service's handle or a deadline's key, as its kind asks."""
    title: str = ""
    text: str = ""
    """The parent's words, as the title is, instead of those of its kind."""
    facts: tuple[str, ...] = ()
    """Root uids of entries, sessions, letters and promises."""
    asks: tuple[str, ...] = ()
    """What is proposed for it: ids of the kind's proposals, or the parent's own words."""


class Exhibit(Record):
    """A file of the case that goes into the packet."""

    KIND: ClassVar[str] = "exhibit"

    handle: str
    of: str
    """An attachment or a letter that was sent, by root uid."""
    title: str = ""
    shows: tuple[str, ...] = ()
    """Root uids of facts it shows, besides the record its file belongs to."""


class Packet(Record):
    """The choices of one state complaint; its pages are made from the case each time, until it is sent."""

    KIND: ClassVar[str] = "packet"
    NUMBERED: ClassVar[bool] = True

    dated: date
    received_by: date
    """By when the state is expected to have it; its reach is counted back from there."""
    claims: tuple[str, ...] = ()
    """Root uids, in the order in which they are made."""
    effect: str = ""
    """What it did to the child, in the parent's words."""
    names: tuple[Alias, ...] = ()
    covers: bool = True
    """Whether each exhibit has a sheet of its own before it."""
    order: tuple[str, ...] = ()
    """Exhibits by root uid, as the parent put them; the others follow, as they are first mentioned."""
    allowed: tuple[str, ...] = ()
    """Findings the parent looked at and let stand."""


class Iep(Record):
    """One signed IEP."""

    KIND: ClassVar[str] = "iep"

    dated: date
    start: date | None = None
    review_due: date | None = None


class Service(Record):
    """One row of the IEP's service page. The IEP's change makes a new record of the same handle with a later start."""

    KIND: ClassVar[str] = "service"

    handle: str
    name: str = ""
    minutes: int = 0
    times: int = 1
    per: str = "week"
    """day, week, month, quarter, semester or year."""
    weeks: tuple[int, ...] = ()
    """`(n, m)`: due in n of every m weeks."""
    days: tuple[str, ...] = ()
    """mon to sun, where the IEP or the schedule names them."""
    setting: str = ""
    kind: str = "direct"
    """direct, consultation, aide, accommodation or equipment."""
    provider: str = ""
    start: date | None = None
    end: date | None = None
    esy: bool = False
    words: str = ""
    """The exact words of the IEP."""


class Session(Record):
    """What is known of one session of a service on one day."""

    KIND: ClassVar[str] = "session"
    NUMBERED: ClassVar[bool] = True

    service: str
    on: date
    result: str
    """given, missed, partial or unknown."""
    minutes: int | None = None
    """Minutes given for given and partial, minutes missed for missed; None for the service's length."""
    reason: str = ""
    how: str = ""
    given_by: str = ""
    setting: str = ""
    makes_up: str = ""
    """The session it repairs, by root uid."""
    extra: bool = False
    entry: str = ""
    flags: tuple[str, ...] = ()
    """substitute, group, place: given, but not as the IEP says."""
    text: str = ""


class SchoolLogRow(Record):
    """One row of the school's own service log; changes no total until it is accepted as a session."""

    KIND: ClassVar[str] = "school-log-row"

    service: str
    on: date
    minutes: int | None = None
    code: str = ""
    text: str = ""
    source: str = ""
    """SHA-256 of the file it came from and its row, or `typed`."""


class Goal(Record):
    """One annual goal of the IEP."""

    KIND: ClassVar[str] = "goal"

    handle: str
    text: str = ""
    service: str = ""
    ended_on: date | None = None


class Datapoint(Record):
    """One measurement toward a goal that the parent has seen."""

    KIND: ClassVar[str] = "datapoint"

    goal: str
    on: date
    value: str = ""
    source: str = ""


class ProgressReport(Record):
    """A progress report the IEP promises for a day, and when it came."""

    KIND: ClassVar[str] = "progress-report"

    due_on: date
    received_on: date | None = None
    text: str = ""


class Span(Value):
    """Days from the first to the last, both included."""

    first: date
    last: date
    why: str = ""
    served_others: bool | None = None
    """For a closure: whether the district taught other pupils that day."""


class Period(Value):
    """A quarter or semester as the calendar names it."""

    kind: str
    name: str
    first: date
    last: date


class Calendar(Record):
    """A district's school year; a closure added later is a new version."""

    KIND: ClassVar[str] = "calendar"

    first_day: date
    last_day: date
    closed: tuple[Span, ...] = ()
    early: tuple[date, ...] = ()
    esy: tuple[Span, ...] = ()
    periods: tuple[Period, ...] = ()


KINDS: dict[str, type[Record]] = {
    kind.KIND: kind
    for kind in (
        Entry, Promise, Mark, Strike, Undo, Purge, Profile, Person, Attachment, Letter, Claim, Exhibit, Packet,
        Iep, Service, Session, SchoolLogRow, Goal, Datapoint, ProgressReport, Calendar,
    )
}  # fmt: skip
