"""What every verb works with: the clock, the case that was asked for, and the two streams.

stdout is data, stderr is talk; both are cleaned of control codes on the way out.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from iepjournal import paths
from iepjournal.core.text import clean_text, visible
from iepjournal.errors import CaseNotNamed, NoSuchCase, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from iepjournal.core.case import Case
    from iepjournal.core.records import Record
    from iepjournal.export.steps import Step, Tell
    from iepjournal.store.case_store import CaseStore

    Clock = Callable[[], datetime]

FIRST_CASE = "journal"
USUAL_COLUMNS = 80


def system_clock() -> datetime:
    """Now, with the offset of this machine's zone."""
    return datetime.now().astimezone()


class Desk:
    """One command's surroundings."""

    def __init__(self, clock: Clock, case_name: str = "") -> None:
        self.clock = clock
        self.case_name = case_name
        self.plain = False
        """Whether nothing may be drawn: --plain stood before the verb."""

    @property
    def now(self) -> datetime:
        """By the clock that was passed in."""
        return self.clock().replace(microsecond=0)

    @property
    def today(self) -> date:
        """By the clock that was passed in."""
        return self.clock().date()

    @property
    def user(self) -> str:
        """The unix user, as the machine knows it."""
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return str(os.getuid())

    def case_folders(self) -> list[Path]:
        """Every case of this user, by name."""
        folder = paths.cases()
        return sorted(found.parent for found in folder.glob("*/case.json")) if folder.is_dir() else []

    def folder(self) -> Path:
        """The folder of the case that was named, or of the only one there is."""
        known = self.case_folders()
        if self.case_name:
            for folder in known:
                if folder.name == self.case_name:
                    return folder
            raise NoSuchCase(self.case_name, [folder.name for folder in known])
        if not known:
            raise NoSuchCase("", [])
        if len(known) > 1:
            raise CaseNotNamed([folder.name for folder in known])
        return known[0]

    def store(self) -> CaseStore:
        """The case that was named, or the only one there is."""
        from iepjournal.store.case_store import CaseStore

        return CaseStore(self.folder())

    def store_or_first(self) -> CaseStore:
        """The same, but where nothing is yet, the case `journal` is made and that is said."""
        from iepjournal.store.case_store import CaseStore

        if self.case_name or self.case_folders():
            return self.store()
        folder = paths.cases() / FIRST_CASE
        store = CaseStore.create(folder)
        self.say(f"Nothing was here yet: the case “{FIRST_CASE}” was made in {folder}.")
        return store

    def append(self, store: CaseStore, records: Iterable[Record]) -> tuple[Record, ...]:
        """Write as one command, stamped with this clock and user."""
        return store.append(records, at=self.now, by=self.user)

    def change(self, store: CaseStore, operation: Callable[[Case], Iterable[Record]]) -> tuple[Record, ...]:
        """Write what the operation makes of the case as it is on disk now, as one command."""
        return store.change(operation, at=self.now, by=self.user)

    def out(self, text: str) -> None:
        """Data, for people or pipes."""
        print(visible(text))

    def out_json(self, shape: Any) -> None:
        """Data, for programs."""
        print(json.dumps(shape, ensure_ascii=False, indent=2))

    def binary_out(self) -> BinaryIO:
        """stdout for a file's bytes; a terminal is refused, it would show noise."""
        if sys.stdout.isatty():
            raise NotAllowed(
                "This is a file, not text for a terminal; nothing was written.", "Add “> name” or “-o name”."
            )
        sys.stdout.flush()
        return sys.stdout.buffer

    def write_new(self, path: Path, content: bytes) -> int:
        """A file that only you can read; never written over what is there. Gives the size."""
        from iepjournal.store.files import write_new

        return write_new(path, content)

    def write_all_new(self, files: Mapping[Path, bytes]) -> int:
        """Several such files, all of them or none."""
        from iepjournal.store.files import write_all_new

        return write_all_new(files)

    @contextmanager
    def progress(self) -> Iterator[Tell]:
        """How far a long piece of work is, on one line of a terminal that is written over; silent without one."""
        if not sys.stderr.isatty():
            yield lambda _step: None
            return
        room = (os.get_terminal_size(sys.stderr.fileno()).columns or USUAL_COLUMNS) - 1

        def tell(step: Step) -> None:
            # What is too long keeps its end, where the numbers are.
            print("\r\x1b[K" + visible(step.words)[-room:], end="", file=sys.stderr, flush=True)

        try:
            yield tell
        finally:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        """Talk, which never mixes with data."""
        print(visible(text), file=sys.stderr)

    def ask(self, question: str) -> str:
        """One typed answer; empty when nobody is there to answer."""
        if not sys.stdin.isatty():
            return ""
        self.say(question)
        return input()

    def offer(self, question: str, words: Sequence[str]) -> None:
        """What may want doing next, with the command that does it; never done unasked."""
        import shlex

        self.say(f"  {question}  To keep it: iepjournal {shlex.join(words)}")

    def stdin_text(self) -> str:
        """All of stdin as text; bytes that are not UTF-8 become marks instead of an error."""
        return sys.stdin.buffer.read().decode("utf-8", "replace")

    def text_or_stdin(self, typed: str) -> str:
        """A text as it was typed, or all of stdin in the place of `-`; cleaned."""
        return clean_text(self.stdin_text() if typed == "-" else typed).text.strip()
