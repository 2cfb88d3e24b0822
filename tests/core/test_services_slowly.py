"""The count against an independent one, and the laws of arithmetic it keeps, on terms nobody thought of."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from slow_counter import slow_count
from terms import DAYS, FIRST_DAY, Term, any_term

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.iep import in_time
from iepjournal.core.ledger import Amounts
from iepjournal.core.records import Session
from iepjournal.core.services import ServiceCount, count

if TYPE_CHECKING:
    from collections.abc import Iterable

A_THOUSAND = 1000


def counted(
    term: Term, *, sessions: Iterable[Session] | None = None, since: date | None = None, until: date | None = None
) -> ServiceCount:
    return count(
        "speech",
        in_time(term.services),
        term.sessions if sessions is None else sessions,
        SchoolCalendar([term.calendar] if term.calendar else []),
        as_of=term.as_of,
        since=since,
        until=until,
    )


def test_an_independent_counter_agrees_on_a_thousand_terms() -> None:
    for seed in range(A_THOUSAND):
        random = Random(seed)
        term = any_term(random)
        # The independent counter does not divide a cycle between ranges.
        cut = not any(service.weeks for service in term.services) and random.random() < 0.5
        since, until = sorted(FIRST_DAY + timedelta(days=random.randrange(DAYS)) for _ in "12") if cut else (None, None)
        fast = counted(term, since=since, until=until)
        slow = slow_count(*term, since=since, until=until)
        for view, total in (("as_written", fast.as_written), ("conservative", fast.conservative)):
            found = {name: getattr(total, name) for name in ("due", "given", "made_up", "missed", "unknown", "over")}
            expected = dict(slow[view])
            sessions = expected.pop("sessions")
            assert found == expected, f"term {seed}, {view}"
            assert total.sessions_due in (None, sessions), f"term {seed}, {view}"


TERMS = st.randoms(use_true_random=False).map(any_term)


def balances(amounts: Amounts) -> bool:
    parts = (amounts.due, amounts.given, amounts.missed, amounts.unknown, amounts.over)
    return min(parts) >= 0 and amounts.given + amounts.missed + amounts.unknown == amounts.due + amounts.over


@given(TERMS)
def test_given_missed_and_unknown_are_due_and_over_in_every_period_month_and_total(term: Term) -> None:
    found = counted(term)
    for part in (*found.rows, *found.by_week, *found.by_month, found):
        assert balances(part.as_written)
        assert balances(part.conservative)


@given(TERMS)
def test_the_conservative_total_never_claims_more(term: Term) -> None:
    found = counted(term)
    for part in (*found.rows, *found.by_month, found):
        assert part.conservative.due <= part.as_written.due
        assert part.conservative.missed <= part.as_written.missed


@given(TERMS)
def test_a_session_nobody_recorded_is_never_missed(term: Term) -> None:
    assert counted(term, sessions=[]).as_written.missed == 0
    without = [one for one in term.sessions if one.result == "given"]
    assert counted(term, sessions=without).as_written.missed == 0


@given(TERMS, st.integers(0, DAYS))
def test_the_parts_of_a_split_range_never_claim_more_whole_sessions(term: Term, cut: int) -> None:
    whole, first, rest = counted(term), FIRST_DAY + timedelta(days=cut), FIRST_DAY + timedelta(days=cut + 1)
    before, after = counted(term, until=first), counted(term, since=rest)
    for view in ("as_written", "conservative"):
        due = [getattr(one, view).due for one in (before, after, whole)]
        assert due[0] + due[1] <= due[2]
        exact = [Amounts.total([getattr(row, view) for row in one.rows]) for one in (before, after, whole)]
        assert Amounts.total(exact[:2]) == exact[2]


@given(TERMS)
def test_the_months_add_up_exactly_to_the_whole(term: Term) -> None:
    found = counted(term)
    for view in ("as_written", "conservative"):
        months = Amounts.total([getattr(month, view) for month in found.by_month])
        assert months == Amounts.total([getattr(row, view) for row in found.rows])


@given(TERMS, st.randoms(use_true_random=False))
def test_the_order_of_logging_changes_nothing(term: Term, random: Random) -> None:
    shuffled = list(term.sessions)
    random.shuffle(shuffled)
    before, after = counted(term), counted(term, sessions=shuffled)
    assert (before.as_written, before.conservative) == (after.as_written, after.conservative)
    assert before.by_reason == after.by_reason


@given(TERMS.filter(lambda term: not any(service.weeks for service in term.services)), st.integers(0, DAYS))
def test_one_session_more_changes_nothing_outside_its_own_period(term: Term, when: int) -> None:
    on = FIRST_DAY + timedelta(days=when)
    one_more = Session(uid="one more", service="speech", on=on, result="given", extra=True)
    before, after = counted(term), counted(term, sessions=[*term.sessions, one_more])
    others = [row for row in before.rows if not row.asked.period.first <= on <= row.asked.period.last]
    assert [row for row in after.rows if row in others] == others
