"""A bar chart by week that reads in black and white: given is solid, not delivered hatched, not known empty."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.dates import MONTHS
from iepjournal.export.typeset import Box, Line, Shape, line_of, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_WEEKS = 42
"""In one chart: a school year and its breaks."""
WIDEST_BAR, BETWEEN_BARS = 13.0, 0.28
PLOT_HEIGHT, AXIS_WIDTH = 92.0, 34.0
LABEL_SIZE, LABEL_LEADING = 8.0, 11.0
LEGEND_HEIGHT, SWATCH = 20.0, 7.0
WEEK = timedelta(days=7)
GAP_ABOVE = 12.0

LEGEND = (("solid", "given"), ("hatched", "not delivered"), ("open", "not known"))


class Bar(NamedTuple):
    """One week, from its Monday."""

    monday: date
    given: float
    missed: float
    unknown: float


def charts(bars: Sequence[Bar], width: float) -> Iterator[Box]:
    """The bars in as many charts as they need, each with its own axis; a week without one leaves its place empty."""
    highest = max((bar.given + bar.missed + bar.unknown for bar in bars), default=0)
    if not highest:
        return
    first = bars[0].monday
    while first <= bars[-1].monday:
        last = min(first + (MOST_WEEKS - 1) * WEEK, bars[-1].monday)
        shown = [bar for bar in bars if first <= bar.monday <= last]
        if shown:
            yield _chart(shown, first, last, highest, width)
        first = last + WEEK


def _chart(bars: Sequence[Bar], first: date, last: date, highest: float, width: float) -> Box:
    weeks = (last - first) // WEEK + 1
    pitch = min((width - AXIS_WIDTH) / weeks, WIDEST_BAR)
    bottom = LEGEND_HEIGHT + PLOT_HEIGHT
    shapes, lines = _legend()
    for bar in bars:
        x = AXIS_WIDTH + (bar.monday - first) // WEEK * pitch
        y = bottom
        for amount, (fill, _) in zip((bar.given, bar.missed, bar.unknown), LEGEND, strict=True):
            if amount:
                height = PLOT_HEIGHT * amount / highest
                y -= height
                shapes.append(Shape(x, y, pitch * (1 - BETWEEN_BARS), height, fill))  # type: ignore[arg-type]
    lines += [*_scale(highest, bottom), *_months(first, weeks, pitch, bottom)]
    shapes.append(Shape(AXIS_WIDTH - 4, bottom, weeks * pitch + 4, 0, "open"))
    height = bottom + 2 * LABEL_LEADING
    return Box(lines=tuple(lines), shapes=tuple(shapes), height=height, leading=height, gap=GAP_ABOVE, whole=True)


def _legend() -> tuple[list[Shape], list[Line]]:
    shapes, lines, x = [], [], AXIS_WIDTH
    for fill, words in LEGEND:
        shapes.append(Shape(x, 1.0, SWATCH, SWATCH, fill))  # type: ignore[arg-type]
        words_line = line_of(words, x + SWATCH + 4, SWATCH + 0.5, size=LABEL_SIZE)
        lines.append(words_line)
        x += SWATCH + 4 + width_of(words_line) + 16
    return shapes, lines


def _scale(highest: float, bottom: float) -> Iterator[Line]:
    """The largest sum and nothing at all, right against the axis."""
    for amount, y in ((highest, bottom - PLOT_HEIGHT), (0, bottom)):
        words = f"{amount:g}"
        x = AXIS_WIDTH - 8 - width_of(line_of(words, 0, 0, size=LABEL_SIZE))
        yield line_of(words, x, y + LABEL_SIZE / 3, size=LABEL_SIZE)


def _months(first: date, weeks: int, pitch: float, bottom: float) -> Iterator[Line]:
    """Each month under the first week that begins in it; the year where it changes."""
    free_from = 0.0
    for number in range(weeks):
        monday = first + number * WEEK
        if number and monday.month == (monday - WEEK).month:
            continue
        x = AXIS_WIDTH + number * pitch
        words = MONTHS[monday.month - 1][:3] + (f" {monday.year}" if number == 0 or monday.month == 1 else "")
        line = line_of(words, x, bottom + LABEL_LEADING, size=LABEL_SIZE)
        if x >= free_from:
            yield line
            free_from = x + width_of(line) + 4
