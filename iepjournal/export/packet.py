"""The packet as a PDF: lays out its pages until every page number printed in them is the one the page has, then binds.

Takes a Complaint and the pages of its exhibits; reads no case and no clock.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

import pikepdf

from iepjournal.core import annexes
from iepjournal.core.contents import parts_of
from iepjournal.core.letters import LetterPage
from iepjournal.core.references import EXHIBIT, resolved
from iepjournal.errors import CannotRender
from iepjournal.export.binding import Part, bound
from iepjournal.export.blocks import blocks
from iepjournal.export.documents import Document, document_layout
from iepjournal.export.pagination import Layout
from iepjournal.export.pdf import DRAFT, drawn, refuse_what_no_font_has
from iepjournal.export.stationery import letter_layout
from iepjournal.export.steps import Step, Tell, untold
from iepjournal.export.typeset import Box, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iepjournal.core.exhibits import Labelled
    from iepjournal.core.packet import Complaint

COVER, CONTENTS, COMPLAINT, FIGURES, CHRONOLOGY, TABLE, INTEGRITY = (
    "cover", "contents", "complaint", "figures", "chronology", "exhibits", "integrity",
)  # fmt: skip
BEFORE_EXHIBITS = (COVER, CONTENTS, COMPLAINT, FIGURES, CHRONOLOGY, TABLE)
AFTER_NAMES = ("JR", "SR", "II", "III", "IV")
MOST_PASSES = 12
LABEL_SIZE, LABEL_DEPTH = 44.0, 190.0
"""Of what a cover sheet says of its exhibit: how large, and how far down."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """On which page of the packet things stand, from 1."""

    sections: Mapping[str, int] = field(default_factory=dict)
    exhibits: Mapping[str, int] = field(default_factory=dict)
    """By handle: the cover sheet, or the first page where there is none."""
    events: Mapping[str, int] = field(default_factory=dict)
    """By the event's number: its line in the chronology."""
    parts: Mapping[str, int] = field(default_factory=dict)
    """By the part's id: where the words that meet it stand."""
    total: int = 0


@dataclass(frozen=True, kw_only=True)
class Bound:
    """One set, made."""

    pdf: bytes
    places: Places
    text: str
    """The complaint's own text, every reference in words."""
    edges: tuple[int, ...]
    """Pages, from 1, at which the file may be split: the first page of each exhibit and of what follows them."""


