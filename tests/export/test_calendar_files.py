from __future__ import annotations

from datetime import date

import pytest

from iepjournal.errors import TableRefused
from iepjournal.export.calendar_files import read_calendar

TODAY = date(2026, 11, 24)


def ics(*events: str) -> bytes:
    bodies = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{event}\r\nEND:VEVENT\r\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//d//d//EN\r\n{bodies}END:VCALENDAR\r\n".encode()


def read(content: bytes, name: str = "district.ics") -> list[tuple[str, str, str, str]]:
    found = read_calendar(name, content, today=TODAY)
    return [(str(event.first), str(event.last), event.means, event.title) for event in found]


def test_all_day_events_end_on_the_day_before_their_end() -> None:
    content = ics("DTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261128\r\nSUMMARY:Thanksgiving Break")
    assert read(content) == [("2026-11-23", "2026-11-27", "closed", "Thanksgiving Break")]


def test_an_event_without_an_end_is_one_day() -> None:
    content = ics("DTSTART;VALUE=DATE:20260907\r\nSUMMARY:Labor Day\\, no school")
    assert read(content) == [("2026-09-07", "2026-09-07", "closed", "Labor Day, no school")]


def test_an_event_with_times_is_on_its_own_days() -> None:
    content = ics("DTSTART:20261218T083000\r\nDTEND:20261218T120000\r\nSUMMARY:Early release")
    assert read(content) == [("2026-12-18", "2026-12-18", "early", "Early release")]


def test_events_stand_in_the_order_of_the_year() -> None:
    late = "DTSTART;VALUE=DATE:20270525\r\nSUMMARY:Last day of school"
    first = "DTSTART;VALUE=DATE:20260806\r\nSUMMARY:First day of school"
    assert [means for _, _, means, _ in read(ics(late, first))] == ["first", "last"]


def test_a_repeating_event_is_shown_and_left_out() -> None:
    ((*_, means, title),) = read(ics("DTSTART;VALUE=DATE:20260911\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:No school Fridays"))
    assert means == "skip"
    assert "enter its days by hand" in title


def test_terminal_codes_in_a_title_are_taken_out() -> None:
    ((*_, title),) = read(ics("DTSTART;VALUE=DATE:20260907\r\nSUMMARY:\x1b[31mLabor Day\x07"))
    assert title == "Labor Day"


@pytest.mark.parametrize("content", [b"BEGIN:VCALENDAR\r\nnonsense", b"not a calendar", b"\xff\xfe\x00", ics()])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(TableRefused, match="Nothing was saved"):
        read(content)


def test_an_event_without_a_day_is_refused() -> None:
    with pytest.raises(TableRefused, match="no day"):
        read(ics("SUMMARY:Someday"))


def test_a_csv_with_from_to_why_and_kind_is_read() -> None:
    content = b"From,To,Why,Kind\n8/6/2026,,,first\n11/23/2026,11/27/2026,Thanksgiving,\n12/18/2026,,Half day,\n"
    assert read(content, "closed.csv") == [
        ("2026-08-06", "2026-08-06", "first", ""),
        ("2026-11-23", "2026-11-27", "closed", "Thanksgiving"),
        ("2026-12-18", "2026-12-18", "early", "Half day"),
    ]


def test_a_calendar_programs_csv_is_read() -> None:
    content = b"Subject,Start Date,End Date\nFall Break,10/12/2026,10/13/2026\n"
    assert read(content, "export.csv") == [("2026-10-12", "2026-10-13", "closed", "Fall Break")]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"From,To\n10/12,10/13\n", "row 2, column 1"),
        (b"From,To\n10/12/2026,10/11/2026\n", "row 2, column 2"),
        (b"Holiday\nLabor Day\n", "no column looks like"),
    ],
)
def test_a_mistake_in_a_csv_is_named_with_its_place(content: bytes, place: str) -> None:
    with pytest.raises(TableRefused, match=place):
        read(content, "closed.csv")
