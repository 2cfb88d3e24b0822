"""Sets words into lines of a given number of terminal cells: wraps, rows, bars. Pure; knows no widget and no Case.

Every piece carries the name of a role ("quiet", "alert") that the stylesheets colour; user text can never be markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

Piece = tuple[str, str]
"""Text and its role; "" is plain text."""

HEADING, STRONG, QUIET, ACCENT, ALERT, GOOD, BAR = "heading", "strong", "quiet", "accent", "alert", "good", "bar"
ROLES = (HEADING, STRONG, QUIET, ACCENT, ALERT, GOOD, BAR)

MOST_NUMBERED = 9
SHORTEST_TITLE = 12
"""A title column narrower than this gives way, and the notes go below."""


class Line(NamedTuple):
    """One line of a page; several lines of one row carry the same pick."""

    pieces: tuple[Piece, ...] = ()
    pick: Hashable | None = None

    @property
    def text(self) -> str:
        """The words without their roles."""
        return "".join(text for text, _ in self.pieces)


class Source(Protocol):
    """Lines that are made when they are drawn, so that ten thousand cost no more than a screenful."""

    @property
    def picks(self) -> Sequence[Hashable]:
        """What can be picked, from the top."""

    def __len__(self) -> int:
        """How many lines there are."""

    def __getitem__(self, y: int, /) -> Line:
        """The line at a height."""

    def first_line(self, index: int) -> int:
        """Where the pick at an index begins."""


class Row(NamedTuple):
    """One thing of a list: what it is, what is said of it, and what picking it means."""

    title: str
    note: str = ""
    pick: Hashable | None = None
    note_role: str = QUIET
    title_role: str = ""
    lead: str = ""
    """Stands before the title in place of the row's number."""
    below: tuple[str, ...] = ()
    """What else is said of it, under the title."""


class Sheet:
    """A page being written from the top, for one width; a Source when done."""

    def __init__(self, width: int, *, numbered: bool = True) -> None:
        self.width = max(width, 10)
        self.numbered = numbered
        self.lines: list[Line] = []
        self.picks: list[Hashable] = []
        self._first: list[int] = []

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, y: int, /) -> Line:
        return self.lines[y]

    def first_line(self, index: int) -> int:
        """Where the pick at an index begins."""
        return self._first[index]

    @property
    def text(self) -> str:
        """The whole page as plain text."""
        return "\n".join(line.text.rstrip() for line in self.lines)

    def for_reading(self) -> Sheet:
        """The same page where nothing can be picked: for a pane beside the list."""
        self.picks.clear()
        return self

    def heading(self, text: str, note: str = "") -> None:
        """A title with an empty line above it, unless it is the first."""
        if self.lines and self.lines[-1].pieces:
            self.blank()
        for part in wrap(text, self.width - 1):
            self.lines.append(Line(((" ", ""), (part, HEADING))))
        if note:
            self.paragraph(note, role=QUIET)

    def blank(self) -> None:
        """An empty line; a page never begins with one."""
        if self.lines:
            self.lines.append(Line())

    def paragraph(self, text: str, *, role: str = "", indent: int = 1, pick: Hashable | None = None) -> None:
        """Wrapped text; its own line breaks are kept."""
        if pick is not None:
            self._note_pick(pick)
        for part in wrap(text, self.width - indent):
            self.lines.append(Line(((" " * indent, ""), (part, role)), pick))

    def pieces(self, *pieces: Piece, pick: Hashable | None = None) -> None:
        """One line as it is given, cut at the width."""
        if pick is not None:
            self._note_pick(pick)
        self.lines.append(Line(cut(pieces, self.width), pick))

    def rows(self, rows: Iterable[Row], *, notes_right: bool = False) -> None:
        """A list in two columns, numbered where there is something to pick; long words wrap inside their column.

        With `notes_right` the notes end at the right edge, as figures do.
        """
        listed = list(rows)
        if not listed:
            return
        lead = max([3 if self.numbered else 1, *(cell_len(row.lead) + 1 for row in listed if row.lead)])
        room = self.width - lead
        widest_note = max(cell_len(row.note) for row in listed)
        widest_title = max(cell_len(row.title) for row in listed)
        column = min(widest_title, room - widest_note - 2)
        if notes_right or column < min(SHORTEST_TITLE, widest_title) or _height(listed, column) > _height(listed, room):
            column = 0
        for row in listed:
            self._row(row, lead, room, column)

    def fields(self, rows: Iterable[Row]) -> None:
        """Labels with what they hold beside them; what is long, or has lines of its own, wraps in its column."""
        listed = list(rows)
        column = max((cell_len(row.title) for row in listed), default=0) + 2
        lead = 3 if self.numbered else 1
        for row in listed:
            number = self._number(row.pick).rjust(lead - 1) + " "
            for i, part in enumerate(wrap(row.note, self.width - lead - column)):
                start = (number, STRONG), (pad(row.title, column), row.title_role)
                blank = (" " * (lead + column), "")
                self.lines.append(Line((*(start if i == 0 else (blank,)), (part, row.note_role)), row.pick))

    def _row(self, row: Row, lead: int, room: int, column: int) -> None:
        """One row, its note in a column of its own, or at the right edge where there is none."""
        number = self._number(row.pick)
        start: Piece = (row.lead.ljust(lead), QUIET) if row.lead else (number.rjust(lead - 1) + " ", STRONG)
        titles = wrap(row.title, column or room)
        below = row.note and not column and cell_len(titles[-1]) + 2 + cell_len(row.note) > room
        for i, title in enumerate(titles):
            pieces: list[Piece] = [start if i == 0 else (" " * lead, ""), (title, row.title_role)]
            if row.note and not below and i == (0 if column else len(titles) - 1):
                end = column + 2 if column else room - cell_len(row.note)
                pieces += [(" " * (end - cell_len(title)), ""), (row.note, row.note_role)]
            self.lines.append(Line(tuple(pieces), row.pick))
        more = [part for text in row.below for part in wrap(text, room)]
        if below and more and cell_len(more[0]) + 2 + cell_len(row.note) <= room:
            gap = " " * (room - cell_len(more[0]) - cell_len(row.note))
            self.lines.append(
                Line(((" " * lead, ""), (more.pop(0), QUIET), (gap, ""), (row.note, row.note_role)), row.pick)
            )
        else:
            for note in wrap(row.note, room) if below else ():
                self.lines.append(Line(((" " * (lead + room - cell_len(note)), ""), (note, row.note_role)), row.pick))
        self.lines += [Line(((" " * lead, ""), (part, QUIET)), row.pick) for part in more]

    def _number(self, pick: Hashable | None) -> str:
        if pick is None:
            return ""
        self._note_pick(pick)
        return str(len(self.picks)) if self.numbered and len(self.picks) <= MOST_NUMBERED else ""

    def _note_pick(self, pick: Hashable) -> None:
        self.picks.append(pick)
        self._first.append(len(self.lines))


