"""The family and the school, field by field, as a parent types them: child.name, parent.phone, school.district."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from iepjournal.core.dates import full_date, past_day
from iepjournal.core.records import Profile
from iepjournal.core.setup import PROFILE
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iepjournal.core.case import Case

FIELDS = ("state", *(f"{part}.{name}" for part, kind in PROFILE.items() for name in kind.FIELDS))
"""Everything that can be said, in the order it is shown."""
MANY_LINES = ("address", "contact")
"""How the names of fields end that may hold several lines."""
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False, "": False}


def held(profile: Profile) -> dict[str, str | bool | date]:
    """Every field that says something, in order."""
    return {field: value for field in FIELDS if (value := _of(profile, field))}


def in_words(value: str | bool | date) -> str:
    """What a field holds, as it is shown and as it could be typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return full_date(value) if isinstance(value, date) else value


def with_fields(profile: Profile, typed: Mapping[str, str], today: date) -> Profile:
    """The profile with the fields that were typed; an empty text empties its field."""
    for field, text in typed.items():
        if field not in FIELDS:
            raise CannotUnderstand("a field of family and school", field, f"There are: {', '.join(FIELDS)}.")
        part, _, name = field.partition(".")
        value = _read(field, text, today)
        changed = getattr(profile, part).replace(**{name: value}) if name else value
        profile = profile.replace(**{part: changed})
    return profile


def said_in(profile: Profile) -> dict[str, str]:
    """The fields in which a profile says more than a new one, as they would be typed."""
    nothing = held(Profile())
    return {field: in_words(value) for field, value in held(profile).items() if value != nothing.get(field)}


def next_profile(case: Case, typed: Mapping[str, str], today: date, since: date | None = None) -> Profile:
    """The version to write: the case's first, or the next one; NotAllowed when nothing would change.

    With `since` it tells of a move on that day; without, it corrects what holds now.
    """
    changed = with_fields(case.profile, typed, today)
    if since:
        _check_move(case.profile, changed, since)
        changed = changed.replace(since=since)
    if changed == case.profile:
        raise NotAllowed("That is what the case says already. Nothing was changed.")
    return changed.revised() if case.all(Profile) else changed


def _check_move(before: Profile, after: Profile, since: date) -> None:
    if after.school.district == before.school.district:
        raise NotAllowed("A move needs the new district.", "Add school.district=NAME; nothing was saved.")
    if before.since and since <= before.since:
        raise NotAllowed(f"The move before it was on {full_date(before.since)}.", "Nothing was saved.")


def _of(profile: Profile, field: str) -> Any:
    part, _, name = field.partition(".")
    return getattr(getattr(profile, part), name) if name else getattr(profile, part)


def _read(field: str, typed: str, today: date) -> str | bool | date | None:
    name = field.rpartition(".")[2]
    text = clean_text(typed, multiline=name in MANY_LINES).text.strip()
    if name == "state":
        if not (text.isascii() and text.isalpha() and len(text) == 2):
            raise CannotUnderstand("a state", typed, "Write its two letters, as in ms.")
        return text.lower()
    if name == "homeless":
        if text.lower() not in _YES:
            raise CannotUnderstand("yes or no", typed)
        return _YES[text.lower()]
    if name == "birth_date":
        return _birth_date(text, today) if text else None
    return text


def _birth_date(typed: str, today: date) -> date:
    """With its year: without one it would be this year's."""
    day = past_day(typed, today)
    if day.about or str(day.on.year) not in typed:
        raise CannotUnderstand("a date of birth", typed, "Write it with all four digits of the year, like 5/3/2018.")
    return day.on
