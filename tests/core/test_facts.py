from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from casebook import TODAY, Casebook, case_of

from iepjournal import library
from iepjournal.core.fact import Fact
from iepjournal.core.facts import Before, Offer, fill
from iepjournal.core.records import (
    Child,
    Entry,
    Iep,
    Letter,
    Mark,
    Parent,
    Person,
    Profile,
    Promise,
    School,
    Service,
    Session,
)
from iepjournal.core.services import services
from iepjournal.core.templates import parse_template

WORDS = library.words()


def facts(book: Casebook, **fields: object) -> dict[str, str]:
    offer = Offer(case=book.case, words=WORDS, today=TODAY)
    return {name: fact.value for name, fact in replace(offer, **fields).facts().items()}  # type: ignore[arg-type]


def test_the_family_and_the_school_are_offered_by_name() -> None:
    book = Casebook()
    book.write(
        Profile(
            child=Child(
                name="Maya Bell", birth_date=date(2018, 5, 14), grade="2", address="114 Pecan St, Mill, MS 39999"
            ),
            parent=Parent(name="Renee Bell", phone="601-555-0142", email="r@example.com"),
            school=School(name="Oak Ridge", district="Millbrook"),
        )
    )
    found = facts(book)
    assert (found["child.first"], found["child.born"], found["parent.contact"], found["school.district"]) == (
        "Maya", "May 14, 2018", "601-555-0142 or r@example.com", "Millbrook",
    )  # fmt: skip
    assert found["child.where"] == "Residence address: 114 Pecan St, Mill, MS 39999"


def test_a_homeless_childs_contact_stands_in_place_of_the_address() -> None:
    child = Child(name="Maya", homeless=True, address="old address", contact="c/o her aunt, 601-555-0100")
    book = Casebook()
    book.write(Profile(child=child))
    where = facts(book)["child.where"]
    assert where.endswith("Available contact information: c/o her aunt, 601-555-0100")
    assert "old address" not in where
    book.write(Profile(child=child.replace(contact="")))
    assert facts(book)["child.where"] == ""


def test_chosen_entries_come_in_the_order_they_happened(book: Casebook) -> None:
    later = book.write_one(Entry(happened_on=date(2026, 9, 22), at=time(15, 10), text="third"))
    same_day = book.write_one(Entry(happened_on=date(2026, 9, 22), at=time(9), text="second"))
    first = book.write_one(Entry(happened_on=date(2026, 9, 10), text="first"))
    found = facts(book, chosen=(later, same_day, first))
    assert [line.split(": ")[1].split(".")[0] for line in found["entries.list"].splitlines()] == [
        "first",
        "second",
        "third",
    ]
    assert found["entries.first"] == "September 10, 2026"


def test_services_are_those_the_entries_are_about_else_those_missed_else_all(book: Casebook) -> None:
    assert facts(book)["services.named"] == "speech therapy and occupational therapy"
    missed = book.write_one(Session(service="ot", on=date(2026, 9, 9), result="missed", reason="vacancy"))
    assert missed.service == "ot"
    totals = services(book.case, as_of=TODAY)
    assert facts(book, totals=totals)["services.named"] == "occupational therapy"
    about_speech = book.write_one(Entry(happened_on=date(2026, 9, 10), service="speech", text="x"))
    assert facts(book, totals=totals, chosen=(about_speech,))["services.named"] == "speech therapy"
    about_any = book.write_one(Entry(happened_on=date(2026, 9, 11), text="y"))
    both = facts(book, totals=totals, chosen=(about_speech, about_any))["services.named"]
    assert both == "speech therapy and occupational therapy"


def test_without_an_entry_the_sessions_not_given_tell_what_happened(book: Casebook) -> None:
    book.write(Session(service="ot", on=date(2026, 9, 9), result="missed", reason="vacancy", how="saw"))
    book.write(Session(service="ot", on=date(2026, 9, 16), result="missed", reason="child-absent"))
    totals = services(book.case, as_of=TODAY)
    (line,) = facts(book, totals=totals)["happened.list"].splitlines()
    assert "September 9, 2026" in line
    told = book.write_one(Entry(happened_on=date(2026, 9, 10), text="She told me so"))
    assert "She told me so" in facts(book, totals=totals, chosen=(told,))["happened.list"]


