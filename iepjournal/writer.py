"""The writer among the screens: holds the case they show, and is the only one that changes it; it shows no page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.reactive import reactive

from iepjournal.core.corrections import name_of
from iepjournal.core.plurals import many
from iepjournal.core.records import Attachment, Entry
from iepjournal.core.text import clean_text, removal_note
from iepjournal.errors import JournalError, MaybeSaved
from iepjournal.screens.drafts import Drafts
from iepjournal.screens.messages import Recorded
from iepjournal.screens.page import Page
from iepjournal.screens.view import Begun, View
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from iepjournal.core.case import Case
    from iepjournal.core.records import Record, Undo
    from iepjournal.screens.messages import (
        CalendarChanged,
        EditorAsked,
        FileGiven,
        FileMade,
        KeptAsked,
        NotesBrought,
        Operation,
        PaperMade,
        Posted,
        SetsPosted,
        ToCopy,
        Typed,
    )
    from iepjournal.store.case_store import CaseStore

    Clock = Callable[[], datetime]


class Writer(App[None]):
    """Writes what the pages post; whoever subclasses it shows the pages."""

    view: reactive[View] = reactive["View"](None, init=False)  # type: ignore[arg-type]

    def __init__(self, store: CaseStore, clock: Clock, user: str, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.store, self.clock, self.user = store, clock, user
        self._drafts = Drafts(self._keep_draft, store.discard_draft, self.set_timer)
        self._signature = store.signature()
        self.set_reactive(Writer.view, self._look_now())

    # -- what is so now ---------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Show what was written elsewhere, and the day as it goes on."""
        now, before = self.clock(), self.view.now
        try:
            if self.store.signature() != self._signature:
                self._reload()
            elif now.date() != before.date() or now.hour != before.hour:
                self.view = self.view.replaced(now=now)
        except JournalError as error:
            self._tell(str(error))

    def _look_now(self) -> View:
        return View(
            case=self.store.case(),
            now=self.clock(),
            begun=self._begun(),
            other_children=self._other_children,
            shelf=self.store,
            new_uid=lambda: new_uid(self._now()),
        )

    def _other_children(self) -> tuple[str, ...]:
        """Read when a letter is first checked; a case that cannot be read says nothing of its child."""
        try:
            return self.store.other_children()
        except JournalError:
            return ()

    def _begun(self) -> tuple[Begun, ...]:
        drafts = self.store.drafts()
        return tuple(Begun(name=one.name, text=one.text, kept_at=one.kept_at.astimezone()) for one in drafts)

    def _reload(self) -> None:
        self._signature = self.store.signature()
        self.view = self._look_now()

    def _now(self) -> datetime:
        return self.clock().replace(microsecond=0)

    def _with_drafts(self) -> View:
        """The view with what is being written as it is on disk now."""
        self._drafts.flush()
        begun = self._begun()
        return self.view if begun == self.view.begun else self.view.replaced(begun=begun)

    # -- writing ----------------------------------------------------------------------------------------------------

    def on_recorded(self, recorded: Recorded) -> None:
        """Write what the parent did; only then say that it is saved."""
        notes: list[str] = []
        written: tuple[Record, ...] = ()
        try:
            written = self.store.change(self._with_sessions(recorded.operation, notes), at=self._now(), by=self.user)
        except MaybeSaved as error:
            self._tell(str(error))
        except JournalError as error:
            (recorded.refused or self._tell)(str(error))
            return
        if recorded.draft:
            self._drafts.done(recorded.draft)
        self._reload()
        if recorded.then:
            recorded.then(written)
        if written and recorded.said:
            said = recorded.said if isinstance(recorded.said, str) else recorded.said(written)
            self.say(" ".join(filter(None, (said, *notes))))

    def _with_sessions(self, operation: Operation, notes: list[str]) -> Operation:
        """An entry that says a session was missed writes the session too, as the same command."""

        from iepjournal.core.sessions import with_sessions

        def whole(case: Case) -> Iterable[Record]:
            now = self._now()
            for record, note in with_sessions(operation(case), case, now.date(), lambda: new_uid(now)):
                notes.append(note)
                yield record

        return whole

    def on_file_given(self, given: FileGiven) -> None:
        """Keep a copy of a file with a record."""
        from iepjournal.core.exhibits import new_exhibit

        source = Path(os.path.expanduser(given.path))
        try:
            sha256, size = self.store.keep_file(source)
        except (JournalError, OSError) as error:
            self._tell(str(error))
            return
        name = clean_text(source.name, multiline=False).text
        kept = Attachment(uid=new_uid(self._now()), of=given.of.root, name=name, sha256=sha256, size=size)

        def operation(case: Case) -> Iterable[Record]:
            return [kept, new_exhibit(case, kept)] if given.as_exhibit else [kept]

        self.on_recorded(Recorded(operation, f"Kept a copy of {name} with {name_of(given.of).lower()}."))

    def on_posted(self, posted: Posted) -> None:
        """Keep the paper of a letter that went out, then freeze the letter; never one that changed meanwhile."""
        from iepjournal.mailroom import unchanged_since

        def operation(case: Case) -> Iterable[Record]:
            letter = unchanged_since(posted.letter, case)
            self.store.keep_letter(letter.no or 0, "pdf", posted.pdf)
            return [posted.mark]

        self.on_recorded(Recorded(operation, lambda _written: posted.said(self.view.case)))

    def on_file_made(self, made: FileMade) -> None:
        """Save a file where the parent said, over nothing that is there."""
        from iepjournal.store.files import write_new

        path = Path(os.path.expanduser(made.path))
        try:
            size = write_new(path, made.content)
        except JournalError as error:
            self._tell(str(error))
            return
        self.say(f"Saved as {path} ({size:,} bytes). Only you can read it.")

    def on_paper_made(self, made: PaperMade) -> None:
        """Save the files of a packet, all or none, and what is to be said in the journal of their making."""
        from iepjournal.store.files import write_all_new

        try:
            write_all_new(made.files)
        except JournalError as error:
            self._tell(str(error))
            return
        if made.marks:
            self.on_recorded(Recorded(lambda _case: made.marks))
        made.then()

    def on_sets_posted(self, posted: SetsPosted) -> None:
        """Keep both sets of a packet before anything says that they went out; never of one that changed meanwhile."""
        from iepjournal.bindery import unchanged

        def operation(case: Case) -> Iterable[Record]:
            if not posted.sets:
                return posted.marks
            self.store.keep_next_letter("pdf", posted.sets)
            return (unchanged(posted.letter, posted.complaint, case), *posted.marks)

        self.on_recorded(Recorded(operation, lambda _written: posted.said(self.view)))

    def on_to_copy(self, to_copy: ToCopy) -> None:
        """Show a text without the screens around it."""
        from iepjournal.bare import show_bare

        if not show_bare(self, to_copy.text):
            self.say("The screens cannot be left here. f saves the text as a file.")

    def on_notes_brought(self, brought: NotesBrought) -> None:
        """Save what is new of a file of old notes; an e-mail is kept whole beside its entry."""
        from iepjournal.core.notes import arrivals
        from iepjournal.notefile import records_of

        def operation(case: Case) -> Iterable[Record]:
            found = arrivals([(brought.source, brought.notes)], case)
            return records_of(found, self.store.keep_file, lambda: new_uid(self._now()))

        try:
            written = self.store.change(operation, at=self._now(), by=self.user)
        except JournalError as error:
            self._tell(str(error))
            return
        self._reload()
        count = sum(isinstance(record, Entry) for record in written)
        self.say(f"Saved {many(count, 'note')} of {brought.source}. u takes all of them back.")

    def on_calendar_changed(self, changed: CalendarChanged) -> None:
        """Write the calendar where it is kept: with the district, if its cases share it."""
        try:
            self.store.change_calendar(changed.change, at=self._now(), by=self.user)
        except MaybeSaved as error:
            self._tell(str(error))
        except JournalError as error:
            self._tell(str(error))
            return
        self._reload()
        self.say(f"{changed.said} u takes it back.")

    def on_kept_asked(self, asked: KeptAsked) -> None:
        """Check the record and the files, and list the backups."""
        from iepjournal.core import chain
        from iepjournal.screens.keeping import Kept, KeptState

        try:
            verdict, files = chain.verify(self.store.stored_records()), self.store.check_files()
        except JournalError as error:
            self._tell(str(error))
            return
        states = []
        for backup in self.store.backups.all():
            contents = self.store.backups.contents(backup)
            states.append(
                KeptState(
                    saved_at=backup.saved_at.astimezone(),
                    size=backup.size,
                    entries=contents.entries if contents else None,
                    before_restore=backup.before_restore,
                )
            )
        wrong = tuple(f"The kept file {file.name} is {file.state}." for file in files if file.state != "same")
        asked.then(Kept(verdict=verdict, wrong_files=wrong, files=len(files), backups=tuple(states)))

    def on_typed(self, typed: Typed) -> None:
        """Keep what is being typed."""
        self._drafts.typed(typed.draft, typed.text)

    def on_left_off(self) -> None:
        """Let the pages see what was begun."""
        self.view = self._with_drafts()

    def _keep_draft(self, name: str, text: str) -> None:
        try:
            self.store.keep_draft(name, text)
        except (JournalError, OSError) as error:
            self.say(f"Your draft is not on disk: {error}")
            return
        for page in self._pages:
            page.draft_kept(name, self.clock())

    def on_editor_asked(self, asked: EditorAsked) -> None:
        """Leave the screens for the parent's own editor, on the draft; whatever happens there, the text is kept."""
        from iepjournal import own_editor

        self._drafts.flush()
        text = asked.text
        try:
            came_back = clean_text(own_editor.edit_from(self, self.store.keep_draft(asked.draft, text)))
        except (JournalError, OSError) as error:
            self._tell(str(error))
        else:
            text = came_back.text
            self.say(removal_note(came_back.removed))
        asked.then(text)

    def take_back(self, record: Undo, *, shared: bool) -> None:
        """Write it where the command stands: in the case, or in the file that its district shares."""
        said = "Taken back. It stays in the record."
        district = self.store.district() if shared else None
        if district is None:
            self.on_recorded(Recorded(lambda _case: [record], said))
            return
        try:
            district.change(lambda _now: [record], at=self._now(), by=self.user)
        except JournalError as error:
            self._tell(str(error))
            return
        self._reload()
        self.say(said)

    # -- saying it ---------------------------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """A sentence in the footer of the page in sight."""
        if self._pages:
            self._pages[-1].say(text)

    @property
    def _pages(self) -> list[Page]:
        """Those that are open, the one in sight last."""
        return [screen for screen in self.screen_stack if isinstance(screen, Page)]

    def _tell(self, text: str) -> None:
        from iepjournal.screens.dialogs import Told

        if not (isinstance(self.screen, Told) and self.screen.text == text):
            self.push_screen(Told(text))
