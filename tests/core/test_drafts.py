"""The names of drafts: what was begun in one place is found, and said in words, in another."""

from __future__ import annotations

import pytest

from iepjournal.core import drafts


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (drafts.of_correction(4), "the correction of entry 4"),
        (drafts.of_letter(12), "changes to letter 12"),
        (drafts.of_claim(2), "claim 2"),
        (drafts.EFFECT, "what it did to your child"),
        ("of-a-later-version", "of-a-later-version"),
    ],
)
def test_a_draft_is_said_in_words(name: str, words: str) -> None:
    assert drafts.called(name) == words


def test_the_packets_drafts_are_known_by_how_they_begin() -> None:
    assert all(name.startswith(drafts.PACKET) for name in (drafts.of_claim(1), drafts.EFFECT))
