"""Exhibits: which files of a case go into the packet, under which label, and which facts they show."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from iepjournal.core.letters import letter_marks
from iepjournal.core.records import Attachment, Entry, Exhibit, Letter, Packet, Session
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from iepjournal.core.case import Case
    from iepjournal.core.records import Record

LONGEST_HANDLE = 24
LETTERS = 26
_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """An exhibit with its label and the file that is behind it."""

    label: str
    exhibit: Exhibit
    source: Attachment | Letter
    sha256: str
    title: str
    name: str
    """The file's own name, as the parent would look for it."""


def label(number: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    first, last = divmod(number, LETTERS)
    return (label(first - 1) if first else "") + chr(ord("A") + last)


def source_of(exhibit: Exhibit, case: Case) -> Attachment | Letter | None:
    """The file behind it: an attachment, or a letter that was sent; none where it was struck or erased."""
    record = case.by_root.get(exhibit.of)
    if record is None or record.root in case.struck:
        return None
    if isinstance(record, Attachment):
        return None if _is_private(case.by_root.get(record.of), case) else record
    return record if isinstance(record, Letter) and _sent_hash(record, case) else None


def labelled(exhibits: Iterable[Exhibit], case: Case) -> tuple[Labelled, ...]:
    """Exhibits in the order given, each under its label; what has no file any more is left out."""
    found = ((exhibit, source) for exhibit in exhibits if (source := source_of(exhibit, case)))
    return tuple(
        Labelled(
            label=label(number),
            exhibit=exhibit,
            source=source,
            sha256=source.sha256 if isinstance(source, Attachment) else _sent_hash(source, case),
            title=exhibit.title or title_of(source),
            name=source.name if isinstance(source, Attachment) else f"letter-{source.no}.pdf",
        )
        for number, (exhibit, source) in enumerate(found)
    )


def shows(exhibit: Exhibit, case: Case) -> frozenset[str]:
    """The facts it shows, by root uid: what the parent named, what its file belongs to, and a letter itself."""
    source = case.by_root.get(exhibit.of)
    return frozenset(filter(None, (*exhibit.shows, exhibit.of, getattr(source, "of", ""))))


def title_of(source: Attachment | Letter) -> str:
    """What stands in the table of exhibits, unless the parent says it better."""
    return source.name if isinstance(source, Attachment) else source.title


def offered(case: Case, facts: Collection[str]) -> tuple[Exhibit, ...]:
    """An exhibit, not yet written, for each file of these facts that is none yet, and each letter among them."""
    taken = {exhibit.of for exhibit in case.all(Exhibit)}
    handles = {exhibit.handle for exhibit in case.all(Exhibit)}
    found = []
    for source in _sources(case, facts):
        if source.root not in taken:
            handle = free_handle(title_of(source), handles)
            handles.add(handle)
            found.append(Exhibit(handle=handle, of=source.root))
    return tuple(found)


def usable(case: Case) -> tuple[Attachment | Letter, ...]:
    """Every file of the case that could be an exhibit and is none: attachments, and letters that were sent."""
    taken = {exhibit.of for exhibit in case.all(Exhibit)}
    sources: tuple[Attachment | Letter, ...] = (*case.attachments, *case.letters)
    return tuple(
        source
        for source in sources
        if source.root not in taken
        and source_of(Exhibit(handle="", of=source.root), case)
        and not (isinstance(source, Letter) and isinstance(case.by_root.get(source.answers), Packet))
    )


def new_exhibit(
    case: Case, record: Record, *, handle: str = "", title: str = "", facts: tuple[str, ...] = ()
) -> Exhibit:
    """An exhibit of one attachment or sent letter; the next version of it where it is one already."""
    if not isinstance(record, Attachment | Letter):
        raise NotAllowed(
            f"Number {record.no} is no file.",
            "An exhibit is an attachment, or a letter that was sent. Attach it first.",
        )
    if isinstance(record, Letter) and not _sent_hash(record, case):
        raise NotAllowed(f"Letter {record.no} was not sent yet.", "A draft is no exhibit.")
    if isinstance(record, Attachment) and _is_private(case.by_root.get(record.of), case):
        raise NotAllowed(f"Attachment {record.no} belongs to a private entry and stays out of the packet.")
    others = {exhibit.handle: exhibit for exhibit in case.all(Exhibit)}
    old = next((exhibit for exhibit in others.values() if exhibit.of == record.root), None)
    name = new_handle(handle) if handle else old.handle if old else free_handle(title_of(record), set(others))
    if name in others and others[name] is not old:
        raise NotAllowed(f"Another exhibit is called {name} already.", "Choose another name with --as.")
    if old:
        return old.revised(
            handle=name,
            title=title or old.title,
            shows=tuple(dict.fromkeys((*old.shows, *facts))),
        )
    return Exhibit(handle=name, of=record.root, title=title, shows=facts)


def new_handle(typed: str) -> str:
    """A short name that `[[ex:...]]` can call."""
    name = typed.strip().lower().removeprefix("ex:")
    if not _HANDLE.fullmatch(name):
        raise CannotUnderstand("a name for an exhibit", typed, "Use letters, digits and dashes, as in slp-log.")
    return name


def free_handle(title: str, taken: Collection[str]) -> str:
    """A handle made of a title or file name, with a number behind it if it is taken."""
    stem = PurePath(title).stem if "." in title[-6:] else title
    plain = unicodedata.normalize("NFKD", stem.lower()).encode("ascii", "ignore").decode()
    handle = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_HANDLE].strip("-") or "exhibit"
    tries = (handle, *(f"{handle}-{again}" for again in range(2, len(taken) + 3)))
    return next(name for name in tries if name not in taken)


def _sources(case: Case, facts: Collection[str]) -> Iterator[Attachment | Letter]:
    for attachment in case.attachments:
        if attachment.of in facts and not _is_private(case.by_root.get(attachment.of), case):
            yield attachment
    for letter in case.letters:
        if letter.root in facts and _sent_hash(letter, case):
            yield letter


def _sent_hash(letter: Letter, case: Case) -> str:
    return next((mark.sha256 for mark in letter_marks(letter, case, "sent") if mark.sha256), "")


def _is_private(record: Record | None, case: Case) -> bool:
    if isinstance(record, Session) and record.entry:
        record = case.by_root.get(record.entry)
    return isinstance(record, Entry) and record.private
