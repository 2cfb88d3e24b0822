"""Which events the journal shows: by tags, marks, letters and records, and nothing that was not logged as one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from casebook import CENTRAL, TODAY
from rulebooks import MS

from iepjournal.core.occurrences import Journal, Occurrence, says
from iepjournal.core.records import (
    Calendar,
    Entry,
    Iep,
    Letter,
    Mark,
    Person,
    ProgressReport,
    Promise,
    Session,
    Strike,
    Undo,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook import Casebook

DAY = timedelta(days=1)


def shown(book: Casebook, event: str) -> Sequence[Occurrence]:
    return Journal(book.case, MS).of(event)


def entry(book: Casebook, **more: Any) -> Entry:
    return book.write_one(Entry(**{"happened_on": TODAY, "text": "Something happened.", **more}))


def letter(book: Casebook, *marks: dict[str, Any], **more: Any) -> Letter:
    written = book.write_one(Letter(**{"template": "x", "dated": TODAY, **more}))
    for mark in marks:
        book.write(Mark(**{"of": written.root, "what": "sent", "on": TODAY, **mark}))
    return written


@pytest.mark.parametrize("tag", ["evaluation-requested", "eval-request"])
def test_a_tag_says_that_an_entry_is_the_event(book: Casebook, tag: str) -> None:
    asked = entry(book, type="call", tags=(tag,))
    (found,) = shown(book, "evaluation-requested")
    assert (found.on, found.record, found.estimated) == (TODAY, asked.root, False)


def test_words_alone_start_nothing(book: Casebook) -> None:
    entry(book, type="call", text="I asked to have her evaluated.")
    assert not shown(book, "evaluation-requested")


def test_a_mark_says_that_a_record_shows_an_event_on_its_day(book: Casebook) -> None:
    notice = entry(book, type="letter-in", text="Notice of the meeting.")
    book.write(Mark(of=notice.root, what="iep-meeting-scheduled", on=TODAY + 14 * DAY))
    (found,) = shown(book, "iep-meeting-scheduled")
    assert (found.on, found.record) == (TODAY + 14 * DAY, notice.root)


def test_a_later_mark_moves_the_event(book: Casebook) -> None:
    notice = entry(book, tags=("iep-meeting",))
    for days in (14, 21):
        book.write(Mark(of=notice.root, what="iep-meeting-scheduled", on=TODAY + days * DAY))
    assert [found.on for found in shown(book, "iep-meeting-scheduled")] == [TODAY + 21 * DAY]


def test_what_was_struck_or_undone_shows_nothing(book: Casebook) -> None:
    first, second, third = (entry(book, tags=("eligible",)) for _ in range(3))
    marked = entry(book)
    mark = book.write_one(Mark(of=marked.root, what="eligibility-determined", on=TODAY))
    book.write(Strike(of=first.root, why="double"))
    book.write(Undo(of=second.command))
    book.write(Strike(of=mark.root, why="wrong entry"))
    assert [found.record for found in shown(book, "eligibility-determined")] == [third.root]


def test_a_meeting_written_down_before_its_day_is_one_to_come(book: Casebook) -> None:
    planned = entry(book, type="meeting", happened_on=TODAY + 10 * DAY, text="IEP meeting at Oak Ridge")
    entry(book, type="meeting", happened_on=TODAY - 10 * DAY, text="IEP meeting at Oak Ridge")
    entry(book, type="meeting", happened_on=TODAY + 10 * DAY, text="Coffee with the principal")
    entry(book, type="call", happened_on=TODAY + 10 * DAY, text="Call about the IEP meeting")
    assert [found.record for found in shown(book, "iep-meeting-scheduled")] == [planned.root]


def test_a_correction_after_the_meeting_leaves_it_one_that_was_planned(book: Casebook) -> None:
    planned = entry(book, type="meeting", happened_on=TODAY + DAY, text="IEP meeting")
    later = datetime(2026, 12, 20, 12, tzinfo=CENTRAL)
    book.write(planned.revised(text="IEP meeting, room 4", why="room"), at=later)
    assert [found.on for found in shown(book, "iep-meeting-scheduled")] == [TODAY + DAY]


def test_sent_letters_carry_their_event_and_drafts_do_not(book: Casebook) -> None:
    letter(book, starts="records-requested")
    sent = letter(book, {"by": "hand"}, starts="records-requested")
    (found,) = shown(book, "records-requested")
    assert (found.record, found.on, found.received_on, found.estimated) == (sent.root, TODAY, TODAY, True)


@pytest.mark.parametrize(
    ("by", "days"), [("hand", 0), ("e-mail", 0), ("fax", 0), ("mail", 5), ("certified", 5), ("", 5)]
)
def test_receipt_is_estimated_from_how_a_letter_was_sent(book: Casebook, by: str, days: int) -> None:
    letter(book, {"by": by}, starts="records-requested")
    (found,) = shown(book, "records-requested")
    assert (found.received_on - found.on, found.estimated) == (days * DAY, True)


def test_receipt_is_certain_once_it_is_proven(book: Casebook) -> None:
    letter(book, {"by": "certified"}, {"what": "received", "on": TODAY + 2 * DAY}, starts="records-requested")
    (found,) = shown(book, "records-requested")
    assert (found.received_on, found.estimated) == (TODAY + 2 * DAY, False)


def test_a_letter_sent_twice_counts_from_the_first_and_from_the_first_to_arrive(book: Casebook) -> None:
    letter(book, {"by": "mail"}, {"by": "e-mail", "on": TODAY + DAY}, starts="records-requested")
    (found,) = shown(book, "records-requested")
    assert (found.on, found.received_on) == (TODAY, TODAY + DAY)


def test_a_letter_that_was_only_logged_has_an_estimated_receipt_too(book: Casebook) -> None:
    posted = entry(book, type="letter-out", tags=("records-requested",))
    (found,) = shown(book, "records-requested")
    assert (found.received_on, found.estimated) == (TODAY + 5 * DAY, True)
    book.write(Mark(of=posted.root, what="received", on=TODAY + 3 * DAY))
    (found,) = shown(book, "records-requested")
    assert (found.received_on, found.estimated) == (TODAY + 3 * DAY, False)


def test_the_states_copy_of_a_complaint_is_the_filing_and_the_districts_is_not(book: Casebook) -> None:
    letter(
        book,
        {"to": ("district",), "by": "e-mail"},
        {"to": ("MDE",), "by": "certified", "on": TODAY + DAY},
        starts="complaint-filed",
    )
    (filed,), (copied,) = shown(book, "complaint-filed"), shown(book, "complaint-copied")
    assert (filed.on, copied.on) == (TODAY + DAY, TODAY)
    assert filed.received_on == TODAY + 6 * DAY


def test_somebody_at_the_state_is_known_by_the_role(book: Casebook) -> None:
    book.write(Person(handle="park", role="MDE Office of Special Education"))
    letter(book, {"to": ("park",)}, {"to": ("lott",), "on": TODAY + DAY}, starts="complaint-filed")
    (filed,), (copied,) = shown(book, "complaint-filed"), shown(book, "complaint-copied")
    assert (filed.on, copied.on) == (TODAY, TODAY + DAY)


def test_a_complaint_sent_to_nobody_named_was_filed_and_not_copied(book: Casebook) -> None:
    letter(book, {"by": "hand"}, starts="complaint-filed")
    assert shown(book, "complaint-filed")
    assert not shown(book, "complaint-copied")


def test_a_reply_answers_its_own_letter_only(book: Casebook) -> None:
    one, other = (letter(book, {}, reply_by=TODAY + 10 * DAY) for _ in range(2))
    book.write(Mark(of=one.root, what="replied", on=TODAY + 3 * DAY))
    journal = Journal(book.case, MS)
    assert [found.on for found in journal.answering(["reply-received"], one.root)] == [TODAY + 3 * DAY]
    assert journal.answering(["reply-received"], other.root) == []
    assert len(journal.of("reply-asked")) == 2


def test_records_are_read_as_what_they_are(book: Casebook) -> None:
    book.write(
        Iep(dated=date(2026, 5, 13), review_due=date(2027, 5, 11)),
        Calendar(first_day=date(2026, 8, 6), last_day=date(2027, 5, 25)),
        ProgressReport(due_on=date(2026, 10, 16), received_on=date(2026, 10, 20)),
        Promise(made_on=TODAY, by=TODAY + 7 * DAY),
        Promise(made_on=TODAY),
    )
    days = {
        event: [found.on for found in shown(book, event)]
        for event in (
            "iep-dated",
            "review-date-printed",
            "school-year-begun",
            "progress-report-due",
            "progress-report-received",
            "promise-made",
        )
    }
    assert days == {
        "iep-dated": [date(2026, 5, 12), date(2026, 5, 13)],
        "review-date-printed": [date(2027, 5, 11)],
        "school-year-begun": [date(2026, 8, 6)],
        "progress-report-due": [date(2026, 10, 16)],
        "progress-report-received": [date(2026, 10, 20)],
        "promise-made": [TODAY],
    }


def test_sessions_missed_for_the_child_are_no_facts_for_a_complaint(book: Casebook) -> None:
    sessions = [
        Session(service="speech", on=TODAY, result=result, reason=reason)
        for result, reason in [
            ("missed", "vacancy"),
            ("partial", ""),
            ("missed", "closure"),
            ("missed", "child-absent"),
            ("missed", "parent-declined"),
            ("given", ""),
            ("unknown", ""),
        ]
    ]
    book.write(*sessions)
    assert len(shown(book, "session-missed")) == 3


def test_a_day_that_is_not_exact_is_kept_as_a_week(book: Casebook) -> None:
    monday = date(2026, 11, 16)
    entry(book, happened_on=monday, about="week", type="refused")
    (found,) = shown(book, "incident-happened")
    assert (found.on, found.latest, found.exact) == (monday, monday + 6 * DAY, False)


@pytest.mark.parametrize(
    ("kind", "text", "event"),
    [
        ("call", "I asked Ms. Hill to have her evaluated for dyslexia", "evaluation-requested"),
        ("meeting", "Requested testing in reading", "evaluation-requested"),
        ("meeting", "The MET met and looked at the scores", "met-held"),
        ("letter-in", "IEP meeting on Dec 8 at 9", "iep-meeting-scheduled"),
        ("talk", "asked for the service logs from August on", "records-requested"),
        ("refused", "She said they will not pay for it", "change-proposed"),
    ],
)
def test_words_that_may_mean_an_event_are_offered_with_the_mark_that_would_say_so(
    book: Casebook, kind: str, text: str, event: str
) -> None:
    said = entry(book, type=kind, text=text)
    possible = {one.event.id: one.mark for one in Journal(book.case, MS).may_mean(said)}
    assert (possible[event].of, possible[event].what, possible[event].on) == (said.root, event, TODAY)
    book.write(possible[event])
    assert event not in {one.event.id for one in Journal(book.case, MS).may_mean(said)}
    assert [found.record for found in shown(book, event)] == [said.root]


def test_an_entry_that_only_tells_of_a_meeting_is_not_its_day(book: Casebook) -> None:
    notice = entry(book, type="letter-in", text="Notice", tags=("iep-meeting",))
    assert not shown(book, "iep-meeting-scheduled")
    (possible,) = Journal(book.case, MS).may_mean(notice)
    assert (possible.event.id, possible.asks_day) == ("iep-meeting-scheduled", True)
    held = entry(book, type="meeting", text="The yearly one", tags=("iep-meeting",))
    assert [found.record for found in shown(book, "iep-meeting-scheduled")] == [held.root]


def test_a_word_in_capitals_stands_for_itself_only() -> None:
    assert says("MET", "the MET met")
    assert not says("MET", "we met in the hall")
    assert says("evaluat", "an Evaluation")
    assert not says("assess", "reassess")


def test_the_end_of_all_days_is_no_trouble(book: Casebook) -> None:
    letter(book, {"by": "mail", "on": date.max}, starts="records-requested")
    (found,) = shown(book, "records-requested")
    assert found.received_on == date.max
