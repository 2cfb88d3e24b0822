"""Both sets of the packet: taken home as files, marked as sent and as there, and the clocks that this starts."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work

from iepjournal import bindery, terminal
from iepjournal.core import choices
from iepjournal.core.agenda import GROUPS, agenda
from iepjournal.core.contents import check
from iepjournal.core.dates import say
from iepjournal.core.letters import letter_marks
from iepjournal.core.packet import newest_packet, sent_complaint
from iepjournal.errors import CannotUnderstand
from iepjournal.screens import posting
from iepjournal.screens.dialogs import Ask, Choose, Tell
from iepjournal.screens.making import Making
from iepjournal.screens.messages import PaperMade, SetsPosted
from iepjournal.screens.section import Section
from iepjournal.screens.why import Why
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import ACCENT, ALERT, GOOD, QUIET, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import Binding

    from iepjournal.core.contents import Contents
    from iepjournal.core.due import Deadline
    from iepjournal.core.packet import Complaint
    from iepjournal.core.records import Letter, Mark
    from iepjournal.export.steps import Tell as TellStep
    from iepjournal.screens.view import View
    from iepjournal.widgets.typeset import Sheet

PAPERS = {
    bindery.EVERYTHING: ("Both sets, the sheet for the counter and the tables", "one .zip"),
    "mde": ("The state’s set", "PDF"),
    "lea": ("The district’s copy", "PDF"),
    bindery.SHEET: ("The sheet for the mail counter", "PDF"),
}
FILE_NAMES = {
    bindery.EVERYTHING: "complaint.zip",
    "mde": "complaint-mde.pdf",
    "lea": "complaint-district.pdf",
    bindery.SHEET: "mail-counter.pdf",
}
BOTH = "both"
MOST_SAID = 3
PART_MEGABYTES = 10
"""What the parts of a set that is too large for a mailbox have at most."""


class Sets(Section):
    """What can be done with the paper, and what was done with it."""

    FOOTER = ("rows.1", "sets.sent", "app.back")
    BINDINGS: ClassVar[list[Binding]] = [
        key("m", "sent", "mark sent", "Say that the sets went out", id="sets.sent"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._saved: tuple[str, ...] = ()
        """What was made last, where it is, and how to fetch it."""
        self._too_large = ""
        """The set that many mailboxes refuse."""

    @property
    def title_right(self) -> str:
        """What it is."""
        return "Both sets"

    @property
    def letter(self) -> Letter | None:
        """The complaint as it was sent; none before that."""
        return sent_complaint(self.view.case)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is marked as sent twice."""
        del parameters
        return bool(self._waiting) if action == "sent" else True

    @property
    def _waiting(self) -> tuple[str, ...]:
        """The sets that were not marked as sent."""
        gone = bindery.went_out(self.letter, self.view.case) if self.letter else ()
        return tuple(copy for copy in bindery.SETS if copy not in gone)

    def draw_rows(self, sheet: Sheet) -> None:
        """What was made, what can be made, what went out, what runs."""
        if newest_packet(self.view.case) is None:
            sheet.paragraph("There is no packet any more. q goes back.", role=QUIET)
            return
        for number, words in enumerate(self._saved):
            sheet.paragraph(words, role=GOOD if number == 0 else "")
        if clocks := tuple(clocks_of(self.view)):
            sheet.heading("What runs now")
            sheet.rows(clock_row(self.view, whose, one) for whose, one in clocks)
            sheet.heading("Both went out. Mark what arrives.")
            sheet.rows(self._sendings())
        sheet.heading("Take it home")
        if not self.letter and not self.view.contents.ready:
            sheet.paragraph("A required part is still missing, so a final needs your reason.", role=ALERT)
        sheet.rows(Row(title, note, ("make", what)) for what, (title, note) in PAPERS.items())
        if self._too_large:
            sheet.rows([Row("The same in parts, each small enough to mail", pick=("parts", self._too_large))])
        if not clocks:
            sheet.heading("Sign both in ink. Send both the same day.")
            sheet.rows(self._sendings())

    def _sendings(self) -> Iterator[Row]:
        waiting = self._waiting
        if len(waiting) == len(bindery.SETS):
            yield Row("Both went out", "mark it", ("sent", BOTH), title_role=ACCENT)
        for copy, name in bindery.SETS.items():
            if copy in waiting:
                role = ACCENT if self.letter else ""
                yield Row(f"Only {name} went out", pick=("sent", copy), title_role=role, below=self._to(copy))
            elif self.letter:
                yield self._sent_row(copy, self.letter)

    def _to(self, copy: str) -> tuple[str, ...]:
        """Whom a set is for."""
        letter = self.view.complaint.letter
        names = [block.split("\n")[0] for block in (letter.to if copy == "mde" else letter.cc)]
        return (f"to {', '.join(names)}",) if names else ()

    def _sent_row(self, copy: str, letter: Letter) -> Row:
        """How and when a set went out; picked, it asks when it arrived."""
        case, today = self.view.case, self.view.today
        name, to = bindery.SETS[copy].capitalize(), bindery.SENT_TO[copy]
        (went, *_) = (mark for mark in letter_marks(letter, case, "sent") if to in mark.to)
        came = next((mark for mark in letter_marks(letter, case, "received") if to in mark.to), None)
        how = ", ".join(filter(None, (posting.METHODS.get(went.by, went.by), went.tracking)))
        sent = f"sent {say(went.on, today)}, {how}"
        if came:
            return Row(name, f"there {say(came.on, today)}", below=(sent,), lead=" ✓")
        return Row(name, "there? mark it", ("received", copy), below=(sent,))

    async def ask(self, pick: Any) -> None:
        """What to do with a row."""
        kind, what = pick
        if kind == "make":
            await self._make(what)
        elif kind == "parts":
            await self._make(what, megabytes=PART_MEGABYTES)
        elif kind == "sent":
            await self._ask_sent(tuple(bindery.SETS) if what == BOTH else (what,))
        elif kind == "received":
            await self._ask_received(what)
        elif kind == "clock":
            self.open(Why(self.view, what))

    @work
    async def action_sent(self) -> None:
        """Mark what was not marked yet."""
        await self._ask_sent(self._waiting)

    # -- as files --------------------------------------------------------------------------------------------------

    async def _make(self, what: str, *, megabytes: int = 0) -> None:
        """Make it whole in a thread, and only then save it."""
        draft, why = False, ""
        if not self.letter and not self.view.contents.ready:
            answer = await self._ask_although(self.view.contents)
            if answer is None:
                return
            draft, why = not answer, answer
        if not (draft or self.letter) and not await self._names_settled():
            return
        path = await self._ask_path(what)
        if path is None:
            return
        # Only now: a name that was just settled is in it.
        complaint, view = self.view.complaint, self.view
        marks = (choices.overridden(complaint.packet, view.contents, why, view.today),) if why else ()

        def make(tell: TellStep) -> tuple[tuple[bytes, ...], tuple[Mark, ...]]:
            made = bindery.Bindery(complaint=complaint, shelf=view.shelf, draft=draft, tell=tell)
            return made.made(what, megabytes=megabytes), made.marks(what, view.today)

        done = await self.app.push_screen_wait(Making(f"{PAPERS[what][0]}: being made.", make))
        if done:
            files, noted = done
            named = dict(zip(bindery.file_names(path, len(files)), files, strict=True))
            too_large = what if what in bindery.SETS and len(files[0]) > bindery.LARGE and not megabytes else ""
            self.post_message(PaperMade(named, partial(self._tell_saved, named, too_large), (*marks, *noted)))

    async def _names_settled(self) -> bool:
        """Show the names of nobody in the case, once more, before others read them; ask about each on wish."""
        from iepjournal.screens.holes import ask_name

        names = [finding.of for finding in self.view.contents.findings if finding.where == "names"]
        if not names:
            return True
        shown = self.view.complaint.words.listed([f"“{name}”" for name in names])
        question = f"{shown}: nobody in the case, and others will read it. The pages of exhibits are not looked at."
        answers = {"c": "call them something else", "s": "let it stand", "n": "not now"}
        answer = await self.app.push_screen_wait(Ask(question, answers))
        if answer == "c":
            # What was answered just now may not be on disk yet.
            taken: list[str] = []
            for name in names:
                taken.append(await ask_name(self, name, taken))
        return answer in ("c", "s")

    async def _ask_although(self, contents: Contents) -> str | None:
        """Why a final is made although something is missing; "" for a draft, None for neither."""
        question = f"{_stops(contents)} A final like this needs your reason, which is kept."
        answers = {"d": "a draft, stamped DRAFT", "f": "final all the same", "n": "not now"}
        answer = await self.app.push_screen_wait(Ask(question, answers))
        if answer == "d":
            return ""
        if answer != "f":
            return None
        hint = "It is kept in the journal with what was missing"
        return await self.app.push_screen_wait(Tell("Why is it final without that?", needed=True, hint=hint))

    async def _ask_path(self, what: str) -> Path | None:
        """Where to; asked before the work is done, so that it is not done for nothing."""
        free = str(_free(Path("~") / FILE_NAMES[what]))
        hint = "Enter makes it. No other file is overwritten."
        typed = await self.app.push_screen_wait(
            Tell("Where on this machine?", value=free, hint=hint, needed=True, reads=_new_file)
        )
        return _new_file(typed) if typed else None

    def _tell_saved(self, files: dict[Path, bytes], too_large: str) -> None:
        """Say where the files went, how large they are, and how they come home."""
        from iepjournal.export.packet_files import size_in_words

        names = [f"{_short(path)} ({size_in_words(len(content))})" for path, content in files.items()]
        fetch = terminal.fetched_by([_short(path).removeprefix("~/") for path in files])
        self._saved = (
            f"Saved: {', '.join(names)}. Only you can read it.",
            f"To fetch it, at your own computer: {fetch} (HOST is what you log in to.) Or look into the files of this "
            "machine with your SSH app (SFTP).",
            *(("It is more than many mailboxes take.",) if too_large else ()),
        )
        self._too_large = too_large
        self.draw()
        self.main.move_to(self.main.source.picks[0])
        self.say("Made and saved.")

    # -- on their way ----------------------------------------------------------------------------------------------

    async def _ask_sent(self, copies: Sequence[str]) -> None:
        """How and when; both sets are frozen when the first goes."""
        complaint, view, kept = self.view.complaint, self.view, self.letter
        if not kept and not await self._went_like_this(view.contents):
            return
        what = "both sets" if len(copies) > 1 else bindery.SETS[copies[0]]
        by = await self.app.push_screen_wait(Choose(f"How did {what} go out?", list(posting.METHODS.items())))
        on = await posting.ask_day(self.app, view, f"When did {what} go out?") if by else None
        if by is None or on is None:
            return
        tracking = []
        for copy in copies if by == "certified" else ():
            hint = "Enter on nothing if you have none"
            number = await self.app.push_screen_wait(Tell(f"The tracking number of {bindery.SETS[copy]}?", hint=hint))
            if number is None:
                return
            tracking.append(number)
        made = (
            (kept, (), "")
            if kept
            else await self.app.push_screen_wait(
                Making("Both sets are made as they went out, to keep them.", partial(_frozen, complaint, view))
            )
        )
        if made is None:
            return
        letter, sets, changed = made
        if changed:
            question = f"{changed} Did these go out, or are they to be printed again?"
            if await self.app.push_screen_wait(Ask(question, {"y": "keep these", "n": "not yet"})) != "y":
                return
        contents = None if kept else check(complaint, view.today, view.other_children())
        marks = bindery.sent_marks(letter, copies, on, by=by, tracking=tracking, contents=contents)
        self.post_message(SetsPosted(complaint, letter, marks, sets, _said))

    async def _went_like_this(self, contents: Contents) -> bool:
        """Whether what is missing was missing when it went."""
        if contents.ready:
            return True
        question = f"{_stops(contents)} Did it go out like this?"
        return await self.app.push_screen_wait(Ask(question, {"y": "yes, like this", "n": "not yet"})) == "y"

    async def _ask_received(self, copy: str) -> None:
        letter = self.letter
        on = await posting.ask_day(self.app, self.view, f"When did {bindery.SETS[copy]} arrive?")
        if letter and on:
            said = f"{bindery.SETS[copy].capitalize()} is there since {say(on, self.view.today)}."
            self.record(lambda case: [bindery.received_mark(letter, case, copy, on)], said)


