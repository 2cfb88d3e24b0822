"""Correct: an entry in the box it was written in, and the reason; what was drawn from it is asked about as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from iepjournal.core import drafts
from iepjournal.core.corrections import amended
from iepjournal.core.drawn import after_change
from iepjournal.core.entries import changes
from iepjournal.screens.add import Writing
from iepjournal.screens.dialogs import Tell
from iepjournal.screens.entry import ask_together
from iepjournal.screens.messages import Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry, Record
    from iepjournal.screens.view import View


class Correct(Writing):
    """A correction of one entry; the text before it stays in the record."""

    def __init__(self, view: View, entry: Entry) -> None:
        super().__init__(view, draft=drafts.of_correction(entry.no), above=f"Correct entry {entry.no}", text=entry.text)
        self.entry = entry

    def _changes(self, case: Case) -> dict[str, object]:
        text = self.box.text
        typed = text if text != self.entry.text else None
        return changes(self.entry, typed, case, self.view.now, self.chosen)

    def read(self) -> tuple[Entry, Sequence[str]]:
        """The entry as it will be."""
        return self.entry.replace(**self._changes(self.view.case)), ()

    def record(self, entry: Entry) -> None:
        """Ask for the reason, unless nothing was changed."""
        if entry == self.entry:
            self.discard()
        else:
            self._ask_why(entry)

    @work
    async def _ask_why(self, entry: Entry) -> None:
        question = f"Why is entry {entry.no} corrected? Both texts are kept."
        why = await self.app.push_screen_wait(
            Tell(question, hint="A few words, then Enter. Esc goes back.", needed=True)
        )
        if not why:
            return
        today = self.view.today
        follows = after_change(self.view.case, self.entry, entry, why, today)
        together = await ask_together(self.app, follows)
        if together is None:
            return

        def operation(case: Case) -> list[Record]:
            corrected = amended(case, self.entry, self._changes(case), why)
            drawn = after_change(case, self.entry, corrected, why, today).records if together else ()
            return [corrected, *drawn]

        said = f"Entry {entry.no} is corrected. u takes it back."
        self.post_message(Recorded(operation, said, draft=self.draft, then=self.saved, refused=self.refused))
