from __future__ import annotations

from datetime import date

import pytest

from iepjournal.core.templates import blank, blanks_in, filled, names_in, parse_template
from iepjournal.errors import BadTemplate

SOURCE = """+++
title = "A letter"
to = ["Principal"]
checked = 2026-11-23

[[parts]]
id = "thanks"
title = "thanks"
level = "warn"
words = ['thank you, {{to.greeting}}']
+++
Dear {{to.greeting}}:

Thank you, {{to.greeting}}. {{child.name}} is well.
"""


def test_a_template_is_its_front_matter_and_its_text() -> None:
    template = parse_template("a-letter", SOURCE)
    assert (template.name, template.title, template.to, template.checked) == (
        "a-letter", "A letter", ("Principal",), date(2026, 11, 23),
    )  # fmt: skip
    assert template.body().startswith("Dear {{to.greeting}}:")
    assert [part.id for part in template.parts] == ["thanks"]
    assert template.strengths == ()


def test_strengths_are_texts_under_their_names_and_firm_is_the_usual_one() -> None:
    front, _, _ = SOURCE.partition("Dear ")
    template = parse_template(
        "a-letter", f"{front}+++ warm\nHello.\n\n+++ firm\nGood day.\n\n+++ formal\nSir or Madam.\n"
    )
    assert template.strengths == ("warm", "firm", "formal")
    assert (template.body("warm"), template.body(), template.body("formal")) == ("Hello.", "Good day.", "Sir or Madam.")


def test_windows_line_ends_are_read_too() -> None:
    assert parse_template("a-letter", SOURCE.replace("\n", "\r\n")) == parse_template("a-letter", SOURCE)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Dear Sir", "does not begin with a part between two lines"),
        (SOURCE.replace('title = "A letter"\n', ""), "it has no 'title'"),
        (SOURCE.replace("2026-11-23", '"today"'), "`checked` is no date"),
        (SOURCE.replace("2026-11-23", "2026-11-"), "at line 3"),
        (SOURCE.replace("thank you,", "(thank you"), "unterminated subpattern"),
        (SOURCE.replace('id = "thanks"', 'id = "thanks"\ncolour = "red"'), "colour"),
        (SOURCE.replace("Dear ", "Words.\n\n+++ warm\nDear "), "not all under one of: warm, firm, formal"),
        (SOURCE.replace("Dear ", "+++ angry\nDear "), "not all under one of: warm, firm, formal"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(source: str, reason: str) -> None:
    with pytest.raises(BadTemplate, match=reason):
        parse_template("a-letter", source)


def test_filling_is_one_pass_so_that_a_value_is_never_filled_again() -> None:
    values = {"child.name": "{{parent.name}}", "parent.name": "Renee"}
    assert filled("{{child.name}} and {{parent.name}}", values.__getitem__) == "{{parent.name}} and Renee"


def test_names_are_found_once_each_in_their_order() -> None:
    assert names_in("{{b.c}} {{a}} {{b.c}} {a} {{ a }} {{}}") == ("b.c", "a")


def test_a_blank_is_seen_and_what_a_parent_puts_in_brackets_is_none() -> None:
    text = f"Dear {blank('her name')}: see [Exhibit A], [1], [ ] and {blank('the date')}."
    assert [found[0] for found in blanks_in(text)] == ["[ her name ]", "[ the date ]"]