def clocks_of(view: View) -> Iterator[tuple[str, Deadline]]:
    """What sending both sets started and is not over, with whose duty it is; the state's first."""
    letter = sent_complaint(view.case)
    if letter is None or len(bindery.went_out(letter, view.case)) < len(bindery.SETS):
        return
    groups = agenda(one for one in view.deadlines if one.record == letter.root)
    for whose in reversed(GROUPS):
        for row in groups[whose]:
            yield GROUPS[whose], row.deadline


def clock_row(view: View, whose: str, one: Deadline) -> Row:
    """Whose duty, by when, and the rule's own words."""
    estimated = ", estimated" if one.estimated else ""
    when = f"{say(one.due, view.today)}{estimated}" if one.due else one.in_words
    return Row(f"{whose}: {one.rule.title}", when, ("clock", one.key), below=(one.rule.says,))


def _said(view: View) -> str:
    """That they went out, and the last day that the law sets for it."""
    letter = sent_complaint(view.case)
    gone = bindery.went_out(letter, view.case) if letter else ()
    if len(gone) < len(bindery.SETS):
        waiting = next(name for copy, name in bindery.SETS.items() if copy not in gone)
        return f"It is kept as it went. {waiting.capitalize()} is still to be marked: it goes at the same time."
    by_law = [(one.due, f"{whose}: {one.rule.title}") for whose, one in clocks_of(view) if one.rule.kind == "law"]
    last = max(((due, what) for due, what in by_law if due), default=None)
    clock = f" {last[1]}, by {say(last[0], view.today)}." if last else ""
    return f"Both sets are on their way and stay as they are.{clock}"


