"""Claims: what the journal shows, the two counts, and what never becomes a claim by itself."""

from __future__ import annotations

from datetime import date

import pytest
from casebook import TODAY
from packetbook import attached, complaint, complete_book, decision_14_034, missed, packed

from iepjournal.core.choices import changed_claim, claim_numbered
from iepjournal.core.iep import fixed, service_versions
from iepjournal.core.records import Entry, Letter, Mark, Promise
from iepjournal.errors import NotAllowed


def test_decision_14_034_claims_13_conservatively_and_19_as_written_and_says_which_is_which() -> None:
    made = packed(decision_14_034())
    (claim,) = made.claims
    assert "as the IEP is written: 19 sessions not given" in claim.statement
    assert "Counted conservatively: 13 sessions (325 minutes)" in claim.statement
    assert "leaves out 6 sessions: my child was absent (6)" in claim.statement
    assert "rests on the conservative count" in claim.statement


def test_a_claim_speaks_of_no_day_before_the_service_began() -> None:
    book = complete_book()
    missed(book, "2026-09-10")
    (version,) = service_versions(book.case)["speech"]
    book.write(fixed(version, "as printed", start=date(2026, 8, 13)))
    assert "In the time from August 13, 2026 to " in packed(book).claims[0].statement


def test_the_facts_of_decision_14_034_are_the_13_of_the_conservative_count() -> None:
    made = packed(decision_14_034())
    assert len(made.claims[0].events) == 13
    assert all(event.record.reason == "provider-absent" for event in made.claims[0].events)  # type: ignore[union-attr]


def test_what_only_the_child_missed_is_no_claim() -> None:
    book = complete_book()
    missed(book, "2026-09-10", "child-absent")
    assert packed(book).claims == ()


def test_what_nobody_knows_is_no_claim() -> None:
    assert packed(complete_book()).claims == ()


def test_an_entry_tells_of_the_session_drawn_from_it() -> None:
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech No speech today.")
    missed(book, "2026-09-10", entry=entry.uid)
    (event,) = packed(book).claims[0].events
    assert event.number == f"Entry {entry.no}"
    assert "30 minutes of speech therapy not given: the provider was absent" in event.text


def test_a_session_drawn_from_a_private_entry_stays_out_of_facts_and_figures() -> None:
    book = complete_book()
    (entry,) = book.write(Entry(happened_on=date(2026, 9, 10), text="I am tired.", private=True))
    missed(book, "2026-09-10", entry=entry.uid)
    missed(book, "2026-09-15")
    made = packed(book)
    assert len(made.claims[0].events) == 1
    assert "1 session not given" in made.claims[0].statement


def test_facts_older_than_a_year_before_receipt_stand_apart_as_background() -> None:
    book = complete_book()
    book.write(Entry(happened_on=date(2025, 11, 29), type="observed", service="speech", text="No speech that day."))
    book.write(Entry(happened_on=date(2025, 11, 30), type="observed", service="speech", text="None again."))
    missed(book, "2026-09-15")
    made = packed(book)
    assert made.window == (date(2025, 11, 30), date(2026, 11, 29))
    assert [event.on for event in made.claims[0].background] == [date(2025, 11, 29)]
    assert made.claims[0].events[0].on == date(2025, 11, 30)
    before, _, after = made.letter.text.partition("## Background")
    assert "No speech that day." in after
    assert "No speech that day." not in before


def test_records_not_given_in_time_are_a_claim_with_the_request_as_its_fact() -> None:
    book = complete_book()
    letter = book.write_one(
        Letter(template="records-request", title="Request for records", dated=date(2026, 9, 1),
               to=("Dr. Ann Lott",), text="Please.", starts="records-requested")
    )  # fmt: skip
    book.write(Mark(of=letter.root, what="sent", on=date(2026, 9, 1), by="e-mail", sha256="a" * 64))
    (claim,) = packed(book).claims
    assert claim.claim.kind == "records-not-given"
    assert "On September 1, 2026 I asked" in claim.statement
    assert "The last day for that was October 16, 2026." in claim.statement
    assert [event.number for event in claim.events] == [f"Letter {letter.no}"]


def test_a_deadline_that_is_still_open_is_no_claim() -> None:
    book = complete_book()
    letter = book.write_one(Letter(template="records-request", dated=TODAY, starts="records-requested"))
    book.write(Mark(of=letter.root, what="sent", on=TODAY, by="e-mail"))
    assert packed(book).claims == ()


@pytest.mark.parametrize(("came", "kinds"), [(False, ["no-notice"]), (True, [])])
def test_a_refusal_is_a_claim_until_written_prior_notice_came(came: bool, kinds: list[str]) -> None:
    book = complete_book()
    book.log("11/2 !refused @lott She said there will be no aide.")
    if came:
        book.log("11/9 !letter-in #wpn Written Prior Notice about the aide.")
    assert [claim.claim.kind for claim in packed(book).claims] == kinds


def test_a_promise_whose_day_has_passed_is_a_claim() -> None:
    book = complete_book()
    (call,) = book.log("11/2 !call @reed He called back.")
    book.write(
        Promise(who="reed", text="a substitute", made_on=date(2026, 11, 2), by=date(2026, 11, 9), entry=call.uid)
    )
    (claim,) = packed(book).claims
    assert claim.claim.kind == "promise-broken"
    assert "Mr. James Reed said, for November 9, 2026: a substitute." in claim.events[0].sentence


def test_a_promise_that_is_not_about_services_is_none() -> None:
    book = complete_book()
    book.write(Promise(who="reed", text="will call back", made_on=date(2026, 11, 2), by=date(2026, 11, 9)))
    assert packed(book).claims == ()


def test_each_proposal_stands_once_with_the_claims_it_is_for() -> None:
    book = complete_book()
    missed(book, "2026-09-15")
    missed(book, "2026-09-16", service="ot")
    proposals = packed(book).proposals
    text, claims = proposals[1]
    assert len(proposals) == 3
    assert "30 minutes of speech therapy and 20 minutes of occupational therapy, counted conservatively" in text
    assert claims == "Claim 1 and Claim 2"


def test_facts_are_taken_out_of_a_claim_and_put_back() -> None:
    book = complete_book()
    first, second = missed(book, "2026-09-15"), missed(book, "2026-09-17")
    made = packed(book)
    changed = changed_claim(made, claim_numbered(made, "1"), drop=[str(first.no)])
    assert changed is not None
    book.write(changed)
    left = complaint(book)
    assert [event.number for event in left.claims[0].events] == [f"Session {second.no}"]
    again = changed_claim(left, claim_numbered(left, "1"), add=["all"])
    assert again is not None
    assert set(again.facts) == {first.uid, second.uid}


def test_a_private_entry_cannot_be_made_a_fact() -> None:
    book = complete_book()
    secret = book.write_one(Entry(happened_on=TODAY, text="So tired.", private=True))
    missed(book, "2026-09-15")
    made = packed(book)
    with pytest.raises(NotAllowed, match="private"):
        changed_claim(made, claim_numbered(made, "1"), add=[str(secret.no)])


def test_a_file_of_a_fact_shows_it() -> None:
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech No speech today.")
    missed(book, "2026-09-10", entry=entry.uid)
    attached(book, entry, "slp-log.pdf")
    made = packed(book)
    assert [one.exhibit.handle for one in made.exhibits] == ["slp-log"]
    assert "See [[ex:slp-log]]." in made.letter.text
