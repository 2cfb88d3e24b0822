"""What pages tell the app: what the parent did, and what is being typed. The app alone writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from iepjournal.core.case import Case
    from iepjournal.core.notes import Note
    from iepjournal.core.packet import Complaint
    from iepjournal.core.records import Calendar, Letter, Mark, Record
    from iepjournal.screens.keeping import Kept
    from iepjournal.screens.view import View

    Operation = Callable[[Case], Iterable[Record]]
    """Makes the records to write out of the case as it is on disk at that moment."""


class Recorded(Message):
    """The parent did something that belongs in the journal."""

    def __init__(
        self,
        operation: Operation,
        said: str | Callable[[Sequence[Record]], str] = "",
        *,
        draft: str = "",
        then: Callable[[Sequence[Record]], None] | None = None,
        refused: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self.operation = operation
        self.said = said
        """What the footer says when it is on disk; made of what was written, where that has a number."""
        self.draft = draft
        """The draft that is not needed any more once it is."""
        self.then, self.refused = then, refused
        """Called with what was written, or with the sentence that says why it was not."""


class Typed(Message):
    """The text of something unfinished changed."""

    def __init__(self, draft: str, text: str) -> None:
        super().__init__()
        self.draft, self.text = draft, text


class LeftOff(Message):
    """What was being typed is left for now; it is on disk, and the pages may show it."""


class EditorAsked(Message):
    """The parent's own editor is to be opened on the text of something unfinished."""

    def __init__(self, draft: str, text: str, then: Callable[[str], None]) -> None:
        super().__init__()
        self.draft, self.text, self.then = draft, text, then
        """`then` is called with the text as it came back, or as it was."""


class FileGiven(Message):
    """A file is to be kept with a record, of which it is an exhibit too where that is said."""

    def __init__(self, of: Record, path: str, *, as_exhibit: bool = False) -> None:
        super().__init__()
        self.of, self.path, self.as_exhibit = of, path, as_exhibit


class Posted(Message):
    """A letter went out: its paper is kept, and the mark freezes it."""

    def __init__(self, letter: Letter, pdf: bytes, mark: Mark, said: Callable[[Case], str]) -> None:
        super().__init__()
        self.letter, self.pdf, self.mark = letter, pdf, mark
        self.said = said
        """What to say of it, by the case in which it is sent."""


class FileMade(Message):
    """Something is to be saved as a new file outside the case."""

    def __init__(self, path: str, content: bytes) -> None:
        super().__init__()
        self.path, self.content = path, content


class PaperMade(Message):
    """A packet's files are to be saved outside the case, all of them or none."""

    def __init__(self, files: Mapping[Path, bytes], then: Callable[[], None], marks: Sequence[Mark]) -> None:
        super().__init__()
        self.files, self.then = files, then
        """What is on disk when `then` is called."""
        self.marks = marks
        """That finals were made, and that something was missing in them."""


class SetsPosted(Message):
    """Sets of a packet went out: both are kept when the first does, and the marks freeze them."""

    def __init__(
        self,
        complaint: Complaint,
        letter: Letter,
        marks: Sequence[Mark],
        sets: Sequence[bytes],
        said: Callable[[View], str],
    ) -> None:
        super().__init__()
        self.complaint, self.letter, self.marks = complaint, letter, marks
        self.sets = sets
        """Both, when the first goes; none when the second does."""
        self.said = said
        """What to say of it, by what is so then."""


class ToCopy(Message):
    """A text is to stand on the bare terminal, where a phone can select it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class NotesBrought(Message):
    """Old notes of a file are to be saved, those that are not here yet, as one command."""

    def __init__(self, source: str, notes: Sequence[Note]) -> None:
        super().__init__()
        self.source, self.notes = source, notes


class CalendarChanged(Message):
    """The school calendar has a next version; the district's other cases may share it."""

    def __init__(self, change: Callable[[Sequence[Calendar]], Calendar], said: str) -> None:
        super().__init__()
        self.change, self.said = change, said


class KeptAsked(Message):
    """A page wants to know what is kept beside the journal, and whether the record is whole."""

    def __init__(self, then: Callable[[Kept], None]) -> None:
        super().__init__()
        self.then = then
