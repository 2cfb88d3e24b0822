from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from casebook import Casebook, book_of

from iepjournal.core.iep import versions
from iepjournal.core.reconcile import (
    Line,
    accepted,
    as_json,
    log_rows,
    not_yet_known,
    question,
    reconcile,
    session_of,
    with_codes,
)
from iepjournal.core.records import SchoolLogRow, Service, Session
from iepjournal.core.services import services
from iepjournal.core.sessions import recorded
from iepjournal.errors import CannotUnderstand, NotAllowed, TableRefused

TODAY = date(2026, 10, 30)
COLUMNS = {"date": 0, "minutes": 1, "code": 2, "note": 3}


def october(day: int) -> date:
    return date(2026, 10, day)


@pytest.fixture
def term() -> Casebook:
    """Speech on Tuesdays and Thursdays since Monday, October 5."""
    return book_of([Service(handle="speech", name="Speech", minutes=30, times=2, start=october(5))])


def mine(term: Casebook, day: int, result: str, **facts: Any) -> Session:
    return term.write_one(recorded(term.case, "speech", result, on=october(day), today=TODAY, **facts))


def theirs(term: Casebook, day: int, minutes: int | None, code: str = "", text: str = "") -> SchoolLogRow:
    return term.write_one(SchoolLogRow(service="speech", on=october(day), minutes=minutes, code=code, text=text))


def verdicts(term: Casebook) -> list[tuple[int, str]]:
    return [(line.on.day, line.verdict) for line in reconcile(term.case, "speech").lines]


# Rows of a file.


def test_a_table_becomes_rows_that_name_their_file_and_place() -> None:
    table = [(2, ("10/6/2026", "30", "P", "articulation")), (4, ("10/8/2026", "", "PA", ""))]
    first, second = log_rows(table, COLUMNS, service="speech", source="abc", today=TODAY)
    assert (first.on, first.minutes, first.code, first.text, first.source) == (
        october(6), 30, "P", "articulation", "abc:2",
    )  # fmt: skip
    assert (second.minutes, second.code, second.source) == (None, "PA", "abc:4")


