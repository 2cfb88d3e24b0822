"""Child, parent and school: each field as it goes into letters, and the question that corrects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.profile import MANY_LINES, held, in_words, next_profile, with_fields
from iepjournal.screens.dialogs import Tell
from iepjournal.screens.section import Section, field_row
from iepjournal.screens.write import Write

if TYPE_CHECKING:
    from iepjournal.screens.view import View
    from iepjournal.widgets.typeset import Sheet

LABELS = {
    "child.name": "Name",
    "child.birth_date": "Born",
    "child.grade": "Grade",
    "child.address": "Address",
    "child.homeless": "No fixed home",
    "child.contact": "Contact instead",
    "parent.name": "Name",
    "parent.address": "Address",
    "parent.phone": "Phone",
    "parent.email": "E-mail",
    "school.name": "School",
    "school.district": "District",
    "school.address": "Address",
    "state": "State",
}
HINTS = {
    "child.birth_date": "With its year: 5/3/2018",
    "child.homeless": "y or n: then a contact goes into a complaint instead of an address",
    "state": "Its two letters: ms",
    "school.district": "Its calendar and its cases go by this name",
}


def summary(view: View, part: str) -> str:
    """The name, and what tells it apart."""
    profile = view.case.profile
    if part == "child":
        grade = f"grade {profile.child.grade}" if profile.child.grade else ""
        return ", ".join(filter(None, (profile.child.name, grade)))
    return profile.parent.name if part == "parent" else profile.school.name


def draw(sheet: Sheet, view: View, part: str) -> None:
    """Every field of one part, filled or not."""
    known = held(view.case.profile)
    sheet.fields(
        field_row(label, in_words(known[name]) if name in known else "", name)
        for name, label in LABELS.items()
        if name.startswith(f"{part}.") or (part == "school" and name == "state")
    )


class Family(Section):
    """One part of the family and the school."""

    def __init__(self, view: View, part: str) -> None:
        super().__init__(view)
        self.part = part

    @property
    def title_right(self) -> str:
        """Which part."""
        return self.part.capitalize()

    def draw_rows(self, sheet: Sheet) -> None:
        """Every field."""
        draw(sheet, self.view, self.part)

    async def ask(self, pick: str) -> None:
        """The next text of a field."""
        await ask_field(self, pick)


async def ask_field(page: Section, field: str) -> None:
    """The next text of a field, on any page that lacks it; empty empties it."""
    profile, today = page.view.case.profile, page.view.today
    known = held(profile)
    value = in_words(known[field]) if field in known else ""
    label = f"{field.partition('.')[0].capitalize()}, {LABELS[field].lower()}:"
    if field.endswith(MANY_LINES):
        typed = await page.app.push_screen_wait(Write(label, value=value))
    else:
        typed = await page.app.push_screen_wait(
            Tell(
                label,
                value=value,
                hint=f"{HINTS.get(field, '')}. Enter saves; empty takes it out".lstrip(". "),
                reads=lambda text: with_fields(profile, {field: text}, today),
            )
        )
    if typed is not None and typed != value:
        said = f"{LABELS[field]}: {typed.splitlines()[0]}." if typed else f"{LABELS[field]} is empty now."
        page.record(lambda case: [next_profile(case, {field: typed}, today)], said)
