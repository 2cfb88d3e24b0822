"""The examples of the definition, and the edges a district would look for."""

from __future__ import annotations

from datetime import date
from itertools import count as numbers
from typing import Any

import pytest
from casebook import case_of

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.iep import in_time
from iepjournal.core.records import Calendar, Entry, Iep, Period, Service, Session, Span
from iepjournal.core.services import ServiceCount, Total, as_json, count, services

UIDS = numbers()


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(first: str, last: str = "", why: str = "") -> Span:
    return Span(first=day(first), last=day(last or first), why=why)


CALENDAR_A = Calendar(
    first_day=day("2026-08-06"),
    last_day=day("2027-05-25"),
    closed=(
        span("2026-09-07"),
        span("2026-10-12", "2026-10-13"),
        span("2026-11-23", "2026-11-27"),
        span("2026-12-21", "2027-01-04"),
    ),
)
TERM = SchoolCalendar([CALENDAR_A])
NO_CALENDAR = SchoolCalendar()


def service(start: str = "2026-08-10", **fields: Any) -> Service:
    return Service(**{"handle": "speech", "minutes": 30, "times": 2, "per": "week", "start": day(start), **fields})


def session(on: str, result: str = "given", minutes: int | None = None, reason: str = "", **fields: Any) -> Session:
    given = {"service": "speech", "result": result, "minutes": minutes, "reason": reason, **fields}
    return Session(**{"uid": f"s{next(UIDS)}", "on": day(on), **given})


def missed(on: str, reason: str = "provider-absent", **fields: Any) -> Session:
    return session(on, "missed", reason=reason, **fields)


def counted(
    services: Service | list[Service],
    sessions: list[Session] = [],  # noqa: B006
    *,
    as_of: str,
    since: str = "",
    until: str = "",
    calendar: SchoolCalendar = TERM,
) -> ServiceCount:
    history = in_time(services if isinstance(services, list) else [services])
    return count(
        "speech",
        history,
        sessions,
        calendar,
        as_of=day(as_of),
        since=day(since) if since else None,
        until=day(until) if until else None,
    )


def figures(total: Total) -> dict[str, int | float]:
    """The columns that are not zero."""
    names = ("due", "given", "made_up", "missed", "unknown", "over")
    return {name: float(getattr(total, name)) for name in names if getattr(total, name)}


# The examples of counting.md, section 6.


def test_fifteen_weeks_with_nothing_logged_are_all_unknown() -> None:
    found = counted(service(), as_of="2026-11-24")
    assert len(found.rows) == 15
    assert figures(found.as_written) == {"due": 900, "unknown": 900}
    assert figures(found.conservative) == {"due": 840, "unknown": 840}
    assert (found.as_written.sessions_due, found.conservative.sessions_due) == (30, 28)


FALL: list[Session] = [
    *[session(on) for on in ("2026-08-11", "2026-08-13", "2026-08-18", "2026-08-20", "2026-08-25", "2026-09-01")],
    *[session(on) for on in ("2026-09-03", "2026-09-08", "2026-10-15", "2026-10-20", "2026-10-22", "2026-10-27")],
    session("2026-11-03"),
    *[missed(on) for on in ("2026-09-10", "2026-09-15", "2026-09-17", "2026-09-22", "2026-09-24", "2026-10-14")],
    missed("2026-11-05"),
    *[missed(on, "vacancy") for on in ("2026-11-10", "2026-11-12", "2026-11-17", "2026-11-19")],
    *[missed(on, "child-absent") for on in ("2026-08-27", "2026-09-29", "2026-10-06")],
]
"""13 given, 7 provider absent, 4 vacancy, 3 child absent, at most two a week; both short weeks are full."""


def test_a_childs_absence_leaves_both_missed_and_due_in_the_conservative_total() -> None:
    found = counted(service(), FALL, as_of="2026-11-24")
    assert figures(found.as_written) == {"due": 900, "given": 390, "missed": 420, "unknown": 90}
    assert figures(found.conservative) == {"due": 810, "given": 390, "missed": 330, "unknown": 90}
    assert found.by_reason == {"provider-absent": 210, "vacancy": 120, "child-absent": 90}
    assert found.as_written.percent_given == 43.3