def width_of(text: str) -> int:
    """How many cells a text takes."""
    return cell_len(text)


def pad(text: str, width: int) -> str:
    """Text filled with blanks to a width in cells."""
    return text + " " * (width - cell_len(text))


def fit(text: str, width: int) -> str:
    """One line of text, cut with a mark where it is too long."""
    line = " ".join(text.split())
    if cell_len(line) <= width:
        return line
    return (chop_cells(line, width - 1)[0].rstrip() + "…") if width > 1 else "…"[:width]


def cut(pieces: Iterable[Piece], width: int) -> tuple[Piece, ...]:
    """Pieces up to a width; the one that crosses it ends with a mark."""
    kept: list[Piece] = []
    left = width
    for text, role in pieces:
        size = cell_len(text)
        if size <= left:
            kept.append((text, role))
            left -= size
        else:
            kept.append((chop_cells(text, left - 1)[0] + "…" if left > 1 else "…"[:left], role))
            break
    return tuple(kept)


def wrap(text: str, width: int) -> list[str]:
    """Lines no wider than `width` cells, broken at blanks; a longer word is broken where it must be."""
    width = max(width, 1)
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if cell_len(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *whole, line = chop_cells(word, width) or [""]
            lines += whole
        lines.append(line)
    return lines


def packed(phrases: Iterable[str], width: int, *, between: str = " · ") -> list[str]:
    """Short phrases on as few lines as they need; none is broken that fits on a line."""
    lines: list[str] = []
    for phrase in filter(None, phrases):
        if lines and cell_len(lines[-1]) + cell_len(between) + cell_len(phrase) <= width:
            lines[-1] += f"{between}{phrase}"
        else:
            lines.append(phrase)
    return lines


def _height(rows: Sequence[Row], column: int) -> int:
    """How many lines the titles take in a column of this width."""
    return sum(len(wrap(row.title, column)) for row in rows)


BAR_STEPS = " ▁▂▃▄▅▆▇"


def bar(part: float, whole: float) -> str:
    """One character for how much of something there was; the lowest visible step for nothing of something."""
    if whole <= 0:
        return "·"
    step = round(min(max(part / whole, 0), 1) * (len(BAR_STEPS) - 2)) + 1
    return BAR_STEPS[step]


def filled_bar(done: int, total: int, width: int) -> str:
    """How much of a piece of work is done, as a bar of so many cells."""
    full = width * done // total if total else 0
    return "▇" * full + "▁" * (width - full)
