"""The case by question and answer: family and school, people, the IEP, the calendar; and the first four questions."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.cli.desk import FIRST_CASE
from iepjournal.cli.people import DETAILS
from iepjournal.cli.plain.desk import Back, Question
from iepjournal.cli.plain.tables import encoding_of
from iepjournal.core.iep import KINDS, PERS
from iepjournal.core.profile import FIELDS, held, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iepjournal.cli.plain.desk import PlainDesk

FIRST_QUESTIONS = {
    "child.name": "Your child's name, as it stands on the IEP?",
    "school.name": "The name of the school?",
    "school.district": "The school district?",
}
MOVED, FILE = "moved", "file"
PARTS = {
    "profile": "family and school",
    "people": "people of the school",
    "iep": "the IEP and its services",
    "calendar": "the school calendar",
}
PEOPLE = {"add": "add somebody", "change": "change somebody", "remove": "take somebody off the list"}
IEP = {
    "add": "add a service",
    "change": "a service changes from a day on",
    "end": "a service ends",
    "fix": "mend a typing error in a service",
    "new": "a new IEP was signed",
    "dates": "mend a typing error in the dates of the IEP",
    "compare": "what differs between two days",
}
CALENDAR = {
    "close": "no school: a holiday, a break, a storm",
    "open": "a closure was a mistake",
    "early": "an early release",
    "year": "the first and last day of a school year",
    "period": "a quarter or semester",
    "esy": "extended school year",
    "import": "read the district's file",
}
SERVICE = (
    Question(option="name", words="Its name, as in Speech therapy?"),
    Question(option="minutes", words="How many minutes is one session?", number=True),
    Question(option="times", words="How many sessions?", number=True),
    Question(option="per", words="In each?", choices={per: per for per in PERS}),
    Question(option="weeks", words="Only in some weeks? 3/4 for three of every four"),
    Question(option="days", words="On which weekdays, where they are known? tue,thu"),
    Question(option="kind", words="What kind?", choices={kind: kind for kind in KINDS}),
    Question(option="setting", words="Where, or in what group?"),
    Question(option="words", words="The exact words of the IEP?"),
    Question(option="esy", words="In extended school year too?", flag=True),
)
IEP_DATES = (
    Question(option="begins", words="From when does it hold, if later?"),
    Question(option="review-due", words="When must it be reviewed?"),
)


VERSION = Question(option="version", words="Which one, where it changed over time? A day on which it was in force")
TAUGHT = Question(
    option="served-others",
    words="Did the district teach other pupils on that day?",
    choices={"yes": "yes, others were taught", "no": "no, nobody was"},
)
MEANINGS = {
    "close": "no school",
    "early": "an early release",
    "first": "the first day of school",
    "last": "the last day of school",
    "skip": "nothing, leave it out",
}


def first_questions(desk: PlainDesk) -> None:
    """A case of its own for the first start; child, school, district and the IEP's date, each can be skipped."""
    desk.out("Welcome. Four questions; Enter skips any of them, and each can be answered later.")
    desk.run("new", FIRST_CASE)
    try:
        for field, question in FIRST_QUESTIONS.items():
            if answer := desk.line(question):
                desk.run("profile", f"{field}={answer}")
        while (answer := desk.line("The date on the IEP? Like 8/14 or Aug 14, 2026:")) and not desk.run(
            "iep", "change", f"--dated={answer}"
        ):
            pass
    except Back:
        return


def change_case(desk: PlainDesk) -> None:
    """One part of the case."""
    part = desk.choose("The case:", PARTS)
    parts = {"profile": _profile, "people": _people, "iep": _iep, "calendar": _calendar}
    desk.until_back(lambda: parts[part](desk))


def _profile(desk: PlainDesk) -> None:
    known = held(desk.store().case().profile)
    choices = {field: f"{field}: {in_words(known[field]) if field in known else 'empty'}" for field in FIELDS}
    field = desk.choose("Change which?", {**choices, MOVED: "we moved to another district", FILE: "read a set-up file"})
    with suppress(Back):
        _change_profile(desk, field)


def _change_profile(desk: PlainDesk, field: str) -> None:
    """One field; none empties it. A move keeps the calendar of the days before."""
    if field == FILE:
        desk.run("profile", f"--from={desk.needed('Its path on this machine:')}")
    elif field == MOVED:
        since = desk.needed("The first day there?")
        places = {name: desk.line(f"{name}? (Enter leaves it)") for name in FIELDS if name.startswith("school.")}
        desk.run("profile", f"--since={since}", *(f"{name}={words}" for name, words in places.items() if words))
    else:
        words = desk.needed(f"{field}, what should it be? A single - empties it.")
        desk.run("profile", f"{field}={'' if words == '-' else words}")


