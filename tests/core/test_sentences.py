from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from casebook import case_of

from iepjournal import library
from iepjournal.core.records import ENTRY_TYPES, HOW_KNOWN, Entry, Person, Promise, Service, Session
from iepjournal.core.sentences import (
    address_lines,
    entry_sentence,
    in_a_sentence,
    promise_sentence,
    salutation,
    service_sentence,
    session_sentence,
)

WORDS = library.words()
CASE = case_of(
    Person(handle="hill", name="Ms. Dana Hill", role="Speech-Language Pathologist"),
    Person(handle="boss", role="Principal"),
)


def entry(text: str = "No speech today.", **fields: Any) -> Entry:
    return Entry(**{"no": 12, "happened_on": date(2023, 4, 20), "text": text, **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"type": "child-said"}, "On Thursday, April 20, 2023, my child told me: No speech today. (Entry 12)"),
        ({"type": "observed"}, "On Thursday, April 20, 2023, I observed: No speech today. (Entry 12)"),
        (
            {"type": "missed", "how": "staff-told", "who": ("hill",)},
            "On Thursday, April 20, 2023, Ms. Dana Hill told me: No speech today. (Entry 12)",
        ),
        (
            {"type": "call", "how": "staff-told", "who": ("hill", "boss", "ann")},
            "On Thursday, April 20, 2023, I spoke by telephone with Ms. Dana Hill, Principal and ann: "
            "No speech today. (Entry 12)",
        ),
        (
            {"type": "email-in"},
            "On Thursday, April 20, 2023, school staff wrote to me by e-mail: No speech today. (Entry 12)",
        ),
        (
            {"type": "observed", "about": "about"},
            "On or about Thursday, April 20, 2023, I observed: No speech today. (Entry 12)",
        ),
        (
            {"type": "observed", "about": "week"},
            "In the week of April 20, 2023, I observed: No speech today. (Entry 12)",
        ),
    ],
)
def test_an_entry_says_when_and_how_it_is_known(fields: dict[str, Any], said: str) -> None:
    assert entry_sentence(entry(**fields), CASE, WORDS) == said


@pytest.mark.parametrize("kind", ENTRY_TYPES)
@pytest.mark.parametrize("how", ["", *HOW_KNOWN])
def test_every_type_and_way_of_knowing_has_its_words(kind: str, how: str) -> None:
    said = entry_sentence(entry(type=kind, how=how, who=("hill",)), CASE, WORDS)
    assert "{" not in said
    assert said.endswith(": No speech today. (Entry 12)")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("no stop", "no stop. ("),
        ("She said “soon.”", "She said “soon.” ("),
        ("Really?", "Really? ("),
        ("2 * 3 * 4", "2 \\* 3 \\* 4. ("),
        ("first\nsecond", "first\n  second. ("),
    ],
)
def test_the_words_stay_as_typed_with_an_end_and_nothing_read_as_markup(typed: str, said: str) -> None:
    assert said in entry_sentence(entry(typed, type="note"), CASE, WORDS)


def test_a_missed_session_says_how_long_why_and_how_it_is_known() -> None:
    session = Session(
        no=7, service="speech", on=date(2026, 9, 10), result="missed", reason="provider-absent", how="child-told"
    )
    assert session_sentence(session, Fraction(30), "Speech therapy", "minutes", WORDS) == (
        "Thursday, September 10, 2026: speech therapy, 30 minutes not given: the provider was absent; "
        "my child told me (Session 7)"
    )


def test_a_session_without_reason_or_source_claims_neither() -> None:
    session = Session(no=7, service="aide", on=date(2026, 9, 10), result="missed")
    assert session_sentence(session, Fraction(1), "Reading aide", "days", WORDS) == (
        "Thursday, September 10, 2026: reading aide, not given: the reason is not known to me (Session 7)"
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"minutes": 30, "times": 2}, "Speech therapy, 30 minutes, 2 times a week"),
        ({"minutes": 25, "weeks": (3, 4)}, "Speech therapy, 25 minutes, once a week in 3 of every 4 weeks"),
        ({"kind": "aide", "per": "day"}, "Speech therapy, once a day"),
        ({"minutes": 30, "words": "30 min. 2 x weekly"}, "Speech therapy: “30 min. 2 x weekly”"),
    ],
)
def test_a_service_is_said_in_the_words_of_the_iep_or_by_its_numbers(fields: dict[str, Any], said: str) -> None:
    assert service_sentence(Service(handle="speech", name="Speech therapy", **fields), WORDS) == said


def test_a_promise_says_who_and_for_when() -> None:
    promise = Promise(no=9, who="hill", text="speech resumes", made_on=date(2026, 11, 23), by=date(2026, 11, 30))
    assert promise_sentence(promise, CASE, WORDS) == (
        "On Monday, November 23, 2026, Ms. Dana Hill said, for November 30, 2026: speech resumes. (Promise 9)"
    )


@pytest.mark.parametrize(
    ("name", "role", "greeted"),
    [
        ("Dr. Ann Lott", "Director", "Dr. Lott"),
        ("Ann Lott", "Director", "Ann Lott"),
        ("Lott", "Director", "Lott"),
        ("Dr.", "Director", "Dr."),
        ("", "Special Education Director", "Special Education Director"),
    ],
)
def test_a_greeting_keeps_title_and_last_name(name: str, role: str, greeted: str) -> None:
    assert salutation(Person(handle="x", name=name, role=role), WORDS) == greeted


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("12 Elm Street, Jackson, MS 39201", ("12 Elm Street", "Jackson, MS 39201")),
        (
            "Schools, 5 Court Sq, Apt 4, Jackson, MS 39201-1234",
            ("Schools", "5 Court Sq", "Apt 4", "Jackson, MS 39201-1234"),
        ),
        ("12 Elm Street, Apt 4\n Jackson, MS ", ("12 Elm Street, Apt 4", "Jackson, MS")),
        ("", ()),
    ],
)
def test_an_address_is_parted_into_its_lines(address: str, lines: tuple[str, ...]) -> None:
    assert address_lines(address) == lines


def test_an_abbreviation_keeps_its_capitals_in_a_sentence() -> None:
    assert [in_a_sentence(name) for name in ("Speech therapy", "OT", "ABA therapy", "A place")] == [
        "speech therapy", "OT", "ABA therapy", "a place",
    ]  # fmt: skip
