"""What comes in is cleaned once, loses no word, and can do nothing to a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iepjournal.core.text import clean_text, removal_note, safe_file_name, visible

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\U000e0000-\U000e007f"
    "\ud800-\udfff]"
)
ORDINARY = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])
HOSTILE = st.lists(
    st.text(ORDINARY, max_size=4)
    | st.sampled_from(["\x1b[31m", "\x1b]52;c;aGk=\x07", "\x1b]8;;x\x1b\\", "\x1bPq", "\x9b", "\x9d", "\x1b", "\x07"])
    | st.characters(),
    max_size=12,
).map("".join)


@given(HOSTILE)
def test_nothing_a_terminal_would_obey_is_left(text: str) -> None:
    assert not FORBIDDEN.search(clean_text(text).text)
    assert not FORBIDDEN.search(visible(text))


@given(HOSTILE, st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, multiline: bool) -> None:
    once = clean_text(text, multiline=multiline).text

    assert clean_text(once, multiline=multiline).text == once
    assert clean_text(once, multiline=multiline).removed == 0


@given(st.text(ORDINARY | st.sampled_from("\n\t\u200c\u200d")))
def test_ordinary_text_is_never_touched(text: str) -> None:
    assert clean_text(text).text == text
    assert clean_text(text).removed == 0


@given(HOSTILE)
def test_one_line_is_one_line_without_blank_ends(text: str) -> None:
    line = clean_text(text, multiline=False).text

    assert "\n" not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    ("typed", "kept", "removed"),
    [
        ("red \x1b[1;31malert\x1b[0m", "red alert", 11),
        ("\x1b]52;c;aGVsbG8=\x07copied", "copied", 16),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link", 22),
        ("\x9b31mred\x9d0;title\x9cdone", "reddone", 13),
        ("\x1bPdevice\x1b\\\x1b_app\x1b\\\x1b^private\x1b\\\x1bXstring\x1b\\end", "end", 38),
        ("\x1b(Bplain\x1bcreset", "plainreset", 5),
        ("a\x00b\x07c\x7fd\x08e", "abcde", 4),
        ("invoice\u202efdp.exe", "invoicefdp.exe", 1),
        ("no\u200bwhere\u2060 at\ufeff all\U000e0041", "nowhere at all", 4),
    ],
)
def test_whole_sequences_go_and_their_characters_are_counted(typed: str, kept: str, removed: int) -> None:
    cleaned = clean_text(typed)

    assert (cleaned.text, cleaned.removed) == (kept, removed)


def test_a_sequence_that_never_ends_does_not_swallow_what_was_written_after_it() -> None:
    """A stray ESC ] once would have hidden the rest of the entry up to the next bell."""
    typed = "Aide absent \x1b]today at 10:15\nand again at 11:00 \x07"

    assert clean_text(typed).text == "Aide absent today at 10:15\nand again at 11:00 "


def test_all_line_ends_become_one_kind() -> None:
    assert clean_text("a\r\nb\rc\x85d\u2028e\u2029f\ng").text == "a\nb\nc\nd\ne\nf\ng"
    assert clean_text("a\r\nb\u2028").removed == 0


def test_a_lone_surrogate_becomes_a_visible_mark() -> None:
    assert clean_text("caf\udce9").text == "caf\ufffd"


@pytest.mark.parametrize("name", ["Nguyễn", "Peña", "Choctaw i̱", "👩‍👧", "می‌خواهم", "e\u0301"])
def test_names_and_joined_signs_stay_as_they_are(name: str) -> None:
    assert clean_text(name, multiline=False).text == name


def test_a_single_line_turns_breaks_into_blanks() -> None:
    assert clean_text(" Ms. Hill\r\nRoom 4 \n", multiline=False).text == "Ms. Hill Room 4"


def test_what_was_removed_is_said_in_words() -> None:
    assert removal_note(0) == ""
    assert removal_note(1) == "Removed 1 invisible character."
    assert removal_note(3) == "Removed 3 invisible characters."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Implementation concern", "Implementation concern"),
        ("Re: speech / OT, 11/24", "Re speech OT 11 24"),
        ("../../etc/passwd", "etc passwd"),
        ("/abs", "abs"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("ends with dots...", "ends with dots"),
        ("CON", "CON_"),
        ("nul.pdf", "nul_.pdf"),
        ("Constance", "Constance"),
        ("Nguyễn i̱", "Nguyễn i̱"),
        ("ｆｕｌｌ　width", "full width"),
        ("line\nbreak\x00", "line break"),
        ("🙂", "letter"),
        ("", "letter"),
    ],
)
def test_a_title_becomes_a_file_name_for_every_system(title: str, name: str) -> None:
    assert safe_file_name(title) == name


@given(st.text())
def test_every_file_name_is_safe(title: str) -> None:
    name = safe_file_name(title)

    assert name
    assert len(name.encode()) <= 100
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name[0] not in "-. "
    assert name[-1] not in ". "
    assert safe_file_name(name) == name


def test_a_long_title_is_cut_between_characters() -> None:
    assert safe_file_name("é" * 80) == "é" * 50