def test_the_iep_and_the_services_are_those_that_hold_today(book: Casebook) -> None:
    book.write(Iep(dated=date(2025, 5, 1)))
    speech = book.case.all(Service)[0]
    old = speech.replace(uid="", words="once a week", start=date(2025, 8, 10), end=date(2026, 8, 9))
    coming = speech.replace(uid="", words="three times a week", start=date(2027, 1, 5))
    ended = Service(handle="pt", name="Physical therapy", start=date(2025, 8, 10), end=date(2026, 5, 20))
    for late in (coming, old, ended):
        book.write(late)
    found = facts(book)
    assert found["iep.date"] == "May 12, 2026"
    assert found["services.list"].splitlines() == [
        "- Speech therapy, 30 minutes, 2 times a week", "- Occupational therapy, 20 minutes, once a week",
    ]  # fmt: skip
    about_then = book.write_one(Entry(happened_on=date(2026, 5, 4), service="pt", text="x"))
    assert facts(book, chosen=(about_then,))["services.named"] == "physical therapy"


def test_figures_are_the_conservative_ones_with_their_sessions(book: Casebook) -> None:
    school = book.write_one(Session(service="ot", on=date(2026, 9, 9), result="missed", reason="vacancy", how="saw"))
    book.write(Session(service="ot", on=date(2026, 9, 16), result="missed", reason="child-absent"))
    totals = services(book.case, as_of=date(2026, 9, 21), since=date(2026, 9, 7))
    offered = Offer(case=book.case, words=WORDS, today=TODAY, totals=totals).facts()
    assert "| Occupational therapy (minutes) |" in offered["totals.table"].value
    assert offered["total.ot.missed"].value == "20"
    assert set(offered["total.ot.missed"].records) > {school.root}
    assert offered["totals.day"].value == "September 21, 2026"
    assert offered["missed.list"].value == (
        "- Wednesday, September 9, 2026: occupational therapy, 20 minutes not given: the position was vacant; "
        f"I saw it myself (Session {school.no})"
    )


def test_figures_are_of_the_services_the_letter_is_about(book: Casebook) -> None:
    about_speech = book.write_one(Entry(happened_on=date(2026, 9, 10), service="speech", text="x"))
    found = facts(book, totals=services(book.case, as_of=TODAY), chosen=(about_speech,))
    assert "Speech" in found["totals.table"]
    assert "Occupational" not in found["totals.table"] + found["unknown.list"]


def test_weeks_without_a_record_are_offered_as_not_known_never_as_missed(book: Casebook) -> None:
    totals = services(book.case, as_of=date(2026, 8, 23))
    found = facts(book, totals=totals)
    assert "- speech therapy: August 10, 2026 to August 23, 2026, 120 minutes" in found["unknown.list"]
    assert found["missed.list"] == ""


def test_what_is_not_known_is_said_in_runs_and_a_run_ends_where_something_is_known(book: Casebook) -> None:
    book.write(
        Service(handle="aide", name="Reading aide", kind="aide", per="day", start=date(2026, 8, 10)),
        Session(service="aide", on=date(2026, 8, 12), result="given"),
        Session(service="speech", on=date(2026, 8, 18), result="given"),
    )
    found = facts(book, totals=services(book.case, as_of=date(2026, 8, 30)))["unknown.list"].splitlines()
    assert found == [
        "- speech therapy: August 10, 2026 to August 16, 2026, 60 minutes",
        "- speech therapy: August 17, 2026 to August 23, 2026, 30 minutes",
        "- speech therapy: August 24, 2026 to August 30, 2026, 60 minutes",
        "- occupational therapy: August 10, 2026 to August 30, 2026, 60 minutes",
        "- reading aide: August 10, 2026 to August 11, 2026, 2 days",
        "- reading aide: August 13, 2026 to August 28, 2026, 12 days",
    ]
    book.write(Session(service="aide", on=date(2026, 8, 10), result="given"))
    after = facts(book, totals=services(book.case, as_of=date(2026, 8, 12)))["unknown.list"]
    assert after == "- reading aide: August 11, 2026, 1 day"


