"""The program as a terminal starts it, but its clock stands still, and it tells when all is drawn.

`python standing_clock.py MOMENT SHOWN`: a terminal that says it has the focus is answered, in a code that no terminal
knows, once all that was sent before is drawn; the name of every screen that was shown goes to the file SHOWN.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from iepjournal import terminal
from iepjournal.cli.main import main


def tell_when_drawn(shown: Path) -> None:
    terminal.prepare()
    from textual.pilot import Pilot, WaitForScreenTimeout

    from iepjournal.app import JournalApp

    answered = 0
    names: set[str] = set()

    def answer(app: JournalApp) -> None:
        nonlocal answered
        answered += 1
        if (name := f"{type(app.screen).__module__.rpartition('.')[2]}.{type(app.screen).__name__}") not in names:
            names.add(name)
            shown.write_text("\n".join(sorted(names)), encoding="utf-8")
        if app._driver:
            app._driver.write(f"\x1b]777;drawn {answered}\x07")

    async def wait(app: JournalApp) -> None:
        done = asyncio.Event()
        while not done.is_set():
            # A screen that is left meanwhile never answers; then the next one is asked.
            with suppress(WaitForScreenTimeout, TimeoutError):
                await Pilot(app)._wait_for_screen(timeout=0.5)
                app.screen.call_after_refresh(done.set)
                await asyncio.wait_for(done.wait(), 0.5)
        answer(app)

    def focused(app: JournalApp) -> None:
        app.run_worker(wait(app))

    JournalApp.on_app_focus = focused  # type: ignore[method-assign]


if __name__ == "__main__":
    moment, shown = sys.argv[1:]
    tell_when_drawn(Path(shown))
    sys.exit(main([], datetime.fromisoformat(moment).astimezone))
