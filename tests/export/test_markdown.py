from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.export.blocks import blocks
from iepjournal.export.markdown import letter_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.core.letters import LetterPage


def test_the_text_is_untouched_between_addresses_that_read_back_as_typed(letter: Callable[..., LetterPage]) -> None:
    odd = ("1. Main St.", "# 3", "* [x](y) <z>")
    text = "Dear Dr. Lott:\n\n**Bold** and 2 ** 3."
    made = letter_markdown(letter(text, sender=odd, addressees=(odd,), cc=odd))
    assert f"\n\n{text}\n\n" in made
    shown = [block.text for block in blocks(made)]
    assert shown[0] == shown[2] == "\n".join(odd)
    assert shown[-1] == "cc: " + "\n".join(odd)
