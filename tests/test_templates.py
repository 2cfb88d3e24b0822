"""The kit: every template that is there is found, filled from a whole case, checked, printed and read back."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, time
from itertools import product
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, TODAY, Casebook, book_of, case_of

from iepjournal import library, paths
from iepjournal.core.checks import check, facts_only, parts_said
from iepjournal.core.facts import Offer
from iepjournal.core.letters import (
    addressees,
    letter_before,
    new_letter,
    offer_again,
    page_of,
    reply_by,
)
from iepjournal.core.printables import printable_text
from iepjournal.core.records import Child, Entry, Letter, Mark, Parent, Promise, Session
from iepjournal.core.services import services
from iepjournal.core.templates import blanks_in, names_in
from iepjournal.export.blocks import Table, blocks
from iepjournal.export.documents import Document, document_layout
from iepjournal.export.pdf import document_pdf, letter_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.core.case import Case
    from iepjournal.core.fact import Fact
    from iepjournal.core.letters import LetterPage

NAMES = library.template_names()
TEXTS = [
    (name, strength) for name in NAMES for strength in library.template(name).strengths or ("",)
]  # fmt: skip
FILLED_IN = "as agreed on May 4, 2026"
CITATION = re.compile(r"\b(?:\d+ CFR|\d+ Miss\. Code R\.|Miss\. Code) [\dA-Z.-]*\d|Rule \d[\d.]*\d")
SAID = "He said “we are looking for a substitute” and did not know until when"
NOT_OUR_WORDS = (
    "court-admissible", "certified", "minutes owed", "legal advice", "prior written notice", "iep team", "pwn",
)  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Casebook:
    """A case with all that a letter can ask for."""
    book = book_of()
    profile = book.case.profile
    book.write(
        profile.replace(
            child=Child(
                name="Maya Bell",
                birth_date=date(2018, 5, 14),
                grade="2",
                address="114 Pecan Street, Millbrook, MS 39999",
            ),
            parent=Parent(
                name="Renee Bell",
                address="114 Pecan Street, Millbrook, MS 39999",
                phone="601-555-0142",
                email="r@example.com",
            ),
        )
    )
    (call,) = book.write(
        Entry(
            happened_on=date(2026, 11, 23),
            at=time(15, 10),
            type="call",
            who=("reed",),
            service="speech",
            text=SAID,
        )
    )
    book.write(
        Promise(
            who="reed", text="speech starts again", made_on=date(2026, 11, 23), by=date(2026, 11, 30), entry=call.root
        ),
        Session(service="speech", on=date(2026, 9, 10), result="missed", reason="provider-absent", how="child-told"),
    )
    for event in ("records-requested", "complaint-filed", "concern-sent"):
        letter = book.write_one(
            Letter(template="x", title="Request", dated=date(2026, 9, 1), to=("Dr. Ann Lott",), starts=event,
                   reply_by=date(2026, 9, 11), text="Please tell me “when” it starts. I ask for a meeting.")
        )  # fmt: skip
        book.write(Mark(of=letter.root, what="sent", on=date(2026, 9, 2), by="hand"))
    open_ones = ("I ask for a meeting.",)
    book.write(Mark(of=letter.root, what="replied", on=date(2026, 9, 9), answered=("x",), left_open=open_ones))
    return book


Written = "tuple[Letter, Template, LetterPage, dict[str, Fact]]"


@pytest.fixture(scope="module")
def written(book: Casebook) -> Callable[..., Written]:
    """A letter of some template, stored, with what it is checked against."""

    def write(name: str, strength: str = "", *, fill_blanks: bool = True) -> Written:
        template = library.template(name)
        words = library.words(template.lang)
        case = book.case
        chosen = case.entries[:1]
        totals = services(case, as_of=TODAY)
        offer = Offer(
            case=case,
            words=words,
            today=TODAY,
            chosen=chosen,
            to=addressees(template.to, template, case, chosen),
            reply_by=reply_by(template, TODAY),
            before=letter_before(template, case),
            totals=totals,
        )
        given = dict.fromkeys(template.blanks, FILLED_IN) if fill_blanks else {}
        beside = (library.template(template.beside), library.words("en")) if template.beside else None
        letter = book.write_one(new_letter(template, offer, strength=strength, given=given, beside=beside), at=NOW)
        facts = offer_again(letter, book.case, words, TODAY, totals).facts()
        return letter, template, page_of(letter, book.case, words), facts

    return write


def without(page: LetterPage, patterns: tuple[str, ...]) -> LetterPage:
    """The page as one who left a part out would have it."""

    def cut(text: str) -> str:
        text = " ".join(re.sub(r"\\(?=\W)|\*", "", text).split())
        for pattern in patterns:
            while re.search(pattern, text, re.IGNORECASE):
                text = re.sub(pattern, "", text, flags=re.IGNORECASE)
        return text

    return replace(
        page,
        text=cut(page.text),
        sender=tuple(map(cut, page.sender)),
        addressees=tuple(tuple(map(cut, lines)) for lines in page.addressees),
        cc=tuple(map(cut, page.cc)),
    )


def known(pattern: str, facts: dict[str, Fact]) -> str:
    return re.sub(r"\{\{([\w.-]+)\}\}", lambda found: re.escape(facts[found[1]].value.replace("\\", "")), pattern)


def test_the_kit_is_whole() -> None:
    assert set(NAMES) >= {
        "records-request", "service-log-request", "unknown-sessions", "implementation-concern", "confirmation",
        "meeting-summary", "meeting-request", "wpn-demand", "make-up-plan", "compensatory-request", "records-overdue",
        "no-reply", "refused-reply", "evaluation-request", "iee-request", "records-amendment", "facilitation-request",
        "mediation-request", "state-complaint", "complaint-follow-up", "due-process", "thank-you",
        "records-request.es", "implementation-concern.es", "confirmation.es", "meeting-request.es",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "strength"), TEXTS)
def test_it_is_filled_but_for_what_only_the_parent_knows(
    name: str, strength: str, written: Callable[..., Written]
) -> None:
    letter, template, _, _ = written(name, strength, fill_blanks=False)
    own = set(template.blanks.values()) | set(
        library.template(template.beside).blanks.values() if template.beside else ()
    )
    assert {blank[0][2:-2] for blank in blanks_in(letter.text + letter.title)} <= own


@pytest.mark.parametrize(("name", "strength"), TEXTS)
def test_it_passes_its_own_checks(name: str, strength: str, written: Callable[..., Written], book: Casebook) -> None:
    letter, template, _, facts = written(name, strength)
    findings = check(letter, book.case, template, library.words(template.lang), facts, ["Jordan Smith"])
    assert [finding.message for finding in findings if finding.where != "addressee"] == []


@pytest.mark.parametrize(("name", "strength"), TEXTS)
def test_each_part_that_is_left_out_is_missed(name: str, strength: str, written: Callable[..., Written]) -> None:
    _, template, page, facts = written(name, strength)
    for part in template.parts:
        cut = without(page, tuple(known(pattern, facts) for pattern in part.words))
        missing = [said.part.id for said in parts_said(cut, template, facts) if not said.words]
        assert part.id in missing


@pytest.mark.parametrize(("name", "strength"), TEXTS)
def test_its_pdf_reads_back_with_every_part(
    name: str, strength: str, written: Callable[..., Written], words_of: Callable[[bytes], str]
) -> None:
    _, template, page, facts = written(name, strength)
    read_back = replace(page, text=words_of(letter_pdf(page)).replace("•", "-"), sender=(), addressees=(), cc=())
    assert [said.part.id for said in parts_said(read_back, template, facts) if not said.words] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_blank_has_words_that_say_what_to_fill_in(name: str, written: Callable[..., Written]) -> None:
    template = library.template(name)
    _, _, _, facts = written(name)
    labels = {**library.words(template.lang).tables["labels"], **template.blanks}
    texts = (*template.bodies.values(), template.subject, *(part.offer for part in template.parts))
    for asked in {asked for text in texts for asked in names_in(text)}:
        assert asked in labels, asked
        assert asked in facts or asked in template.blanks, asked


@pytest.mark.parametrize("name", NAMES)
def test_the_sentence_offered_for_a_part_says_it(name: str, written: Callable[..., Written]) -> None:
    _, template, page, facts = written(name)
    for part in template.parts:
        if not part.offer or part.cite.startswith("34 CFR 300.503(b)("):
            continue
        offered = re.sub(
            r"\{\{([\w.-]+)\}\}", lambda found: facts[found[1]].value if found[1] in facts else FILLED_IN, part.offer
        )
        said = {found.part.id for found in parts_said(replace(page, text=offered), template, facts) if found.words}
        assert part.id in said, part.id


@pytest.mark.parametrize(("name", "strength"), TEXTS)
def test_it_names_no_rule_whose_text_was_not_read(name: str, strength: str) -> None:
    template = library.template(name)
    read = " ".join(citation.cite for citation in template.citations if citation.confidence == "V")
    for cited in CITATION.findall(template.body(strength)):
        assert cited in read, cited
    for part, cited in product(template.parts, CITATION.findall(" ".join(part.cite for part in template.parts))):
        assert not part.cite or cited in read, cited
    assert all(citation.link.startswith("http") for citation in template.citations)


@pytest.mark.parametrize(("name", "strength"), TEXTS)
def test_it_speaks_as_mississippi_does_and_claims_no_more_than_it_may(name: str, strength: str) -> None:
    text = library.template(name).body(strength).lower()
    assert [phrase for phrase in NOT_OUR_WORDS if phrase in text] == []
    assert not re.search(r"\b(?:law|rule|regulation)s? requires? (?:you|the district|an? (?:reply|answer))", text)


@pytest.mark.parametrize(("name", "strength"), TEXTS)
def test_its_own_words_are_facts_only(name: str, strength: str) -> None:
    template = library.template(name)
    words = library.words(template.lang)
    assert [
        finding.message for finding in facts_only(template.body(strength), words) if finding.where != "undated"
    ] == []


def test_the_events_letters_start_are_those_the_rules_know() -> None:
    events = tomllib.loads((paths.rules() / "events.toml").read_text(encoding="utf-8"))["events"]
    known_events = {event["id"] for event in events}
    for name in NAMES:
        template = library.template(name)
        assert not template.starts or template.starts in known_events, name
        assert template.follows in ("", "talk", "letter", "reply") or template.follows in known_events, name


def test_the_languages_have_the_same_words() -> None:
    english, spanish = library.words("en"), library.words("es")
    assert {table: set(values) for table, values in english.tables.items()} == {
        table: set(values) for table, values in spanish.tables.items()
    }
    for table, values in english.tables.items():
        for key, phrase in values.items():
            used = set(re.findall(r"\{\w*\}", phrase))
            assert set(re.findall(r"\{\w*\}", spanish.tables[table][key])) <= used | {"{day}", "{month}", "{year}"}, key
    assert [remark.kind for remark in english.remarks] == [remark.kind for remark in spanish.remarks]
    assert set(english.stranger) == set(spanish.stranger)


@pytest.mark.parametrize("name", [name for name in NAMES if library.template(name).beside])
def test_a_spanish_letter_has_its_english_text_with_it(name: str, written: Callable[..., Written]) -> None:
    letter, template, _, _ = written(name)
    english, _, _, _ = written(template.beside)
    spanish_text, heading, english_text = letter.text.partition("\n\n# English text of this letter\n\n")
    assert heading
    assert english_text == english.text
    assert "Dear " not in spanish_text
    assert letter.lang == "es-US"


def test_a_homeless_child_needs_no_address_in_a_complaint(book: Casebook) -> None:
    homeless = Child(name="Maya Bell", homeless=True, contact="c/o Aunt May, 601-555-0100")
    own = book_of(record.replace(uid="", prev="", seal="") for record in book.records)
    own.write(own.case.profile.replace(child=homeless))
    template, words = library.template("state-complaint"), library.words()
    case = own.case
    offer = Offer(case=case, words=words, today=TODAY, to=addressees(template.to, template, case))
    letter = own.write_one(new_letter(template, offer))
    residence = [
        said
        for said in parts_said(page_of(letter, own.case, words), template, offer.facts())
        if said.part.id == "residence"
    ]
    assert residence[0].words.endswith("c/o Aunt May, 601-555-0100")
    assert "Pecan" not in letter.text.partition("## Proposed")[0]


SHEETS = library.printable_names()


def test_the_printables_are_there() -> None:
    assert set(SHEETS) >= {"checklist", "scripts", "worksheet", "meeting"}


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("case", [case_of(), None], ids=["empty", "whole"])
def test_a_printable_prints_every_word_for_any_case(
    name: str, case: Case | None, book: Casebook, words_of: Callable[[bytes], str]
) -> None:
    sheet = library.printable(name)
    case = case or book.case
    offer = Offer(case=case, words=library.words(), today=TODAY, totals=services(case, as_of=TODAY))
    text = printable_text(sheet, library.words(), offer.facts())
    assert not blanks_in(text)
    assert "{{" not in text
    document = Document(title=sheet.title, contents=blocks(text), dated=TODAY)
    printed = words_of(document_pdf(document))
    for block in document.contents:
        assert isinstance(block, Table) or set(block.text.split()) <= set(printed.split())


@pytest.mark.parametrize(("name", "pages"), [("worksheet", 1), ("meeting", 1), ("checklist", 2), ("scripts", 2)])
def test_a_sheet_is_as_long_as_it_says(name: str, pages: int, book: Casebook) -> None:
    offer = Offer(case=book.case, words=library.words(), today=TODAY, totals=services(book.case, as_of=TODAY))
    sheet = library.printable(name)
    text = printable_text(sheet, library.words(), offer.facts())
    assert len(document_layout(Document(title=sheet.title, contents=blocks(text), dated=TODAY)).pages) == pages
