"""The screens of a family's case on a real disk, driven by keys."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from casebook import FAMILY, NOW, RENEE, SCHOOL_BEGAN
from textual.events import Paste

from iepjournal import preferences, terminal
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

    from iepjournal.app import JournalApp
    from iepjournal.core.case import Case
    from iepjournal.core.records import Record


LOOKS = 2000
"""So often something is looked for that takes its time, before it is given up."""


class Screens:
    """The open screens: keys go in, the case on disk and the text in sight come out."""

    def __init__(self, app: JournalApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """One key after the other; a text of several letters is typed as it stands after `type:`."""
        for one in keys:
            if one.startswith("type:"):
                await self.pilot.press(*("space" if letter == " " else letter for letter in one[5:]))
            else:
                await self.pilot.press(one)
            await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """A paste as the terminal hands it on; a burst of keys in one read arrives the same way."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def see(self, words: str) -> None:
        """Wait until this is in sight: a thread is at work, or a question is about to be asked."""
        for _ in range(LOOKS):
            if words in self.text:
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"not in sight: “{words}”: {self.text}")

    @property
    def listed(self) -> str:
        """The words of the list, whatever is in sight of it and however they are wrapped."""
        return " ".join(self.app.screen.main.source.text.split())  # type: ignore[attr-defined]

    async def pick(self, words: str) -> None:
        """The first row that says this, by the arrows and Enter."""
        lines = self.app.screen.main  # type: ignore[attr-defined]
        source, texts = lines.source, {}
        for line in (source[n] for n in range(len(source))):
            texts[line.pick] = f"{texts.get(line.pick, '')} {line.text.strip()}"
        wanted = next((n for n, one in enumerate(source.picks) if words in texts[one]), None)
        assert wanted is not None, f"no row says “{words}”: {source.text}"
        await self.press(*["down" if wanted > lines.cursor else "up"] * abs(wanted - lines.cursor), "enter")

    @property
    def case(self) -> Case:
        """As another program would read it now."""
        return CaseStore(self.app.store.folder).case()

    @property
    def lines(self) -> list[str]:
        """What is in sight, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """What is in sight, its words on one line."""
        return " ".join(" ".join(self.lines).split())


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseStore:
    """The family's case as it was when school began."""
    home = tmp_path / "home"
    monkeypatch.setenv("IEPJOURNAL_HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    home.mkdir()
    preferences.remember_tour()
    made = CaseStore.create(home / "cases" / "maya")
    for record in FAMILY:
        made.append([record], at=SCHOOL_BEGAN, by=RENEE)
    return made


@pytest.fixture
def write(store: CaseStore) -> Callable[..., tuple[Record, ...]]:
    """Write records as one command, now."""
    return lambda *records: store.append(records, at=NOW, by=RENEE)


@pytest.fixture
def screens(store: CaseStore) -> Callable[..., AbstractAsyncContextManager[Screens]]:
    """Open the screens of the family's case on Tue Nov 24, 2026: `async with screens() as screen`."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (40, 20)) -> AsyncIterator[Screens]:
        terminal.prepare()
        from iepjournal.app import JournalApp

        app = JournalApp(store, lambda: NOW, RENEE)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Screens(app, pilot)

    return opened