def test_four_in_one_week_do_not_cover_the_week_before() -> None:
    four = [session(on) for on in ("2026-08-17", "2026-08-18", "2026-08-19", "2026-08-20")]
    found = counted(service(), four, as_of="2026-08-21")
    assert figures(found.as_written) == {"due": 120, "given": 120, "unknown": 60, "over": 60}
    assert figures(found.conservative) == figures(found.as_written)


def test_more_misses_than_the_week_promises_stay_as_notes() -> None:
    daily = [missed(f"2026-08-{n}") for n in range(17, 22)]
    found = counted(service(), daily, as_of="2026-08-21")
    (_, second) = found.rows
    assert second.as_written.missed == 60
    assert second.conservative.missed == 60
    assert len([note for note in found.notes if "beyond what the IEP asks for" in note]) == 3


def test_two_halves_that_make_a_whole_hour_are_not_missed() -> None:
    halves = [session(on, "partial", 30, "late-start") for on in ("2026-08-11", "2026-08-13")]
    found = counted(service(minutes=60, times=1), halves, as_of="2026-08-14")
    assert figures(found.as_written) == {"due": 60, "given": 60}
    assert figures(found.conservative) == {"due": 60, "given": 60}


def test_a_closed_tuesday_is_due_as_written_only() -> None:
    found = counted(service(days=("tue", "thu")), since="2026-10-12", as_of="2026-10-18")
    assert figures(found.as_written) == {"due": 60, "unknown": 60}
    assert figures(found.conservative) == {"due": 30, "unknown": 30}


WISCONSIN_2007 = service("2007-01-01", minutes=25, times=4, per="month")
WINTER_2007 = [
    session("2007-01-09"),
    session("2007-01-16"),
    missed("2007-01-23", uid="m1"),
    missed("2007-01-30", uid="m2"),
    session("2007-02-06"),
    missed("2007-02-13", uid="m3"),
    missed("2007-02-20", uid="m4"),
    missed("2007-02-27", uid="m5"),
]
SPRING_2007 = [session(f"2007-03-{5 + n:02d}", makes_up=f"m{n}") for n in range(1, 6)]


def test_decision_07_087_five_sessions_of_25_minutes_are_missed() -> None:
    found = counted(WISCONSIN_2007, WINTER_2007, as_of="2007-02-28", calendar=NO_CALENDAR)
    assert figures(found.as_written) == {"due": 200, "given": 75, "missed": 125}
    assert figures(found.conservative) == {"due": 200, "given": 75, "missed": 125}


def test_decision_07_087_make_ups_repair_january_and_february_from_their_own_day_on() -> None:
    everything = WINTER_2007 + SPRING_2007
    found = counted(WISCONSIN_2007, everything, as_of="2007-04-30", until="2007-02-28", calendar=NO_CALENDAR)
    assert figures(found.as_written) == {"due": 200, "given": 200, "made_up": 125}
    before = counted(WISCONSIN_2007, everything, as_of="2007-03-07", until="2007-02-28", calendar=NO_CALENDAR)
    assert figures(before.as_written) == {"due": 200, "given": 125, "made_up": 50, "missed": 75}


def test_decision_07_087_the_history_still_shows_what_was_missed_and_what_made_it_up() -> None:
    found = counted(
        WISCONSIN_2007, WINTER_2007 + SPRING_2007, as_of="2007-04-30", until="2007-02-28", calendar=NO_CALENDAR
    )
    january = found.rows[0]
    repaired = [(str(one.repairs.on), str(one.session.on)) for one in january.sessions if one.repairs]
    assert repaired == [("2007-01-23", "2007-03-06"), ("2007-01-30", "2007-03-07")]
    missed_first = [str(one.session.on) for one in january.sessions if one.session.result == "missed"]
    assert missed_first == ["2007-01-23", "2007-01-30"]


def test_decision_23_051_one_free_week_in_four_excuses_neither_missed_session() -> None:
    speech = service("2023-03-07", minutes=25, times=1, weeks=(3, 4))
    two = [missed("2023-04-20", ""), missed("2023-04-27", "")]
    found = counted(speech, two, as_of="2023-05-12", calendar=NO_CALENDAR)
    assert len(found.rows) == 10
    assert figures(found.as_written) == {"due": 200, "missed": 50, "unknown": 150}
    assert figures(found.conservative) == {"due": 175, "missed": 50, "unknown": 125}
    assert found.by_reason == {"not-known": 50}


# Short weeks, weeks off, beginnings and ends.


