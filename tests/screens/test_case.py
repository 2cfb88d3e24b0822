from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iepjournal.core.iep import service_versions
from iepjournal.core.records import Attachment, Calendar, Entry, Iep, Span
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from conftest import Screens

    from iepjournal.core.records import Record

    Opened = Callable[..., AbstractAsyncContextManager[Screens]]
    Write = Callable[..., tuple[Record, ...]]

YEAR = Calendar(first_day=date(2026, 8, 10), last_day=date(2027, 5, 21))
ERASE = ("end", *["backspace"] * 30)


async def test_every_part_of_the_case_has_a_number(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c")
        for words in ("1 Child Maya Bell", "2 Parent Renee Bell", "4 People 3", "5 IEP Tue May 12, 2 services"):
            assert words in screen.text


async def test_a_field_of_the_child_is_corrected_as_a_new_version(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "1", "3", "type:2", "enter")
        assert screen.case.profile.child.grade == "2"
        assert screen.case.profile.child.name == "Maya Bell"
        assert "2" in screen.text


async def test_a_birth_date_without_its_year_is_refused_and_stays_typed(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "1", "2", "type:5/3", "enter")
        assert "is not a date of birth" in screen.text
        await screen.press("type:/2018", "enter")
        assert screen.case.profile.child.birth_date == date(2018, 5, 3)


async def test_an_address_keeps_its_lines(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "2", "2", "type:114 Pecan St", "enter", "type:Millbrook, MS 39999", "tab", "enter")
        assert screen.case.profile.parent.address == "114 Pecan St\nMillbrook, MS 39999"


async def test_escape_changes_nothing(screens: Opened) -> None:
    async with screens() as screen:
        before = len(screen.case.records)
        await screen.press("c", "2", "1", "type:x", "escape")
        assert len(screen.case.records) == before


async def test_a_person_is_added_with_a_short_name_that_is_offered(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "4", "n", "type:Ms. Ruth Cole", "enter", "type:Aide", "enter", "enter")
        cole = screen.case.people["cole"]
        assert (cole.name, cole.role) == ("Ms. Ruth Cole", "Aide")


async def test_a_short_name_that_is_taken_is_not_given_twice(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "4", "n", "type:Mr. Sam Hill", "enter", "enter", "enter")
        assert screen.case.people["hill"].name == "Ms. Dana Hill"
        assert screen.case.people["hill-2"].name == "Mr. Sam Hill"


async def test_a_persons_role_is_corrected_and_the_person_taken_off(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "4", "2", "3", "type:reed@school.example", "enter")
        assert screen.case.people["reed"].email == "reed@school.example"
        await screen.press("x", "type:moved away", "enter")
        assert "reed" not in screen.case.people


async def test_a_typing_error_in_a_service_mends_the_version_itself(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "5", "2", "2", "m", *ERASE, "type:45", "enter", "type:misread", "enter")
        (version,) = service_versions(screen.case)["speech"]
        assert (version.service.minutes, version.first) == (45, date(2026, 8, 10))
        assert version.service.why == "misread"


async def test_what_was_never_said_of_a_service_is_written_without_a_reason(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "5", "2", "7", "type:speech room", "enter")
        (version,) = service_versions(screen.case)["speech"]
        assert (version.service.setting, version.first) == ("speech room", date(2026, 8, 10))
        await screen.press("7")
        assert "typed wrongly" in screen.text


async def test_a_change_of_the_iep_leaves_the_weeks_before_it_alone(screens: Opened) -> None:
    async with screens(size=(40, 40)) as screen:
        await screen.press("c", "5", "2", "2", "c", *ERASE, "type:15", "enter", "type:1/8/2027", "enter")
        before, after = service_versions(screen.case)["speech"]
        assert (before.service.minutes, before.last) == (30, date(2027, 1, 7))
        assert (after.service.minutes, after.first) == (15, date(2027, 1, 8))
        assert "60 → 30 min a week" in screen.text


async def test_minutes_that_cannot_be_are_refused_where_they_are_typed(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "5", "2", "2", "m", *ERASE, "type:999", "enter")
        assert "“999” is not a session's minutes" in screen.text
        assert service_versions(screen.case)["speech"][-1].service.minutes == 30


async def test_a_service_is_added_in_the_order_of_its_row(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "5", "n", "s", "type:Physical therapy", "enter", "1")
        await screen.press("type:20", "enter", "type:3", "enter", "3", "type:PT 3 x 20 monthly", "enter")
        (version,) = service_versions(screen.case)["physical"]
        service = version.service
        assert (service.minutes, service.times, service.per) == (20, 3, "month")
        assert (service.words, service.start) == ("PT 3 x 20 monthly", date(2026, 8, 10))


async def test_a_new_iep_is_written_down(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "5", "n", "i", "type:11/20/2026", "enter", "type:1/4/2027", "enter", "enter")
        iep = screen.case.all(Iep)[-1]
        assert (iep.dated, iep.start, iep.review_due) == (date(2026, 11, 20), date(2027, 1, 4), None)


async def test_a_closure_goes_to_the_district_and_one_undo_takes_it_back(screens: Opened, store: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("c", "6", "n", "type:8/10/2026", "enter", "type:5/21/2027", "enter")
        await screen.press("n", "c", "type:11/25", "enter", "type:11/27", "enter", "type:Thanksgiving", "enter", "n")
        assert "The careful count gets shorter for Speech" in screen.text
        await screen.press("y")
        (calendar,) = screen.case.all(Calendar)
        thanksgiving = Span(first=date(2026, 11, 25), last=date(2026, 11, 27), why="Thanksgiving", served_others=False)
        assert calendar.closed == (thanksgiving,)
        assert not [record for record in screen.case.records if isinstance(record, Calendar)]
        sister = CaseStore.create(store.folder.parent / "sister")
        sister.append([screen.case.profile.replace(uid="", seal="")], at=screen.app.view.now, by="renee")
        assert sister.case().all(Calendar)[0].closed == (thanksgiving,)
        await screen.press("u", "y")
        assert screen.case.all(Calendar)[0].closed == ()
        assert sister.case().all(Calendar)[0].closed == ()


async def test_a_closure_that_was_a_mistake_is_taken_off(screens: Opened, write: Write) -> None:
    write(YEAR.replace(closed=(Span(first=date(2026, 11, 25), last=date(2026, 11, 27), why="Thanksgiving"),)))
    async with screens() as screen:
        await screen.press("c", "6", "1", "type:wrong year", "enter")
        (calendar,) = screen.case.all(Calendar)
        assert (calendar.closed, calendar.why) == ((), "wrong year")


async def test_a_closure_twice_is_said_and_not_written(screens: Opened, write: Write) -> None:
    write(YEAR.replace(closed=(Span(first=date(2026, 11, 25), last=date(2026, 11, 25), why="Ice"),)))
    async with screens() as screen:
        before = len(screen.case.records)
        await screen.press("c", "6", "n", "c", "type:11/25", "enter", "enter", "type:Ice", "enter", "n")
        assert "is closed already" in screen.text
        assert len(screen.case.records) == before


async def test_a_file_leads_to_its_entry(screens: Opened, write: Write) -> None:
    (entry,) = write(Entry(happened_on=date(2026, 11, 23), text="The service log came", type="document"))
    write(Attachment(of=entry.root, name="log.pdf", sha256="0" * 64, size=1200))
    async with screens() as screen:
        await screen.press("c", "7")
        assert "log.pdf" in screen.text
        await screen.press("1")
        assert "The service log came" in screen.text


async def test_the_backups_are_listed_with_what_they_hold(screens: Opened, write: Write) -> None:
    write(Entry(happened_on=date(2026, 11, 23), text="No speech"))
    write(Entry(happened_on=date(2026, 11, 24), text="No speech"))
    async with screens() as screen:
        await screen.press("c", "8")
        await screen.pilot.pause()
        assert "1 entry" in screen.text


async def test_the_check_says_unbroken_and_shows_the_seal(screens: Opened) -> None:
    async with screens() as screen:
        await screen.press("c", "9")
        await screen.pilot.pause()
        assert "Unbroken: 7 records" in screen.text


async def test_the_check_names_a_kept_file_that_is_gone(screens: Opened, write: Write) -> None:
    (entry,) = write(Entry(happened_on=date(2026, 11, 23), text="The service log came"))
    write(Attachment(of=entry.root, name="log.pdf", sha256="0" * 64, size=1200))
    async with screens() as screen:
        await screen.press("c", "9")
        await screen.pilot.pause()
        assert "The kept file log.pdf is missing." in screen.text


async def test_words_that_look_like_markup_are_shown_whole(screens: Opened) -> None:
    async with screens(size=(80, 24)) as screen:
        await screen.press("c", "2", "3", "type:[/] [a] (601)", "enter")
        assert "[/] [a] (601)" in screen.text
        await screen.press("q", "2")
        assert "[/] [a] (601)" in screen.text


@pytest.mark.parametrize("size", [(40, 20), (44, 28), (80, 24), (120, 40)])
async def test_every_part_fits_its_window(screens: Opened, size: tuple[int, int]) -> None:
    async with screens(size=size) as screen:
        await screen.press("c")
        for number in "123456789":
            await screen.press(number)
            assert all(len(line) <= size[0] for line in screen.lines)
            assert not [line for line in screen.lines if line.endswith("…")]
            assert "? keys" in screen.lines[-1]
            await screen.press("q")
