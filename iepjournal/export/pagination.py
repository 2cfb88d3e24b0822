"""Boxes -> pages of placed lines, none of them stranded at a page's head or foot.

Knows no file format: the PDF and the preview draw the same pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.export.typeset import Box, Line, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

WIDTH, HEIGHT = 612.0, 792.0
"""US Letter."""
FEWEST_LINES = 2
"""Of a paragraph, at the foot of one page or the head of the next."""


class Rule(NamedTuple):
    """A thin line across."""

    x: float
    y: float
    width: float


class Mark(NamedTuple):
    """A heading and the page it stands on."""

    level: int
    text: str
    page: int


@dataclass
class Page:
    """What stands on one page."""

    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)


@dataclass
class Layout:
    """Pages, and where the headings fell."""

    pages: list[Page]
    outline: list[Mark]

    def missing(self) -> Iterator[tuple[str, int, str]]:
        """Each character no face has: with its page and the line it stands in."""
        for number, page in enumerate(self.pages, 1):
            for line in page.lines:
                for span in line.spans:
                    for char in span.missing:
                        yield char, number, line.text


class Frame(NamedTuple):
    """Where text may stand on a page."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left


def paginate(contents: Iterable[Box], frame_of: Callable[[int], Frame]) -> Layout:
    """Fill page after page; `frame_of` says where the text of page n, from 1, may stand."""
    return _Paginator(frame_of).fill(list(contents))


@dataclass
class _Paginator:
    """The page being filled."""

    frame_of: Callable[[int], Frame]
    pages: list[Page] = field(default_factory=list)
    outline: list[Mark] = field(default_factory=list)
    y: float = 0
    is_fresh: bool = True

    def fill(self, contents: list[Box]) -> Layout:
        self._turn()
        for number, box in enumerate(contents):
            is_full = self.y + box.gap + self._least(contents, number) > self.frame.bottom
            if not self.is_fresh and (is_full or box.starts_page):
                self._turn(box.header)
            self.y += 0 if self.is_fresh else box.gap
            if box.heading:
                self.outline.append(Mark(box.heading.level, box.heading.text, len(self.pages)))
            self._place(box)
        return Layout(self.pages, self.outline)

    @property
    def frame(self) -> Frame:
        return self.frame_of(len(self.pages))

    def _turn(self, header: Box | None = None) -> None:
        self.pages.append(Page())
        self.y, self.is_fresh = self.frame.top, True
        if header:
            self._put(header, header.lines)

    def _least(self, contents: list[Box], number: int) -> float:
        """What of this box, and of those it keeps with it, must stand on one page."""
        box = contents[number]
        least = box.height if self._is_whole(box) else box.leading * min(len(box.lines), FEWEST_LINES)
        if box.keeps_next and number + 1 < len(contents):
            return box.height + contents[number + 1].gap + self._least(contents, number + 1)
        return least

    def _is_whole(self, box: Box) -> bool:
        return box.whole and box.height <= self.frame.bottom - self.frame.top

    def _place(self, box: Box) -> None:
        lines = box.lines
        while lines and not self._is_whole(box):
            fitting = int((self.frame.bottom - self.y + 0.01) // box.leading)
            if fitting >= len(lines):
                break
            fitting = max(1, min(fitting, len(lines) - FEWEST_LINES))
            self._put(box, lines[:fitting])
            lines = lines[fitting:]
            self._turn(box.header)
        self._put(box, lines)

    def _put(self, box: Box, lines: tuple[Line, ...]) -> None:
        """These lines of a box where we stand; its rule under the last of them."""
        height = box.height if lines == box.lines else box.leading * len(lines)
        skipped = box.lines[0].y - lines[0].y if lines else 0.0
        for line in lines:
            spans = tuple(span._replace(x=span.x + self.frame.left) for span in line.spans)
            self.pages[-1].lines.append(Line(self.y + line.y + skipped, spans, line.quiet))
        for shape in box.shapes:
            self.pages[-1].shapes.append(shape._replace(x=shape.x + self.frame.left, y=shape.y + self.y))
        self.y += height
        self.is_fresh = False
        if box.ruled:
            self.pages[-1].rules.append(Rule(self.frame.left, self.y, self.frame.width))