def test_the_figures_are_those_as_written_where_that_is_chosen_and_the_sentence_says_which(book: Casebook) -> None:
    book.write(
        Session(service="ot", on=date(2026, 9, 9), result="missed", reason="vacancy"),
        Session(service="ot", on=date(2026, 9, 16), result="missed", reason="child-absent"),
    )
    totals = services(book.case, as_of=date(2026, 9, 21), since=date(2026, 9, 7))
    offer = Offer(case=book.case, words=WORDS, today=TODAY, totals=totals)
    careful, written = offer.facts(), replace(offer, counted="as_written").facts()
    assert (careful["total.ot.missed"].value, careful["total.ot.missed"].otherwise) == ("20", "40")
    assert (written["total.ot.missed"].value, written["total.ot.missed"].otherwise) == ("40", "20")
    assert careful["totals.how"].value.startswith("These figures are counted conservatively: ")
    assert careful["totals.how"].value.endswith("for a reason of Maya’s or mine.")
    assert written["missed.how"].value.startswith("They are counted as the IEP is written: ")
    assert "my child was absent" in written["missed.list"].value
    assert "my child was absent" not in careful["missed.list"].value


def test_without_totals_no_figure_is_offered(book: Casebook) -> None:
    found = facts(book)
    assert found["totals.table"] == found["missed.list"] == found["unknown.list"] == found["totals.day"] == ""


def test_a_letter_waits_until_it_is_wholly_answered_or_replaced(book: Casebook) -> None:
    def sent(**fields: str) -> Letter:
        letter = book.write_one(Letter(template="x", dated=TODAY, to=("Dr. Lott\nx",), **fields))
        book.write(Mark(of=letter.root, what="sent", on=TODAY))
        return letter

    first, partly, wholly = sent(title="First"), sent(title="Partly"), sent(title="Wholly")
    sent(title="Second", replaces=first.root)
    book.write(
        Mark(of=partly.root, what="replied", on=TODAY, answered=("Please call.",), left_open=("Please write.",)),
        Mark(of=wholly.root, what="replied", on=TODAY),
    )
    assert facts(book)["letters.list"].splitlines() == [
        "- November 24, 2026: “Partly”, to Dr. Lott; answered in part, questions still open: 1",
        "- November 24, 2026: “Second”, to Dr. Lott",
    ]


def test_promises_are_offered_until_they_are_kept_or_waived(book: Casebook) -> None:
    call = book.write_one(Entry(happened_on=date(2026, 11, 23), type="call", text="x"))
    kept, broken, still_open = (
        book.write_one(Promise(who="reed", text=text, made_on=date(2026, 11, 23), entry=call.root))
        for text in ("one", "two", "three")
    )
    book.write(Mark(of=kept.root, what="kept", on=TODAY), Mark(of=broken.root, what="broken", on=TODAY))
    found = facts(book, chosen=(call,))
    numbers = [line.rpartition("(Promise ")[2] for line in found["promises.list"].splitlines()]
    assert numbers == [f"{broken.no}) I have noted that it was not done.", f"{still_open.no})"]
    assert found["talk.promises"] == found["promises.list"]


