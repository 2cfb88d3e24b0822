from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from iepjournal.export.blocks import blocks
from iepjournal.export.documents import Document
from iepjournal.export.text import document_text, letter_text, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.core.letters import LetterPage


def test_a_letter_reads_from_top_to_bottom(letter: Callable[..., LetterPage]) -> None:
    page = letter(cc=("Mr. Reed", "Ms. Hill"), record_line="Record: 2 entries")
    assert letter_text(page) == (
        "Dana Carter\n12 Elm Street\nJackson, MS 39201\n\nMarch 23, 2026\n\n"
        "Dr. Alice Lott\nSpecial Education Director\nBrandon, MS 39042\n\n"
        "Dear Dr. Lott:\n\nThank you.\n\nSincerely,\n\nDana Carter\n\n"
        "cc: Mr. Reed\n    Ms. Hill\n\nRecord: 2 entries\n"
    )


def test_a_draft_says_so_first(letter: Callable[..., LetterPage]) -> None:
    assert letter_text(letter(), draft=True).startswith("DRAFT - not to be sent\n\nDana Carter")


def test_lines_are_wrapped_unless_one_line_a_paragraph_is_asked_for() -> None:
    words = "word " * 30
    contents = blocks(f"{words}\n\n- {words}")
    assert max(map(len, text_of(contents, 40).split("\n"))) <= 40
    assert text_of(contents, None) == f"{words.strip()}\n\n• {words.strip()}"


def test_words_longer_than_the_line_stay_whole() -> None:
    assert text_of(blocks("https://example.org/" + "a" * 90), 40) == "https://example.org/" + "a" * 90


def test_lists_tables_and_headings_keep_their_shape() -> None:
    contents = blocks(
        "# Minutes\n\n- one\n- two\n  more\n\n3) three\n\n| Day | Min |\n|---|--:|\n| Mon | 5 |\n| Tue | 300 |"
    )
    assert text_of(contents) == (
        "Minutes\n=======\n\n• one\n• two\n  more\n3) three\n\nDay  Min\n---  ---\nMon    5\nTue  300"
    )


def test_a_document_ends_with_its_foot() -> None:
    document = Document(title="T", contents=blocks("Words."), dated=date(2026, 3, 23), foot="Record: 2 entries")
    assert document_text(document) == "Words.\n\nRecord: 2 entries\n"
