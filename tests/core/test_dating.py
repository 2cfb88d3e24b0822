"""A draft left lying: what it says of its own days is moved on, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from casebook import TODAY, Casebook

from iepjournal import library, mailroom
from iepjournal.core.dating import stale
from iepjournal.core.records import Letter, Mark

LATER = TODAY + timedelta(days=10)


def test_its_date_its_day_for_an_answer_and_the_days_since_are_moved_on_where_the_template_says_them(
    book: Casebook,
) -> None:
    before = book.write_one(Letter(template="x", title="The log", dated=date(2026, 11, 2), text="Please send it."))
    book.write(Mark(of=before.root, what="sent", on=date(2026, 11, 23), by="hand"))
    letter = mailroom.first_text(library.template("no-reply"), book.case, TODAY, strength="formal")
    kept = book.write_one(letter.replace(text=f"{letter.text}\n\nWe meet on December 1, 2026. It is 1 day away."))
    anew = mailroom.redated_to(kept, book.case, LATER)
    assert (anew.dated, anew.reply_by) == (LATER, date(2026, 12, 11))
    assert "As of December 4, 2026, 11 days later" in anew.text
    assert "this by December 11, 2026" in anew.text
    assert anew.text.endswith("We meet on December 1, 2026. It is 1 day away.")
    assert mailroom.redated_to(anew, book.case, TODAY).text == kept.text


def test_both_languages_are_moved_on(book: Casebook) -> None:
    (call,) = book.log("!call @hill About Monday")
    both = mailroom.first_text(library.template("confirmation.es"), book.case, TODAY, chosen=(call,))
    anew = mailroom.redated_to(both, book.case, LATER)
    assert "a más tardar el 11 de diciembre de 2026" in anew.text
    assert "by December 11, 2026" in anew.text
    assert "24 de noviembre de 2026" in anew.text, "the day of the talk stays"


def test_a_letter_that_asks_for_no_day_gets_none(book: Casebook) -> None:
    thanks = Letter(template="thank-you", dated=TODAY, text="Thank you.")
    assert mailroom.redated_to(thanks, book.case, LATER).reply_by is None


def test_a_draft_may_rest_but_not_past_the_day_it_asks_an_answer_for() -> None:
    letter = Letter(template="x", no=3, dated=TODAY, reply_by=TODAY + timedelta(days=2))
    assert [list(stale(letter, TODAY + timedelta(days=days))) != [] for days in (0, 1, 2)] == [False, False, True]
    (finding,) = stale(letter.replace(reply_by=None), TODAY + timedelta(days=4))
    assert (finding.level, finding.message) == ("warn", "It is dated Tue Nov 24, 2026; today is Sat Nov 28, 2026.")


def test_only_a_draft_is_told(book: Casebook) -> None:
    letter = book.write_one(Letter(template="thank-you", dated=TODAY, text="x"))

    def told() -> bool:
        return any(one.where == "date" for one in mailroom.findings_of(letter, book.case, LATER, None, ()))

    assert told()
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="hand"))
    assert not told()
