from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from casebook import TODAY, Casebook

from iepjournal import library
from iepjournal.core.checks import as_json, check, facts_only, is_ready, parts_said
from iepjournal.core.corrections import amended, strike
from iepjournal.core.facts import Offer
from iepjournal.core.letters import addressees, new_letter, offer_again, page_of
from iepjournal.core.mending import mended
from iepjournal.core.records import Entry, Figure, Letter, Mark, Parent, Session
from iepjournal.core.services import Services, services
from iepjournal.core.templates import Template, parse_template

if TYPE_CHECKING:
    from iepjournal.core.findings import Finding

WORDS = library.words()
TEMPLATE = """+++
title = "A letter"
to = ["Special Education Director"]
checked = 2026-11-23
questions = []

[[parts]]
id = "child"
title = "the child’s name"
level = "stop"
words = ['\\b{{child.name}}\\b']
cite = "34 CFR 300.153(b)(4)"

[[parts]]
id = "born"
title = "the date of birth"
level = "stop"
words = ['\\bborn {{child.born}}']

[[parts]]
id = "thanks"
title = "thanks"
level = "warn"
words = ['\\bthank you\\b', '\\bthanks\\b']
offer = "Thank you, {{to.greeting}}."
+++
"""


def template(body: str = "x", front: str = TEMPLATE) -> Template:
    return parse_template("a-letter", front + body)


def checked(book: Casebook, letter: Letter, others: tuple[str, ...] = (), front: str = TEMPLATE) -> tuple[Finding, ...]:
    facts = offer_again(letter, book.case, WORDS, TODAY).facts()
    return check(letter, book.case, template(front=front), WORDS, facts, others)


def draft(book: Casebook, text: str, **fields: Any) -> Letter:
    return book.write_one(Letter(**{"template": "a-letter", "dated": TODAY, "text": text, **fields}))


def remarks(text: str) -> list[tuple[str, str]]:
    return [(finding.where, finding.message.split("”")[0].lstrip("“")) for finding in facts_only(text, WORDS)]


def test_a_part_is_found_in_any_of_its_words_wherever_the_lines_break(book: Casebook) -> None:
    letter = draft(book, "About **Maya\nBell**. Many thanks.")
    said = parts_said(
        page_of(letter, book.case, WORDS), template(), offer_again(letter, book.case, WORDS, TODAY).facts()
    )
    assert [(found.part.id, found.words) for found in said] == [
        ("child", "Maya Bell"),
        ("born", ""),
        ("thanks", "thanks"),
    ]


def test_a_missing_part_the_law_asks_for_stops_and_a_useful_one_warns_with_its_sentence(book: Casebook) -> None:
    found = {finding.where: finding for finding in checked(book, draft(book, "Hello."))}
    assert (found["child"].level, found["child"].citation) == ("stop", "34 CFR 300.153(b)(4)")
    assert found["thanks"].level == "warn"
    assert found["thanks"].suggestion == "Thank you, [ whom you write to ]."


def test_a_part_made_of_what_the_case_does_not_know_is_never_met(book: Casebook) -> None:
    assert "born" in [finding.where for finding in checked(book, draft(book, "Maya Bell, born , thanks"))]


def test_blanks_stop_wherever_they_are(book: Casebook) -> None:
    letter = draft(book, "Maya Bell\n\n[ the day ] and [Exhibit A]", title="About [ what ]", cc=("[ who ]",))
    messages = [finding.message for finding in checked(book, letter) if finding.where == "blank"]
    assert messages == [
        "Not filled in: the day (line 3).", "Not filled in: what (the subject).", "Not filled in: who (the copies).",
    ]  # fmt: skip
    assert not is_ready(checked(book, letter))


