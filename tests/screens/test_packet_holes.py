"""No remark on a packet leads nowhere: each opens the question or the page that fills it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, RENEE, TODAY
from packetbook import WHOLE

from iepjournal.core.contents import check
from iepjournal.core.entries import understand
from iepjournal.core.packet import newest_packet
from iepjournal.core.records import Attachment, Child, Claim, Exhibit, Parent, School, Session
from iepjournal.screens.packet import Packet

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from conftest import Screens

    from iepjournal.store.case_store import CaseStore

    Opener = Callable[..., AbstractAsyncContextManager[Screens]]


@pytest.fixture
def bare(store: CaseStore) -> CaseStore:
    """A session that was not given, as the child told it, and of the family nothing but the child's name."""
    profile = store.case().profile.revised(child=Child(name="Maya Bell"), parent=Parent(), school=School())
    entry = understand("9/15 !child-said %speech Liam told her there was NO SPEECH.", store.case(), NOW).entry
    session = Session(service="speech", on=date(2026, 9, 10), result="missed", reason="vacancy", how="child-told")
    store.append([profile, entry, session], at=NOW, by=RENEE)
    return store


def missing(screen: Screens) -> set[str]:
    """What stops it now, by where."""
    found = check(screen.app.view.complaint, TODAY).findings  # type: ignore[attr-defined]
    return {finding.where for finding in found if finding.level == "stop"}


async def test_a_child_who_lives_with_the_parent_needs_one_digit(screens: Opener, bare: CaseStore) -> None:
    parent = Parent(name="Renee Bell", address="114 Pecan\nMillbrook")
    bare.append([bare.case().profile.revised(parent=parent)], at=NOW, by=RENEE)
    async with screens() as screen:
        await screen.press("p", "n", "y")
        await screen.pick("the address of the")
        assert "with me: 114 Pecan, Millbrook" in screen.text
        await screen.press("1")
        assert screen.case.profile.child.address == parent.address


async def test_every_row_of_a_packet_full_of_holes_asks_something_and_comes_back(
    screens: Opener, bare: CaseStore
) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y", "e", "type:[[ex:no]] They ALWAYS LIE.", "tab", "enter")
        main = screen.app.screen.main  # type: ignore[attr-defined]
        count = len(main.source.picks)
        assert count > 20
        for one in tuple(main.source.picks):
            main.move_to(one)
            await screen.press("enter")
            assert one == ("look", "") or not isinstance(screen.app.screen, Packet), f"{one} leads nowhere"
            await screen.app.workers.wait_for_complete() if one == ("look", "") else None
            while not isinstance(screen.app.screen, Packet):
                await screen.press("escape")
            assert one == ("look", "") or len(main.source.picks) == count


async def test_what_the_family_knows_is_filled_in_from_the_packet_until_nothing_stops_it(
    screens: Opener, bare: CaseStore
) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y")
        assert missing(screen) == {"signature", "contact", "residence", "school", "copy", "blank"}
        await screen.pick("your signature")
        await screen.press("type:Renee Bell", "enter")
        await screen.pick("how to reach you")
        await screen.press("1", "type:601-0142", "enter")
        await screen.pick("Not filled in: your address")
        await screen.press("type:114 Pecan", "tab", "enter")
        await screen.pick("the address of the")
        assert "with me: 114 Pecan" in screen.text
        await screen.press("3", "type:601, Renee", "enter")
        await screen.pick("the name of the school")
        await screen.press("type:Oak Ridge", "enter")
        await screen.pick("the district gets")
        await screen.press("type:Millbrook", "enter")
        assert missing(screen) == set()
        assert "Every required part is there" in screen.text
        child = screen.case.profile.child
        assert (child.homeless, child.contact, child.address) == (True, "601, Renee", "")


async def test_a_packet_without_a_claim_is_given_one_in_the_parents_words_and_what_would_mend_it(
    screens: Opener, bare: CaseStore
) -> None:
    bare.append([WHOLE.revised()], at=NOW, by=RENEE)
    async with screens() as screen:
        await screen.press("p", "n", "y")
        await screen.pick("Speech therapy: not")
        await screen.pick("Take it out")
        await screen.press("type:no proof", "enter", "q")
        assert missing(screen) == {"problem", "facts"}
        await screen.press("1", "2")
        await screen.pick("Not filled in: what was not")
        await screen.press("type:The aide", "enter")
        await screen.press("f7", "type:Gone on October 5, 2026.", "tab", "enter")
        (claim,) = screen.case.all(Claim)
        assert (claim.title, claim.text) == ("The aide", "Gone on October 5, 2026.")
        await screen.pick("facts on which")
        await screen.pick("Put in any other number")
        await screen.press(f"type:{screen.case.entries[0].no}", "enter", "q")
        assert missing(screen) == set()
        await screen.pick("a proposed resolution")
        await screen.press("8", "type:the clinic, $60", "enter")
        (claim,) = screen.case.all(Claim)
        assert claim.asks == ("reimbursement: the clinic, $60",)
        assert missing(screen) == set()


async def test_a_remark_is_mended_where_the_words_stand_or_let_stand(screens: Opener, bare: CaseStore) -> None:
    bare.append([WHOLE.revised()], at=NOW, by=RENEE)
    async with screens() as screen:
        await screen.press("p", "n", "y", "e", "type:They owe her 60. [[ex:no]]", "tab", "enter")
        await screen.pick("[[ex:no]]")
        await screen.press("1", *["backspace"] * 10, "tab", "enter")
        assert missing(screen) == set()
        await screen.pick("owe her 60")
        await screen.press("2")
        packet = newest_packet(screen.case)
        assert packet
        assert (packet.effect, len(packet.allowed)) == ("They owe her 60.", 1)
        assert "like a debt" not in screen.listed


async def test_what_the_journal_learned_since_is_taken_in_with_two_digits(
    screens: Opener, bare: CaseStore, write: Callable[..., object]
) -> None:
    bare.append([WHOLE.revised()], at=NOW, by=RENEE)
    async with screens() as screen:
        await screen.press("p", "n", "y")
        (before,) = screen.case.all(Claim)
        entry = screen.case.entries[0]
        write(
            Session(service="speech", on=date(2026, 9, 17), result="missed", reason="vacancy", how="saw"),
            Attachment(of=entry.root, name="mail.txt", sha256="0" * 64),
        )
        screen.app.look()  # type: ignore[attr-defined]
        await screen.press("home")
        await screen.pick("the journal has more about it")
        await screen.press("1")
        (claim,) = screen.case.all(Claim)
        assert len(claim.facts) == len(before.facts) + 1
        await screen.pick("is no exhibit")
        await screen.press("1")
        assert [exhibit.handle for exhibit in screen.case.all(Exhibit)] == ["mail"]


async def test_a_packet_of_last_week_is_dated_anew(screens: Opener, bare: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("p", "n", "y")
        await screen.pick("Dates")
        await screen.press("home", "type:12/4", *["delete"] * 16, "enter")
        packet = newest_packet(screen.case)
        assert packet
        assert packet.received_by == date(2026, 12, 4)


async def test_an_empty_case_says_what_comes_first(screens: Opener, store: CaseStore) -> None:
    async with screens() as screen:
        await screen.press("p")
        assert "nothing yet that a complaint could rest on" in screen.listed
        await screen.pick("What the IEP promises")
        assert "Case" in screen.lines[0]
        await screen.press("p", "n", "y")
        assert "It claims nothing yet." in screen.listed
