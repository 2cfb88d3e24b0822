"""A set-up file becomes records and back; every mistake in it is named by its key, and nothing is guessed."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from casebook import case_of
from hypothesis import given, settings
from hypothesis import strategies as st

from iepjournal.core.codec import to_stored
from iepjournal.core.records import (
    Calendar,
    Child,
    Iep,
    Parent,
    Period,
    Person,
    Profile,
    Record,
    School,
    Service,
    Span,
)
from iepjournal.core.setup import from_setup, to_setup

ROOT = Path(__file__).parents[2]
SERVICE = {"handle": "speech", "minutes": 30}
CALENDAR = {"first_day": date(2026, 8, 6), "last_day": date(2027, 5, 25)}

words = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)
handles = st.from_regex(r"\A[a-z](?:[a-z0-9-]{0,4}[a-z0-9])?\Z").filter(lambda handle: handle != "none")
days = st.dates(date(2026, 8, 1), date(2027, 5, 31))  # of one school year
maybe_days = st.none() | days


def ordered(made: type[Any], /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    two_days = st.tuples(days, days).map(sorted)
    return st.builds(lambda pair, **rest: made(first=pair[0], last=pair[1], **rest), two_days, **fields)


spans = st.lists(ordered(Span, why=words), max_size=2).map(tuple)
profiles = st.builds(
    Profile,
    state=st.just("ms"),
    child=st.builds(Child, name=words, birth_date=maybe_days, grade=words, homeless=st.booleans(), contact=words),
    parent=st.builds(Parent, name=words, address=words, phone=words, email=words),
    school=st.builds(School, name=words, district=words, address=words),
)
people = st.lists(
    st.builds(Person, handle=handles, name=words, role=words, email=words), max_size=3, unique_by=lambda one: one.handle
)
services = st.lists(
    st.builds(
        Service, handle=handles, name=words, minutes=st.integers(1, 60), times=st.integers(1, 5),
        per=st.sampled_from(["day", "week", "month"]), days=st.sampled_from([(), ("tue", "thu")]), words=words,
        start=maybe_days, esy=st.booleans(),
    ),
    max_size=3, unique_by=lambda one: (one.handle, one.start),
)  # fmt: skip
ieps = st.builds(Iep, dated=days, start=maybe_days, review_due=maybe_days)
calendars = st.builds(
    lambda pair, **rest: Calendar(first_day=pair[0], last_day=pair[1], **rest),
    st.tuples(days, days).map(sorted),
    closed=spans,
    esy=spans,
    early=st.lists(days, max_size=2).map(tuple),
    periods=st.lists(ordered(Period, kind=st.just("quarter"), name=words), max_size=2).map(tuple),
)


def content(records: tuple[Record, ...]) -> list[dict[str, Any]]:
    """What records say, without their stamps."""
    return [{key: value for key, value in to_stored(one).items() if key not in Record.FIELDS} for one in records]


@settings(max_examples=50)
@given(profiles, people, services, ieps, calendars)
def test_a_case_comes_back_from_its_set_up_file(
    profile: Profile, people: list[Person], services: list[Service], iep: Iep, calendar: Calendar
) -> None:
    records = (profile, *people, *services, iep, calendar)
    file = tomli_w.dumps(to_setup(case_of(*records)))
    back, findings = from_setup(tomllib.loads(file))

    assert [finding for finding in findings if finding.level == "stop"] == []
    assert content(back) == content(records)


@pytest.mark.parametrize("file", ["iepjournal/demo/setup.toml", "tests/cases/dpi-23-051/setup.toml"])
def test_the_set_up_files_of_the_project_are_read_and_written_without_a_remark(file: str) -> None:
    setup = tomllib.loads((ROOT / file).read_text())
    records, findings = from_setup(setup)

    assert findings == ()
    assert from_setup(to_setup(case_of(*records)))[0] == records


def test_an_aide_is_a_service_counted_in_days() -> None:
    (_, aide), findings = from_setup({"services": [{"handle": "aide", "kind": "aide", "per": "day"}]})

    assert findings == ()
    assert aide == Service(handle="aide", kind="aide", per="day")


def test_a_homeless_child_has_a_contact_in_place_of_the_address() -> None:
    (profile,), _ = from_setup({"child": {"name": "Maya", "homeless": True, "contact": "Aunt Jo\n601-555-0100"}})

    assert isinstance(profile, Profile)
    assert profile.child == Child(name="Maya", homeless=True, contact="Aunt Jo\n601-555-0100")


def test_text_is_cleaned_and_only_addresses_keep_their_lines() -> None:
    (_, person), _ = from_setup(
        {"people": [{"handle": "hill", "name": "Ms.\x1b[31m\nHill", "address": " Room 4\r\nOak Ridge "}]}
    )

    assert person == Person(handle="hill", name="Ms. Hill", address="Room 4\nOak Ridge")


def test_handles_are_small_letters_as_they_are_typed_behind_a_mark() -> None:
    (_, person, service), _ = from_setup({"people": [{"handle": "@Hill"}], "services": [{**SERVICE, "handle": "OT"}]})

    assert (person.handle, service.handle) == ("hill", "ot")  # type: ignore[attr-defined]


def test_an_empty_file_is_a_case_without_anybody() -> None:
    assert from_setup({}) == ((Profile(),), ())


@pytest.mark.parametrize(
    ("setup", "where"),
    [
        ({"chidl": {}}, "chidl"),
        ({"child": {"nmae": "Maya"}}, "child.nmae"),
        ({"people": [{"handle": "hill", "fax": "1"}]}, "people 1.fax"),
        ({"people": [{"handle": "hill", "seal": "f00"}]}, "people 1.seal"),
        ({"calendar": {**CALENDAR, "closed": [{"from": date(2026, 9, 7), "to": date(2026, 9, 7), "wyh": ""}]}},
         "calendar.closed 1.wyh"),
        ({"services": [{**SERVICE, "provider": "hill"}]}, "services"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_left_out_with_a_warning(setup: dict[str, Any], where: str) -> None:
    _, findings = from_setup(setup)

    assert [(finding.level, finding.where) for finding in findings] == [("warn", where)]


@pytest.mark.parametrize(
    ("setup", "where", "message"),
    [
        ({"state": 5}, "state", "should be text in quotes"),
        ({"child": "Maya"}, "child", "should be a table"),
        ({"child": {"birth_date": "2018-05-14"}}, "child.birth_date", "a date like 2026-08-14, without quotes"),
        ({"child": {"homeless": "yes"}}, "child.homeless", "true or false"),
        ({"people": {"handle": "hill"}}, "people", "write it as [[people]]"),
        ({"people": ["hill"]}, "people 1", "should be a table"),
        ({"people": [{"name": "Ms. Hill"}]}, "people 1", "“handle” is missing"),
        ({"people": [{"handle": ""}]}, "people 1", "is not a handle"),
        ({"people": [{"handle": "ms. hill"}]}, "people 1", "is not a handle"),
        ({"people": [{"handle": "12"}]}, "people 1", "is not a handle"),
        ({"people": [{"handle": "hill"}, {"handle": "Hill"}]}, "people", "“hill” stands there twice"),
        ({"iep": {}}, "iep", "“date” is missing"),
        ({"iep": {"date": 2026}}, "iep.date", "should be a date"),
        ({"services": [{**SERVICE, "minutes": "30"}]}, "services 1.minutes", "a whole number"),
        ({"services": [{**SERVICE, "minutes": True}]}, "services 1.minutes", "a whole number"),
        ({"services": [{**SERVICE, "minutes": 0}]}, "services 1", "is not a session's minutes"),
        ({"services": [{**SERVICE, "per": "fortnight"}]}, "services 1", "is not how often"),
        ({"services": [{**SERVICE, "days": ["tuesday"]}]}, "services 1", "is not a weekday"),
        ({"services": [{**SERVICE, "days": [2]}]}, "services 1.days 1", "text in quotes"),
        ({"services": [SERVICE, SERVICE]}, "services", "stands there twice"),
        ({"calendar": {"first_day": date(2026, 8, 6)}}, "calendar", "“last_day” is missing"),
        ({"calendar": {**CALENDAR, "last_day": date(2026, 8, 1)}}, "calendar", "is not a last day of school"),
        ({"calendar": {**CALENDAR, "closed": [{"from": date(2026, 9, 7)}]}}, "calendar.closed 1", "“to” is missing"),
    ],
)
def test_a_mistake_stops_the_set_up_and_is_named_by_its_key(setup: dict[str, Any], where: str, message: str) -> None:
    _, findings = from_setup(setup)
    (stop,) = (finding for finding in findings if finding.level == "stop")

    assert stop.where == where
    assert message in stop.message


def test_a_service_changed_by_the_iep_stands_twice_from_two_days() -> None:
    rows = [{**SERVICE, "start": date(2026, 8, 10)}, {**SERVICE, "minutes": 60, "start": date(2027, 1, 8)}]
    records, findings = from_setup({"services": rows})

    assert findings == ()
    assert [record.minutes for record in records[1:]] == [30, 60]  # type: ignore[attr-defined]


def test_every_mistake_is_told_at_once() -> None:
    _, findings = from_setup({"child": {"homeless": 1}, "people": [{}], "iep": {"date": "soon"}})

    assert [finding.where for finding in findings] == ["child.homeless", "people 1", "iep.date"]