@dataclass(frozen=True, kw_only=True)
class PacketBinder:
    """Makes the sets of one packet, all with the same page numbers."""

    complaint: Complaint
    exhibits: Sequence[tuple[Labelled, pikepdf.Pdf]]
    draft: bool = False
    laid: dict[tuple[str, str | LetterPage], Layout] = field(default_factory=dict, repr=False, compare=False)
    """What was laid out already, by section and source: most pages stay as they are while page numbers settle."""

    def places(self, tell: Tell = untold) -> Places:
        """Where everything stands, worked out until nothing moves any more."""
        places = Places()
        for number in range(MOST_PASSES):
            tell(Step("Numbering the pages", number))
            found = self._places(self._layouts("mde", places))
            if found == places:
                return places
            places = found
        raise CannotRender("its page numbers do not settle", "the table of exhibits")

    def bound(self, copy: str, tell: Tell = untold) -> Bound:
        """One set: “mde”, for the state, or “lea”, the district’s copy."""
        places = self.places(tell)
        layouts = self._layouts(copy, places)
        with pikepdf.open(BytesIO(self._drawn(layouts))) as own:
            pdf = bound(
                self._parts(layouts, iter(list(own.pages))),
                prefix=self.prefix,
                title=self.complaint.letter.title,
                dated=self.complaint.packet.dated,
                tell=tell,
            )
        edges = (*places.exhibits.values(), places.sections[INTEGRITY])
        text = self.complaint.page(lambda name: self._reference(name, places)).text
        return Bound(pdf=pdf, places=places, text=text, edges=tuple(sorted(edges)))

    @property
    def prefix(self) -> str:
        """Of every page's number: the family's name, in letters that every keyboard has."""
        plain = unicodedata.normalize("NFKD", self.complaint.case.profile.parent.name.upper())
        words = ["".join(letter for letter in word if letter.isalnum() and letter.isascii()) for word in plain.split()]
        return next((word for word in reversed(words) if word and word not in AFTER_NAMES), "PACKET")

    def page_number(self, page: int) -> str:
        """As it is printed in the text: p. 0012."""
        return f"p. {page:04}"

    def _layouts(self, copy: str, places: Places) -> dict[str, Layout]:
        complaint = self.complaint

        def words_of(name: str) -> str:
            return self._reference(name, places)

        page = complaint.page(words_of)
        numbers = {part: self.page_number(number) for part, number in places.parts.items()}
        outline = [
            (title, self.page_number(places.sections.get(section, 0)))
            for section, title in complaint.kit.pages["titles"].items()
            if section in (*BEFORE_EXHIBITS[1:], INTEGRITY)
        ]
        rows = [
            (one, len(pdf.pages), self.page_number(places.exhibits.get(one.exhibit.handle, 0)))
            for one, pdf in self.exhibits
        ]
        texts = {
            COVER: annexes.cover(complaint, copy, outline),
            CONTENTS: annexes.contents(complaint, parts_of(complaint, page), numbers),
            FIGURES: annexes.figures(complaint),
            CHRONOLOGY: annexes.chronology(complaint),
            TABLE: annexes.table_of_exhibits(complaint, rows),
            INTEGRITY: annexes.integrity(complaint),
        }
        layouts = {section: self._layout(section, resolved(text, words_of)) for section, text in texts.items()}
        return {**layouts, COMPLAINT: self._layout(COMPLAINT, page)}

    def _reference(self, name: str, places: Places) -> str:
        """Ex. C, p. 0012; or Entry 41, p. 0007."""
        label = self.complaint.label_of(name)
        handle = name.removeprefix(EXHIBIT) if name.startswith(EXHIBIT) else ""
        labels = {f"Ex. {one.label}": one.exhibit.handle for one, _ in self.exhibits}
        page = places.exhibits.get(handle or labels.get(label, ""), 0) or places.events.get(label, 0)
        return f"{label}, {self.page_number(page)}" if label else f"[[{name}]]"

    def _layout(self, section: str, source: str | LetterPage) -> Layout:
        if (section, source) not in self.laid:
            self.laid[section, source] = (
                letter_layout(source)
                if isinstance(source, LetterPage)
                else document_layout(self._document(self.complaint.kit.pages["titles"][section], source))
            )
        return self.laid[section, source]

    def _document(self, title: str, text: str) -> Document:
        dated = self.complaint.packet.dated
        foot = self.complaint.record_line
        return Document(title=title, contents=blocks(text), dated=dated, foot=foot, page_words="")

    def _places(self, layouts: Mapping[str, Layout]) -> Places:
        sections: dict[str, int] = {}
        page = 1
        for section in BEFORE_EXHIBITS:
            sections[section] = page
            page += len(layouts[section].pages)
        exhibits: dict[str, int] = {}
        for one, pdf in self.exhibits:
            exhibits[one.exhibit.handle] = page
            cover = self.covers.get(one.label)
            page += len(pdf.pages) + (len(cover.pages) if cover else 0)
        sections[INTEGRITY] = page
        return Places(
            sections=sections,
            exhibits=exhibits,
            events=self._event_pages(layouts[CHRONOLOGY], sections[CHRONOLOGY]),
            parts=self._part_pages(layouts[COMPLAINT], sections[COMPLAINT]),
            total=page + len(layouts[INTEGRITY].pages) - 1,
        )

    def _event_pages(self, layout: Layout, first: int) -> dict[str, int]:
        """The page on which each event's number stands in its own column."""
        numbers = {event.number for event in self.complaint.chronology}
        found: dict[str, int] = {}
        for number, page in enumerate(layout.pages, first):
            for line in page.lines:
                if line.spans and line.spans[0].text in numbers:
                    found.setdefault(line.spans[0].text, number)
        return found

    def _part_pages(self, layout: Layout, first: int) -> dict[str, int]:
        pages = ["".join("".join(line.text.split()).replace("•", "") for line in page.lines) for page in layout.pages]
        said = parts_of(self.complaint, self.complaint.page(self.complaint.label_of))
        return {
            one.part.id: first + next((n for n, page in enumerate(pages) if _start_of(one.words) in page), 0)
            for one in said
            if one.words
        }

    def _drawn(self, layouts: Mapping[str, Layout]) -> bytes:
        """All our own pages as one document, so that its faces are in the file once."""
        named = {self.complaint.kit.pages["titles"][section]: layout for section, layout in layouts.items()}
        for name, layout in (*named.items(), *((f"Exhibit {label}", cover) for label, cover in self.covers.items())):
            refuse_what_no_font_has(layout, name)
        pages = [page for layout in (*layouts.values(), *self.covers.values()) for page in layout.pages]
        dated, lang = self.complaint.packet.dated, self.complaint.letter.lang
        return drawn(Layout(pages, []), title="", lang=lang, dated=dated, stamp=DRAFT if self.draft else "")

    def _parts(self, layouts: Mapping[str, Layout], own: Iterator[pikepdf.Page]) -> list[Part]:
        """All parts in their order; `own` are our pages in the order in which they were drawn."""
        sections = {section: self._part(section, layout, own) for section, layout in layouts.items()}
        exhibits = [part for one, pdf in self.exhibits for part in self._exhibit_parts(one, pdf, own)]
        return [*(sections[section] for section in BEFORE_EXHIBITS), *exhibits, sections[INTEGRITY]]

    def _part(self, section: str, layout: Layout, own: Iterator[pikepdf.Page]) -> Part:
        title = self.complaint.kit.pages["titles"][section]
        headings = tuple((mark.text, mark.page) for mark in layout.outline if mark.level > 1)
        return Part(title=title, pages=list(islice(own, len(layout.pages))), headings=headings)

    def _exhibit_parts(self, one: Labelled, pdf: pikepdf.Pdf, own: Iterator[pikepdf.Page]) -> Iterator[Part]:
        name = f"Exhibit {one.label}"
        title = f"{name}: {one.title}"
        if one.label in self.covers:
            yield Part(title=title, within=True, pages=list(islice(own, len(self.covers[one.label].pages))))
            title = ""
        yield Part(title=title, within=True, pages=list(pdf.pages), label=name)

    @cached_property
    def covers(self) -> Mapping[str, Layout]:
        """By label: the sheet before each exhibit, where there are such sheets."""
        return {one.label: self._cover(one) for one, _ in self.exhibits if self.complaint.packet.covers}

    def _cover(self, one: Labelled) -> Layout:
        """Its label large enough to be found while turning the pages."""
        text = resolved(annexes.exhibit_cover(self.complaint, one), self.complaint.label_of)
        document = self._document(f"Exhibit {one.label}", text)
        heading, *rest = document.contents
        line = line_of(heading.text, 0, LABEL_DEPTH, size=LABEL_SIZE, bold=True)  # type: ignore[union-attr]
        label = Box(lines=(line,), height=LABEL_DEPTH + LABEL_SIZE / 2, leading=LABEL_DEPTH, whole=True, ruled=True)
        return document_layout(replace(document, contents=(label, *rest)))


def _start_of(words: str) -> str:
    return "".join(words.split())[:40]
