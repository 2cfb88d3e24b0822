"""Which letters fit what a case shows, each for a reason that can be checked, and each once."""

from __future__ import annotations

from datetime import date, datetime

from casebook import NOW, TODAY, Casebook, book_of

from iepjournal import library
from iepjournal.core.deadlines import deadlines
from iepjournal.core.fitting import confirming, fitting
from iepjournal.core.records import Entry, Letter, Mark, Session
from iepjournal.rulefiles import load_rules

TEMPLATES, _ = library.letter_templates()
RULES = load_rules("ms")


def fits(book: Casebook, now: datetime = NOW) -> dict[str, str]:
    due = deadlines(book.case, RULES, now.date())
    return {one.template.name: one.why for one in fitting(TEMPLATES, book.case, now, due)}


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
    book.write(Session(service="speech", on=date(2026, 11, 3), result="missed", reason="child-absent"))
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


def at(day: date) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def test_records_are_late_by_the_rules_date_not_by_the_day_a_reply_was_hoped_for() -> None:
    book = book_of()
    request = book.write_one(
        Letter(template="records-request", dated=date(2026, 10, 1), starts="records-requested",
               reply_by=date(2026, 10, 12))
    )  # fmt: skip
    book.write(Mark(of=request.root, what="sent", on=date(2026, 10, 1), by="mail"))
    assert "records-overdue" not in fits(book, at(date(2026, 11, 13)))
    assert "records-overdue" not in fits(book, at(date(2026, 11, 20))), "45 days from when it arrived are not over"
    assert "due Sun Nov 15" in fits(book, at(date(2026, 11, 21)))["records-overdue"]
    book.write(Mark(of=request.root, what="received", on=date(2026, 10, 9)))
    assert "records-overdue" not in fits(book, at(date(2026, 11, 23))), "by the proof it arrived later"


def test_records_are_late_when_the_meeting_they_were_needed_for_has_come() -> None:
    book = book_of()
    request = book.write_one(Letter(template="records-request", dated=date(2026, 11, 2), starts="records-requested"))
    book.write(Mark(of=request.root, what="sent", on=date(2026, 11, 2), by="mail"))
    book.write(Entry(happened_on=date(2026, 11, 18), type="meeting", text="IEP meeting"), at=at(date(2026, 11, 3)))
    assert "records-overdue" not in fits(book, at(date(2026, 11, 17)))
    assert "due Tue Nov 17" in fits(book, at(date(2026, 11, 18)))["records-overdue"]


def test_the_state_is_asked_when_its_time_for_the_complaint_is_over() -> None:
    book = book_of()
    complaint = book.write_one(Letter(template="state-complaint", dated=date(2026, 9, 1), starts="complaint-filed"))
    book.write(Mark(of=complaint.root, what="sent", on=date(2026, 9, 1), by="hand"))
    assert "complaint-follow-up" not in fits(book, at(date(2026, 10, 31)))
    assert "complaint-follow-up" in fits(book, at(date(2026, 11, 1)))


def test_an_answer_that_leaves_questions_open_is_followed_and_one_that_says_all_is_not() -> None:
    book = book_of()
    (letter,) = book.write(Letter(template="x", title="The concern", dated=TODAY, text="Please call. Please write."))
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="hand"), Mark(of=letter.root, what="replied", on=TODAY))
    assert "refused-reply" not in fits(book), "the parent did not say what was answered"
    reply = Mark(of=letter.root, what="replied", on=TODAY, answered=("Please call.",), left_open=("Please write.",))
    book.write(reply)
    assert fits(book)["refused-reply"] == f"the answer to letter {letter.no} left 1 question open: The concern"
    book.write(reply.replace(answered=("Please write.",), left_open=()))
    assert "refused-reply" not in fits(book)
