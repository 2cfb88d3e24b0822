"""What burns in each of several cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from casebook import TODAY, book_of

from iepjournal.core.caseload import CaseLine, case_line, hottest_first
from iepjournal.core.records import Letter, Mark, Session
from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    from casebook import Casebook

CALM = CaseLine(
    slug="maya", child="", overdue=0, due=0, unsent=0, last_entry_on=TODAY, worst=None, as_of=TODAY
)  # fmt: skip


def line(book: Casebook) -> CaseLine:
    return case_line(book.case, load_rules("ms"), TODAY)


@pytest.mark.parametrize("hotter", [{"overdue": 1}, {"due": 1}, {"unsent": 1}, {"last_entry_on": date(2026, 11, 1)}])
def test_each_figure_moves_a_case_up(hotter: dict[str, object]) -> None:
    assert hottest_first(replace(CALM, **hotter)) < hottest_first(CALM)


def test_what_is_late_goes_before_any_number_of_letters() -> None:
    late, unsent = replace(CALM, slug="z", overdue=1), replace(CALM, slug="a", unsent=9, due=9)
    assert sorted([unsent, late], key=hottest_first) == [late, unsent]


def test_a_letter_counts_until_it_is_sent(book: Casebook) -> None:
    letter = book.write_one(Letter(template="thank-you", dated=TODAY))
    assert line(book).unsent == 1
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="hand"))
    assert line(book).unsent == 0


def test_a_reply_that_did_not_come_is_late_and_one_asked_for_this_week_is_due(book: Casebook) -> None:
    for reply_by in (date(2026, 11, 20), date(2026, 11, 25)):
        letter = book.write_one(Letter(template="implementation-concern", dated=TODAY, reply_by=reply_by))
        book.write(Mark(of=letter.root, what="sent", on=date(2026, 11, 9), by="hand"))
    found = line(book)
    assert (found.overdue, found.due >= 1) == (1, True)


def test_the_days_count_from_when_something_was_written_not_from_when_it_happened(book: Casebook) -> None:
    assert line(book).days_since_entry is None
    book.log("9/1/2026: no speech")
    assert line(book).days_since_entry == 0


def test_the_service_with_most_not_delivered_is_shown_with_what_is_known_to_be_given(book: Casebook) -> None:
    for day in (6, 7, 8):
        book.write(Session(service="ot", on=date(2026, 10, day), result="missed"))
    book.write(Session(service="speech", on=date(2026, 10, 6), result="given"))
    found = line(book)
    assert found.worst is not None
    assert found.worst.handle == "ot"
    assert found.percent_given == 0


def test_a_case_without_services_has_no_figure() -> None:
    assert line(book_of(())).percent_given is None