def test_a_week_without_school_asks_for_nothing() -> None:
    found = counted(service(), since="2026-11-23", as_of="2026-11-27")
    assert found.rows == ()
    assert found.as_written.percent_given is None


def test_a_short_week_is_due_in_full_as_written_and_by_its_days_conservatively() -> None:
    found = counted(service(), since="2026-09-07", as_of="2026-09-11")
    (week,) = found.rows
    assert (week.as_written.due, week.conservative.due) == (60, 48)
    assert (found.as_written.due, found.conservative.due) == (60, 30)


def test_a_session_documented_in_a_short_week_was_due() -> None:
    short = [session("2026-10-15"), missed("2026-10-16")]
    found = counted(service(), short, since="2026-10-12", as_of="2026-10-16")
    assert figures(found.conservative) == {"due": 60, "given": 30, "missed": 30}


def test_a_service_that_starts_on_a_thursday_has_two_days_conservatively() -> None:
    found = counted(service("2026-08-13", times=5), as_of="2026-08-14")
    assert (found.as_written.due, found.conservative.due) == (150, 60)


def test_a_service_without_an_end_goes_on_over_the_years_end() -> None:
    found = counted(service(), since="2026-12-14", as_of="2027-01-08")
    assert [str(row.asked.period.first) for row in found.rows] == ["2026-12-14", "2027-01-04"]


def test_a_service_that_ends_on_a_tuesday_is_due_in_full_as_written_that_week() -> None:
    found = counted(service(end=day("2026-08-18")), as_of="2026-09-30")
    assert [row.as_written.due for row in found.rows] == [60, 60]
    assert [row.conservative.due for row in found.rows] == [60, 24]


def test_the_29th_of_february_is_a_day_of_its_month() -> None:
    leap_day = [session("2028-02-29")]
    found = counted(service("2028-02-01", times=4, per="month"), leap_day, as_of="2028-02-29", calendar=NO_CALENDAR)
    assert figures(found.as_written) == {"due": 120, "given": 30, "unknown": 90}
    the_day_before = counted(service("2028-02-01", times=4, per="month"), as_of="2028-02-28", calendar=NO_CALENDAR)
    assert the_day_before.rows == ()


def test_six_a_month_from_late_august_are_one_by_the_share_of_its_school_days() -> None:
    found = counted(service("2026-08-27", times=6, per="month"), as_of="2026-08-31")
    assert (found.as_written.due, found.conservative.due) == (180, 30)


def test_a_month_has_at_most_one_session_for_each_of_its_school_days() -> None:
    found = counted(service("2026-08-06", times=20, per="month"), as_of="2026-08-31")
    assert (found.as_written.sessions_due, found.conservative.sessions_due) == (20, 18)


def test_a_month_of_known_weekdays_has_at_most_one_session_for_each_of_them() -> None:
    found = counted(service(times=6, per="month", days=("tue",)), since="2026-11-01", as_of="2026-11-30")
    assert (found.as_written.sessions_due, found.conservative.sessions_due) == (6, 3)


def test_a_break_does_not_use_up_a_week_of_a_cycle() -> None:
    found = counted(service("2026-11-09", times=1, weeks=(3, 4)), as_of="2026-12-11")
    weeks = {str(row.asked.period.first): row.as_written.due for row in found.rows}
    assert weeks == {"2026-11-09": 30, "2026-11-16": 30, "2026-11-30": 30, "2026-12-07": 0}


def test_the_free_week_of_a_cycle_may_be_any_of_them() -> None:
    three = [session(on) for on in ("2026-08-11", "2026-08-25", "2026-09-01")]
    found = counted(service(times=1, weeks=(3, 4)), three, as_of="2026-09-04")
    assert figures(found.as_written) == {"due": 90, "given": 90}
    months = [(month.as_written.due, month.as_written.unknown) for month in found.by_month]
    assert months == [(60, 0), (30, 0)]


def test_extended_school_year_is_due_only_where_the_service_says_so() -> None:
    calendar = SchoolCalendar([CALENDAR_A.replace(esy=(span("2027-06-07", "2027-06-18"),))])
    summer = {"since": "2027-06-01", "as_of": "2027-06-30", "calendar": calendar}
    assert counted(service(), **summer).as_written.due == 0  # type: ignore[arg-type]
    assert counted(service(esy=True), **summer).as_written.due == 120  # type: ignore[arg-type]