def test_what_lies_further_back_than_a_letter_reaches_is_named_sessions_too(book: Casebook) -> None:
    front = TEMPLATE.replace("questions = []", "questions = []\nlook_back_years = 1")
    old = book.write_one(Entry(happened_on=date(2025, 11, 24), text="No speech."))
    sessions = [
        book.write_one(Session(service="speech", on=date.fromisoformat(on), result="missed", how="saw"))
        for on in ("2025-10-02", "2025-11-24", "2025-11-25")
    ]
    counted = Figure(name="missed.list", value="", records=tuple(session.root for session in sessions))
    letter = draft(book, "x", facts=(old.root,), figures=(counted,))
    messages = [found.message for found in checked(book, letter, front=front) if found.where == "look-back"]
    assert messages == [
        f"Entry {old.no} lies too far back: it had to arrive by Mon Nov 23, 2026.",
        "Sessions up to Mon Nov 24, 2025 lie too far back (2 of those it counts): "
        "it had to arrive by Mon Nov 23, 2026.",
    ]
    assert "look-back" not in [found.where for found in checked(book, letter)]


def test_a_letter_nobody_signs_stops_and_one_without_return_address_warns(book: Casebook) -> None:
    letter = draft(book, "x")
    assert ("return address", "warn") in [(found.where, found.level) for found in checked(book, letter)]
    book.write(book.case.profile.replace(parent=Parent()))
    assert [found.level for found in checked(book, letter) if "nobody signs" in found.message] == ["stop"]


def test_the_child_of_another_case_stops_even_in_the_address(book: Casebook) -> None:
    others = ("Jordan Smith", "Maya Bell", "")
    letter = draft(book, "About JORDAN  SMITH and Maya Bell.")
    assert [found.message for found in checked(book, letter, others) if found.where == "another child"] == [
        "It names Jordan Smith, the child of another case."
    ]
    in_address = draft(book, "About Maya Bell.", to=("Jordan Smith",))
    assert "another child" in [found.where for found in checked(book, in_address, others)]
    assert "stop" not in [
        found.level for found in checked(book, draft(book, "Jordan Smithson"), others) if found.where == "another child"
    ]


def test_the_first_name_of_another_child_is_asked_about_because_it_may_be_a_word(book: Casebook) -> None:
    for text in ("May was absent in May.", "Will she be back?"):
        (found,) = [
            found
            for found in checked(book, draft(book, text), ("May Lee", "Will Poe"))
            if found.where == "another child"
        ]
        assert (found.level, bool(found.key)) == ("warn", True)
    quiet = checked(book, draft(book, "she may come, and will."), ("May Lee", "Will Poe", "Maya Jones"))
    assert "another child" not in [found.where for found in quiet]


def test_what_stops_comes_first(book: Casebook) -> None:
    levels = [finding.level for finding in checked(book, draft(book, "You never care. [ x ]"))]
    assert levels == sorted(levels, key=lambda level: level != "stop")
    assert set(levels) == {"stop", "warn"}


def test_the_parent_may_let_a_remark_stand_but_no_stop(book: Casebook) -> None:
    letter = draft(book, "Maya Bell never. [ x ] Thank you.")
    found = checked(book, letter)
    keys = tuple(finding.key for finding in found if finding.key)
    left = checked(book, letter.replace(allowed=keys))
    assert [finding.where for finding in left] == [finding.where for finding in found if finding.level == "stop"]
    assert left


