"""A typed line becomes an entry: its date only from the very start, its words as they were typed."""

from __future__ import annotations

import string
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, TODAY, book_of
from hypothesis import given
from hypothesis import strategies as st

from iepjournal.core.entries import (
    LONGEST_TEXT,
    Chosen,
    changes,
    echo,
    lag_of,
    quotes_in,
    understand,
    way_of_knowing,
    wording,
    words_kept,
)
from iepjournal.core.records import Entry
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, JournalError, NoSuchRecord, NotAllowed

if TYPE_CHECKING:
    from casebook import Casebook


FAMILY_CASE = book_of().case
DATE_LIKE = st.sampled_from(
    [
        "may", "May", "mar", "march", "sun", "Sat", "fri", "Monday", "today", "Yesterday", "3/4", "24/7", "11/20",
        "2026-11-20", "Mar 4", "may 5", "last fri", "-3d", "about 3/4", "week of 11/16", "10", "1015", "last week",
    ]
)  # fmt: skip
PROSE = st.text(string.ascii_letters + " ,.'", min_size=1).filter(
    lambda text: text.strip()[:1].isalpha() and not text.strip().lower().startswith("noon")
)
"""Words that begin with no time of the day: “today noon” is a date and a time."""


def entry(line: str, **chosen: object) -> Entry:
    return understand(line, FAMILY_CASE, NOW, Chosen(**chosen)).entry  # type: ignore[arg-type]


def notes(line: str) -> tuple[str, ...]:
    return understand(line, FAMILY_CASE, NOW).notes


def test_the_line_of_the_sketch() -> None:
    line = 'yesterday 3:10p @hill !call she will be\nback Monday and "we will make it up"'

    assert entry(line) == Entry(
        happened_on=date(2026, 11, 23),
        at=time(15, 10),
        type="call",
        who=("hill",),
        text='she will be\nback Monday and "we will make it up"',
        raw=line,
        quote=("we will make it up",),
    )


@pytest.mark.parametrize(
    ("line", "on", "at", "text"),
    [
        ("yesterday: no speech", "2026-11-23", None, "no speech"),
        ("Yesterday : no speech", "2026-11-23", None, "no speech"),
        ("11/20 @hill no speech", "2026-11-20", None, "no speech"),
        ("fri !call no", "2026-11-20", None, "no"),
        ("Mar 4: fine", "2026-03-04", None, "fine"),
        ("2026-11-05 !child-said No speech", "2026-11-05", None, "No speech"),
        ("yesterday 3:10p she called", "2026-11-23", "15:10", "she called"),
        ("yesterday at 3 pm she called", "2026-11-23", "15:00", "she called"),
        ("Mon 10:15 aide absent", "2026-11-23", "10:15", "aide absent"),
        ("Mon Nov 23, 3:10 pm: she called", "2026-11-23", "15:10", "she called"),
        ("yesterday noon: no aide", "2026-11-23", "12:00", "no aide"),
        ("3:10p !call she called", "2026-11-24", "15:10", "she called"),
        ("noon: no aide", "2026-11-24", "12:00", "no aide"),
        ("yesterday\nno speech\n\nagain", "2026-11-23", None, "no speech\n\nagain"),
        ("  11/20: no speech", "2026-11-20", None, "no speech"),
    ],
)
def test_a_date_at_the_start_counts_when_no_prose_follows_it(line: str, on: str, at: str | None, text: str) -> None:
    found = entry(line)

    assert (found.happened_on.isoformat(), found.at, found.text) == (on, at and time.fromisoformat(at), text)


@pytest.mark.parametrize(
    "line",
    [
        "3/4 of the session was cut",
        "may I go",
        "May: she said no",
        "re: due may",
        "Mar 4 was fine",
        "Sun came out",
        "10 minutes late",
        "24/7 they do not answer",
        "today noonish",
        "3pm pickup was late",
        "yesterday, no speech",
        "on 11/20 she called",
        "Met on yesterday: no",
        "2026-11-20 10:15-10:45 aide absent",
        "2026-11-20 3:10 pm-3:40 pm aide absent",
    ],
)
def test_a_date_that_runs_on_into_prose_is_prose(line: str) -> None:
    found = entry(line)

    assert (found.happened_on, found.at, found.about, found.text) == (TODAY, None, "", line)


