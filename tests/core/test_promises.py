"""Promises are found in what the school said, and followed until somebody says what became of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, TODAY, Casebook, book_of
from hypothesis import given
from hypothesis import strategies as st

from iepjournal.core.entries import Chosen, understand
from iepjournal.core.promises import (
    ledger,
    open_promises,
    promises_in,
    question,
    standing,
    state_in_words,
)
from iepjournal.core.records import Entry, Mark, Promise, Strike

if TYPE_CHECKING:
    from iepjournal.core.case import Case

FAMILY_CASE = book_of().case
MONDAY = date(2026, 11, 30)


def found(line: str, **chosen: bool) -> list[tuple[str, str | None]]:
    entry = understand(line, FAMILY_CASE, NOW, Chosen(**chosen)).entry
    return [(one.text, one.by.isoformat() if one.by else None) for one in promises_in(entry)]


@pytest.mark.parametrize(
    ("line", "text", "by"),
    [
        ("!call @hill she will be back Monday", "back Monday", "2026-11-30"),
        ("!call “we will make it up by Dec 18”", "make it up by Dec 18", "2026-12-18"),
        ("!talk Speech will resume on Nov 30.", "resume on Nov 30", "2026-11-30"),
        ('!call "a contract therapist starts Monday" and more', "starts Monday", "2026-11-30"),
        ("!call he would call back by Friday.", "call back by Friday", "2026-11-27"),
        ("!call she’ll send it in two weeks", "send it in two weeks", "2026-12-08"),
        ("!call They are going to hire by 12/18, he said", "hire by 12/18", "2026-12-18"),
        ("!meeting agreed to meet tomorrow at 9", "meet tomorrow", "2026-11-25"),
        ("!call she will be\nback Monday", "back Monday", "2026-11-30"),
        ("!voicemail Ms. Hill is back Monday", "back Monday", "2026-11-30"),
        ("!email-in the log will be sent by the end of the week", "sent by the end of the week", "2026-11-27"),
        ("@hill she will be back Monday", "back Monday", "2026-11-30"),
        ("!call he will call next Friday", "call next Friday", None),
    ],
)
def test_a_promise_is_found_with_its_day(line: str, text: str, by: str | None) -> None:
    assert found(line) == [(text, by)]


@pytest.mark.parametrize(
    "line",
    [
        "!call I will call them on Monday",
        "!call I'll be there Monday",
        "!call she will not be back Monday",
        "!call she won't be back Monday",
        "!call he would call on Nov 3 but did not",
        "!call it started last Monday",
        "!call he will get 3/4 of the session",
        "!call she will sit in the sun",
        "!call Speech will be Tuesdays at 10",
        "!call he will look into it. I called on Monday",
        "!call we will make it up",
        "!observed the aide will be back Monday",
        "!email-out Please tell me who will be there Monday",
        "!child-said Ms. Hill will be back Monday",
    ],
)
def test_what_is_no_promise_of_theirs_is_not_asked_about(line: str) -> None:
    assert found(line) == []


def test_exact_words_come_first_and_each_day_once() -> None:
    line = '!call she will be back Monday, "we will make it up by Dec 18", so she will be here Monday'

    assert found(line) == [("make it up by Dec 18", "2026-12-18"), ("back Monday", "2026-11-30")]


def test_a_private_entry_promises_nothing() -> None:
    assert found("!call she will be back Monday", private=True) == []


def test_a_promise_counts_its_day_from_the_day_it_was_made(book: Casebook) -> None:
    (call,) = book.log("11/10 !call @reed he will call back by Friday")
    (promise,) = promises_in(call)

    assert promise == Promise(
        who="reed", text="call back by Friday", made_on=date(2026, 11, 10), by=date(2026, 11, 13), entry=call.root
    )


def test_nobody_is_named_when_two_people_were_there() -> None:
    entry = understand("!meeting @hill @reed they will call by Friday", FAMILY_CASE, NOW).entry

    assert promises_in(entry)[0].who == ""


def test_the_question_says_the_words_and_the_day() -> None:
    promise = Promise(text="back Monday", made_on=TODAY, by=MONDAY)

    assert question(promise, TODAY) == "Promise? “back Monday” by Mon Nov 30"
    assert question(promise.replace(by=None), TODAY) == "Promise? “back Monday” (which day?)"


WORDS = st.sampled_from(
    ["she", "will", "be", "back", "not", "I", "starts", "by", "Monday", "12/3", "3/4", "soon.", '"', "\n"]
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_no_promise_is_of_a_day_gone_by_and_all_are_in_the_words_of_the_text(text: str) -> None:
    for promise in promises_in(Entry(happened_on=TODAY, type="call", text=text)):
        assert promise.by is None or promise.by >= TODAY
        assert " ".join(promise.text.split()) in " ".join(text.split())


def promised(book: Casebook, by: date | None = MONDAY) -> Promise:
    return book.write_one(Promise(who="hill", text="back Monday", made_on=TODAY, by=by))


def marked(book: Casebook, promise: Promise, what: str, on: date, until: date | None = None) -> Mark:
    return book.write_one(Mark(of=promise.root, what=what, on=on, until=until))


def test_a_promise_is_open_up_to_its_day_and_overdue_after_it(book: Casebook) -> None:
    promise = promised(book)

    assert standing(promise, book.case, MONDAY).state == "open"
    assert standing(promise, book.case, MONDAY + timedelta(days=1)).state == "overdue"


def test_a_promise_without_a_day_is_never_overdue(book: Casebook) -> None:
    assert standing(promised(book, by=None), book.case, date(2030, 1, 1)).state == "open"


@pytest.mark.parametrize("what", ["kept", "broken", "waived"])
def test_a_mark_decides_from_its_day_on(book: Casebook, what: str) -> None:
    promise = promised(book)
    mark = marked(book, promise, what, on=MONDAY + timedelta(days=2))

    assert standing(promise, book.case, MONDAY + timedelta(days=1)).state == "overdue"
    assert standing(promise, book.case, MONDAY + timedelta(days=2)).state == what
    assert standing(promise, book.case, MONDAY + timedelta(days=2)).mark == mark


def test_the_newest_mark_decides(book: Casebook) -> None:
    promise = promised(book)
    marked(book, promise, "broken", on=MONDAY + timedelta(days=1))
    marked(book, promise, "kept", on=MONDAY + timedelta(days=1))

    assert standing(promise, book.case, MONDAY + timedelta(days=1)).state == "kept"


def test_an_extension_moves_the_day_and_opens_a_broken_promise_again(book: Casebook) -> None:
    promise = promised(book)
    later = MONDAY + timedelta(days=7)
    marked(book, promise, "broken", on=MONDAY + timedelta(days=1))
    marked(book, promise, "extended", on=MONDAY + timedelta(days=2), until=later)
    extended = standing(promise, book.case, later)

    assert (extended.state, extended.by) == ("open", later)
    assert standing(promise, book.case, later + timedelta(days=1)).state == "overdue"


def test_the_ledger_tells_the_earliest_day_first_and_leaves_out_what_was_struck(book: Casebook) -> None:
    undated, late, early = promised(book, None), promised(book, date(2026, 12, 18)), promised(book)
    struck = promised(book, TODAY)
    book.write(Strike(of=struck.root, why="misheard"))
    marked(book, early, "kept", on=TODAY)

    assert [one.promise for one in ledger(book.case, TODAY)] == [early, late, undated]
    assert [one.promise for one in open_promises(book.case, TODAY)] == [late, undated]


def test_how_it_stands_is_said_in_words(book: Casebook) -> None:
    promise = promised(book)
    undated = promised(book, None)

    def words(one: Promise, day: date, case: Case = book.case) -> str:
        return state_in_words(standing(one, case, day), day)

    assert words(promise, TODAY) == "by Mon Nov 30, in 6 days"
    assert words(promise, date(2026, 12, 3)) == "overdue: by Mon Nov 30, 3 days ago"
    assert words(undated, TODAY) == "open, no day was said"
    marked(book, promise, "broken", on=date(2026, 12, 1))
    assert words(promise, date(2026, 12, 3), book.case) == "broken Tue Dec 1"
