"""One session: what was said of it, what it repairs or what repaired it; answered again, made up, or struck."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from textual import work

from iepjournal.core.corrections import strike
from iepjournal.core.dates import past_day, say, say_moment
from iepjournal.core.entries import HOW_LABELS, service_name
from iepjournal.core.iep import counted_in_days, in_force, versions
from iepjournal.core.people import called
from iepjournal.core.records import Entry, Session
from iepjournal.core.sessions import FLAGS, REASONS, RESULTS, recorded, story
from iepjournal.errors import CannotUnderstand, JournalError
from iepjournal.screens import checkin
from iepjournal.screens.dialogs import Choose, Tell
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import Page
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import ALERT, QUIET, STRONG, Sheet

if TYPE_CHECKING:
    from textual.binding import Binding

    from iepjournal.core.case import Case
    from iepjournal.core.records import Service
    from iepjournal.screens.view import View


class SessionPage(Page):
    """One session on a page of its own."""

    NAME = "Session"
    FOOTER = ("app.back", "session.again", "session.made-up", "session.strike")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("e", "again", "answer again", "Answer again for this day; both answers are kept", id="session.again"),
        key("m", "made_up", "made up", "It was made up on another day", id="session.made-up"),
        key("x", "strike", "strike", "Take the session out of sight, with the reason", id="session.strike"),
    ]

    def __init__(self, view: View, no: int) -> None:
        super().__init__(view)
        self.no = no

    @property
    def title_right(self) -> str:
        """Its number."""
        return f"Session {self.no}"

    @property
    def meant(self) -> Session:
        """The session as it stands now."""
        return self.view.case.numbered(self.no, Session)

    @property
    def service(self) -> Service | None:
        """The service as it was on that day."""
        try:
            history = versions(self.view.case, self.meant.service)
        except JournalError:
            return None
        version = in_force(history, self.meant.on)
        return version.service if version else None

    def show(self) -> None:
        """Draw what is known of it."""
        case, today, session = self.view.case, self.view.today, self.meant
        sheet = Sheet(self.main.content_width)
        sheet.paragraph(f"{service_name(session.service, case)}, {say(session.on, today)}", role=STRONG)
        if session.root in case.struck:
            sheet.paragraph(f"struck: {case.struck[session.root]}", role=ALERT)
        for words in self._facts(case, session):
            sheet.paragraph(words)
        if session.result in ("missed", "partial"):
            sheet.heading("What became of it")
            sheet.paragraph(story(session, case.sessions))
        older = case.versions(session)
        if len(older) > 1:
            sheet.heading("Before")
            for before, after in pairwise(older):
                sheet.paragraph(
                    f"{RESULTS[before.result]} · until {say_moment(after.recorded_at)}: {after.why}", role=QUIET
                )
        sheet.blank()
        sheet.paragraph(f"Written {say_moment(session.recorded_at)}, by {session.recorded_by}", role=QUIET)
        self.main.show(sheet)

    def _facts(self, case: Case, session: Session) -> list[str]:
        minutes = f", {session.minutes} min" if session.minutes else ""
        repaired = case.by_root.get(session.makes_up)
        entry = case.by_root.get(session.entry)
        words = [
            f"{checkin.MARKS[session.result]} {RESULTS[session.result]}{minutes}",
            REASONS.get(session.reason, ""),
            HOW_LABELS.get(session.how, ""),
            *(FLAGS[flag] for flag in session.flags),
            f"given by {called(session.given_by, case)}" if session.given_by else "",
            session.setting,
            f"makes up session {repaired.no}" if repaired else "",
            f"told in entry {entry.no}" if isinstance(entry, Entry) else "",
            session.text,
        ]
        return [line for line in words if line]

    @work
    async def action_again(self) -> None:
        """Ask once more what happened; the new answer amends this one."""
        session, service = self.meant, self.service
        if session.extra or session.makes_up or service is None:
            self.say("Only strike this one: it is a make-up or one session more.")
            return
        today = self.view.today
        if answer := await checkin.ask(self.app, service, session.on, say(session.on, today), today):
            self.post_message(answer)

    @work
    async def action_made_up(self) -> None:
        """Ask when and how long it was made up."""
        session, service, today = self.meant, self.service, self.view.today
        if session.result not in ("missed", "partial") or session.makes_up or service is None:
            self.say("Only what was missed can be made up.")
            return
        typed_day = await self.app.push_screen_wait(
            Tell("On which day was it made up?", hint="Like today, fri, 11/24", needed=True, reads=self._day)
        )
        if not typed_day:
            return
        minutes = None
        if not counted_in_days(service):
            typed = await self.app.push_screen_wait(
                Tell("How many minutes?", hint="A number; Enter on nothing: a whole session", reads=_minutes)
            )
            if typed is None:
                return
            minutes = int(typed) if typed else None
        how = await self.app.push_screen_wait(Choose("How do you know?", list(HOW_LABELS.items())))
        if how is None:
            return
        on = past_day(typed_day, today).on

        def operation(case: Case) -> list[Session]:
            missed = case.numbered(session.no or 0, Session)
            return [
                recorded(case, missed.service, "given", on=on, today=today, minutes=minutes, how=how, makes_up=missed)
            ]

        self.post_message(Recorded(operation, f"Saved: made up on {say(on, today)}. u takes it back."))

    def _day(self, typed: str) -> object:
        day = past_day(typed, self.view.today)
        if day.about:
            raise CannotUnderstand("one exact day", typed)
        return day.on

    @work
    async def action_strike(self) -> None:
        """Ask why, and take it out of sight."""
        session = self.meant
        if session.root in self.view.case.struck:
            return
        why = await self.app.push_screen_wait(
            Tell(
                f"Strike session {session.no}? It stays in the record and counts no more.",
                hint="Why? A few words, then Enter. Esc goes back.",
                needed=True,
            )
        )
        if why:
            self.post_message(
                Recorded(
                    lambda case: [strike(case, case.numbered(session.no or 0, Session), why)],
                    f"Session {session.no} is struck. u takes it back.",
                )
            )


def _minutes(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed) <= 480):
        raise CannotUnderstand("a number of minutes", typed, "Like 30.")
    return int(typed)
