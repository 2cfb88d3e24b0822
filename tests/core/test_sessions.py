from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from casebook import Casebook, book_of

from iepjournal.core.records import Entry, Service, Session
from iepjournal.core.sessions import REASONS, drawn_from, recorded, story
from iepjournal.errors import CannotUnderstand, NoSuchRecord, NotAllowed

MONDAY, TODAY = date(2026, 11, 16), date(2026, 11, 24)


@pytest.fixture
def term() -> Casebook:
    """Speech of 30 minutes from August, an aide counted in days, and nothing recorded yet."""
    return book_of(
        [
            Service(
                handle="speech",
                name="Speech",
                minutes=30,
                times=2,
                provider="hill",
                start=date(2026, 8, 10),
                setting="individual, speech room",
            ),
            Service(
                handle="aide", name="Aide", kind="aide", per="day", start=date(2026, 8, 10), end=date(2026, 11, 20)
            ),
        ]
    )


def said(term: Casebook, result: str, on: date = MONDAY, service: str = "speech", **facts: Any) -> Session:
    """Recorded and written."""
    return term.write_one(recorded(term.case, service, result, on=on, today=TODAY, **facts))


def test_a_session_is_kept_as_it_was_said(term: Casebook) -> None:
    kept = said(term, "missed", reason="provider-absent", how="child-told")
    assert term.case.sessions == (kept,)
    assert (kept.on, kept.result, kept.reason, kept.how) == (MONDAY, "missed", "provider-absent", "child-told")


def test_a_second_answer_for_the_same_day_amends_the_first(term: Casebook) -> None:
    first = said(term, "missed", reason="vacancy")
    second = said(term, "given", how="staff-told")
    assert term.case.sessions == (second,)
    assert (second.no, second.amends, second.reason) == (first.no, first.uid, "")


def test_the_same_answer_twice_writes_nothing_new(term: Casebook) -> None:
    first = said(term, "given", how="saw")
    assert recorded(term.case, "speech", "given", on=MONDAY, today=TODAY, how="saw") == first


def test_a_second_answer_keeps_the_entry_of_the_first(term: Casebook) -> None:
    said(term, "missed", entry="e1")
    assert said(term, "missed", reason="vacancy").entry == "e1"


def test_a_further_session_of_the_day_is_said_to_be_one(term: Casebook) -> None:
    said(term, "given")
    said(term, "given", extra=True)
    assert len(term.case.sessions) == 2


