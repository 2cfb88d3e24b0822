"""The agenda: whose turn it is, what is folded under what, and the one line at login."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from rulebooks import MS

from iepjournal.core.agenda import agenda, duties, login_line, of_record
from iepjournal.core.deadlines import deadlines
from iepjournal.core.records import Entry, Letter, Mark, Session
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook import Casebook

    from iepjournal.core.due import Deadline

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)


def sent(book: Casebook, starts: str, **more: Any) -> Letter:
    letter = book.write_one(Letter(template="x", dated=MONDAY, starts=starts, **more))
    book.write(Mark(of=letter.root, what="sent", on=MONDAY, by="hand"))
    return letter


def found(book: Casebook, as_of: date = MONDAY) -> Sequence[Deadline]:
    return deadlines(book.case, MS, as_of)


def ids(book: Casebook, who: str, as_of: date = MONDAY) -> list[str]:
    return [row.deadline.rule.id for row in agenda(found(book, as_of))[who]]


def test_each_deadline_stands_with_the_one_who_owes_it(book: Casebook) -> None:
    sent(book, "complaint-filed")
    assert ids(book, "parent") == ["complaint-copy-to-district"]
    assert ids(book, "school") == ["annual-review"]
    assert ids(book, "state") == ["ms-complaint-forward-3", "follow-up-complaint-response", "complaint-decision-60"]


def test_what_belongs_to_a_records_request_stands_under_it(book: Casebook) -> None:
    sent(book, "records-requested")
    book.write(Entry(happened_on=date(2026, 12, 8), type="meeting", text="IEP meeting"))
    (row, *_) = agenda(found(book))["school"]
    assert row.deadline.rule.id == "records-45"
    beneath = {one.rule.id for one in row.beneath}
    assert {"records-before-meeting", "ferpa-access-45", "records-without-delay", "records-fees"} <= beneath
    assert ids(book, "school") == ["records-45", "annual-review"]


def test_missed_sessions_are_one_row_with_the_days_that_follow(book: Casebook) -> None:
    for n in range(5):
        book.write(Session(service="speech", on=MONDAY - n * 7 * DAY, result="missed"))
    (row,) = agenda(found(book))["parent"]
    assert row.deadline.rule.id == "complaint-lookback"
    assert row.deadline.start_from == MONDAY - 28 * DAY
    assert [one.start_from for one in row.later] == [MONDAY - n * 7 * DAY for n in (3, 2, 1, 0)]
    assert [one.rule.id for one in row.beneath] == ["due-process-2y"]


def test_what_is_done_is_off_the_agenda_and_duties_without_a_number_are_apart(book: Casebook) -> None:
    letter = sent(book, "records-requested")
    box = book.write_one(Entry(happened_on=MONDAY + DAY, type="document", text="The records"))
    book.write(Mark(of=box.root, what="records-received", on=MONDAY + DAY))
    assert ids(book, "school", MONDAY + DAY) == ["annual-review"]
    assert "records-fees" in {one.rule.id for one in duties(found(book)) if one.record == letter.root}


def test_the_login_line_says_what_is_late_before_what_comes(book: Casebook) -> None:
    assert login_line(found(book)) == "Nothing is late. Next: Review the IEP, the school: Wed May 12, 2027 (170 days)"
    sent(book, "records-requested")
    sent(book, "concern-sent", reply_by=date(2026, 12, 7))
    late = date(2027, 1, 8)
    assert login_line(found(book, late)) == (
        "The reply you asked for, the school: Mon Dec 7, 2026 (32 days ago) and 1 more"
    )


def test_the_login_line_gives_the_parents_day_to_act(book: Casebook) -> None:
    decision = book.write_one(Entry(happened_on=MONDAY, type="letter-in", text="Decision"))
    book.write(Mark(of=decision.root, what="hearing-decided", on=MONDAY))
    assert (
        login_line(found(book))
        == "Nothing is late. Next: Go to court against the hearing decision, you: act by Tue Dec 22"
    )


def test_a_case_in_which_nothing_waits_has_no_login_line() -> None:
    assert login_line([]) == ""


def test_a_deadline_is_found_by_the_number_of_what_started_it(book: Casebook) -> None:
    letter = sent(book, "complaint-filed")
    assert letter.no is not None
    assert of_record(found(book), letter.no, "complaint-decision-60").due == date(2027, 1, 22)
    with pytest.raises(NotAllowed, match=r"started 4 deadlines: .*complaint-decision-60.* Say which one"):
        of_record(found(book), letter.no)
    with pytest.raises(NotAllowed, match="started no such thing"):
        of_record(found(book), 999)
