"""The packet's pages beside the complaint, as Markdown: figures, chronology, tables, how the record is kept, covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.case import UNDONE
from iepjournal.core.chain import short
from iepjournal.core.contents import rests_on_child
from iepjournal.core.facts import fill
from iepjournal.core.letters import address_block, addressees
from iepjournal.core.markdown import escaped
from iepjournal.core.names import renamed
from iepjournal.core.packet import written_before
from iepjournal.core.records import Entry, Purge, Session, Strike
from iepjournal.core.references import EXHIBIT
from iepjournal.core.sentences import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from iepjournal.core.checks import PartSaid
    from iepjournal.core.chronology import Event
    from iepjournal.core.claims import Shortfall
    from iepjournal.core.exhibits import Labelled
    from iepjournal.core.ledger import Counted
    from iepjournal.core.packet import Complaint


def cover(complaint: Complaint, copy: str, outline: Iterable[tuple[str, str]]) -> str:
    """The first page of one set: whose complaint it is, which set, and what is in it with its page."""
    listed = "\n".join(f"- {title}, {page}" for title, page in outline)
    return _page(complaint, "cover", copy, outline=listed)


def contents(complaint: Complaint, parts: Iterable[PartSaid], pages: Mapping[str, str]) -> str:
    """Where each part that the rules ask for stands; what is only useful is left out where it is missing."""
    missing = complaint.kit.form("contents", "missing")
    rows = [
        (said.part.title, said.part.cite, pages.get(said.part.id, "") if said.words else missing)
        for said in parts
        if said.words or said.part.level == "stop"
    ]
    return _page(complaint, "contents", "text", parts=_table(complaint.kit.pages["contents"]["columns"], rows))


def figures(complaint: Complaint) -> str:
    """Both totals by service, with the sessions behind them."""
    kit, shortfalls = complaint.kit, complaint.shortfalls()
    columns = kit.pages["figures"]["columns"]
    rows = [
        (
            f"{shortfall.count.name} ({shortfall.count.unit})" if counted == "as_written" else "",
            kit.form("figures", counted),
            *map(number, (total.due, total.given, total.missed, total.unknown)),
        )
        for shortfall in shortfalls
        for counted in ("as_written", "conservative")
        for total in (getattr(shortfall.count, counted),)
    ]
    totals = _table(columns, rows, left=2) if rows else kit.form("figures", "none")
    sessions = "\n\n".join(_sessions(complaint, shortfall) for shortfall in shortfalls if shortfall.as_written)
    last_day = complaint.words.full_date(complaint.packet.dated)
    return _page(complaint, "figures", "text", totals=totals, sessions=sessions, last_day=last_day)


def _sessions(complaint: Complaint, shortfall: Shortfall) -> str:
    heading = complaint.kit.form("figures", "behind", service=shortfall.count.name)
    rows = [_session(complaint, one) for one in sorted(shortfall.as_written, key=lambda one: one.session.on)]
    return f"## {heading}\n\n{_table(complaint.kit.pages['figures']['session_columns'], rows, left=3)}"


def _session(complaint: Complaint, one: Counted) -> tuple[str, ...]:
    words, session = complaint.words, one.session
    reason = words.tables["reasons"][session.reason or "not-known"]
    how = words.tables["hows"].get(session.how, "")
    amounts: tuple[Fraction, Fraction] = (one.missed, one.missed_conservative)
    return (
        words.form("session_number", no=session.no),
        words.short_date(session.on),
        escaped("; ".join(filter(None, (reason, how)))),
        *map(number, amounts),
    )


def chronology(complaint: Complaint) -> str:
    """What happened, day by day, with its source and what shows it."""
    older = [event for event in complaint.chronology if event.on < complaint.window[0]]
    within = [event for event in complaint.chronology if event.on >= complaint.window[0]]
    columns = complaint.kit.pages["chronology"]["columns"]
    rows = _table(columns, [_event(complaint, event) for event in within])
    if older:
        heading = complaint.kit.form("chronology", "background")
        rows += f"\n\n## {heading}\n\n{_table(columns, [_event(complaint, event) for event in older])}"
    return _page(complaint, "chronology", "text", rows=rows)


def _event(complaint: Complaint, event: Event) -> tuple[str, ...]:
    kit = complaint.kit
    notes = [
        kit.form("chronology", "late", lag=event.lag.removeprefix("written ")) if event.lag else "",
        kit.form("chronology", "corrected", day=complaint.words.short_date(event.corrected_on))
        if event.corrected_on
        else "",
        kit.form("chronology", "child_alone") if rests_on_child(complaint, event) else "",
    ]
    source = "; ".join(filter(None, (event.source, *notes)))
    shown = ", ".join(f"[[{EXHIBIT}{exhibit.handle}]]" for exhibit in complaint.shown_by[event.number])
    return event.number, event.day, event.text, source, shown


def table_of_exhibits(complaint: Complaint, rows: Sequence[tuple[Labelled, int, str]]) -> str:
    """Each exhibit with its pages and the number of the first one."""
    cells = [(one.label, escaped(one.title), str(pages), first) for one, pages, first in rows]
    kit = complaint.kit
    table = _table(kit.pages["exhibits"]["columns"], cells, left=2) if cells else kit.form("exhibits", "none")
    return _page(complaint, "exhibits", "text", rows=table)


def exhibit_cover(complaint: Complaint, one: Labelled) -> str:
    """The sheet before an exhibit."""
    facts = [
        event.number
        for event in complaint.chronology
        if any(exhibit.root == one.exhibit.root for exhibit in complaint.shown_by[event.number])
    ]
    title = escaped(one.title)
    if facts:
        title += "\n\n" + complaint.kit.form("exhibits", "shows", facts=complaint.words.listed(facts))
    return complaint.kit.form("exhibits", "cover", label=one.label, title=title)


def integrity(complaint: Complaint) -> str:
    """How the journal is kept, what was late or corrected, the files with their hashes, and what it does not prove."""
    case, kit, words = complaint.case, complaint.kit, complaint.words
    before = written_before(complaint)
    roots = {record.root for record in before}
    entries = [entry for entry in case.entries if entry.root in roots]
    struck = {record.of for record in before if isinstance(record, Strike)} & case.struck.keys()
    notes = {record.root for record in before if isinstance(record, Entry | Session)}
    undone = {root for root in notes if case.struck.get(root) == UNDONE}
    firsts = sorted(case.versions(entry)[0].recorded_at.date() for entry in entries)
    late = [event for event in complaint.chronology if event.lag]
    corrected = [event for event in complaint.chronology if event.corrected_on]
    files = [(one.label, escaped(one.name), one.sha256) for one in complaint.exhibits]
    nothing = kit.form("integrity", "none")
    return _page(
        complaint,
        "integrity",
        "text",
        entries=len(entries),
        first_written=words.full_date(firsts[0]) if firsts else nothing,
        last_written=words.full_date(firsts[-1]) if firsts else nothing,
        sessions=len([session for session in case.sessions if session.root in roots]),
        struck=len([root for root in struck if isinstance(case.by_root.get(root), Entry | Session)]),
        undone=len(undone - struck),
        private=len([entry for entry in entries if entry.private]),
        erased=len([record for record in case.records if isinstance(record, Purge)]),
        seal=short(complaint.newest.prev) or nothing,
        late=_list(f"{event.number}, {event.day}: {event.lag}" for event in late) or nothing,
        corrected=_list(f"{event.number}, {event.day}: {escaped(event.why_corrected)}" for event in corrected)
        or nothing,
        files=_table(kit.pages["integrity"]["file_columns"], files) if files else nothing,
    )


def counter(complaint: Complaint, *, pages: int, size: str, signature_page: str, commands: Sequence[str]) -> str:
    """What to do at home and at the counter; it is no part of the packet."""
    kit = complaint.kit
    return _page(
        complaint,
        "counter",
        "text",
        pages=pages,
        size=size,
        signature_page=signature_page,
        checked=complaint.words.full_date(kit.checked),
        commands=_list(commands),
    )


def _page(complaint: Complaint, page: str, name: str, **values: object) -> str:
    """A page's text with these values, the family's facts, and every strange name replaced."""
    kit, words = complaint.kit, complaint.words
    (office,) = kit.complaint.to[:1]
    address = kit.complaint.addresses.get(office, ())
    copied = addressees(kit.complaint.cc, kit.complaint, complaint.case)
    known = {
        "dated": words.full_date(complaint.packet.dated),
        "window.first": words.full_date(complaint.window[0]),
        "window.last": words.full_date(complaint.window[1]),
        "state.office": ", ".join(address[:2]),
        "state.address": "\n".join(address),
        "district.address": "\n".join(line for person in copied for line in address_block(person, complaint.case)),
        **values,
    }
    given = {name: str(value) for name, value in known.items()}
    filled = fill(kit.pages[page][name], kit.complaint, words, complaint.facts, given)
    return renamed(filled, complaint.packet.names).strip("\n")


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], left: int | None = None) -> str:
    """A Markdown table; columns from `left` on hold numbers."""
    count = len(columns)
    rules = ["---" if left is None or n < left else "--:" for n in range(count)]
    lines = (columns, rules, *rows)
    return "\n".join("| " + " | ".join(cell.replace("\n", " ") for cell in line) + " |" for line in lines)
