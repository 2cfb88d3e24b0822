"""Silence: a dated fact once the day asked for has passed, and only once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from rulebooks import MS

from iepjournal.core.deadlines import deadlines
from iepjournal.core.records import Entry, Letter, Mark
from iepjournal.core.silence import silence

if TYPE_CHECKING:
    from casebook import Casebook

    from iepjournal.core.due import Deadline

SENT, ASKED_BY, AFTER = date(2026, 11, 23), date(2026, 12, 3), date(2026, 12, 5)


@pytest.fixture
def letter(book: Casebook) -> Letter:
    letter = book.write_one(Letter(template="x", title="Speech", dated=SENT, starts="concern-sent", reply_by=ASKED_BY))
    book.write(Mark(of=letter.root, what="sent", on=SENT, by="e-mail"))
    return letter


def waited_for(book: Casebook, as_of: date = AFTER) -> Deadline:
    (found,) = (one for one in deadlines(book.case, MS, as_of) if one.rule.id == "reply-requested")
    return found


def test_no_reply_becomes_an_entry_of_that_day_and_a_mark_on_the_letter(book: Casebook, letter: Letter) -> None:
    entry, mark = silence(waited_for(book), book.case)
    assert isinstance(entry, Entry)
    assert isinstance(mark, Mark)
    assert (entry.happened_on, entry.type, entry.tags) == (AFTER, "note", ("no-reply",))
    assert entry.text == (
        f"Letter {letter.no} (“Speech”) was sent on Mon Nov 23, 2026 and asked for a reply by Thu Dec 3, 2026. "
        "No reply is logged up to Sat Dec 5, 2026."
    )
    assert (mark.of, mark.what) == (letter.root, "unanswered")


def test_it_is_written_down_once(book: Casebook, letter: Letter) -> None:
    book.write(*silence(waited_for(book), book.case))
    assert silence(waited_for(book), book.case) == ()


def test_there_is_no_silence_before_the_day_or_after_a_reply(book: Casebook, letter: Letter) -> None:
    assert silence(waited_for(book, ASKED_BY), book.case) == ()
    book.write(Mark(of=letter.root, what="replied", on=ASKED_BY))
    assert silence(waited_for(book), book.case) == ()


def test_a_duty_of_the_law_is_no_silence_to_a_letter(book: Casebook) -> None:
    letter = book.write_one(Letter(template="x", dated=SENT, starts="records-requested"))
    book.write(Mark(of=letter.root, what="sent", on=SENT, by="hand"))
    found = [one for one in deadlines(book.case, MS, date(2027, 3, 1)) if one.record == letter.root]
    assert found
    assert not any(silence(one, book.case) for one in found)
