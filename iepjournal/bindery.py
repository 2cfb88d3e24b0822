"""A packet's way from the journal to the post: read, its exhibits opened, its sets bound, put into files, sent.

The shell and the screens both go it here. Reads templates, rules and kept files; writes nothing.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from iepjournal import library
from iepjournal.core.corrections import MADE
from iepjournal.core.dates import full_date
from iepjournal.core.findings import Finding
from iepjournal.core.letters import letter_marks
from iepjournal.core.packet import Complaint, complaint_letter, newest_packet
from iepjournal.core.records import Claim, Figure, Letter, Mark
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NotAllowed
from iepjournal.mailroom import METHODS, paper_of
from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pikepdf

    from iepjournal.core.case import Case
    from iepjournal.core.contents import Contents
    from iepjournal.core.exhibits import Labelled
    from iepjournal.core.letters import LetterPage
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.export.packet import Bound, PacketBinder
    from iepjournal.export.steps import Step, Tell

SETS = {"mde": "the state’s set", "lea": "the district’s copy"}
"""Both sets, by the name of their cover."""
SENT_TO = {"mde": "mde", "lea": "district"}
"""As a mark of sending says to whom a set went."""
EVERYTHING, SHEET = "zip", "sheet"
"""What else can be taken home: all in one file, and the sheet for the mail counter."""
UNREAD = "Names on the pages of exhibits are not looked for: read them, and cover another child’s name on both copies."
LARGE = 20_000_000
"""Bytes; many mailboxes refuse an e-mail with more."""


class Shelf(Protocol):
    """Where the files of a case are kept."""

    def file_path(self, sha256: str) -> Path:
        """Where the file with this hash is, or would be."""

    def letter_files(self, no: int) -> list[Path]:
        """Every kept form of a letter."""


def complaint_of(case: Case, book: RuleBook | None = None) -> Complaint:
    """The newest packet against the case as it is; NotAllowed before the first."""
    packet = newest_packet(case)
    if packet is None:
        raise NotAllowed("There is no packet yet.", "Make one: iepjournal packet new")
    rules = book or load_rules(case.profile.state)
    return Complaint(packet=packet, case=case, kit=library.packet_kit(), words=library.words("en"), book=rules)


def as_it_stands(complaint: Complaint, case: Case) -> LetterPage:
    """The complaint word for word; once it was sent, as it was sent."""
    sent = complaint_letter(complaint.packet, case)
    return paper_of(sent, case) if sent else complaint.page(complaint.label_of)


@dataclass(frozen=True, kw_only=True)
class Bindery:
    """The paper of one packet."""

    complaint: Complaint
    shelf: Shelf
    draft: bool = False
    tell: Tell = lambda _step: None
    """Hears of each step, in the thread that does the work; stops it by raising."""
    _sets: dict[str, Bound] = field(default_factory=dict)
    """What was bound so far."""

    @cached_property
    def letter(self) -> Letter | None:
        """The complaint as it was sent; none before that."""
        return complaint_letter(self.complaint.packet, self.complaint.case)

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The exhibits that cannot go in, and why."""
        return self._opened[1]

    def pages(self) -> Mapping[str, int]:
        """On which page the words stand that meet each part; nothing while an exhibit cannot go in."""
        return {} if self.refused else self._binder.places().parts

    @property
    def unread(self) -> str:
        """That no name was looked for in exhibits, and which hold none that a program could find; empty without any."""
        from iepjournal.export.exhibits import without_text

        opened, _ = self._opened
        pictures = [f"Ex. {one.label}" for one in without_text(opened)]
        only = f" No text, only pictures: {self.complaint.words.listed(pictures)}." if pictures else ""
        return f"{UNREAD}{only}" if opened else ""

    def made(self, what: str, *, megabytes: int = 0) -> tuple[bytes, ...]:
        """One of the sets, the sheet, or everything, as the content of files; of at most so many megabytes where asked.

        A set that was sent is the one that was kept.
        """
        from iepjournal.export.packet_files import MEGABYTE, counter_sheet, packet_zip, split

        if what == EVERYTHING:
            return (packet_zip(self._binder, self.both(), self.tell),)
        if what == SHEET:
            return (counter_sheet(self._binder, self._bound("mde")),)
        if self.letter and not megabytes:
            return (self._kept(self.letter, what),)
        made = self._bound(what)
        return split(made, megabytes * MEGABYTE, self.tell) if megabytes else (made.pdf,)

    def marks(self, what: str, on: date) -> tuple[Mark, ...]:
        """That final sets were made, by their hashes; what is kept at sending is held against them."""
        if self.draft or self.letter or what == SHEET:
            return ()
        return tuple(
            Mark(of=self.complaint.packet.root, what=MADE, on=on, to=(SENT_TO[copy],), sha256=_hash(made.pdf))
            for copy, made in self._sets.items()
            if not is_as_made(self.complaint, copy, made)
        )

    def both(self) -> dict[str, Bound]:
        """Both sets."""
        return {copy: self._bound(copy) for copy in SETS}

    @cached_property
    def _binder(self) -> PacketBinder:
        from iepjournal.export.packet import PacketBinder

        exhibits, refused = self._opened
        if refused:
            raise NotAllowed(refused[0].message)
        return PacketBinder(complaint=self.complaint, exhibits=exhibits, draft=self.draft)

    def _bound(self, copy: str) -> Bound:
        def tell(step: Step) -> None:
            self.tell(step._replace(doing=f"{SETS[copy].capitalize()}. {step.doing}"))

        import pikepdf

        try:
            bound = self._binder.bound(copy, tell)
        except pikepdf.PdfError as error:
            raise NotAllowed(
                f"The pages could not be put together ({error}). Nothing was made.",
                "One of the PDFs is odd: print it to a new PDF, attach that, and leave the old one out.",
            ) from error
        self._sets[copy] = replace(bound, pdf=self._kept(self.letter, copy)) if self.letter else bound
        return self._sets[copy]

    @cached_property
    def _opened(self) -> tuple[list[tuple[Labelled, pikepdf.Pdf]], tuple[Finding, ...]]:
        from iepjournal.export.exhibits import read_exhibits

        files = [(one, self._path(one)) for one in self.complaint.exhibits]
        opened, errors = read_exhibits(files, self.complaint.packet.dated, self.tell)
        by_label = {one.label: one.exhibit.root for one in self.complaint.exhibits}
        return opened, tuple(
            Finding(level="stop", where="exhibits", message=str(error), of=by_label[error.label]) for error in errors
        )

    def _path(self, one: Labelled) -> Path:
        """Where the exhibit's file is kept."""
        path = self.shelf.file_path(one.sha256)
        if isinstance(one.source, Letter):
            kept = self.shelf.letter_files(one.source.no or 0)
            return next((file for file in kept if one.sha256[:12] in file.name), path)
        return path

    def _kept(self, letter: Letter, copy: str) -> bytes:
        wanted = hash_of(letter, copy)
        for path in self.shelf.letter_files(letter.no or 0):
            with suppress(OSError):
                content = path.read_bytes()
                if _hash(content) == wanted:
                    return content
        raise NotAllowed(
            "The set as it was sent is missing from the case’s folder, or was changed.", "Look at a backup."
        )