def _people(desk: PlainDesk) -> None:
    desk.run("people")
    known = desk.people()
    action = desk.choose("People:", PEOPLE if known else {"add": PEOPLE["add"]})
    with suppress(Back):
        _change_people(desk, action, known)


def _change_people(desk: PlainDesk, action: str, known: Mapping[str, str]) -> None:
    handle = desk.needed("A short name to type, as in hill:") if action == "add" else desk.choose("Whom?", known)
    if action == "remove":
        desk.run("people", "remove", f"--why={desk.line('Why? (Enter skips it)') or 'no longer needed'}", handle)
        return
    details = desk.options(*(Question(option=detail, words=f"{detail.capitalize()}?") for detail in DETAILS))
    if details or action == "add":
        desk.run("people", action, *details, handle)


def _iep(desk: PlainDesk) -> None:
    desk.run("iep")
    action = desk.choose("The IEP:", IEP)
    with suppress(Back):
        _change_iep(desk, action)


def _change_iep(desk: PlainDesk, action: str) -> None:
    if action == "compare":
        desk.run("iep", "--compare", desk.needed("The one day?"), desk.needed("The other day?"))
        return
    if action in ("new", "dates"):
        dated = Question(option="dated", words="The date of the IEP?", needed=action == "new")
        words = desk.options(dated, *IEP_DATES)
        if action == "new":
            desk.run("iep", "change", *words)
        else:
            desk.run("iep", "fix", f"--why={desk.needed('What was wrong?')}", *words)
        return
    handle = desk.needed("A short name for it, as in speech:") if action == "add" else _which_service(desk)
    if action == "end":
        why = desk.options(Question(option="why", words="Why?"))
        desk.run("service", "end", *why, f"--on={desk.needed('Its last day?')}", handle)
    elif action == "fix":
        why = [f"--why={desk.needed('What was wrong?')}", *desk.options(VERSION)]
        desk.run("iep", "fix", *why, *_service_options(desk, dated=True), handle)
    elif action == "change":
        on = f"--on={desk.needed('From which day on?')}"
        desk.run("service", "change", on, *_service_options(desk, dated=False), handle)
    else:
        desk.run("service", "add", *_service_options(desk, dated=True), handle)


def _service_options(desk: PlainDesk, *, dated: bool) -> list[str]:
    questions = [*SERVICE]
    if people := desk.people():
        questions.append(Question(option="provider", words="Who gives it?", choices=people))
    if dated:
        questions.append(Question(option="start", words="Its first day, if not that of the IEP?"))
        questions.append(Question(option="end", words="Its last day, where the IEP names one?"))
    return desk.options(*questions)


def _which_service(desk: PlainDesk) -> str:
    if not (known := desk.services()):
        desk.say("No service is set up yet.")
        raise Back
    return desk.choose("Which service?", known)


def _calendar(desk: PlainDesk) -> None:
    desk.run("calendar")
    action = desk.choose("The school calendar:", CALENDAR)
    with suppress(Back):
        _change_calendar(desk, action)


def _change_calendar(desk: PlainDesk, action: str) -> None:
    if action == "import":
        _import(desk, desk.needed("The file, .ics or CSV: its path on this machine:"))
        return
    words = []
    if action == "period":
        words = [desk.choose("Which?", {"quarter": "a quarter", "semester": "a semester"}), desk.needed("Its name:")]
    words.append(desk.needed("The day, or the first day:"))
    if action in ("year", "esy", "period"):
        words.append(desk.needed("The last day:"))
    elif action == "close" and (last := desk.line("The last day (Enter for one day):")):
        words.append(last)
    why = [f"--why={desk.needed('Why?')}"] if action in ("close", "open") else []
    if action == "close":
        why += desk.options(TAUGHT)
    desk.run("calendar", action, *why, *words)


def _import(desk: PlainDesk, file: str) -> None:
    """Show what each line would be, until the parent says that it is right."""
    encoding = encoding_of(desk, file)
    words = [] if encoding == "utf-8" else [f"--encoding={encoding}"]
    while desk.run("calendar", "import", *words, file):
        if desk.yes("Save it as shown?"):
            desk.run("calendar", "import", *words, "--yes", file)
            return
        number = desk.needed("The number of a line that is something else (Enter saves nothing):")
        if number.isascii() and number.isdigit():
            words.append(f"--{desk.choose('What is it?', MEANINGS)}={number}")
        else:
            desk.say("Please type the number of a line.")
