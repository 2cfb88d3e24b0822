"""Exhibits: the papers of the packet in their order, each to be titled, moved or left out, and those not in it yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work

from iepjournal import bindery
from iepjournal.core import choices
from iepjournal.core.exhibits import new_exhibit, source_of, title_of, usable
from iepjournal.core.packet import is_open, newest_packet
from iepjournal.core.records import Attachment, Exhibit, Letter
from iepjournal.core.text import clean_text
from iepjournal.errors import NotAllowed
from iepjournal.screens.dialogs import Choose, Tell, Told
from iepjournal.screens.messages import FileGiven
from iepjournal.screens.section import Section
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import QUIET, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.core.chronology import Event
    from iepjournal.core.exhibits import Labelled
    from iepjournal.core.records import Record
    from iepjournal.widgets.typeset import Sheet

HERE = "here"
"""Chosen for a file that is not in the case yet."""


class Exhibits(Section):
    """The exhibits as they will be bound."""

    FOOTER = ("rows.1", "exhibits.earlier", "exhibits.later", "exhibits.title", "exhibits.leave-out", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [
        key("b", "move(-1)", "before", "Put it one place nearer the front", id="exhibits.earlier"),
        key("f", "move(1)", "further", "Put it one place further back", id="exhibits.later"),
        key("e", "retitle", "title", "What the table of exhibits calls it", id="exhibits.title"),
        key("x", "leave_out", "leave out", "Take it out of the packet, with the reason", id="exhibits.leave-out"),
    ]

    @property
    def title_right(self) -> str:
        """What it is."""
        return "Exhibits"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no change to a packet that was sent."""
        del parameters
        return is_open(self.view.case) if action in ("move", "retitle", "leave_out") else True

    def draw_rows(self, sheet: Sheet) -> None:
        """Those that are in, in order; the choices about all of them; and those that are not in."""
        if newest_packet(self.view.case) is None:
            sheet.paragraph("There is no packet any more. q goes back.", role=QUIET)
            return
        complaint = self.view.complaint
        by_hand = bool(complaint.packet.order)
        sheet.heading("In the packet", "in your own order" if by_hand else "in the order of first mention")
        sheet.rows(
            Row(f"{one.label}  {one.title}", _named(one), ("in", one.exhibit.root)) for one in complaint.exhibits
        )
        if complaint.exhibits:
            sheet.paragraph(bindery.UNREAD, role=QUIET)
        else:
            sheet.paragraph("None yet. A paper that shows a fact is worth more than ten words.", role=QUIET)
        if not is_open(self.view.case):
            return
        out = usable(self.view.case)
        if out:
            sheet.heading("Not in it", "pick one to put it in")
        sheet.rows(
            Row(
                title_of(source),
                f"{'letter' if isinstance(source, Letter) else 'file'} {source.no}",
                ("out", source.root),
            )
            for source in out
        )
        sheet.heading("More")
        sheet.rows(self._ways(by_hand=by_hand))

    def _ways(self, *, by_hand: bool) -> Iterator[Row]:
        covers = self.view.complaint.packet.covers
        yield Row("Keep a file of this machine as an exhibit", pick=("file", ""))
        yield Row("A sheet before each exhibit", "yes" if covers else "no", ("covers", ""))
        if by_hand:
            yield Row("Back to the order of first mention", pick=("mention", ""))

    async def ask(self, pick: Any) -> None:
        """What to do with a row."""
        kind, root = pick
        if kind == "in":
            await self._ask_about(root)
        elif kind == "out":
            self.record(partial(_added, root=root), "It is an exhibit.")
        elif kind == "file":
            await ask_file(self)
        elif kind == "covers":
            covers = not self.view.complaint.packet.covers
            said = "Each exhibit has a sheet before it." if covers else "No sheets between the exhibits."
            self.record(lambda case: [choices.changed(case, covers=covers)], said)
        elif kind == "mention":
            self.record(lambda case: [choices.by_mention(case)], "In the order of first mention again.")

    async def _ask_about(self, root: str) -> None:
        one = self._named(root)
        if one is None or not is_open(self.view.case):
            return
        last = len(self.view.complaint.exhibits)
        place = self.view.complaint.exhibits.index(one) + 1
        ways: list[tuple[str, str]] = [("title", "change its title")]
        if place > 1:
            ways += [("before", "one place nearer the front"), ("first", "to the front")]
        if place < last:
            ways += [("further", "one place further back"), ("last", "to the end")]
        ways += [("shows", "say which facts it shows"), ("out", "leave it out")]
        named = f"Your own words name it with [[ex:{one.exhibit.handle}]]; its letter and page stand there then."
        question = f"Exhibit {one.label}, {one.title}. {named}"
        way = await self.app.push_screen_wait(Choose(question, ways))
        places = {"before": place - 1, "first": 1, "further": place + 1, "last": last}
        if way in places:
            self._place(root, places[way])
        elif way == "title":
            await self._ask_title(one)
        elif way == "shows":
            await self._ask_facts(one)
        elif way == "out":
            await self._ask_out(one)

    def _named(self, root: str) -> Labelled | None:
        return next((one for one in self.view.complaint.exhibits if one.exhibit.root == root), None)

    @property
    def _meant(self) -> Labelled | None:
        """The exhibit under the mark."""
        pick = self.main.pick
        return self._named(pick[1]) if isinstance(pick, tuple) and pick[0] == "in" else None

    def action_move(self, step: int) -> None:
        """Change places with the one beside it."""
        if one := self._meant:
            place = self.view.complaint.exhibits.index(one) + 1 + step
            if 1 <= place <= len(self.view.complaint.exhibits):
                self._place(one.exhibit.root, place)

    @work
    async def action_retitle(self) -> None:
        """Ask for its title."""
        if one := self._meant:
            await self._ask_title(one)

    @work
    async def action_leave_out(self) -> None:
        """Ask why, and leave it out."""
        if one := self._meant:
            await self._ask_out(one)

    def _place(self, root: str, place: int) -> None:
        def operation(case: Case) -> list[Record]:
            complaint = bindery.complaint_of(case, self.view.book)
            return [choices.placed(complaint, _exhibit(case, root), place)]

        self.record(operation, f"It is number {place} of {len(self.view.complaint.exhibits)} now.")

    async def _ask_title(self, one: Labelled) -> None:
        title = await self.app.push_screen_wait(
            Tell("What does the table of exhibits call it?", value=one.title, needed=True)
        )
        if title and title != one.title:
            words = clean_text(title, multiline=False).text
            self.record(partial(_changed, root=one.exhibit.root, title=words), f"Exhibit {one.label}: {words}.")

    async def _ask_facts(self, one: Labelled) -> None:
        typed = await self.app.push_screen_wait(
            Tell("Which facts does it show? Their numbers:", hint="Like 41, 42. Those it belongs to it shows anyway")
        )
        if typed:

            def operation(case: Case) -> list[Record]:
                facts = choices.facts_of(bindery.complaint_of(case, self.view.book), choices.numbers(typed))
                return _changed(case, root=one.exhibit.root, facts=facts)

            self.record(operation, f"Exhibit {one.label} shows {typed}.")

    async def _ask_out(self, one: Labelled) -> None:
        why = await self.app.push_screen_wait(
            Tell(f"Leave {one.title} out? The file stays in the case. Why?", needed=True)
        )
        if why:
            self.record(lambda case: choices.left_out(case, _exhibit(case, one.exhibit.root), why), "It is left out.")


