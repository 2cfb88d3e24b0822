"""Letters to export."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from iepjournal.core.letters import LetterPage

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def letter() -> Callable[..., LetterPage]:
    def make(text: str = "Dear Dr. Lott:\n\nThank you.\n\nSincerely,\n\nDana Carter", **changes: Any) -> LetterPage:
        values: dict[str, Any] = {
            "sender": ("Dana Carter", "12 Elm Street", "Jackson, MS 39201"),
            "dated": date(2026, 3, 23),
            "date_line": "March 23, 2026",
            "addressees": (("Dr. Alice Lott", "Special Education Director", "Brandon, MS 39042"),),
            "text": text,
            "title": "The IEP of March 7, 2026",
            **changes,
        }
        return LetterPage(**values)

    return make
