from __future__ import annotations

import subprocess
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from casebook import Casebook, book_of

from iepjournal.core.records import Calendar, Service, Span
from iepjournal.core.services import Services, services
from iepjournal.core.sessions import recorded
from iepjournal.export.charts import MOST_WEEKS, Bar, charts
from iepjournal.export.report import services_document, services_pdf
from iepjournal.export.typeset import Box

if TYPE_CHECKING:
    from pathlib import Path

AUGUST_10, TODAY = date(2026, 8, 10), date(2026, 11, 20)
WIDTH = 468.0


@pytest.fixture
def term() -> Casebook:
    """Speech with two answers, an aide, and a term with a day off."""
    book = book_of(
        [
            Service(
                handle="speech", name="Speech", minutes=30, times=2, start=AUGUST_10, provider="hill",
                words="Speech “as needed”, 2 x 30",
            ),
            Service(handle="aide", name="Aide", kind="aide", per="day", start=AUGUST_10),
            Calendar(
                first_day=AUGUST_10,
                last_day=date(2027, 5, 25),
                closed=(Span(first=date(2026, 9, 7), last=date(2026, 9, 7)),),
            ),
        ]
    )  # fmt: skip
    for day, result, reason in ((11, "given", ""), (13, "missed", "vacancy")):
        on = date(2026, 8, day)
        book.write(recorded(book.case, "speech", result, on=on, today=TODAY, reason=reason, how="child-told"))
    return book


@pytest.fixture
def found(term: Casebook) -> Services:
    return services(term.case, as_of=TODAY)


def words_of(found: Services) -> str:
    """What is printed, a line for each paragraph and each row of a table."""
    document = services_document(found, child="Maya Bell", people={"hill": "Ms. Dana Hill"}, foot="Record: 2 entries")
    return "\n".join(block.text for block in document.contents if not isinstance(block, Box))


def test_both_totals_the_months_and_the_sessions_stand_on_paper(found: Services) -> None:
    lines = words_of(found).splitlines()
    for line in (
        "2 x 30 min a week · Ms. Dana Hill",
        "The IEP says: “Speech “as needed”, 2 x 30”",
        "due 900 870",
        "not delivered 30 30",
        "August 2026 180 30 30 120 180 30",
        "2 Thu Aug 13, 2026 not given, no provider child told me",
        "These are minutes not delivered. No number of them is a violation by itself, nor an award.",
    ):
        assert line in lines


def test_each_service_has_a_chart_of_its_weeks(found: Services) -> None:
    document = services_document(found, child="Maya Bell", people={}, foot="")
    assert len([block for block in document.contents if isinstance(block, Box)]) == 2


def test_without_a_calendar_the_report_says_so(term: Casebook) -> None:
    bare = book_of(record for record in term.records if not isinstance(record, Calendar))
    assert "No school calendar yet" in words_of(services(bare.case, as_of=TODAY))


def test_the_pdf_is_whole_and_the_same_twice(found: Services, tmp_path: Path) -> None:
    first, second = (services_pdf(found, child="Maya Bell", people={}, foot="") for _ in "12")
    assert first == second
    path = tmp_path / "report.pdf"
    path.write_bytes(first)
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "Services of Maya Bell" in read


def bar(week: int, given: float = 0, missed: float = 0, unknown: float = 0) -> Bar:
    return Bar(AUGUST_10 + timedelta(weeks=week), given, missed, unknown)


def test_a_bar_stacks_given_not_delivered_and_not_known_without_colour() -> None:
    (box,) = charts([bar(0, 30, 15, 15)], WIDTH)
    given, missed, unknown = (shape for shape in box.shapes if shape.height > 10)
    assert (given.fill, missed.fill, unknown.fill) == ("solid", "hatched", "open")
    assert given.height == pytest.approx(missed.height * 2)
    assert given.y == pytest.approx(missed.y + missed.height)
    assert [line.text for line in box.lines[:3]] == ["given", "not delivered", "not known"]


def test_a_week_without_anything_due_leaves_its_place_empty() -> None:
    (box,) = charts([bar(0, 30), bar(2, 30)], WIDTH)
    first, second = (shape for shape in box.shapes if shape.height > 10)
    (side_by_side,) = charts([bar(0, 30), bar(1, 30)], WIDTH)
    neighbours = [shape for shape in side_by_side.shapes if shape.height > 10]
    assert second.x - first.x == pytest.approx(2 * (neighbours[1].x - neighbours[0].x))


def test_a_school_year_fits_one_chart_and_two_years_take_more() -> None:
    assert len(list(charts([bar(n, 30) for n in range(MOST_WEEKS)], WIDTH))) == 1
    for box in charts([bar(n, 30) for n in range(90)], WIDTH):
        assert all(shape.x + shape.width <= WIDTH for shape in box.shapes)


def test_nothing_at_all_makes_no_chart() -> None:
    assert list(charts([], WIDTH)) == []
    assert list(charts([bar(0)], WIDTH)) == []