# Periods that only a calendar knows.


def test_a_quarter_service_waits_for_the_calendar() -> None:
    found = counted(service(times=9, per="quarter"), [session("2026-08-11")], as_of="2026-11-24")
    assert found.needs == "the calendar"
    assert found.notes[0] == "It needs the calendar before it can be counted: when each quarter begins and ends."
    assert figures(found.as_written) == {}


def test_a_quarter_counts_from_its_last_school_day() -> None:
    quarter = Period(kind="quarter", name="Q1", first=day("2026-08-06"), last=day("2026-10-13"))
    calendar = SchoolCalendar([CALENDAR_A.replace(periods=(quarter,))])
    before = counted(service("2026-08-06", times=9, per="quarter"), as_of="2026-10-08", calendar=calendar)
    after = counted(service("2026-08-06", times=9, per="quarter"), as_of="2026-10-09", calendar=calendar)
    assert (before.as_written.due, after.as_written.due, after.conservative.due) == (0, 270, 270)
    assert before.open_period is not None


def test_a_session_between_two_quarters_is_kept_and_said() -> None:
    quarter = Period(kind="quarter", name="Q1", first=day("2026-08-06"), last=day("2026-10-09"))
    calendar = SchoolCalendar([CALENDAR_A.replace(periods=(quarter,))])
    found = counted(service(times=9, per="quarter"), [session("2026-10-12")], as_of="2026-11-24", calendar=calendar)
    assert found.notes == ("Mon Oct 12, 2026: in no quarter of the calendar; kept, not counted.",)


def test_a_year_without_a_calendar_before_it_is_said() -> None:
    found = counted(service("2026-05-04"), as_of="2026-08-14")
    assert found.notes[0] == ("No school calendar is known before Thu Aug 6, 2026: nothing is counted as due there.")


# The IEP changed.


def test_past_weeks_keep_the_old_rule_when_the_iep_changes() -> None:
    cut = [service(), service("2026-08-24", times=1)]
    found = counted(cut, as_of="2026-09-04")
    assert [row.as_written.due for row in found.rows] == [60, 60, 30, 30]


def test_a_week_in_which_the_iep_changed_is_shared_by_school_days() -> None:
    cut = [service(minutes=30, times=2), service("2026-08-20", minutes=45, times=1)]
    found = counted(cut, since="2026-08-17", as_of="2026-08-21")
    (week,) = found.rows
    assert week.as_written.due == 36 + 18
    assert found.as_written.due == 30
    assert found.as_written.unknown == 30


def test_a_new_provider_changes_no_figure_of_a_whole_week() -> None:
    one, two = (
        counted(service(), FALL, as_of="2026-11-24"),
        counted([service(), service("2026-09-14", provider="gray")], FALL, as_of="2026-11-24"),
    )
    assert (one.as_written, one.conservative) == (two.as_written, two.conservative)


def test_a_service_that_went_from_weeks_to_months_is_counted_by_each_in_its_time() -> None:
    changed = [service(), service("2026-09-01", times=4, per="month")]
    found = counted(changed, as_of="2026-09-30")
    kinds = [row.asked.period.kind for row in found.rows]
    assert kinds == ["week", "week", "week", "week", "month"]
    assert found.rows[-2].as_written.due == 12
    assert found.rows[-1].as_written.due == 120


# Reasons, make-ups and what is kept beside the figures.


def test_a_closure_is_out_of_due_once_even_if_the_calendar_does_not_know_it() -> None:
    storm = [missed("2026-08-20", "closure"), session("2026-08-18")]
    found = counted(service(), storm, since="2026-08-17", as_of="2026-08-21")
    assert figures(found.as_written) == {"due": 60, "given": 30, "missed": 30}
    assert figures(found.conservative) == {"due": 30, "given": 30}


def test_a_closure_that_the_calendar_knows_is_not_taken_out_twice() -> None:
    labor_day = [missed("2026-09-07", "closure")]
    found = counted(service(times=5), labor_day, since="2026-09-07", as_of="2026-09-11")
    assert figures(found.conservative) == {"due": 120, "unknown": 120}


