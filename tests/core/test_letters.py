from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from casebook import NOW, TODAY, Casebook

from iepjournal import library
from iepjournal.core.facts import Offer
from iepjournal.core.letters import (
    address_block,
    addressees,
    before_of,
    chosen_entries,
    letter_state,
    new_letter,
    offer_again,
    offered_entries,
    page_of,
    record_line,
    reply_by,
)
from iepjournal.core.records import Entry, Letter, Mark, Parent, Person
from iepjournal.core.templates import Template, parse_template
from iepjournal.errors import NotAllowed

WORDS = library.words()
RECEIPT_DAYS = {"e-mail": 0, "mail": 5}


def a_template(body: str = "Dear {{to.greeting}}:\n\n{{entries.list}}", front: str = "") -> Template:
    return parse_template(
        "a-letter",
        f'+++\ntitle = "A letter"\nto = ["Special Education Director"]\ncc = ["Principal"]\n'
        f"reply_days = 10\nchecked = 2026-11-23\n{front}\n+++\n{body}",
    )


def an_offer(book: Casebook, template: Template, *chosen: Entry) -> Offer:
    to = addressees(template.to, template, book.case)
    return Offer(case=book.case, words=WORDS, today=TODAY, chosen=chosen, to=to, reply_by=reply_by(template, TODAY))


@pytest.fixture
def sent_letter(book: Casebook) -> Letter:
    letter = book.write_one(
        Letter(template="x", dated=TODAY, to=("Dr. Ann Lott",), reply_by=TODAY + timedelta(days=10))
    )
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="mail"))
    return letter


def test_a_letter_is_written_once_from_what_the_case_offers(book: Casebook) -> None:
    told = book.write_one(Entry(happened_on=date(2026, 9, 10), type="child-said", text="No speech."))
    letter = new_letter(a_template(), an_offer(book, a_template(), told))
    assert letter.text == (
        "Dear Dr. Lott:\n\n"
        f"- On Thursday, September 10, 2026, my child told me: No speech. (Entry {told.no})"
    )  # fmt: skip
    assert (letter.template, letter.title, letter.dated, letter.reply_by) == (
        "a-letter",
        "A letter",
        TODAY,
        date(2026, 12, 4),
    )
    assert letter.to == ("Dr. Ann Lott\nSpecial Education Director\nMillbrook School District",)
    assert letter.cc == ("Mr. James Reed, Principal",)
    assert letter.facts == (told.root,)


def test_each_figure_it_used_is_remembered_with_its_records(book: Casebook) -> None:
    told = book.write_one(Entry(happened_on=date(2026, 9, 10), text="No speech."))
    book.write(Entry(happened_on=date(2026, 9, 11), text="Not chosen."))
    (figure,) = new_letter(a_template(), an_offer(book, a_template(), told)).figures
    assert (figure.name, figure.records) == (f"entry.{told.no}", (told.root,))
    assert figure.value.endswith(f"No speech. (Entry {told.no})")


def test_what_is_missing_is_a_visible_blank_and_what_is_given_fills_it(book: Casebook) -> None:
    template = a_template(
        "{{child.born}} {{meeting.times}} {{other}}", '[blanks]\n"meeting.times" = "three times you can come"'
    )
    assert new_letter(template, an_offer(book, template)).text == (
        "[ your child’s date of birth ] [ three times you can come ] [ other ]"
    )
    given = {"meeting.times": "Monday at 3", "child.born": "May 14, 2018", "other": ""}
    assert new_letter(template, an_offer(book, template), given=given).text == "May 14, 2018 Monday at 3 [ other ]"


def test_the_other_language_follows_under_its_heading(book: Casebook) -> None:
    spanish, english = a_template("Hola {{to.greeting}}"), a_template("Hello {{to.greeting}}")
    letter = new_letter(spanish, an_offer(book, spanish), beside=(english, WORDS))
    assert letter.text.startswith("Hola Dr. Lott\n\n# ")
    assert letter.text.endswith("\n\nHello Dr. Lott")


def test_private_entries_are_not_offered_and_are_refused_unless_allowed_by_number(book: Casebook) -> None:
    private = book.write_one(Entry(happened_on=TODAY, text="strategy", private=True))
    shared = book.write_one(Entry(happened_on=TODAY, text="fact"))
    assert offered_entries(book.case) == (shared,)
    with pytest.raises(NotAllowed, match=f"Entry {private.no} is private"):
        chosen_entries(book.case, [shared.no, private.no])  # type: ignore[list-item]
    assert private.no is not None
    assert chosen_entries(book.case, [private.no, str(shared.no)], {private.no}) == (private, shared)


def test_a_role_nobody_has_goes_to_the_office_by_itself(book: Casebook) -> None:
    template = a_template(front='[addresses]\nPsychologist = ["5 Court Square", "Millbrook, MS 39999"]')
    found = addressees(["Director of Special Education", "Psychologist", "Nurse"], template, book.case)
    assert [person.handle for person in found] == ["lott", "", ""]
    assert [address_block(person, book.case) for person in found[1:]] == [
        ("5 Court Square", "Millbrook, MS 39999"),
        ("Nurse", "Oak Ridge Elementary School"),
    ]


def test_of_two_who_have_a_role_the_one_with_the_plainer_title_is_written_to(book: Casebook) -> None:
    book.write(Person(handle="vice", name="Ms. Vance", role="Assistant Principal"))
    (found,) = addressees(["Principal"], a_template(), book.case)
    assert found.handle == "reed"


