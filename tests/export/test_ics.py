"""The calendar file, read back by a reader of our own that knows only what RFC 5545 says of lines."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from rulebooks import MS

from iepjournal.core.deadlines import deadlines
from iepjournal.core.records import Entry, Letter, Mark, Session
from iepjournal.export.ics import deadlines_ics

if TYPE_CHECKING:
    from casebook import Casebook

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def read_back(content: bytes) -> list[dict[str, str]]:
    """Unfold lines, part names from values and take the backslashes out; one dict an event."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = re.sub(r"\r\n[ \t]", "", content.decode("utf-8")).split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    events: list[dict[str, str]] = []
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            events[-1].setdefault(name, re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value))
    return events


def events(book: Casebook, as_of: date = MONDAY, rule: str = "", **more: Any) -> list[dict[str, str]]:
    found = [one for one in deadlines(book.case, MS, as_of) if rule in ("", one.rule.id)]
    return read_back(deadlines_ics(found, made_on=as_of, written=len(book.records), **more))


def days(book: Casebook, rule: str, **more: Any) -> list[date]:
    return [date.fromisoformat(event["DTSTART;VALUE=DATE"]) for event in events(book, rule=rule, **more)]


@pytest.fixture
def asked(book: Casebook) -> Casebook:
    letter = book.write_one(Letter(template="x", dated=MONDAY, starts="records-requested"))
    book.write(Mark(of=letter.root, what="sent", on=MONDAY, by="hand"))
    return book


def test_another_reader_finds_the_same_dates(asked: Casebook) -> None:
    asked.write(Session(service="speech", on=MONDAY, result="missed"))
    assert days(asked, "records-45") == [date(2027, 1, 7)]
    assert days(asked, "complaint-lookback") == [date(2027, 11, 22), date(2027, 11, 19), date(2027, 11, 8)]


def test_events_last_the_whole_day_and_block_nobodys_time(asked: Casebook) -> None:
    (event,) = events(asked, rule="records-45")
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20270107", "20270108")
    assert (event["TRANSP"], event["CLASS"], event["STATUS"]) == ("TRANSPARENT", "PRIVATE", "CONFIRMED")


def test_a_neutral_calendar_says_nothing_of_the_child_the_school_or_the_matter(asked: Casebook) -> None:
    asked.write(Session(service="speech", on=MONDAY, result="missed"))
    titles = {event["SUMMARY"] for event in events(asked)}
    assert titles == {"IEP: the school’s date", "IEP: my date", "IEP: do it today", "IEP: mail it today"}
    assert {event["DESCRIPTION"] for event in events(asked)} == {
        "Made on Mon Nov 23, 2026. Dates may have moved since: iepjournal due"
    }


def test_a_full_calendar_says_what_it_is_whose_and_where_it_stands(asked: Casebook) -> None:
    (event,) = events(asked, rule="records-45", whose="Maya")
    assert event["SUMMARY"] == "Maya: Let you see the records"
    assert event["DESCRIPTION"].startswith("Made on Mon Nov 23, 2026.")
    assert MS.rules["records-45"].says in event["DESCRIPTION"]
    assert f"{MS.rules['records-45'].citation} (a fixed number, from the source named)" in event["DESCRIPTION"]


def test_a_suggested_date_is_called_suggested(book: Casebook) -> None:
    letter = book.write_one(Letter(template="x", dated=MONDAY, reply_by=MONDAY + 10 * DAY))
    book.write(Mark(of=letter.root, what="sent", on=MONDAY, by="hand"))
    (event,) = events(book, rule="reply-requested", whose="Maya")
    assert event["SUMMARY"].endswith("(no legal date)")
    assert "no legal date: a day that was named, or one that we suggest" in event["DESCRIPTION"]


def test_an_event_keeps_its_uid_and_its_sequence_grows_when_its_date_moves(asked: Casebook) -> None:
    (before,) = events(asked, rule="records-45")
    asked.write(Entry(happened_on=date(2026, 12, 8), type="meeting", text="IEP meeting"))
    (after,) = events(asked, rule="records-45")
    assert before["UID"] == after["UID"]
    assert after["DTSTART;VALUE=DATE"] == "20261207"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_every_event_has_a_uid_of_its_own(asked: Casebook) -> None:
    asked.write(Session(service="speech", on=MONDAY, result="missed"))
    uids = [event["UID"] for event in events(asked)]
    assert len(uids) == len(set(uids))


def test_what_was_met_ahead_of_its_day_is_cancelled_and_what_is_past_is_left_alone(asked: Casebook) -> None:
    asked.write(Entry(happened_on=MONDAY + DAY, type="document", text="The box", tags=("records-received",)))
    (event,) = events(asked, MONDAY + DAY, rule="records-45")
    assert event["STATUS"] == "CANCELLED"
    assert events(asked, date(2027, 2, 1), rule="records-45") == []


def test_duties_without_a_date_are_no_events(asked: Casebook) -> None:
    assert events(asked, rule="records-fees") == []


def test_what_a_private_entry_started_is_in_no_calendar(book: Casebook) -> None:
    told = book.write_one(Entry(happened_on=MONDAY, text="x", tags=("evaluation-requested",), private=True))
    book.write(Session(service="speech", on=MONDAY, result="missed", entry=told.root))
    public = deadlines(book.case, MS, MONDAY, private=False)
    assert {one.rule.id for one in public if one.due} == {"annual-review"}
    assert {one.rule.id for one in deadlines(book.case, MS, MONDAY)} > {"ms-evaluation-met-14", "complaint-lookback"}


def test_control_characters_and_line_breaks_do_not_reach_the_file(asked: Casebook) -> None:
    whose = "Maya\x07\x1b[31m;\r\nBEGIN:VALARM, \\ Bell"
    content = deadlines_ics(deadlines(asked.case, MS, MONDAY), made_on=MONDAY, written=1, whose=whose)
    assert b"\x07" not in content
    assert b"\x1b" not in content
    assert b"\r\nBEGIN:VALARM" not in content
    titles = {event["SUMMARY"] for event in read_back(content)}
    assert "Maya; BEGIN:VALARM, \\ Bell: Let you see the records" in titles


def test_the_same_case_on_the_same_day_makes_the_same_file(asked: Casebook) -> None:
    made = [deadlines_ics(deadlines(asked.case, MS, MONDAY), made_on=MONDAY, written=9) for _ in range(2)]
    assert made[0] == made[1]
