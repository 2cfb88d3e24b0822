"""One field of a service as a person types it: `2`, `3 of 4`, `Tue Thu`; read into what the record holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iepjournal.core.dates import SHORT_WEEKDAYS, WEEKDAYS, full_date, past_day
from iepjournal.core.people import called, known_handle
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.records import Service

NUMBERS = ("minutes", "times")
DATES = ("start", "end")
_YES = {"yes": True, "y": True, "no": False, "n": False}


def read_field(name: str, typed: str, case: Case, today: date) -> Any:
    """The value of a field; an empty text empties those that may be empty."""
    text = clean_text(typed, multiline=False).text.strip()
    if name in NUMBERS:
        if not (text.isascii() and text.isdigit()):
            raise CannotUnderstand("a whole number", typed)
        return int(text)
    if name in DATES:
        return past_day(text, today, allow_future=True).on if text else None
    if name == "weeks":
        return read_weeks(text) if text else ()
    if name == "days":
        return tuple(map(_weekday, text.replace(",", " ").split()))
    if name == "esy":
        if text.lower() not in _YES:
            raise CannotUnderstand("yes or no", typed)
        return _YES[text.lower()]
    if name == "provider":
        return known_handle(text, case) if text else ""
    return text


def read_weeks(typed: str) -> tuple[int, ...]:
    """3 of 4, or 3/4: due in n of every m weeks."""
    parts = typed.replace("of", "/").split("/")
    if not all(part.strip().isdecimal() for part in parts) or len(parts) != 2:
        raise CannotUnderstand("a rhythm of weeks", typed, "Say n of m, as in 3 of 4.")
    return tuple(int(part) for part in parts)


def field_in_words(service: Service, name: str, case: Case) -> str:
    """What a field holds, as it is shown."""
    value = getattr(service, name)
    if name in DATES:
        return full_date(value) if value else ""
    if name == "weeks":
        return " of ".join(map(str, value)) or "every week"
    if name == "days":
        return " ".join(day.capitalize() for day in value)
    if name == "esy":
        return "yes" if value else "no"
    if name == "provider":
        return called(value, case) if value else ""
    return str(value) if value else ""


def typed_again(service: Service, name: str) -> str:
    """What a field holds, as it could be typed: what a box starts with."""
    value = getattr(service, name)
    if name in DATES:
        return f"{value:%m/%d/%Y}" if value else ""
    if name in ("weeks", "days"):
        return (" of " if name == "weeks" else " ").join(map(str, value))
    if name == "esy":
        return "yes" if value else "no"
    return str(value) if value else ""


def _weekday(word: str) -> str:
    """Tue, Tues or Tuesday."""
    name = word.strip(".").lower()
    if len(name) >= 3 and any(full.lower().startswith(name) for full in WEEKDAYS):
        return name[:3]
    raise CannotUnderstand("a weekday", word, f"Known: {', '.join(SHORT_WEEKDAYS)}.")
