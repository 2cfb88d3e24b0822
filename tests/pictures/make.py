"""Make the pictures of the real screens: `python tests/pictures/make.py`; those of the walk: `... make.py walk`.

The demo's family, the demo's clock; each picture is the SVG that Textual exports, without the font it would fetch.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import terminal
from iepjournal.cli.demo import MOMENT
from iepjournal.cli.main import main as iepjournal

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from walk import NOTES, stops  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from textual.pilot import Pilot

PHONE, TERMINAL, WIDE = (44, 28), (80, 24), (120, 40)
PICTURES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "today": (WIDE, []),
    "today-phone": (PHONE, []),
    "add-phone": (PHONE, ["a", "=@hill_!call_she_will_be_back_Monday"]),
    "log": (TERMINAL, ["l"]),
    "services": (TERMINAL, ["s", "1"]),
    "deadlines": (TERMINAL, ["d"]),
    "letters": (TERMINAL, ["w"]),
}
"""Name -> size, and the keys that lead there, as in the walk."""
WALKED = ((40, 20), PHONE, TERMINAL, WIDE)
"""The sizes at which the walk's pages are kept in order."""
NAMED = {"rub": "backspace"}
CELL = 12.2
"""How wide Textual's export makes a character."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="iepjournal-pictures-") as folder:
        os.chdir(folder)
        os.environ["HOME"] = folder
        iepjournal(["demo"])
        Path("notes.txt").write_text(NOTES, encoding="utf-8")
        home = Path(os.environ["IEPJOURNAL_HOME"])
        if "walk" not in sys.argv:
            for name, (size, keys) in PICTURES.items():
                asyncio.run(picture(home, size, keys, HERE / f"{name}.svg"))
            return
        for width, height in WALKED:
            kept = HERE / "walk" / f"{width}x{height}"
            shutil.rmtree(kept, ignore_errors=True)
            kept.mkdir(parents=True)
            shutil.copytree(home, Path(folder) / kept.name)
            asyncio.run(walk(Path(folder) / kept.name, (width, height), kept))


async def picture(home: Path, size: tuple[int, int], keys: list[str], to: Path) -> None:
    """One screen of the demo."""
    async with opened(home, size) as pilot:
        for key in keys:
            await press(pilot, key)
        await keep(pilot, to)


async def walk(home: Path, size: tuple[int, int], kept: Path) -> None:
    """The pages of the walk, each as it is come to."""
    async with opened(home, size) as pilot:
        for number, stop in enumerate(stops(), start=1):
            for key in stop.keys:
                await press(pilot, key)
            if not stop.to_its_end:
                continue
            await keep(pilot, kept / f"{number:03}-{stop.name}.svg")
            for _ in range(40):  # as the walk does: what is done next begins at the page's end
                before = pilot.app.screen.focused and pilot.app.screen.focused.scroll_offset
                await press(pilot, "space")
                if (pilot.app.screen.focused and pilot.app.screen.focused.scroll_offset) == before:
                    break


@asynccontextmanager
async def opened(home: Path, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
    """The screens of a case, in full colours."""
    os.environ["COLORTERM"] = "truecolor"
    terminal.prepare()
    from iepjournal.app import JournalApp
    from iepjournal.store.case_store import CaseStore

    def clock() -> datetime:
        return MOMENT.astimezone()

    app = JournalApp(CaseStore(home / "cases" / "maya"), clock, "renee")
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.3)
        yield pilot


async def press(pilot: Pilot[None], key: str) -> None:
    """A key of the walk's table."""
    name, _, times = key.partition("*")
    if key.startswith("=") and len(key) > 1:
        await pilot.press(*(character_key(one) for one in key[1:].replace("_", " ")))
    else:
        await pilot.press(*[NAMED.get(name) or character_key(name)] * int(times or 1))
    await pilot.pause(0.02)


def character_key(character: str) -> str:
    """What Textual calls a key."""
    from textual.keys import _character_to_key

    return _character_to_key(character) if len(character) == 1 else character


async def keep(pilot: Pilot[None], to: Path) -> None:
    """Write what is in sight as a picture."""
    await pilot.pause(0.4)
    svg = pilot.app.export_screenshot(title="iepjournal")
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    to.write_text(re.sub(r'x="([\d.]+)"([^>]*?)textLength="([\d.]+)"([^>]*)>((?:&#160;)+)', _moved, svg), "utf-8")


def _moved(text: re.Match[str]) -> str:
    """Blanks at the start of a text become its place: some viewers leave them out."""
    x, between, length, after, blanks = text.groups()
    by = blanks.count("&#160;") * CELL
    return f'x="{float(x) + by:g}"{between}textLength="{max(float(length) - by, 0):g}"{after}>'


if __name__ == "__main__":
    main()
