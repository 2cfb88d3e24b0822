"""A text changed line by line, for letters and corrections; each change is on disk before the next question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import KEPT, Back

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk

HELP = (
    "A number changes that line, +3 adds lines after line 3, -3 takes line 3 out, r reads the text, s saves, "
    "q goes back and keeps your changes for next time."
)
CHANGE = " => "


def edited_lines(desk: PlainDesk, text: str, draft: str) -> str:
    """The text as the parent wants it saved; Back keeps what was changed as a draft."""
    lines = text.splitlines()
    _read_out(desk, lines)
    while True:
        try:
            answer = desk.line("Line, r, s or q (? says more):").lower()
        except Back:
            if "\n".join(lines) != text:
                desk.say(KEPT)
            raise
        if answer == "s":
            return "\n".join(lines)
        if answer == "r":
            _read_out(desk, lines)
            continue
        changed = _changed(desk, lines, answer)
        if changed is not None:
            lines = changed
            desk.keep(draft, "\n".join(lines))


def _read_out(desk: PlainDesk, lines: list[str]) -> None:
    for number, line in enumerate(lines, start=1):
        desk.out(f"{number}: {line}")


def _changed(desk: PlainDesk, lines: list[str], answer: str) -> list[str] | None:
    """The lines after one command; None when nothing changed."""
    said = re.fullmatch(r"([+-]?)([0-9]{1,6})", answer)
    number = int(said[2]) if said else 0
    if not said or not (0 if said[1] == "+" else 1) <= number <= len(lines):
        desk.say(HELP if answer in ("", "?") else f"There are lines 1 to {len(lines)}. {HELP}")
        return None
    if said[1] == "-":
        desk.out(f"Taken out: {lines[number - 1]}")
        return lines[: number - 1] + lines[number:]
    if said[1] == "+":
        added = _typed_lines(desk)
        return lines[:number] + added + lines[number:] if added else None
    line = _new_line(desk, lines[number - 1])
    return [*lines[: number - 1], line, *lines[number:]] if line is not None else None


def _typed_lines(desk: PlainDesk) -> list[str]:
    desk.out("The new lines. A line with only a full stop ends them.")
    lines: list[str] = []
    while (line := desk.read()) != ".":
        lines.append(line)
    return lines


def _new_line(desk: PlainDesk, old: str) -> str | None:
    desk.out(old)
    typed = desk.read(f"The new line, or: old words{CHANGE}new words. Enter leaves it.")
    before, arrow, after = typed.partition(CHANGE)
    if arrow and before.strip() and old.count(before.strip()) != 1:
        times = "more than once" if before.strip() in old else "not"
        desk.say(f"“{before.strip()}” is {times} in this line. It was left as it is.")
        return None
    line = old.replace(before.strip(), after.strip()) if arrow and before.strip() else typed
    if not line.strip():
        return None
    desk.out(f"Now: {line}")
    return line
