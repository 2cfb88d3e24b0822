"""The contents check: passes a packet with all parts, fails each copy without one, and points at the holes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from casebook import TODAY, Casebook
from packetbook import KIT, WHOLE, attached, complaint, complete_book, missed, packed

from iepjournal.core.choices import added_claim, with_name
from iepjournal.core.contents import as_json, check, parts_of
from iepjournal.core.records import Child, Datapoint, Entry, Goal, Parent, ProgressReport, School

if TYPE_CHECKING:
    from iepjournal.core.findings import Finding
    from iepjournal.core.packet import Complaint

REQUIRED = tuple(part.id for part in KIT.complaint.parts if part.level == "stop")


def whole() -> Casebook:
    """A journal whose packet has all parts."""
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech No speech today.")
    missed(book, "2026-09-10", entry=entry.uid)
    attached(book, entry, "slp-log.pdf")
    packed(book, effect="On October 16, 2026 the report card said that Maya's speech goal was not measured.")
    return book


def found(made: Complaint, where: str, other_children: tuple[str, ...] = ()) -> list[Finding]:
    return [finding for finding in check(made, TODAY, other_children).findings if finding.where == where]


def test_a_packet_with_all_parts_passes() -> None:
    contents = check(complaint(whole()), TODAY)
    assert contents.ready
    assert contents.findings == ()
    assert all(said.words for said in contents.parts)


def test_the_rules_own_items_are_all_required() -> None:
    cited = {part.cite for part in KIT.complaint.parts if part.id in REQUIRED}
    items = ("(b)(1)", "(b)(2)", "(b)(3)", "(b)(4)(i)", "(b)(4)(ii)", "(b)(4)(iv)", "(d)")
    assert all(any(item in cite for cite in cited) for item in items)


WITHOUT: dict[str, dict[str, Any]] = {
    "contact": {"parent": Parent(name="Renee Bell")},
    "signature": {"parent": Parent(phone="601-555-0142")},
    "child": {"child": Child(address="114 Pecan Street, Millbrook, MS 39999")},
    "residence": {"child": Child(name="Maya Bell")},
    "school": {"school": School(district="Millbrook School District")},
    "copy": {"school": School(name="Oak Ridge Elementary School")},
}


@pytest.mark.parametrize("part", WITHOUT)
def test_what_the_case_does_not_know_is_missing_and_stops(part: str) -> None:
    book = whole()
    book.write(WHOLE.replace(**WITHOUT[part]))
    missing = [finding for finding in check(complaint(book), TODAY).findings if finding.where == part]
    assert [finding.level for finding in missing] == ["stop"]
    assert missing[0].citation.startswith("34 CFR 300.153(")


@pytest.mark.parametrize("part", REQUIRED)
def test_a_copy_with_the_words_of_one_part_removed_fails_by_that_part(part: str) -> None:
    made = complaint(whole())
    page = made.page(made.label_of)
    said = {one.part.id: one.words for one in parts_of(made, page)}
    gap = r"(?:\s|\*)+"
    pattern = gap.join(map(re.escape, said[part].split()))
    cut = replace(page, text=re.sub(pattern, "", page.text))
    assert part not in {one.part.id for one in parts_of(made, cut) if one.words}


def test_without_claims_the_problem_the_facts_the_year_and_a_resolution_are_missing() -> None:
    book = whole()
    book.write(complaint(book).packet.revised(claims=()))
    contents = check(complaint(book), TODAY)
    missing = {said.part.id for said in contents.parts if not said.words}
    assert missing == {"problem", "facts", "year", "resolution", "documents"}
    assert not contents.ready


def test_what_is_older_than_the_year_is_no_fact_a_complaint_can_rest_on() -> None:
    """34 CFR 300.153(b)(2) and (c): background and letters carry dates too, and meet neither."""
    book = complete_book()
    (old,) = book.log("9/10/2025 !missed %speech No speech today.")
    made = packed(book)
    book.write(*added_claim(made, "other", "", "own"))
    made = complaint(book)
    book.write(made.claims[0].claim.revised(text="The aide was taken away.", facts=(old.uid,)))
    made = complaint(book)
    assert "On Wednesday, September 10, 2025" in made.letter.text
    missing = {said.part.id for said in check(made, TODAY).parts if not said.words}
    assert {"facts", "year"} <= missing


def test_a_fact_of_a_week_is_a_fact_too() -> None:
    book = complete_book()
    book.write(Entry(happened_on=date(2026, 9, 7), about="week", type="missed", service="speech", text="None."))
    missed(book, "2026-09-10")
    made = packed(book)
    book.write(made.claims[0].claim.revised(facts=(book.case.entries[0].root,)))
    made = complaint(book)
    (facts,) = [said for said in check(made, TODAY).parts if said.part.id == "facts"]
    assert facts.words in made.letter.text


def test_the_effect_is_asked_for_with_what_the_journal_knows_of_progress() -> None:
    book = complete_book()
    book.write(
        Goal(handle="reading", text="60 words a minute"),
        Datapoint(goal="reading", on=TODAY - timedelta(days=80), value="40 words"),
        Datapoint(goal="reading", on=TODAY - timedelta(days=40), value="41 words"),
        ProgressReport(due_on=TODAY - timedelta(days=39)),
        ProgressReport(due_on=TODAY + timedelta(days=39)),
    )
    (asked,) = found(packed(book), "effect")
    assert "reading: 40 words on Sat Sep 5, then 41 words on Thu Oct 15" in asked.suggestion
    assert "progress report due Fri Oct 16: not received" in asked.suggestion
    assert "Sat Jan 2" not in asked.suggestion


def test_an_empty_resolution_is_asked_for_and_not_demanded() -> None:
    book = whole()
    made = complaint(book)
    book.write(made.claims[0].claim.revised(asks=()))
    contents = check(complaint(book), TODAY)
    (asked,) = [finding for finding in contents.findings if finding.where == "resolution"]
    assert asked.level == "warn"
    assert asked.suggestion
    assert contents.ready


def test_a_homeless_child_needs_contact_information_and_no_address() -> None:
    book = whole()
    book.write(WHOLE.replace(child=Child(name="Maya Bell", homeless=True, contact="601-555-0142, ask for Renee")))
    made = complaint(book)
    assert check(made, TODAY).ready
    assert "Available contact information: 601-555-0142, ask for Renee" in made.letter.text
    book.write(WHOLE.replace(child=Child(name="Maya Bell", homeless=True, address="114 Pecan Street")))
    assert [finding.where for finding in check(complaint(book), TODAY).findings if finding.level == "stop"] == [
        "residence"
    ]


def test_a_reference_that_leads_nowhere_stops() -> None:
    book = whole()
    book.write(complaint(book).packet.revised(effect="See [[entry 99]] and [[ex:slp-log]] and [[ex:nothing]]."))
    broken = found(complaint(book), "reference")
    assert [finding.level for finding in broken] == ["stop", "stop"]
    assert ["[[entry 99]]" in broken[0].message, "[[ex:nothing]]" in broken[1].message] == [True, True]


def test_a_blank_that_only_the_parent_can_fill_stops() -> None:
    book = whole()
    made = complaint(book)
    book.write(made.claims[0].claim.revised(asks=("reimbursement",)))
    assert [finding.level for finding in found(complaint(book), "blank")] == ["stop"]


def test_a_fact_without_a_document_is_a_hole_and_one_of_the_childs_word_alone_is_marked() -> None:
    book = complete_book()
    (told,) = book.log("9/10 !child-said %speech No speech today.")
    missed(book, "2026-09-10", entry=told.uid)
    made = packed(book)
    bare, alone = [finding.message for finding in found(made, "claim 1")]
    assert bare == f"Claim 1: 1 of 1 facts have no document: Entry {told.no}."
    assert alone == f"Claim 1: resting on the child’s word alone: Entry {told.no}."


def test_a_document_takes_the_mark_of_the_childs_word_away() -> None:
    book = complete_book()
    (told,) = book.log("9/10 !child-said %speech No speech today.")
    missed(book, "2026-09-10", entry=told.uid)
    attached(book, told)
    assert found(packed(book), "claim 1") == []


def test_what_the_journal_learned_since_is_offered_and_not_taken_in_unasked() -> None:
    book = whole()
    later = missed(book, "2026-09-15")
    made = complaint(book)
    assert [f"Session {later.no}" in finding.message for finding in found(made, "claim 1")] == [True]
    assert f"Session {later.no}" not in made.letter.text


def test_names_of_nobody_in_the_case_are_shown_until_they_are_settled() -> None:
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech Liam sat in Maya's chair. Mrs. Otto's daughter saw it.")
    missed(book, "2026-09-10", entry=entry.uid)
    made = packed(book)
    assert [re.findall("“(.*?)”", finding.message)[0] for finding in found(made, "names")] == ["Liam", "Mrs. Otto"]
    book.write(with_name(made.packet, "Liam", "Student B"))
    settled = complaint(book)
    assert "Student B sat in Maya's chair" in settled.letter.text
    assert "Liam" not in settled.letter.text
    assert len(found(settled, "names")) == 1


def test_the_child_of_another_case_stops() -> None:
    book = complete_book()
    book.log("9/10 !missed %speech Ben Ott had speech, Maya did not.")
    missed(book, "2026-09-15")
    made = packed(book)
    assert [finding.level for finding in found(made, "another child", ("Ben Ott", "Maya Bell"))] == ["stop"]


def test_minutes_counted_like_a_debt_are_remarked_on() -> None:
    book = whole()
    book.write(complaint(book).packet.revised(effect="They have 405 minutes owed to her since October 1, 2026."))
    assert [finding.level for finding in found(complaint(book), "wording")] == ["warn"]


def test_nothing_the_program_writes_itself_counts_minutes_like_a_debt() -> None:
    assert found(complaint(whole()), "wording") == []


def test_a_packet_of_yesterday_says_so() -> None:
    made = complaint(whole())
    assert [finding.where for finding in check(made, TODAY + timedelta(days=1)).findings] == ["date"]


def test_a_remark_that_may_stand_is_left_out() -> None:
    book = whole()
    book.write(complaint(book).packet.revised(effect=""))
    (remark,) = found(complaint(book), "effect")
    book.write(complaint(book).packet.revised(allowed=(remark.key,)))
    assert found(complaint(book), "effect") == []


def test_private_entries_are_in_no_line_of_the_packet() -> None:
    book = whole()
    book.write(Entry(happened_on=TODAY, type="observed", service="speech", text="So tired of them.", private=True))
    made = complaint(book)
    assert "So tired" not in made.letter.text
    assert not any("So tired" in event.text for event in made.chronology)


def test_the_shape_for_programs() -> None:
    made = complaint(whole())
    shape = as_json(made, check(made, TODAY), {"violation": 3})
    assert {name: shape[name] for name in ("packet", "ready", "window", "findings")} == {
        "packet": made.packet.no, "ready": True, "window": ["2025-11-30", "2026-11-29"], "findings": [],
    }  # fmt: skip
    assert shape["parts"][0] == {
        "part": "violation",
        "title": "a statement that the district violated a requirement of Part B of IDEA",
        "citation": "34 CFR 300.153(b)(1)",
        "met": True,
        "words": "has violated a requirement of Part B",
        "page": 3,
    }
