"""The school's own service log by question and answer: brought in, laid beside ours, each difference decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Question
from iepjournal.cli.plain.tables import columns
from iepjournal.core.dates import full_date
from iepjournal.core.reconcile import VERDICTS, Reconciliation, mine_in_words, question, theirs_in_words
from iepjournal.core.reconcile import reconcile as both_logs
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.reconcile import Line

HOLDS = {
    "date": "the day",
    "minutes": "the minutes",
    "code": "the code or reason",
    "note": "a note",
}
BRING = {"file": "bring in their log, a CSV file", "type": "type rows of their log"}
LAY = {
    "decide": "decide each difference",
    "all": "take all their rows that differ or that I lack, as they say",
    "read": "read both logs side by side",
    "range": "compare other days",
    "codes": "say what a code of theirs means",
    "questions": "the differences as questions for a letter",
}
RANGE = (
    Question(option="since", words="From which day on, if not from their first row?"),
    Question(option="until", words="To which day, if not to their last row?"),
)


def their_log(desk: PlainDesk, service: str) -> None:
    """Both logs of one service, and what may be done with them."""
    run = ("reconcile", f"--service={service}")
    found = _found(desk, service)
    if found is None:
        desk.say("No row of their log is here yet. Ask the school for it: letters, the records request.")
    what = desk.choose("Their log:", {**(LAY if found else {}), **BRING})
    actions: dict[str, Callable[[], object]] = {
        "file": lambda: _file(desk, run),
        "type": lambda: _type(desk, run),
        "read": lambda: desk.run(*run),
        "range": lambda: desk.run(*run, *desk.options(*RANGE)),
        "codes": lambda: desk.run(*run, f"--code={desk.needed('The code and its meaning, as in PA=provider-absent:')}"),
        "questions": lambda: desk.run(*run, "--questions"),
        "all": lambda: (
            desk.yes("Take them all, as sessions known from the school's record?") and desk.run(*run, "--accept=all")
        ),
        "decide": lambda: _decide(desk, run, found) if found else None,
    }
    desk.then_back(actions[what])


def _found(desk: PlainDesk, service: str) -> Reconciliation | None:
    try:
        return both_logs(desk.store().case(), service)
    except NotAllowed:
        return None


def _file(desk: PlainDesk, run: tuple[str, ...]) -> None:
    file = desk.needed("Which file? Its path on this machine:")
    desk.run(*run, *columns(desk, file, HOLDS, needed=("date",)), "--", file)


def _type(desk: PlainDesk, run: tuple[str, ...]) -> None:
    """One row after the other; all are written together."""
    rows: list[str] = []
    while typed := desk.line("Day, minutes, code, as in: 11/24 30, or 11/24 - PA. Enter ends the rows:"):
        rows += ["--row", *typed.split(maxsplit=2)]
    if rows:
        desk.run(*run, *rows)


def _decide(desk: PlainDesk, run: tuple[str, ...], found: Reconciliation) -> None:
    """Each difference: as they say, or left open for a question in a letter."""
    taken, asked = [], []
    for place, line in enumerate(found.lines, start=1):
        if line.verdict == "agree":
            continue
        desk.out(_in_words(line))
        choices = {"ask": "leave it open, and ask about it in a letter", "open": "leave it open"}
        if line.theirs is not None:
            choices = {"theirs": "it was as they say", **choices}
        chosen = desk.choose("What is right?", choices, skip="leaves it open")
        if chosen == "theirs":
            taken.append(str(place))
        elif chosen == "ask":
            asked.append(question(line, found.name))
    if not taken and not asked:
        desk.say("Nothing was decided.")
    if taken:
        desk.run(*run, f"--accept={','.join(taken)}")
    if asked:
        from iepjournal.cli.plain.letters import ask_in_letter

        ask_in_letter(desk, asked)


def _in_words(line: Line) -> str:
    theirs, mine = theirs_in_words(line.theirs) or "nothing", mine_in_words(line.mine) or "nothing"
    return f"{full_date(line.on)}, {VERDICTS[line.verdict]}. Theirs: {theirs}. Mine: {mine}."
