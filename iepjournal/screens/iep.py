"""The IEP: its dates and services in the order of the page, with their exact words, versions and what changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work

from iepjournal.core.dates import coming_day, full_date, past_day, say
from iepjournal.core.iep import (
    PERS,
    changed,
    checked,
    counted_in_days,
    differences,
    fixed,
    frequency,
    in_force,
    meaning,
    service_versions,
    versions,
)
from iepjournal.core.people import called, new_handle
from iepjournal.core.plurals import many
from iepjournal.core.records import Iep, Service
from iepjournal.core.service_fields import field_in_words, read_field, typed_again
from iepjournal.errors import CannotUnderstand
from iepjournal.screens.dialogs import Ask, Choose, Tell
from iepjournal.screens.section import Section, field_row
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import QUIET, Row, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from textual.binding import Binding

    from iepjournal.core.iep import Version
    from iepjournal.screens.view import View
    from iepjournal.widgets.typeset import Sheet

LABELS = {
    "name": "Name",
    "minutes": "Minutes each",
    "times": "Times",
    "per": "In each",
    "days": "Weekdays",
    "provider": "Given by",
    "setting": "Setting",
    "start": "First day",
    "end": "Last day",
    "words": "Exact words",
    "weeks": "Weeks",
    "kind": "Kind",
    "esy": "Extended year",
}
HINTS = {
    "days": "Like Tue Thu; empty: not fixed",
    "weeks": "Like 3 of 4; empty: every week",
    "start": "Like 8/10/2026",
    "end": "Like 5/20/2027; empty: it goes on",
    "esy": "y or n",
    "words": "As printed in the IEP",
}
QUESTIONS = {
    "minutes": "How many minutes is one session?",
    "times": "How many times? (In a day, a week or a month: that comes next.)",
}
KIND_WORDS = {
    "direct": "direct: with your child",
    "consultation": "consultation: among the staff",
    "aide": "aide, by the day",
    "accommodation": "accommodation, by the day",
    "equipment": "equipment, by the day",
}
"""What each kind of service is, for whoever never had to name one."""
SAID_LATER = ("provider", "setting", "words")
"""No figure hangs on them: the first time one is filled, it neither changed nor was mistyped."""
DATES = {"dated": "Date of the IEP", "start": "Holds from", "review_due": "Review due"}


def summary(view: View) -> str:
    """The newest IEP and how many services."""
    ieps, services = view.case.all(Iep), service_versions(view.case)
    parts = (
        say(ieps[-1].dated, view.today) if ieps else "",
        many(len(services), "service") if services else "",
    )
    return ", ".join(filter(None, parts)) or "not written down yet"


def draw(sheet: Sheet, view: View) -> None:
    """The page of services, and above it which IEP it is."""
    case, today = view.case, view.today
    for iep in case.all(Iep):
        begins = f"from {say(iep.start, today)}" if iep.start else ""
        due = f"review due {say(iep.review_due, today)}" if iep.review_due else ""
        below = tuple(packed((begins, due), sheet.width - 3))
        sheet.rows([Row(f"IEP of {full_date(iep.dated)}", pick=("iep", iep.root), below=below)])
    if not case.all(Iep):
        sheet.paragraph("No IEP is written down yet. n begins.", role=QUIET)
    services = service_versions(case)
    sheet.heading("Services" if services else "No services yet. n adds one.")
    sheet.rows(_row(handle, history, view, sheet.width - 3) for handle, history in services.items())


def _row(handle: str, history: Sequence[Version], view: View, room: int) -> Row:
    version = in_force(history, view.today) or history[-1]
    service = version.service
    ended = f"ended {say(version.last, view.today)}" if version.last < view.today else ""
    by = called(service.provider, view.case) if service.provider else ""
    often = packed((frequency(service), meaning(service)), room, between=" ")
    said = packed((*often, by, ended), room)
    changes = f"changed {many(len(history) - 1, 'time')}" if len(history) > 1 else ""
    words = f"“{service.words}”" if service.words else ""
    return Row(service.name or handle, pick=("service", handle), below=tuple(filter(None, (*said, words, changes))))


class IepPage(Section):
    """The IEP, one row a service."""

    NAME = "IEP"
    FOOTER = ("iep.add", "rows.1", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [
        key("n", "add", "new", "A service of the IEP, or a new IEP that was signed", id="iep.add"),
    ]

    def draw_rows(self, sheet: Sheet) -> None:
        """Dates and services."""
        draw(sheet, self.view)

    async def ask(self, pick: tuple[str, str]) -> None:
        """Open a service, or ask which date of the IEP was typed wrongly."""
        kind, which = pick
        if kind == "service":
            self.open(ServicePage(self.view, which))
            return
        iep = self.view.case.by_root[which]
        name = await self.app.push_screen_wait(Choose("Which date was typed wrongly?", list(DATES.items())))
        day = await self._day(f"{DATES[name]}:", name) if name else None
        if not name or not day:
            return
        why = await self.app.push_screen_wait(Tell("What was wrong? It is kept with it.", needed=True))
        if why:
            self.record(lambda _case: [iep.revised(why=why, **{name: day})], f"{DATES[name]}: {full_date(day)}.")

    async def _day(self, question: str, name: str, *, needed: bool = True) -> date | None:
        read = {"dated": self._past, "start": self._any, "review_due": self._coming}[name]
        hint = "Like 8/14/2026" + ("" if needed else "; empty skips")
        typed = await self.app.push_screen_wait(Tell(question, needed=needed, hint=hint, reads=read))
        return read(typed) if typed else None

    def _past(self, typed: str) -> date:
        return past_day(typed, self.view.today).on

    def _any(self, typed: str) -> date:
        return past_day(typed, self.view.today, allow_future=True).on

    def _coming(self, typed: str) -> date:
        return coming_day(typed, self.view.today)

    @work
    async def action_add(self) -> None:
        """Ask what is new."""
        answer = await self.app.push_screen_wait(
            Ask("What is new?", {"s": "a service of this IEP", "i": "an IEP was signed"})
        )
        if answer == "i":
            await self._add_iep()
        elif answer == "s":
            await self._add_service()

    async def _add_iep(self) -> None:
        dated = await self._day("The date on the IEP?", "dated")
        if dated is None:
            return
        start = await self._day("From which day does it hold?", "start", needed=False)
        due = await self._day("When is its review due?", "review_due", needed=False)
        iep = Iep(dated=dated, start=start, review_due=due)
        self.record(lambda _case: [iep], f"IEP of {full_date(dated)}. Where a service changed: its number, then c.")

    async def _add_service(self) -> None:
        """In the order of the printed row: what, which kind, how long, how often, the words."""
        ieps = self.view.case.all(Iep)
        if not ieps:
            self.say("Write the IEP down first: n, then i.")
            return
        name = await self.app.push_screen_wait(Tell("Which service?", needed=True, hint="Like Speech therapy"))
        if not name:
            return
        kind = await self.app.push_screen_wait(Choose("What kind is it?", list(KIND_WORDS.items())))
        if kind is None:
            return
        fields: dict[str, Any] = {"name": name, "kind": kind}
        asked = ("times",) if counted_in_days(Service(handle="x", kind=kind)) else ("minutes", "times")
        for field in asked:
            typed = await self._field(QUESTIONS[field], field)
            if typed is None:
                return
            fields[field] = typed
        per = await self.app.push_screen_wait(Choose(f"{fields['times']} x in each", [(per, per) for per in PERS]))
        words = (
            await self.app.push_screen_wait(Tell("The exact words of the IEP?", hint="Empty skips")) if per else None
        )
        if per is None or words is None:
            return
        handle = _new_handle(name, service_versions(self.view.case))
        start = ieps[-1].start or ieps[-1].dated
        service = Service(handle=handle, start=start, per=per, words=words, **fields)
        self.record(lambda _case: [checked(service)], f"{name}: {frequency(service)} {meaning(service)}.")

    async def _field(self, question: str, name: str) -> Any:
        def read(typed: str) -> Any:
            return read_field(name, typed, self.view.case, self.view.today)

        typed = await self.app.push_screen_wait(Tell(question, needed=True, hint="A number", reads=read))
        return read(typed) if typed else None


def _new_handle(name: str, known: Any) -> str:
    word = new_handle("".join(letter for letter in name.split()[0] if letter.isalnum()))
    return next(handle for n in range(1, 100) if (handle := f"{word}-{n}" if n > 1 else word) not in known)


class ServicePage(Section):
    """One service: every field, and how it was before."""

    FOOTER = ("rows.1", "app.back")

    def __init__(self, view: View, handle: str) -> None:
        super().__init__(view)
        self.handle = handle

    @property
    def history(self) -> tuple[Version, ...]:
        """Its versions as they stand now."""
        return service_versions(self.view.case).get(self.handle, ())

    @property
    def title_right(self) -> str:
        """Its name."""
        return self.history[-1].service.name or self.handle if self.history else self.handle

    def draw_rows(self, sheet: Sheet) -> None:
        """The version of today, then the changes."""
        if not self.history:
            sheet.paragraph("It was taken back. q goes back.", role=QUIET)
            return
        version = in_force(self.history, self.view.today) or self.history[-1]
        for line in packed((frequency(version.service), meaning(version.service)), sheet.width - 1, between=" "):
            sheet.paragraph(line)
        sheet.blank()
        case = self.view.case
        sheet.fields(
            field_row(label, field_in_words(version.service, name, case), name) for name, label in LABELS.items()
        )
        if len(self.history) > 1:
            sheet.heading("What changed")
            sheet.rows(_changes(self.history, self.view))

    async def ask(self, pick: str) -> None:
        """Whether the IEP changed or it was mistyped; then the value, then the day or the reason."""
        version = in_force(self.history, self.view.today) or self.history[-1]
        answer: str | None = "m"
        first_said = pick in SAID_LATER and not getattr(version.service, pick)
        if pick not in ("start", "end") and not first_said:
            who = "does somebody else give it now" if pick == "provider" else "did the IEP change"
            question = f"{LABELS[pick]}: {who}, or was it typed wrongly here?"
            answer = await self.app.push_screen_wait(Ask(question, {"c": "changed on a day", "m": "mistyped"}))
        if answer is None:
            return
        value = await self._value(pick, version.service)
        if value is None:
            return
        (new,) = value
        if answer == "c":
            await self._change(pick, new)
        elif first_said:
            self._write(pick, new, version, "it was not written down yet")
        else:
            await self._fix(pick, new, version)

    async def _value(self, name: str, service: Service) -> tuple[Any] | None:
        """The value that was typed or chosen, in a tuple; None when the parent went back."""
        lists: dict[str, list[tuple[str, str]]] = {
            "per": [(per, per) for per in PERS],
            "kind": list(KIND_WORDS.items()),
            "provider": [
                ("", "nobody named"),
                *((handle, person.name or handle) for handle, person in self.view.case.people.items()),
            ],
        }
        if name in lists:
            chosen = await self.app.push_screen_wait(Choose(f"{LABELS[name]}:", lists[name]))
            return None if chosen is None else (chosen,)

        def read(typed: str) -> Any:
            value = read_field(name, typed, self.view.case, self.view.today)
            checked(service.replace(**{name: value}))
            return value

        value = typed_again(service, name)
        typed = await self.app.push_screen_wait(
            Tell(f"{LABELS[name]}:", value=value, hint=HINTS.get(name, "Enter goes on"), reads=read)
        )
        if typed is None or typed == value:
            return None
        try:
            return (read(typed),)
        except CannotUnderstand as error:
            self.say(str(error))
            return None

    async def _change(self, name: str, value: Any) -> None:
        typed = await self.app.push_screen_wait(
            Tell(
                "From which day does the new rule hold?",
                needed=True,
                hint="Like 1/8/2027. Weeks before it keep the old rule",
                reads=lambda day: past_day(day, self.view.today, allow_future=True),
            )
        )
        if typed:
            on = past_day(typed, self.view.today, allow_future=True).on
            self.record(
                lambda case: [changed(versions(case, self.handle), on, **{name: value})],
                f"{LABELS[name]} changes on {full_date(on)}; what lies before stays.",
            )

    async def _fix(self, name: str, value: Any, version: Version) -> None:
        why = await self.app.push_screen_wait(
            Tell("What was wrong? It is kept with it, and every figure follows.", needed=True)
        )
        if why:
            self._write(name, value, version, why)

    def _write(self, name: str, value: Any, version: Version, why: str) -> None:
        self.record(lambda _case: [fixed(version, why, **{name: value})], f"{LABELS[name]} is written down.")


def _changes(history: Sequence[Version], view: View) -> Iterator[Row]:
    """What each version cut or added, the newest first."""
    for old, new in reversed(list(pairwise(history))):
        said = differences(old.service, new.service)
        yield Row(f"From {say(new.first, view.today)}", lead=" ·", below=said)