def test_the_json_says_whether_it_is_ready_and_why_not(book: Casebook) -> None:
    letter = draft(book, "Hello. Thank you.")
    shape = as_json(letter, [finding for finding in checked(book, letter) if finding.where == "child"])
    assert shape == {
        "letter": letter.no,
        "ready": False,
        "findings": [
            {
                "level": "stop",
                "part": "child",
                "citation": "34 CFR 300.153(b)(4)",
                "message": "It does not say: the child’s name.",
            }
        ],
        "parts": [],
        "stranger": [],
        "spelling": [],
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("You don’t care about Maya.", "motive"),
        ("It was done on purpose.", "motive"),
        ("She is incompetent.", "insult"),
        ("Fix this or else.", "threat"),
        ("I will see you in court.", "threat"),
        ("Your so-called plan.", "sarcasm"),
        ("Speech is never given.", "always-never"),
        ("This is illegal.", "verdict"),
        ("DO NOT IGNORE this.", "capitals"),
        ("The aide did not come.", "undated"),
    ],
)
def test_words_that_weaken_a_letter_are_flagged_with_their_kind(text: str, kind: str) -> None:
    assert [found for found, _ in remarks(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The district failed to implement the IEP: on May 5, 2026 nobody came.",
        "On May 5 she told me: “You never care, LIAR, or else.”",
        'She told me on May 5: "DO NOT come, it is always like that"',
        "> never\n> always",
        "The IEP and FAPE under IDEA, FERPA and MDE rules. 34 CFR 300.153. IEPs.",
        "On 9/10 the aide did not come.",
        "The aide did not come (Entry 12).",
        "Why did it not take place? If it was not held, I ask why it was not. Please send what was not sent.",
        "These did not take place:",
        "Please tell me what was not given: [ each date ]",
        "Motivation and believing, nevertheless; a jokester and a flyer about criminology.",
    ],
)
def test_facts_quotes_acronyms_and_legal_words_are_let_through(text: str) -> None:
    assert remarks(text) == []


def test_a_date_in_one_item_does_not_support_the_next() -> None:
    assert remarks("- On May 5 she did not come.\n- He said so.\n\nOn May 6 he said\nso again.") == [
        ("undated", "said")
    ]


def test_a_date_in_what_introduces_a_list_supports_its_items() -> None:
    said = "{}\n\n- She said so.\n- He did not come.\n\nHe refused."
    assert remarks(said.format("We spoke on May 5, and this is what I understood:")) == [("undated", "refused")]
    assert len(remarks(said.format("We spoke on May 5."))) == 3


def test_each_paragraph_of_a_letter_in_two_languages_is_looked_at_in_its_own() -> None:
    spanish = library.words("es")
    text = (
        "La terapia de mi hija nunca fue; no se dio.\n\nElla dijo que sí a la terapia.\n\n# English text of this\n\n"
        "She was never there, and it was a joke.\n\nThe aide did not come."
    )
    assert [(found.where, found.line) for found in facts_only(text, spanish)] == [
        ("always-never", 1), ("undated", 1), ("insult", 7), ("always-never", 7), ("undated", 9),
    ]  # fmt: skip
    english = {remark.kind: remark.reason for remark in spanish.remarks}
    assert english["insult"] in next(found.message for found in facts_only(text, spanish) if found.line == 7)


def test_a_remark_gives_its_line_and_its_reason() -> None:
    (finding,) = facts_only("One.\n\nIt is always so.", WORDS)
    assert finding.line == 3
    assert finding.message == "“always” (line 3) is undone by a single exception; give the dates instead."


def test_a_question_the_letter_has_to_answer_is_asked(book: Casebook) -> None:
    front = TEMPLATE.replace("questions = []", 'questions = ["asked", "by_when"]')
    messages = [found.message for found in checked(book, draft(book, "Please help."), front=front)]
    assert [message for message in messages if "stranger" in message] == ["A stranger would ask: By when?"]


def test_an_addressee_who_is_only_a_role_is_said(book: Casebook) -> None:
    letter = draft(book, "x", to=("Special Education Director\nMillbrook School District",))
    assert "addressee" in [found.where for found in checked(book, letter)]
    named = draft(book, "x", to=("Dr. Ann Lott\nSpecial Education Director",))
    assert "addressee" not in [found.where for found in checked(book, named)]


def test_silence_is_not_said_before_the_day_they_were_asked_to_answer_by(book: Casebook) -> None:
    follows = TEMPLATE.replace("questions = []", 'questions = []\nfollows = "letter"')
    asked = draft(book, "x", reply_by=TODAY)
    early = draft(book, "x", answers=asked.root)
    (finding,) = [found for found in checked(book, early, front=follows) if found.where == "too early"]
    assert finding.message == f"Letter {asked.no} asked for an answer by Tue Nov 24, 2026; that has not passed."
    later = draft(book, "x", answers=asked.root, dated=date(2026, 11, 25))
    assert "too early" not in [found.where for found in checked(book, later, front=follows)]


