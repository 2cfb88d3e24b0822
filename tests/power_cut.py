"""What a disk may hold after a power cut, worked out from the system calls that were made.

Without fsync of a file its new bytes may be missing, or there in part. Without fsync of a folder each change of a
name in it may or may not have happened, whatever came before or after. Nothing kinder is assumed.
"""

from __future__ import annotations

import os
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from faulty_disk import SpiedCalls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Content(NamedTuple):
    """One file: what was written into it, and what of that is on the platter for sure."""

    written: bytes
    synced: bytes | None
    """None while no fsync has promised anything."""

    @property
    def after_a_cut(self) -> set[bytes]:
        """Everything it may hold when the power comes back."""
        if self.synced == self.written:
            return {self.written}
        return {self.synced or b"", self.written[: len(self.written) // 2], self.written}


class Renaming(NamedTuple):
    """A change of one folder: this name now stands for that file, or for none."""

    name: Path
    file: int | None


Names = dict[Path, int]
State = dict[Path, bytes]


class RecordingCalls(SpiedCalls):
    """Makes the real calls and keeps a model of the disk below one folder, with its state after each call."""

    def __init__(self, top: Path) -> None:
        super().__init__()
        paths = [path for path in top.rglob("*") if path.is_file()]
        self._names: Names = {path: path.stat().st_ino for path in paths}
        self._files = {path.stat().st_ino: Content(path.read_bytes(), path.read_bytes()) for path in paths}
        self._pending: list[Renaming] = []
        self._open: dict[int, Path] = {}
        self.moments: list[tuple[Names, dict[int, Content], list[Renaming]]] = []

    def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Make the call, then note what it changed."""
        result = real(*args, **kwargs)
        note = getattr(self, f"_after_{name}", None)
        if note:
            note(result, *args)
            self.moments.append((dict(self._names), dict(self._files), list(self._pending)))
        return result

    def states(self) -> Iterator[State]:
        """Every state the disk may be in after a cut at any moment."""
        for names, files, pending in self.moments:
            for count in range(len(pending) + 1):
                for happened in combinations(pending, count):
                    yield from _contents(_renamed(names, happened), files)

    def final_states(self) -> Iterator[State]:
        """Those after the last call."""
        names, files, pending = self.moments[-1]
        for count in range(len(pending) + 1):
            for happened in combinations(pending, count):
                yield from _contents(_renamed(names, happened), files)

    def _after_open(self, fd: int, path: str, flags: int, *mode: int) -> None:
        self._open[fd] = Path(path)
        if flags & os.O_CREAT and os.fstat(fd).st_ino not in self._files:
            self._files[os.fstat(fd).st_ino] = Content(b"", None)
            self._pending.append(Renaming(Path(path), os.fstat(fd).st_ino))

    def _after_write(self, written: int, fd: int, content: bytes) -> None:
        file = os.fstat(fd).st_ino
        before = self._files[file]
        self._files[file] = before._replace(written=before.written + bytes(content[:written]))

    def _after_fsync(self, _result: None, fd: int) -> None:
        if (path := self._open[fd]).is_dir():
            kept = [change for change in self._pending if change.name.parent != path]
            self._names = _renamed(self._names, [change for change in self._pending if change not in kept])
            self._pending = kept
        else:
            file = os.fstat(fd).st_ino
            self._files[file] = self._files[file]._replace(synced=self._files[file].written)

    def _after_link(self, _result: None, source: str, target: str) -> None:
        self._pending.append(Renaming(Path(target), os.stat(source).st_ino))

    def _after_replace(self, _result: None, source: str, target: str) -> None:
        self._pending.append(Renaming(Path(target), os.stat(target).st_ino))
        self._pending.append(Renaming(Path(source), None))

    def _after_unlink(self, _result: None, path: str) -> None:
        self._pending.append(Renaming(Path(path), None))


def lay_out(state: State, top: Path, elsewhere: Path) -> None:
    """Write a state of `top` into another folder."""
    for path, content in state.items():
        copy = elsewhere / path.relative_to(top)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)


def _renamed(names: Names, happened: Any) -> Names:
    after: dict[Path, int | None] = {**names, **{change.name: change.file for change in happened}}
    return {path: file for path, file in after.items() if file is not None}


def _contents(names: Names, files: dict[int, Content]) -> Iterator[State]:
    for contents in product(*(files[file].after_a_cut for file in names.values())):
        yield dict(zip(names, contents, strict=True))
