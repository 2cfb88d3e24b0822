"""Services read aloud: what was given of each, over which days, as a report; the school's own log; goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Back, Question
from iepjournal.cli.plain.progress import goals
from iepjournal.cli.plain.reconcile import their_log

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.cli.plain.desk import PlainDesk

MORE = {
    "range": "count only from one day to another",
    "good": "what it would take to make good",
    "report": "a report as PDF, or a table for a spreadsheet",
    "goals": "goals, what was measured, and promised reports",
}
RANGE = (
    Question(option="since", words="From which day on, if not from the start?"),
    Question(option="until", words="To which day, if not to the last?"),
    Question(option="as-of", words="As it was known on which day, if not today?"),
)


def services(desk: PlainDesk) -> None:
    """The figures of every service; one of them opens to its weeks, sessions and the school's log."""
    desk.run("services")
    known = desk.services()
    chosen = desk.choose("A number opens one service:", {**known, **(MORE if known else {"goals": MORE["goals"]})})
    actions: dict[str, Callable[[], object]] = {
        "range": lambda: desk.run("services", *_one_or_all(desk), *desk.options(*RANGE)),
        "good": lambda: desk.run("services", "--compensatory"),
        "report": lambda: _report(desk),
        "goals": lambda: desk.until_back(lambda: goals(desk)),
    }
    if chosen in known:
        desk.then_back(lambda: _one(desk, chosen))
    else:
        desk.then_back(actions[chosen])


def _one(desk: PlainDesk, handle: str) -> None:
    desk.run("services", handle)
    if not desk.yes("Lay the school's own log of it beside yours?"):
        raise Back
    desk.until_back(lambda: their_log(desk, handle))


def _one_or_all(desk: PlainDesk) -> list[str]:
    chosen = desk.choose("Which service?", desk.services(), skip="takes all of them")
    return [chosen] if chosen else []


def _report(desk: PlainDesk) -> None:
    form = desk.choose(
        "As what?", {"pdf": "a report to print, with bars by week", "csv": "each week, for a spreadsheet"}
    )
    words = [*_one_or_all(desk), *desk.options(*RANGE), f"--{form}"]
    if form == "pdf":
        words.append(f"--output={desk.needed('The name of the new PDF:')}")
    desk.run("services", *words)
