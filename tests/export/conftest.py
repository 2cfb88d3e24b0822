"""Letters to export."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from iepjournal.core.letters import LetterPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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


@pytest.fixture
def picture_of(tmp_path: Path) -> Callable[..., Image.Image]:
    """A page of a PDF as it is looked at, half a point a pixel."""

    def draw(pdf: bytes, page: int = 1) -> Image.Image:
        if shutil.which("pdftoppm") is None:
            pytest.skip("pdftoppm is not installed (poppler-utils)")
        (tmp_path / "page.pdf").write_bytes(pdf)
        command = ["pdftoppm", "-r", "36", "-f", str(page), "-singlefile", "-png", "page.pdf", "page"]
        subprocess.run(command, cwd=tmp_path, check=True)
        with Image.open(tmp_path / "page.png") as drawn:
            return drawn.convert("RGB")

    return draw
