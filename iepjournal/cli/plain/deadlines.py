"""Deadlines read aloud: what is due from whom, why on that day, what became of it, and every rule by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal import paths
from iepjournal.cli.plain.desk import Back, Question
from iepjournal.core.agenda import agenda
from iepjournal.core.dates import full_date
from iepjournal.core.deadlines import deadlines as worked_out
from iepjournal.core.rules import OWERS
from iepjournal.core.silence import UNANSWERED, silence
from iepjournal.rulefiles import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.due import Deadline

OUTCOMES = {
    "met": "it was done",
    "waived": "it is not needed any more",
    "extended": "it was put off, with a document",
    "claimed": "they say it was put off, and nothing is in writing",
    "overridden": "a day of my own; the counted one stays beside it",
}
WHY = {"why": "why this day", "page": "the same as a page to print"}
LETTER = "letter"
MORE = {
    "all": "also what is done, and what has no number of days; on another day",
    "rule": "any rule, counted from any day",
    "own": "rules and notes of your own",
    "ics": "the dates as a file for a calendar",
}
NEEDS_WHY = ("waived", "extended", "claimed")
NEEDS_DAY = ("extended", "overridden")


def deadlines(desk: PlainDesk) -> None:
    """What somebody still has to do, the parent's own first; one of them opens with its reasons and its marks."""
    case = desk.store().case()
    groups = agenda(worked_out(case, load_rules(case.profile.state), desk.today))
    rows = {row.deadline.key: row.deadline for group in groups.values() for row in group}
    if not rows:
        desk.say("Nothing waits for a day.")
    chosen = desk.choose("Deadlines:", {**{key: _row(each) for key, each in rows.items()}, **MORE})
    actions: dict[str, Callable[[], object]] = {
        "all": lambda: desk.run("due", "--all", *desk.options(Question(option="as-of", words="On which day?"))),
        "rule": lambda: _rule(desk),
        "own": lambda: _own(desk),
        "ics": lambda: _calendar(desk),
    }
    if chosen in rows:
        desk.until_back(lambda: _do_with(desk, rows[chosen]))
    else:
        desk.then_back(actions[chosen])


def _row(one: Deadline) -> str:
    day = full_date(one.due) if one.due else "no date"
    act_by = f", do it by {full_date(one.act_by)}" if one.act_by else ""
    return f"{one.title}, {OWERS[one.rule.who]}: {day}, {one.in_words}{act_by}"


def _do_with(desk: PlainDesk, one: Deadline) -> None:
    choices = {**WHY, **OUTCOMES} if one.no else {**WHY}
    if one.no and silence(one, desk.store().case()):
        choices[UNANSWERED] = "no reply came: write that down"
    if one.rule.next_letter:
        choices[LETTER] = "write the next letter about it"
    what = desk.choose(f"{one.rule.title}:", choices)
    start = f"--from={one.no or one.start_from.isoformat()}"
    if what == "why":
        desk.run("why", start, one.rule.id)
    elif what == "page":
        file = desk.needed("The name of the new PDF:")
        desk.run("why", start, "--pdf", f"--output={file}", one.rule.id)
    elif what == LETTER:
        from iepjournal.cli.plain.letters import new_letter

        desk.then_back(lambda: new_letter(desk, template=one.rule.next_letter))
    elif what == UNANSWERED:
        desk.run("mark", str(one.no), UNANSWERED)
        raise Back
    else:
        desk.then_back(lambda: _mark(desk, one, what))


def _mark(desk: PlainDesk, one: Deadline, what: str) -> None:
    words = desk.options(
        Question(option="on", words="On which day, if not today?"),
        Question(option="entry", words="The number of the entry or file that shows it?"),
    )
    if what in NEEDS_DAY:
        words.append(f"--until={desk.needed('Until which day?')}")
    why = desk.needed("Why, or who said so?") if what in NEEDS_WHY else desk.line("Why? (Enter skips it)")
    desk.run("mark", *words, f"--rule={one.rule.id}", f"--why={why}", str(one.no), what)


def _rule(desk: PlainDesk) -> None:
    book = load_rules(desk.store().case().profile.state)
    name = desk.choose("Which rule?", {rule.id: rule.title for rule in book.rules.values()})
    start = Question(option="from", words="From which day, or the number of what started it?")
    as_of = Question(option="as-of", words="As it stands on which day, if not today?")
    desk.run("why", *desk.options(start, as_of), name)


def _own(desk: PlainDesk) -> None:
    """They are a file that any editor changes; what is wrong in it is said."""
    book = load_rules(desk.store().case().profile.state)
    desk.out(f"Rules, notes and office days of your own go into a .toml file in {paths.config() / 'rules'}")
    desk.out(f'A note is one line under [notes], as in: {next(iter(book.rules))} = "what I was told of it"')
    for finding in book.findings:
        desk.say(finding.message)
    for rule, note in book.notes.items():
        desk.out(f"Your note on {rule}: {note}")


def _calendar(desk: PlainDesk) -> None:
    file = desk.needed("The name of the new file, as in deadlines.ics:")
    full = Question(option="full", words="Say in the calendar what each date is, and whose?", flag=True)
    desk.run("ics", *desk.options(full), f"--output={file}")
