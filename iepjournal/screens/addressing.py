"""To whom a letter goes, who gets a copy, and its subject: rows that change one thing each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iepjournal import mailroom
from iepjournal.core.addressing import addressed, placed
from iepjournal.core.corrections import amended
from iepjournal.core.people import short_name
from iepjournal.core.records import Letter
from iepjournal.screens.dialogs import Ask, Tell
from iepjournal.screens.section import Section
from iepjournal.widgets.typeset import ACCENT, QUIET, Row

if TYPE_CHECKING:
    from iepjournal.core.addressing import Addressed
    from iepjournal.core.case import Case
    from iepjournal.screens.view import View
    from iepjournal.widgets.typeset import Sheet

PLACES = {"to": "addressed", "cc": "a copy", "": ""}
SUBJECT, NEW_PERSON = "subject", "new person"


def in_words(letter: Letter, case: Case) -> str:
    """To Dr. Ann Lott, copy Mr. Reed: in one line, for a row that leads here."""
    there = {
        place: ", ".join(_name(one) for one in addressed(letter, case) if one.place == place) for place in ("to", "cc")
    }
    to = f"To {there['to']}" if there["to"] else "To nobody yet"
    return f"{to}, copy to {there['cc']}" if there["cc"] else to


def _name(one: Addressed) -> str:
    return (short_name(one.person) if one.person else "") or one.lines.split("\n")[0]


class Addressing(Section):
    """Everybody on the letter, then everybody else of the case."""

    def __init__(self, view: View, no: int) -> None:
        super().__init__(view)
        self.no = no

    @property
    def letter(self) -> Letter:
        """The letter as it stands now."""
        return self.view.case.numbered(self.no, Letter)

    @property
    def title_right(self) -> str:
        """Whose address."""
        return f"Letter {self.no} · to whom"

    def draw_rows(self, sheet: Sheet) -> None:
        """The people, then the subject."""
        letter, case = self.letter, self.view.case
        sheet.heading("Who gets it")
        sheet.rows(
            Row(
                _name(one),
                f"✓ {PLACES[one.place]}" if one.place else "·",
                one,
                title_role="" if one.place else QUIET,
                note_role=ACCENT if one.place == "to" else "" if one.place else QUIET,
                below=tuple(filter(None, (one.person.role if one.person and one.person.name else "",))),
            )
            for one in addressed(letter, case)
        )
        sheet.rows([Row("Somebody else: add them first", pick=NEW_PERSON, title_role=QUIET)])
        sheet.heading("Subject")
        sheet.rows([Row(letter.title or "none yet", pick=SUBJECT)])

    async def ask(self, pick: Any) -> None:
        """Ask about the row."""
        if pick == SUBJECT:
            await self._ask_subject()
        elif pick == NEW_PERSON:
            from iepjournal.screens.people import People

            self.open(People(self.view))
        else:
            await self._ask_place(pick)

    async def _ask_subject(self) -> None:
        opened = self.letter
        typed = await self.app.push_screen_wait(
            Tell("What is it about? It is the subject of the mail and the name of the file.", value=opened.title,
                 needed=True, hint="Enter saves. Esc goes back.")
        )  # fmt: skip
        if typed and typed != opened.title:
            self._write(opened, opened.replace(title=typed), "subject changed", "The subject is changed.")

    async def _ask_place(self, one: Addressed) -> None:
        offered = {"t": ("to", "address it to them"), "c": ("cc", "a copy"), "n": ("", "neither")}
        answers = {letter: says for letter, (place, says) in offered.items() if place != one.place}
        answer = await self.app.push_screen_wait(Ask(f"{_name(one)}:", answers))
        if answer is None:
            return
        opened = self.letter
        place = offered[answer][0]
        then = placed(opened, self.view.case, one, place)  # type: ignore[arg-type]
        if not then.to:
            self.say("A letter is addressed to somebody. Choose who gets it instead, then take this one off.")
            return
        said = {"to": f"It is addressed to {_name(one)} now.", "cc": f"{_name(one)} gets a copy now."}
        left_out = f"{_name(one)} is off the letter."
        if then.to != opened.to:
            then = await self._greeted(then)
        self._write(opened, then, f"{_name(one)}: {PLACES[place] or 'taken off'}", said.get(place, left_out))

    async def _greeted(self, letter: Letter) -> Letter:
        """The letter with the greeting its addressees would have, if the parent says so."""
        for greeting in mailroom.greetings_of(letter, self.view.case):
            question = f"The letter greets: “{greeting.now}” Make it “{greeting.then}”?"
            if await self.app.push_screen_wait(Ask(question, {"y": "yes", "n": "leave it"})) == "y":
                letter = letter.replace(text=letter.text.replace(greeting.now, greeting.then, 1))
        return letter

    def _write(self, opened: Letter, then: Letter, why: str, said: str) -> None:
        changes = {name: getattr(then, name) for name in ("to", "cc", "title", "text")}
        self.record(lambda case: [amended(case, mailroom.unchanged_since(opened, case), changes, why)], said)
