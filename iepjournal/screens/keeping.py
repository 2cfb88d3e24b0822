"""Keeping: the files of the case, the backups beside it, and whether the record is whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from iepjournal.core.chain import BEFORE_A_BREAK, WHAT_IT_SHOWS, short
from iepjournal.core.dates import say, say_time
from iepjournal.core.plurals import many
from iepjournal.core.records import Entry
from iepjournal.screens.messages import KeptAsked
from iepjournal.screens.page import Page
from iepjournal.screens.section import Section
from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import ALERT, GOOD, QUIET, STRONG, Row, Sheet

if TYPE_CHECKING:
    from datetime import datetime

    from textual.binding import Binding

    from iepjournal.core.chain import Verdict
    from iepjournal.screens.view import View


@dataclass(frozen=True, kw_only=True)
class KeptState:
    """An earlier state of the journal."""

    saved_at: datetime
    size: int
    entries: int | None
    """None where it cannot be read."""
    before_restore: bool


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is beside the journal, and what the check of the record found."""

    verdict: Verdict
    wrong_files: tuple[str, ...]
    """Each kept file that is changed or missing, in words."""
    files: int
    backups: tuple[KeptState, ...]
    """The newest first."""


def files_summary(view: View) -> str:
    """How many."""
    count = len(view.case.attachments)
    return f"{count} kept" if count else "none yet"


def draw_files(sheet: Sheet, view: View) -> None:
    """Every file, the newest first, with the entry it belongs to."""
    case = view.case
    if not case.attachments:
        sheet.paragraph("No files yet. An entry takes one: l, pick it, then f.", role=QUIET)
    rows = []
    for file in reversed(case.attachments):
        owner = case.by_root.get(file.of)
        belongs = f"entry {owner.no}" if isinstance(owner, Entry) else owner.KIND if owner else ""
        received = f"received {say(file.received_on, view.today)}" if file.received_on else ""
        said = " · ".join(filter(None, (f"file {file.no}", f"{file.size:,} bytes", belongs, received)))
        rows.append(Row(file.name, pick=owner.no if isinstance(owner, Entry) else None, below=(said,)))
    sheet.rows(rows)


class FilesPage(Section):
    """The files kept with the case."""

    NAME = "Files"

    def draw_rows(self, sheet: Sheet) -> None:
        """Every file."""
        draw_files(sheet, self.view)

    async def ask(self, pick: int) -> None:
        """Open the entry a file belongs to."""
        from iepjournal.screens.entry import EntryPage

        self.open(EntryPage(self.view, pick))


def draw_backups(sheet: Sheet, view: View, kept: Kept | None) -> None:
    """The earlier states, and where a copy elsewhere comes from."""
    if kept is None:
        sheet.paragraph("Looking …", role=QUIET)
        return
    if not kept.backups:
        sheet.paragraph("No backup yet. The first is made when the journal is saved a second time.", role=QUIET)
    sheet.rows(
        (
            Row(
                f"{say(state.saved_at.date(), view.today)}, {say_time(state.saved_at.time())}",
                _holds(state),
                lead=" ·",
                note_role=QUIET if state.entries is not None else ALERT,
                below=("kept before a restore",) if state.before_restore else (),
            )
            for state in kept.backups
        ),
        notes_right=True,
    )
    sheet.blank()
    sheet.paragraph(
        "They are made by themselves, on this machine. For a copy elsewhere: iepjournal backup. "
        "To go back to one: iepjournal restore.",
        role=QUIET,
    )


def _holds(state: KeptState) -> str:
    if state.entries is None:
        return "cannot be read"
    return many(state.entries, "entry", "entries")


def draw_check(sheet: Sheet, view: View, kept: Kept | None) -> None:
    """What the check found, in no more words than it shows."""
    del view
    if kept is None:
        sheet.paragraph("Checking every record and every file …", role=QUIET)
        return
    verdict = kept.verdict
    if verdict.first_broken:
        sheet.paragraph(f"Broken at {verdict.first_broken}.", role=ALERT)
        sheet.paragraph(BEFORE_A_BREAK)
    else:
        purged = f", {verdict.purged} erased by purge" if verdict.purged else ""
        sheet.paragraph(f"Unbroken: {verdict.records} records{purged}, {kept.files} kept files.", role=GOOD)
    for wrong in kept.wrong_files:
        sheet.paragraph(wrong, role=ALERT)
    if verdict.seal:
        sheet.heading("Seal")
        sheet.paragraph(short(verdict.seal), role=STRONG)
    if not verdict.first_broken:
        sheet.blank()
        sheet.paragraph(WHAT_IT_SHOWS, role=QUIET)


class KeepingPage(Page):
    """Something that the app must look at on disk first; looked at again with each view."""

    FOOTER = ("app.back", "keeping.again")
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("r", "again", "look again", "Look at the disk again", id="keeping.again"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.kept: Kept | None = None

    def on_mount(self) -> None:
        """Look once the page is in sight."""
        self.call_after_refresh(self.action_again)

    def action_again(self) -> None:
        """Look at the disk."""
        self.post_message(KeptAsked(self._looked))

    def _looked(self, kept: Kept) -> None:
        self.kept = kept
        self.draw()

    def draw_kept(self, sheet: Sheet) -> None:
        """Set what was found on a sheet."""
        raise NotImplementedError

    def show(self) -> None:
        """Draw it."""
        sheet = Sheet(self.main.content_width, numbered=False)
        self.draw_kept(sheet)
        self.main.show(sheet)


class BackupsPage(KeepingPage):
    """The earlier states of the journal."""

    NAME = "Backups"

    def draw_kept(self, sheet: Sheet) -> None:
        """Each state."""
        draw_backups(sheet, self.view, self.kept)


class CheckPage(KeepingPage):
    """Whether the record is whole."""

    NAME = "Check of the record"

    def draw_kept(self, sheet: Sheet) -> None:
        """The verdict."""
        draw_check(sheet, self.view, self.kept)
