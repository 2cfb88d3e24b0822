"""Old notes become entries once, dated by what stands in the file and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, TODAY

from iepjournal.core.corrections import strike, undo
from iepjournal.core.mailbox import messages, notes_of_mail
from iepjournal.core.notebook import notes_of_text
from iepjournal.core.notes import Note, arrivals, stated_day
from iepjournal.core.notetable import left_out, notes_of_table
from iepjournal.core.records import Parent, Person, Profile
from iepjournal.errors import CannotUnderstand, TableRefused

if TYPE_CHECKING:
    from casebook import Casebook

CENTRAL = timezone(timedelta(hours=-6))


def arrive(book: Casebook, *notes: Note) -> list[bool]:
    return [arrival.is_known for arrival in arrivals([("notes.csv", notes)], book.case)]


def note(text: str, on: date = date(2026, 9, 8)) -> Note:
    return Note(on=on, text=text, place="row 2")


# -- days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["9/8/2026", "9/8/26", "2026-09-08", "Sep 8, 2026", "Sept. 8th 2026", "Tue Sep 8 2026"]
)
def test_a_day_with_its_year_is_taken_as_it_stands(written: str) -> None:
    assert stated_day(written, TODAY, row=2) == date(2026, 9, 8)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("9/8", "has no year"),
        ("Sep 8", "has no year"),
        ("13/6/26", "month comes first"),
        ("Mon", "not a date like"),
        ("yesterday", "not a date like"),
        ("10", "not a date like"),
        ("2026", "not a date like"),
        ("10 de marzo de 2026", "not a date like"),
        ("99999999999999999999", "not a date like"),
        ("٣/٤/٢٠٢٦", "not a date like"),
        ("Mon Sep 8 2026", "fits its weekday"),
        ("2/30/2026", "has no day 30"),
        ("12/1/2026", "still to come"),
        ("", "not a date like"),
    ],
)
def test_what_is_no_full_day_of_the_past_is_refused_with_its_place(written: str, why: str) -> None:
    with pytest.raises(TableRefused, match=why) as refused:
        stated_day(written, TODAY, row=7, column=3)
    assert "(row 7, column 3)" in str(refused.value)


def test_a_year_that_is_stated_for_the_file_dates_what_has_none_and_changes_no_other() -> None:
    assert stated_day("12/31", TODAY, year=2025, row=1) == date(2025, 12, 31)
    assert stated_day("9/8/2024", TODAY, year=2025, row=1) == date(2024, 9, 8)


def test_may_17_without_a_blank_keeps_its_year() -> None:
    assert stated_day("May 17,2019", TODAY, row=1) == date(2019, 5, 17)


# -- entries ------------------------------------------------------------------------------------------------------


def test_an_entry_says_where_it_came_from_and_keeps_its_words_whole(book: Casebook) -> None:
    (arrival,) = arrivals([("notes.csv", [note('#aide @hill said "next week" !call')])], book.case)
    entry = arrival.entry
    assert entry.text == '#aide @hill said "next week" !call'
    assert (entry.source, entry.type, entry.who, entry.tags) == ("notes.csv, row 2", "call", ("hill",), ("aide",))
    assert entry.quote == ("next week",)


def test_terminal_codes_do_not_come_in(book: Casebook) -> None:
    (arrival,) = arrivals([("notes.csv", [note("red \x1b[31mwords\x1b]52;c;AAAA\x07")])], book.case)
    assert arrival.entry.text == "red words"


def test_the_same_words_on_the_same_day_come_in_once(book: Casebook) -> None:
    book.log("9/8/2026: No  speech today")
    assert arrive(book, note("No speech\ntoday"), note("No OT"), note("No OT"), note("No OT", date(2026, 9, 9))) == [
        True, False, True, False,
    ]  # fmt: skip


def test_the_same_words_at_two_times_of_a_day_are_two_entries(book: Casebook) -> None:
    book.log("9/8/2026 9:00a: No aide")
    morning, afternoon = (replace(note("No aide"), at=time(hour)) for hour in (9, 14))
    assert arrive(book, morning, afternoon, afternoon, note("No aide")) == [True, False, True, True]


def test_what_was_struck_stays_out_and_what_was_undone_may_come_again(book: Casebook) -> None:
    struck, undone = book.log("9/8/2026: No speech", "9/8/2026: No OT")
    book.write(strike(book.case, struck, "written twice"))
    book.write(undo((undone,)))
    assert arrive(book, note("No speech"), note("No OT")) == [True, False]


def test_a_note_without_words_is_refused(book: Casebook) -> None:
    with pytest.raises(TableRefused, match="no words in row 2"):
        arrive(book, note("\u200b"))


# -- tables -------------------------------------------------------------------------------------------------------


def table(book: Casebook, header: str, *rows: str, chosen: dict[str, str] | None = None, year: int = 0) -> list[Note]:
    cells = [(number, row.split("|")) for number, row in enumerate(rows, start=2)]
    return list(notes_of_table(header.split("|"), cells, book.case, TODAY, chosen=chosen, year=year))


def test_usual_headers_are_known_and_each_row_becomes_a_note(book: Casebook) -> None:
    (one,) = table(
        book, "Date|What happened|Time|Type|Who|Service|Tags", "9/8/2026|No speech|3:10p|call|hill|speech|a, b"
    )
    assert (one.on, one.at, one.type, one.who, one.service, one.tags) == (
        date(2026, 9, 8), time(15, 10), "call", ("hill",), "speech", ("a", "b"),
    )  # fmt: skip
    assert (one.text, one.place) == ("No speech", "row 2")


def test_columns_are_picked_by_header_or_number(book: Casebook) -> None:
    (one,) = table(book, "A|B|Date", "words|9/8/2026|x", chosen={"date": "B", "text": "1"})
    assert (one.on, one.text) == (date(2026, 9, 8), "words")
    assert left_out(["A", "B", "Date"], {"date": "B", "text": "1"}) == ("Date",)


def test_without_a_column_for_the_words_it_says_which_there_are(book: Casebook) -> None:
    with pytest.raises(TableRefused, match=r"no column looks like “text”.*1 When, 2 X"):
        table(book, "When|X", "9/8/2026|y")
    with pytest.raises(CannotUnderstand, match="a column of this file"):
        table(book, "When|X", "9/8/2026|y", chosen={"text": "Notes"})


@pytest.mark.parametrize(
    "cell", ["9/8/2026 3:10 PM", "9/8/2026 15:10:00", "2026-09-08T15:10:00.000", "Sep 8, 2026, 3:10p"]
)
def test_a_time_may_stand_in_the_cell_of_the_day(book: Casebook, cell: str) -> None:
    (one,) = table(book, "Date|Notes", f"{cell}|x")
    assert (one.on, one.at) == (date(2026, 9, 8), time(15, 10))


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("9/8|x||", "(row 2, column 1)"),
        ("2026-09-08T03:10:00Z|x||", "(row 2, column 1)"),
        ("9/8/2026|||", "(row 2, column 2)"),
        ("9/8/2026|x|3:10|", "(row 2, column 3)"),
        ("9/8/2026|x||shout", "(row 2, column 4)"),
    ],
)
def test_a_mistake_is_named_by_row_and_column(book: Casebook, row: str, place: str) -> None:
    with pytest.raises(TableRefused) as refused:
        table(book, "Date|Notes|Time|Type", row)
    assert place in str(refused.value)
    assert "Nothing was saved" in str(refused.value)


def test_people_and_services_are_known_by_their_names_and_strangers_stay_in_the_words(book: Casebook) -> None:
    known, mixed = table(
        book, "Date|Notes|Who|Service",
        "9/8/2026|x|Ms. Dana Hill|Speech therapy", "9/8/2026|y|hill, Mrs. Day|swimming",
    )  # fmt: skip
    assert (known.who, known.service, known.text) == (("hill",), "speech", "x")
    assert (mixed.who, mixed.service) == (("hill",), "")
    assert mixed.text == "y\nwho: hill, Mrs. Day\nservice: swimming"


# -- plain text ---------------------------------------------------------------------------------------------------


def text(words: str, year: int = 0) -> list[tuple[date, time | None, str]]:
    return [(one.on, one.at, one.text) for one in notes_of_text(words, TODAY, year=year)]


def test_each_day_at_the_beginning_of_a_line_begins_a_note() -> None:
    assert text("9/8/2026: No speech\nmore words\n\nSep 9, 2026 at 3:10p - Aide out\n2026-09-10\nalone\n\n") == [
        (date(2026, 9, 8), None, "No speech\nmore words"),
        (date(2026, 9, 9), time(15, 10), "Aide out"),
        (date(2026, 9, 10), None, "alone"),
    ]


def test_a_part_of_a_session_is_no_day() -> None:
    assert text("9/8/2026: speech\n3/4 of the session was missed\n") == [
        (date(2026, 9, 8), None, "speech\n3/4 of the session was missed")
    ]
    assert len(text("9/8: speech\n3/4 of the session was missed\n", year=2026)) == 1


def test_a_day_without_a_year_is_refused_with_its_line_and_taken_with_a_stated_year() -> None:
    with pytest.raises(TableRefused, match=r"“9/9” has no year \(row 2\)"):
        text("9/8/2026: a\n9/9: b")
    assert [one[0] for one in text("9/8: a\n9/9 3:10p b", year=2025)] == [date(2025, 9, 8), date(2025, 9, 9)]


@pytest.mark.parametrize(("words", "why"), [("\nhello\n9/8/2026: a", r"belong to no day \(row 2\)"), ("", "no line")])
def test_words_before_the_first_day_are_refused_rather_than_lost(words: str, why: str) -> None:
    with pytest.raises(TableRefused, match=why):
        text(words)


def test_in_the_text_of_jrnl_only_days_in_brackets_begin_a_note() -> None:
    assert text(
        "[2026-09-08 03:10 PM] Talked to @hill. *\n9/9/2026 she wrote\n\n[2026-09-09 10:00] [sic] Nothing\n"
    ) == [
        (date(2026, 9, 8), time(15, 10), "Talked to @hill. *\n9/9/2026 she wrote"),
        (date(2026, 9, 9), time(10), "[sic] Nothing"),
    ]


# -- e-mails ------------------------------------------------------------------------------------------------------


def mail(book: Casebook, content: str) -> list[Note]:
    book.write(Profile(parent=Parent(email="renee@example.com")), Person(handle="cole", email="Cole@school.example"))
    raw = content.encode()
    return list(notes_of_mail(raw, book.case, NOW, lambda moment: moment.astimezone(CENTRAL)))


INCOMING = """From: "Tia Cole" <cole@school.example>
To: Renee <renee@example.com>
Subject: =?utf-8?q?Se=C3=B1or?= speech
Date: Wed, 09 Sep 2026 01:30:00 +0000

