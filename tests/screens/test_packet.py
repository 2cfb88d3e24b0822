"""The packet on the screens: begun, looked at, mended and claimed by keys; read back from the case on disk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, RENEE
from packetbook import WHOLE

from iepjournal.core.entries import understand
from iepjournal.core.packet import newest_packet
from iepjournal.core.records import Claim, Goal, ProgressReport, Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from conftest import Screens

    from iepjournal.core.records import Packet
    from iepjournal.store.case_store import CaseStore

    Opener = Callable[..., AbstractAsyncContextManager[Screens]]

SIZES = [(40, 20), (80, 24), (120, 40)]


@pytest.fixture
def logged(store: CaseStore) -> CaseStore:
    """A session that was not given, a note about it, and all that a complaint has to name."""
    case = store.case()
    profile = case.profile.revised(child=WHOLE.child, parent=WHOLE.parent)
    entry = understand("9/15 !missed %speech Liam told her there was no speech.", case, NOW).entry
    session = Session(service="speech", on=date(2026, 9, 10), result="missed", reason="vacancy", how="saw")
    store.append([profile, entry, session], at=NOW, by=RENEE)
    return store


def packet(screen: Screens) -> Packet:
    found = newest_packet(screen.case)
    assert found is not None
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_a_packet_is_begun_with_two_keys(screens: Opener, logged: CaseStore, size: tuple[int, int]) -> None:
    async with screens(size=size) as screen:
        await screen.press("p")
        assert "No packet yet." in screen.text
        await screen.press("n", "y")
        assert len(packet(screen).claims) == 1
        assert "Speech therapy: not provided as the IEP is written" in screen.listed
        assert "34 CFR 300.153(b)(3)" in screen.listed


async def test_what_it_did_to_the_child_is_asked_for(screens: Opener, logged: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y")
        await screen.press("e", "type:No new words", "escape")
        await screen.press("e")
        assert "No new words" in screen.text
        await screen.press("tab", "enter")
        assert packet(screen).effect == "No new words"
        assert "what it did to your child" not in screen.listed


async def test_what_the_journal_has_of_progress_stands_above_the_words_on_the_effect(
    screens: Opener, logged: CaseStore, write: Callable[..., object]
) -> None:
    write(Goal(handle="reading", text="60 words"), ProgressReport(due_on=date(2026, 10, 16)))
    async with screens() as screen:
        await screen.press("p", "n", "y", "e")
        assert "reading: nothing measured since Mon Aug 10, 15 weeks" in screen.text
        assert "progress report due Fri Oct 16: not received" in screen.text
        await screen.press("type:Slower.")
        assert "Slower." in screen.text


async def test_a_strange_name_becomes_student_b(screens: Opener, logged: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y")
        await screen.pick("“Liam”")
        await screen.press("1")
        assert [(alias.name, alias.becomes) for alias in packet(screen).names] == [("Liam", "Student B")]
        assert "“Liam”" not in screen.listed
        await screen.press("u", "y")
        assert packet(screen).names == ()
        await screen.press("u", "y")
        assert newest_packet(screen.case) is None


async def test_a_fact_is_taken_out_of_its_claim_and_put_back(screens: Opener, logged: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y")
        await screen.pick("Speech therapy: not")
        (before,) = screen.case.all(Claim)
        await screen.pick("Session")
        await screen.press("1")
        (less,) = screen.case.all(Claim)
        assert len(less.facts) == len(before.facts) - 1
        assert "Not in it" in screen.listed
        await screen.pick("Session")
        (again,) = screen.case.all(Claim)
        assert set(again.facts) == set(before.facts)
