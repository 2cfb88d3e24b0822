"""JournalApp: the keys that work everywhere and the way from page to page; what is written, its writer writes."""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, work

from iepjournal import crash, preferences, terminal
from iepjournal.core import drafts
from iepjournal.core.records import Entry
from iepjournal.core.text import removal_note
from iepjournal.errors import NotAllowed
from iepjournal.screens.page import SMALLEST, Page, stylesheet
from iepjournal.screens.pages import PAGES, load
from iepjournal.widgets.cleaning import Cleaning, Removed
from iepjournal.widgets.keys import key
from iepjournal.widgets.themes import DARK, PLAIN, THEMES
from iepjournal.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import PurePath

    from rich.console import RenderableType
    from textual.binding import ActiveBinding, Binding
    from textual.filter import LineFilter

    from iepjournal.screens.add import Writing
    from iepjournal.screens.help import Known
    from iepjournal.store.case_store import CaseStore

    Clock = Callable[[], datetime]

STOP_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
LOOK_SECONDS = 1.0
LAST_TURNS = 50
"""Turns of the event loop in which keys that were read still reach their draft."""
SAME_READ_SECONDS = 0.02
"""Keys this close to a burst came with it."""
MOST_SHOWN = 3


def to_page(letter: str, page: str, helps: str) -> Binding:
    """The letter that goes to a page from anywhere."""
    return key(letter, f"go('{page}')", page, helps, id=f"go.{page}")


TO_PAGES = (
    to_page("t", "today", "What wants doing, and what happened today"),
    to_page("l", "log", "Everything written so far, newest first"),
    to_page("s", "services", "What was promised and what was given"),
    to_page("d", "deadlines", "Your days, the school's and the state's"),
    to_page("w", "letters", "Write, check and send letters"),
    to_page("p", "packet", "The state complaint and its exhibits"),
    to_page("c", "case", "Child, school, people, IEP and calendar"),
)


