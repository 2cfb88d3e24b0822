"""A file of a parent's old notes: what it is, its notes, and the records that they become.

The shell and the screens both go it here. Reads the file that is named; writes nothing.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.core.dates import EARLIEST_YEAR
from iepjournal.core.records import Attachment
from iepjournal.core.text import clean_text, safe_file_name
from iepjournal.errors import CannotUnderstand, TableRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import BinaryIO

    from iepjournal.core.case import Case
    from iepjournal.core.notes import Arrival, Note
    from iepjournal.core.records import Record
    from iepjournal.export.tables import Table

FORMATS = ("csv", "eml", "mbox", "jrnl", "text")
BY_ENDING = {".csv": "csv", ".tsv": "csv", ".eml": "eml", ".mbox": "mbox"}
LARGEST_FILE = 64_000_000


@dataclass(frozen=True, kw_only=True)
class NoteFile:
    """One file, and how the parent says it is to be read."""

    name: str
    form: str = ""
    """One of FORMATS; else by its name and its first words."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Of a table: what -> which column, by title or number."""
    year: int = 0
    """Of days that are written without one."""
    encoding: str = "utf-8"

    @property
    def source(self) -> str:
        """What an entry says it came from."""
        return clean_text(Path(self.name).name, multiline=False).text

    def notes(self, case: Case, now: datetime) -> tuple[Note, ...]:
        """Every note in it; TableRefused says why it cannot be read, and where."""
        if self.year and not EARLIEST_YEAR <= self.year <= now.year:
            raise CannotUnderstand("a year of notes", str(self.year))
        content = self._content()
        if found := tuple(self._notes(content, case, now)):
            return found
        raise TableRefused("there is no note in it")

    def table(self) -> Table | None:
        """Its columns, where it is a table."""
        from iepjournal.export.tables import read_csv

        content = self._content()
        return read_csv(content, self.encoding) if self._form_of(content) == "csv" else None

    def _notes(self, content: bytes, case: Case, now: datetime) -> Iterable[Note]:
        form = self._form_of(content)
        if form == "csv":
            from iepjournal.core.notetable import notes_of_table
            from iepjournal.export.tables import read_csv

            table = read_csv(content, self.encoding)
            rows = table.numbered()
            return notes_of_table(table.header, rows, case, now.date(), chosen=self.columns, year=self.year)
        if form in ("eml", "mbox"):
            from iepjournal.core.mailbox import notes_of_mail

            return notes_of_mail(content, case, now, in_our_zone)
        from iepjournal.core.notebook import notes_of_text
        from iepjournal.export.tables import decoded

        return notes_of_text(clean_text(decoded(content, self.encoding)).text, now.date(), year=self.year)

    def _form_of(self, content: bytes) -> str:
        by_words = "mbox" if content.startswith(b"From ") else "text"
        return self.form or BY_ENDING.get(Path(self.name).suffix.lower(), "") or by_words

    def _content(self) -> bytes:
        try:
            with open(Path(self.name).expanduser(), "rb") as file:
                content = file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise CannotUnderstand("a file that can be read", self.name, f"{error.strerror}.") from error
        if len(content) > LARGEST_FILE:
            raise TableRefused(f"{self.name} is larger than {LARGEST_FILE:,} bytes")
        return content


def in_our_zone(moment: datetime) -> datetime:
    """By the clock of this machine, as everything else in the journal."""
    return moment.astimezone()


def records_of(
    arriving: Iterable[Arrival], keep: Callable[[BinaryIO], tuple[str, int]], new_uid: Callable[[], str]
) -> Iterator[Record]:
    """An entry for each note that is new; an e-mail is kept whole beside its entry by `keep`."""
    for arrival in arriving:
        if arrival.is_known:
            continue
        entry = arrival.entry.replace(uid=new_uid())
        yield entry
        if arrival.note.original:
            sha256, size = keep(io.BytesIO(arrival.note.original))
            name = f"{safe_file_name(entry.source, 'e-mail')}.eml"
            yield Attachment(of=entry.uid, name=name, sha256=sha256, size=size, received_on=entry.happened_on)
