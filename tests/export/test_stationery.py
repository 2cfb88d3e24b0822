from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.export.blocks import blocks
from iepjournal.export.stationery import LEFT, closing_of, letter_layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.core.letters import LetterPage
    from iepjournal.export.pagination import Page
    from iepjournal.export.typeset import Line

    MakeLetter = Callable[..., LetterPage]

INCH = 72.0
FOLD = 11 * INCH / 3
WINDOW_LOW, WINDOW_HIGH = 0.5 * INCH, 1.625 * INCH
"""From the lower edge of a #10 envelope."""


def line(page: Page, text: str) -> Line:
    (found,) = [line for line in page.lines if line.text.startswith(text)]
    return found


def test_the_whole_address_and_nothing_else_shows_in_the_window_of_a_sheet_at_rest(letter: MakeLetter) -> None:
    address = ("Dr. Alice Lott", "Special Education Director", "Rankin County", "1220 Apple Park Place", "Brandon, MS")
    page = letter_layout(letter(addressees=(address,))).pages[0]
    top, bottom = FOLD - WINDOW_HIGH, FOLD - WINDOW_LOW
    inside = [line.text for line in page.lines if top < line.y - 8 and line.y < bottom]
    touching = [line.text for line in page.lines if top < line.y + 3 and line.y - 8 < bottom]
    assert tuple(inside) == tuple(touching) == address


def test_the_address_stays_in_the_window_when_the_sheet_slides_to_the_right(letter: MakeLetter) -> None:
    assert LEFT + (9.5 - 8.5) * INCH < (0.875 + 4.5 - 2) * INCH
    assert LEFT > 0.875 * INCH


def test_the_closing_is_found_in_any_words_and_a_greeting_is_none() -> None:
    letter = blocks("Dear Dr. Lott,\n\nThank you.\n\nCon respeto,\n\nDana Carter\n\nEnclosures: 2")
    assert closing_of(letter) == 2
    assert closing_of(blocks("Dear Dr. Lott,\n\n" + "A long paragraph. " * 9)) is None
    assert closing_of(blocks("")) is None


def test_the_other_language_begins_a_page_and_has_its_own_room_to_sign(letter: MakeLetter) -> None:
    one = "Dear Dr. Lott:\n\nThank you.\n\nSincerely,\n\nDana Carter"
    pages = letter_layout(letter(f"{one}\n\n# English text\n\n{one}")).pages
    assert [line(page, "Dana Carter" if n else "Sincerely").text for n, page in enumerate(pages)] == [
        "Sincerely,",
        "Dana Carter",
    ]
    assert pages[1].lines[1].text == "English text"
    for page in pages:
        signed = [found.y for found in page.lines if found.text in ("Sincerely,", "Dana Carter")][-2:]
        assert signed[1] - signed[0] > 0.5 * INCH


def test_there_is_room_to_sign_by_hand(letter: MakeLetter) -> None:
    page = letter_layout(letter("Dear Dr. Lott:\n\nThank you.\n\nSincerely,\n\nDana Carter\n\nEnclosures: 1")).pages[0]
    assert page.lines[-2].y - line(page, "Sincerely,").y > 0.5 * INCH
    assert page.lines[-1].y - page.lines[-2].y < 0.4 * INCH


def test_the_signature_never_stands_alone_on_a_page(letter: MakeLetter) -> None:
    for filling in range(15, 40):
        body = "\n".join(f"Line {number}" for number in range(filling))
        text = f"Dear Dr. Lott:\n\n{body}\n\nThe last words.\n\nSincerely,\n\nDana Carter\n\nEnclosure: one"
        pages = letter_layout(letter(text, cc=("Mr. Reed, Principal",))).pages
        closing_page = next(page for page in pages if any(line.text == "Sincerely," for line in page.lines))
        texts = [line.text for line in closing_page.lines]
        assert texts.index("The last words.") + 1 == texts.index("Sincerely,")
        below = texts[texts.index("Sincerely,") :]
        assert "Dana Carter" in below
        assert "Enclosure: one" in below
        assert any("Mr. Reed, Principal" in text for text in below), "nor does the line of copies"


def test_no_page_begins_with_thanks_and_a_signature_alone(letter: MakeLetter) -> None:
    for filling in range(15, 40):
        body = "\n\n".join(f"Line {number}" for number in range(filling))
        text = f"Dear Dr. Lott:\n\n{body}\n\nPlease answer.\nIn writing.\n\nThank you.\n\nSincerely,\n\nDana Carter"
        pages = letter_layout(letter(text)).pages
        last = [
            line.text for line in next(page for page in pages if any("Thank" in one.text for one in page.lines)).lines
        ]
        assert last[last.index("Thank you.") - 2 :][:2] == ["Please answer.", "In writing."]


def test_further_addressees_follow_under_the_window(letter: MakeLetter) -> None:
    page = letter_layout(
        letter(addressees=(("Dr. Lott", "Brandon"), ("Office of Special Education", "Jackson")))
    ).pages[0]
    texts = [line.text for line in page.lines]
    assert texts.index("Office of Special Education") < texts.index("Dear Dr. Lott:")
    assert line(page, "Office").y > FOLD - WINDOW_LOW
