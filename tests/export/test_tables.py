from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iepjournal.errors import TableRefused
from iepjournal.export.tables import csv_file, read_csv, to_csv


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "  =1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        '=HYPERLINK("x")',
    ],
)
def test_no_words_become_a_formula(words: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(to_csv([words], []), newline=""))
    assert cell == "'" + words.replace("\r", "\n")


def test_ordinary_words_and_own_numbers_and_dates_stay_as_they_are() -> None:
    row = ["No speech today", -5, 12.5, date(2026, 11, 24), None, "don't", True]
    assert to_csv(["a"], [row]).splitlines()[1] == "No speech today,-5,12.5,2026-11-24,,don't,True"


def test_raw_is_for_programs_and_adds_nothing() -> None:
    assert to_csv(["a"], [["=1+1"]], raw=True) == "a\n=1+1\n"


def test_a_file_for_a_spreadsheet_says_that_it_is_utf_8() -> None:
    assert csv_file(["Name"], [["Nuñez"]]) == "\ufeffName\nNuñez\n".encode()


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_what_goes_out_comes_in_again(rows: list[tuple[str, str]]) -> None:
    full = [("x", *row) for row in rows]
    table = read_csv(to_csv(["a", "b", "c"], full, raw=True).encode())
    assert table.rows == tuple(full)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_usual_forms_are_read(delimiter: str, line_end: str) -> None:
    text = line_end.join(delimiter.join(row) for row in (("Date", "Min"), ("10/6/2026", "30"))) + line_end
    assert read_csv(text.encode()) == (("Date", "Min"), (("10/6/2026", "30"),))


def test_a_byte_order_mark_is_no_part_of_the_first_header() -> None:
    assert read_csv("\ufeffDate,Min\n10/6/2026,30\n".encode()).header == ("Date", "Min")


def test_quoted_cells_may_hold_commas_quotes_and_line_breaks() -> None:
    table = read_csv(b'Date,Note\n10/6/2026,"left early, ""sick""\nsent home"\n')
    assert table.rows == (("10/6/2026", 'left early, "sick"\nsent home'),)


def test_blank_rows_and_a_spreadsheets_empty_cells_are_nothing() -> None:
    table = read_csv(b"Date,Min\n,\n10/6/2026,30,,\n\n,\n")
    assert list(table.numbered()) == [(3, ("10/6/2026", "30"))]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Date,Min\n10/6/2026,30\n10/8/2026\n", "the row has 1 cell, the header has 2 (row 3, column 2)"),
        (b"Date,Min\n10/6/2026,30,late\n", "the row has 3 cells, the header has 2 (row 2, column 3)"),
        (b'Date,Min\n10/6/2026,"30\n10/8/2026,30\n', "a quotation mark is not closed (row 2, column 2)"),
        (b'Date,Min\n10/6/2026,30\n10/8/2026,"3"0\n', "a quotation mark is not closed (row 3, column 2)"),
        (b"Date,Name\n10/6/2026,Nu\xf1ez\n", "a letter there is not UTF-8 (row 2, column 2)"),
        (b"Date,Min\n10/6/2026,3\x000\n", "an unprintable character (NUL) (row 2, column 2)"),
        (b"Date,Min\n10/6/2026," + b"9" * 30_000, "the cell is far too long"),
        (b"", "it has no rows"),
        (b"\n\n", "it has no rows"),
    ],
)
def test_a_mistake_refuses_the_whole_file_and_names_its_place(content: bytes, sentence: str) -> None:
    with pytest.raises(TableRefused) as refused:
        read_csv(content)
    assert sentence in str(refused.value)
    assert "Nothing was saved." in str(refused.value)


def test_an_older_excels_letters_are_read_when_that_is_said() -> None:
    assert read_csv(b"Date,Name\n10/6/2026,Nu\xf1ez\n", encoding="cp1252").rows == (("10/6/2026", "Nuñez"),)


def test_an_encoding_nobody_knows_is_refused() -> None:
    with pytest.raises(TableRefused, match="encoding"):
        read_csv(b"a\n1\n", encoding="excel")
