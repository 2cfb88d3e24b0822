"""Blocks -> boxes of broken lines: by measured words, left aligned; columns as wide as there is to read in them.

All measures are points from the top left corner. Knows neither pages nor a file format.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from iepjournal.export.blocks import BREAK, Block, Heading, Paragraph, Run, Table
from iepjournal.export.fonts import (
    CLUSTER,
    NO_BREAK_SPACE,
    Face,
    Piece,
    blank,
    joined,
    normalized,
    piece_of,
    pieces,
    spectral,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SIZE, LEADING = 11.25, 15.0
INDENT, MARKER_BACK, MARKER_GAP = 22.0, 13.0, 5.0
PARAGRAPH_GAP, ITEM_GAP = 8.0, 2.5
HEADINGS = {1: (17.0, 22.0), 2: (13.5, 18.0)}
"""Level -> size and leading; deeper levels are bold text."""
TABLE_SCALE = 0.89
CELL_GAP, ROW_GAP = 11.0, 2.5
NARROWEST_TEXT, HARDLY_HIGHER = (108.0, 96.0, 84.0, 72.0, 60.0), 1.06
"""Widths tried for columns in which lines are broken, and what is hardly higher than the least high table."""
ROOM_TO_WRITE = 19.0
"""In a row that is empty."""
SMALL_TABLE, SMALL_HEIGHT = 6, 240.0
"""So many rows stay on one page, unless they are as high as this together."""


class Span(NamedTuple):
    """Text in one face at one place of a line."""

    x: float
    text: str
    face: Face
    size: float
    width: float
    link: str = ""
    missing: str = ""


class Line(NamedTuple):
    """Spans on one baseline."""

    y: float
    spans: tuple[Span, ...]
    quiet: bool = False
    """Furniture, set in grey."""

    @property
    def text(self) -> str:
        """Its words as they read."""
        return "".join(span.text for span in self.spans)


class Shape(NamedTuple):
    """A rectangle: part of a bar, told from its neighbours without colour."""

    x: float
    y: float
    width: float
    height: float
    fill: Literal["solid", "hatched", "open"]


@dataclass(frozen=True, kw_only=True)
class Box:
    """Lines that were broken and not yet placed."""

    lines: tuple[Line, ...]
    """Each `y` is the baseline's depth under the top of the box."""
    height: float
    leading: float
    gap: float = 0
    """Above it, unless it comes first on its page."""
    whole: bool = False
    """Never parted between pages, if a page can hold it."""
    keeps_next: bool = False
    """Stays on the page of what follows."""
    starts_page: bool = False
    ruled: bool = False
    """A thin line under it."""
    header: Box | None = None
    """Of a table, set again on each page the table goes on to."""
    heading: Heading | None = None
    shapes: tuple[Shape, ...] = ()
    """Of a drawing, from the box's top left corner; a drawing is whole."""


def boxes(blocks: Iterable[Block | Box], width: float, size: float = SIZE, leading: float = LEADING) -> Iterator[Box]:
    """Break every block into lines of at most `width`; a box that was drawn by hand is taken as it is."""
    for block in blocks:
        match block:
            case Paragraph():
                yield _paragraph(block, width, size, leading)
            case Heading():
                yield _heading(block, width, size, leading)
            case Table():
                yield from _table(block, width, size, leading)
            case Box():
                yield block


def line_of(text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False, quiet: bool = False) -> Line:
    """One line of plain text at one place."""
    words = _words((Run(text, "B" if bold else ""),))
    return Line(y, _spans(words[0] if words else [], x, size), quiet)


def width_of(line: Line) -> float:
    """How far its last span reaches from its first."""
    return line.spans[-1].x + line.spans[-1].width - line.spans[0].x if line.spans else 0.0


Word = tuple[tuple[Piece, str], ...]
"""Pieces and the link each belongs to; no blank within."""


def _paragraph(block: Paragraph, width: float, size: float, leading: float) -> Box:
    indent = INDENT * block.depth
    marker = _words((Run(block.marker),))[0]
    marker_x = indent - MARKER_BACK if block.depth else 0.0
    marker_end = marker_x + sum(map(_em_width, marker)) * size + MARKER_GAP
    hang = max(indent, marker_end) if marker else indent
    lines = _broken(block.runs, width - hang, hang, size, leading)
    lines[0] = lines[0]._replace(spans=(*_spans(marker, marker_x, size), *lines[0].spans))
    gap = (ITEM_GAP if block.tight else PARAGRAPH_GAP) * leading / LEADING
    return Box(lines=tuple(lines), height=leading * len(lines), leading=leading, gap=gap)


