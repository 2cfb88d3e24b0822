from __future__ import annotations

from datetime import date

import pytest

from iepjournal.core.columns import columns_of, full_day
from iepjournal.errors import CannotUnderstand, TableRefused

TODAY = date(2026, 11, 24)
KNOWN = {"date": ("date", "service date", "day"), "minutes": ("minutes", "min"), "note": ("note",)}


def test_columns_are_found_by_their_usual_names() -> None:
    assert columns_of(["Provider", "Service  Date", "MIN"], KNOWN) == {"date": 1, "minutes": 2}


def test_a_choice_by_title_or_number_wins() -> None:
    header = ["Date", "Posted", "Min"]
    assert columns_of(header, KNOWN, chosen={"date": "posted"})["date"] == 1
    assert columns_of(header, KNOWN, chosen={"date": "2", "note": "1"}) == {"date": 1, "note": 0, "minutes": 2}


def test_no_column_is_used_twice() -> None:
    assert columns_of(["Date"], {"from": ("date",), "to": ("date",)}) == {"from": 0}


def test_a_missing_column_is_asked_for_with_those_that_are_there() -> None:
    with pytest.raises(TableRefused, match=r"no column looks like “date”.*1 When, 2 Min"):
        columns_of(["When", "Min"], KNOWN, needed=["date"])


@pytest.mark.parametrize("chosen", [{"date": "Wen"}, {"date": "3"}, {"date": "0"}, {"code": "1"}])
def test_a_choice_that_is_no_column_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(CannotUnderstand):
        columns_of(["When", "Min"], KNOWN, chosen=chosen)


@pytest.mark.parametrize("cell", ["10/6/2026", "2026-10-06", "Oct 6, 2026", "10/6/26", "Tue, Oct 6, 2026"])
def test_a_date_with_its_year_is_read(cell: str) -> None:
    assert full_day(cell, TODAY, row=2, column=1) == date(2026, 10, 6)


@pytest.mark.parametrize(
    "cell",
    ["10/6", "11/25", "11/24", "12/1", "Oct 6", "tue", "yesterday", "13/6/2026", "", "soon", "week of 10/5/2026"],
)
def test_a_date_that_would_have_to_be_guessed_is_refused_with_its_place(cell: str) -> None:
    with pytest.raises(TableRefused, match="row 7, column 2"):
        full_day(cell, TODAY, row=7, column=2)
