"""Writing down what happened: the words, what was understood of them, the fields, and only then the save."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import KEPT, Back
from iepjournal.cli.plain.lines import edited_lines
from iepjournal.core import drafts
from iepjournal.core.entries import HOW_LABELS, NONE, NOTHING_CHOSEN, Chosen, echo, understand, words_kept
from iepjournal.core.records import ENTRY_TYPES, Entry
from iepjournal.core.text import removal_note
from iepjournal.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iepjournal.cli.plain.desk import PlainDesk

FIELDS = {
    "on": "the day",
    "at": "the time",
    "type": "what kind it is",
    "who": "who it was with or about",
    "service": "which service",
    "how": "how you know it",
    "quote": "exact words that were said",
    "tags": "a tag of your own",
    "private": "private: never in a letter or export",
}
OPTIONS = {"tags": "tag"}
"""Fields whose option has another name."""
SEVERAL = ("who", "quote", "tags")


def write(desk: PlainDesk) -> None:
    """Ask for the words, say back what was understood, and save when that is right."""
    text = desk.text("What happened? A date, a time and @person !call %service #tag may come first.", drafts.ENTRY)
    save(desk, text, drafts.ENTRY)


def save(desk: PlainDesk, text: str, draft: str) -> None:
    """Say what is understood until it is right, then save; going back keeps the words as a draft."""
    chosen, future = NOTHING_CHOSEN, False
    while True:
        try:
            understood = understand(text, desk.store().case(), desk.now, chosen, allow_future=future)
        except JournalError as error:
            desk.say(str(error))
            choices = {"field": "say the day or another field yourself", "words": "change the words"}
            if not future:
                choices["future"] = "the day is still to come, and that is meant"
        else:
            desk.out(f"Understood: {echo(understood.entry, desk.store().case(), desk.today)}")
            if understood.entry.quote:
                desk.out(f"Words kept: {words_kept(understood.entry)}")
            for note in filter(None, (*understood.notes, removal_note(understood.removed))):
                desk.say(note)
            choices = {"save": "save it", "field": "change a field first", "words": "change the words"}
        try:
            what = desk.choose("It is not saved yet.", choices)
        except Back:
            desk.say(KEPT)
            raise
        if what == "save" and desk.run("log", *options(chosen), *(["--future"] if future else []), "-", text=text):
            desk.store().discard_draft(draft)
            return
        with suppress(Back):
            if what == "words":
                text = edited_lines(desk, text, draft)
            elif what == "future":
                future = True
            elif what == "field":
                chosen = with_field(desk, chosen)
                chosen = chosen.replace(private=chosen.private or None)


def with_field(desk: PlainDesk, chosen: Chosen) -> Chosen:
    """Ask which field, and what it should be; `none` empties it."""
    name = desk.choose("Which?", FIELDS)
    if name == "private":
        return chosen.replace(private=desk.yes("Keep it private?"))
    choices = _choices(name, desk)
    value = desk.choose(f"{FIELDS[name].capitalize()}?", choices) if choices else desk.needed(_hint(name))
    return chosen.replace(**{name: (*getattr(chosen, name), value) if name in SEVERAL else value})


def options(chosen: Chosen) -> list[str]:
    """What was chosen, as options of `log` and `amend`."""
    words: list[str] = []
    for name in FIELDS:
        value = getattr(chosen, name)
        if name == "private":
            words += [] if value is None else ["--private" if value else "--not-private"]
            continue
        values = value if isinstance(value, tuple) else (value,)
        words += [f"--{OPTIONS.get(name, name)}={each}" for each in values if each]
    return words


def correct(desk: PlainDesk, no: int) -> None:
    """Change the words or a field of an entry; the old ones are kept with the reason."""
    entry = desk.store().case().numbered(no, Entry)
    draft = drafts.of_correction(no)
    if desk.choose("Correct what?", {"words": "its words", "field": "its day, time, kind or another field"}) == "field":
        words, text = options(with_field(desk, NOTHING_CHOSEN)), ""
    else:
        text = edited_lines(desk, desk.begun(draft) or entry.text, draft)
        words = ["-"]
    why = desk.needed("Why is it corrected? The reason is kept with it.")
    if desk.run("amend", str(no), f"--why={why}", *words, text=text):
        desk.store().discard_draft(draft)


def _choices(name: str, desk: PlainDesk) -> Mapping[str, str]:
    known: Mapping[str, Mapping[str, str]] = {
        "type": {kind: kind.replace("-", " ") for kind in ENTRY_TYPES},
        "who": desk.people() | {NONE: "nobody"},
        "service": desk.services() | {NONE: "no service"},
        "how": {**HOW_LABELS, NONE: "not said"},
    }
    return known.get(name, {})


def _hint(name: str) -> str:
    hints = {"on": "Which day? mon, 11/24, yesterday, week of 11/16:", "at": "What time? 3:10p, 10:15a:"}
    return hints.get(name, f"{FIELDS[name].capitalize()}:")
