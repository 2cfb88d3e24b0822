"""How things stand, read aloud: what is due and why, what was given of each service, the school's own log."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Back, Question
from iepjournal.core.agenda import agenda
from iepjournal.core.dates import full_date
from iepjournal.core.deadlines import deadlines as worked_out
from iepjournal.core.records import Service
from iepjournal.core.rules import OWERS
from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.due import Deadline

OUTCOMES = {
    "why": "why this day",
    "met": "it was done",
    "waived": "it is not needed any more",
    "extended": "it was put off, with a document",
    "claimed": "they say it was put off",
}


def deadlines(desk: PlainDesk) -> None:
    """What somebody still has to do, the parent's own first; one of them opens with its reasons and its marks."""
    case = desk.store().case()
    groups = agenda(worked_out(case, load_rules(case.profile.state), desk.today))
    rows = {row.deadline.key: row.deadline for group in groups.values() for row in group}
    if not rows:
        desk.say("Nothing waits for a day.")
        raise Back
    one = rows[desk.choose("Deadlines:", {key: _row(each) for key, each in rows.items()})]
    desk.until_back(lambda: _do_with(desk, one))


def _row(one: Deadline) -> str:
    day = full_date(one.due) if one.due else "no date"
    act_by = f", do it by {full_date(one.act_by)}" if one.act_by else ""
    return f"{one.rule.title}, {OWERS[one.rule.who]}: {day}, {one.in_words}{act_by}"


def _do_with(desk: PlainDesk, one: Deadline) -> None:
    choices = OUTCOMES if one.no else {"why": OUTCOMES["why"]}
    what = desk.choose(f"{one.rule.title}:", choices)
    if what == "why":
        desk.run("why", f"--from={one.no or one.start_from.isoformat()}", one.rule.id)
        return
    with suppress(Back):
        _mark(desk, one, what)


def _mark(desk: PlainDesk, one: Deadline, what: str) -> None:
    words = desk.options(
        Question(option="on", words="On which day, if not today?"),
        Question(option="entry", words="The number of the entry that shows it?"),
    )
    if what == "extended":
        words.append(f"--until={desk.needed('To which day?')}")
    why = desk.needed("Why?") if what in ("waived", "extended") else desk.line("Why? (Enter skips it)")
    desk.run("mark", *words, f"--rule={one.rule.id}", f"--why={why}", str(one.no), what)


def services(desk: PlainDesk) -> None:
    """The figures of every service; one of them opens to its weeks and sessions."""
    desk.run("services")
    known = {one.handle: one.name or one.handle for one in desk.store().case().all(Service)}
    if not known:
        raise Back
    handle = desk.choose("A number opens one service:", known)
    desk.run("services", handle)
    if file := desk.line("The school's own log of it, a CSV, to lay beside yours: its path (Enter goes back):"):
        desk.run("reconcile", f"--service={handle}", "--", file)
