"""The exhibits of a packet: files and sent letters put in, named, tied to facts, and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.letters import is_sent
from iepjournal.cli.plain.desk import Question
from iepjournal.core.corrections import described

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk
    from iepjournal.core.packet import Complaint

ADD = "add"
DETAILS = (
    Question(option="title", words="What is it called in the table of exhibits?"),
    Question(option="as", words="A short name for it, as in slp-log?"),
    Question(option="shows", words="The numbers of the facts that it shows, with commas?"),
)


def exhibits(desk: PlainDesk, complaint: Complaint) -> None:
    """Every exhibit; one of them is taken out, or one more put in."""
    known = {one.exhibit.handle: f"exhibit {one.label}, {one.title}" for one in complaint.exhibits}
    chosen = desk.choose("Exhibits:", {ADD: "put a file or a sent letter in", **known})
    if chosen == ADD:
        desk.then_back(lambda: _add(desk, complaint))
    elif desk.yes(f"Take {known[chosen]} out of the packet?"):
        desk.run("packet", "exhibit", *desk.options(Question(option="why", words="Why?")), "drop", chosen)


def _add(desk: PlainDesk, complaint: Complaint) -> None:
    case = complaint.case
    inside = {one.source.root for one in complaint.exhibits}
    papers = (*case.attachments, *(letter for letter in case.letters if is_sent(case, letter)))
    choices = {str(one.no): described(case, one) for one in papers if one.root not in inside}
    if not choices:
        desk.say(
            "No other file is kept, and no other letter was sent. An entry takes a file: read the log, its number."
        )
        return
    number = desk.choose("Which?", choices)
    desk.run("packet", "exhibit", *desk.options(*DETAILS), ADD, number)