def _frozen(complaint: Complaint, view: View, tell: TellStep) -> tuple[Letter, tuple[bytes, ...], str]:
    """The letter that remembers both sets, the sets, and whether they are other than those that were made."""
    sets = bindery.Bindery(complaint=complaint, shelf=view.shelf, tell=tell).both()
    letter = bindery.frozen(complaint, sets, view.new_uid())
    return letter, tuple(made.pdf for made in sets.values()), bindery.changed_since_made(complaint, sets)


def _stops(contents: Contents) -> str:
    """The first things that stop it, and how many more there are."""
    stops = [finding.message for finding in contents.findings if finding.level == "stop"]
    more = len(stops) - MOST_SAID
    return " ".join((*stops[:MOST_SAID], *((f"And {more} more.",) if more > 0 else ())))


def _new_file(typed: str) -> Path:
    """A path at which a file can be made; CannotUnderstand says why not."""
    path = Path(os.path.expanduser(typed))
    if not path.name or path.is_dir():
        raise CannotUnderstand("the name of a file", typed, "Write a name behind the folder.")
    if not path.parent.is_dir():
        raise CannotUnderstand("in a folder that is there", typed)
    if path.exists():
        raise CannotUnderstand("free: a file of that name is there", typed, "It is left. Choose another name.")
    return path


def _free(path: Path) -> Path:
    """The path, or the next one with a number that nobody has taken."""
    tries = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 100)))
    return next((one for one in tries if not one.expanduser().exists()), path)


def _short(path: Path) -> str:
    """With ~ for the home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
