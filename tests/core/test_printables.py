from __future__ import annotations

from casebook import TODAY, Casebook

from iepjournal import library
from iepjournal.core.facts import Offer
from iepjournal.core.printables import TO_WRITE_ON, printable_text
from iepjournal.core.templates import parse_template

WORDS = library.words()
SHEET = parse_template(
    "a-sheet",
    '+++\ntitle = "A sheet"\nto = []\nchecked = 2026-11-23\n+++\n'
    "# {{child.name}}, born {{child.born}}\n\n{{promises.list}}\n\n{{unheard.of}}\n",
)


def test_what_the_case_does_not_know_is_a_line_to_write_on_and_an_empty_list_says_so(book: Casebook) -> None:
    facts = Offer(case=book.case, words=WORDS, today=TODAY).facts()
    assert printable_text(SHEET, WORDS, facts) == (
        f"# Maya Bell, born {TO_WRITE_ON}\n\n- none on record\n\n{TO_WRITE_ON}"
    )
