"""Every screen and dialog, by keys alone, at four sizes on a real terminal: whole words, whole keys, what was typed."""

from __future__ import annotations

import ast
import errno
import importlib
import os
import pkgutil
import re
import shutil
from calendar import day_abbr, month_abbr
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pseudo_terminal import PseudoTerminal
from textual.screen import Screen
from walk import MOMENT, NOTES, SIZES, WALK, sent, stops

import iepjournal.screens
from iepjournal import paths
from iepjournal.cli.main import main
from iepjournal.core.entries import wording
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iepjournal.core.case import Case

PACKAGE = Path(iepjournal.screens.__file__).parents[1]
CLOCK = Path(__file__).parents[1] / "standing_clock.py"
MOST_SCREENS = {40: 40, 44: 40, 80: 3, 120: 3}
"""By width: a phone reads every page to its end; what is wide enough there is wide enough everywhere."""
TYPED = (
    r'"raw": "@hill !call she will be back Monday and \"we will make it up\""',
    '"by": "2026-11-27"',
    'sessions will be made up. He was calm."',
    '"why": "I forgot it"',
    '"code": "P"',
    '"text": "Reads 60 words a minute."',
    '"text": "PS.**Re: Maya Bell',
    '"name": "Maya Bell Ann"',
)
"""What the walk types, as it must stand in the journal."""
WORD = re.compile(r"[^\W\d_]{2,}")
SHORTENED = re.compile(r"([^“”…]*\w)…")
SHORT_SEAL = r"(?:[0-9A-F]{4}-)+[0-9A-F]*…?"
NOT_WORDS = re.compile(rf"[^“”…]*\w…|{SHORT_SEAL}|\S*/\S*/\S*|\S+://")
"""What may be in parts: what was shortened (`lost` looks after it), seals, and addresses of pages."""
SEAL = re.compile(SHORT_SEAL)


GOES_BY = {"making.Making"}
"""Shown only as long as files are being made."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's case, made once; each walk takes a copy."""
    folder = tmp_path_factory.mktemp("walk") / "demo"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("IEPJOURNAL_HOME", "")  # the demo sets it for its own process
        assert main(["demo", str(folder)]) == 0
    return folder / "home"


@pytest.mark.parametrize("size", SIZES, ids=["40x20", "44x28", "80x24", "120x40"])
def test_the_walk(size: tuple[int, int], demo: Path, tmp_path: Path) -> None:
    home, shown = tmp_path / "home", tmp_path / "shown"
    shutil.copytree(demo, home)
    (tmp_path / "notes.txt").write_text(NOTES, encoding="utf-8")
    environment = {
        "PYTHONPATH": str(PACKAGE.parent),  # this program, not one that is installed
        "HOME": str(tmp_path),
        "IEPJOURNAL_HOME": str(home),
        "IEPJOURNAL_CASE": "",
        "XDG_CONFIG_HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "SSH_CONNECTION": "",
        "NO_COLOR": "",
    }
    seen = Seen()
    with PseudoTerminal(environment, size, program=(str(CLOCK), MOMENT, str(shown))) as terminal:
        for stop in stops():
            for key in stop.keys:
                terminal.send(sent(key))
                terminal.drawn()
            terminal.see(*stop.words)
            terminal.drawn()
            seen.look(stop.name, terminal.lines)
            for _ in range(MOST_SCREENS[size[0]] if stop.to_its_end else 0):
                before = terminal.lines
                terminal.send(b" ")
                terminal.drawn()
                if terminal.lines == before:
                    break
                seen.look(stop.name, terminal.lines)
        terminal.send(b"t")
        terminal.see("Today", "? keys")
        terminal.send(b"q")
        assert terminal.end() == 0

    stored = (home / "cases" / "maya" / "case.json").read_text(encoding="utf-8")
    case = CaseStore(home / "cases" / "maya").case()
    assert not seen.not_whole(words_of(home))
    assert not seen.lost(case)
    not_shown = every_screen() - set(shown.read_text(encoding="utf-8").split()) - GOES_BY
    assert not not_shown, "walk.py leads past them"
    for typed in TYPED:
        assert typed in stored, typed


class Seen:
    """What a walk saw, and what to say against it."""

    def __init__(self) -> None:
        self.screens: list[tuple[str, list[str]]] = []
        """Each with the stop it was seen at, its panes one after the other."""

    def look(self, stop: str, lines: list[str]) -> None:
        """Note a screen."""
        self.screens.append((stop, lines))

    def not_whole(self, known: frozenset[str]) -> set[str]:
        """Words that stand nowhere in what the program and the journal say: a part of one was cut off."""
        return {
            f"{stop}: {word!r} in {line.strip()!r}"
            for stop, lines in self.screens
            for line in lines
            for word in WORD.findall(NOT_WORDS.sub(" ", line))
            if word.lower() not in known
        }

    def lost(self, case: Case) -> set[str]:
        """What was shortened and is whole nowhere: not on the walk, and not in an entry, which its row opens."""
        whole = [*map(flat, (wording(entry, case) for entry in case.entries))]
        whole += [flat(" ".join(pane)) for _, lines in self.screens for pane in panes(lines)]
        return {
            f"{stop}: {cut}…"
            for stop, lines in self.screens
            for pane in panes(lines)
            for line in pane
            for cut in SHORTENED.findall(SEAL.sub("", line))
            if not any(re.search(re.escape(flat(cut)[-12:]) + "(?!…)", text) for text in whole)
        }


def panes(lines: list[str]) -> list[list[str]]:
    """The columns of a screen, parted by their rules; a line is as long as its pane."""
    parted = [line.split("│") for line in lines]
    most = max(map(len, parted))
    whole = [parts if len(parts) == most else [parts[0], *[""] * (most - 1)] for parts in parted]
    return [list(pane) for pane in zip(*whole, strict=True)]


def flat(text: str) -> str:
    """The words on one line."""
    return " ".join(text.split())


@cache
def words_of(home: Path) -> frozenset[str]:
    """Every word that the program, its rules and letters, and the journal can say."""
    texts = [*day_abbr, *month_abbr, WALK.replace("_", " "), NOTES, os.strerror(errno.ENOENT)]
    for file in PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        texts += [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    for file in (
        *PACKAGE.rglob("*.toml"),
        *PACKAGE.rglob("*.txt"),
        *paths.templates().rglob("*"),
        *home.rglob("*.json"),
    ):
        if file.is_file():
            texts.append(file.read_text(encoding="utf-8"))
    return frozenset(word.lower() for text in texts for word in WORD.findall(text))


def every_screen() -> set[str]:
    """The screens that can be shown: those that nothing else is made of."""
    for module in pkgutil.iter_modules(iepjournal.screens.__path__):
        importlib.import_module(f"iepjournal.screens.{module.name}")

    def leaves(kind: type) -> Iterator[type]:
        below = kind.__subclasses__()
        yield from (leaf for one in below for leaf in leaves(one)) if below else [kind]

    ours = [one for one in leaves(Screen) if one.__module__.startswith("iepjournal.screens.")]
    return {f"{one.__module__.rpartition('.')[2]}.{one.__name__}" for one in ours}
