from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from casebook import Casebook, book_of

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.checkins import absence, check_ins, unanswered
from iepjournal.core.records import Calendar, Service, Span
from iepjournal.core.sessions import recorded

MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 11, day) for day in (16, 17, 18, 20))
START = date(2026, 8, 10)
TERM = Calendar(
    first_day=date(2026, 8, 6),
    last_day=date(2027, 5, 25),
    closed=(Span(first=WEDNESDAY, last=WEDNESDAY, why="Ice"),),
)


@pytest.fixture
def term() -> Casebook:
    """Speech by the week, OT on Tuesdays, a daily aide and counseling by the month."""
    return book_of(
        [
            Service(handle="speech", minutes=30, times=2, start=START),
            Service(handle="ot", minutes=20, times=1, days=("tue",), start=START),
            Service(handle="aide", kind="aide", per="day", start=START),
            Service(handle="counsel", minutes=30, times=2, per="month", start=START),
            TERM,
        ]
    )


def asked(term: Casebook, on: date) -> dict[str, tuple[int, int]]:
    """Service -> answered of expected."""
    rows = check_ins(term.case, SchoolCalendar.of(term.case), on)
    return {row.service.handle: (row.answered, row.expected) for row in rows}


def answer(term: Casebook, service: str, result: str, on: date, **facts: Any) -> None:
    term.write(recorded(term.case, service, result, on=on, today=FRIDAY, **facts))


def test_known_weekdays_are_asked_on_their_day_and_the_others_by_week_or_month(term: Casebook) -> None:
    assert asked(term, MONDAY) == {"speech": (0, 2), "aide": (0, 1), "counsel": (0, 2)}
    assert asked(term, TUESDAY) == {"speech": (0, 2), "ot": (0, 1), "aide": (0, 1), "counsel": (0, 2)}


def test_nothing_is_asked_on_a_day_without_school(term: Casebook) -> None:
    assert asked(term, WEDNESDAY) == {}
    assert asked(term, date(2026, 11, 21)) == {}


def test_a_service_by_the_week_shows_how_many_were_answered(term: Casebook) -> None:
    answer(term, "speech", "given", MONDAY)
    answer(term, "speech", "unknown", TUESDAY)
    assert asked(term, FRIDAY)["speech"] == (1, 2)


def test_an_answer_stands_on_its_day(term: Casebook) -> None:
    answer(term, "ot", "missed", TUESDAY, reason="vacancy")
    row = next(r for r in check_ins(term.case, SchoolCalendar.of(term.case), TUESDAY) if r.service.handle == "ot")
    assert row.answer is not None
    assert row.answer.reason == "vacancy"
    assert not row.open


def test_friday_asks_what_is_still_not_known_this_week(term: Casebook) -> None:
    answer(term, "speech", "given", MONDAY)
    answer(term, "aide", "given", MONDAY)
    still = unanswered(term.case, SchoolCalendar.of(term.case), FRIDAY)
    assert [(row.service.handle, row.on.day) for row in still] == [
        ("ot", 17),
        ("aide", 17),
        ("aide", 19),
        ("speech", 20),
        ("aide", 20),
        ("counsel", 20),
    ]


def test_child_absent_answers_for_the_day_at_once(term: Casebook) -> None:
    found = absence(term.case, SchoolCalendar.of(term.case), TUESDAY, FRIDAY)
    assert [(s.service, s.result, s.reason) for s in found.sessions] == [
        ("speech", "missed", "child-absent"),
        ("ot", "missed", "child-absent"),
        ("aide", "missed", "child-absent"),
    ]
    assert [service.handle for service in found.left_open] == ["counsel"]


def test_child_absent_changes_no_answer_and_adds_none_to_a_full_week(term: Casebook) -> None:
    answer(term, "aide", "given", TUESDAY)
    answer(term, "speech", "given", MONDAY)
    answer(term, "speech", "given", MONDAY, extra=True)
    found = absence(term.case, SchoolCalendar.of(term.case), TUESDAY, FRIDAY)
    assert [session.service for session in found.sessions] == ["ot"]


def test_without_a_calendar_every_weekday_asks() -> None:
    case = book_of([Service(handle="aide", kind="aide", per="day", start=START)]).case
    assert len(check_ins(case, SchoolCalendar.of(case), WEDNESDAY)) == 1


def test_two_sessions_on_one_weekday_are_two() -> None:
    case = book_of([Service(handle="ot", minutes=20, times=4, days=("tue", "thu"), start=START)]).case
    (row,) = check_ins(case, SchoolCalendar.of(case), TUESDAY)
    assert row.expected == 2
