"""Why a date: what is printed and what `--json` holds, with every step and its source."""

from __future__ import annotations

from datetime import date
from typing import Any

from rulebooks import MS, with_file

from iepjournal.core.calendars import SchoolCalendar
from iepjournal.core.deadlines import deadlines, hypothetical
from iepjournal.core.records import Calendar, Letter, Mark, Span
from iepjournal.core.why import due_shape, shape, why_markdown, why_shape, why_text

MONDAY = date(2026, 11, 23)
DUE_KEYS = [
    "rule", "title", "who", "kind", "start", "start_from", "due", "act_by", "readings", "claim_after", "status",
    "estimated", "citation", "confidence",
]  # fmt: skip


def why(rule: str, from_day: date, as_of: date = MONDAY, school: SchoolCalendar | None = None) -> dict[str, Any]:
    return why_shape(hypothetical(MS, MS.rules[rule], from_day, as_of, school), MS)


def test_the_shape_of_a_deadline_is_what_others_rely_on() -> None:
    plain = shape(hypothetical(MS, MS.rules["appeal"], MONDAY, MONDAY))
    assert list(plain) == DUE_KEYS
    assert plain == {
        "rule": "appeal",
        "title": MS.rules["appeal"].title,
        "who": "parent",
        "kind": "disputed",
        "start": "hearing-decided",
        "start_from": "2026-11-23",
        "due": "2026-12-23",
        "act_by": "2026-12-22",
        "readings": [
            {
                "due": "2026-12-23",
                "citation": MS.rules["appeal"].readings[0].citation,
                "text": MS.rules["appeal"].readings[0].text,
            },
            {
                "due": "2027-02-21",
                "citation": MS.rules["appeal"].readings[1].citation,
                "text": MS.rules["appeal"].readings[1].text,
            },
        ],
        "claim_after": "2027-02-21",
        "status": "open",
        "estimated": False,
        "citation": MS.rules["appeal"].citation,
        "confidence": "C",
    }


def test_a_listing_says_its_day_and_a_standard_has_no_dates() -> None:
    standard = hypothetical(MS, MS.rules["iee-response"], MONDAY, MONDAY)
    listing = due_shape([standard], MONDAY)
    assert listing["as_of"] == "2026-11-23"
    (plain,) = listing["deadlines"]
    assert (plain["due"], plain["claim_after"], plain["readings"], plain["status"]) == (None, None, [], "standard")


def test_steps_number_each_counted_day_and_give_the_reason_for_each_other() -> None:
    steps = why("ms-complaint-forward-3", date(2026, 11, 25))["steps"]
    assert [(step["on"][-5:], step["number"], step["reason"]) for step in steps] == [
        ("11-25", None, "the day itself"),
        ("11-26", None, "Thanksgiving Day"),
        ("11-27", 1, ""),
        ("11-28", None, "weekend"),
        ("11-29", None, "weekend"),
        ("11-30", 2, ""),
        ("12-01", 3, ""),
    ]
    assert all(step["counted"] == (step["number"] is not None) for step in steps)


def test_each_reading_has_its_own_steps_where_there_are_several() -> None:
    plain = why("ms-complaint-forward-3", date(2026, 11, 25))
    earlier, later = plain["readings"]
    assert (earlier["due"], later["due"]) == ("2026-12-01", "2026-12-02")
    assert earlier["steps"] == plain["steps"]
    assert {step["reason"] for step in later["steps"] if step["on"] == "2026-11-27"} == {"Friday after Thanksgiving"}
    assert later["text"].endswith("where offices are closed on Fri Nov 27, 2026")


def test_day_one_on_the_day_itself_is_numbered_so() -> None:
    steps = why("ms-evaluation-met-14", date(2026, 3, 2))["steps"]
    assert (steps[0]["on"], steps[0]["number"]) == ("2026-03-02", 1)
    assert (steps[-1]["on"], steps[-1]["number"]) == ("2026-03-15", 14)


def test_years_are_one_step() -> None:
    (step,) = why("complaint-lookback", date(2024, 2, 29))["steps"]
    assert step["on"] == "2025-02-27"
    assert step["reason"] == "1 year later is 2025-02-28; the day before is safe"


def test_days_left_out_by_the_other_reading_name_the_holiday() -> None:
    school = SchoolCalendar(
        [
            Calendar(
                first_day=date(2026, 8, 6),
                last_day=date(2027, 5, 25),
                closed=(Span(first=date(2026, 11, 23), last=date(2026, 11, 27), why="Thanksgiving"),),
            )
        ]
    )
    _, other = why("evaluation-60", date(2026, 10, 20), school=school)["readings"]
    left_out = {step["reason"] for step in other["steps"] if not step["counted"]}
    assert left_out == {"the day itself", "Thanksgiving: 5 days in a row"}


