from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iepjournal.errors import CannotUnderstand
from iepjournal.logfile import LogFile, content_of

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {"date": 0, "minutes": 1}


def test_a_file_is_known_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    made = []
    for name in ("log.csv", "copy.csv"):
        (tmp_path / name).write_text("Date,Minutes\n10/1/2026,30\n")
        made.append(LogFile(content_of(tmp_path / name)).rows(COLUMNS, "speech", date(2026, 11, 24)))
    (first,), (copy,) = made
    assert (first.on, first.minutes, first.service) == (date(2026, 10, 1), 30, "speech")
    assert first.source == copy.source


def test_a_file_that_is_not_there_is_said_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(CannotUnderstand, match=r"none\.csv"):
        content_of(tmp_path / "none.csv")