def test_a_made_up_absence_of_the_child_is_given_in_its_own_week() -> None:
    absent = missed("2026-08-20", "child-absent", uid="a1")
    found = counted(service(), [absent, session("2026-09-01", makes_up="a1")], since="2026-08-17", as_of="2026-09-01")
    week = found.rows[0]
    assert (week.as_written.given, week.as_written.made_up, week.as_written.missed) == (30, 30, 0)
    assert week.conservative.due == 60


def test_a_longer_make_up_repairs_what_was_missed_and_the_rest_counts_on_its_own_day() -> None:
    both = [missed("2026-08-13", uid="a1"), session("2026-08-18", minutes=45, makes_up="a1")]
    found = counted(service(), both, as_of="2026-08-21")
    assert [row.as_written.given for row in found.rows] == [30, 15]
    assert [row.as_written.made_up for row in found.rows] == [30, 0]


def test_a_make_up_does_not_count_before_its_day() -> None:
    both = [missed("2026-08-13", uid="a1"), session("2026-08-18", makes_up="a1")]
    assert counted(service(), both, as_of="2026-08-17").as_written.missed == 30
    assert counted(service(), both, as_of="2026-08-18").as_written.missed == 0


def test_a_make_up_after_the_service_ended_still_repairs() -> None:
    both = [missed("2026-08-20", uid="a1"), session("2026-09-15", makes_up="a1")]
    found = counted(service(end=day("2026-08-21")), both, as_of="2026-09-30")
    assert figures(found.as_written) == {"due": 120, "given": 30, "made_up": 30, "unknown": 90}
    assert found.notes == ()


def test_a_make_up_of_nothing_counts_on_its_own_day_and_is_said() -> None:
    found = counted(service(), [session("2026-08-11", makes_up="gone")], as_of="2026-08-14")
    assert found.as_written.given == 30
    assert found.notes == ("Tue Aug 11, 2026: a make-up of no missed session; counted as a session of its own day.",)


def test_longer_sessions_than_promised_are_over() -> None:
    found = counted(service(times=1), [session("2026-08-11", minutes=45)], as_of="2026-08-14")
    assert figures(found.as_written) == {"due": 30, "given": 45, "over": 15}


def test_a_substitute_is_counted_as_given_with_a_subtotal() -> None:
    found = counted(
        service(), [session("2026-08-11", flags=("substitute",)), session("2026-08-13")], as_of="2026-08-14"
    )
    assert found.as_written.given == 60
    assert found.flagged == {"substitute": 30}


def test_a_session_before_the_service_began_is_kept_and_said() -> None:
    found = counted(service(), [session("2026-08-07")], as_of="2026-08-14")
    assert found.as_written.given == 0
    assert found.notes == ("Fri Aug 7, 2026: before the service began on Mon Aug 10, 2026; kept, not counted.",)


def test_a_saturday_session_belongs_to_its_week() -> None:
    found = counted(service(), [session("2026-08-15")], as_of="2026-08-21")
    assert [row.as_written.given for row in found.rows] == [30, 0]


def test_an_answer_of_not_known_changes_no_figure() -> None:
    found = counted(service(), [session("2026-08-11", "unknown")], as_of="2026-08-14")
    assert figures(found.as_written) == {"due": 60, "unknown": 60}


# Days instead of minutes.


def test_an_aide_is_counted_in_days() -> None:
    aide = service(kind="aide", per="day", times=1, minutes=45)
    week = [session("2026-08-10"), session("2026-08-11", "partial"), missed("2026-08-12", "schedule")]
    found = counted(aide, week, as_of="2026-08-14")
    assert found.unit == "days"
    assert figures(found.as_written) == {"due": 5, "given": 1, "missed": 2, "unknown": 2}
    assert figures(found.conservative) == {"due": 5, "given": 2, "missed": 1, "unknown": 2}
    assert found.as_written.sessions_due is None


def test_a_day_is_listed_by_its_week() -> None:
    found = counted(service(kind="aide", per="day", times=1), as_of="2026-08-21")
    assert [(str(week.first), week.as_written.due) for week in found.by_week] == [("2026-08-10", 5), ("2026-08-17", 5)]


# The period under way, gaps, and as of.


def test_the_week_under_way_stands_apart() -> None:
    found = counted(service(), [session("2026-08-18"), missed("2026-08-20")], as_of="2026-08-20")
    assert found.as_written.due == 60
    assert found.open_period is not None
    assert (found.open_period.sessions_given, found.open_period.sessions_asked) == (1, 2)
    assert found.open_period.as_written.missed == 30