def test_the_text_says_trigger_rule_date_and_source() -> None:
    text = why("records-45", MONDAY)["text"]
    rule = MS.rules["records-45"]
    assert "Runs from Mon Nov 23, 2026: You asked to see the records." in text
    assert rule.says in text
    assert "Thu Jan 7, 2027" in text
    assert f"Source: {rule.citation} (read in the source named; checked 2026-11-23)." in text
    assert text.endswith(rule.link)


def test_the_text_says_how_sure_its_source_is() -> None:
    assert "reported by a secondary source" in why("ms-complaint-forward-3", MONDAY)["text"]
    assert "sources differ" in why("appeal", MONDAY)["text"]
    suggested = why("reply-requested", MONDAY)["text"]
    assert "This is no legal date: a day that was named, or one that we suggest." in suggested
    assert "Source: the IEP itself (checked 2026-11-23)." in why("review-date-in-iep", MONDAY)["text"]
    assert "as if there were no holidays" in why("evaluation-60", MONDAY)["text"]
    assert "weekdays were counted" not in why("evaluation-60", MONDAY)["text"]


def test_of_what_runs_out_the_earlier_day_is_the_one_to_plan_by() -> None:
    text = why("dp-settlement-void-3", MONDAY)["text"]
    assert "Plan by Fri Nov 27, 2026." in text.split("\n")
    assert "late" not in text


def test_what_is_due_the_same_day_names_no_day_before() -> None:
    assert "Do it by Mon Nov 23, 2026." in why("complaint-copy-to-district", MONDAY)["text"].split("\n")


def test_what_is_disputed_is_planned_by_the_earlier_and_called_late_only_after_the_later() -> None:
    school = SchoolCalendar(
        [
            Calendar(
                first_day=date(2026, 8, 6),
                last_day=date(2027, 5, 25),
                closed=(Span(first=date(2026, 11, 23), last=date(2026, 11, 27), why="Thanksgiving"),),
            )
        ]
    )
    text = why("evaluation-60", date(2026, 10, 20), school=school)["text"]
    assert "Plan by Sat Dec 19, 2026; do not call it late before Thu Dec 24, 2026 has passed." in text
    assert "Nobody can be called late by this" in why("ms-wpn-7", MONDAY)["text"]
    assert (
        "While one reading has no sure date, nothing here can be called late." in why("evaluation-60", MONDAY)["text"]
    )
    assert "call it late" not in why("appeal", MONDAY)["text"]


def test_a_weekend_date_of_state_text_says_how_the_district_may_read_it() -> None:
    plain = why("ms-evaluation-wpn-7", date(2026, 3, 15))
    assert [reading["due"] for reading in plain["readings"]] == ["2026-03-22", "2026-03-23"]
    assert "no business day; the district may read Miss. Code 1-3-67 as giving the next one" in plain["text"]


def test_the_page_to_print_numbers_every_day_of_every_reading() -> None:
    page = why_markdown(hypothetical(MS, MS.rules["ms-complaint-forward-3"], date(2026, 11, 25), MONDAY), MS)
    assert page.startswith("# Pass the complaint on to the district (the state)\n")
    assert page.count("\n## 3 business days from Wed Nov 25, 2026") == 2
    assert "Thu Nov 26, 2026: not counted, Thanksgiving Day\nFri Nov 27, 2026: 1\n" in page
    assert "Fri Nov 27, 2026: not counted, Friday after Thanksgiving\n" in page


def test_ones_own_note_stands_beside_the_rule() -> None:
    book = with_file('[notes]\nrecords-45 = "Dr. Lott says 30 days."')
    text = why_text(hypothetical(book, book.rules["records-45"], MONDAY, MONDAY), book)
    assert "Your own note: Dr. Lott says 30 days." in text


def test_an_estimated_receipt_is_said_to_be_one(book: Any) -> None:
    letter = book.write_one(Letter(template="x", dated=MONDAY, starts="complaint-filed"))
    book.write(Mark(of=letter.root, what="sent", on=MONDAY, by="certified"))
    (decision,) = (one for one in deadlines(book.case, MS, MONDAY) if one.rule.id == "complaint-decision-60")
    text = why_text(decision, MS)
    assert "Runs from Sat Nov 28, 2026, when it was received (estimated): You filed your state complaint." in text
    assert "Log the proof of receipt." in text


def test_a_day_after_which_no_calendar_goes_gives_no_date_and_no_steps() -> None:
    plain = why("records-45", date(9999, 12, 20))
    assert (plain["due"], plain["steps"]) == (None, [])
    assert "no date" in plain["text"]
