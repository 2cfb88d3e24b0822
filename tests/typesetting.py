"""Texts set on pages, for the tests of lines and of pages."""

from __future__ import annotations

import random

from iepjournal.export.blocks import blocks
from iepjournal.export.pagination import Frame, Layout, paginate
from iepjournal.export.typeset import boxes

FRAME = Frame(left=72, right=540, top=72, bottom=720)
WORDS = ["the", "aide", "was", "not", "in", "the", "room", "at", "ten", "and", "nobody", "came", "on", "Monday"]


def set_on_pages(markdown: str, frame: Frame = FRAME) -> Layout:
    return paginate(boxes(blocks(markdown), frame.width), lambda number: frame)


def prose(words: int, seed: int = 1) -> str:
    choose = random.Random(seed)
    return " ".join(choose.choice(WORDS) for _ in range(words))


def words_on(layout: Layout) -> list[str]:
    return " ".join(line.text for page in layout.pages for line in page.lines).split()