def last_made(complaint: Complaint, copy: str) -> Mark | None:
    """When a set was last made as a final, and its hash."""
    marks = complaint.case.marks(complaint.packet.root)
    return next((mark for mark in reversed(marks) if mark.what == MADE and SENT_TO[copy] in mark.to), None)


def is_as_made(complaint: Complaint, copy: str, made: Bound) -> bool:
    """Whether a set is byte for byte the final that was made last."""
    before = last_made(complaint, copy)
    return before is not None and before.sha256 == _hash(made.pdf)


def changed_since_made(complaint: Complaint, sets: Mapping[str, Bound]) -> str:
    """That what is kept now is not the final that was made, and may have been printed; empty where it is."""
    for copy, made in sets.items():
        before = last_made(complaint, copy)
        if before and not is_as_made(complaint, copy, made):
            return (
                f"Since {SETS[copy]} was made on {full_date(before.on)}, something in it was changed: "
                "what is kept now is not that file."
            )
    return ""


def frozen(complaint: Complaint, sets: Mapping[str, Bound], uid: str) -> Letter:
    """The complaint as a letter of the journal: what was sent, and the hash of each set."""
    hashes = (Figure(name=f"set.{copy}", value=_hash(made.pdf)) for copy, made in sets.items())
    text = next(iter(sets.values())).text
    return complaint.letter.replace(uid=uid, figures=tuple(hashes), text=text)


def hash_of(letter: Letter, copy: str) -> str:
    """The hash of one set as it was sent."""
    return next((figure.value for figure in letter.figures if figure.name == f"set.{copy}"), "")


def unchanged(letter: Letter, complaint: Complaint, case: Case) -> Letter:
    """The letter, if the packet is on disk as it was when its sets were made; NotAllowed where it was changed since."""
    packet = newest_packet(case)
    same = packet and packet.uid == complaint.packet.uid and not complaint_letter(packet, case)
    if not same or case.all(Claim) != complaint.case.all(Claim):
        raise NotAllowed("The packet was changed elsewhere in the meantime.", "Nothing was written. Look again.")
    return letter


def known_method(by: str) -> str:
    """A way of sending; CannotUnderstand names those there are."""
    if by not in METHODS:
        raise CannotUnderstand("a way of sending", by, f"There are: {', '.join(METHODS)}.")
    return by


def sent_marks(
    letter: Letter, copies: Sequence[str], on: date, *, by: str, tracking: Sequence[str] = (), contents: Contents | None
) -> tuple[Mark, ...]:
    """The records that sets went out; with `contents`, what the check still said of them."""
    known_method(by)
    numbers = [clean_text(number, multiline=False).text for number in tracking]
    return tuple(
        Mark(
            of=letter.root,
            what="sent",
            on=on,
            by=by,
            to=(SENT_TO[copy],),
            tracking=number,
            sha256=hash_of(letter, copy),
            findings=tuple(finding.message for finding in contents.findings) if contents else (),
        )
        for copy, number in zip(copies, (*numbers, *[""] * len(copies)), strict=False)
    )


def received_mark(letter: Letter | None, case: Case, copy: str, on: date, by: str = "") -> Mark:
    """The record that a set arrived; only what was sent can."""
    if letter is None or copy not in went_out(letter, case):
        raise NotAllowed(f"{SETS[copy].capitalize()} was not marked as sent yet.", "First: iepjournal packet sent")
    return Mark(of=letter.root, what="received", on=on, by=by, to=(SENT_TO[copy],))


def went_out(letter: Letter, case: Case, what: str = "sent") -> tuple[str, ...]:
    """The sets that were marked as sent, or as received."""
    to = {name for mark in letter_marks(letter, case, what) for name in mark.to}
    return tuple(copy for copy, name in SENT_TO.items() if name in to)


def file_names(path: Path, count: int) -> tuple[Path, ...]:
    """The names of so many files: the path itself, or set-1.pdf, set-2.pdf ..."""
    if count == 1:
        return (path,)
    return tuple(path.with_stem(f"{path.stem}-{number}") for number in range(1, count + 1))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
