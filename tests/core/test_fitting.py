"""Which letters fit what a case shows, each for a reason that can be checked, and each once."""

from __future__ import annotations

from datetime import date

from casebook import NOW, TODAY, Casebook, book_of

from iepjournal import library
from iepjournal.core.fitting import confirming, fitting
from iepjournal.core.records import Letter, Mark, Session

TEMPLATES, _ = library.letter_templates()


def fits(book: Casebook) -> dict[str, str]:
    return {one.template.name: one.why for one in fitting(TEMPLATES, book.case, NOW)}


def test_nothing_is_pressed_on_a_family_that_has_written_nothing() -> None:
    assert fits(book_of()) == {}


def test_a_talk_that_is_not_confirmed_comes_first() -> None:
    book = book_of()
    book.write(Session(service="speech", on=TODAY, result="missed"))
    (call,) = book.log("!call @hill She will call back")
    first = fitting(TEMPLATES, book.case, NOW)[0]
    assert (first.template.name, first.talk) == ("confirmation", call)
    assert "Ms. Hill" in first.why


def test_a_meeting_is_summed_up_and_a_call_is_confirmed() -> None:
    book = book_of()
    call, meeting = book.log("!call @hill About Monday", "!meeting @hill About the plan")
    names = [template.name for one in (call, meeting) if (template := confirming(TEMPLATES, book.case, one))]
    assert names == ["confirmation", "meeting-summary"]


def test_missed_sessions_ask_for_the_first_letter_until_one_is_written() -> None:
    book = book_of()
    book.write(Session(service="speech", on=TODAY, result="missed"))
    assert fits(book)["implementation-concern"].startswith("1 session not given")
    book.write(Letter(template="implementation-concern", dated=TODAY, starts="concern-sent"))
    assert "implementation-concern" not in fits(book)


def test_a_letter_without_an_answer_is_followed_once_and_by_its_number() -> None:
    book = book_of()
    (sent,) = book.write(
        Letter(template="x", title="The concern", dated=date(2026, 11, 2), reply_by=date(2026, 11, 12))
    )
    assert "no-reply" not in fits(book)
    book.write(Mark(of=sent.root, what="sent", on=date(2026, 11, 2), by="hand"))
    follow = next(one for one in fitting(TEMPLATES, book.case, NOW) if one.template.name == "no-reply")
    assert follow.after == sent
    assert f"letter {sent.no}" in follow.why
    book.write(Letter(template="no-reply", dated=TODAY, answers=sent.root))
    assert "no-reply" not in fits(book)


def test_the_language_of_the_newest_letter_is_kept() -> None:
    book = book_of()
    (call,) = book.log("!call @hill She will call back")
    book.write(Letter(template="records-request.es", dated=TODAY, lang="es"))
    template = confirming(TEMPLATES, book.case, call)
    assert template is not None
    assert template.lang == "es"