async def ask_shown_by(page: Section, event: Event) -> None:
    """A paper that shows a fact: an exhibit, a file of the case that is none yet, or one that is kept now."""
    complaint = page.view.complaint
    sources = {one.exhibit.of: f"Ex. {one.label}  {one.title}" for one in complaint.exhibits}
    sources |= {source.root: title_of(source) for source in usable(page.view.case)}
    options = [*sources.items(), (HERE, "a file that is on this machine")]
    chosen = await page.app.push_screen_wait(Choose(f"What shows {event.number}?", options))
    if chosen == HERE:
        await _ask_path(page, event)
    elif chosen:
        operation = partial(_added, root=chosen, facts=(event.record.root,))
        page.record(operation, f"It shows {event.number}.")


async def ask_file(page: Section) -> None:
    """Keep a file with the entry it belongs to; from there it becomes an exhibit."""
    complaint = page.view.complaint
    options = [
        (event, f"{event.day}, {event.number}: {complaint.plain(event)}")
        for event in complaint.chronology
        if not isinstance(event.record, Letter)
    ]
    if not options:
        await page.app.push_screen_wait(Told("There is no fact in the packet yet. Put one into a claim first."))
        return
    event = await page.app.push_screen_wait(Choose("Which fact does it show?", options))
    if event:
        await _ask_path(page, event)


async def _ask_path(page: Section, event: Event) -> None:
    path = await page.app.push_screen_wait(
        Tell(
            f"Which file shows {event.number}? Its path on this machine:",
            needed=True,
            hint="Enter keeps a copy. To bring one here: scp, or SFTP",
        )
    )
    if path:
        page.post_message(FileGiven(event.record, path, as_exhibit=True))


def _named(one: Labelled) -> str:
    """What it is in the case, where its title does not say it."""
    if isinstance(one.source, Letter):
        return f"letter {one.source.no}"
    return one.name if one.name != one.title else ""


def _exhibit(case: Case, root: str) -> Exhibit:
    found = next((exhibit for exhibit in case.all(Exhibit) if exhibit.root == root), None)
    if found is None:
        raise NotAllowed("This exhibit is not in the packet any more.", "Nothing was changed.")
    return found


def _changed(case: Case, *, root: str, title: str = "", facts: tuple[str, ...] = ()) -> list[Record]:
    choices.packet_of(case)
    source = source_of(_exhibit(case, root), case)
    return [new_exhibit(case, source, title=title, facts=facts)] if source else []


def _added(case: Case, *, root: str, facts: tuple[str, ...] = ()) -> list[Record]:
    choices.packet_of(case)
    source: Attachment | Letter = case.by_root[root]  # type: ignore[assignment]
    return [new_exhibit(case, source, facts=facts)]
