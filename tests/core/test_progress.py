from __future__ import annotations

from datetime import date

import pytest
from casebook import Casebook, book_of

from iepjournal.core.corrections import newest_command, undo
from iepjournal.core.progress import (
    as_json,
    corrected_goal,
    ended_goal,
    measured,
    new_goal,
    progress,
    promised_report,
    report_state,
    reports,
    silent_goals,
    without_goal,
)
from iepjournal.core.records import Iep
from iepjournal.errors import AlreadyThere, CannotUnderstand, NoSuchRecord, NotAllowed

TODAY = date(2026, 11, 24)


@pytest.fixture
def goals() -> Casebook:
    """Two goals of an IEP that holds from August 10; one of them was measured on October 16."""
    book = book_of([Iep(dated=date(2026, 5, 12), start=date(2026, 8, 10))])
    book.write(new_goal(book.case, "reading", "60 words a minute"), new_goal(book.case, "speech", "S in sentences"))
    book.write(measured(book.case, "reading", "40 words", on=date(2026, 10, 16), today=TODAY, source="report card"))
    return book


def test_a_goal_keeps_what_was_measured_in_the_order_of_its_days(goals: Casebook) -> None:
    goals.write(measured(goals.case, "reading", "35 words", on=date(2026, 9, 11), today=TODAY))
    reading, speech = progress(goals.case)
    assert [point.value for point in reading.points] == ["35 words", "40 words"]
    assert (reading.measured, speech.measured) == (True, False)


def test_a_goal_is_silent_since_its_last_measurement_or_the_start_of_the_iep(goals: Casebook) -> None:
    assert [one.weeks_silent(TODAY) for one in progress(goals.case)] == [5, 15]


def test_goals_without_a_data_point_for_so_many_weeks_are_listed_longest_first(goals: Casebook) -> None:
    assert [one.goal.handle for one in silent_goals(goals.case, TODAY, weeks=5)] == ["speech", "reading"]
    assert [one.goal.handle for one in silent_goals(goals.case, TODAY, weeks=6)] == ["speech"]


def test_without_an_iep_silence_begins_when_the_goal_was_written_down() -> None:
    book = Casebook()
    book.write(new_goal(book.case, "reading", "60 words a minute"))
    assert progress(book.case)[0].weeks_silent(TODAY) == 0


def test_a_handle_is_used_once(goals: Casebook) -> None:
    with pytest.raises(AlreadyThere):
        new_goal(goals.case, "reading", "another")


def test_a_goal_has_words(goals: Casebook) -> None:
    with pytest.raises(NotAllowed, match="What does the goal say"):
        new_goal(goals.case, "math", " ")


def test_a_measurement_is_of_a_goal_that_is_there_and_not_of_tomorrow(goals: Casebook) -> None:
    with pytest.raises(NoSuchRecord, match="reading, speech"):
        measured(goals.case, "math", "3", on=TODAY, today=TODAY)
    with pytest.raises(CannotUnderstand, match="still to come"):
        measured(goals.case, "reading", "41 words", on=date(2026, 11, 25), today=TODAY)


@pytest.mark.parametrize(
    ("due", "received", "state"),
    [
        (date(2026, 11, 25), None, "to come"),
        (date(2026, 11, 24), None, "due today"),
        (date(2026, 11, 13), None, "not received"),
        (date(2026, 11, 13), date(2026, 11, 13), "received"),
        (date(2026, 11, 13), date(2026, 11, 20), "received late"),
    ],
)
def test_a_promised_report_is_to_come_received_or_not(due: date, received: date | None, state: str) -> None:
    report = promised_report(Casebook().case, due, received_on=received, today=TODAY)
    assert report_state(report, TODAY) == state


def test_a_report_that_came_is_the_next_version_of_the_one_promised(goals: Casebook) -> None:
    goals.write(promised_report(goals.case, date(2026, 11, 13), today=TODAY, text="second nine weeks"))
    goals.write(promised_report(goals.case, date(2026, 11, 13), received_on=date(2026, 11, 20), today=TODAY))
    (report,) = reports(goals.case)
    assert (report.received_on, report.text) == (date(2026, 11, 20), "second nine weeks")


def test_the_same_promise_twice_is_refused(goals: Casebook) -> None:
    goals.write(promised_report(goals.case, date(2026, 11, 13), today=TODAY))
    with pytest.raises(AlreadyThere):
        promised_report(goals.case, date(2026, 11, 13), today=TODAY)


def test_the_json_lists_goals_and_reports(goals: Casebook) -> None:
    goals.write(promised_report(goals.case, date(2026, 11, 13), today=TODAY))
    shape = as_json(goals.case, TODAY)
    assert shape["goals"][0]["points"] == [{"on": "2026-10-16", "value": "40 words", "source": "report card"}]
    assert shape["reports"] == [{"due_on": "2026-11-13", "received_on": None, "state": "not received"}]


def test_a_mistyped_goal_is_corrected_and_what_was_measured_follows_its_name(goals: Casebook) -> None:
    goals.write(*corrected_goal(goals.case, "reading", "misread", text="90 words a minute", name="fluency"))
    fluency, _ = progress(goals.case)
    assert (fluency.goal.handle, fluency.goal.text, fluency.goal.why) == ("fluency", "90 words a minute", "misread")
    assert [point.value for point in fluency.points] == ["40 words"]
    assert [goal.text for goal in goals.case.versions(fluency.goal)] == ["60 words a minute", "90 words a minute"]
    with pytest.raises(AlreadyThere):
        corrected_goal(goals.case, "fluency", "misread", name="speech")
    with pytest.raises(NotAllowed, match="says already"):
        corrected_goal(goals.case, "fluency", "misread")


def test_a_goal_that_ended_is_silent_no_more_and_stays_with_its_measurements(goals: Casebook) -> None:
    goals.write(ended_goal(goals.case, "speech", TODAY, "met"))
    assert [one.goal.handle for one in silent_goals(goals.case, TODAY)] == ["reading"]
    assert [one.goal.handle for one in progress(goals.case)] == ["reading", "speech"]
    assert as_json(goals.case, TODAY)["goals"][1]["ended_on"] == "2026-11-24"


def test_a_goal_that_was_never_one_goes_with_its_measurements_and_comes_back_with_them(goals: Casebook) -> None:
    goals.write(*without_goal(goals.case, "reading", "of her brother"))
    assert [one.goal.handle for one in progress(goals.case)] == ["speech"]
    goals.write(undo(newest_command(goals.case, "renee")))
    assert [len(one.points) for one in progress(goals.case)] == [1, 0]
