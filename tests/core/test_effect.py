"""What the journal knows of progress, as lines a parent reads before writing of the effect."""

from __future__ import annotations

from datetime import date

from casebook import TODAY, Casebook
from packetbook import complete_book

from iepjournal.core.effect import bearing
from iepjournal.core.records import Datapoint, Goal, ProgressReport


def lines(book: Casebook) -> tuple[str, ...]:
    return bearing(book.case, TODAY)


def test_a_goal_is_told_from_its_first_measurement_to_its_last() -> None:
    book = complete_book()
    goal = Goal(handle="reading", text="60 words a minute")
    days = [(date(2026, 9, 4), "38 words"), (date(2026, 10, 2), "39 words"), (date(2026, 11, 20), "40 words")]
    book.write(goal, *(Datapoint(goal="reading", on=on, value=value) for on, value in days))
    assert lines(book) == ("reading: 38 words on Fri Sep 4, then 40 words on Fri Nov 20",)


def test_one_measurement_is_told_once_and_a_silence_in_weeks() -> None:
    book = complete_book()
    book.write(Goal(handle="speech"), Datapoint(goal="speech", on=date(2026, 9, 4), value="2 of 10"))
    assert lines(book) == (
        "speech: 2 of 10 on Fri Sep 4",
        "speech: nothing measured since Fri Sep 4, 11 weeks",
    )


def test_reports_that_were_due_are_told_with_what_became_of_them() -> None:
    book = complete_book()
    book.write(
        ProgressReport(due_on=date(2026, 10, 16)),
        ProgressReport(due_on=date(2026, 9, 11), received_on=date(2026, 9, 15), text="no measure of speech"),
        ProgressReport(due_on=date(2026, 12, 18)),
    )
    assert lines(book) == (
        "progress report due Fri Sep 11: received late Tue Sep 15 (no measure of speech)",
        "progress report due Fri Oct 16: not received",
    )