@pytest.mark.parametrize(
    ("result", "facts", "reason"),
    [
        ("forgot", {}, "an answer"),
        ("missed", {"reason": "flood"}, "a reason"),
        ("missed", {"how": "guessed"}, "a way of knowing"),
        ("given", {"flags": ("late",)}, "a flag"),
        ("missed", {"minutes": 31}, "Say 1 to 30"),
        ("missed", {"minutes": 0}, "Say 1 to 30"),
        ("given", {"minutes": -5}, "Say 1 to"),
        ("partial", {"minutes": 30}, "say 1 to 29"),
        ("partial", {"minutes": 0}, "say 1 to 29"),
        ("given", {"on": date(2026, 11, 25)}, "still to come"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    term: Casebook, result: str, facts: dict[str, Any], reason: str
) -> None:
    with pytest.raises(CannotUnderstand, match=reason):
        said(term, result, **facts)
    assert term.case.sessions == ()


@pytest.mark.parametrize(
    ("result", "facts", "reason"),
    [
        ("given", {"on": date(2026, 8, 7)}, "Speech began on Mon Aug 10, 2026"),
        ("given", {"on": date(2026, 11, 23), "service": "aide"}, "not in force on Mon Nov 23, 2026"),
        ("given", {"reason": "vacancy"}, "has a reason"),
        ("partial", {}, "How many minutes"),
        ("partial", {"service": "aide", "minutes": 10}, "counted in days"),
    ],
)
def test_what_must_not_be_is_refused_with_the_reason(
    term: Casebook, result: str, facts: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NotAllowed, match=reason):
        said(term, result, **facts)
    assert term.case.sessions == ()


def test_a_service_nobody_knows_is_refused(term: Casebook) -> None:
    with pytest.raises(NoSuchRecord):
        said(term, "given", service="ot")


def test_more_minutes_than_promised_are_kept(term: Casebook) -> None:
    assert said(term, "given", minutes=45).minutes == 45


def test_partly_is_an_answer_for_an_aide_without_minutes(term: Casebook) -> None:
    assert said(term, "partial", service="aide", reason="schedule").result == "partial"


def test_every_reason_may_be_given(term: Casebook) -> None:
    for reason in REASONS:
        assert said(term, "missed", reason=reason).reason == reason


# Make-ups.


def test_a_make_up_points_at_what_it_repairs_and_leaves_its_own_day_free(term: Casebook) -> None:
    missed = said(term, "missed", reason="vacancy")
    make_up = said(term, "given", on=TODAY, makes_up=missed)
    own = said(term, "given", on=TODAY)
    assert make_up.makes_up == missed.root
    assert own.root != make_up.root


@pytest.mark.parametrize("result", ["given", "unknown"])
def test_only_what_was_missed_can_be_made_up(term: Casebook, result: str) -> None:
    whole = said(term, result)
    with pytest.raises(NotAllowed, match="nothing to make up"):
        said(term, "given", on=TODAY, makes_up=whole)


def test_a_make_up_is_of_the_same_service(term: Casebook) -> None:
    missed = said(term, "missed", service="aide")
    with pytest.raises(NotAllowed, match="another service"):
        said(term, "given", on=TODAY, makes_up=missed)


def test_a_make_up_that_did_not_take_place_is_no_session(term: Casebook) -> None:
    missed = said(term, "missed")
    with pytest.raises(NotAllowed, match="changes nothing"):
        said(term, "missed", on=TODAY, makes_up=missed)


def test_a_make_up_may_come_after_the_service_ended(term: Casebook) -> None:
    missed = said(term, "missed", service="aide")
    assert said(term, "given", service="aide", on=TODAY, makes_up=missed).makes_up == missed.root


def test_the_story_of_a_session_tells_what_was_missed_and_what_made_it_up(term: Casebook) -> None:
    missed = said(term, "missed", reason="vacancy")
    said(term, "partial", minutes=20, on=TODAY, makes_up=missed)
    assert story(missed, term.case.sessions) == (
        "not given Mon Nov 16, 2026, no provider; made up 20 min Tue Nov 24, 2026"
    )


# Given, but not as the IEP says.


def test_somebody_else_is_flagged_as_a_substitute(term: Casebook) -> None:
    assert said(term, "given", given_by="gray").flags == ("substitute",)
    assert said(term, "given", given_by="hill").flags == ()


def test_a_group_where_the_iep_says_individual_is_flagged(term: Casebook) -> None:
    assert said(term, "given", setting="small group").flags == ("group",)


def test_a_missed_session_has_nothing_to_flag(term: Casebook) -> None:
    assert said(term, "missed", given_by="gray").flags == ()


# Out of an entry.


def entry(term: Casebook, **facts: Any) -> Entry:
    return term.write_one(Entry(**{"happened_on": MONDAY, "type": "missed", "service": "speech", **facts}))


def test_an_entry_of_a_missed_session_gives_the_session(term: Casebook) -> None:
    told = entry(term, how="child-told")
    drawn = drawn_from(term.case, told, TODAY).session
    assert drawn is not None
    assert (drawn.result, drawn.on, drawn.how, drawn.entry) == ("missed", MONDAY, "child-told", told.root)


@pytest.mark.parametrize("facts", [{"type": "observed"}, {"service": ""}])
def test_other_entries_give_none_and_say_nothing(term: Casebook, facts: dict[str, str]) -> None:
    assert drawn_from(term.case, entry(term, **facts), TODAY) == (None, "")


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({"about": "week"}, "the day is not exact"),
        ({"happened_on": date(2026, 8, 3)}, "Speech began on Mon Aug 10, 2026"),
        ({"service": "ot"}, "no service"),
    ],
)
def test_what_cannot_be_counted_is_said_and_never_stops_the_entry(
    term: Casebook, facts: dict[str, Any], note: str
) -> None:
    session, said_with_it = drawn_from(term.case, entry(term, **facts), TODAY)
    assert session is None
    assert note in said_with_it
