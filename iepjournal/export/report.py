"""The report of the services on paper: both totals, bars by week, months, and the sessions behind each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import MONTHS, full_date
from iepjournal.core.entries import HOW_LABELS
from iepjournal.core.figures import NO_CALENDAR, NO_VERDICT, TWO_TOTALS, columns, remarks, shortfalls, what_is_recorded
from iepjournal.core.iep import frequency
from iepjournal.core.services import number
from iepjournal.export.blocks import Heading, Paragraph, Run, Table
from iepjournal.export.charts import Bar, charts
from iepjournal.export.documents import LEFT, RIGHT, Document
from iepjournal.export.pdf import document_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction
    from typing import Literal

    from iepjournal.core.ledger import Counted
    from iepjournal.core.services import ServiceCount, Services, Stretch
    from iepjournal.export.blocks import Block
    from iepjournal.export.typeset import Box

    Aligned = Literal["left", "right", "center"]

NOT_KNOWN = (
    "Not known means that nothing is recorded of a session: it is never counted as not delivered. Due is rounded down "
    "to whole sessions; the figures by week and by month are exact."
)


def services_pdf(found: Services, *, child: str, people: Mapping[str, str], foot: str) -> bytes:
    """The whole report; `people` gives each handle's name, `foot` is the record line."""
    return document_pdf(services_document(found, child=child, people=people, foot=foot))


def services_document(found: Services, *, child: str, people: Mapping[str, str], foot: str) -> Document:
    """What to print, in plain values."""
    whose = f" of {child}" if child else ""
    return Document(
        title=f"Services{whose}, as known on {full_date(found.as_of)}",
        contents=tuple(_contents(found, f"Services{whose}", people)),
        dated=found.as_of,
        foot=foot,
    )


def _contents(found: Services, title: str, people: Mapping[str, str]) -> Iterator[Block | Box]:
    yield _heading(title, 1)
    since = f"{full_date(found.since)} to " if found.since else ""
    yield _paragraph(f"{since}{full_date(found.until)}, as known on {full_date(found.as_of)}.")
    if not found.calendar_known:
        yield _paragraph(NO_CALENDAR)
    for count in found.counts:
        yield from _service(count, people)
    yield _heading("How it was counted", 2)
    for words in (TWO_TOTALS, NOT_KNOWN, NO_VERDICT):
        yield _paragraph(words)


def _service(count: ServiceCount, people: Mapping[str, str]) -> Iterator[Block | Box]:
    yield _heading(count.name, 2)
    if count.service:
        provider = people.get(count.service.provider, count.service.provider)
        yield _paragraph(" · ".join(filter(None, (frequency(count.service), count.service.setting, provider))))
        if count.service.words:
            yield _paragraph(f"The IEP says: “{count.service.words}”")
    if not count.needs:
        yield from _figures(count)
    for note in count.notes:
        yield _paragraph(note, tight=True)


def _figures(count: ServiceCount) -> Iterator[Block | Box]:
    yield _totals(count)
    for number_of_line, line in enumerate(remarks(count)):
        yield _paragraph(f"{line[0].upper()}{line[1:]}.", tight=number_of_line > 0)
    if count.rows:
        yield _heading(f"By week, in {count.unit}, as written", 3)
        yield from charts([_bar(week) for week in count.by_week], RIGHT - LEFT)
        yield _months(count)
    if found := shortfalls(count):
        yield _heading("Sessions not given or not whole, and what made them up", 3)
        yield _sessions([one for _, one in found])


def _totals(count: ServiceCount) -> Table:
    return _table(
        (count.unit.capitalize(), "as written", "conservative"),
        [
            (words, _number(getattr(count.as_written, column)), _number(getattr(count.conservative, column)))
            for column, words in columns(count).items()
        ],
        ("left", "right", "right"),
    )


def _months(count: ServiceCount) -> Table:
    return _table(
        ("Month", "due", "given", "not delivered", "not known", "due, conservative", "not delivered, conservative"),
        [
            (
                f"{MONTHS[month.first.month - 1]} {month.first.year}",
                *(_number(getattr(month.as_written, column)) for column in ("due", "given", "missed", "unknown")),
                *(_number(getattr(month.conservative, column)) for column in ("due", "missed")),
            )
            for month in count.by_month
        ],
        ("left", *("right",) * 6),
    )


def _sessions(found: Sequence[Counted]) -> Table:
    return _table(
        ("No.", "Day", "What is recorded", "How it is known"),
        [
            (str(one.session.no), full_date(one.session.on), what_is_recorded(one), HOW_LABELS.get(one.session.how, ""))
            for one in found
        ],
        ("right", "left", "left", "left"),
    )


def _bar(week: Stretch) -> Bar:
    amounts = week.as_written
    return Bar(week.first, float(amounts.given), float(amounts.missed), float(amounts.unknown))


def _number(amount: Fraction) -> str:
    return f"{number(amount)}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], aligned: tuple[Aligned, ...]) -> Table:
    return Table(header=_cells(header), rows=tuple(_cells(row) for row in rows), aligned=aligned)


def _cells(words: Sequence[str]) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(cell),) for cell in words)


def _heading(words: str, level: int) -> Heading:
    return Heading(runs=(Run(words),), level=level)


def _paragraph(words: str, *, tight: bool = False) -> Paragraph:
    return Paragraph(runs=(Run(words),), tight=tight)
