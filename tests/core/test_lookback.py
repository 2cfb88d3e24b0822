"""The look-back: the window of a complaint, and the bar of what falls out of it month by month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulebooks import MS

from iepjournal.core.lookback import leaving, usable_days, usable_until, window
from iepjournal.core.occurrences import Journal
from iepjournal.core.records import Entry, Session

if TYPE_CHECKING:
    from casebook import Casebook

DAY = timedelta(days=1)
ONE_YEAR, TWO_YEARS = MS.rules["complaint-lookback"], MS.rules["due-process-2y"]


@pytest.mark.parametrize(
    ("received", "first"),
    [
        ("2026-11-23", "2025-11-24"),  # the anniversary itself is at risk, so the day after it
        ("2018-06-26", "2017-06-27"),  # as a Washington order states it
        ("2017-05-26", "2016-05-27"),  # as an Oregon order states it
        ("2025-02-28", "2024-03-01"),  # Feb 29, 2024 was usable until Feb 27
        ("2024-02-29", "2023-03-01"),
        ("2024-03-01", "2023-03-02"),
    ],
)
def test_a_complaint_safely_reaches_back_to_the_day_after_the_anniversary(received: str, first: str) -> None:
    assert window(ONE_YEAR, date.fromisoformat(received)) == (date.fromisoformat(first), date.fromisoformat(received))


@given(st.sampled_from([ONE_YEAR, TWO_YEARS]), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_window_and_the_last_safe_day_say_the_same(rule: type(ONE_YEAR), received: date) -> None:
    first, last = window(rule, received)
    assert last == received
    assert usable_until(rule, first) >= received
    assert usable_until(rule, first - DAY) < received


def test_the_bar_shows_what_leaves_in_each_month_and_what_is_left(book: Casebook) -> None:
    for on in (date(2025, 11, 24), date(2025, 12, 10), date(2025, 12, 11), date(2026, 1, 2), date(2026, 11, 20)):
        book.write(Session(service="speech", on=on, result="missed"))
    book.write(Session(service="ot", on=date(2025, 12, 10), result="missed"))
    book.write(Entry(happened_on=date(2025, 11, 23), type="refused", text="too old already"))
    days = usable_days(ONE_YEAR, Journal(book.case, MS))
    assert [len(day.shown_by) for day in days] == [1, 1, 2, 1, 1, 1]
    bar = leaving(days, date(2026, 11, 23), months=4)
    assert [(month.first, month.leaving, month.left) for month in bar] == [
        (date(2026, 11, 1), 1, 5),
        (date(2026, 12, 1), 3, 2),
        (date(2027, 1, 1), 1, 1),
        (date(2027, 2, 1), 0, 1),
    ]


def test_a_day_of_which_only_the_week_is_known_counts_from_its_monday(book: Casebook) -> None:
    book.write(Entry(happened_on=date(2026, 11, 16), about="week", type="refused", text="some day that week"))
    (day,) = usable_days(ONE_YEAR, Journal(book.case, MS))
    assert day.until == date(2027, 11, 15)
