"""JournalApp: holds the case that the pages show, is the only writer among the screens, and reads the clock."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import App
from textual.reactive import reactive

from iepjournal import crash, preferences, terminal
from iepjournal.core.corrections import name_of
from iepjournal.core.records import Attachment, Entry
from iepjournal.core.text import clean_text, removal_note
from iepjournal.errors import JournalError, MaybeSaved, NotAllowed
from iepjournal.screens.drafts import Drafts
from iepjournal.screens.messages import CalendarChanged, FileGiven, FileMade, KeptAsked, Posted, Recorded, ToCopy, Typed
from iepjournal.screens.page import SMALLEST, Page, stylesheet
from iepjournal.screens.pages import PAGES, load
from iepjournal.screens.view import Begun, View
from iepjournal.store.uids import new_uid
from iepjournal.widgets.cleaning import Cleaning, Removed
from iepjournal.widgets.keys import key
from iepjournal.widgets.themes import DARK, PLAIN, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import PurePath

    from rich.console import RenderableType
    from textual.binding import ActiveBinding, Binding
    from textual.filter import LineFilter

    from iepjournal.core.case import Case
    from iepjournal.core.records import Promise, Record, Undo
    from iepjournal.screens.add import Writing
    from iepjournal.screens.help import Known
    from iepjournal.screens.messages import Operation
    from iepjournal.store.case_store import CaseStore

    Clock = Callable[[], datetime]

STOP_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
LOOK_SECONDS = 1.0
SAME_READ_SECONDS = 0.02
"""Keys this close to a burst came with it."""
MOST_SHOWN = 3


def to_page(letter: str, page: str, helps: str) -> Binding:
    """The letter that goes to a page from anywhere."""
    return key(letter, f"go('{page}')", page, helps, id=f"go.{page}")


class JournalApp(App[None]):
    """The screens of one case."""

    # The first page's styles as well: a page that brings its own makes Textual read all of them again.
    CSS_PATH: ClassVar[list[str | PurePath]] = [*stylesheet("journal"), *stylesheet("today")]
    DEFAULT_MODE = "today"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-phone"), (80, "-wide"), (120, "-three")]  # noqa: RUF012

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("a", "add", "add", "Write down what happened", id="app.add"),
        key("slash", "search", "search", "Find words in the log", id="app.search"),
        to_page("t", "today", "What wants doing, and what happened today"),
        to_page("l", "log", "Everything written so far, newest first"),
        to_page("s", "services", "What was promised and what was given"),
        to_page("d", "deadlines", "Your days, the school's and the state's"),
        to_page("w", "letters", "Write, check and send letters"),
        to_page("p", "packet", "The state complaint and its exhibits"),
        to_page("c", "case", "Child, school, people, IEP and calendar"),
        key("u", "undo", "undo", "Take back the last thing that was saved, whole", id="app.undo"),
        key("question_mark", "help", "keys", "The keys of this page", id="app.help"),
        key("colon", "commands", "by name", "Every action by its name", id="app.commands"),
        key("full_stop", "blank", "blank", "Blank the screen until a key is pressed", id="app.blank"),
        key("q", "back", "back", "Back; on Today, leave", id="app.back"),
        key("escape", "step_back", "step back", "Back one step; what you typed is kept", id="app.step-back"),
        key("ctrl+q,ctrl+c", "leave", "leave", "Leave; what you typed is kept", id="app.leave"),
    ]

    view: reactive[View] = reactive["View"](None, init=False)  # type: ignore[arg-type]

    def __init__(self, store: CaseStore, clock: Clock, user: str) -> None:
        self._chosen = preferences.read()
        super().__init__(ansi_color=True if terminal.no_colour() else None)
        self.store, self.clock, self.user = store, clock, user
        self.finished = False
        """Whether the screens were left in order; anything else must not end with status 0."""
        self._cleaning = Cleaning(draws_unicode=terminal.draws_unicode())
        self._drafts = Drafts(self._keep_draft, store.discard_draft, self.set_timer)
        self._burst_opened_at: float | None = None
        self._idle_since = clock()
        self.set_reactive(JournalApp.view, self._look_now())
        self._signature = store.signature()
        for page in PAGES:
            self.add_mode(page, partial(self._page, page))
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = PLAIN if terminal.no_colour() else self._chosen.theme or DARK
        self.set_keymap(dict(self._chosen.keys))

    def run_to_the_end(self) -> int:
        """Show the screens; the exit status is 0 only when they were left in order, 128 + n after signal n."""
        terminal.guard_input()
        self.run(mouse=not terminal.over_ssh())
        return (self.return_code or 0) if self.finished else (self.return_code or 1)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and last the one that no control code passes."""
        return [*super().get_line_filters(), self._cleaning]

    # -- what goes on outside the keys ------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Be told of signals, and look at the file each second."""
        loop = asyncio.get_running_loop()
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, self._stop, number)
        self.set_interval(LOOK_SECONDS, self.look)
        if self._chosen.trouble:
            self._tell(self._chosen.trouble)

    def _stop(self, number: int) -> None:
        """Keep what is being typed, on disk, before anything else."""
        self._drafts.flush()
        self.finished = True
        self.exit(return_code=128 + number)

    def on_app_focus(self) -> None:
        """Whoever comes back sees what is so now."""
        self.look()

    def look(self) -> None:
        """Show what was written elsewhere, and the day as it goes on."""
        now, before = self.clock(), self.view.now
        try:
            if self.store.signature() != self._signature:
                self._reload()
            elif now.date() != before.date() or now.hour != before.hour:
                self.view = replace(self.view, now=now)
        except JournalError as error:
            self._tell(str(error))
        idle_minutes = (now - self._idle_since).total_seconds() / 60
        if 0 < self._chosen.blank_after_minutes <= idle_minutes:
            self.action_blank()

    def on_resize(self, event: events.Resize) -> None:
        """Below the smallest size every page gives way to one line."""
        width, height = event.size
        self.set_class(width < SMALLEST[0] or height < SMALLEST[1], "-too-small")

    async def on_event(self, event: events.Event) -> None:
        """Leave out keys that came in one read with a burst: they were part of its text, not commands."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._idle_since = self.clock()
            if self._burst_opened_at is not None and event.time - self._burst_opened_at < SAME_READ_SECONDS:
                return
        await super().on_event(event)

    def on_paste(self, event: events.Paste) -> None:
        """A paste, or a burst of keys, that no text box took: it is something to write down, never a command."""
        from iepjournal.screens.add import Writing

        if isinstance(self.screen, Writing):
            self.screen.take(event.text)
        elif event.text.strip():
            self._burst_opened_at = event.time
            self._open_add(event.text)

    def on_removed(self, removed: Removed) -> None:
        """Say what was left out of a paste."""
        self.say(removal_note(removed.count))

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
        """Keep a copy of a file with an entry."""
        source = Path(given.path).expanduser()
        try:
            sha256, size = self.store.keep_file(source)
        except (JournalError, OSError) as error:
            self._tell(str(error))
            return
        name = clean_text(source.name, multiline=False).text
        kept = Attachment(of=given.of.root, name=name, sha256=sha256, size=size)
        self.on_recorded(Recorded(lambda _case: [kept], f"Kept a copy of {name} with {name_of(given.of).lower()}."))

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

        path = Path(made.path).expanduser()
        try:
            size = write_new(path, made.content)
        except JournalError as error:
            self._tell(str(error))
            return
        self.say(f"Saved as {path} ({size:,} bytes). Only you can read it.")

    def on_to_copy(self, to_copy: ToCopy) -> None:
        """Show a text without the screens around it."""
        from iepjournal.bare import show_bare

        if not show_bare(self, to_copy.text):
            self.say("The screens cannot be left here. f saves the text as a file.")

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

    def _keep_draft(self, name: str, text: str) -> None:
        try:
            self.store.keep_draft(name, text)
        except (JournalError, OSError) as error:
            self.say(f"Your draft is not on disk: {error}")

    def _look_now(self) -> View:
        others = self._other_children
        return View(case=self.store.case(), now=self.clock(), begun=self._begun(), other_children=others)

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

    def say(self, text: str) -> None:
        """A sentence in the footer of the page in sight."""
        pages = [screen for screen in self.screen_stack if isinstance(screen, Page)]
        if pages:
            pages[-1].say(text)

    def _tell(self, text: str) -> None:
        from iepjournal.screens.dialogs import Told

        if not (isinstance(self.screen, Told) and self.screen.text == text):
            self.push_screen(Told(text))

    # -- going about ------------------------------------------------------------------------------------------------

    def _page(self, name: str) -> Page:
        return load(name)(self.view).data_bind(JournalApp.view)

    async def action_go(self, page: str) -> None:
        """Go to a page; from something opened on it, back to the page itself."""
        await self.switch_mode(page)
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    async def action_back(self) -> None:
        """One step back; from Today, out."""
        if len(self.screen_stack) == 1 and self.current_mode == self.DEFAULT_MODE:
            self.action_leave()
        else:
            await self.action_step_back()

    async def action_step_back(self) -> None:
        """One step back, never out."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
            self.view = self._with_drafts()
        else:
            await self.switch_mode(self.DEFAULT_MODE)

    async def action_done(self, said: str) -> None:
        """One step back, and there the sentence that says what was done."""
        await self.action_step_back()
        self.say(said)

    def action_leave(self) -> None:
        """Leave; what is being typed is on disk."""
        self._drafts.flush()
        self.finished = True
        self.exit()

    async def action_search(self) -> None:
        """Find words in the log."""
        from iepjournal.screens.log import Log

        await self.action_go("log")
        if isinstance(self.screen, Log):
            self.screen.open_search()

    def action_add(self) -> None:
        """Write down what happened; what was begun and not saved is there again."""
        self._open_add("")

    def action_correct(self, no: int) -> None:
        """Correct an entry; a correction that was begun is there again."""
        from iepjournal.screens.add import Correct

        self._open(Correct(self._with_drafts(), self.view.case.numbered(no, Entry)))

    def action_go_on(self, draft: str) -> None:
        """Open again what was begun and not saved."""
        from iepjournal.screens.add import CORRECTION, DRAFT
        from iepjournal.screens.letter import LETTER

        if draft == DRAFT:
            self.action_add()
        elif draft.startswith(CORRECTION):
            self.action_correct(int(draft.removeprefix(CORRECTION)))
        elif draft.startswith(LETTER):
            self.run_worker(self.action_letter(int(draft.removeprefix(LETTER)), True))

    async def action_letter(self, no: int, to_write: bool = False) -> None:
        """Show a letter; one that was not sent can be opened to write on, with what was begun."""
        from iepjournal.screens.letters import Letters

        self.view = self._with_drafts()
        await self.action_go("letters")
        if isinstance(self.screen, Letters):
            self.screen.open_letter(no, to_write=to_write)

    async def action_confirm(self, no: int) -> None:
        """Write the letter that puts a talk in writing, or go on with the one that was begun."""
        from iepjournal.screens.letters import Letters

        await self.action_go("letters")
        if isinstance(self.screen, Letters):
            self.screen.confirm(self.view.case.numbered(no, Entry))

    def _open_add(self, text: str) -> None:
        from iepjournal.screens.add import Add

        self._open(Add(self._with_drafts(), text))

    def _with_drafts(self) -> View:
        """The view with what is being written as it is on disk now."""
        self._drafts.flush()
        return replace(self.view, begun=self._begun())

    def _open(self, writing: Writing) -> None:
        from iepjournal.screens.add import Left

        def left(outcome: Entry | Left | None) -> None:
            if outcome is Left.THROWN_AWAY:
                self._drafts.done(writing.draft)
            self._drafts.flush()
            self._reload()
            if isinstance(outcome, Entry):
                self._ask_about(outcome)

        self.push_screen(writing, left)

    @work
    async def _ask_about(self, entry: Entry) -> None:
        """Whether it holds a promise, and whether it starts a clock."""
        from iepjournal.core.deadlines import offers
        from iepjournal.core.promises import promises_in
        from iepjournal.screens import clocks

        for promise in promises_in(entry):
            await self._ask_promise(promise, f"Saved as entry {entry.no}. ")
        for offer in offers(self.view.case, entry, self.view.book):
            if started := await clocks.ask(self, self.view, entry, offer):
                self.on_recorded(started)

    async def _ask_promise(self, promise: Promise, saved: str) -> None:
        from iepjournal.core.dates import coming_day, say
        from iepjournal.core.promises import question
        from iepjournal.screens.dialogs import Ask, Tell

        answers = {"y": "keep it", "n": "no", "e": "other day"}
        answer = await self.push_screen_wait(Ask(saved + question(promise, self.view.today), answers))
        if answer == "e":
            typed = await self.push_screen_wait(
                Tell(
                    "By when?",
                    needed=True,
                    hint="Like Mon, 12/4, in 2 weeks",
                    reads=lambda day: coming_day(day, promise.made_on),
                )
            )
            answer, promise = ("y", promise.replace(by=coming_day(typed, promise.made_on))) if typed else ("n", promise)
        if answer == "y":
            by = f" by {say(promise.by, self.view.today)}" if promise.by else ""
            self.on_recorded(Recorded(lambda _case: [promise], f"Promise kept in mind: “{promise.text}”{by}."))

    @work
    async def action_undo(self) -> None:
        """Show what would be taken back, and ask."""
        from iepjournal.core.corrections import described, newest_command, undo
        from iepjournal.screens.dialogs import Ask

        try:
            records = newest_command(self.view.case, self.user)
        except NotAllowed as error:
            self.say(str(error))
            return
        what = "; ".join(described(self.view.case, record) for record in records[:MOST_SHOWN])
        more = f", and {len(records) - MOST_SHOWN} more" if len(records) > MOST_SHOWN else ""
        answer = await self.push_screen_wait(Ask(f"Take back {what}{more}?", {"y": "yes, take it back", "n": "no"}))
        if answer == "y":
            self._take_back(undo(records), shared=records[0] in self.view.case.district)

    def _take_back(self, record: Undo, *, shared: bool) -> None:
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

    def action_blank(self) -> None:
        """Hide the page."""
        from iepjournal.screens.blank import Blank

        if not isinstance(self.screen, Blank):
            self.push_screen(Blank())

    def action_help(self) -> None:
        """Show the keys of this page."""
        from iepjournal.screens.help import Help

        here, everywhere = self._known()
        page = self.screen.NAME if isinstance(self.screen, Page) else ""
        groups = [(page or "Here", here), ("Everywhere", everywhere)]
        self.push_screen(Help(self.view.whose, page, [group for group in groups if group[1]]))

    @work
    async def action_commands(self) -> None:
        """Choose an action by its name."""
        from iepjournal.screens.commands import Commands

        here, everywhere = self._known()
        by_name = [known for known in (*here, *everywhere) if not known.moves]
        chosen = await self.push_screen_wait(Commands(by_name))
        if chosen:
            await self.run_action(chosen.active.binding.action, chosen.active.node)

    def _known(self) -> tuple[list[Known], list[Known]]:
        """What can be done on this page, and what can be done everywhere."""
        from iepjournal.screens.help import known_keys

        here: list[ActiveBinding] = []
        everywhere: list[ActiveBinding] = []
        for active in self.active_bindings.values():
            (everywhere if active.node is self else here).append(active)
        declared = [binding.id for binding in self.BINDINGS]
        everywhere.sort(key=lambda active: declared.index(active.binding.id) if active.binding.id in declared else 99)
        return known_keys(self, here), known_keys(self, everywhere)

    # -- the end ----------------------------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print its stack with every local variable, and with them the journal."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._drafts.flush()
        self._exit_renderables.append(crash.sentence(crash.report(error, self.clock())))
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """What a thread of Textual calls when it fails; its own words may hold ours."""
        del renderables
        self._return_code = 1
        self._drafts.flush()
        super().panic(crash.sentence(None))