def test_what_was_promised_about_the_services_of_a_letter_is_quoted_with_what_became_of_it(book: Casebook) -> None:
    about_ot, about_all = book.log("!call @reed %ot About OT", "!call @reed About it all")
    book.write(
        Promise(who="reed", text="too old", made_on=date(2026, 5, 1), by=date(2026, 5, 9), entry=about_all.root),
        Promise(who="reed", text="other service", made_on=date(2026, 9, 1), entry=about_ot.root),
        Promise(who="reed", text="will call", made_on=date(2026, 9, 22), by=date(2026, 9, 25), entry=about_all.root),
    )  # fmt: skip
    speech = book.write_one(Entry(happened_on=date(2026, 9, 10), service="speech", text="x"))
    told = facts(book, chosen=(speech,))["promises.told"]
    assert told.startswith(f"{WORDS.form('promises_lead')}\n\n- On Tuesday, September 22, 2026, Mr. James Reed said")
    assert told.endswith("will call. (Promise 5) That day has passed, and I have no record that it was done.")
    assert "old" not in told
    assert "other" not in told


def test_a_letter_does_without_what_is_optional_and_shows_a_blank_for_the_rest(book: Casebook) -> None:
    template = parse_template(
        "x", '+++\ntitle = "x"\nto = []\nchecked = 2026-11-23\n+++\nOne.\n\n{{promises.told}}\n\nTwo.'
    )
    offered = Offer(case=book.case, words=WORDS, today=TODAY).facts()
    assert fill(template.body(), template, WORDS, offered) == "One.\n\nTwo."
    assert fill("{{promises.list}}", template, WORDS, offered).startswith("[ ")


def test_a_promise_from_a_private_entry_is_private(book: Casebook) -> None:
    private = book.write_one(Entry(happened_on=TODAY, type="call", text="x", private=True))
    book.write(Promise(who="reed", text="secret", made_on=TODAY, entry=private.root))
    assert facts(book)["promises.list"] == ""


def test_a_talk_is_named_with_its_day_time_and_people(book: Casebook) -> None:
    call = book.write_one(
        Entry(happened_on=date(2026, 11, 23), at=time(15, 10), type="call", who=("reed",), text="He said so")
    )
    found = facts(book, chosen=(call,))
    assert (found["talk.kind"], found["talk.day"], found["talk.who"], found["talk.text"]) == (
        "our telephone call", "Monday, November 23, 2026, at 3:10 pm", "Mr. James Reed", "- He said so.",
    )  # fmt: skip


def test_the_letter_before_is_named_by_its_days(book: Casebook) -> None:
    letter = Letter(
        template="x",
        title="The IEP",
        dated=date(2026, 11, 2),
        to=("Dr. Lott\nDirector",),
        reply_by=date(2026, 11, 12),
        text="I am Maya’s mother. Please send me the log.",
    )
    found = facts(book, before=Before(letter=letter, sent_on=date(2026, 11, 3)))
    assert {name.removeprefix("before."): value for name, value in found.items() if name.startswith("before.")} == {
        "title": "The IEP", "to": "Dr. Lott", "day": "November 2, 2026", "sent": "November 3, 2026",
        "reply_by": "November 12, 2026", "waiting": "21 days", "replied": "", "open": "- “Please send me the log.”",
    }  # fmt: skip


def test_names_are_offered_so_that_no_markup_is_read_from_them() -> None:
    case = case_of(Profile(child=Child(name="*Maya* [x](y)"), parent=Parent(name="1. Renee")))
    found = Offer(case=case, words=WORDS, today=TODAY, to=(Person(handle="x", name="# Lott"),)).facts()
    assert (found["child.name"].value, found["parent.name"].value, found["to.greeting"].value) == (
        "\\*Maya\\* [x\\](y)", "1\\. Renee", "\\# Lott",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "remembered"),
    [
        (Fact(name="today", value="now"), []),
        (Fact(name="entry.1", value="x", records=("r",)), ["entry.1"]),
        (Fact(name="entry.1", value="", records=("r",)), []),
        (Fact(name="list", value="x", of=(Fact(name="entry.1", value="x", records=("r",)),)), ["entry.1"]),
    ],
)
def test_what_came_from_records_is_remembered(fact: Fact, remembered: list[str]) -> None:
    assert [kept.name for kept in fact.remembered] == remembered