def _heading(block: Heading, width: float, size: float, leading: float) -> Box:
    scale = size / SIZE
    size, leading = (measure * scale for measure in HEADINGS.get(block.level, (SIZE, LEADING)))
    runs = tuple(replace(run, style="BI" if "I" in run.style else "B") for run in block.runs)
    lines = _broken(runs, width, 0, size, leading)
    return Box(
        lines=tuple(lines), height=leading * len(lines) + 2, leading=leading, gap=leading * 0.8,
        whole=True, keeps_next=True, heading=block,
    )  # fmt: skip


def _table(block: Table, width: float, size: float, leading: float) -> Iterator[Box]:
    size, leading = size * TABLE_SCALE, leading * TABLE_SCALE
    columns = _column_widths(block, width, size)
    bold = [tuple(replace(run, style="B") for run in cell) for cell in block.header]
    header = _row(bold, block, columns, size, leading)
    yield replace(header, gap=PARAGRAPH_GAP, keeps_next=True)
    rows = [_row(row, block, columns, size, leading) for row in block.rows]
    is_small = len(rows) <= SMALL_TABLE and sum(row.height for row in rows) <= SMALL_HEIGHT
    for number, row in enumerate(rows, 1):
        yield replace(row, header=header, keeps_next=is_small and number < len(rows))


def _row(cells: Sequence[tuple[Run, ...]], table: Table, columns: list[float], size: float, leading: float) -> Box:
    spans_of_line: list[list[Span]] = []
    x = 0.0
    for cell, width, aligned in zip(cells, columns, table.aligned, strict=True):
        for number, line in enumerate(_broken(cell, width, x, size, leading)):
            if number == len(spans_of_line):
                spans_of_line.append([])
            spare = width - width_of(line)
            shift = {"left": 0.0, "right": spare, "center": spare / 2}[aligned]
            spans_of_line[number] += [span._replace(x=span.x + shift) for span in line.spans]
        x += width + CELL_GAP
    lines = tuple(Line(ROW_GAP + leading * (n + 0.75), tuple(spans)) for n, spans in enumerate(spans_of_line))
    text_height = leading * len(lines) if any(spans_of_line) else ROOM_TO_WRITE
    return Box(lines=lines, height=text_height + 2 * ROW_GAP, leading=leading, whole=True, ruled=True)


def _column_widths(table: Table, width: float, size: float) -> list[float]:
    """The widths in which the table gets hardly higher than it must, of some that are fair to every column.

    What is left over goes to the columns that are there to be written in, else to the widest.
    """
    header = [_measured([replace(run, style="B") for run in cell], size) for cell in table.header]
    rows = [header, *([_measured(cell, size) for cell in row] for row in table.rows)]
    room = width - CELL_GAP * (len(table.header) - 1)
    tried = [_shared(rows, room, narrowest) for narrowest in NARROWEST_TEXT]
    lines = [_lines_in(rows, widths) for widths in tried]
    given = next(widths for widths, count in zip(tried, lines, strict=True) if count <= min(lines) * HARDLY_HIGHER)
    left = room - sum(given)
    to_write_in = [n for n in range(len(given)) if table.rows and not any(row[n] for row in table.rows)]
    for column in to_write_in or [given.index(max(given))]:
        given[column] += left / (len(to_write_in) or 1)
    return given


def _shared(rows: Sequence[Sequence[_Measured]], room: float, narrowest: float) -> list[float]:
    """Each column as wide as its text; what is too long for that shares the rest by how much there is to read in it."""
    columns = list(zip(*rows, strict=True))
    wanted = [max(cell.line for cell in cells) for cells in columns]
    given: dict[int, float] = {}
    for column in sorted(range(len(columns)), key=wanted.__getitem__):
        if wanted[column] > room / (len(columns) - len(given)):
            break
        given[column] = wanted[column]
        room -= wanted[column]
    to_read = {n: sum(cell.line for cell in columns[n]) for n in range(len(columns)) if n not in given}
    for column in sorted(to_read, key=to_read.__getitem__):
        share = room * to_read[column] / sum(to_read[other] for other in to_read if other not in given)
        least = max(narrowest, *(cell.word for cell in columns[column]))
        given[column] = max(share, min(least, room / (len(columns) - len(given))))
        room -= given[column]
    return [given[column] for column in range(len(columns))]


