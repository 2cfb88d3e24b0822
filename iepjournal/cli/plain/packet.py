"""The state complaint by question and answer: its claims, facts, exhibits and names, its check, and its two sets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from iepjournal.bindery import complaint_of
from iepjournal.cli.plain.claims import claims
from iepjournal.cli.plain.desk import Question
from iepjournal.cli.plain.exhibits import exhibits
from iepjournal.core import drafts
from iepjournal.core.contents import check
from iepjournal.core.packet import is_open, newest_packet
from iepjournal.mailroom import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.cli.plain.desk import PlainDesk

OPEN = {
    "show": "read the claims, the facts, what shows each",
    "text": "read the complaint as it stands, word for word",
    "check": "check it: what is missing, what would weaken it",
    "claims": "the claims, with their facts and proposals",
    "exhibits": "the exhibits",
    "effect": "say what it did to your child",
    "names": "names of other people in it",
    "set": "its date, its arrival, its cover sheets",
}
AWAY = {"export": "take it home as files", "sent": "a set was sent", "received": "a set arrived"}
FILES = {
    "mde": "the state's set, as PDF",
    "lea": "the district's set, as PDF",
    "zip": "both sets, the sheet for the mail counter and the tables, as ZIP",
    "sheet": "only the sheet for the mail counter, as PDF",
}
SETS = {"mde": "the state's", "lea": "the district's"}


def packet(desk: PlainDesk) -> None:
    """The newest packet, or the first one."""
    case = desk.store().case()
    newest = newest_packet(case)
    if newest is None:
        desk.say("No packet yet. It is a complaint to the state with the facts and papers that show it.")
        choices = {"new": "begin one of all that the journal shows"}
    elif not is_open(case):
        desk.say("The newest packet was sent and stays as it is.")
        choices = {"show": OPEN["show"], "text": OPEN["text"], **AWAY, "new": "begin another one"}
    else:
        choices = {**OPEN, **AWAY}
    actions: dict[str, Callable[[], object]] = {
        "new": lambda: desk.run(
            "packet", "new", *desk.options(Question(option="received-by", words="By which day will the state have it?"))
        ),
        "show": lambda: desk.run("packet", "show"),
        "text": lambda: desk.run("packet", "show", "--text"),
        "check": lambda: _check(desk),
        "claims": lambda: desk.until_back(lambda: claims(desk, complaint_of(desk.store().case()))),
        "exhibits": lambda: desk.until_back(lambda: exhibits(desk, complaint_of(desk.store().case()))),
        "effect": lambda: _effect(desk),
        "names": lambda: _names(desk),
        "set": lambda: _set(desk),
        "export": lambda: _export(desk),
        "sent": lambda: _went(desk, "sent"),
        "received": lambda: _went(desk, "received"),
    }
    chosen = desk.choose("The state complaint:", choices)
    desk.then_back(actions[chosen])


def _check(desk: PlainDesk) -> None:
    """Read the check; a remark is mended from here where that is one question, or let stand."""
    desk.run("packet", "check")
    number = desk.needed("The number of a remark that may stand (Enter goes back and mends the others):")
    desk.run("packet", "check", f"--allow={number}")


def _effect(desk: PlainDesk) -> None:
    now = complaint_of(desk.store().case())
    if now.packet.effect:
        desk.out(f"It says: {now.packet.effect}")
    text = desk.text(" ".join(now.kit.effect_questions), drafts.EFFECT)
    if desk.run("packet", "set", "--effect=-", text=text):
        desk.store().discard_draft(drafts.EFFECT)


def _names(desk: PlainDesk) -> None:
    """Names that are nobody in the case: each stands, or becomes something else."""
    findings = check(complaint_of(desk.store().case()), desk.today, desk.store().other_children()).findings
    strange = [one.key.removeprefix("name: ") for one in findings if one.where == "names"]
    if not strange:
        desk.say("Every name in it is somebody of the case, or was decided on.")
    choices = {name: f"{name}, who is nobody in the case" for name in strange}
    name = desk.choose("Which name?", {**choices, "other": "another name"})
    name = desk.needed("The name, as it stands in the text:") if name == "other" else name
    becomes = desk.line("What stands in its place, as in Student B? (Enter lets it stand)")
    desk.run("packet", "name", "--", name, *([becomes] if becomes else []))


def _set(desk: PlainDesk) -> None:
    words = desk.options(
        Question(option="dated", words="The date on it, if not as it is?"),
        Question(option="received-by", words="By which day will the state have it?"),
        Question(option="covers", words="A sheet before each exhibit?", choices={"on": "yes", "off": "no"}),
    )
    if words:
        desk.run("packet", "set", *words)


def _export(desk: PlainDesk) -> None:
    what = desk.choose("What?", FILES)
    ending = "zip" if what == "zip" else "pdf"
    words = [f"--output={desk.needed(f'The name of the new file, as in packet.{ending}:')}"]
    if what in SETS:
        split = Question(option="split", words="In files of at most how many megabytes?", number=True)
        words += [f"--copy={what}", *desk.options(split)]
    elif what == "sheet":
        words.append("--sheet")
    run = partial(desk.run, "packet", "export", *words)
    if run():
        return
    choices = {"draft": "write it as a draft, stamped DRAFT", "override": "write it all the same, and log why"}
    anyway = desk.choose("It was not written.", choices)
    run("--draft" if anyway == "draft" else f"--override={desk.needed('Why? It is kept with the packet.')}")


def _went(desk: PlainDesk, what: str) -> None:
    """Both sets have to be marked; what is asked next is the verb's to say."""
    to = Question(option="to", words="Whose set?", choices=SETS, needed=True)
    on = Question(option="on", words="On which day, if not today?")
    by = Question(option="by", words="How?", choices={name: name for name in METHODS}, needed=what == "sent")
    tracking = [Question(option="tracking", words="A tracking number?")] if what == "sent" else []
    desk.run("packet", what, *desk.options(to, on, by, *tracking))
