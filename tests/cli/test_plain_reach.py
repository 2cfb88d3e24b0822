"""Every verb, action and option is reached by the plain mode's own menus, and each line they make is a right command.

A walker stands in for the parent: at each question it takes an answer by chance, rather one that it took less often,
and notes the commands that the menus would run. Nothing is carried out.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING

from iepjournal import library
from iepjournal.cli.demo import MOMENT
from iepjournal.cli.desk import Desk
from iepjournal.cli.main import _parsed, _parser
from iepjournal.cli.plain import deadlines, packet, reading
from iepjournal.cli.plain.desk import Back, PlainDesk
from iepjournal.cli.plain.menu import CASES, ITEMS, NEW, change_case_to
from iepjournal.cli.verbs import VERBS
from iepjournal.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pytest
    from conftest import Shell

    from iepjournal.store.case_store import CaseStore

ROUNDS, STEPS = 1_000, 120
FOR_PROGRAMS = {"--json", "--line", "--exit-code", "--yes", "--type-number", "--with-session"}
"""The menus ask instead, and read everything aloud."""
INSTEAD = {
    "demo": "`iepjournal --plain demo` makes it and opens these menus",
    "log --each-line": "one entry at a time",
    "list --csv": "for a spreadsheet",
    "calendar show": "`calendar` reads it",
    "iep show": "`iep` reads it",
    "letter list": "the letters are the choices",
}
"""What has another way."""
BESIDES = (
    ("new", "sam"),
    ("progress", "--case", "maya", "add", "goal", "reading", "Maya will read 60 words"),
    ("progress", "--case", "maya", "add", "report", "12/18"),
    ("reconcile", "--case", "maya", "--service", "speech", "--row", "11/17", "30", "--row", "11/19", "0", "PA"),
    ("letter", "new", "--case", "maya", "meeting-summary"),
    ("log", "--case", "maya", "#sleep slept badly"),
    ("attach", "--case", "maya", "last", __file__),
)
TYPED = ("1", "11/20", "maya-2")
BY_QUESTION = {
    "path": ("notes.csv", "notes", "case.zip"),
    "What time": ("3:10p",),
    "number of a line": ("1",),
    "r, s or q": ("1", "+1", "s"),
    "or f to": ("1", "2", "f"),
}


class Walker(PlainDesk):
    """Answers with what was answered least, and notes what would be run."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chance = Random(1)
        self.taken: Counter[tuple[str, str]] = Counter()
        self.made: set[tuple[str, ...]] = set()
        self.said: set[str] = set()
        self.left = 0
        self.there = super().store()
        case = self.there.case()
        self.there.case = lambda only=(): case  # type: ignore[method-assign]
        self.there.keep_draft = lambda name, text: None  # type: ignore[method-assign]

    def _take(self, question: str, answers: Sequence[str]) -> str:
        """The numbers of records make no other question."""
        question = re.sub(r"[0-9]+", "N", question)
        self.left -= 1
        if self.left < 0:
            raise Back
        rarity = [(1 + self.taken[question, one] * (1 if one else 4)) ** -2 for one in answers]
        (answer,) = self.chance.choices(answers, rarity)
        self.taken[question, answer] += 1
        return answer

    def choose(self, question: str, choices: Mapping[str, str], *, skip: str = "") -> str:
        return self._take(question, [*choices, *([""] if skip else [])])

    def line(self, question: str) -> str:
        typed = next((typed for words, typed in BY_QUESTION.items() if words in question), TYPED)
        return self._take(question, (*typed, ""))

    def yes(self, question: str) -> bool:
        return self._take(question, ("y", "n")) == "y"

    def text(self, question: str, draft: str) -> str:
        return self._take(question, ("No speech today", "12/8/2026: IEP meeting"))

    def begun(self, draft: str) -> str:
        return ""

    def read(self, prompt: str = "") -> str:
        return self._take(prompt, ("Now", "."))

    def run(self, *words: str, text: str = "") -> bool:
        self.made.add(words)
        self.said.update(said_by(words))
        return self._take(f"run {words[0]}", ("done", "not done")) == "done"

    def store(self) -> CaseStore:
        return self.there

    def out(self, text: str) -> None:
        """Nobody listens."""


