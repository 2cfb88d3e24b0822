"""Letters by question and answer: choose, write, read, check, change, take home as a file, mark as sent."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import library
from iepjournal.cli.addressing import PLACES, name_of
from iepjournal.cli.entries import tell
from iepjournal.cli.plain.desk import Back, Question
from iepjournal.cli.plain.lines import edited_lines
from iepjournal.core import drafts
from iepjournal.core.addressing import addressed
from iepjournal.core.corrections import identified
from iepjournal.core.letters import offered_entries
from iepjournal.core.mending import blank_labels, sentence_around, with_blank_filled
from iepjournal.core.records import Letter
from iepjournal.mailroom import FORMS, METHODS, words_of
from iepjournal.mailroom import asks as asks_of_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.case import Case

NEW, ASKS = "new", "service-log-request"
AT_ONCE = 20
READ = {"read": "read it", "check": "check it: what is missing, what would weaken it"}
EXPORT = {"export": "take it home as a file"}
SENT_ACTIONS = {
    **READ,
    **EXPORT,
    "received": "it arrived",
    "replied": "they answered",
    "revise": "write another in its place",
}


def letters(desk: PlainDesk) -> None:
    """Every letter and whether it was sent; open one, or write a new one."""
    case = desk.store().case()
    known = {
        str(one.no): f"letter {one.no}, {one.title}, {'sent' if case.is_sent(one) else 'not sent yet'}"
        for one in case.letters
    }
    chosen = desk.choose("Letters:", {NEW: "write a new letter", **known})
    with suppress(Back):
        if chosen == NEW:
            new_letter(desk)
        else:
            open_letter(desk, int(chosen))


def new_letter(desk: PlainDesk, *, facts: str = "", template: str = "") -> None:
    """Write a letter from the case, then ask for its blanks one by one."""
    template = template or desk.choose(
        "Which letter?", {name: library.template(name).title for name in library.template_names()}
    )
    case = desk.store().case()
    offered = offered_entries(case)
    if offered and not facts:
        desk.out("What may be told in it, newest last:")
        tell(desk, case, offered[-AT_ONCE:])
    numbers = Question(option="facts", words="The numbers of the entries it should tell of, with commas?")
    strengths = library.template(template).strengths
    words = [f"--facts={facts}"] if facts else desk.options(numbers) if offered else []
    if len(strengths) > 1:
        words += desk.options(Question(option="strength", words="How strong?", choices={s: s for s in strengths}))
    words += _more(desk, template, case)
    if desk.run("letter", "new", *words, template):
        no = desk.store().case().letters[-1].no or 0
        desk.then_back(lambda: fill_blanks(desk, no))
        open_letter(desk, no)


def _more(desk: PlainDesk, template: str, case: Case) -> list[str]:
    """What is usual unless it is said otherwise: to whom, what it follows, what is private."""
    if not desk.yes("Something unusual: another addressee, a private entry, an earlier letter, other figures?"):
        return []
    people, sent = desk.people(), {str(one.no): identified(case, one) for one in case.letters if case.is_sent(one)}
    asked = desk.options(
        *([Question(option="to", words="To whom?", choices=people)] if people else []),
        *([Question(option="follows", words="Which letter does it follow?", choices=sent)] if sent else []),
        Question(option="private-too", words="Private entries that the school is meant to read, by number?"),
        Question(option="as-written", words="The figures as written, not the conservative ones?", flag=True),
    )
    names = dict(library.template(template).blanks)
    while names and (name := desk.choose("A blank to fill now?", names, skip="goes on")):
        asked.append(f"--set={name}={desk.needed(f'{names.pop(name)}:')}")
    return asked


def fill_blanks(desk: PlainDesk, no: int) -> None:
    """Ask for each blank that the letter still has; an empty answer leaves it for later, q leaves the rest."""
    letter = desk.store().case().numbered(no, Letter)
    filled = []
    for label in blank_labels(letter):
        if sentence := sentence_around(letter, label, words_of(letter)):
            desk.out(f"It says: {sentence}")
        try:
            typed = desk.line(f"{label}? (Enter leaves it blank)")
        except Back:
            break
        if typed:
            letter = with_blank_filled(letter, label, typed)
            filled.append(f"--set={label}={typed}")
    if filled:
        desk.run("letter", "edit", *filled, str(no))


def ask_in_letter(desk: PlainDesk, questions: Sequence[str]) -> None:
    """Put questions into a letter that was not sent yet, or into a new one; it is shown before it is saved."""
    desk.out("For a letter to the school:")
    desk.out("\n".join(f"- {question}" for question in questions))
    case = desk.store().case()
    open_letters = {str(one.no): identified(case, one) for one in case.letters if not case.is_sent(one)}
    chosen = desk.choose("Into which letter?", {NEW: library.template(ASKS).title, **open_letters}, skip="leaves them")
    if not chosen or (chosen == NEW and not desk.run("letter", "new", ASKS)):
        return
    case = desk.store().case()
    letter = case.letters[-1] if chosen == NEW else case.numbered(chosen, Letter)
    *body, thanks, name = letter.text.split("\n\n")
    listed = "\n".join(f"- {question}" for question in questions)
    draft = drafts.of_letter(letter.no)
    text = edited_lines(desk, "\n\n".join((*body, listed, thanks, name)), draft)
    desk.run("letter", "edit", "--why=questions from both logs", str(letter.no), "-", text=text)


def open_letter(desk: PlainDesk, no: int) -> None:
    """Ask what to do with one letter, until the parent goes back."""
    desk.until_back(lambda: _do_with(desk, str(no)))


def _do_with(desk: PlainDesk, no: str) -> None:
    case = desk.store().case()
    what = desk.choose(f"Letter {no}:", SENT_ACTIONS if case.is_sent(case.numbered(no, Letter)) else _draft_actions())
    struck = False
    with suppress(Back):
        if what == "read":
            desk.run("letter", "show", no)
        elif what == "check":
            _check(desk, no)
        elif what == "blanks":
            fill_blanks(desk, int(no))
        elif what == "address":
            desk.until_back(lambda: _address(desk, no))
        elif what == "lines":
            _change(desk, no)
        elif what == "editor":
            desk.run("letter", "edit", no)
        elif what == "export":
            _export(desk, no)
        elif what == "redate":
            desk.run("letter", "redate", no)
        elif what == "revise":
            desk.run("letter", "revise", f"--why={desk.line('Why? A few words (Enter for none):')}", no)
        elif what == "strike":
            struck = desk.run("strike", f"--why={desk.needed('Why?')}", no)
        else:
            _went(desk, no, what)
    if struck:
        raise Back


def _draft_actions() -> dict[str, str]:
    """Before it is sent its text may change; in an editor, where one is set."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    change = {
        "blanks": "fill its blanks",
        "lines": "change it line by line",
        "address": "to whom, copies, subject",
        **({"editor": f"change it in {editor}"} if editor else {}),
    }
    return {
        **READ,
        **change,
        **EXPORT,
        "sent": "it was sent",
        "redate": "date it today",
        "strike": "strike it: it was not meant",
    }


