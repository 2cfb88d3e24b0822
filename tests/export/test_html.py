from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from iepjournal.export.html import letter_html
from iepjournal.export.text import letter_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.core.letters import LetterPage

HOSTILE = "<script>alert(1)</script> <img src=x onerror=y> \"&amp;' [a](javascript:alert(1))"


class Page(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] not in ("style", "title"):
            self.words += data.split()


def test_typed_words_never_become_tags(letter: Callable[..., LetterPage]) -> None:
    page = letter(
        f"{HOSTILE}\n\n- {HOSTILE}", sender=(HOSTILE,), addressees=((HOSTILE,),), cc=(HOSTILE,), title=HOSTILE,
        date_line=HOSTILE, record_line=HOSTILE,
    )  # fmt: skip
    found = Page(letter_html(page))
    assert not {"script", "img", "a", "link", "iframe"} & {tag for tag, _ in found.tags}
    assert " ".join(found.words).count(HOSTILE) == 7


def test_it_has_the_words_of_the_text(letter: Callable[..., LetterPage]) -> None:
    page = letter(
        "Dear Dr. Lott:\n\n**Bold** and *more* words.\n\nSincerely,\n\nDana",
        cc=("Mr. Reed",),
        record_line="Record: two",
    )
    assert Page(letter_html(page)).words == letter_text(page).split()


def test_a_list_keeps_the_numbers_that_were_typed(letter: Callable[..., LetterPage]) -> None:
    found = Page(letter_html(letter("1986. That year.\n1986. That too.")))
    assert [values["value"] for tag, values in found.tags if tag == "li"] == ["1986", "1986"]


def test_it_names_its_language_and_says_when_it_is_a_draft(letter: Callable[..., LetterPage]) -> None:
    html = letter_html(letter(lang="es-US"), draft=True)
    assert '<html lang="es-US">' in html
    assert "DRAFT" in html
    assert "DRAFT" not in letter_html(letter())
