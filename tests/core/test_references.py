"""References in a packet's text."""

from __future__ import annotations

from iepjournal.core.references import references, resolved


def test_references_come_in_the_order_of_first_mention_each_once() -> None:
    assert references("See [[ex:SLP-log]], [[Entry  41]] and [[ex:slp-log]].") == ("ex:slp-log", "entry 41")


def test_words_stand_in_the_place_of_a_reference_and_are_not_read_again() -> None:
    assert resolved("See [[entry 41]].", lambda name: f"Ex. A [[{name}]]") == "See Ex. A [[entry 41]]."


def test_single_brackets_and_unclosed_ones_are_text() -> None:
    text = "[Exhibit A], [[not closed, [[two\nlines]]"
    assert references(text) == ()
    assert resolved(text, lambda name: "x") == text


def test_a_backslash_of_markdown_is_no_part_of_a_name() -> None:
    assert references(r"[[ex:slp\-log]]") == ("ex:slp-log",)
