"""What is said of a command line that cannot be read: one sentence, and where its options stand."""

from __future__ import annotations

import argparse
import os
import re
from functools import cache
from typing import NoReturn

from iepjournal.cli.desk import USUAL_COLUMNS

_NEEDED = "the following arguments are required: "
_CHOICE = r"(?:argument (?P<name>\S+): )?invalid choice: (?P<typed>.+) \(choose from (?P<known>.+)\)"
_NUMBER = r"argument (?P<name>\S+): invalid int value: (?P<typed>.+)"


class _Help(argparse.HelpFormatter):
    """As wide as the terminal; to know that, argparse itself would load all of shutil with the first option."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class Parser(argparse.ArgumentParser):
    """An argument parser with a parent in front of it, often on a phone: no wall of brackets."""

    def __init__(self, prog: str, description: str | None = None) -> None:
        super().__init__(prog=prog, description=description, formatter_class=_Help, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, that nothing was done, and what to read; status 2."""
        actions = self._known_actions() if message.startswith(_NEEDED) else []
        said = f"Say what to do: {', '.join(actions)}." if actions else in_words(message)
        self.exit(2, f"{said} Nothing was saved.\nIts options: {self.prog} --help\n")

    def _known_actions(self) -> list[str]:
        below = (one.choices for one in self._actions if isinstance(one, argparse._SubParsersAction))
        return [name for choices in below for name in choices]


def in_words(message: str) -> str:
    """What argparse says, as a person would."""
    if message.startswith(_NEEDED):
        return f"Something is missing: {message.removeprefix(_NEEDED)}."
    if found := re.fullmatch(_CHOICE, message):
        return f"{_quoted(found['typed'])} is none of: {found['known'].replace(chr(39), '')}."
    if found := re.fullmatch(_NUMBER, message):
        return f"{_quoted(found['typed'])} is not a number ({found['name']})."
    return f"{message[:1].upper()}{message[1:]}."


def _quoted(typed: str) -> str:
    return f"“{typed.strip(chr(39))}”"


@cache
def _columns() -> int:
    chosen = os.environ.get("COLUMNS", "")
    if chosen.isdecimal() and int(chosen):
        return int(chosen)
    try:
        return os.get_terminal_size().columns or USUAL_COLUMNS
    except OSError:
        return USUAL_COLUMNS