def all_arguments(parser: argparse.ArgumentParser, path: str) -> Iterator[str]:
    """Each action of a verb, and each option of it."""
    yield path
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from all_arguments(below, f"{path} {name}")
        elif action.option_strings and not isinstance(action, argparse._HelpAction):
            yield f"{path} {action.option_strings[-1]}"


@cache
def parser_of(verb: str) -> argparse.ArgumentParser:
    parser = _parser(verb)
    module = import_module(f"iepjournal.cli.{VERBS[verb].file}")
    getattr(module, f"{verb.replace('-', '_')}_arguments")(parser)
    return parser


def said_by(words: Sequence[str]) -> Iterator[str]:
    """The action and the options of one command line."""
    parser, path = parser_of(words[0]), words[0]
    yield path
    for word in words[1:]:
        below = next((one for one in parser._actions if isinstance(one, argparse._SubParsersAction)), None)
        if word == "--":
            return
        if word.startswith("--"):
            yield f"{path} {word.partition('=')[0]}"
        elif below and word in below.choices:
            parser, path = below.choices[word], f"{path} {word}"
            yield path


def walk(desk: Desk, acts: Iterable[Callable[[PlainDesk], None]], done: Callable[[set[str]], bool]) -> Walker:
    """Through parts of the menus in turn, until all is reached that is wanted, or long enough."""
    walker = Walker(desk)
    for _ in range(ROUNDS):
        for act in acts:
            walker.left, walker.case_name = STEPS, desk.case_name
            with suppress(Back, JournalError):
                act(walker)
        if done(walker.said):
            break
    return walker


def test_every_verb_and_option_is_reached_and_every_line_is_a_right_command(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not reached may be only what is for programs, or what the menus do by asking."""
    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tomllib.loads", cache(tomllib.loads))  # the same files, and the same case, hundreds of times
    monkeypatch.setattr(deadlines, "load_rules", cache(deadlines.load_rules))
    monkeypatch.setattr(reading, "load_rules", cache(reading.load_rules))
    monkeypatch.setattr(packet, "complaint_of", cache(packet.complaint_of))
    monkeypatch.setattr(library, "template", cache(library.template))
    monkeypatch.setattr(library, "words", cache(library.words))
    (tmp_path / "notes.csv").write_bytes(b"Date,Minutes,Note\n9/8/2026,30,caf\xe9\n")
    shell.done("demo", str(tmp_path / "demo"))
    shell.now = MOMENT.astimezone()
    for command in BESIDES:
        shell.done(*command)
    desk = Desk(lambda: shell.now, "maya")
    wanted = {one for verb in VERBS for one in all_arguments(parser_of(verb), verb)} - INSTEAD.keys()
    wanted = {one for one in wanted if one.split()[-1] not in FOR_PROGRAMS}
    acts = [act for name, (_, act, _) in ITEMS.items() if name != "command"]
    acts += [partial(change_case_to, what=what) for what in (*CASES, *NEW)]
    of_packets = {one for one in wanted if one.startswith("packet")} - {"packet new", "packet new --received-by"}
    first = walk(desk, acts, (wanted - of_packets).issubset)
    shell.done("packet", "new", "--case", "maya")
    then = walk(desk, [ITEMS["packet"][1]], of_packets.issubset)
    missing = wanted - first.said - then.said
    assert not missing, f"not reached: {', '.join(sorted(missing))}"
    made = first.made | then.made

    wrong = []
    for words in made:
        try:
            _parsed(parser_of(words[0]), list(words[1:]))
        except SystemExit:
            wrong.append((words, capsys.readouterr().err))
    assert not wrong, "\n".join(f"{' '.join(words)}: {said.splitlines()[-1]}" for words, said in wrong)
