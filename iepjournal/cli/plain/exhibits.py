"""The exhibits of a packet: files and sent letters put in, named, tied to facts, and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Question
from iepjournal.core.corrections import identified

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.packet import Complaint

ADD, BY_MENTION = "add", "by-mention"
EXHIBIT = {
    "describe": "its title, its short name, the facts it shows",
    "place": "its place among the exhibits",
    "drop": "take it out of the packet",
}
DETAILS = (
    Question(option="title", words="What is it called in the table of exhibits?"),
    Question(option="as", words="A short name for it, as in slp-log?"),
    Question(option="shows", words="The numbers of the facts that it shows, with commas?"),
)


def exhibits(desk: PlainDesk, complaint: Complaint) -> None:
    """Every exhibit; one of them is taken out, or one more put in."""
    known = {one.exhibit.handle: f"exhibit {one.label}, {one.title}" for one in complaint.exhibits}
    again = {BY_MENTION: "all in the order of first mention again"} if known else {}
    chosen = desk.choose("Exhibits:", {ADD: "put a file or a sent letter in", **known, **again})
    if chosen == ADD:
        desk.then_back(lambda: _add(desk, complaint))
    elif chosen == BY_MENTION:
        desk.run("packet", "exhibit", f"--{BY_MENTION}")
    else:
        desk.then_back(lambda: _change(desk, chosen, known[chosen]))


def _change(desk: PlainDesk, handle: str, called: str) -> None:
    what = desk.choose(f"{called}:", EXHIBIT)
    if what == "drop":
        desk.run("packet", "exhibit", *desk.options(Question(option="why", words="Why?")), what, handle)
        return
    place = Question(option="place", words="Which place should it have?", number=True, needed=True)
    if words := desk.options(*((place,) if what == "place" else DETAILS)):
        desk.run("packet", "exhibit", *words, handle)


def _add(desk: PlainDesk, complaint: Complaint) -> None:
    case = complaint.case
    inside = {one.source.root for one in complaint.exhibits}
    papers = (*case.attachments, *(letter for letter in case.letters if case.is_sent(letter)))
    choices = {str(one.no): identified(case, one) for one in papers if one.root not in inside}
    if not choices:
        desk.say(
            "No other file is kept, and no other letter was sent. An entry takes a file: read the log, its number."
        )
        return
    number = desk.choose("Which?", choices)
    desk.run("packet", "exhibit", *desk.options(*DETAILS), ADD, number)
