from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.export.pdf import letter_pdf
from iepjournal.export.preview import preview
from iepjournal.export.stationery import letter_layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.core.letters import LetterPage


def test_the_preview_has_the_lines_and_pages_of_the_pdf(
    letter: Callable[..., LetterPage], tool: Callable[..., str]
) -> None:
    text = "Dear Dr. Lott:\n\n" + "\n\n".join(["Some words that fill more than one line of the page. " * 4] * 20)
    page = letter(text + "\n\n- one item\n- another\n\nSincerely,\n\nDana Carter", cc=("Mr. Reed",))
    shown = [
        [" ".join(line.split()) for line in sheet.splitlines() if line.strip()]
        for sheet in preview(letter_layout(page))
    ]
    printed = [
        [" ".join(line.split()) for line in sheet.splitlines() if line.strip()]
        for sheet in tool("pdftotext", letter_pdf(page), "-layout").split("\f")[:-1]
    ]
    assert shown == printed


def test_columns_and_items_stand_apart(letter: Callable[..., LetterPage]) -> None:
    page = letter("Dear Dr. Lott:\n\n- one\n\n| Service | Due |\n|---|--:|\n| Speech | 900 |")
    lines = preview(letter_layout(page))[0].splitlines()
    assert "  • one" in lines
    assert lines[-1].startswith("Speech   ")
    assert lines[-1].endswith(" 900")
