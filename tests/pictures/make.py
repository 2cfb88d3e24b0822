"""Make the README's pictures of the real screens: `python tests/pictures/make.py`.

The demo's family, the demo's clock; each picture is the SVG that Textual exports, without the font it would fetch.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import terminal
from iepjournal.cli.demo import MOMENT
from iepjournal.cli.main import main as iepjournal

if TYPE_CHECKING:
    from datetime import datetime

HERE = Path(__file__).parent
PHONE, TERMINAL, WIDE = (44, 28), (80, 24), (120, 40)
PICTURES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "today": (WIDE, []),
    "today-phone": (PHONE, []),
    "add-phone": (PHONE, ["a", *"@hill !call she will be back Monday"]),
    "log": (TERMINAL, ["l"]),
    "services": (TERMINAL, ["s", "1"]),
    "deadlines": (TERMINAL, ["d"]),
    "letters": (TERMINAL, ["w"]),
}
"""Name -> size, and the keys that lead there."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="iepjournal-pictures-") as folder:
        os.chdir(folder)
        iepjournal(["demo"])
        for name, (size, keys) in PICTURES.items():
            (HERE / f"{name}.svg").write_text(asyncio.run(picture(size, keys)), encoding="utf-8")


async def picture(size: tuple[int, int], keys: list[str]) -> str:
    """One screen of the demo as SVG."""
    os.environ["COLORTERM"] = "truecolor"
    terminal.prepare()
    from iepjournal.app import JournalApp
    from iepjournal.store.case_store import CaseStore

    def clock() -> datetime:
        return MOMENT.astimezone()

    app = JournalApp(CaseStore(Path(os.environ["IEPJOURNAL_HOME"]) / "cases" / "maya"), clock, "renee")
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.3)
        for key in keys:
            await pilot.press({" ": "space", "@": "at", "!": "exclamation_mark"}.get(key, key))
        await pilot.pause(0.5)
        svg = app.export_screenshot(title="iepjournal")
    return re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    main()
