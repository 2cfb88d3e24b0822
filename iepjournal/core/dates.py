"""What a person types for a day or a time, read by a small fixed grammar in US order; and how days are said.

Only whole expressions are read, never a date inside prose. What is not clear is refused, not guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from iepjournal.core.plurals import many
from iepjournal.core.values import Value
from iepjournal.errors import CannotUnderstand

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As files and records name them."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
EARLIEST_YEAR = 1990
_NUMBER_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SUNDAY = 6
_LONG_AGO = timedelta(days=180)


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"[ \t]+")


_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WRITTEN = (
    rf"(?:{_WEEKDAY}\.?,? )?(?:[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}"
    r"|[0-9]{1,2}/[0-9]{1,2}(?:/(?:[0-9]{4}|[0-9]{2}))?"
    rf"|{_MONTH}\.?(?: )?[0-9]{{1,2}}(?:st|nd|rd|th)?(?:(?:,(?: )?| )[0-9]{{4}})?)"
)
WRITTEN_DAY = _spaced(_WRITTEN)
"""A day named by its date, as the source of a regular expression without groups; upper or lower case."""
PAST_DAY = _spaced(
    rf"(?:(?:(?:week of|about) )?(?:{_WRITTEN}|today|yesterday|-[0-9]{{1,3}}d|(?:last )?{_WEEKDAY}\.?)"
    r"|(?:last|this) week)"
)
"""What `past_day` reads, likewise."""
COMING_DAY = _spaced(
    rf"(?:{_WRITTEN}|today|tomorrow|\+[0-9]{{1,3}}d|(?:this |next )?{_WEEKDAY}\.?"
    rf"|in (?:[0-9]{{1,2}}|{'|'.join(_NUMBER_WORDS)}) (?:day|week|month)s?"
    r"|(?:the )?end of (?:the|this) (?:day|week|month)|(?:this|next) week)"
)
"""What `coming_day` reads, likewise."""
TIME = _spaced(r"(?:noon|[0-9]{1,2}(?::[0-9]{2})?(?:(?: )?[ap]\.?m\.?|[ap])|[0-9]{1,2}:[0-9]{2})")
"""What `clock_time` reads, likewise."""


class Day(Value):
    """A day as somebody remembers it."""

    on: date
    about: str = ""
    """`""` for the exact day, `about` for near it, `week` for some day of the week that begins there."""


def past_day(typed: str, today: date, *, allow_future: bool = False) -> Day:
    """The day something happened: without a year the nearest past one, and never a future one unless asked for."""
    words = _words(typed)
    if not _is(PAST_DAY, words):
        raise CannotUnderstand("a date", typed, "Write it like 11/24, Nov 24, yesterday, fri or 2026-11-24.")
    if words in ("this week", "last week"):
        return Day(on=monday_of(today) - timedelta(days=7 * (words == "last week")), about="week")
    first = words.split()[0]
    day = _past(words.removeprefix("week of ").removeprefix("about "), typed, today)
    if day > today and not allow_future:
        hint = f"{full_date(day)} is still to come; check the date."
        raise CannotUnderstand("today or a day before", typed, hint)
    if first == "week":
        return Day(on=_week_named_by(day, typed), about="week")
    return Day(on=day, about=first if first == "about" else "")


def coming_day(typed: str, today: date) -> date:
    """The day by which something is due or promised: without a year the next one."""
    words = _words(typed).removeprefix("by ").removeprefix("on ")
    if not _is(COMING_DAY, words):
        raise CannotUnderstand("a date", typed, "Write it like 12/18, Dec 18, fri, tomorrow, in 2 weeks or 2026-12-18.")
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    if words.startswith("+"):
        return today + timedelta(days=int(words[1:-1]))
    if words.startswith("in "):
        return _after(words, today)
    if words.endswith(("day", "week", "month")) and "of" in words.split():
        return _end_of(words.split()[-1], today)
    if words.endswith(" week"):
        return _end_of("week", today if words == "this week" else monday_of(today) + timedelta(days=7))
    *which, name = words.split()
    if _is(_WEEKDAY + r"\.?", name):
        return _coming_weekday(_weekday(name), which, typed, today)
    return _written(words, typed, today, forward=True)


def clock_time(typed: str) -> time:
    """A time of day: with am or pm, or in two digits by the 24-hour clock."""
    words = _words(typed)
    if not _is(TIME, words):
        raise CannotUnderstand("a time", typed, "Write it like 3:10p, 10:15a, 15:10 or noon.")
    if words == "noon":
        return time(12)
    hours, minutes, half = re.fullmatch("([0-9]+):?([0-9]*)[ ]?([ap]?).*", words).groups()  # type: ignore[union-attr]
    hour, minute = int(hours), int(minutes or 0)
    if not half and len(hours) == 1:
        raise CannotUnderstand("a clear time", typed, f"Write {words}a for the morning or {words}p for the afternoon.")
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise CannotUnderstand("a time of the day", typed, "Write it like 3:10p, 10:15a, 15:10 or noon.")
    return time(hour % 12 + 12 * (half == "p") if half else hour, minute)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def full_date(day: date) -> str:
    """Tue Nov 24, 2026."""
    return f"{WEEKDAYS[day.weekday()][:3]} {MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def say(day: date, today: date) -> str:
    """Tue Nov 24; the year only when it is not this one."""
    return full_date(day).partition(",")[0] if day.year == today.year else full_date(day)


def say_long(day: date) -> str:
    """Thursday, January 7, 2027, as in a letter."""
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}, {day.year}"


def say_time(at: time) -> str:
    """3:10 pm."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'pm' if at.hour >= 12 else 'am'}"


