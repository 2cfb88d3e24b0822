"""Rule files: one that cannot be relied on is left out whole and says why; the others are used."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from rulebooks import FILES, MS, with_file

from iepjournal.core.rulebook import rule_book

RULE = """
[[rules]]
id = "my-rule"
title = "Answer by the handbook"
who = "school"
kind = "law"
starts = "concern-sent"
length = 5
unit = "school"
citation = "district handbook, page 4"
link = "https://example.org/handbook"
confidence = "V"
checked = 2026-11-01
says = "The handbook says five school days."
"""


def test_a_rule_of_ones_own_is_used_beside_the_shipped_ones() -> None:
    book = with_file(RULE)
    assert book.findings == ()
    assert book.rules["my-rule"].readings[0].amount == "5 school days"
    assert len(book.rules) == len(MS.rules) + 1
    assert book.rules["my-rule"] in book.started_by("concern-sent")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('citation = "district handbook, page 4"\n', "", "it has no citation"),
        ('citation = "district handbook, page 4"', 'citation = "  "', "it has no citation"),
        ('starts = "concern-sent"', 'starts = "moon-full"', "there is no event “moon-full”"),
        ('starts = "concern-sent"\n', "", "it has no event that starts it"),
        ("length = 5", 'length = "soon"', "length is “soon”, which is not a whole number"),
        ("length = 5", "length = true", "length is “True”, which is not a whole number"),
        ("length = 5", "length = -1", "length is “-1”, which is no likely number of school days"),
        ("length = 5\n", "", "it has no length"),
        ('unit = "school"', 'unit = "moons"', "unit is “moons”, not one of: calendar, school, business, months, years"),
        ('who = "school"', 'who = "nobody"', "who is “nobody”, not one of: parent, school, state, either"),
        ('kind = "law"', 'kind = "standard"', "a standard has no number of days"),
        ('kind = "law"', 'kind = "disputed"', "what is disputed needs two readings"),
        ("checked = 2026-11-01", 'checked = "lately"', "checked is “lately”, which is not a date like 2026-11-23"),
        ("checked = 2026-11-01\n", "", "it has no checked"),
        ('confidence = "V"', 'confidence = "sure"', "confidence is “sure”, not one of: V, V2, K, C, none"),
        ('link = "https://example.org/handbook"', 'link = "example"', "“example” is not a link"),
        ('link = "https://example.org/handbook"\n', "", "it has no link"),
        ("length = 5", "lenght = 5\nlength = 5", "“lenght” is not known here"),
        ('id = "my-rule"', 'id = "My Rule"', "“My Rule” is no id: small letters, digits and dashes"),
        ('id = "my-rule"', 'id = "records-45"', "there is one of this id already, in federal.toml"),
        ("length = 5", 'after = "my-rule"\nlength = 5', "it leads back to itself through itself"),
        ("length = 5", 'beside = "my-rule"\nlength = 5', "it leads back to itself through itself"),
        ("length = 5", 'after = "no-rule"\nlength = 5', "there is no rule “no-rule”"),
        ("length = 5", 'in_force = "spring"\nlength = 5', "in_force is “spring”, not a year"),
        ("length = 5", "look_back = true\nlength = 5", "only months and years can look back"),
        ("length = 5", "skip_closed_runs = 3\nlength = 5", "only calendar days can leave out longer holidays"),
        ("length = 5", 'holds = { from = "concern-sent" }\nlength = 5', "what holds it needs both"),
    ],
)  # fmt: skip
def test_a_file_with_a_faulty_rule_is_left_out_with_file_rule_and_reason(before: str, after: str, reason: str) -> None:
    assert before in RULE
    book = with_file(RULE.replace(before, after))
    (finding,) = book.findings
    assert finding.level == "stop"
    assert finding.message.startswith("mine.toml is left out: ")
    assert finding.where in ("my-rule", "My Rule", "records-45")
    assert finding.where in finding.message
    assert reason in finding.message
    assert book.rules == MS.rules


def test_two_rules_of_one_id_in_a_file_are_refused() -> None:
    book = with_file(RULE + RULE)
    assert [finding.where for finding in book.findings] == ["my-rule"]
    assert "there is one of this id already" in book.findings[0].message


def test_a_circle_of_rules_is_refused_and_names_the_way_round() -> None:
    other = RULE.replace('"my-rule"', '"my-other"').replace("length", 'after = "my-rule"\nlength')
    book = with_file(RULE.replace("length", 'after = "my-other"\nlength') + other)
    assert ["it leads back to itself through" in finding.message for finding in book.findings] == [True, True]
    assert "my-other" in book.findings[0].message
    assert book.rules == MS.rules


def test_a_faulty_file_takes_no_other_with_it() -> None:
    faulty = tomllib.loads(RULE.replace("length = 5", 'length = "soon"'))
    good = tomllib.loads(RULE.replace("my-rule", "my-other"))
    book = rule_book({**FILES, "a.toml": faulty, "b.toml": good})
    assert [finding.where for finding in book.findings] == ["my-rule"]
    assert "my-other" in book.rules
    assert "my-rule" not in book.rules


@pytest.mark.parametrize(
    "text", ["rules = 5", "rules = [1]", "[rules]\nid = 5", "events = [{ id = 5 }]", "soon = 'later'"]
)
def test_a_file_of_another_shape_is_refused_and_not_fallen_over(text: str) -> None:
    book = with_file(text)
    assert book.findings
    assert book.rules == MS.rules
    assert book.soon == MS.soon


def test_notes_on_shipped_rules_are_kept_beside_them() -> None:
    book = with_file('[notes]\nrecords-45 = "Dr. Lott says 30 days."')
    assert book.notes == {"records-45": "Dr. Lott says 30 days."}
    assert book.rules == MS.rules
    (finding,) = with_file('[notes]\nrecords-54 = "typing error"').findings
    assert "there is no rule “records-54”" in finding.message


def test_days_of_ones_own_change_the_business_days() -> None:
    book = with_file(
        """
        [days]
        closed = [{ on = 2026-12-31, why = "proclaimed by the Governor" }]
        may_close = [{ on = 2027-02-09, why = "Mardi Gras" }]
        open = [{ on = 2026-10-12 }]
        switch = { friday-after-thanksgiving = "closed", christmas-eve = "open" }
        """
    )
    assert book.findings == ()
    days = book.business_days
    assert days.closed_because(date(2026, 12, 31)) == "proclaimed by the Governor"
    assert days.closed_because(date(2026, 10, 12)) == ""
    assert days.closed_because(date(2026, 11, 27)) == "Friday after Thanksgiving"
    assert days.may_be_closed(date(2026, 12, 24)) == ""
    assert days.may_be_closed(date(2027, 2, 9)) == "Mardi Gras"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[days]\nclosed = [{ on = 'Dec 31' }]", "not a date"),
        ("[days]\nswitch = { christmas-eve = 'perhaps' }", "not one of: closed, open"),
        ("[days]\nshut = []", "“shut” is not known here"),
        ("[days]\nswitch = { christmas-eva = 'open' }", "there is no optional closing “christmas-eva”"),
        ("[[events]]\nid='x'\ntitle='X'\nseen=[{record='moon', on='dated'}]", "“moon” is no kind of record"),
        ("[[events]]\nid='x'\ntitle='X'\nseen=[{record='iep', on='date'}]", "no iep has “date”"),
        ("[[holidays]]\nid = 'x'\nname = 'X'\nmonth = 13\nday = 1", "month must be in 1..12"),
        ("[[holidays]]\nid = 'x'\nname = 'X'\nmonth = 2\nday = 29", "day"),
        ("[[holidays]]\nid = 'x'\nname = 'X'\nmonth = 2", "it needs a day of the month"),
    ],
)
def test_days_and_events_that_cannot_be_are_refused(text: str, reason: str) -> None:
    (finding,) = with_file(text).findings
    assert reason in finding.message
