"""`iepjournal` without a verb: the screens, or a polite refusal where they cannot be shown."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from iepjournal import terminal

if TYPE_CHECKING:
    from iepjournal.cli.desk import Desk


def open_screens(desk: Desk) -> int:
    """Open the screens of the case, or the menus; the exit code says how they ended."""
    if desk.plain:
        from iepjournal.cli.plain import open_menu

        gc.enable()
        return open_menu(desk)
    refusal = terminal.refusal()
    if refusal:
        desk.say(refusal)
        return 1
    terminal.prepare()
    from iepjournal.app import JournalApp

    app = JournalApp(desk.store_or_first(), desk.clock, desk.user)
    gc.freeze()  # the case and the library stay to the end; looking through them again and again is for nothing
    gc.enable()
    return app.run_to_the_end()
