"""Goals of the IEP by question and answer: what was measured of them, and the reports that were promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Question
from iepjournal.core.progress import USUAL_WEEKS, progress, reports

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk

ACTIONS = {
    "goal": "write down a goal of the IEP",
    "point": "write down what was measured of a goal",
    "change": "correct the words or the short name of a goal",
    "end": "a goal is over",
    "strike": "take off a goal that was never one",
    "report": "a progress report is promised for a day",
    "came": "a promised report came",
    "weeks": "list goals that were silent for another number of weeks",
}
OF_A_GOAL = ("point", "change", "end", "strike", "weeks")
WHY = Question(option="why", words="Why? It is kept with it.", needed=True)
NOTE = Question(option="note", words="A few words about it?")


def goals(desk: PlainDesk) -> None:
    """Read what is known of each goal, and write something down."""
    desk.run("progress")
    case = desk.store().case()
    known = {one.goal.handle: one.goal.text for one in progress(case)}
    due = {one.due_on.isoformat(): one.due_on for one in reports(case) if not one.received_on}
    cannot = {name for name, needs in (*((name, known) for name in OF_A_GOAL), ("came", due)) if not needs}
    what = desk.choose("Goals:", {name: words for name, words in ACTIONS.items() if name not in cannot})
    desk.then_back(lambda: _write(desk, what, known, list(due)))


def _write(desk: PlainDesk, what: str, known: dict[str, str], due: list[str]) -> None:
    if what == "goal":
        handle = desk.needed("A short name for it, as in reading:")
        text = desk.needed("Its words, as they stand in the IEP:")
        services = desk.services()
        service = Question(option="service", words="Which service works on it?", choices=services)
        desk.run("progress", "add", "goal", *(desk.options(service) if services else []), handle, "--", text)
    elif what == "point":
        handle = desk.choose("Of which goal?", known)
        value = desk.needed("What was measured, as it was reported? As in 40 of 60 words:")
        on = Question(option="on", words="On which day, if not today?")
        source = Question(option="source", words="Where did you see it? Report card, data sheet, e-mail")
        desk.run("progress", "add", "point", *desk.options(on, source), handle, "--", value)
    elif what in ("change", "end", "strike"):
        _correct(desk, what, desk.choose("Which goal?", known))
    elif what == "report":
        desk.run("progress", "add", "report", *desk.options(NOTE), desk.needed("For which day?"))
    elif what == "came":
        day = desk.choose("Which one?", {day: f"due {day}" for day in due})
        received = desk.line("When did it come? (Enter for today)") or "today"
        desk.run("progress", "add", "report", f"--received={received}", *desk.options(NOTE), day)
    else:
        weeks = Question(option="weeks", words=f"How many weeks, if not {USUAL_WEEKS}?", number=True, needed=True)
        desk.run("progress", *desk.options(weeks))


def _correct(desk: PlainDesk, what: str, handle: str) -> None:
    words: list[str] = []
    if what == "change":
        text = desk.line("Its right words, as they stand in the IEP? (Enter to leave them)")
        words = ["--", text] if text else []
        asked = desk.options(Question(option="name", words="Its right short name, if it changes?"), WHY)
    elif what == "end":
        asked = desk.options(Question(option="on", words="Its last day, if not today?"), WHY)
    else:
        asked = desk.options(WHY)
    desk.run("progress", what, *asked, handle, *words)
