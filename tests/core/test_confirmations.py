"""A talk waits for its written confirmation until that is sent, or somebody says why not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, TODAY, Casebook

from iepjournal.core.confirmations import time_left, unconfirmed
from iepjournal.core.entries import Chosen, understand
from iepjournal.core.records import Letter, Mark, Strike

if TYPE_CHECKING:
    from iepjournal.core.case import Case


def waiting(case: Case, now: datetime = NOW) -> list[int | None]:
    return [talk.entry.no for talk in unconfirmed(case, now)]


def test_calls_meetings_and_talks_wait_the_newest_first(case: Case) -> None:
    """11/20 !meeting they will look into it
    11/23 3:10p !call @hill no one is there
    11/23 4p !talk @reed he is looking
    !observed no aide
    !email-out asked again
    !voicemail left a message
    """
    assert waiting(case) == [3, 2, 1]


def test_the_hours_left_are_those_of_the_day_of_the_talk(case: Case) -> None:
    """!call @hill no one is there
    11/20 !call @hill not yet
    this week !talk @hill some day
    """
    left = {talk.entry.no: (talk.hours_left, time_left(talk, TODAY)) for talk in unconfirmed(case, NOW)}

    assert left == {1: (8, "today, 8 h"), 2: (None, "since Fri Nov 20"), 3: (None, "since Mon Nov 23")}


@pytest.mark.parametrize(
    ("minutes_later", "hours", "words"),
    [(0, 8, "today, 8 h"), (450, 1, "today, 1 h"), (451, 0, "today, less than 1 h"), (510, None, "since Tue Nov 24")],
)
def test_the_day_ends_at_midnight(book: Casebook, minutes_later: int, hours: int | None, words: str) -> None:
    book.log("!call @hill no one is there")
    now = NOW + timedelta(minutes=minutes_later)
    (talk,) = unconfirmed(book.case, now)

    assert (talk.hours_left, time_left(talk, now.date())) == (hours, words)


@pytest.mark.parametrize("what", ["confirmed", "waived"])
def test_a_mark_closes_it(book: Casebook, what: str) -> None:
    (call,) = book.log("!call @hill no one is there")
    book.write(Mark(of=call.root, what=what, on=TODAY, why="she wrote first"))

    assert waiting(book.case) == []


def test_a_letter_closes_it_only_when_it_was_sent(book: Casebook) -> None:
    (call,) = book.log("!call @hill no one is there")
    letter = book.write_one(Letter(template="same-day-confirmation", dated=TODAY, answers=call.root))

    assert waiting(book.case) == [1]
    book.write(Mark(of=letter.root, what="sent", on=TODAY))
    assert waiting(book.case) == []


def test_private_imported_struck_and_planned_talks_ask_for_nothing(book: Casebook) -> None:
    book.write(understand("!call a friend", book.case, NOW, Chosen(private=True)).entry)
    book.write(understand("!call from my old notes", book.case, NOW).entry.replace(source="notes.csv"))
    book.write(understand("2026-12-08 !meeting IEP meeting", book.case, NOW, allow_future=True).entry)
    (struck,) = book.log("!call twice")
    book.write(Strike(of=struck.root, why="double"))

    assert waiting(book.case) == []