def say_moment(at: datetime) -> str:
    """Tue Nov 24, 2026, 3:10 pm, in the offset it carries."""
    return f"{full_date(at.date())}, {say_time(at.time())}"


def say_when(on: date, at: time | None, about: str, today: date) -> str:
    """Tue Nov 24, 3:10 pm; or about Tue Nov 24; or week of Mon Nov 23."""
    prefix = {"about": "about ", "week": "week of "}.get(about, "")
    return f"{prefix}{say(on, today)}{', ' + say_time(at) if at else ''}"


def distance(day: date, today: date) -> str:
    """How far away a day is: in 13 days, yesterday, 8 months ago."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("today", "tomorrow", "yesterday")[days]
    count, unit = _largest_unit(abs(days), abs(_months_between(min(day, today), max(day, today))))
    amount = many(count, unit)
    return f"in {amount}" if days > 0 else f"{amount} ago"


def is_long_ago(day: date, today: date) -> bool:
    """Whether a day is so far back that it is worth a second look when it was just typed."""
    return today - day > _LONG_AGO


def lag(on: date, at: time | None, about: str, recorded_at: datetime) -> str:
    """How long after it happened something was written down: written 9 min later, written 12 days later."""
    if about == "week":
        return _lag_of_week((recorded_at.date() - on).days - _SUNDAY)
    days = (recorded_at.date() - on).days
    if at is None:
        return "written the same day" if days == 0 else _lag_in_days(days, about)
    minutes = int((recorded_at.replace(tzinfo=None) - datetime.combine(on, at)).total_seconds()) // 60
    if minutes < 0:
        return "written before it happened"
    if minutes < 60:
        return f"written {minutes} min later" if minutes else "written at once"
    if days == 0 or minutes < 6 * 60:
        hours = minutes // 60
        return f"written {many(hours, 'hour')} later"
    return _lag_in_days(days, about)


def _words(typed: str) -> str:
    return " ".join(typed.lower().split())


def _is(pattern: str, words: str) -> bool:
    return re.fullmatch(pattern, words) is not None


def _weekday(name: str) -> int:
    return SHORT_WEEKDAYS.index(name[:3])


def _past(words: str, typed: str, today: date) -> date:
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    if words.startswith("-"):
        return today - timedelta(days=int(words[1:-1]))
    *last, name = words.split()
    if _is(_WEEKDAY + r"\.?", name):
        return today - timedelta(days=(today.weekday() - _weekday(name)) % 7 or 7 * len(last))
    return _written(words, typed, today, forward=False)


def _written(words: str, typed: str, today: date, *, forward: bool) -> date:
    numbers = re.findall("[0-9]+", words)
    if "-" in words:
        year, month, day = numbers[0], int(numbers[1]), int(numbers[2])
    elif "/" in words:
        month, day, year = int(numbers[0]), int(numbers[1]), "".join(numbers[2:])
    else:
        name = re.search(_MONTH, words)[0]  # type: ignore[index]
        month = 1 + [full[:3].lower() for full in MONTHS].index(name[:3])
        day, year = int(numbers[0]), "".join(numbers[1:])
    if month > 12:
        hint = f"The month comes first: {day}/{month}." if 1 <= day <= 12 else ""
        raise CannotUnderstand("a date", typed, hint)
    found = _on_calendar(_year(year, (month, day), today, forward=forward), month, day, typed)
    if len(year) == 2 and found > today + timedelta(days=366):
        raise CannotUnderstand("a likely date", typed, "Write all four digits of the year.")
    said = re.match(_WEEKDAY, words)
    if said and _weekday(said[0]) != found.weekday():
        hint = f"{MONTHS[month - 1]} {found.day}, {found.year} is a {WEEKDAYS[found.weekday()]}."
        raise CannotUnderstand("a date that fits its weekday", typed, hint)
    return found


def _year(written: str, day: tuple[int, int], today: date, *, forward: bool) -> int:
    if written:
        return int(written) + (2000 if len(written) == 2 else 0)
    if forward:
        return today.year + (day < (today.month, today.day))
    return today.year - (day > (today.month, today.day))


def _on_calendar(year: int, month: int, day: int, typed: str) -> date:
    if year < EARLIEST_YEAR:
        raise CannotUnderstand("a likely date", typed, "Check the year.")
    try:
        return date(year, month, day)
    except ValueError:
        hint = f"{MONTHS[month - 1]} {year} has no day {day}." if month else ""
        raise CannotUnderstand("a day of the calendar", typed, hint) from None


def _week_named_by(day: date, typed: str) -> date:
    if day.weekday() == _SUNDAY:
        # On a US wall calendar a Sunday begins the week, in this program's counts it ends one.
        before, after = day - timedelta(days=1), day + timedelta(days=1)
        hint = f"That is a Sunday: write week of {before.month}/{before.day} or week of {after.month}/{after.day}."
        raise CannotUnderstand("one week", typed, hint)
    return monday_of(day)


def _after(words: str, today: date) -> date:
    from dateutil.relativedelta import relativedelta

    _, count, unit = words.split()
    n = int(count) if count.isdigit() else _NUMBER_WORDS[count]
    match unit.rstrip("s"):
        case "day":
            return today + timedelta(days=n)
        case "week":
            return today + timedelta(weeks=n)
        case _:
            after: date = today + relativedelta(months=n)
            return after


def _end_of(unit: str, today: date) -> date:
    if unit == "day":
        return today
    if unit == "month":
        in_next_month = today.replace(day=28) + timedelta(days=4)
        return in_next_month - timedelta(days=in_next_month.day)
    friday = monday_of(today) + timedelta(days=4)
    return friday if friday >= today else monday_of(today) + timedelta(days=_SUNDAY)


def _coming_weekday(weekday: int, which: list[str], typed: str, today: date) -> date:
    ahead = (weekday - today.weekday()) % 7
    if which == ["this"]:
        return today + timedelta(days=ahead)
    coming = today + timedelta(days=ahead or 7)
    if which == ["next"] and monday_of(coming) == monday_of(today):
        later = coming + timedelta(days=7)
        raise CannotUnderstand("one day", typed, f"Write {coming.month}/{coming.day} or {later.month}/{later.day}.")
    return coming


def _months_between(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)


def _largest_unit(days: int, months: int) -> tuple[int, str]:
    if days < 60:
        return days, "day"
    return (months, "month") if months < 24 else (months // 12, "year")


def _lag_in_days(days: int, about: str) -> str:
    if days < 0:
        return "written before it happened"
    return f"written {'about ' if about else ''}{many(days, 'day')} later"


def _lag_of_week(days_after: int) -> str:
    if days_after <= 0:
        return "written that week"
    return f"written {many(days_after, 'day')} after that week"