No aide @hill !call "today".
"""


def test_a_message_is_dated_by_the_clock_of_this_machine_and_keeps_its_headers(book: Casebook) -> None:
    (one,) = mail(book, INCOMING)
    assert (one.on, one.at) == (date(2026, 9, 8), time(19, 30))
    assert (one.type, one.who) == ("email-in", ("cole",))
    assert one.text.startswith("From: Tia Cole <cole@school.example>")
    assert "Subject: Señor speech\n\nNo aide" in one.text
    assert one.original == INCOMING.encode()


def test_marks_in_a_message_are_somebody_elses_words(book: Casebook) -> None:
    (arrival,) = arrivals([("a.eml", mail(book, INCOMING))], book.case)
    assert (arrival.entry.who, arrival.entry.type, arrival.entry.quote) == (("cole",), "email-in", ())


@pytest.mark.parametrize(
    ("sender", "to", "kind"),
    [
        ("renee@example.com", "x@y.example", "email-out"),
        ("x@y.example", "renee@example.com", "email-in"),
        ("x@y.example", "cole@school.example", "email-out"),
        ("x@y.example", "z@y.example", "note"),
    ],
)
def test_who_wrote_is_said_only_where_an_address_of_the_case_shows_it(
    book: Casebook, sender: str, to: str, kind: str
) -> None:
    (one,) = mail(book, f"From: {sender}\nTo: {to}\nDate: Tue, 08 Sep 2026 10:00:00 -0500\n\nx\n")
    assert one.type == kind


def test_an_mbox_is_parted_at_its_from_lines_only() -> None:
    content = (
        b"From a Tue Sep  8\nSubject: 1\n\nx\n>From Monday on\nFrom here no blank line\n\nFrom b Tue\nSubject: 2\n\ny\n"
    )
    first, second = messages(content)
    assert first.endswith(b"x\nFrom Monday on\nFrom here no blank line\n\n")
    assert second.startswith(b"Subject: 2")


def test_of_a_web_page_the_words_are_taken_and_nothing_else(book: Casebook) -> None:
    (one,) = mail(
        book,
        "From: a@b.c\nDate: Tue, 08 Sep 2026 10:00:00 -0500\nContent-Type: text/html; charset=no-such\n\n"
        "<style>p{}</style><p>Dear&nbsp;<b>Renee</b></p><script>x</script><p>Bye</p>\n",
    )
    assert one.text.split("\n\n", 1)[1].split() == ["Dear", "Renee", "Bye"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("From: a@b.c\n\nx", "message 1 has no date"),
        ("Date: someday\n\nx", "message 1 has no date"),
        ("Date: Fri, 04 Dec 2026 10:00:00 -0600\n\nx", "still to come"),
        ("", "message 1 has no date"),
    ],
)
def test_a_message_that_cannot_be_dated_refuses_the_file(book: Casebook, content: str, why: str) -> None:
    with pytest.raises(TableRefused, match=why):
        mail(book, content)