def test_on_friday_the_week_counts_and_nothing_is_under_way() -> None:
    found = counted(service(), as_of="2026-08-21")
    assert len(found.rows) == 2
    assert found.open_period is None


def test_what_happened_after_the_as_of_day_is_not_looked_at() -> None:
    found = counted(service(), FALL, as_of="2026-08-14")
    assert figures(found.as_written) == {"due": 60, "given": 60}


@pytest.mark.parametrize(
    ("given", "longest", "last"),
    [([], 25, None), (["2026-08-11", "2026-08-27"], 16, "2026-08-27"), (["2026-08-11"], 24, "2026-08-11")],
)
def test_the_longest_gap_reaches_from_the_start_or_to_the_last_day(
    given: list[str], longest: int, last: str | None
) -> None:
    found = counted(service(), [session(on) for on in given], as_of="2026-09-04")
    assert found.longest_gap is not None
    assert found.longest_gap.days == longest
    assert found.last_given == (day(last) if last else None)


def test_each_figure_opens_to_its_sessions() -> None:
    found = counted(service(), FALL, as_of="2026-11-24")
    lines = [one for row in found.rows for one in row.sessions]
    assert sum(one.given for one in lines) == found.as_written.given
    assert sum(one.missed for one in lines) == found.as_written.missed
    assert sum(one.missed_conservative for one in lines) == found.conservative.missed


# A whole case.


def test_the_json_has_the_shape_of_the_definition() -> None:
    case = case_of(CALENDAR_A, service(name="Speech therapy"), *FALL)
    shape = as_json(services(case, as_of=day("2026-11-24")))
    assert {name: shape[name] for name in ("as_of", "since", "until", "calendar")} == {
        "as_of": "2026-11-24",
        "since": "2026-08-10",
        "until": "2026-11-24",
        "calendar": True,
    }
    assert shape["services"] == [
        {
            "handle": "speech",
            "name": "Speech therapy",
            "unit": "minutes",
            "as_written": {
                "due": 900,
                "sessions_due": 30,
                "given": 390,
                "made_up": 0,
                "missed": 420,
                "unknown": 90,
                "over": 0,
                "percent_given": 43.3,
            },
            "conservative": {
                "due": 810,
                "sessions_due": 27,
                "given": 390,
                "made_up": 0,
                "missed": 330,
                "unknown": 90,
                "over": 0,
                "percent_given": 48.1,
            },
            "by_reason": {"provider-absent": 210, "vacancy": 120, "child-absent": 90},
            "last_given": "2026-11-03",
            "longest_gap_days": 37,
            "open_period": None,
            "notes": [],
        }
    ]


def test_each_service_is_counted_by_itself() -> None:
    ot = service(handle="ot", minutes=20, times=1)
    case = case_of(service(), ot, *FALL, session("2026-08-12").replace(service="ot"))
    speech, other = services(case, as_of=day("2026-11-20")).counts
    assert (speech.as_written.given, other.as_written.given) == (390, 20)


def test_sessions_of_a_service_that_was_taken_back_are_kept_apart() -> None:
    stray = session("2026-08-11").replace(service="ot")
    found = services(case_of(service(), stray), as_of=day("2026-08-14"))
    assert [one.service for one in found.strays] == ["ot"]
    assert found.counts[0].as_written.given == 0


def test_a_service_without_a_start_begins_with_the_iep_or_asks_for_one() -> None:
    startless = service().replace(start=None)
    found = services(case_of(startless), as_of=day("2026-08-14")).counts[0]
    assert (found.needs, found.as_written.due) == ("a start date", 0)
    with_iep = case_of(Iep(dated=day("2026-05-12"), start=day("2026-08-10")), startless)
    assert services(with_iep, as_of=day("2026-08-14")).counts[0].as_written.due == 60


def test_what_was_drawn_from_a_private_entry_leaves_by_no_export() -> None:
    told = Entry(uid="e1", happened_on=day("2026-08-11"), type="missed", service="speech", private=True)
    case = case_of(service(), told, missed("2026-08-11", entry="e1"), missed("2026-08-13"))
    whole = services(case, as_of=day("2026-08-14")).counts[0]
    shared = services(case, as_of=day("2026-08-14"), private=False).counts[0]
    assert (whole.as_written.missed, shared.as_written.missed) == (60, 30)
    assert shared.as_written.unknown == 30