def _lines_in(rows: Sequence[Sequence[_Measured]], widths: Sequence[float]) -> int:
    """How many lines the rows take in columns of these widths."""
    return sum(max(cell.lines_in(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


@dataclass(frozen=True)
class _Measured:
    """A cell's words: how wide each is, by the lines they were typed in."""

    words: tuple[tuple[float, ...], ...]
    blank: float

    @cached_property
    def line(self) -> float:
        """The longest line, were it not broken."""
        return max((sum(words) + self.blank * len(words) for words in self.words), default=0.0)

    @cached_property
    def word(self) -> float:
        """The longest word."""
        return max((word for words in self.words for word in words), default=0.0)

    def lines_in(self, width: float) -> int:
        """Into how many lines it is broken."""
        if self.line <= width:
            return len(self.words)
        count = 0
        for words in self.words:
            room = 0.0
            for word in words:
                if word > room:
                    count, room = count + 1, width
                room -= word + self.blank
        return count


def _measured(runs: Iterable[Run], size: float) -> _Measured:
    words = tuple(tuple(_em_width(word) * size for word in words) for words in _words(runs))
    return _Measured(words, spectral("B").widths[32] * size)


def _broken(runs: Iterable[Run], width: float, x: float, size: float, leading: float) -> list[Line]:
    lines: list[Line] = []
    for words in _words(runs):
        for broken in _fitted(words, width / size):
            lines.append(Line(leading * (len(lines) + 0.75), _spans(broken, x, size)))
    return lines


def _words(runs: Iterable[Run]) -> list[list[Word]]:
    """The words of each line as it was typed; runs that touch are one word."""
    lines: list[list[Word]] = [[]]
    touching: tuple[tuple[Piece, str], ...] = ()
    for run in runs:
        if run.text == BREAK:
            if touching:
                lines[-1].append(touching)
            touching = ()
            lines.append([])
            continue
        first, *others = normalized(run.text).split(" ")
        touching += _linked(first, run)
        for word in others:
            if touching:
                lines[-1].append(touching)
            touching = _linked(word, run)
    if touching:
        lines[-1].append(touching)
    return lines


def _linked(word: str, run: Run) -> Word:
    return tuple((piece, run.link) for piece in pieces(word, run.style)) if word else ()


def _em_width(word: Word) -> float:
    return sum(piece.width for piece, _ in word)


def _fitted(words: list[Word], ems: float) -> Iterator[list[Word]]:
    """Words in lines of at most `ems`, a longer word in parts."""
    space = spectral("").widths[32]
    line: list[Word] = []
    room = ems
    for word in words:
        width = _em_width(word)
        if width > room and line:
            yield line
            line, room = [], ems
        if width > ems:
            *full, word = _parts(word, ems)
            yield from ([part] for part in full)
            width = _em_width(word)
        line.append(word)
        room -= width + space
    yield line


def _parts(word: Word, ems: float) -> Iterator[Word]:
    """A word wider than its line, cut between letters."""
    part: Word = ()
    room = ems
    for piece, link in word:
        for number, cluster in enumerate(CLUSTER.findall(piece.text)):
            letter = piece_of(cluster, piece.face)._replace(missing="" if number else piece.missing)
            if letter.width > room and part:
                yield part
                part, room = (), ems
            part += ((letter, link),)
            room -= letter.width
    yield part


def _spans(words: Sequence[Word], x: float, size: float) -> tuple[Span, ...]:
    """As few spans as the faces and links allow, the blanks between words in them."""
    spans: list[Span] = []
    for (_, link), group in groupby(_with_blanks(words), key=lambda linked: (id(linked[0].face), linked[1])):
        text, face, width, missing = joined([piece for piece, _ in group])
        text = text.replace(NO_BREAK_SPACE, " ")
        spans.append(Span(x, text, face, size * face.scale, width * size, link, missing))
        x += width * size
    return tuple(spans)


def _with_blanks(words: Sequence[Word]) -> Iterator[tuple[Piece, str]]:
    for number, word in enumerate(words):
        if number:
            face, link = words[number - 1][-1][0].face, words[number - 1][-1][1]
            yield blank(face), link if link == word[0][1] else ""
        yield from word
