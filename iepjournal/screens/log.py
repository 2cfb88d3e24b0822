"""Log: everything written so far, newest first, one line an entry; the pane shows the whole of one."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.containers import Horizontal
from textual.widgets import Input

from iepjournal.core.dates import say
from iepjournal.core.entries import lag_of, wording
from iepjournal.core.plurals import many
from iepjournal.core.records import ENTRY_TYPES, Entry, Service
from iepjournal.core.search import Wanted, select
from iepjournal.errors import NoSuchRecord
from iepjournal.screens.dialogs import Choose
from iepjournal.screens.entry import EntryActions, EntryPage, draw_entry
from iepjournal.screens.page import stylesheet
from iepjournal.widgets.keys import key
from iepjournal.widgets.line_box import LineBox
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ALERT, HEADING, QUIET, STRONG, Line, Piece, Sheet, cut, fit, pad, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.screens.view import View

TYPE_WIDTH = 10
ROOM_FOR_LAG = 64
ON_THE_DAY = ("written at once", "written the same day", "written that week")


class EntryLines:
    """A Source of entries, the date above those of one day; each line is made when it is drawn."""

    def __init__(self, entries: Sequence[Entry], view: View, width: int) -> None:
        self.entries, self.view, self.width = entries, view, width
        self.picks = [entry.no for entry in entries]
        self._number_width = max((len(str(entry.no)) for entry in entries), default=1)

    @cached_property
    def _places(self) -> list[int]:
        """The line of each entry."""
        places, line, day = [], 0, None
        for entry in self.entries:
            line += entry.happened_on != day
            day = entry.happened_on
            places.append(line)
            line += 1
        return places

    def __len__(self) -> int:
        return self._places[-1] + 1 if self._places else 0

    def first_line(self, index: int) -> int:
        """Where an entry stands."""
        return self._places[index]

    def __getitem__(self, y: int, /) -> Line:
        index = bisect_left(self._places, y)
        entry = self.entries[index]
        if self._places[index] != y:
            return Line(((f" {say(entry.happened_on, self.view.today)}", HEADING),))
        return Line(self._pieces(entry), entry.no)

    def _pieces(self, entry: Entry) -> tuple[Piece, ...]:
        case = self.view.case
        number = f" {entry.no!s:>{self._number_width}} "
        words = fit(wording(entry, case), self.width)
        if entry.root in case.struck:
            kind = f"{'struck':<{TYPE_WIDTH}} "
            return cut([(number, QUIET), (kind, QUIET), (f"{case.struck[entry.root]} · {words}", QUIET)], self.width)
        kind = f"{entry.type.replace('-', ' '):<{TYPE_WIDTH}} "
        pieces = [(number, QUIET), (kind, QUIET)]
        if entry.private:
            pieces.append(("private ", ALERT))
        lag = lag_of(entry, case)
        lag = "" if self.width < ROOM_FOR_LAG or lag in ON_THE_DAY or "min later" in lag else lag
        room = self.width - sum(width_of(text) for text, _ in pieces) - (width_of(lag) + 2 if lag else 0)
        pieces.append((pad(fit(words, room), room) if lag else fit(words, room), ""))
        if lag:
            pieces.append((f"  {lag}", QUIET))
        return tuple(pieces)


class Log(EntryActions):
    """The list of entries, a search over it, and at 80 columns the whole of the entry under the mark."""

    NAME = "Log"
    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("log")
    FOOTER = ("rows.open", "app.add", "app.search", "entry.correct", "entry.strike")

    BINDINGS: ClassVar[list[Binding]] = [
        *(
            key(str(n), f"digit({n})", "by number", "Open the entry with that number: its digits, then Enter",
                id=f"rows.digit-{n}", shows_as="0-9")
            for n in range(10)
        ),
        key("b", "only", "only some", "Only one type, person, service or tag", id="log.only"),
        key("o", "struck", "struck too", "Show struck entries as well, or hide them again", id="log.struck"),
    ]  # fmt: skip

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.wanted = Wanted()
        self._digits = ""

    def body(self) -> ComposeResult:
        """The search box, the list and the pane."""
        yield LineBox(placeholder="Words to find, then Enter", id="search")
        with Horizontal():
            yield Lines(id="main")
            yield Lines(id="whole")

    @property
    def title_right(self) -> str:
        """How many there are, how many of them are shown, and how many are struck."""
        case = self.view.case
        shown, every = len(self.main.source.picks), len(case.entries)
        struck = sum(1 for entry in case.with_struck(Entry) if entry.root in case.struck) if case.struck else 0
        only = self.wanted.type or self.wanted.who or self.wanted.service or self.wanted.tag
        counted = f"{shown} of {every}" if only or self.wanted.text else many(every, "entry", "entries")
        return " · ".join(filter(None, ("Log", only.replace("-", " "), counted, f"{struck} struck" if struck else "")))

    @property
    def meant(self) -> Entry | None:
        """The entry under the mark."""
        no = self.main.pick
        return self.view.case.numbered(no, Entry) if isinstance(no, int) else None

    def show(self) -> None:
        """Draw the list, newest first, and the pane."""
        entries = select(self.view.case, self.wanted)[::-1]
        if entries:
            self.main.show(EntryLines(entries, self.view, self.main.content_width))
        else:
            sheet = Sheet(self.main.content_width)
            sheet.paragraph(self._nothing())
            self.main.show(sheet)
        self._show_whole()

    def _nothing(self) -> str:
        if self.view.case.entries:
            return "No entry is like that. / changes the words, b shows everything."
        return "Nothing is written yet. a begins: what happened, in your own words."

    def _show_whole(self) -> None:
        pane = self.query_one("#whole", Lines)
        if not pane.display or not pane.size.width:
            return
        sheet = Sheet(pane.content_width)
        if entry := self.meant:
            sheet.paragraph(f"Entry {entry.no}", role=STRONG)
            draw_entry(sheet, self.view, entry)
        pane.show(sheet)
        pane.scroll_home(animate=False)

    @on(Lines.Moved, "#main")
    def moved(self) -> None:
        """Show the whole of the entry under the mark."""
        self._show_whole()

    @on(Lines.Picked, "#main")
    def opened(self, picked: Lines.Picked) -> None:
        """Open the entry under the mark, or the one whose number was typed."""
        typed, self._digits = self._digits, ""
        self._open(typed or picked.pick)

    def _open(self, no: object) -> None:
        try:
            entry = self.view.case.numbered(str(no), Entry)
        except NoSuchRecord as error:
            self.say(str(error))
            return
        self.open(EntryPage(self.view, entry.no or 0))

    def on_key(self, event: events.Key) -> None:
        """Digits go on building a number until another key is pressed."""
        super().on_key(event)
        if event.key not in ("enter", *"0123456789"):
            self._digits = ""

    def action_digit(self, n: int) -> None:
        """Build an entry's number."""
        self._digits += str(n)
        self.say(f"Entry {self._digits} · Enter opens it")

    @on(events.DescendantFocus)
    def focus_moved(self) -> None:
        """Name the keys of the box, or of the list."""
        self.draw_keys()

    def footer_keys(self) -> Iterable[tuple[str, str]]:
        """While the box has the cursor, letters are typed into it."""
        if self.query_one("#search").has_focus:
            return [("Enter", "to the list"), ("empty", "shows all")]
        return super().footer_keys()

    # -- what is shown ----------------------------------------------------------------------------------------------

    def open_search(self) -> None:
        """Show the box and let the keys go to it."""
        box = self.query_one("#search", LineBox)
        box.add_class("-open")
        box.focus()

    @on(Input.Changed, "#search")
    def searched(self, changed: Input.Changed) -> None:
        """Find while the words are typed."""
        self.wanted = self.wanted.replace(text=changed.value)
        self.main.cursor = 0
        self.draw()

    @on(Input.Submitted, "#search")
    def found(self) -> None:
        """To the list; an empty box goes away."""
        box = self.query_one("#search", LineBox)
        box.set_class(bool(box.value.strip()), "-open")
        self.main.focus()

    def action_struck(self) -> None:
        """Show struck entries as well, or hide them again."""
        self.wanted = self.wanted.replace(struck=not self.wanted.struck)
        self.draw()

    @work
    async def action_only(self) -> None:
        """Choose what to show: everything, or one type, person, service or tag."""
        case = self.view.case
        kinds: list[tuple[str, list[tuple[str, str]]]] = [
            ("type", [(one, one.replace("-", " ")) for one in ENTRY_TYPES if any(e.type == one for e in case.entries)]),
            ("who", [(handle, person.name or f"@{handle}") for handle, person in case.people.items()]),
            ("service", [(one.handle, one.name or one.handle) for one in case.all(Service)]),
            ("tag", [(tag, f"#{tag}") for tag in sorted({tag for entry in case.entries for tag in entry.tags})]),
        ]
        words = {"type": "One type", "who": "One person", "service": "One service", "tag": "One tag"}
        offered = [("", "Everything"), *((kind, words[kind]) for kind, values in kinds if values)]
        kind = await self.app.push_screen_wait(Choose("Show", offered))
        if kind is None:
            return
        chosen = await self.app.push_screen_wait(Choose(words[kind], dict(kinds)[kind])) if kind else ""
        if chosen is None:
            return
        everything = Wanted(struck=self.wanted.struck)
        self.wanted = everything.replace(**{kind: chosen}) if kind else everything
        box = self.query_one("#search", LineBox)
        box.value = ""
        box.remove_class("-open")
        self.draw()
