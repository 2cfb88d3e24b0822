"""Files kept with a case: attachments under their SHA-256, and letters as they were sent. Nothing is written over."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from contextlib import ExitStack
from typing import TYPE_CHECKING

from iepjournal.core.records import Attachment, Letter
from iepjournal.core.values import Value
from iepjournal.errors import AlreadyThere, NotAllowed, NotSaved
from iepjournal.store.disk import not_saved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from iepjournal.core.case import Case
    from iepjournal.store.disk import Disk

LARGEST_FILE = 200 * 1024 * 1024


class KeptFile(Value):
    """One file, hashed again."""

    name: str
    sha256: str
    state: str
    """same, changed or missing."""


class KeptFiles:
    """The `files` and `letters` folders of one case."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._files = folder / "files"
        self._letters = folder / "letters"
        self._disk = disk

    def keep(self, source: BinaryIO | Path) -> tuple[str, int]:
        """Copy a file or a stream, hashing it on the way; gives its SHA-256 and size."""
        if not isinstance(source, os.PathLike):
            return self._keep(iter(lambda: source.read(1 << 20), b""))
        try:
            fd = os.open(source, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise NotAllowed(f"{source} cannot be opened: {error.strerror}.", "Nothing was saved.") from error
        try:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise NotAllowed(f"{source} is not an ordinary file.", "Nothing was saved.")
            return self._keep(self._disk.chunks(fd))
        finally:
            os.close(fd)

    def path(self, sha256: str) -> Path:
        """Where the file with this hash is, or would be."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(f"{sha256!r} is not a SHA-256")
        return self._files / sha256

    def check(self, case: Case) -> tuple[KeptFile, ...]:
        """Hash every attachment and every sent letter again, struck ones too."""
        found = [
            KeptFile(name=each.name, sha256=each.sha256, state=_state(self._files / each.sha256, each.sha256))
            for each in case.with_struck(Attachment)
        ]
        for letter in case.with_struck(Letter):
            for sent in case.marks(letter.root):
                if sent.sha256:
                    path = self._letter_path(letter.no or 0, "pdf", sent.sha256)
                    found.append(KeptFile(name=path.name, sha256=sent.sha256, state=_state(path, sent.sha256)))
        return tuple(found)

    def keep_letter(self, no: int, suffix: str, content: bytes) -> Path:
        """Keep one form of a sent letter by its number and hash."""
        path = self._letter_path(no, suffix, hashlib.sha256(content).hexdigest())
        self._disk.make_folder(str(self._letters))
        self._disk.put(str(path), content)
        return path

    def letters(self, no: int) -> list[Path]:
        """Every kept form of a letter."""
        return sorted(self._letters.glob(f"{no}-*.*"))

    def _letter_path(self, no: int, suffix: str, sha256: str) -> Path:
        return self._letters / f"{no}-{sha256[:12]}.{suffix}"

    def _keep(self, chunks: Iterable[bytes]) -> tuple[str, int]:
        digest = hashlib.sha256()
        size = 0

        def hashed() -> Iterator[bytes]:
            nonlocal size
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST_FILE:
                    raise NotAllowed(
                        f"This file is larger than {LARGEST_FILE // 1024**2} MB; nothing was saved.",
                        "Attach a smaller scan of it.",
                    )
                digest.update(chunk)
                yield chunk

        with not_saved():
            self._disk.make_folder(str(self._files))
            temp = self._disk.write_temp(str(self._files), hashed())
        self._disk.place(temp, str(self.path(digest.hexdigest())))
        return digest.hexdigest(), size


def write_new(path: Path, content: bytes) -> int:
    """A file outside the case that only you can read; never written over what is there. Gives the size."""
    return write_all_new({path: content})


def write_all_new(files: Mapping[Path, bytes]) -> int:
    """Several such files, all of them or none, whatever stops it. Gives their size."""
    with ExitStack() as unfinished:
        for path, content in files.items():
            try:
                fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
                unfinished.callback(path.unlink, missing_ok=True)
                with os.fdopen(fd, "wb") as file:
                    file.write(content)
            except FileExistsError:
                raise AlreadyThere(str(path)) from None
            except OSError as error:
                raise NotSaved(f"{path}: {error.strerror}", kept="The case is as it was.") from error
        unfinished.pop_all()
    return sum(map(len, files.values()))


def _state(path: Path, sha256: str) -> str:
    try:
        with open(path, "rb") as file:
            return "same" if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else "changed"
    except OSError:
        return "missing"
