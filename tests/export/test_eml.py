from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from iepjournal.errors import CannotRender
from iepjournal.export.eml import Mailbox, letter_eml
from iepjournal.export.text import letter_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from iepjournal.core.letters import LetterPage

PDF = b"%PDF-1.4 made up"
DANA = Mailbox("Dana Carter", "dana@example.org")
HOSTILE = [
    "Maya\r\nBcc: other@example.org",
    "Maya\u2028Bcc: other@example.org",
    "Maya\x00\x1b[31m",
    'Dr. "Al" Lott <other@example.org>, other@example.net',
    "Nguyễn Thị Hằng " + "x" * 200,
    "=?utf-8?q?Bcc=3A?=",
    "",
]


def read_back(mail: bytes) -> EmailMessage:
    return message_from_bytes(mail, policy=default)  # type: ignore[return-value]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_subject_or_name_stays_one_header_and_reads_back(
    letter: Callable[..., LetterPage], words: str
) -> None:
    page = letter(title=words)
    mail = read_back(
        letter_eml(page, PDF, pdf_name=words, sender=Mailbox(words, DANA.email), to=[Mailbox(words, "a@b.org")])
    )
    assert sorted(mail.keys()) == sorted(["From", "To", "Subject", "Date", "X-Unsent", "MIME-Version", "Content-Type"])
    shown = " ".join(words.replace("\x00", "").replace("\x1b", "").split())
    assert [address.addr_spec for address in mail["To"].addresses] == ["a@b.org"]
    assert mail["From"].addresses[0].addr_spec == DANA.email
    if not words.startswith("=?"):
        assert mail["Subject"] == shown
        assert mail["To"].addresses[0].display_name == shown


def test_the_letter_is_the_body_and_the_pdf_is_attached(letter: Callable[..., LetterPage]) -> None:
    page = letter("Dear Dr. Lott:\n\n" + "Nguyễn’s words — “so”. " * 60 + "\n\nSincerely,\n\nDana")
    mail = read_back(
        letter_eml(page, PDF, pdf_name="letter 3.pdf", sender=DANA, to=[Mailbox("Dr. Lott", "lott@example.org")])
    )
    body = mail.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == letter_text(page, width=None)
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("letter 3.pdf", "application/pdf")
    assert attached.get_content() == PDF


def test_it_is_marked_as_not_sent_yet_and_has_the_letters_day(letter: Callable[..., LetterPage]) -> None:
    mail = read_back(letter_eml(letter(), PDF, pdf_name="l.pdf", sender=DANA, to=[DANA], cc=[Mailbox("B", "b@c.org")]))
    assert mail["X-Unsent"] == "1"
    assert mail["Date"].datetime.date() == letter().dated
    assert mail["Cc"].addresses[0].addr_spec == "b@c.org"


def test_the_same_mail_is_the_same_bytes(letter: Callable[..., LetterPage]) -> None:
    first, second = (letter_eml(letter(), PDF, pdf_name="l.pdf", sender=DANA, to=[DANA]) for _ in range(2))
    assert first == second
    assert b"\n" not in first.replace(b"\r\n", b"")


@pytest.mark.parametrize("email", ["", "nobody", "a b@c.org", "ü@example.org", "a@b.org, c@d.org", "@", "<a@b.org>"])
def test_what_is_no_address_is_named(letter: Callable[..., LetterPage], email: str) -> None:
    with pytest.raises(CannotRender, match="is no e-mail address"):
        letter_eml(letter(), PDF, pdf_name="l.pdf", sender=DANA, to=[Mailbox("Dr. Lott", email)])