def test_who_is_written_to_gets_no_copy(book: Casebook) -> None:
    template = a_template().__class__(**{**vars(a_template()), "to": ("Principal",)})
    assert new_letter(template, an_offer(book, template)).cc == ()


def test_an_office_named_in_the_address_is_not_named_twice(book: Casebook) -> None:
    lott = book.case.people["lott"].replace(address="Millbrook School District, 5 Court Square, Millbrook, MS 39999")
    assert address_block(lott, book.case)[2:] == (
        "Millbrook School District", "5 Court Square", "Millbrook, MS 39999",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("today", "asked"), [(date(2026, 11, 24), date(2026, 12, 4)), (date(2026, 11, 25), date(2026, 12, 7))]
)
def test_an_answer_is_hoped_for_on_a_weekday(today: date, asked: date) -> None:
    assert reply_by(a_template(), today) == asked


def test_the_record_line_speaks_of_the_journal_before_the_drafts_last_change(book: Casebook) -> None:
    book.write(Entry(happened_on=TODAY, text="one"), Entry(happened_on=TODAY, text="two"))
    before = book.case.seal
    letter = book.write_one(Letter(template="x", dated=TODAY, text="first"))
    line = record_line(letter, book.case, WORDS)
    digits = before[:20].upper()
    assert line == f"Record: 2 entries to Nov 24, 2026 · seal {'-'.join(digits[at : at + 4] for at in range(0, 20, 4))}"
    book.write(Entry(happened_on=TODAY, text="three"), Mark(of=letter.root, what="sent", on=TODAY))
    assert record_line(letter, book.case, WORDS) == line
    changed = book.write_one(letter.replace(uid="", text="second", amends=letter.root))
    assert "3 entries" in record_line(changed, book.case, WORDS)


def test_a_letter_that_was_never_stored_claims_no_record(book: Casebook) -> None:
    assert record_line(Letter(template="x", dated=TODAY), book.case, WORDS) == ""


def test_the_page_has_who_writes_when_and_to_whom(book: Casebook) -> None:
    profile = book.case.profile
    book.write(
        profile.replace(parent=Parent(name="Renee Bell", address="1 Elm St, Mill, MS 39999", email="r@example.com"))
    )
    letter = book.write_one(new_letter(a_template(), an_offer(book, a_template())))
    page = page_of(letter, book.case, WORDS)
    assert page.sender == ("Renee Bell", "1 Elm St", "Mill, MS 39999", "r@example.com")
    assert page.date_line == "November 24, 2026"
    assert page.addressees == (("Dr. Ann Lott", "Special Education Director", "Millbrook School District"),)


def test_a_letter_is_a_draft_until_it_was_sent(book: Casebook) -> None:
    letter = book.write_one(Letter(template="x", dated=TODAY))
    assert letter_state(letter, book.case, TODAY, RECEIPT_DAYS).word == "draft"


def test_receipt_is_estimated_by_the_method_until_it_is_proven(book: Casebook, sent_letter: Letter) -> None:
    state = letter_state(sent_letter, book.case, TODAY, RECEIPT_DAYS)
    assert (state.word, state.received_on, state.is_estimated) == ("sent", TODAY + timedelta(days=5), True)
    book.write(Mark(of=sent_letter.root, what="received", on=TODAY + timedelta(days=2)))
    state = letter_state(sent_letter, book.case, TODAY + timedelta(days=2), RECEIPT_DAYS)
    assert (state.word, state.received_on, state.is_estimated) == ("received", TODAY + timedelta(days=2), False)


def test_a_method_nobody_knows_gives_no_estimate(book: Casebook) -> None:
    letter = book.write_one(Letter(template="x", dated=TODAY))
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="pigeon"))
    state = letter_state(letter, book.case, TODAY + timedelta(days=9), RECEIPT_DAYS)
    assert (state.word, state.received_on, state.is_estimated) == ("sent", None, False)


def test_silence_begins_the_day_after_the_day_that_was_asked_for(book: Casebook, sent_letter: Letter) -> None:
    asked = sent_letter.reply_by
    assert asked is not None
    assert letter_state(sent_letter, book.case, asked, RECEIPT_DAYS).word == "received"
    late = letter_state(sent_letter, book.case, asked + timedelta(days=1), RECEIPT_DAYS)
    assert late.word == "silent"
    book.write(Mark(of=sent_letter.root, what="replied", on=asked + timedelta(days=2)))
    answered = letter_state(sent_letter, book.case, asked + timedelta(days=9), RECEIPT_DAYS)
    assert (answered.word, answered.replied_on) == ("replied", asked + timedelta(days=2))


def test_what_is_offered_again_is_what_the_letter_was_made_from(book: Casebook, sent_letter: Letter) -> None:
    later = book.write_one(Entry(happened_on=TODAY, text="second"))
    first = book.write_one(Entry(happened_on=TODAY, text="first"))
    template = a_template()
    offer = replace(an_offer(book, template, first, later), before=before_of(sent_letter, book.case))
    letter = book.write_one(new_letter(template, offer))
    again = offer_again(letter, book.case, WORDS, TODAY)
    assert (again.chosen, again.before, again.reply_by) == (offer.chosen, offer.before, offer.reply_by)


def test_the_letter_before_went_out_when_it_was_sent_or_else_on_its_own_date(
    book: Casebook, sent_letter: Letter
) -> None:
    assert before_of(sent_letter, book.case).sent_on == TODAY
    unsent = book.write_one(Letter(template="x", dated=date(2026, 11, 2)), at=NOW)
    assert before_of(unsent, book.case).sent_on == date(2026, 11, 2)
