from __future__ import annotations

from iepjournal.widgets.typeset import Row, Sheet, packed


def lines_of(sheet: Sheet) -> list[str]:
    return sheet.text.split("\n")


def test_a_note_that_finds_no_room_beside_the_title_stands_beside_the_line_below() -> None:
    sheet = Sheet(24)
    sheet.rows([Row("Let you see the records of all years", "13 days", "a", below=("Mon Dec 7",))], notes_right=True)
    assert lines_of(sheet) == [" 1 Let you see the", "   records of all years", "   Mon Dec 7     13 days"]


def test_notes_at_the_right_end_in_one_column() -> None:
    sheet = Sheet(24)
    sheet.rows([Row("Reply", "6 days", "a"), Row("Records", "13 days", "b")], notes_right=True)
    assert lines_of(sheet) == [" 1 Reply          6 days", " 2 Records       13 days"]


def test_all_lines_of_a_row_belong_to_its_pick() -> None:
    sheet = Sheet(24)
    sheet.rows([Row("Records", "13 days", "a", below=("Mon Dec 7", "letter 151"))])
    assert {line.pick for line in sheet.lines} == {"a"}
    assert sheet.picks == ["a"]


def test_what_a_field_holds_wraps_in_its_own_column() -> None:
    sheet = Sheet(24)
    sheet.fields([Row("Name", "Maya Bell", "a"), Row("Address", "114 Pecan St\nMillbrook, MS 39999", "b")])
    assert lines_of(sheet) == [
        " 1 Name     Maya Bell",
        " 2 Address  114 Pecan St",
        "            Millbrook,",
        "            MS 39999",
    ]


def test_phrases_share_a_line_as_long_as_there_is_room() -> None:
    assert packed(["Mon Nov 30", "my own date", "", "letter 63"], 26) == ["Mon Nov 30 · my own date", "letter 63"]


def test_a_page_for_reading_cannot_be_picked() -> None:
    sheet = Sheet(24)
    sheet.rows([Row("Records", pick="a")])
    assert not sheet.for_reading().picks