@pytest.mark.parametrize("cell", ["30", "30 min", "30.0", "30 minutes", " 30m "])
def test_minutes_are_read_as_logs_write_them(cell: str) -> None:
    (row,) = log_rows([(2, ("10/6/2026", cell))], {"date": 0, "minutes": 1}, service="s", source="", today=TODAY)
    assert row.minutes == 30


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (("10/6", "30"), "row 2, column 1"),
        (("10/6/2026", "half"), "row 2, column 2"),
        (("10/6/2026", "-30"), "row 2, column 2"),
        (("12/6/2026", "30"), "still to come"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_them_all(cells: tuple[str, str], place: str) -> None:
    rows = [(1, ("10/5/2026", "30")), (2, cells)]
    with pytest.raises(TableRefused, match=place):
        log_rows(rows, {"date": 0, "minutes": 1}, service="speech", source="", today=TODAY)


def test_the_same_log_twice_adds_nothing_even_in_another_file(term: Casebook) -> None:
    table = [(2, ("10/6/2026", "30", "P", "")), (3, ("10/6/2026", "30", "P", ""))]
    first = log_rows(table, COLUMNS, service="speech", source="one", today=TODAY)
    assert len(not_yet_known(term.case, first)) == 2
    term.write(*first)
    longer = log_rows([*table, (4, ("10/8/2026", "30", "P", ""))], COLUMNS, service="speech", source="two", today=TODAY)
    assert [row.on for row in not_yet_known(term.case, longer)] == [october(8)]


# What a row says.


@pytest.mark.parametrize(
    ("minutes", "code", "result", "kept", "reason"),
    [
        (30, "", "given", None, ""),
        (30, "P", "given", None, ""),
        (20, "", "partial", 20, "not-known"),
        (45, "", "given", 45, ""),
        (0, "", "missed", None, "not-known"),
        (0, "Student-Absent", "missed", None, "child-absent"),
        (None, "PA", "missed", None, "provider-absent"),
        (None, "provided", "given", None, ""),
        (None, "XQ", "unknown", None, ""),
        (None, "", "unknown", None, ""),
    ],
)
def test_minutes_and_code_say_what_happened_or_that_they_do_not(
    term: Casebook, minutes: int | None, code: str, result: str, kept: int | None, reason: str
) -> None:
    row = SchoolLogRow(service="speech", on=october(6), minutes=minutes, code=code)
    told = session_of(row, versions(term.case, "speech"))
    assert (told.result, told.minutes, told.reason, told.how) == (result, kept, reason, "school-record")


def test_the_parent_says_what_a_code_of_their_own_means(term: Casebook) -> None:
    row = SchoolLogRow(service="speech", on=october(6), code="XQ")
    assert session_of(row, versions(term.case, "speech"), with_codes({"xq": "testing"})).reason == "testing"


def test_a_code_cannot_mean_what_is_no_reason() -> None:
    with pytest.raises(CannotUnderstand, match="reason"):
        with_codes({"XQ": "flood"})


# Side by side.


def test_the_four_verdicts(term: Casebook) -> None:
    mine(term, 6, "given")
    mine(term, 8, "missed", reason="vacancy")
    mine(term, 13, "missed", reason="vacancy")
    theirs(term, 6, 30)
    theirs(term, 8, 30)
    theirs(term, 15, 30)
    assert verdicts(term) == [(6, "agree"), (8, "differ"), (13, "mine-only"), (15, "theirs-only")]


def test_both_not_given_agree_unless_they_give_different_reasons(term: Casebook) -> None:
    mine(term, 6, "missed", reason="vacancy")
    mine(term, 8, "missed", reason="provider-absent")
    mine(term, 13, "missed")
    theirs(term, 6, 0, "no provider")
    theirs(term, 8, 0, "student absent")
    theirs(term, 13, 0, "student absent")
    assert verdicts(term) == [(6, "agree"), (8, "differ"), (13, "agree")]


def test_two_sessions_of_one_day_are_paired_by_what_agrees(term: Casebook) -> None:
    mine(term, 6, "missed")
    mine(term, 6, "given", extra=True)
    theirs(term, 6, 30)
    theirs(term, 6, 20)
    assert verdicts(term) == [(6, "agree"), (6, "differ")]


def test_a_row_that_says_nothing_agrees_with_nothing(term: Casebook) -> None:
    mine(term, 6, "given")
    theirs(term, 6, None, "XQ")
    assert verdicts(term) == [(6, "differ")]


def test_our_own_not_known_is_no_side(term: Casebook) -> None:
    mine(term, 6, "unknown")
    theirs(term, 6, 30)
    assert verdicts(term) == [(6, "theirs-only")]


def test_only_the_days_of_the_log_are_compared_unless_others_are_asked(term: Casebook) -> None:
    mine(term, 6, "given")
    mine(term, 20, "given")
    theirs(term, 6, 30)
    assert verdicts(term) == [(6, "agree")]
    asked = reconcile(term.case, "speech", until=october(30))
    assert [line.on.day for line in asked.lines] == [6, 20]


def test_minutes_that_their_own_log_does_not_account_for_are_counted(term: Casebook) -> None:
    theirs(term, 6, 30)
    theirs(term, 8, 0, "student absent")
    theirs(term, 16, 20)
    found = reconcile(term.case, "speech")
    assert (found.unaccounted, found.unaccounted_conservative) == (30, 30)


def test_without_any_row_it_says_how_to_bring_them_in(term: Casebook) -> None:
    with pytest.raises(NotAllowed, match=r"reconcile FILE\.csv --service speech"):
        reconcile(term.case, "speech")


# Accepting.


def test_a_row_changes_no_figure_until_it_is_accepted(term: Casebook) -> None:
    theirs(term, 6, 0, "vacancy")
    assert services(term.case, as_of=TODAY).counts[0].as_written.missed == 0
    (line,) = reconcile(term.case, "speech").lines
    term.write(accepted(term.case, line, TODAY))
    assert services(term.case, as_of=TODAY).counts[0].as_written.missed == 30
    (kept,) = term.case.sessions
    assert (kept.how, kept.reason) == ("school-record", "vacancy")
    assert verdicts(term) == [(6, "agree")]


def test_accepting_over_our_own_answer_keeps_both(term: Casebook) -> None:
    own = mine(term, 6, "missed", reason="vacancy", how="child-told")
    theirs(term, 6, 30)
    (line,) = reconcile(term.case, "speech").lines
    term.write(accepted(term.case, line, TODAY))
    (kept,) = term.case.sessions
    assert (kept.result, kept.how, kept.reason) == ("given", "school-record", "")
    assert [version.result for version in term.case.versions(own)] == ["missed", "given"]


def test_a_further_session_of_their_log_is_one_more_of_the_day(term: Casebook) -> None:
    mine(term, 6, "given")
    theirs(term, 6, 30)
    theirs(term, 6, 30)
    line = reconcile(term.case, "speech").of("theirs-only")[0]
    assert accepted(term.case, line, TODAY).extra


def test_a_row_that_says_nothing_cannot_be_accepted(term: Casebook) -> None:
    theirs(term, 6, None, "XQ")
    (line,) = reconcile(term.case, "speech").lines
    with pytest.raises(NotAllowed, match="--code “XQ=vacancy”"):
        accepted(term.case, line, TODAY)


def test_what_only_we_have_cannot_be_accepted(term: Casebook) -> None:
    with pytest.raises(NotAllowed, match="no row"):
        accepted(term.case, Line(on=october(6), verdict="mine-only", mine=mine(term, 6, "given")), TODAY)


# Questions and JSON.


def test_each_difference_becomes_a_question_that_takes_no_side(term: Casebook) -> None:
    mine(term, 6, "missed", reason="vacancy", how="child-told")
    mine(term, 8, "given")
    theirs(term, 6, 30, "P")
    theirs(term, 13, 30)
    asked = [question(line, "Speech") for line in reconcile(term.case, "speech").lines]
    assert asked == [
        "For Tuesday, October 6, 2026 the service log shows for Speech: 30 minutes, “P”. My record shows: not given "
        "(no provider, my child told me). Which is right, and what shows it?",
        "For Thursday, October 8, 2026 my record shows for Speech: given. The service log has no row for that day. "
        "What does the district’s record show?",
        "For Tuesday, October 13, 2026 the service log shows for Speech: 30 minutes. I know of no session on that day. "
        "Who gave it, when and where?",
    ]


def test_their_row_of_a_session_not_given_is_asked_about_as_one(term: Casebook) -> None:
    theirs(term, 6, 0, "vacancy")
    (line,) = reconcile(term.case, "speech").lines
    assert question(line, "Speech").endswith("Why was it not given, and was it made up?")


def test_what_agrees_asks_nothing(term: Casebook) -> None:
    mine(term, 6, "given")
    theirs(term, 6, 30)
    (line,) = reconcile(term.case, "speech").lines
    assert question(line, "Speech") == ""


def test_the_json_has_every_line_with_both_sides(term: Casebook) -> None:
    mine(term, 6, "given")
    theirs(term, 6, 20, "P")
    shape = as_json(reconcile(term.case, "speech"))
    assert shape["counts"] == {"agree": 0, "differ": 1, "theirs-only": 0, "mine-only": 0}
    (line,) = shape["lines"]
    assert line["mine"] == {"no": 1, "result": "given", "minutes": None, "reason": None, "how": None}
    assert line["theirs"] == {"minutes": 20, "code": "P", "text": None, "source": ""}
