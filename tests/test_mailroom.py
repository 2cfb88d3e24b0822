"""A letter's way from its template to the post: the same steps for the shell and the screens."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from email import message_from_bytes, policy

import pytest
from casebook import TODAY, Casebook

from iepjournal import library, mailroom
from iepjournal.core.corrections import amended
from iepjournal.core.findings import Finding
from iepjournal.core.letters import before_of
from iepjournal.core.records import Letter, Mark, Parent, Person
from iepjournal.errors import CannotUnderstand, NotAllowed

CONCERN = library.template("implementation-concern")


@pytest.fixture
def letter(book: Casebook) -> Letter:
    """A concern about one entry, to Dr. Lott."""
    parent = Parent(name="Renee Bell", address="114 Pecan Street, Millbrook, MS 39999", email="renee@example.com")
    book.write(book.case.profile.replace(parent=parent))
    (told,) = book.log("!observed %speech No speech today")
    return book.write_one(mailroom.first_text(CONCERN, book.case, TODAY, chosen=(told,)))


def sent(book: Casebook, letter: Letter) -> Letter:
    book.write(mailroom.marked(letter, book.case, "sent", TODAY, by="hand"))
    return letter


def test_a_first_text_goes_to_whom_it_usually_goes_and_asks_for_its_usual_day(letter: Letter) -> None:
    assert letter.to[0].startswith("Dr. Ann Lott\n")
    assert (letter.reply_by, letter.counted, letter.lang) == (date(2026, 12, 4), "conservative", "en-US")
    assert letter.text.startswith("**Re: Maya Bell")


def test_who_and_what_it_follows_may_be_chosen(book: Casebook, letter: Letter) -> None:
    older = book.write_one(Letter(template="x", title="The older", dated=date(2026, 10, 1), reply_by=date(2026, 10, 9)))
    sent(book, sent(book, older) and letter)
    no_reply = library.template("no-reply")
    usual = mailroom.first_text(no_reply, book.case, TODAY)
    assert usual.answers == older.root, "its day has passed; that of the newer one has not"
    told = mailroom.first_text(
        no_reply, book.case, TODAY, to=(book.case.people["reed"],), before=before_of(letter, book.case)
    )
    assert (told.answers, told.to[0].split("\n")[0]) == (letter.root, "Mr. James Reed")


def test_a_text_in_two_languages_has_the_english_one_below_it(book: Casebook) -> None:
    (call,) = book.log("!call @hill About Monday")
    both = mailroom.first_text(library.template("confirmation.es"), book.case, TODAY, chosen=(call,))
    assert both.text.index("Gracias") < both.text.index("# English text of this letter") < both.text.index("Thank you")
    assert mailroom.words_of(both).beside is mailroom.words_of(both.replace(lang="en-US"))


@pytest.mark.parametrize("form", mailroom.FORMS)
def test_each_form_says_the_letter_and_a_draft_is_stamped(book: Casebook, letter: Letter, form: str) -> None:
    made = mailroom.in_form(form, letter, book.case)
    stamped = mailroom.in_form(form, letter, book.case, draft=True)
    assert made == mailroom.in_form(form, letter, book.case), "the same letter is the same bytes"
    assert made != stamped
    if form in ("txt", "md", "html"):
        assert "No speech today" in made.decode()
        assert ("DRAFT" in made.decode(), "DRAFT" in stamped.decode()) == (False, True)
    if form == "pdf":
        assert made.startswith(b"%PDF")


def test_a_mail_goes_to_whom_the_letter_addresses_and_needs_the_parents_own_address(
    book: Casebook, letter: Letter
) -> None:
    book.write(*(book.case.people[one].replace(email=f"{one}@school.example") for one in ("lott", "reed", "hill")))
    mail = message_from_bytes(mailroom.in_form("eml", letter, book.case), policy=policy.default)
    assert (mail["To"], mail["Cc"]) == (
        '"Dr. Ann Lott" <lott@school.example>', '"Mr. James Reed" <reed@school.example>',
    )  # fmt: skip
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == mailroom.file_name(letter, "pdf")
    assert attached.get_content() == mailroom.in_form("pdf", letter, book.case)
    book.write(book.case.profile.replace(parent=Parent(name="Renee Bell")))
    with pytest.raises(NotAllowed, match="does not know your e-mail address"):
        mailroom.in_form("eml", letter, book.case)


def test_a_file_is_called_as_its_letter_without_what_a_file_may_not_be_called(letter: Letter) -> None:
    assert mailroom.file_name(letter.replace(title="../a/b: “c”?\n.."), "pdf").count("/") == 0
    assert mailroom.file_name(letter, "txt").endswith(".txt")


def test_those_who_are_addressed_are_found_by_name(book: Casebook, letter: Letter) -> None:
    book.write(Person(handle="office", role="Nurse"))
    assert [person.handle for person in mailroom.recipients(letter, book.case)] == ["lott"]


def test_what_was_not_sent_can_neither_arrive_nor_be_answered(book: Casebook, letter: Letter) -> None:
    for what in ("received", "replied"):
        with pytest.raises(NotAllowed, match="not marked as sent yet"):
            mailroom.marked(letter, book.case, what, TODAY)
    with pytest.raises(CannotUnderstand, match="hand, e-mail, mail, certified, fax"):
        mailroom.marked(letter, book.case, "sent", TODAY, by="pigeon")
    mark = mailroom.marked(letter, book.case, "sent", TODAY, by="certified", to=("lott",), tracking="70\x1b[31m19\n")
    assert (mark.of, mark.by, mark.to, mark.tracking.count("\x1b")) == (letter.root, "certified", ("lott",), 0)


def test_only_a_reply_says_what_it_answered(book: Casebook, letter: Letter) -> None:
    with pytest.raises(NotAllowed, match="Only a reply answers"):
        mailroom.marked(letter, book.case, "sent", TODAY, by="hand", answered="1")
    sent(book, letter)
    asked = [ask.words for ask in mailroom.asks(letter)]
    reply = mailroom.marked(letter, book.case, "replied", TODAY, answered="2")
    assert ([*reply.answered], [*reply.left_open]) == (asked[1:], asked[:1])
    unsaid = mailroom.marked(letter, book.case, "replied", TODAY)
    assert unsaid.answered == unsaid.left_open == ()


def test_what_was_sent_is_frozen_with_its_paper_and_what_the_checks_said() -> None:
    findings = (Finding(level="warn", where="x", message="One."), Finding(level="stop", where="y", message="Two."))
    mark = mailroom.frozen(Mark(of="x", what="sent", on=TODAY), b"%PDF", findings)
    assert (mark.sha256, mark.findings) == (hashlib.sha256(b"%PDF").hexdigest(), ("One.", "Two."))


def test_a_letter_another_window_changed_is_not_written_over(book: Casebook, letter: Letter) -> None:
    assert mailroom.unchanged_since(letter, book.case) == letter
    book.write(amended(book.case, letter, {"text": "other"}, "edited"))
    with pytest.raises(NotAllowed, match="changed elsewhere"):
        mailroom.unchanged_since(letter, book.case)


def test_it_is_checked_by_the_case_as_it_is_now(book: Casebook, letter: Letter) -> None:
    assert mailroom.findings_of(letter, book.case, TODAY, None, ()) == ()
    changed = book.write_one(amended(book.case, letter, {"text": f"{letter.text}\n\nAs for Leo Moore."}, "edited"))
    (finding,) = mailroom.findings_of(changed, book.case, TODAY, None, ["Leo Moore"])
    assert (finding.level, finding.where) == ("stop", "another child")


def test_a_stranger_and_a_speller_look_at_its_text(book: Casebook, letter: Letter) -> None:
    assert mailroom.doubts_of(letter, book.case) == ()
    assert {one.id for one in mailroom.answers_of(letter, book.case) if not one.words} == {"attached"}
    wrong = letter.replace(text=letter.text.replace("written", "writen", 1))
    assert [(one.word, one.corrections[0]) for one in mailroom.doubts_of(wrong, book.case)] == [("writen", "written")]
    right = wrong.replace(allowed=("spelling: writen",))
    assert mailroom.doubts_of(right, book.case) == ()


def test_no_exporter_is_loaded_before_a_file_is_asked_for() -> None:
    script = "import sys, iepjournal.mailroom; sys.exit(bool({'fpdf', 'markdown_it', 'spellchecker'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_letter_whose_template_is_gone_is_read_and_says_so(book: Casebook) -> None:
    orphan = book.write_one(
        Letter(template="my-own", dated=TODAY, to=("Dr. Lott",), text="On [ day ], 2026, no session. Please call.")
    )
    found = mailroom.findings_of(orphan, book.case, TODAY, None, ())
    assert found[0].where == "blank"
    (gone,) = [one for one in found if one.where == "template"]
    assert gone.message == "Its template “my-own” cannot be read, so its parts were not checked."
    allowed = orphan.replace(allowed=(gone.key,))
    assert gone not in mailroom.findings_of(allowed, book.case, TODAY, None, ())
    assert mailroom.parts_of(orphan, book.case, TODAY, None) == ()
    assert mailroom.greetings_of(orphan, book.case) == ()
