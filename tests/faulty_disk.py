"""System calls that fail on purpose, for proving what is left on disk when they do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from iepjournal.store.disk import SystemCalls

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = [name for name in vars(SystemCalls) if not name.startswith("_")]


NEVER = -1
"""As the number of the call that fails."""


class SpiedCalls(SystemCalls):
    """Real system calls that pass through `around` first."""

    def __init__(self) -> None:
        for name in CALLS:
            setattr(self, name, self._spied(name, getattr(SystemCalls, name)))

    def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Make the call; a child does more, or less."""
        return real(*args, **kwargs)

    def _spied(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: self.around(name, real, args, kwargs)


class FaultyCalls(SpiedCalls):
    """Fails the nth call, counted from 1, and only that one."""

    def __init__(self, nth: int, fault: int) -> None:
        super().__init__()
        self.fault = fault
        self.left = nth
        self.failed = ""
        """The call that was failed; empty while none was."""

    def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Fail as a kernel does: a failed close still closes, a failed write may have written a part."""
        self.left -= 1
        if self.left != 0:
            return real(*args, **kwargs)
        self.failed = name
        if name == "close":
            real(*args)
        if name == "write":
            real(args[0], bytes(args[1])[: len(args[1]) // 2])
        raise OSError(self.fault, os.strerror(self.fault))


class ShortWrites(SpiedCalls):
    """Writes a few bytes at a time, as a kernel may."""

    def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Take only the first bytes of what was given."""
        if name == "write":
            return real(args[0], bytes(args[1])[:7])
        return real(*args, **kwargs)


class RefusingCalls(SpiedCalls):
    """Never does one of the calls."""

    def __init__(self, refused: str, fault: int) -> None:
        super().__init__()
        self.refused, self.fault = refused, fault

    def around(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Fail it whenever it is asked for."""
        if name == self.refused:
            raise OSError(self.fault, os.strerror(self.fault))
        return real(*args, **kwargs)