class JournalApp(Writer):
    """The screens of one case."""

    # The first page's styles as well: a page that brings its own makes Textual read all of them again.
    CSS_PATH: ClassVar[list[str | PurePath]] = [*stylesheet("journal"), *stylesheet("today")]
    DEFAULT_MODE = "today"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-phone"), (80, "-wide"), (120, "-three")]  # noqa: RUF012

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("a", "add", "add", "Write down what happened", id="app.add"),
        key("slash", "search", "search", "Find words in the log", id="app.search"),
        *TO_PAGES,
        key("u", "undo", "undo", "Take back the last thing that was saved, whole", id="app.undo"),
        key("question_mark", "help", "keys", "The keys of this page", id="app.help"),
        key("colon", "commands", "by name", "Every action by its name", id="app.commands"),
        key("f1", "tour", "tour", "A look around, in five short steps", id="app.tour"),
        key("full_stop", "blank", "blank", "Blank the screen until a key is pressed", id="app.blank"),
        key("q", "back", "back", "Back; on Today, leave", id="app.back"),
        key("escape", "step_back", "step back", "Back one step; what you typed is kept", id="app.step-back"),
        key("ctrl+q,ctrl+c", "leave", "leave", "Leave; what you typed is kept", id="app.leave"),
    ]

    def __init__(self, store: CaseStore, clock: Clock, user: str) -> None:
        self._chosen = preferences.read()
        chosen = PLAIN if terminal.no_colour() else self._chosen.theme
        look = chosen or (PLAIN if terminal.few_colours() else DARK)
        super().__init__(store, clock, user, ansi_color=True if look == PLAIN else None)
        self.finished = False
        """Whether the screens were left in order; anything else must not end with status 0."""
        self._cleaning = Cleaning(draws_unicode=terminal.draws_unicode())
        self._burst_opened_at: float | None = None
        self._idle_since = clock()
        for theme in THEMES:
            self.register_theme(theme)
        self._wear(look)
        self.set_keymap(dict(self._chosen.keys))

    def _wear(self, look: str) -> None:
        """Set the theme; the one that is dark as Textual's own is, without having every style read once more."""
        if look == DARK:
            self.set_reactive(JournalApp.theme, look)
            self.stylesheet.set_variables(self.get_css_variables())
        else:
            self.theme = look

    def get_default_screen(self) -> Page:
        """The first page; were its mode known before, Textual would read every style once more to show it."""
        return self._page(self.DEFAULT_MODE)

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
        for page in PAGES:
            self.add_mode(page, partial(self._page, page))
        self.set_interval(LOOK_SECONDS, self.look)
        if self._chosen.trouble:
            self._tell(self._chosen.trouble)
        elif not (self.view.case.entries or preferences.tour_seen()):
            self.call_after_refresh(self.action_tour)

    def _stop(self, number: int) -> None:
        """Keep what is being typed, on disk, before anything else; then what was still on its way from a box."""
        self._drafts.flush()
        self.finished = True
        if self._driver and terminal.is_gone():
            terminal.hush(self._driver)
        self._leave_after(number, LAST_TURNS)

    def _leave_after(self, number: int, turns: int) -> None:
        """Leave in a moment: no timer, because a terminal that is gone takes no more drawing."""
        if turns:
            asyncio.get_running_loop().call_soon(self._leave_after, number, turns - 1)
            return
        self._drafts.flush()
        self.exit(return_code=128 + number)

    def on_app_focus(self) -> None:
        """Whoever comes back sees what is so now."""
        self.look()

    def look(self) -> None:
        """What is so now, and nothing at all once nobody has been here for long."""
        super().look()
        idle_minutes = (self.clock() - self._idle_since).total_seconds() / 60
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

    # -- going about ------------------------------------------------------------------------------------------------

    def _page(self, name: str) -> Page:
        return load(name)(self.view).data_bind(Writer.view)

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
        from iepjournal.screens.correct import Correct

        self._open(Correct(self._with_drafts(), self.view.case.numbered(no, Entry)))

    def action_go_on(self, draft: str) -> None:
        """Open again what was begun and not saved."""
        if draft == drafts.ENTRY:
            self.action_add()
        elif draft.startswith(drafts.PACKET):
            self.run_worker(self.action_go("packet"))
        elif (changes := drafts.goes_on(draft, self.view.case)) is None:
            self.say(f"What it changes is not in this case. Your words are in its folder: drafts/{draft}.txt")
        elif isinstance(changes, Entry):
            self.action_correct(changes.no or 0)
        else:
            self.run_worker(self.action_letter(changes.no or 0, True))

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

    def _open(self, writing: Writing) -> None:
        from iepjournal.screens.add import Left

        def left(outcome: Entry | Left | None) -> None:
            if outcome is Left.THROWN_AWAY:
                self._drafts.done(writing.draft)
            self.view = self._with_drafts()
            if isinstance(outcome, Entry):
                self._ask_about(outcome, f"Saved as entry {outcome.no}.")

        self.push_screen(writing, left)

    @work
    async def _ask_about(self, entry: Entry, said: str) -> None:
        """The questions that an entry raises, once it is saved."""
        from iepjournal.screens import after_entry

        async for recorded in after_entry.questions(self, lambda: self.view, entry, said):
            self.on_recorded(recorded)

    def action_ask_about(self, no: int) -> None:
        """The same questions once more, for whoever left them."""
        from iepjournal.screens.after_entry import raises_any

        entry = self.view.case.numbered(no, Entry)
        if raises_any(self.view, entry):
            self._ask_about(entry, f"Entry {no}.")
        else:
            self.say("No promise by a day is found in it that is not kept in mind, and no clock that it starts.")

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
            self.take_back(undo(records), shared=records[0] in self.view.case.district)

    @work
    async def action_tour(self) -> None:
        """Look around, over the real pages; on the first run by itself."""
        from iepjournal.screens.tour import walk

        preferences.remember_tour()
        pages = {page.key[0]: page.id.removeprefix("go.") for page in TO_PAGES if page.id}
        await walk(self, lambda: self.view, pages)

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
