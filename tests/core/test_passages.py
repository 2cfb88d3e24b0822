"""Paragraphs, items and sentences, each in its language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iepjournal import library
from iepjournal.core.checks import facts_only
from iepjournal.core.passages import by_language, passages, sentences

ENGLISH, SPANISH = library.words(), library.words("es")


def test_items_and_paragraphs_are_passages_of_their_own_and_stand_where_they_say() -> None:
    text = "Dear Dr. Lott:\n\nOne, (34 CFR 99.10) and\ntwo:\n\n- a\n- b\n  c\n1. d"
    found = list(passages(text, ENGLISH))
    assert [(one.plain, one.is_item) for one in found] == [
        ("Dear Dr. Lott:", False), ("One, (34 CFR 99.10) and two:", False), ("a", True), ("b c", True), ("d", True),
    ]  # fmt: skip
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Please ask Dr. Lott. She knows.", ["Please ask Dr. Lott.", "She knows."]),
        ("See Miss. Code 37-23-31(1)(a) and 34 CFR 300.3.", ["See Miss. Code 37-23-31(1)(a) and 34 CFR 300.3."]),
        ("He said “Wait.” I waited.", ["He said “Wait.”", "I waited."]),
        ("It is 3.5 hours, e.g. Monday at 3 p.m. and later", ["It is 3.5 hours, e.g. Monday at 3 p.m. and later"]),
        ("Why? Because.", ["Why?", "Because."]),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_it_ends_and_at_no_abbreviation(text: str, said: list[str]) -> None:
    (passage,) = passages(text, ENGLISH)
    assert list(sentences(passage)) == said


def test_each_paragraph_of_a_letter_in_two_languages_is_in_the_one_it_sounds_like() -> None:
    text = (
        "Sra. Lott:\n\nEscribo por la terapia de mi hija.\n\n# English text of this letter\n\nDr. Lott:\n\nI am here."
    )
    assert [text[start:end].split()[0] for start, end, _ in by_language(text, SPANISH)] == ["Sra.", "#"]
    assert [words.lang for _, _, words in by_language(text, SPANISH)] == ["es-US", "en-US"]
    assert [words.lang for _, _, words in by_language(text, ENGLISH)] == ["en-US"], "an English letter has no other"
    assert "".join(text[start:end] for start, end, _ in by_language(text, SPANISH)) == text


PIECES = st.sampled_from(
    ["\n", "\n\n", "- ", "1. ", "Please ", "por favor ", "never", ":", ". ", "? ", "“", "”", '"', "Dr. ", "[ x ]",
     "\\*", "**", "é", "\u0301", "la ", "the ", "# English text of this letter\n\n", "> ", "(34 CFR 300.613(a)). "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_every_passage_and_every_remark_stands_where_it_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    for passage in passages(text, SPANISH):
        assert text[passage.start : passage.end] == passage.text
        assert " ".join(sentences(passage)) == passage.plain
    assert "".join(text[start:end] for start, end, _ in by_language(text, SPANISH)) == text
    for remark in facts_only(text, SPANISH):
        assert 1 <= (remark.line or 0) <= text.count("\n") + 1
