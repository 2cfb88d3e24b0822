"""Beginning a letter: what it has to be told is asked, then it is written and opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from iepjournal import mailroom
from iepjournal.core.confirmations import TALKS, unconfirmed
from iepjournal.core.dates import say
from iepjournal.core.entries import wording
from iepjournal.core.letters import TALK, WHO, before_of, chosen_entries, offered_entries
from iepjournal.core.sessions import EXCUSED
from iepjournal.core.tally import AS_WRITTEN, CONSERVATIVE
from iepjournal.core.templates import names_in
from iepjournal.screens.dialogs import Ask, Choose
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import Page
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import ACCENT, QUIET, Row, Sheet, fit

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry, Letter, Record
    from iepjournal.core.templates import Template
    from iepjournal.screens.view import View

STRENGTHS = {
    "warm": "warm: we set it right together",
    "firm": "firm: what is needed, and by when",
    "formal": "formal: the rules by name, for the file",
}
COUNTED = {
    CONSERVATIVE: "conservative: harder to argue with",
    AS_WRITTEN: "as the IEP is written: every week in full",
}
OF_ENTRIES = ("entries.", "happened.", "entry.", "talk.")
OF_FIGURES = ("totals.", "total.", "missed.", "unknown.")
"""How the names of the blanks begin that are filled from the log, and from what was counted."""
PRIVATE = "private"


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """A letter that is to be written, as far as it is decided."""

    template: Template
    strength: str = ""
    after: Letter | None = None
    """The letter it follows, where that is not the usual."""
    counted: str = CONSERVATIVE
    entries: tuple[int, ...] = ()
    """Numbers; of a letter about a talk, the talk comes first."""
    private_too: frozenset[int] = frozenset()
    """Those of them that are private, and that the school is meant to read."""

    def tells_of(self, names: tuple[str, ...]) -> bool:
        """Whether something of this kind stands anywhere in the letter."""
        return any(name.startswith(names) for name in names_in(self.template.body(self.strength)))

    @property
    def is_about_a_talk(self) -> bool:
        """Whether it puts one in writing."""
        return self.template.follows == TALK

    @property
    def needs_entries(self) -> bool:
        """Whether what is chosen from the log stands anywhere in it, its address included."""
        return WHO in self.template.to or self.tells_of(OF_ENTRIES)


def begin(page: Page, template: Template, talk: Entry | None = None, after: Letter | None = None) -> None:
    """Ask what the letter needs, then write it and show it."""
    page.run_worker(_begin(page, Beginning(template=template, after=after), talk))


async def _begin(page: Page, begun: Beginning, talk: Entry | None) -> None:
    template, view = begun.template, page.view
    if template.warning:
        answer = await page.app.push_screen_wait(Ask(template.warning, {"y": "write it", "n": "not now"}))
        if answer != "y":
            return
    if template.strengths:
        offered = [(one, STRENGTHS[one]) for one in template.strengths]
        strength = await page.app.push_screen_wait(Choose("In which voice?", offered))
        if strength is None:
            return
        begun = replace(begun, strength=strength)
    if begun.tells_of(OF_FIGURES) and _counts_differ(view):
        counted = await page.app.push_screen_wait(Choose("Which figures?", list(COUNTED.items())))
        if counted is None:
            return
        begun = replace(begun, counted=counted)
    if talk and talk.no:
        write(page, replace(begun, entries=(talk.no,)))
    elif begun.needs_entries:
        waiting = unconfirmed(view.case, view.now) if begun.is_about_a_talk else ()
        page.open(ChooseFacts(view, begun, waiting[0].entry if waiting else None))
    else:
        write(page, begun)


def _counts_differ(view: View) -> bool:
    """Whether the two ways to count come to different figures; else there is nothing to choose."""
    counts = view.services_for_letters.counts if view.services_for_letters else ()
    return any(not count.needs and count.as_written != count.conservative for count in counts)


def write(page: Page, begun: Beginning) -> None:
    """Write the letter into the journal, and open it."""
    view = page.view

    def operation(case: Case) -> list[Letter]:
        letter = mailroom.first_text(
            begun.template,
            case,
            view.today,
            chosen=chosen_entries(case, begun.entries, begun.private_too),
            before=before_of(begun.after, case) if begun.after else None,
            totals=view.services_for_letters,
            strength=begun.strength,
            counted=begun.counted,
        )
        return [letter]

    def opened(written: Sequence[Record]) -> None:
        page.app.call_later(page.app.run_action, f"app.letter({written[0].no}, True)")

    page.post_message(Recorded(operation, _said, then=opened))


def _said(written: Sequence[Record]) -> str:
    return f"Letter {written[0].no} is begun. Read it, fill the blanks, then Tab to Done."


class ChooseFacts(Page):
    """The entries a letter may tell of, newest first; private ones only when asked for, and then one by one."""

    FOOTER = ("facts.go-on", "facts.1", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("n", "go_on", "next", "Write the letter with the chosen entries", id="facts.go-on"),
        *(
            key(str(n), f"digit({n})", "by number", "Go to the entry with that number; Enter then chooses it",
                id=f"facts.{n}", shows_as="0-9")
            for n in range(10)
        ),
    ]  # fmt: skip

    def __init__(self, view: View, begun: Beginning, talk: Entry | None) -> None:
        super().__init__(view)
        self.begun = begun
        self.chosen: list[int] = [talk.no] if talk and talk.no else []
        """Numbers of entries; of a letter about a talk, the talk comes first."""
        self._shows_private = False
        self._digits = ""

    @property
    def title_right(self) -> str:
        """How many are chosen."""
        return f"Which entries? · {len(self.chosen)} chosen"

    @property
    def _private(self) -> list[Entry]:
        return [entry for entry in self.view.case.entries if entry.private]

    @property
    def _sessions_tell(self) -> bool:
        """Whether the letter has something to tell of without any entry."""
        sessions = self.view.case.sessions
        not_given = any(one.result in ("missed", "partial") and one.reason not in EXCUSED for one in sessions)
        return not_given and self.begun.tells_of(("happened.",))

    def show(self) -> None:
        """Draw every entry there is, those about a talk first where the letter needs one."""
        sheet = Sheet(self.main.content_width)
        entries = offered_entries(self.view.case)[::-1]
        talks = [entry for entry in entries if entry.type in TALKS] if self.begun.is_about_a_talk else []
        if not entries:
            told = "of the sessions that were not given" if self._sessions_tell else "with blanks for you to fill"
            sheet.heading("No entry to tell of yet.")
            sheet.paragraph(f"n writes the letter {told}. a adds an entry first.", role=QUIET)
        else:
            sheet.paragraph("Enter chooses an entry, or leaves it out again; n writes the letter.", role=QUIET)
            if self._sessions_tell and not self.chosen:
                sheet.paragraph("With none chosen it tells of the sessions that were not given.", role=QUIET)
        if talks:
            sheet.heading("The talk, and what else belongs to it")
        sheet.rows(map(self._row, (*talks, *(entry for entry in entries if entry not in talks))))
        if private := self._private[::-1]:
            stay = "1 private entry stays" if len(private) == 1 else f"{len(private)} private entries stay"
            if self._shows_private:
                sheet.heading("Private: each is asked about before it goes in")
                sheet.rows(map(self._row, private))
            else:
                sheet.blank()
                sheet.rows(
                    [
                        Row(
                            f"{stay} out. Enter here shows {'it' if len(private) == 1 else 'them'}",
                            pick=PRIVATE,
                            lead=" ",
                            title_role=QUIET,
                        )
                    ]
                )
        self.main.show(sheet)

    def _row(self, entry: Entry) -> Row:
        mark = "✓" if entry.no in self.chosen else "·"
        words = fit(wording(entry, self.view.case), 110)
        day = say(entry.happened_on, self.view.today)
        return Row(
            f"{day}: {words}", pick=entry.no, lead=f"{mark} {entry.no}", title_role=ACCENT if mark == "✓" else ""
        )

    def action_digit(self, digit: int) -> None:
        """Build an entry number, and go to it."""
        for typed in (f"{self._digits}{digit}", str(digit)):
            if self.main.move_to(int(typed)):
                self._digits = typed
                return
        self._digits = f"{self._digits}{digit}"[-6:]

    @on(Lines.Picked, "#main")
    def picked(self, picked: Lines.Picked) -> None:
        """Choose what the mark stands on, or leave it out again."""
        self._toggle(picked.pick)

    def _toggle(self, no: Hashable) -> None:
        self._digits = ""
        if no == PRIVATE:
            self._shows_private = True
        elif isinstance(no, int) and no in self.chosen:
            self.chosen.remove(no)
        elif isinstance(no, int):
            private = next((one for one in self._private if one.no == no), None)
            if private:
                self._ask_whether(private)
            else:
                self.chosen.append(no)
        self.draw()

    @work
    async def _ask_whether(self, entry: Entry) -> None:
        """A private entry goes in only if the parent says so of this one."""
        question = f"Entry {entry.no} is private: “{fit(entry.text, 90)}” Shall the school read it?"
        answers = {"y": "yes, put this one in", "n": "no, it stays private"}
        if await self.app.push_screen_wait(Ask(question, answers)) == "y" and entry.no:
            self.chosen.append(entry.no)
            self.draw()

    def action_go_on(self) -> None:
        """Write it."""
        numbers = self.chosen if self.begun.is_about_a_talk else sorted(self.chosen)
        private = frozenset(one.no for one in self._private if one.no) & frozenset(numbers)
        write(self, replace(self.begun, entries=tuple(numbers), private_too=private))
