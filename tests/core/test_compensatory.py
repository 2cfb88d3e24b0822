from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from casebook import Casebook, book_of

from iepjournal.core.compensatory import WHERE_TO_BEGIN, as_json, compensatory
from iepjournal.core.records import Entry, Service
from iepjournal.core.sessions import recorded

AUGUST_10, TODAY = date(2026, 8, 10), date(2026, 9, 4)


@pytest.fixture
def term() -> Casebook:
    """Four weeks of speech with one session missed on August 13, and OT."""
    book = book_of(
        [Service(handle="speech", minutes=30, start=AUGUST_10), Service(handle="ot", minutes=20, start=AUGUST_10)]
    )
    book.write(recorded(book.case, "speech", "missed", on=date(2026, 8, 13), today=TODAY, reason="vacancy"))
    return book


def entry(term: Casebook, day: int, text: str, tag: str, **facts: Any) -> None:
    term.write(Entry(happened_on=date(2026, 8, day), text=text, tags=(tag,), **facts))


def effects(term: Casebook, **asked: Any) -> list[str]:
    return [one.text for one in compensatory(term.case, as_of=TODAY, **asked).effects]


def test_it_gathers_the_figures_the_effects_and_the_proposal(term: Casebook) -> None:
    entry(term, 20, "cried over homework", "effect")
    entry(term, 21, "two sessions a week until May", "proposal")
    found = compensatory(term.case, as_of=TODAY)
    assert found.services.counts[0].by_reason == {"vacancy": 30}
    assert [one.text for one in found.effects] == ["cried over homework"]
    assert [one.text for one in found.proposals] == ["two sessions a week until May"]


def test_effects_are_of_the_time_asked_in_the_order_of_their_days(term: Casebook) -> None:
    entry(term, 27, "late", "effect")
    entry(term, 13, "early", "effect")
    entry(term, 5, "before", "effect")
    assert effects(term) == ["early", "late"]
    assert effects(term, until=date(2026, 8, 20)) == ["early"]


def test_private_words_stay_private(term: Casebook) -> None:
    entry(term, 20, "I am so tired", "effect", private=True)
    assert effects(term) == []


def test_of_one_service_the_effects_of_another_are_left_out(term: Casebook) -> None:
    entry(term, 20, "cannot hold a pencil", "effect", service="ot")
    entry(term, 21, "speaks less", "effect")
    found = compensatory(term.case, as_of=TODAY, service="speech")
    assert [count.handle for count in found.services.counts] == ["speech"]
    assert [one.text for one in found.effects] == ["speaks less"]


def test_it_says_that_minutes_are_no_award_and_never_that_they_are_owed(term: Casebook) -> None:
    shape = as_json(compensatory(term.case, as_of=TODAY))
    assert shape["note"] == WHERE_TO_BEGIN
    assert "not an award" in WHERE_TO_BEGIN
    assert "owed" not in str(shape)