def _address(desk: PlainDesk, no: str) -> None:
    """One person, or the subject."""
    case = desk.store().case()
    letter = case.numbered(no, Letter)
    everybody = addressed(letter, case)
    rows = {str(place): f"{name_of(one)}: {PLACES[one.place]}" for place, one in enumerate(everybody)}
    chosen = desk.choose("Who gets it:", {**rows, "subject": f"the subject: {letter.title}"})
    if chosen == "subject":
        desk.run("letter", "address", f"--subject={desk.needed('What is it about?')}", no)
        return
    one = everybody[int(chosen)]
    where = desk.choose(f"{name_of(one)}:", {"to": "address it to them", "cc": "a copy", "off": "neither"})
    who = one.person.handle if one.person else one.lines.splitlines()[0]
    greet = Question(option="greeting", words="Greet those whom it is addressed to?", flag=True)
    desk.run("letter", "address", *(desk.options(greet) if where == "to" else []), f"--{where}={who}", no)


def _check(desk: PlainDesk, no: str) -> None:
    desk.run("letter", "check", no)
    what = desk.choose("And now?", {"allow": "a remark may stand", "right": "a doubted word is spelled right"})
    words = "The number of the remark:" if what == "allow" else "The word:"
    desk.run("letter", "check", f"--{what}={desk.needed(words)}", no)


def _change(desk: PlainDesk, no: str) -> None:
    letter = desk.store().case().numbered(no, Letter)
    draft = drafts.of_letter(letter.no)
    text = edited_lines(desk, desk.begun(draft) or letter.text, draft)
    why = desk.options(Question(option="why", words="Why, in a few words?"))
    desk.run("letter", "edit", *why, no, "-", text=text)


def _export(desk: PlainDesk, no: str) -> None:
    forms = {"pdf": "PDF, for paper", "txt": "plain text", "html": "a web page", "md": "Markdown", "eml": "an e-mail"}
    form = desk.choose("As what?", {name: forms[name] for name in FORMS})
    usual = f"letter-{no}.{form}"
    name = desk.line(f"The name of the new file (Enter for {Path.cwd() / usual}):") or usual
    words = ("letter", "export", f"--{form}", f"--output={name}")
    if (
        not desk.run(*words, no)
        and not Path(name).expanduser().exists()
        and desk.yes("Write it as a draft, stamped DRAFT?")
    ):
        desk.run(*words, "--draft", no)


def _went(desk: PlainDesk, no: str, what: str) -> None:
    answered = _asked_of(desk, no) if what == "replied" else ()
    by = Question(option="by", words="How?", choices={name: name for name in METHODS}, needed=what == "sent")
    words = desk.options(Question(option="on", words="On which day, if not today? mon, 11/24"), by, *answered)
    if desk.yes("More to keep with it: somebody else, a tracking number, a receipt, a few words?"):
        people = desk.people()
        words += desk.options(
            *([Question(option="to", words="To or from whom?", choices=people)] if people else []),
            Question(option="tracking", words="A tracking number?"),
            Question(option="proof", words="A file that shows it, a receipt or a photo: its path"),
            Question(option="why", words="A few words?"),
        )
    desk.run("letter", what, *words, no)


def _asked_of(desk: PlainDesk, no: str) -> tuple[Question, ...]:
    """What the letter asks, read out, and which of it they answered."""
    asks = asks_of_letter(desk.store().case().numbered(no, Letter))
    if not asks:
        return ()
    desk.out("The letter asks:")
    for ask in asks:
        desk.out(f"{ask.no:>3} {ask.shown}")
    return (Question(option="answered", words="Which did they answer? 1,3 or all or none"),)
