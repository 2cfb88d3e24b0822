from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from casebook import book_of, case_of

from iepjournal.core.iep import (
    a_week,
    changed,
    changes,
    checked,
    differences,
    ended,
    fixed,
    frequency,
    in_force,
    in_time,
    meaning,
    service_versions,
    versions,
)
from iepjournal.core.records import Iep, Service
from iepjournal.errors import CannotUnderstand, NoSuchRecord, NotAllowed

AUGUST, JANUARY = date(2026, 8, 10), date(2027, 1, 8)


def service(**fields: Any) -> Service:
    known = {"handle": "speech", "name": "Speech", "minutes": 30, "times": 2, "per": "week", "start": AUGUST}
    return Service(**{**known, **fields})


@pytest.mark.parametrize(
    ("fields", "words", "comes_to"),
    [
        ({}, "2 x 30 min a week", "= 60 min a week"),
        ({"days": ("tue", "thu")}, "2 x 30 min a week, Tue Thu", "= 60 min a week"),
        ({"times": 1, "per": "day", "minutes": 45}, "1 x 45 min a day", "= 225 min a week"),
        ({"times": 1, "minutes": 25, "weeks": (3, 4)}, "1 x 25 min a week, 3 of 4 weeks", "= about 19 min a week"),
        ({"times": 6, "per": "month"}, "6 x 30 min a month", "= about 42 min a week"),
        ({"times": 9, "per": "quarter"}, "9 x 30 min a quarter", "= about 30 min a week"),
        ({"kind": "consultation"}, "2 x 30 min a week, consultation", "= 60 min a week"),
        ({"kind": "aide", "times": 1, "per": "day"}, "1 x a day", "= 5 times a week"),
        ({"kind": "equipment", "times": 1, "per": "month"}, "1 x a month", "= about 0.2 times a week"),
    ],
)
def test_a_service_is_echoed_as_it_is_and_by_the_week(fields: dict[str, Any], words: str, comes_to: str) -> None:
    assert frequency(service(**fields)) == words
    assert meaning(service(**fields)) == comes_to


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"minutes": 0}, "session's minutes"),
        ({"minutes": -30}, "session's minutes"),
        ({"times": 0}, "number of times"),
        ({"times": -1}, "number of times"),
        ({"per": "fortnight"}, "how often"),
        ({"kind": "group"}, "kind of service"),
        ({"days": ("tuesday",)}, "weekday"),
        ({"weeks": (4, 3)}, "rhythm of weeks"),
        ({"weeks": (0, 4)}, "rhythm of weeks"),
        ({"weeks": (3,)}, "rhythm of weeks"),
        ({"weeks": (3, 4), "per": "month"}, "by the month"),
        ({"end": date(2026, 8, 9)}, "end"),
        ({"handle": "speech therapy"}, "short name"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(CannotUnderstand, match=reason):
        checked(service(**fields))


def test_an_aide_needs_no_minutes() -> None:
    assert checked(service(kind="aide", minutes=0)).minutes == 0


def test_each_version_ends_where_the_next_begins() -> None:
    old, new = in_time([service(), service(start=JANUARY, times=1)])
    assert (old.first, old.last) == (AUGUST, date(2027, 1, 7))
    assert (new.first, new.last) == (JANUARY, date.max)


def test_of_two_versions_from_one_day_the_later_written_stands() -> None:
    (only,) = in_time([service(), service(times=3)])
    assert only.service.times == 3


def test_nothing_is_in_force_after_the_end_or_before_the_start() -> None:
    history = in_time([service(end=date(2026, 12, 18))])
    assert in_force(history, date(2026, 12, 18)) is not None
    assert in_force(history, date(2026, 12, 19)) is None
    assert in_force(history, date(2026, 8, 9)) is None


def test_a_service_without_a_start_begins_with_the_first_iep() -> None:
    case = case_of(Iep(dated=date(2026, 5, 12), start=AUGUST), service(start=None))
    assert versions(case, "speech")[0].first == AUGUST


def test_a_handle_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(NoSuchRecord, match="speech"):
        versions(case_of(service()), "ot")


def test_a_change_of_the_iep_is_a_new_version_and_leaves_the_old_one() -> None:
    book = book_of([service()])
    book.write(changed(versions(book.case, "speech"), JANUARY, times=1))
    old, new = versions(book.case, "speech")
    assert (old.service.times, new.service.times) == (2, 1)
    assert new.service.root != old.service.root


def test_a_fix_is_the_same_version_corrected() -> None:
    book = book_of([service()])
    book.write(fixed(versions(book.case, "speech")[0], "typed 2, the IEP says 3", times=3))
    (only,) = versions(book.case, "speech")
    assert (only.first, only.service.times) == (AUGUST, 3)


def test_a_fix_needs_its_reason() -> None:
    with pytest.raises(NotAllowed, match="reason"):
        fixed(in_time([service()])[0], "", times=3)


def test_a_change_on_the_first_day_is_a_fix() -> None:
    with pytest.raises(NotAllowed, match="iep fix"):
        changed(in_time([service()]), AUGUST, times=1)


def test_a_change_before_the_service_began_is_refused() -> None:
    with pytest.raises(NotAllowed, match="not in force"):
        changed(in_time([service()]), date(2026, 8, 9), times=1)


def test_minutes_do_not_become_days() -> None:
    with pytest.raises(NotAllowed, match="Days and minutes"):
        changed(in_time([service()]), JANUARY, kind="aide")


def test_an_end_keeps_what_lies_before_it() -> None:
    book = book_of([service()])
    book.write(ended(versions(book.case, "speech"), date(2026, 12, 18), "moved away"))
    assert versions(book.case, "speech")[0].last == date(2026, 12, 18)


def test_a_cut_is_seen_at_once() -> None:
    assert differences(service(), service(times=1)) == ("60 → 30 min a week", "2 x 30 min a week → 1 x 30 min a week")


def test_the_same_minutes_in_other_portions_are_no_cut() -> None:
    assert differences(service(), service(minutes=60, times=1)) == ("2 x 30 min a week → 1 x 60 min a week",)


def test_another_provider_setting_or_wording_is_said() -> None:
    new = service(provider="gray", setting="group", esy=True)
    assert differences(service(provider="hill"), new) == (
        "setting: none → “group”",
        "provider: “hill” → “gray”",
        "extended school year: no → yes",
    )


def test_the_iep_of_two_days_is_compared_service_by_service() -> None:
    case = case_of(
        service(),
        service(start=JANUARY, times=1),
        service(handle="ot", name="OT", minutes=20, times=1, end=date(2026, 12, 18)),
        service(handle="aide", name="Aide", kind="aide", minutes=0, times=1, per="day", start=JANUARY),
        service(handle="counsel", name="Counseling", times=1),
    )
    assert changes(case, date(2026, 11, 24), date(2027, 1, 11)) == (
        "Speech: 60 → 30 min a week, from Fri Jan 8, 2027",
        "Speech: 2 x 30 min a week → 1 x 30 min a week, from Fri Jan 8, 2027",
        "OT: 1 x 20 min a week ended on Fri Dec 18, 2026",
        "Aide: added, 1 x a day, from Fri Jan 8, 2027",
    )


def test_services_stand_in_the_order_of_the_page() -> None:
    case = case_of(service(handle="b"), service(handle="a"), service(handle="b", start=JANUARY))
    assert list(service_versions(case)) == ["b", "a"]


def test_three_of_four_weeks_come_to_three_quarters() -> None:
    assert a_week(service(minutes=20, times=1, weeks=(3, 4))) == 15