@given(DATE_LIKE, PROSE)
def test_nothing_inside_prose_is_ever_read_as_the_date(beginning: str, prose: str) -> None:
    line = f"{beginning} {prose.strip()}"
    found = entry(line)

    assert (found.happened_on, found.at, found.about) == (TODAY, None, "")
    assert found.text == line


@given(PROSE, DATE_LIKE, st.sampled_from([": ", " @hill ", " !call ", " 3:10p ", ""]))
def test_a_date_after_the_first_word_is_prose(prose: str, day: str, follows: str) -> None:
    assert entry(f"said {prose}{day}{follows}and no more").happened_on == TODAY


@given(
    st.text() | st.lists(DATE_LIKE | st.sampled_from(["@hill", "!call", ":", "3:10p", "\n", '"x"', "no"])).map(" ".join)
)
def test_any_line_is_understood_whole_or_refused(line: str) -> None:
    try:
        found = entry(line)
    except JournalError:
        return
    assert found.typed == clean_text(line).text.rstrip("\n")
    assert found.text in found.typed
    assert found.happened_on <= TODAY


@given(st.lists(DATE_LIKE | st.sampled_from(["@hill", "!call", ":", "3:10p"]), min_size=1).map(" ".join))
def test_what_left_the_text_stays_in_the_line(line: str) -> None:
    try:
        found = entry(f"{line} no speech")
    except JournalError:
        return
    assert found.typed == f"{line} no speech"
    assert found.text.endswith("no speech")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("13/6/26: no speech", "The month comes first: 6/13."),
        ("2/30 @hill no speech", "February 2026 has no day 30."),
        ("2026-12-05 !call no", "is still to come"),
        ("Wed Nov 24: no", "is a Tuesday"),
        ("3:10 @hill no", "Write 3:10a for the morning or 3:10p for the afternoon."),
        ("yesterday 3:10 she called", "Write 3:10a"),
        ("yesterday 25:00: no", "is not a time of the day"),
    ],
)
def test_a_date_that_cannot_be_stops_the_entry_instead_of_becoming_today(line: str, reason: str) -> None:
    """A line that began with 26/06/2015: was once silently logged as today."""
    with pytest.raises(CannotUnderstand, match=reason):
        entry(line)


def test_a_future_date_is_taken_when_asked_for() -> None:
    understood = understand("2026-12-08 !meeting IEP meeting", FAMILY_CASE, NOW, allow_future=True)

    assert understood.entry.happened_on == date(2026, 12, 8)
    assert understood.notes == ("Tue Dec 8 is in 14 days.",)


@pytest.mark.parametrize(
    "line", ["", "  \n ", "!call", "@hill", "yesterday:", "yesterday 3:10p @hill !call", "\x1b[31m"]
)
def test_an_entry_without_words_is_refused(line: str) -> None:
    with pytest.raises(NotAllowed, match="There are no words yet"):
        entry(line)


def test_a_note_that_sounds_like_a_call_says_how_it_becomes_one_and_stays_a_note() -> None:
    line = "9/21 1:10p Ms. Hill called: no speech this week"
    assert notes(line) == ("If it was a call, end with !call: then a letter can confirm it.",)
    assert understand(line, FAMILY_CASE, NOW).entry.type == "note"
    assert notes(f"{line} !call") == ()
    assert notes("9/21 1:10p no speech this week") == ()


def test_a_missed_service_needs_no_more_words() -> None:
    missed = entry("yesterday !missed %speech")

    assert (missed.happened_on, missed.type, missed.service) == (date(2026, 11, 23), "missed", "speech")
    assert wording(missed, FAMILY_CASE) == "Speech therapy: missed"


