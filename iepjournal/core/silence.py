"""Silence: a reply that was asked for by a day and did not come, as a dated fact.

A reply may have come by another road, so it is written down only when the parent says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import full_date
from iepjournal.core.records import Entry, Letter, Mark

if TYPE_CHECKING:
    from iepjournal.core.case import Case
    from iepjournal.core.due import Deadline
    from iepjournal.core.records import Record

UNANSWERED = "unanswered"
"""What the letter is marked with once its silence is written down."""


def silence(deadline: Deadline, case: Case) -> tuple[Record, ...]:
    """The entry that says so and the mark on the letter; nothing before the day, after a reply or a second time."""
    letter = case.by_root.get(deadline.record)
    if not isinstance(letter, Letter) or deadline.rule.own_date != "reply_by" or deadline.status != "overdue":
        return ()
    if deadline.due is None or any(mark.what == UNANSWERED for mark in case.marks(letter.root)):
        return ()
    title = f" (“{letter.title}”)" if letter.title else ""
    sent_on, asked_by, today = map(full_date, (deadline.start_from, deadline.due, deadline.as_of))
    text = (
        f"Letter {letter.no}{title} was sent on {sent_on} and asked for a reply by {asked_by}. "
        f"No reply is logged up to {today}."
    )
    entry = Entry(happened_on=deadline.as_of, type="note", text=text, raw=text, tags=("no-reply",))
    return entry, Mark(of=letter.root, what=UNANSWERED, on=deadline.as_of)
