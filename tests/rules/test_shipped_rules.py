"""What every shipped rule must have, and where law must not stand."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from casebook import book_of
from rulebooks import FILES, MS

import iepjournal.core.rules
from iepjournal.core.occurrences import Journal
from iepjournal.core.records import Entry, Mark
from iepjournal.library import template, template_names

TODAY = date(2026, 11, 23)
PACKAGE = Path(iepjournal.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
LAW_COUNTS = {reading.length for rule in MS.rules.values() for reading in rule.readings if reading.length >= 10}
"""Shorter counts are also those of a week."""
CITATION = re.compile(
    r"\bCFR \d|\bU\.?S\.?C\b|\bMiss\. ?Code\b|\b(?:300|99)\.\d{2,3}\b|\b37-23-\d+|\bRule 74\.19\b|\bFERPA\b"
)
SPELLED_OUT = "ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|forty-five|sixty|ninety|hundred"
DAY_COUNT = re.compile(
    rf"\b(?:{'|'.join(map(str, LAW_COUNTS))}|{SPELLED_OUT})[ -](?:calendar |school |business |working )?days?\b"
    r"|\b(?:\d+|one|two|three|five|seven)[ -](?:calendar|business|working)[ -]days?\b"
    r"|\b(?:[123]|one|two|three)[ -]years?\b|\b(?:12|24|36|twelve) months\b"
    r"|\b(?:inside|outside|within|older than) (?:the|a) year\b|\bThe year is counted\b",
    re.IGNORECASE,
)
"""In figures or words; what a complaint reaches is never called a year by the program itself."""
COUNTING = ("agenda", "counting", "deadlines", "due", "holidays", "lookback", "occurrences", "rulebook", "rules", "why")
RELIED_ON = {
    "records-45", "records-before-meeting", "complaint-lookback", "complaint-copy-to-district",
    "complaint-decision-60", "due-process-2y", "dp-response-10", "dp-resolution-meeting-15",
    "dp-resolution-period-30", "dp-decision-45", "evaluation-60", "iep-after-eligibility-30", "annual-review",
    "reevaluation-3y", "manifestation-10-school-days", "ms-evaluation-met-14", "ms-evaluation-wpn-7", "ms-wpn-7",
    "ms-complaint-forward-3", "appeal", "reply-requested",
}  # fmt: skip


def test_every_shipped_file_is_taken() -> None:
    assert MS.findings == ()
    assert MS.rules.keys() >= RELIED_ON


@pytest.mark.parametrize("rule", MS.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_was_checked_and_says_where_it_comes_from(rule: iepjournal.core.rules.Rule) -> None:
    assert rule.checked <= TODAY
    assert rule.says.endswith(".")
    assert not rule.note or rule.note.endswith(".")
    assert rule.link or rule.kind == "suggested"


def test_what_is_suggested_never_stands_on_a_law() -> None:
    for rule in MS.rules.values():
        if rule.kind == "suggested":
            assert rule.confidence == "none"
            assert re.match(r"no number in|the IEP itself|a promise", rule.citation), rule.id


def test_what_is_disputed_has_two_readings_in_words() -> None:
    disputed = {rule.id for rule in MS.rules.values() if rule.kind == "disputed"}
    assert disputed == {"evaluation-60", "ms-wpn-7", "appeal", "ms-public-records"}
    assert all(MS.rules[name].confidence == "C" for name in disputed)
    assert all(len({reading.text for reading in MS.rules[name].readings}) == 2 for name in disputed)


def test_every_event_is_used_by_a_rule() -> None:
    used = {event for rule in MS.rules.values() for event in rule.uses_events}
    assert used == MS.events.keys()


@pytest.mark.parametrize("event", MS.events.values(), ids=lambda event: event.id)
def test_every_event_is_reached_by_an_act_in_the_journal(event: iepjournal.core.rules.EventKind) -> None:
    book = book_of()
    entry = book.write_one(Entry(happened_on=TODAY, text="It happened."))
    assert not Journal(book.case, MS).of(event.id) or event.id in ("iep-dated",)
    book.write(Mark(of=entry.root, what=event.mark or event.id, on=TODAY))
    assert Journal(book.case, MS).of(event.id)[-1].on == TODAY


def test_tags_and_holidays_are_told_apart() -> None:
    tags = [tag for event in MS.events.values() for tag in (event.id, *event.tags)]
    assert len(tags) == len(set(tags))
    holidays = [holiday["id"] for file in FILES.values() for holiday in file.get("holidays", ())]
    assert len(holidays) == len(set(holidays))
    assert {of for closing in MS.optional for of in closing.of} <= set(holidays)


def test_letters_that_are_offered_exist_and_start_what_they_prove() -> None:
    starts = {name: template(name).starts for name in template_names()}
    assert {event.letter: event.id for event in MS.events.values() if event.letter}.items() <= starts.items()
    assert {rule.next_letter for rule in MS.rules.values() if rule.next_letter} <= starts.keys()


def test_letters_start_only_events_that_the_rules_know() -> None:
    assert {template(name).starts for name in template_names()} - {""} <= MS.events.keys()


def test_law_is_known_when_it_is_seen() -> None:
    looked_at = {path.relative_to(PACKAGE).parts[0] for path in SOURCES}
    assert looked_at >= {"app.py", "cli", "core", "export", "screens", "store", "widgets"}
    for law in ("60 days", "Sixty calendar days", "one year", "2-year", "3 business days", "within a year", "90-day"):
        assert DAY_COUNT.search(law), law
    for none in ("a school year", "5 days", "the day before", "2 of 3", "two days running", "one school year"):
        assert not DAY_COUNT.search(none), none


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_law_stands_in_a_program_file(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert not CITATION.search(text), CITATION.search(text)
    assert not DAY_COUNT.search(text), DAY_COUNT.search(text)


@pytest.mark.parametrize("name", COUNTING)
def test_nothing_that_counts_holds_a_number_of_the_law(name: str) -> None:
    tree = ast.parse((PACKAGE / "core" / f"{name}.py").read_text(encoding="utf-8"))
    assert not LAW_COUNTS & {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
