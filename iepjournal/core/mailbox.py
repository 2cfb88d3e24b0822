"""E-mails as notes: who wrote to whom, when, and the words; the message itself is kept whole beside the entry."""

from __future__ import annotations

import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from iepjournal.core.dates import full_date
from iepjournal.core.notes import Note
from iepjournal.errors import TableRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from iepjournal.core.case import Case

    InOurZone = Callable[[datetime], datetime]
    """The same moment by the clock of this machine."""

_BETWEEN_MESSAGES = rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\n"
_SHOWN_HEADERS = ("From", "To", "Cc", "Subject")
UNREADABLE = (MessageError, ValueError, LookupError, TypeError, AttributeError)
"""What the standard library's parser raises on headers that are not what they should be."""


def messages(content: bytes) -> tuple[bytes, ...]:
    """The messages of an .mbox, or the one of an .eml."""
    if not content.startswith(b"From "):
        return (content,)
    parts = re.split(_BETWEEN_MESSAGES, content)
    return tuple(re.sub(rb"(?m)^>(>*From )", rb"\1", part) for part in parts if part.strip())


def notes_of_mail(content: bytes, case: Case, now: datetime, in_our_zone: InOurZone) -> Iterator[Note]:
    """A note for each message; one without a readable date refuses the file."""
    for number, original in enumerate(messages(content), start=1):
        place = f"message {number}"
        try:
            yield _note(_parsed(original), original, case, now, in_our_zone, place)
        except UNREADABLE as error:
            raise TableRefused(f"{place} is not a readable e-mail") from error


def as_read(content: bytes) -> str:
    """An e-mail for paper: who, to whom, when, about what, and the words; raises one of UNREADABLE."""
    return _shown(_parsed(content), "Date")


def _parsed(original: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(original)


def _shown(message: EmailMessage, *more_headers: str) -> str:
    headers = [
        f"{name}: {' '.join(str(message[name]).split())}" for name in (*_SHOWN_HEADERS, *more_headers) if message[name]
    ]
    attached = [name for part in message.iter_attachments() if (name := part.get_filename())]
    return "\n".join((*headers, *([f"Attached: {', '.join(attached)}"] if attached else []), "", _words(message)))


def _note(
    message: EmailMessage, original: bytes, case: Case, now: datetime, in_our_zone: InOurZone, place: str
) -> Note:
    sent_at = _sent_at(message, place)
    moment = in_our_zone(sent_at) if sent_at.tzinfo else sent_at
    if moment.date() > now.date():
        raise TableRefused(f"{place} is dated {full_date(moment.date())}, which is still to come")
    return Note(
        on=moment.date(),
        at=moment.time().replace(second=0, microsecond=0),
        text=_shown(message),
        place=place,
        type=_direction(message, case),
        who=_people(_addresses(message, *_SHOWN_HEADERS[:3]), case),
        original=original,
    )


def _sent_at(message: EmailMessage, place: str) -> datetime:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except (ValueError, TypeError) as error:
        raise TableRefused(f"{place} has no date that can be read") from error


def _addresses(message: EmailMessage, *headers: str) -> set[str]:
    written = [str(message[name]) for name in headers if message[name]]
    return {address.casefold() for _, address in getaddresses(written) if address}


def _people(addresses: set[str], case: Case) -> tuple[str, ...]:
    return tuple(handle for handle, person in case.people.items() if person.email.casefold() in addresses - {""})


def _direction(message: EmailMessage, case: Case) -> str:
    """Who wrote, where an address of the case shows it; else a note."""
    sender, to = _addresses(message, "From"), _addresses(message, "To", "Cc")
    ours = case.profile.parent.email.casefold()
    if ours and ours in sender:
        return "email-out"
    if _people(sender, case) or (ours and ours in to):
        return "email-in"
    return "email-out" if _people(to, case) else "note"


def _words(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = body.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(body.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return _without_tags(text) if body.get_content_subtype() == "html" else text


def _without_tags(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip()


class _Reader(HTMLParser):
    """The words of a page; blocks begin on lines of their own."""

    BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote", "table"})
    UNSEEN = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line."""
        self._unseen += tag in self.UNSEEN
        if tag in self.BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """What is not shown ends."""
        self._unseen -= tag in self.UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        """Words, their blanks as a page shows them."""
        if not self._unseen:
            self.words.append(re.sub(r"\s+", " ", data))
