"""Corrections: nothing is changed, everything is written; what was sent stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from casebook import NOW, OMAR, RENEE, Casebook

from iepjournal.core import corrections
from iepjournal.core.records import Entry, Letter, Mark, Person, Purge
from iepjournal.errors import NotAllowed

MONDAY = date(2026, 11, 23)


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def entry(book: Casebook, text: str = "No speech today", **kind: object) -> Entry:
    return book.write(Entry(happened_on=MONDAY, text=text, raw=text), **kind)[0]  # type: ignore[arg-type]


def test_an_amendment_keeps_the_number_and_both_texts(book: Casebook) -> None:
    first = entry(book)
    (second,) = book.write(corrections.amended(book.case, first, {"text": "No speech"}, "one word too many"))
    assert second.no == first.no
    assert [version.text for version in book.case.versions(first)] == ["No speech today", "No speech"]
    assert [standing.text for standing in book.case.entries] == ["No speech"]


def test_an_amendment_without_a_reason_or_a_change_is_refused(book: Casebook) -> None:
    first = entry(book)
    with pytest.raises(NotAllowed, match="needs its reason"):
        corrections.amended(book.case, first, {"text": "x"}, "  ")
    with pytest.raises(NotAllowed, match="says already"):
        corrections.amended(book.case, first, {"text": first.text}, "why not")


def test_a_struck_entry_is_hidden_with_its_reason_and_only_once(book: Casebook) -> None:
    first = entry(book)
    book.write(corrections.strike(book.case, first, "double entry"))
    assert book.case.entries == ()
    assert book.case.struck == {first.root: "double entry"}
    assert book.case.with_struck(Entry) == (first,)
    with pytest.raises(NotAllowed, match="struck already"):
        corrections.strike(book.case, first, "again")
    with pytest.raises(NotAllowed, match="is struck"):
        corrections.amended(book.case, first, {"text": "x"}, "typo")


def test_undoing_a_strike_restores_and_undoing_an_amendment_returns_to_the_text_before(book: Casebook) -> None:
    first = entry(book)
    book.write(corrections.strike(book.case, first, "double entry"))
    book.write(corrections.undo(corrections.newest_command(book.case, RENEE)))
    assert book.case.entries == (first,)
    book.write(corrections.amended(book.case, first, {"text": "Changed"}, "typo"))
    book.write(corrections.undo(corrections.newest_command(book.case, RENEE)))
    assert [standing.text for standing in book.case.entries] == ["No speech today"]


def test_undo_takes_back_a_whole_command_and_goes_on_to_the_one_before(book: Casebook) -> None:
    kept = entry(book, "kept")
    book.write(*(Entry(happened_on=MONDAY, text=f"closure {n}", raw="") for n in range(25)))
    together = corrections.newest_command(book.case, RENEE)
    assert len(together) == 25
    book.write(corrections.undo(together))
    assert book.case.entries == (kept,)
    book.write(corrections.undo(corrections.newest_command(book.case, RENEE)))
    assert book.case.entries == ()
    assert len(book.case.struck) == 26
    with pytest.raises(NotAllowed, match="nothing of yours"):
        corrections.newest_command(book.case, RENEE)


def test_undo_is_of_your_own_command_not_of_somebody_elses_later_one(book: Casebook) -> None:
    mine = entry(book, "mine", by=RENEE)
    entry(book, "theirs", by=OMAR, at=NOW + timedelta(hours=1))
    assert corrections.newest_command(book.case, RENEE) == (mine,)


def test_a_sent_letter_is_neither_amended_nor_struck_nor_undone(book: Casebook) -> None:
    (letter,) = book.write(Letter(template="implementation-concern", dated=MONDAY, text="Dear Dr. Lott:"))
    book.write(Mark(of=letter.root, what="sent", on=MONDAY))
    for refused in (
        lambda: corrections.amended(book.case, letter, {"text": "x"}, "typo"),
        lambda: corrections.strike(book.case, letter, "wrong"),
        lambda: corrections.newest_command(book.case, RENEE),
    ):
        with pytest.raises(NotAllowed, match="sent"):
            refused()


def test_a_draft_that_somebody_else_sent_meanwhile_is_not_undone(book: Casebook) -> None:
    letter = book.write_one(Letter(template="implementation-concern", dated=MONDAY, text="Dear Dr. Lott:"), by=RENEE)
    book.write(Mark(of=letter.root, what="sent", on=MONDAY), by=OMAR)

    with pytest.raises(NotAllowed, match="was sent and stays"):
        corrections.newest_command(book.case, RENEE)


def test_what_was_undone_is_logged_again_not_amended(book: Casebook) -> None:
    first = entry(book)
    book.write(corrections.undo(corrections.newest_command(book.case, RENEE)))

    with pytest.raises(NotAllowed, match="taken back by an undo"):
        corrections.amended(book.case, first, {"text": "x"}, "typo")


def test_a_reason_is_cleaned_like_any_other_text(book: Casebook) -> None:
    first = entry(book)

    assert corrections.strike(book.case, first, "\x1b[31mdouble\nentry ").why == "double entry"
    with pytest.raises(NotAllowed, match="needs its reason"):
        corrections.strike(book.case, first, "\u200b")


def test_erased_records_are_not_offered_for_undo(book: Casebook) -> None:
    kept = entry(book)
    book.write(Purge(of=9, why="a secret"))

    assert corrections.newest_command(book.case, RENEE) == (kept,)


def test_an_amendment_is_described_as_a_correction(book: Casebook) -> None:
    first = entry(book)
    (second,) = book.write(corrections.amended(book.case, first, {"text": "No speech"}, "typo"))

    assert corrections.identified(book.case, second) == "Entry 1 of Mon Nov 23, 2026, “No speech”"
    assert corrections.described(book.case, second) == "the correction of Entry 1 of Mon Nov 23, 2026, “No speech”"


def test_a_record_is_described_in_one_short_line(book: Casebook) -> None:
    first = entry(book, "Called about speech. " * 10)
    said = corrections.described(book.case, first)
    assert said.startswith(f"Entry {first.no} of Mon Nov 23, 2026, “Called about speech.")
    assert len(said) < 110
    (strike,) = book.write(corrections.strike(book.case, first, "double"))
    assert corrections.described(book.case, strike) == f"Entry {first.no} marked as struck"
    (person,) = book.write(Person(handle="hill", name="Ms. Hill"))
    assert corrections.described(book.case, person) == "Person, “Ms. Hill”"