def test_a_text_that_is_too_long_is_refused_whole() -> None:
    with pytest.raises(NotAllowed, match="200,001 characters"):
        entry("x" * (LONGEST_TEXT + 1))
    assert len(entry("x" * LONGEST_TEXT).text) == LONGEST_TEXT


def test_invisible_characters_are_taken_out_and_counted() -> None:
    understood = understand("no\u200b speech \x1b[31mtoday", FAMILY_CASE, NOW)

    assert (understood.entry.text, understood.entry.typed, understood.removed) == (
        "no speech today",
        "no speech today",
        6,
    )


def test_the_end_of_the_line_is_not_part_of_it() -> None:
    assert entry("no speech\n").typed == "no speech"


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("Mar 4 was fine", "“Mar 4” stays in the text; the entry is of Tue Nov 24. To date it, begin with “Mar 4:”."),
        ("!call fri 3p no", "“fri” stays in the text; the entry is of Tue Nov 24. To date it, begin with “fri:”."),
        ("2026-01-05: long ago", "Mon Jan 5 is 10 months ago."),
        ("11/25: a year ago", "Tue Nov 25, 2025 is 11 months ago."),
        ("today 4p: not yet", "4:00 pm today is still to come."),
    ],
)
def test_what_may_be_a_slip_is_said(line: str, note: str) -> None:
    assert notes(line) == (note,)


@pytest.mark.parametrize(
    "line", ["today was fine", "sat with her", "the aide came 11/20", "11/20: fine", "today 3:30p: now", "no speech"]
)
def test_nothing_is_said_when_nothing_is_odd(line: str) -> None:
    assert notes(line) == ()


def test_what_was_chosen_wins_over_the_line() -> None:
    found = entry(
        "yesterday 3:10p @hill !call no #a",
        on="11/20", at="4p", type="talk", who=("reed",), service="speech", how="staff", tags=("#B c",), private=True,
        quote=("we are short of staff",),
    )  # fmt: skip

    assert found == Entry(
        happened_on=date(2026, 11, 20),
        at=time(16),
        type="talk",
        who=("hill", "reed"),
        service="speech",
        how="staff-told",
        tags=("a", "b-c"),
        private=True,
        quote=("we are short of staff",),
        text="no",
        raw="yesterday 3:10p @hill !call no #a",
    )


def test_a_chosen_week_is_kept_as_a_week() -> None:
    assert (entry("no aide", on="last week").happened_on, entry("no aide", on="last week").about) == (
        date(2026, 11, 16),
        "week",
    )


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        ({"on": "soon"}, CannotUnderstand),
        ({"on": "2026-12-05"}, CannotUnderstand),
        ({"at": "3:10"}, CannotUnderstand),
        ({"type": "email"}, CannotUnderstand),
        ({"how": "guess"}, CannotUnderstand),
        ({"who": ("nobody",)}, NoSuchRecord),
        ({"service": "art"}, NoSuchRecord),
    ],
)
def test_a_choice_that_is_not_clear_is_refused(chosen: dict[str, str], error: type[JournalError]) -> None:
    with pytest.raises(error):
        entry("no speech", **chosen)


@pytest.mark.parametrize(
    ("line", "how"), [("!observed no aide", "saw"), ("!child-said no aide", "child-told"), ("!call no", ""), ("no", "")]
)
def test_how_it_is_known_is_filled_in_only_where_the_type_tells(line: str, how: str) -> None:
    assert entry(line).how == how


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('he said "we are short" and left', ("we are short",)),
        ("he said “we are short” and “try Monday”", ("we are short", "try Monday")),
        ('"we are short"', ("we are short",)),
        ('("short" staff)', ("short",)),
        ('a 5" ruler and a 6" one', ()),
        ('one " alone', ()),
        ('"" and " "', ()),
        ("don't 'quote' this", ()),
        ('"same" "same"', ("same",)),
    ],
)
def test_exact_words_are_what_stands_in_double_quotes(text: str, quotes: tuple[str, ...]) -> None:
    assert quotes_in(text) == quotes
    assert entry(f"said {text}").quote == quotes


