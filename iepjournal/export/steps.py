"""How far a long piece of work is: told step by step to whoever asked for it, who may stop it at any step.

What makes packets takes `tell`. It is called, in the thread that does the work, before each exhibit is read, for each
page that is bound and while a file is written. To stop the work raise out of `tell`, `Stopped` as a rule: what was
raised comes out of the call unchanged. Everything is made in memory, so that nothing of it is on the disk then.

    def tell(step: Step) -> None:
        if worker.is_cancelled:
            raise Stopped
        app.call_from_thread(show, step.words)

    exhibits, refused = read_exhibits(files, dated, tell)
    binder = PacketBinder(complaint=complaint, exhibits=exhibits)
    sets = {copy: binder.bound(copy, tell) for copy in ("mde", "lea")}
    content = packet_zip(binder, sets, tell)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Step(NamedTuple):
    """Where the work is."""

    doing: str
    done: int
    total: int = 0
    """None where it is not known beforehand."""

    @property
    def words(self) -> str:
        """Putting the pages together: 40 of 512."""
        return f"{self.doing}: {self.done:,} of {self.total:,}" if self.total else self.doing


Tell = Callable[[Step], None]


def untold(step: Step) -> None:
    """Nobody listens."""
