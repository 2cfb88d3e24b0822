"""People: who is who at school, district and state, under the short name that @ completes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work

from iepjournal.core.corrections import strike
from iepjournal.core.people import new_handle
from iepjournal.core.records import Person
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand
from iepjournal.screens.dialogs import Tell
from iepjournal.screens.section import Section, field_row
from iepjournal.screens.write import Write
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import QUIET, Row

if TYPE_CHECKING:
    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.screens.view import View
    from iepjournal.widgets.typeset import Sheet

LABELS = {"name": "Name", "role": "Role", "email": "E-mail", "phone": "Phone", "address": "Address"}


def summary(view: View) -> str:
    """How many."""
    return str(len(view.case.people) or "nobody yet")


def draw(sheet: Sheet, view: View) -> None:
    """Everybody in the order they were added."""
    if not view.case.people:
        sheet.paragraph("Nobody yet. n adds somebody: a teacher, the principal, the director.", role=QUIET)
    sheet.rows(
        Row(person.name or f"@{handle}", f"@{handle}", handle, below=tuple(filter(None, (person.role,))))
        for handle, person in view.case.people.items()
    )


class People(Section):
    """Everybody of the case."""

    NAME = "People"
    FOOTER = ("people.add", "rows.1", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [
        key("n", "add_person", "new", "Add a person", id="people.add"),
    ]

    def draw_rows(self, sheet: Sheet) -> None:
        """Everybody."""
        draw(sheet, self.view)

    async def ask(self, pick: str) -> None:
        """Open one person."""
        self.open(PersonPage(self.view, pick))

    @work
    async def action_add_person(self) -> None:
        """Name, role and short name of somebody new."""
        name = await self.app.push_screen_wait(
            Tell("Their name, as in a letter?", needed=True, hint="Like Ms. Dana Hill")
        )
        if not name:
            return
        role = await self.app.push_screen_wait(Tell("What are they?", hint="Like Speech therapist; empty skips"))
        if role is None:
            return
        handle = await self.app.push_screen_wait(
            Tell(
                "A short name, to type when you write?",
                hint="As in @hill. Enter takes it, Esc goes back",
                value=suggested(name, self.view.case),
                needed=True,
                reads=lambda typed: _free(typed, self.view.case),
            )
        )
        if handle:
            self.record(
                lambda case: [Person(handle=_free(handle, case), name=name, role=role)], f"{name} is @{handle.lower()}."
            )


def suggested(name: str, case: Case) -> str:
    """The last word of a name in small letters; with a number where it is taken."""
    word = "".join(letter for letter in name.split()[-1].lower() if letter.isalnum())
    if not word or word.isdigit():
        return ""
    return next(handle for n in range(1, 100) if (handle := f"{word}-{n}" if n > 1 else word) not in case.people)


def _free(typed: str, case: Case) -> str:
    handle = new_handle(typed)
    if handle in case.people:
        raise CannotUnderstand("free", typed, f"It is {case.people[handle].name}.")
    return handle


class PersonPage(Section):
    """One person."""

    FOOTER = ("rows.1", "person.remove", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [
        key("x", "remove", "take off", "Take the person off the list; old entries keep the name", id="person.remove"),
    ]

    def __init__(self, view: View, handle: str) -> None:
        super().__init__(view)
        self.handle = handle

    @property
    def title_right(self) -> str:
        """The short name."""
        return f"@{self.handle}"

    def draw_rows(self, sheet: Sheet) -> None:
        """Every field."""
        person = self.view.case.people.get(self.handle)
        if person is None:
            sheet.paragraph("Not on the list any more; old entries keep the name. q goes back.", role=QUIET)
            return
        sheet.fields(field_row(label, getattr(person, name), name) for name, label in LABELS.items())

    async def ask(self, pick: str) -> None:
        """The next text of a field."""
        person = self.view.case.people[self.handle]
        value, label = getattr(person, pick), LABELS[pick]
        dialog = (
            Write(f"{label}:", value=value)
            if pick == "address"
            else Tell(f"{label}:", value=value, hint="Enter saves; empty takes it out")
        )
        typed = await self.app.push_screen_wait(dialog)
        if typed is None or typed == value:
            return
        text = clean_text(typed, multiline=pick == "address").text
        said = f"@{self.handle}, {label.lower()}: {text.splitlines()[0] if text else 'empty now'}."
        self.record(lambda case: [case.people[self.handle].revised(**{pick: text})], said)

    @work
    async def action_remove(self) -> None:
        """Ask why, and take the person off."""
        person = self.view.case.people.get(self.handle)
        if person is None:
            return
        why = await self.app.push_screen_wait(
            Tell(f"Take {person.name} off the list? Old entries keep the name. Why?", needed=True)
        )
        if why:
            self.record(lambda case: [strike(case, case.people[self.handle], why)], f"@{self.handle} is off the list.")