def test_quoted_words_stay_in_the_text() -> None:
    said = entry('@reed "a therapist starts Monday"')

    assert (said.text, words_kept(said)) == ('"a therapist starts Monday"', "“a therapist starts Monday”")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("3:14p !call @hill #speech no", "Tue Nov 24, 3:14 pm · call · Ms. Hill · tag speech"),
        ("about 11/10 !child-said %ot no", "about Tue Nov 10 · child said · Occupational therapy · child told me"),
        ("12/1: @hill @reed no", "Mon Dec 1, 2025 · note · Ms. Hill, Mr. Reed"),
    ],
)
def test_an_entry_is_said_back_with_its_weekday(line: str, said: str) -> None:
    assert echo(entry(line), FAMILY_CASE, TODAY) == said


def test_a_private_entry_says_so() -> None:
    assert echo(entry("so tired", private=True), FAMILY_CASE, TODAY) == "Tue Nov 24 · note · private"


def test_a_way_of_knowing_goes_by_its_first_letters() -> None:
    assert way_of_knowing("Staff") == "staff-told"
    assert way_of_knowing("school record") == "school-record"
    with pytest.raises(CannotUnderstand, match="There are: saw, child-told"):
        way_of_knowing("s")


def test_the_lag_counts_from_the_first_writing(book: Casebook) -> None:
    """A correction a month later must not make an entry look late, nor a late one early."""
    first = book.log("3:21p: no speech", at=NOW)[0]
    book.write(first.revised(text="No speech.", why="capital"), at=NOW + timedelta(days=30))

    assert lag_of(book.case.entries[0], book.case) == "written 9 min later"


def test_new_words_replace_the_text_as_they_are(book: Casebook) -> None:
    first = book.log('11/20 @hill !call she said "Monday"')[0]

    assert changes(first, 'mon: she said "Tuesday" @reed', book.case, NOW) == {
        "text": 'mon: she said "Tuesday" @reed',
        "raw": "",
        "quote": ("Tuesday",),
    }


def test_words_quoted_apart_from_the_text_survive_a_correction(book: Casebook) -> None:
    first = book.write_one(understand('said "Monday"', book.case, NOW, Chosen(quote=("make it up",))).entry)

    assert changes(first, "said Tuesday", book.case, NOW)["quote"] == ("make it up",)


def test_a_correction_changes_what_was_chosen_and_can_empty_it(book: Casebook) -> None:
    first = book.log("3:10p @hill !call %speech #a no")[0]
    emptied = Chosen(at="none", who=("none",), service="none", tags=("none",))

    assert changes(first, None, book.case, NOW, Chosen(on="yesterday", type="call")) == {
        "happened_on": date(2026, 11, 23)
    }
    assert changes(first, None, book.case, NOW, emptied) == {"at": None, "who": (), "service": "", "tags": ()}


def test_another_type_brings_its_usual_way_of_knowing_unless_one_was_chosen(book: Casebook) -> None:
    plain, told = book.log("no aide"), book.write_one(entry("no aide", how="staff"))

    assert changes(plain[0], None, book.case, NOW, Chosen(type="observed")) == {"type": "observed", "how": "saw"}
    assert changes(told, None, book.case, NOW, Chosen(type="observed")) == {"type": "observed"}


def test_a_correction_that_leaves_no_words_is_refused(book: Casebook) -> None:
    with pytest.raises(NotAllowed, match="strike it"):
        changes(book.log("no aide")[0], " ", book.case, NOW)


def test_midnight_belongs_to_the_day_of_the_clock() -> None:
    late = datetime(2026, 11, 24, 23, 59, tzinfo=NOW.tzinfo)

    assert understand("no aide", FAMILY_CASE, late).entry.happened_on == TODAY
