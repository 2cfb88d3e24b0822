from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from casebook import TODAY

from iepjournal.core.records import Service
from iepjournal.core.service_fields import field_in_words, read_field, typed_again
from iepjournal.errors import CannotUnderstand, NoSuchRecord

if TYPE_CHECKING:
    from casebook import Casebook


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("minutes", " 30 ", 30),
        ("weeks", "3 of 4", (3, 4)),
        ("weeks", "3/4", (3, 4)),
        ("weeks", "", ()),
        ("days", "Tuesday, thu", ("tue", "thu")),
        ("days", "", ()),
        ("start", "1/8/2027", date(2027, 1, 8)),
        ("end", "", None),
        ("esy", "Y", True),
        ("provider", "@hill", "hill"),
        ("provider", "", ""),
        ("words", "2 x 30\nweekly", "2 x 30 weekly"),
    ],
)
def test_a_field_is_read_as_a_person_types_it(book: Casebook, name: str, typed: str, meant: Any) -> None:
    assert read_field(name, typed, book.case, TODAY) == meant


@pytest.mark.parametrize(
    ("name", "typed"),
    [("minutes", "half an hour"), ("minutes", "-5"), ("weeks", "most"), ("days", "noday"), ("days", "t"), ("esy", "x")],
)
def test_what_is_not_clear_is_refused(book: Casebook, name: str, typed: str) -> None:
    with pytest.raises(CannotUnderstand):
        read_field(name, typed, book.case, TODAY)


def test_nobody_unknown_can_give_a_service(book: Casebook) -> None:
    with pytest.raises(NoSuchRecord):
        read_field("provider", "nobody", book.case, TODAY)


def test_what_a_field_holds_can_be_typed_again(book: Casebook) -> None:
    service = Service(
        handle="speech", minutes=30, times=2, weeks=(3, 4), days=("tue", "thu"), start=date(2026, 8, 10), esy=True
    )
    for name in ("minutes", "times", "weeks", "days", "start", "end", "esy", "provider", "words"):
        assert read_field(name, typed_again(service, name), book.case, TODAY) == getattr(service, name)


def test_fields_are_shown_in_words(book: Casebook) -> None:
    service = Service(handle="speech", provider="hill", days=("tue", "thu"), start=date(2026, 8, 10))
    shown = [field_in_words(service, name, book.case) for name in ("provider", "days", "start", "weeks", "esy")]
    assert shown == ["Ms. Hill", "Tue Thu", "Mon Aug 10, 2026", "every week", "no"]
