"""Everything of a packet in one ZIP: both sets, the sheet for the counter, the tables as CSV, and a list of it all."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf

from iepjournal.core import annexes
from iepjournal.export.binding import describe, saved
from iepjournal.export.blocks import blocks
from iepjournal.export.documents import Document
from iepjournal.export.pdf import document_pdf
from iepjournal.export.steps import Step, Tell, untold
from iepjournal.export.tables import csv_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from iepjournal.core.packet import Complaint
    from iepjournal.export.packet import Bound, PacketBinder

MEGABYTE = 1_000_000
COMMANDS = (
    "iepjournal packet sent --to mde --by certified --tracking NUMBER",
    "iepjournal packet sent --to district --by certified --tracking NUMBER",
    "iepjournal packet received --to mde (the day on the green card)",
)


def packet_zip(binder: PacketBinder, sets: Mapping[str, Bound], tell: Tell = untold) -> bytes:
    """The ZIP; the same packet is the same bytes."""
    dated = binder.complaint.packet.dated
    files = dict(_files(binder, sets))
    listed = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    files["MANIFEST.sha256"] = listed.encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(files.items()):
            tell(Step("Packing the files", number, len(files)))
            entry = zipfile.ZipInfo(name, (dated.year, dated.month, dated.day, 12, 0, 0))
            entry.external_attr = 0o600 << 16
            # What is in a PDF is compressed already; to try again takes seconds for each hundred pages of scans.
            archive.writestr(entry, content, zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def counter_sheet(binder: PacketBinder, made: Bound) -> bytes:
    """The sheet that says what to sign, where each set goes, and what to write down."""
    complaint = binder.complaint
    text = annexes.counter(
        complaint,
        pages=made.places.total,
        size=size_in_words(len(made.pdf)),
        signature_page=binder.page_number(made.places.parts.get("signature", 0)),
        commands=COMMANDS,
    )
    title = complaint.kit.pages["titles"]["counter"]
    return document_pdf(Document(title=title, contents=blocks(text), dated=complaint.packet.dated))


def size_in_words(size: int) -> str:
    """6.1 MB."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, size // 1000)} kB"


def split(made: Bound, largest: int, tell: Tell = untold) -> tuple[bytes, ...]:
    """The set in files of at most so many bytes, parted only where an exhibit begins; one exhibit is never parted."""
    if len(made.pdf) <= largest:
        return (made.pdf,)
    with pikepdf.open(BytesIO(made.pdf)) as whole:
        starts = sorted({0, *(edge - 1 for edge in made.edges)})
        # Pieces that share a file share its faces as well, so that together they are smaller than one by one.
        files: list[tuple[int, int]] = []
        room = 0
        for number, (first, end) in enumerate(pairwise((*starts, len(whole.pages)))):
            tell(Step("Parting the file", number, len(starts)))
            size = len(_pages(whole, first, end))
            if files and size <= room:
                files[-1] = (files[-1][0], end)
                room -= size
            else:
                files.append((first, end))
                room = largest - size
        return tuple(_pages(whole, first, end) for first, end in files)


def _pages(whole: pikepdf.Pdf, first: int, end: int) -> bytes:
    """Some pages as a file of their own, with their numbers and the bookmarks that lead to them."""
    part = pikepdf.new()
    part.pages.extend(whole.pages[first:end])
    with whole.open_outline() as outline, part.open_outline() as kept:
        kept.root.extend(_bookmarks(outline.root, first, end))
    numbers = [page.label for page in whole.pages[first:end]]
    describe(part, f"{whole.docinfo['/Title']}, {numbers[0]} to {numbers[-1]}", numbers)
    part.docinfo["/CreationDate"] = whole.docinfo["/CreationDate"]
    return saved(part)


def _bookmarks(items: Iterable[pikepdf.OutlineItem], first: int, end: int) -> Iterator[pikepdf.OutlineItem]:
    """Those to these pages; where the one above it is in another file, a bookmark stands alone."""
    for item in items:
        children = list(_bookmarks(item.children, first, end))
        assert isinstance(item.destination, pikepdf.Array), "every bookmark of ours leads to a page"
        page = pikepdf.Page(item.destination[0]).index
        if first <= page < end:
            kept = pikepdf.OutlineItem(item.title, page - first)
            kept.children.extend(children)
            yield kept
        else:
            yield from children


def _files(binder: PacketBinder, sets: Mapping[str, Bound]) -> Iterator[tuple[str, bytes]]:
    for copy, made in sets.items():
        yield f"complaint-{copy}.pdf", made.pdf
    made = next(iter(sets.values()))
    yield "mail-counter.pdf", counter_sheet(binder, made)
    complaint = binder.complaint
    yield "chronology.csv", csv_file(("date", "number", "what happened", "source", "exhibits"), _chronology(complaint))
    yield (
        "sessions.csv",
        csv_file(("service", "session", "date", "reason", "as written", "conservative"), _sessions(complaint)),
    )
    exhibits = [
        (one.label, one.title, one.name, len(pdf.pages), made.places.exhibits[one.exhibit.handle], one.sha256)
        for one, pdf in binder.exhibits
    ]
    yield "exhibits.csv", csv_file(("label", "title", "file", "pages", "first page", "sha256"), exhibits)


def _chronology(complaint: Complaint) -> Iterator[Sequence[object]]:
    labels = {one.exhibit.root: one.label for one in complaint.exhibits}
    for event in complaint.chronology:
        shown = " ".join(labels[exhibit.root] for exhibit in complaint.shown_by[event.number])
        yield event.on, event.number, complaint.plain(event), event.source, shown


def _sessions(complaint: Complaint) -> Iterator[Sequence[object]]:
    for shortfall in complaint.shortfalls():
        for one in shortfall.as_written:
            reason = one.session.reason or "not-known"
            yield (
                shortfall.count.name,
                one.session.no,
                one.session.on,
                reason,
                round(float(one.missed), 1),
                round(float(one.missed_conservative), 1),
            )