@pytest.fixture
def told(book: Casebook) -> Entry:
    return book.write_one(Entry(happened_on=TODAY, type="child-said", text="No speech."))


@pytest.fixture
def letter(book: Casebook, told: Entry) -> Letter:
    made_from = template("{{entries.list}}")
    to = addressees(made_from.to, made_from, book.case)
    offer = Offer(case=book.case, words=WORDS, today=TODAY, chosen=(told,), to=to)
    return book.write_one(new_letter(made_from, offer))


def moved(book: Casebook, letter: Letter) -> list[Finding]:
    return [finding for finding in checked(book, letter) if finding.where == "moved"]


def test_a_letter_as_it_was_written_has_not_moved(book: Casebook, letter: Letter) -> None:
    assert moved(book, letter) == []


def test_a_figure_that_moved_is_said_with_what_the_journal_says_now(
    book: Casebook, told: Entry, letter: Letter
) -> None:
    book.write(amended(book.case, told, {"text": "No speech, no OT."}, "misheard"))
    (finding,) = moved(book, letter)
    assert finding.message.startswith(f"Entry {told.no}: the letter says “On Tuesday,")
    assert "No speech, no OT." in finding.message
    assert finding.suggestion.endswith(f"No speech, no OT. (Entry {told.no})")


def test_a_fact_that_was_struck_is_said(book: Casebook, told: Entry, letter: Letter) -> None:
    book.write(strike(book.case, told, "wrong day"))
    (finding,) = moved(book, letter)
    assert finding.message.endswith("the journal no longer does.")


def test_what_the_parent_took_out_of_the_text_does_not_move(book: Casebook, told: Entry, letter: Letter) -> None:
    mine = book.write_one(amended(book.case, letter, {"text": "In my own words."}, "shorter"))
    book.write(amended(book.case, told, {"text": "Other."}, "misheard"))
    assert moved(book, mine) == []


@pytest.mark.parametrize(
    ("counted", "moves", "otherwise"),
    [
        ("conservative", "“20”; the journal now says “40”", "Counted as the IEP is written it says “60”."),
        ("as_written", "“40”; the journal now says “60”", "Counted conservatively it says “40”."),
    ],
)
def test_a_figure_moves_by_the_way_it_is_counted_and_the_other_way_is_said(
    book: Casebook, counted: str, moves: str, otherwise: str
) -> None:
    def missed(day: int, reason: str) -> None:
        book.write(Session(service="ot", on=date(2026, 9, day), result="missed", reason=reason))

    def totals() -> Services:
        return services(book.case, as_of=date(2026, 9, 27))

    missed(9, "vacancy")
    missed(16, "child-absent")
    made_from = template("{{total.ot.missed}} minutes")
    offer = Offer(case=book.case, words=WORDS, today=TODAY, totals=totals(), counted=counted)
    letter = book.write_one(new_letter(made_from, offer))
    missed(23, "vacancy")
    facts = offer_again(letter, book.case, WORDS, TODAY, totals()).facts()
    (finding,) = (one for one in check(letter, book.case, made_from, WORDS, facts) if one.where == "moved")
    assert moves in finding.message
    assert finding.message.endswith(otherwise)
    after = mended(letter.text, finding, letter, made_from)
    assert after is not None
    assert after.text.split()[0] == finding.suggestion


def test_a_sent_letter_keeps_the_figures_it_was_sent_with(book: Casebook, told: Entry, letter: Letter) -> None:
    book.write(Mark(of=letter.root, what="sent", on=TODAY))
    book.write(amended(book.case, told, {"text": "Other."}, "misheard"))
    assert moved(book, letter) == []
