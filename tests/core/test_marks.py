"""Marks leave the text at its ends, are read inside it, and stay wherever nobody knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from casebook import book_of
from hypothesis import given
from hypothesis import strategies as st

from iepjournal.core.marks import entry_type, known_service, read_marks
from iepjournal.core.records import ENTRY_TYPES
from iepjournal.errors import CannotUnderstand, NoSuchRecord

if TYPE_CHECKING:
    from casebook import Casebook

FAMILY_CASE = book_of().case
MARKS = st.sampled_from(
    ["@hill", "@Reed", "@nobody", "#tag", "#12", "!call", "!meeting", "!email", "%speech", "%ot", "%x"]
)
WORDS = st.sampled_from(["no", "speech", "at 10:15", "(@hill)", "a@hill.com", "50%", "what!", "\n", "  ", ":"])


@pytest.mark.parametrize(
    ("typed", "text", "who", "kind", "service", "tags"),
    [
        ("@hill !call she said no", "she said no", ("hill",), "call", "", ()),
        ("she said no @hill !call", "she said no", ("hill",), "call", "", ()),
        ("!call @hill: she said no #urgent %speech", "she said no", ("hill",), "call", "speech", ("urgent",)),
        ("I asked @hill about %speech today", "I asked @hill about %speech today", ("hill",), "", "speech", ()),
        ("I met with @hill.", "I met with @hill.", ("hill",), "", "", ()),
        ("@hill's aide left", "@hill's aide left", ("hill",), "", "", ()),
        ("(@hill and @Reed)", "(@hill and @Reed)", ("hill", "reed"), "", "", ()),
        ("@hill @hill twice #A #a", "twice", ("hill",), "", "", ("a",)),
        ("!missed %speech", "", (), "missed", "speech", ()),
        ("write a@hill.com, 50%ot, what!call", "write a@hill.com, 50%ot, what!call", (), "", "", ()),
        ("in room #12", "in room #12", (), "", "", ()),
        ("# 5 @ home ! and %", "# 5 @ home ! and %", (), "", "", ()),
        ("first line\nsecond @hill\n", "first line\nsecond", ("hill",), "", "", ()),
    ],
)
def test_marks_are_read(
    typed: str, text: str, who: tuple[str, ...], kind: str, service: str, tags: tuple[str, ...]
) -> None:
    marks = read_marks(typed, FAMILY_CASE)

    assert (marks.text, marks.who, marks.type, marks.service, marks.tags) == (text, who, kind, service, tags)
    assert marks.notes == ()


@pytest.mark.parametrize(
    ("typed", "text", "note"),
    [
        ("!call @cole said no", "@cole said no", "Nobody here is @cole yet; it stays in the text."),
        ("No %art today", "No %art today", "No service is %art; it stays in the text."),
        ("!shout no", "!shout no", "!shout is no type of entry; it stays in the text."),
        ("!email no", "!email no", "!email may be email-in or email-out; it stays in the text."),
        ("!call !meeting no", "no", "An entry has one type, here call; !meeting was passed over."),
        ("%ot %speech no", "no", "An entry has one service, here %ot; %speech was passed over."),
    ],
)
def test_what_is_not_known_or_not_possible_is_said(typed: str, text: str, note: str) -> None:
    marks = read_marks(typed, FAMILY_CASE)

    assert (marks.text, marks.notes) == (text, (note,))


def test_marks_behind_an_unknown_one_stay_with_it() -> None:
    marks = read_marks("@cole @hill said no", FAMILY_CASE)

    assert (marks.text, marks.who) == ("@cole @hill said no", ("hill",))


@given(st.lists(MARKS | WORDS, max_size=8).map(" ".join))
def test_the_text_is_one_unbroken_part_of_what_was_typed(typed: str) -> None:
    text = read_marks(typed, FAMILY_CASE).text

    assert text in typed
    assert text == text.strip()


@given(st.lists(MARKS | WORDS, max_size=8).map(" ".join))
def test_what_left_the_text_is_kept_as_a_field_or_said(typed: str) -> None:
    marks = read_marks(typed, FAMILY_CASE)
    kept = {
        *(f"@{who}" for who in marks.who),
        *(f"#{tag}" for tag in marks.tags),
        f"!{marks.type}",
        f"%{marks.service}",
    }
    before, _, after = typed.partition(marks.text) if marks.text else (typed, "", "")
    left = {word.removesuffix(":").lower() for word in (before + " " + after).split()} - {"", ":"}

    assert all(mark in kept or mark in " ".join(marks.notes) for mark in left)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((known, known) for known in ENTRY_TYPES),
        ("!Call", "call"),
        (" Child said ", "child-said"),
        ("letter_in", "letter-in"),
        ("obs", "observed"),
        ("miss", "missed"),
        ("vm", "voicemail"),
        ("saw", "observed"),
    ],
)
def test_a_type_goes_by_its_name_another_word_or_its_first_letters(typed: str, meant: str) -> None:
    assert entry_type(typed) == meant


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("email", "Is it email-in or email-out?"), ("me", "Types: observed"), ("", "Types: "), ("shout", "Types: ")],
)
def test_a_type_that_is_not_clear_is_asked_back(typed: str, hint: str) -> None:
    with pytest.raises(CannotUnderstand, match=hint.replace("?", r"\?")):
        entry_type(typed)


def test_a_service_is_known_by_its_handle(book: Casebook) -> None:
    assert known_service("%Speech", book.case) == "speech"
    with pytest.raises(NoSuchRecord, match="There are: ot, speech"):
        known_service("art", book.case)
