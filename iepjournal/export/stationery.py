"""Where things stand on a letter's paper: return address, window, text, room to sign, page headers, record line.

US Letter, folded in three for a #10 envelope: whichever way the sheet slides, the first addressee shows in the window
and nothing else does.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from iepjournal.export.blocks import BREAK, Heading, Paragraph, Run, blocks
from iepjournal.export.pagination import HEIGHT, WIDTH, Frame, paginate
from iepjournal.export.typeset import Box, boxes, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iepjournal.core.letters import LetterPage
    from iepjournal.export.blocks import Block
    from iepjournal.export.pagination import Layout, Page

LEFT, RIGHT = 79.0, WIDTH - 79.0
SENDER_BASELINE = 58.0
DATE_BASELINE = 136.0
WINDOW_TOP, WINDOW_BOTTOM = 148.0, 228.0
"""The window is 1 1/8 in high, 1/2 in from the edge of the envelope; the sheet may slide by 11/24 in."""
TEXT_TOP = 256.0
HEADER_BASELINE = 54.0
NEXT_PAGES_TOP = 84.0
BOTTOM = HEIGHT - 76.0
FOOT_BASELINE = HEIGHT - 40.0
ADDRESS_LEADING = 13.5
SMALL, SMALLEST = 9.0, 8.0
SIGNING_ROOM = 40.0
LONGEST_CLOSING = 60
MOST_KEPT_BELOW = 3
"""So many enclosures and copies stay with the signature; a page of a copy line alone says nothing."""
MOST_LINES_CARRIED = 6
"""A last paragraph of so many lines goes to the next page whole, when the signature has to; the one before it goes too
where the last is a line of thanks."""


def letter_layout(page: LetterPage) -> Layout:
    """The letter's pages, every line in its place."""
    layout = paginate(_letter_boxes(page), _frame)
    _address(layout.pages[0], page)
    _name_pages(layout, page)
    for sheet in layout.pages:
        sheet.lines.sort(key=lambda line: line.y)
    return layout


def closing_of(text: Sequence[Block]) -> int | None:
    """Which block is the closing (“Sincerely,”): the last short line with a comma at its end and a name after it."""
    for number in range(len(text) - 2, 0, -1):
        if _is_short(text[number]) and text[number].text.endswith(",") and _is_short(text[number + 1]):
            return number
    return None


def _is_short(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.depth and len(block.text) <= LONGEST_CLOSING


def _frame(number: int) -> Frame:
    return Frame(LEFT, RIGHT, TEXT_TOP if number == 1 else NEXT_PAGES_TOP, BOTTOM)


def _letter_boxes(page: LetterPage) -> Iterator[Box]:
    others = [Paragraph(runs=_lines_as_runs(address)) for address in page.addressees[1:]]
    text = [*others, *blocks(page.text)]
    if page.cc:
        text.append(Paragraph(runs=_lines_as_runs(page.cc), marker="cc:"))
    starts = [number for number, block in enumerate(text) if _is_chapter(block)]
    for start, end in pairwise((0, *starts, len(text))):
        yield from _chapter(text[start:end])


def _is_chapter(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


def _chapter(text: Sequence[Block]) -> Iterator[Box]:
    """A letter, or its text in another language, which begins on a page of its own."""
    if text and _is_chapter(text[0]):
        yield from (replace(heading, starts_page=True) for heading in _set(text[:1]))
        text = text[1:]
    closing = closing_of(text)
    if closing is None:
        yield from _set(text)
        return
    *before, last = _set(text[:closing])
    if before and len(last.lines) == 1 and len(before[-1].lines) <= MOST_LINES_CARRIED:
        before[-1] = replace(before[-1], keeps_next=True, whole=True)
    yield from before
    yield replace(last, keeps_next=True, whole=len(last.lines) <= MOST_LINES_CARRIED)
    sincerely, name = _set(text[closing : closing + 2])
    yield replace(sincerely, keeps_next=True)
    below = list(_set(text[closing + 2 :]))
    yield replace(name, whole=True, gap=SIGNING_ROOM, keeps_next=0 < len(below) <= MOST_KEPT_BELOW)
    for left, box in enumerate(below, start=1 - len(below)):
        yield replace(box, keeps_next=len(below) <= MOST_KEPT_BELOW and left < 0)


def _set(text: Sequence[Block]) -> Iterator[Box]:
    return boxes(text, RIGHT - LEFT)


def _lines_as_runs(lines: Sequence[str]) -> tuple[Run, ...]:
    return tuple(run for line in lines for run in (Run(BREAK), Run(line)))[1:]


def _address(first: Page, page: LetterPage) -> None:
    """Who writes, when, and to whom: the address in the middle of the window."""
    for number, text in enumerate(page.sender):
        first.lines.append(line_of(text, LEFT, SENDER_BASELINE + ADDRESS_LEADING * number))
    first.lines.append(line_of(page.date_line, LEFT, DATE_BASELINE))
    address = page.addressees[0] if page.addressees else ()
    slack = max(0.0, WINDOW_BOTTOM - WINDOW_TOP - ADDRESS_LEADING * len(address))
    for number, text in enumerate(address):
        baseline = WINDOW_TOP + slack / 2 + ADDRESS_LEADING * (number + 0.75)
        first.lines.append(line_of(text, LEFT, baseline))


def _name_pages(layout: Layout, page: LetterPage) -> None:
    """To whom, when and which page on every page but the first; the record line at the foot of each."""
    name = page.addressees[0][0] if page.addressees else page.title
    for number, sheet in enumerate(layout.pages, 1):
        if number > 1:
            header = f"{name} · {page.date_line} · {page.page_words.format(number, len(layout.pages))}"
            sheet.lines.append(line_of(header, LEFT, HEADER_BASELINE, size=SMALL, quiet=True))
        if page.record_line:
            sheet.lines.append(line_of(page.record_line, LEFT, FOOT_BASELINE, size=SMALLEST, quiet=True))
