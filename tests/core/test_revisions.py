"""A letter in place of one that was sent: what it keeps, what it says, and that the sent one stays as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from casebook import TODAY, Casebook

from iepjournal import library, mailroom
from iepjournal.core.deadlines import running_from
from iepjournal.core.letters import letter_state, state_in_words
from iepjournal.core.records import Letter, Mark
from iepjournal.core.replacements import letter_replaced, replaced_on, replacement
from iepjournal.errors import NotAllowed
from iepjournal.rulefiles import load_rules

LATER = TODAY + timedelta(days=14)
RULES = load_rules("ms")


def written(book: Casebook, name: str = "implementation-concern") -> Letter:
    (told,) = book.log("!observed %speech No speech today")
    letter = book.write_one(mailroom.first_text(library.template(name), book.case, TODAY, chosen=(told,)))
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="hand"))
    return letter


def revise(book: Casebook, letter: Letter, day: date = LATER) -> Letter:
    return book.write_one(mailroom.revised(letter, book.case, day))


def test_it_keeps_the_people_and_the_words_and_says_which_letter_it_replaces(book: Casebook) -> None:
    sent = written(book)
    new = revise(book, sent)
    said = f"This letter replaces my letter of November 24, 2026 (“{sent.title}”)."
    assert (new.to, new.cc, new.facts, new.figures, new.starts) == (
        sent.to, sent.cc, sent.facts, sent.figures, sent.starts,
    )  # fmt: skip
    assert new.text.startswith(
        f"**Re: Maya Bell, Oak Ridge Elementary School**\n\nDear Dr. Lott:\n\n{said}\n\nI am the"
    )
    assert new.text.replace(f"{said}\n\n", "").replace("December 18", "December 4") == sent.text
    assert (new.dated, new.reply_by, new.no) == (LATER, date(2026, 12, 18), (sent.no or 0) + 1)
    assert new.title == f"{sent.title} (replaces my letter of November 24, 2026)"
    assert book.case.numbered(sent.no or 0) == sent
    assert (letter_replaced(new, book.case), replacement(sent, book.case)) == (sent, new)


def test_the_day_it_went_out_is_said_where_it_is_not_the_letters_own(book: Casebook) -> None:
    letter = book.write_one(Letter(template="no-reply", title="2 * 3", dated=date(2026, 11, 20), text="Call me."))
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="mail"))
    new = revise(book, letter)
    said = "my letter of November 20, 2026 (“2 \\* 3”), which I sent on November 24, 2026.\n\nCall me."
    assert new.text == f"This letter replaces {said}"
    assert new.reply_by is None, "it asked for no day"


def test_a_letter_in_two_languages_says_it_in_both(book: Casebook) -> None:
    new = revise(book, written(book, "implementation-concern.es"))
    spanish, english = new.text.split("# English text of this letter")
    assert "Dr. Lott:\n\nEsta carta reemplaza mi carta del 24 de noviembre de 2026 (“" in spanish
    assert "a más tardar el 18 de diciembre de 2026" in spanish
    assert "Dear Dr. Lott:\n\nThis letter replaces my letter of November 24, 2026 (“" in english
    assert "by December 18, 2026" in english


def test_another_day_of_the_same_date_stays(book: Casebook) -> None:
    sent = written(book)
    met = book.write_one(sent.replace(uid="", no=None, text=f"{sent.text}\n\nWe meet on December 4, 2026."))
    book.write(Mark(of=met.root, what="sent", on=TODAY))
    assert "We meet on December 4, 2026." in revise(book, met).text


def test_a_second_revision_names_the_first_and_no_longer_the_letter_before_it(book: Casebook) -> None:
    sent = written(book)
    first = revise(book, sent)
    book.write(Mark(of=first.root, what="sent", on=LATER, by="hand"))
    second = revise(book, first, LATER + timedelta(days=7))
    assert second.text.count("This letter replaces") == 1
    assert "my letter of December 8, 2026 (“" in second.text
    assert second.title == f"{sent.title} (replaces my letter of December 8, 2026)"


def test_only_what_was_sent_is_revised_and_only_once(book: Casebook) -> None:
    draft = book.write_one(Letter(template="no-reply", dated=TODAY, text="x"))
    with pytest.raises(NotAllowed, match="not sent yet"):
        mailroom.revised(draft, book.case, TODAY)
    sent = written(book)
    new = revise(book, sent)
    with pytest.raises(NotAllowed, match=f"Letter {new.no} was begun in its place"):
        mailroom.revised(sent, book.case, LATER)
    book.write(Mark(of=new.root, what="sent", on=LATER))
    with pytest.raises(NotAllowed, match=f"Letter {new.no} was sent in its place"):
        mailroom.revised(sent, book.case, LATER)


def test_the_old_letter_waits_for_no_answer_once_the_new_one_is_out_and_the_new_one_does(book: Casebook) -> None:
    sent = written(book)
    new, rule, day = revise(book, sent), RULES.rules["reply-requested"], date(2026, 12, 31)

    def status(letter: Letter) -> str:
        running = running_from(book.case, RULES, rule, letter.root, day)
        return running.status if running else "none"

    assert (status(sent), status(new), replaced_on(sent, book.case)) == ("overdue", "none", None)
    book.write(Mark(of=new.root, what="sent", on=LATER, by="hand"))
    assert (status(sent), status(new), replaced_on(sent, book.case)) == ("waived", "overdue", LATER)
    old = letter_state(sent, book.case, day, RULES.receipt)
    assert (old.word, old.replaced_by) == ("received", new.no)
    assert state_in_words(sent, old, day).endswith(f"replaced by letter {new.no}")
    assert letter_state(new, book.case, day, RULES.receipt).word == "silent"
