"""Deadlines of a case: what starts them, what meets, stops and puts them off, and what they are called on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from casebook import TODAY, book_of
from hypothesis import given, settings
from hypothesis import strategies as st
from rulebooks import FILES, MS

from iepjournal.core.deadlines import deadlines, moved, offers
from iepjournal.core.records import (
    Attachment,
    Calendar,
    Entry,
    Iep,
    Letter,
    Mark,
    ProgressReport,
    Promise,
    Record,
    Session,
    Span,
    Strike,
)
from iepjournal.core.rulebook import rule_book

if TYPE_CHECKING:
    from casebook import Casebook

    from iepjournal.core.due import Deadline

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
THE_45TH = date(2027, 1, 7)


class Family:
    """A journal and the short ways to write in it."""

    def __init__(self) -> None:
        self.book: Casebook = book_of(())

    def sent(self, starts: str, on: date = MONDAY, by: str = "hand", **more: Any) -> Letter:
        letter = self.write(Letter(template="x", dated=on, starts=starts, **more))
        self.write(Mark(of=letter.root, what="sent", on=on, by=by))
        return letter

    def happened(self, event: str, on: date, **more: Any) -> Entry:
        entry = self.write(Entry(happened_on=on, text=event, **more))
        self.write(Mark(of=entry.root, what=event, on=on))
        return entry

    def write(self, record: Any) -> Any:
        return self.book.write_one(record)

    def mark(self, deadline: Deadline, what: str, on: date = MONDAY, **more: Any) -> None:
        self.write(Mark(of=deadline.key, what=what, on=on, **more))

    def all(self, rule: str, as_of: date = MONDAY) -> list[Deadline]:
        return [one for one in deadlines(self.book.case, MS, as_of) if one.rule.id == rule]

    def one(self, rule: str, as_of: date = MONDAY) -> Deadline:
        (found,) = self.all(rule, as_of)
        return found


@pytest.fixture
def family() -> Family:
    return Family()


# --- the worked dates of the reference, in a journal


def test_records_are_due_after_45_days_and_before_a_meeting_whichever_is_first(family: Family) -> None:
    asked = family.sent("records-requested")
    assert (family.one("records-45").due, family.one("records-45").no) == (THE_45TH, asked.no)
    family.write(Entry(happened_on=date(2026, 12, 8), type="meeting", text="IEP meeting"))
    records = family.one("records-45")
    assert records.due == records.claim_after == date(2026, 12, 7)
    assert [reading.due for reading in records.readings] == [THE_45TH, date(2026, 12, 7)]
    assert family.one("records-before-meeting").due == date(2026, 12, 7)


def test_a_meeting_before_the_request_or_after_the_45_days_changes_nothing(family: Family) -> None:
    family.sent("records-requested")
    for on in (MONDAY, MONDAY - DAY, date(2027, 1, 20)):
        family.happened("iep-meeting-scheduled", on)
    assert family.one("records-45").due == THE_45TH
    assert [one.due for one in family.all("records-before-meeting")] == [date(2027, 1, 19)]


@pytest.mark.parametrize("event", ["resolution-session-scheduled", "hearing-scheduled"])
def test_records_come_before_a_hearing_or_resolution_meeting_too(family: Family, event: str) -> None:
    family.sent("records-requested")
    family.happened(event, date(2026, 12, 15))
    assert family.one("records-45").due == date(2026, 12, 14)


def test_no_records_are_due_before_a_meeting_when_none_were_asked_for(family: Family) -> None:
    family.happened("iep-meeting-scheduled", date(2026, 12, 8))
    assert family.all("records-before-meeting") == []


def test_a_complaint_is_decided_60_days_after_receipt_and_put_off_only_in_writing(family: Family) -> None:
    letter = family.sent("complaint-filed", on=date(2017, 5, 23), by="certified")
    assert (family.one("complaint-decision-60").due, family.one("complaint-decision-60").estimated) == (
        date(2017, 7, 27),
        True,
    )
    family.write(Mark(of=letter.root, what="received", on=date(2017, 5, 26)))
    decision = family.one("complaint-decision-60", date(2017, 7, 20))
    assert (decision.start_from, decision.due, decision.estimated) == (date(2017, 5, 26), date(2017, 7, 25), False)

    family.mark(decision, "extended", on=date(2017, 7, 18), until=date(2017, 8, 8))
    told = family.one("complaint-decision-60", date(2017, 7, 20))
    assert (told.due, told.status) == (date(2017, 7, 25), "claimed")
    assert "nothing in writing" in " ".join(told.remarks)
    assert family.one("complaint-decision-60", date(2017, 7, 26)).status == "overdue"

    paper = family.write(Entry(happened_on=date(2017, 7, 19), type="letter-in", text="Extension"))
    family.mark(decision, "extended", on=date(2017, 7, 19), until=date(2017, 8, 8), entry=paper.root)
    put_off = family.one("complaint-decision-60", date(2017, 7, 26))
    assert (put_off.due, put_off.claim_after, put_off.status) == (date(2017, 8, 8), date(2017, 8, 8), "extended")
    assert put_off.remarks == ()
    assert family.one("complaint-decision-60", date(2017, 8, 9)).status == "overdue"


def test_an_evaluation_asked_for_on_the_phone_starts_14_days_and_says_that_only_the_log_shows_it(
    family: Family,
) -> None:
    family.write(
        Entry(happened_on=date(2026, 3, 2), type="call", text="Please evaluate her.", tags=("evaluation-requested",))
    )
    met = family.one("ms-evaluation-met-14", date(2026, 3, 2))
    assert (met.due, met.spoken) == (date(2026, 3, 15), MS.events["evaluation-requested"].spoken)
    assert met.remarks == (met.spoken,)


# --- extensions that do not count


def test_an_extension_that_the_rule_does_not_know_stops_no_clock_even_in_writing(family: Family) -> None:
    family.sent("records-requested")
    letter = family.write(Entry(happened_on=MONDAY, type="letter-in", text="We need until February."))
    family.mark(family.one("records-45"), "extended", until=date(2027, 2, 1), entry=letter.root)
    records = family.one("records-45")
    assert (records.due, records.status) == (THE_45TH, "claimed")
    assert records.remarks == (
        "Claimed extension of Mon Nov 23, 2026, but the rule names none: the clock keeps running.",
    )


@pytest.mark.parametrize("shown_by", ["call", "struck", "nothing"])
def test_a_phone_call_is_no_document(family: Family, shown_by: str) -> None:
    family.sent("complaint-filed")
    proof = family.write(Entry(happened_on=MONDAY, type="call" if shown_by == "call" else "letter-in", text="x"))
    if shown_by == "struck":
        family.write(Strike(of=proof.root, why="forged"))
    entry = "" if shown_by == "nothing" else proof.root
    family.mark(family.one("complaint-decision-60"), "extended", until=date(2027, 3, 1), entry=entry)
    assert family.one("complaint-decision-60").status == "claimed"


def test_a_call_with_the_letter_attached_is_a_document(family: Family) -> None:
    family.sent("complaint-filed")
    call = family.write(Entry(happened_on=MONDAY, type="call", text="They will send it."))
    scan = family.write(Attachment(of=call.root, name="letter.pdf"))
    decision = family.one("complaint-decision-60")
    for proof in (call, scan):
        family.mark(decision, "extended", until=date(2027, 3, 1), entry=proof.root)
        assert family.one("complaint-decision-60").due == date(2027, 3, 1)


# --- holds


def test_a_complaint_set_aside_has_no_date_until_the_hearing_ends_and_then_goes_on(family: Family) -> None:
    family.sent("complaint-filed")
    family.happened("complaint-set-aside", date(2026, 12, 1))
    held = family.one("complaint-decision-60")
    assert (held.due, held.status, held.claim_after) == (None, "on-hold", None)
    family.happened("set-aside-ended", date(2027, 2, 1))
    going_on = family.one("complaint-decision-60")
    assert (going_on.due, going_on.status) == (date(2027, 1, 22) + 62 * DAY, "open")


def test_a_hold_that_came_after_the_time_had_run_out_saves_nobody(family: Family) -> None:
    family.sent("complaint-filed")
    family.happened("complaint-set-aside", date(2027, 2, 1))
    assert family.one("complaint-decision-60", date(2027, 2, 2)).status == "overdue"


# --- met, late, waived


@pytest.mark.parametrize(
    ("came", "status", "late", "words"),
    [(THE_45TH, "met", 0, "done"), (THE_45TH + 3 * DAY, "met-late", 3, "done, 3 days late")],
)
def test_what_came_is_met_and_says_by_how_many_days_it_was_late(
    family: Family, came: date, status: str, late: int, words: str
) -> None:
    family.sent("records-requested")
    box = family.happened("records-received", came)
    found = family.one("records-45", date(2027, 3, 1))
    assert (found.status, found.days_late, found.in_words) == (status, late, words)
    assert found.outcome.met_by == box.root


def test_it_is_not_met_before_the_day_it_came(family: Family) -> None:
    family.sent("records-requested")
    family.happened("records-received", date(2026, 12, 1))
    assert family.one("records-45", date(2026, 11, 30)).status == "open"
    assert family.one("records-45", date(2026, 12, 1)).status == "met"


def test_what_came_before_it_was_asked_for_meets_nothing(family: Family) -> None:
    family.happened("records-received", MONDAY - DAY)
    family.sent("records-requested")
    assert family.one("records-45").status == "open"


def test_a_mark_meets_or_waives_one_deadline_only(family: Family) -> None:
    family.sent("records-requested")
    family.sent("complaint-filed")
    family.mark(family.one("records-45"), "met", on=MONDAY + DAY)
    family.mark(family.one("complaint-decision-60"), "waived", on=MONDAY + DAY)
    tomorrow = MONDAY + DAY
    assert family.one("records-45", tomorrow).status == "met"
    assert family.one("complaint-decision-60", tomorrow).status == "waived"
    assert family.one("complaint-decision-60", MONDAY).status == "open"
    assert family.one("ms-complaint-forward-3", tomorrow).status == "soon"


def test_a_date_set_by_hand_stands_beside_the_computed_one(family: Family) -> None:
    family.sent("records-requested")
    family.mark(family.one("records-45"), "overridden", until=date(2026, 12, 20))
    records = family.one("records-45")
    assert records.due == THE_45TH
    assert "Your own date for it: Sun Dec 20, 2026." in records.remarks


# --- statuses


def test_the_as_of_day_gives_the_status(family: Family) -> None:
    family.sent("records-requested")
    statuses = {
        as_of: family.one("records-45", as_of).status
        for as_of in (MONDAY, THE_45TH - 15 * DAY, THE_45TH - 14 * DAY, THE_45TH, THE_45TH + DAY)
    }
    assert list(statuses.values()) == ["open", "open", "soon", "soon", "overdue"]
    assert family.one("records-45", THE_45TH + DAY).in_words == "1 day late"
    assert family.one("records-45", THE_45TH).in_words == "today"


def test_what_is_disputed_is_not_late_before_the_later_reading_has_passed(family: Family) -> None:
    family.write(
        Calendar(
            first_day=date(2026, 8, 6),
            last_day=date(2027, 5, 25),
            closed=(
                Span(first=date(2026, 11, 23), last=date(2026, 11, 27), why="Thanksgiving"),
                Span(first=date(2026, 12, 21), last=date(2027, 1, 4), why="winter break"),
            ),
        )
    )
    family.happened("evaluation-consented", date(2026, 10, 20))
    found = family.one("evaluation-60", date(2026, 12, 26))
    assert (found.due, found.claim_after, found.status) == (date(2026, 12, 19), date(2027, 1, 8), "soon")
    assert found.in_words == "past the earlier reading"
    assert "do not call it late before Fri Jan 8, 2027 has passed" in found.remarks[-1]
    assert family.one("evaluation-60", date(2027, 1, 8)).status == "soon"
    assert family.one("evaluation-60", date(2027, 1, 9)).status == "overdue"


def test_the_parent_is_told_that_the_other_reading_leaves_time(family: Family) -> None:
    family.happened("hearing-decided", MONDAY)
    found = family.one("appeal", date(2027, 1, 4))
    assert (found.status, found.in_words) == ("soon", "past the earlier reading")
    assert found.remarks == (
        "The earlier date has passed. Sources differ: by the other reading there is time until Sun Feb 21, 2027.",
    )
    assert family.one("appeal", date(2027, 2, 22)).status == "overdue"


def test_without_a_calendar_nobody_is_called_late_by_a_reading_that_leaves_out_holidays(family: Family) -> None:
    family.happened("evaluation-consented", date(2026, 10, 20))
    found = family.one("evaluation-60", date(2027, 6, 1))
    assert (found.due, found.claim_after, found.status) == (date(2026, 12, 19), None, "soon")
    assert found.estimated


def test_nobody_is_called_late_by_the_seven_days_that_one_publisher_reports(family: Family) -> None:
    family.happened("change-proposed", MONDAY, type="refused")
    found = family.one("ms-wpn-7", date(2027, 6, 1))
    assert (found.due, found.claim_after, found.status) == (date(2026, 11, 30), None, "soon")
    family.happened("change-took-effect", date(2026, 12, 14))
    found = family.one("ms-wpn-7", date(2026, 12, 8))
    assert [reading.due for reading in found.readings] == [date(2026, 11, 30), date(2026, 12, 7)]
    assert (found.claim_after, found.status, found.in_words) == (None, "soon", "past the earlier reading")
    assert found.nobody_is_late == "Nobody can be called late by this: its sources are too weak."


def test_a_standard_has_no_date_and_no_status_but_its_own(family: Family) -> None:
    family.sent("iee-requested")
    found = family.one("iee-response", date(2028, 1, 1))
    assert (found.due, found.status, found.in_words, found.wants_doing) == (
        None,
        "standard",
        "no number of days",
        False,
    )
    family.happened("iee-answered", date(2027, 1, 1))
    assert family.one("iee-response", date(2028, 1, 1)).status == "met"


def test_a_suggested_date_has_no_day_after_which_anybody_is_late(family: Family) -> None:
    family.sent("concern-sent")
    found = family.one("follow-up-concern", date(2026, 12, 20))
    assert (found.due, found.claim_after, found.status) == (date(2026, 12, 3), None, "overdue")
    assert found.in_words == "17 days ago"


# --- replies and promises


def test_the_day_asked_for_in_the_letter_is_the_day_waited_for(family: Family) -> None:
    letter = family.sent("concern-sent", reply_by=date(2026, 12, 7))
    asked = family.one("reply-requested")
    assert (asked.due, asked.start_from, asked.claim_after) == (date(2026, 12, 7), MONDAY, None)
    assert family.all("follow-up-concern") == []
    family.write(Mark(of=letter.root, what="replied", on=date(2026, 12, 9)))
    assert family.one("reply-requested", date(2026, 12, 10)).in_words == "done, 2 days after that day"


def test_a_letter_that_asks_for_no_reply_is_not_waited_for(family: Family) -> None:
    family.sent("")
    assert family.all("reply-requested") == []


def test_a_promise_is_waited_for_until_it_is_kept_waived_or_put_off(family: Family) -> None:
    made = family.write(Promise(text="Back Monday", made_on=MONDAY, by=date(2026, 11, 30)))
    assert family.one("promised-day").due == date(2026, 11, 30)
    assert family.one("promised-day").title == "What was promised for this day: “Back Monday”"
    family.write(Mark(of=made.root, what="extended", on=MONDAY, until=date(2026, 12, 7)))
    assert (family.one("promised-day").due, family.one("promised-day").status) == (date(2026, 12, 7), "extended")
    family.write(Mark(of=made.root, what="kept", on=MONDAY))
    assert family.one("promised-day").status == "met"


# --- chains and pairs


def test_the_45_days_of_a_hearing_begin_when_the_resolution_period_ends(family: Family) -> None:
    family.sent("due-process-filed", on=date(2026, 2, 1))
    decision = family.one("dp-decision-45")
    assert (decision.start, decision.start_from, decision.due) == (
        "resolution-period-ended",
        date(2026, 3, 3),
        date(2026, 4, 17),
    )
    assert decision.estimated
    assert family.one("dp-resolution-period-30", date(2026, 2, 5)).status == "open"


def test_nobody_is_late_when_the_resolution_period_has_ended_and_the_45_days_still_run(family: Family) -> None:
    family.sent("due-process-filed", on=date(2026, 2, 1))
    assert family.all("dp-resolution-period-30", date(2026, 3, 20)) == []
    decision = family.one("dp-decision-45", date(2026, 3, 20))
    assert (decision.start_from, decision.due) == (date(2026, 3, 3), date(2026, 4, 17))
    family.happened("resolution-ended-early", date(2026, 2, 10))
    assert family.one("dp-resolution-meeting-15", date(2026, 3, 20)).status == "met"


def test_the_45_days_begin_early_when_both_sides_gave_up_the_meeting(family: Family) -> None:
    family.sent("due-process-filed", on=date(2026, 2, 1))
    family.happened("resolution-ended-early", date(2026, 2, 10))
    decision = family.one("dp-decision-45")
    assert (decision.start, decision.start_from, decision.due) == (
        "resolution-ended-early",
        date(2026, 2, 10),
        date(2026, 3, 27),
    )
    assert family.one("dp-resolution-period-30").status == "met"


def test_a_new_iep_meets_the_review_of_the_old_one_and_starts_its_own(family: Family) -> None:
    family.write(Iep(dated=date(2025, 5, 12)))
    family.write(Iep(dated=date(2026, 5, 20)))
    old, new = family.all("annual-review")
    assert (old.status, old.days_late, new.due, new.status) == ("met-late", 8, date(2027, 5, 20), "open")


def test_a_progress_report_is_met_by_itself_only(family: Family) -> None:
    family.write(ProgressReport(due_on=date(2026, 10, 16), received_on=date(2026, 10, 20)))
    family.write(ProgressReport(due_on=date(2026, 10, 17)))
    first, second = family.all("progress-reports")
    assert (first.status, first.days_late, second.status) == ("met-late", 4, "overdue")


def test_the_district_is_sent_its_copy_the_same_day(family: Family) -> None:
    letter = family.sent("complaint-filed", by="certified")
    copy = family.one("complaint-copy-to-district")
    assert (copy.due, copy.act_by, copy.wants_doing) == (MONDAY, MONDAY, True)
    family.write(Mark(of=letter.root, what="sent", on=MONDAY, by="e-mail", to=("district",)))
    assert family.one("complaint-copy-to-district").status == "met"


def test_evidence_of_an_earlier_hearing_meets_nothing_of_the_next_one(family: Family) -> None:
    family.happened("hearing-scheduled", date(2026, 3, 11))
    family.happened("evidence-disclosed", date(2026, 3, 2))
    family.happened("hearing-scheduled", date(2026, 12, 16))
    first, second = family.all("dp-disclosure-5")
    assert (first.status, second.status) == ("met", "open")


def test_a_facilitator_is_asked_for_only_where_one_is_wanted(family: Family) -> None:
    family.happened("iep-meeting-scheduled", date(2026, 12, 8))
    assert family.all("ms-facilitation-10") == []
    family.happened("facilitation-wanted", MONDAY)
    assert family.one("ms-facilitation-10").due == date(2026, 11, 28)


def test_a_request_of_some_day_of_a_week_holds_the_school_to_the_latest_of_them(family: Family) -> None:
    family.write(Entry(happened_on=MONDAY, about="week", text="I asked.", tags=("evaluation-requested",)))
    found = family.one("ms-evaluation-met-14")
    assert (found.start_from, found.exact) == (date(2026, 11, 29), False)
    assert "The day it started is not exact" in found.remarks[0]


# --- the look-back


def test_a_missed_session_can_be_used_for_a_year_less_a_day(family: Family) -> None:
    family.write(Session(service="speech", on=date(2026, 8, 18), result="missed"))
    found = family.one("complaint-lookback")
    assert (found.due, found.mail_by, found.status) == (date(2027, 8, 17), date(2027, 8, 3), "open")
    assert family.one("due-process-2y").due == date(2028, 8, 17)


@pytest.mark.parametrize(("days", "status"), [(61, "open"), (60, "soon"), (14, "soon"), (0, "soon")])
def test_sixty_days_before_a_fact_leaves_the_window_it_says_so(family: Family, days: int, status: str) -> None:
    family.write(Session(service="speech", on=date(2026, 8, 18), result="missed"))
    assert family.one("complaint-lookback", date(2027, 8, 17) - days * DAY).status == status


def test_a_fact_outside_the_window_is_no_deadline_any_more(family: Family) -> None:
    family.write(Session(service="speech", on=date(2026, 8, 18), result="missed"))
    assert family.all("complaint-lookback", date(2027, 8, 18)) == []


def test_facts_of_one_day_are_one_deadline_and_an_entry_about_a_session_is_that_session(family: Family) -> None:
    told = family.write(Entry(happened_on=MONDAY, type="missed", text="No speech."))
    family.write(Session(service="speech", on=MONDAY, result="missed", entry=told.root))
    family.write(Session(service="ot", on=MONDAY, result="missed"))
    family.write(Entry(happened_on=MONDAY, type="refused", text="No logs for you."))
    assert family.one("complaint-lookback").facts == 3


def test_a_complaint_uses_the_facts_it_names_and_no_others(family: Family) -> None:
    told = family.write(Entry(happened_on=MONDAY, type="missed", text="No speech."))
    family.write(Session(service="speech", on=MONDAY, result="missed", entry=told.root))
    family.write(Session(service="ot", on=MONDAY + DAY, result="missed"))
    family.sent("complaint-filed", on=MONDAY + 7 * DAY, facts=(told.root,))
    first, second = family.all("complaint-lookback", MONDAY + 8 * DAY)
    assert (first.status, second.status) == ("met", "open")


def test_a_day_is_used_up_only_when_all_of_its_facts_are_named(family: Family) -> None:
    one = family.write(Session(service="speech", on=MONDAY, result="missed"))
    other = family.write(Session(service="ot", on=MONDAY, result="missed"))
    family.sent("complaint-filed", on=MONDAY + 7 * DAY, facts=(one.root,))
    assert family.one("complaint-lookback", MONDAY + 8 * DAY).status == "open"
    family.sent("complaint-filed", on=MONDAY + 7 * DAY, facts=(one.root, other.root))
    assert family.one("complaint-lookback", MONDAY + 8 * DAY).status == "met"


def test_a_complaint_sent_in_time_uses_a_fact_only_if_it_arrives_in_time(family: Family) -> None:
    one = family.write(Session(service="speech", on=date(2026, 8, 18), result="missed"))
    last_day = date(2027, 8, 17)
    letter = family.sent("complaint-filed", on=last_day, by="certified", facts=(one.root,))
    assert family.one("complaint-lookback", last_day).status == "soon"
    family.write(Mark(of=letter.root, what="received", on=last_day))
    assert family.one("complaint-lookback", last_day).status == "met"


# --- what wants doing


def test_the_parents_own_wants_doing_from_its_day_to_act_on(family: Family) -> None:
    family.happened("hearing-decided", MONDAY)
    act_by = date(2026, 12, 22)
    assert family.one("appeal", act_by - DAY).wants_doing is False
    assert family.one("appeal", act_by).wants_doing is True


def test_the_schools_wants_doing_only_once_it_is_late(family: Family) -> None:
    family.sent("records-requested")
    assert family.one("records-45", THE_45TH).wants_doing is False
    assert family.one("records-45", THE_45TH + DAY).wants_doing is True


# --- offers


def test_saving_a_call_offers_the_clock_it_may_have_started(family: Family) -> None:
    call = family.write(Entry(happened_on=date(2026, 3, 2), type="call", text="I asked them to evaluate her reading."))
    (offer,) = offers(family.book.case, call, MS)
    assert offer.event.id == "evaluation-requested"
    assert offer.event.letter == "evaluation-request"
    assert [(clock.rule.id, clock.due) for clock in offer.starts] == [("ms-evaluation-met-14", date(2026, 3, 15))]
    family.write(offer.mark)
    assert family.one("ms-evaluation-met-14").due == date(2026, 3, 15)
    assert offers(family.book.case, call, MS) == ()


def test_a_box_of_records_is_asked_about_only_while_records_are_waited_for(family: Family) -> None:
    box = family.write(Entry(happened_on=MONDAY + DAY, type="document", text="A box of records"))
    assert offers(family.book.case, box, MS) == ()
    family.sent("records-requested")
    (offer,) = offers(family.book.case, box, MS)
    assert offer.event.id == "records-received"
    assert (offer.starts, {one.rule.id for one in offer.meets}) == ((), {"records-45", "ferpa-access-45"})
    family.write(offer.mark)
    assert family.one("records-45", MONDAY + DAY).status == "met"


def test_a_letter_that_tells_of_a_meeting_asks_for_its_day(family: Family) -> None:
    notice = family.write(Entry(happened_on=MONDAY, type="letter-in", text="Notice of an IEP meeting"))
    (offer,) = offers(family.book.case, notice, MS)
    assert (offer.event.id, offer.asks_day, offer.starts) == ("iep-meeting-scheduled", True, ())


def test_an_entry_about_nothing_in_the_rules_offers_nothing(family: Family) -> None:
    note = family.write(Entry(happened_on=MONDAY, type="observed", text="She read a page aloud."))
    assert offers(family.book.case, note, MS) == ()


# --- rules that change


def test_a_changed_rule_lists_the_deadlines_it_moved_and_no_others(family: Family) -> None:
    letter = family.sent("records-requested")
    family.sent("concern-sent")
    federal = {**FILES["federal.toml"]}
    federal["rules"] = [
        {**rule, "length": 30} if rule["id"] == "records-45" else rule
        for rule in federal["rules"]
        if rule["id"] != "follow-up-concern"
    ]
    changed = rule_book({**FILES, "federal.toml": federal})
    assert changed.findings == ()
    pairs = moved(family.book.case, MS, changed, MONDAY)
    dates = {pair.before.rule.id: pair.after.due if pair.after else None for pair in pairs if pair.before}
    assert dates == {"records-45": date(2026, 12, 23), "follow-up-concern": None}
    assert [pair.after.no for pair in pairs if pair.after] == [letter.no]
    assert moved(family.book.case, MS, MS, MONDAY) == ()


# --- laws

EVENTS = sorted(MS.events)
HAPPENED = st.lists(st.tuples(st.sampled_from(EVENTS), st.dates(date(2026, 8, 1), date(2027, 3, 1))), max_size=8)


@settings(max_examples=40)
@given(HAPPENED, st.dates(date(2026, 8, 1), date(2028, 1, 1)), st.dates(date(2026, 8, 1), date(2028, 1, 1)))
def test_an_as_of_day_changes_a_status_and_never_a_date(
    happened: list[tuple[str, date]], one: date, other: date
) -> None:
    family = Family()
    for event, on in happened:
        family.happened(event, on)
    dates = [
        {found.key: (found.due, found.latest, found.act_by) for found in deadlines(family.book.case, MS, as_of)}
        for as_of in (one, other)
    ]
    assert all(dates[0][key] == dates[1][key] for key in dates[0].keys() & dates[1].keys())


@settings(max_examples=40)
@given(HAPPENED, st.dates(date(2026, 8, 1), date(2028, 1, 1)))
def test_whatever_happened_no_disputed_or_suggested_date_is_called_late_too_early(
    happened: list[tuple[str, date]], as_of: date
) -> None:
    family = Family()
    for event, on in happened:
        family.happened(event, on)
    for found in deadlines(family.book.case, MS, as_of):
        if found.rule.kind in ("suggested", "standard"):
            assert found.claim_after is None
        if found.rule.kind == "disputed" and found.status in ("overdue", "met-late"):
            assert found.claim_after is not None
            assert found.claim_after < as_of
        assert (found.due is None) == (found.status in ("standard", "on-hold") or not found.rule.readings)


def test_ten_thousand_missed_sessions_make_no_more_rows_than_days(family: Family) -> None:
    days = [TODAY - n * DAY for n in range(50)]
    records: list[Record] = [
        Session(uid=f"s{n}", service="speech", on=days[n % 50], result="missed") for n in range(10_000)
    ]
    case = type(family.book.case)("many", records)
    found = [one for one in deadlines(case, MS, TODAY) if one.rule.id == "complaint-lookback"]
    assert len(found) == 50
    assert sum(one.facts for one in found) == 10_000


def test_a_promise_marked_as_broken_is_no_longer_waited_for(book: Casebook) -> None:
    """It stays in the ledger of promises; the day it named does not stay on the list for ever."""
    (promise,) = book.write(Promise(who="reed", text="call back", made_on=date(2026, 9, 22), by=date(2026, 9, 25)))
    assert [one.waits for one in deadlines(book.case, MS, TODAY) if one.rule.id == "promised-day"] == [True]
    book.write(Mark(of=promise.root, what="broken", on=date(2026, 9, 26)))
    assert [one.waits for one in deadlines(book.case, MS, TODAY) if one.rule.id == "promised-day"] == [False]
