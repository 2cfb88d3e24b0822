"""A letter as a mail to be sent from any mail program: addressed, the PDF attached, marked as not sent yet."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import UTC, datetime, time
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.errors import CannotRender
from iepjournal.export.text import letter_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iepjournal.core.letters import LetterPage


UNFOLDED = SMTP.clone(max_line_length=998)
"""Folded at 78, the library loses blanks inside long names."""


class Mailbox(NamedTuple):
    """A name and an e-mail address."""

    name: str
    email: str


def letter_eml(
    page: LetterPage,
    pdf: bytes,
    *,
    pdf_name: str,
    sender: Mailbox,
    to: Sequence[Mailbox],
    cc: Sequence[Mailbox] = (),
    draft: bool = False,
) -> bytes:
    """RFC 5322, the letter as text and as the attached PDF; CannotRender names an address that is none."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender)
    if to:
        message["To"] = [_address(mailbox) for mailbox in to]
    if cc:
        message["Cc"] = [_address(mailbox) for mailbox in cc]
    message["Subject"] = _one_line(page.title)
    message["Date"] = datetime.combine(page.dated, time(12), UTC)
    message["X-Unsent"] = "1"
    message.set_content(letter_text(page, width=None, draft=draft), cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_one_line(pdf_name))
    # The library's own boundary is random; the same letter is to be the same bytes.
    message.set_boundary(f"letter-{hashlib.sha256(pdf).hexdigest()[:32]}")
    return message.as_bytes(policy=UNFOLDED)


def _address(mailbox: Mailbox) -> Address:
    email = _one_line(mailbox.email)
    try:
        address = Address(_one_line(mailbox.name), addr_spec=email)
        email.encode("ascii")
    except (MessageError, ValueError, IndexError) as error:
        raise CannotRender(f"“{email}” is no e-mail address", mailbox.name) from error
    return address


def _one_line(text: str) -> str:
    """Without line breaks of any kind and other controls, which a header cannot hold."""
    return "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in ("Cc", "Cs"))
