"""Template: a letter before it is filled. TOML between `+++` lines, then Markdown with `{{name}}` blanks; no logic.

A body may come in strengths, each under a line `+++ warm`, `+++ firm` or `+++ formal`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from iepjournal.errors import BadTemplate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STRENGTHS = ("warm", "firm", "formal")
_FRONT = re.compile(r"\A\+\+\+\n(.*?)^\+\+\+\n", re.DOTALL | re.MULTILINE)
_STRENGTH = re.compile(r"^\+\+\+ (\w+)\n", re.MULTILINE)
_NAME = re.compile(r"\{\{([\w.-]+)\}\}")
_BLANK = re.compile(r"\[ [^\[\]\n]+ \]")


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something a letter of this kind must or should say."""

    id: str
    title: str
    level: Literal["stop", "warn"]
    """`stop` where the law asks for it."""
    words: tuple[str, ...]
    """Regular expressions, one of which the letter matches; `{{name}}` in them stands for that fact."""
    cite: str = ""
    confidence: str = ""
    offer: str = ""
    """A sentence, with blanks, that would say it."""


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A rule the letter names, and how sure its reading is."""

    cite: str
    confidence: str
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Template:
    """A kind of letter."""

    name: str
    title: str
    """In the list of letters."""
    subject: str
    """Of the mail and the file, with blanks."""
    when: str
    """One line on when to send it."""
    step: int
    """Of the article's five; 0 for what belongs to none."""
    to: tuple[str, ...]
    """Roles; a role nobody has yet stands in the address by itself. `@who` is whom the first chosen entry names."""
    cc: tuple[str, ...]
    asks: tuple[str, ...]
    starts: str
    """The event that sending it is, for the deadlines."""
    follows: str
    """What it answers: `talk` (the first chosen entry), any `letter`, or a letter that started this event."""
    look_back_years: int | None
    """How far back what it tells of may lie."""
    reply_days: int | None
    """After how many days to hope for an answer: our suggestion, never a legal date."""
    questions: tuple[str, ...]
    """Of the stranger test, those this letter has to answer."""
    warning: str
    """Shown before it is written."""
    pages: int
    """So many a sheet fits on, where smaller type can do that; 0 where it is as long as it gets."""
    lang: str
    beside: str
    """The template whose text follows this one, in the other language."""
    checked: date
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    blanks: Mapping[str, str]
    """What only the parent knows: name -> what to fill in."""
    addresses: Mapping[str, tuple[str, ...]]
    """Role -> address lines, where nobody in the case has that role."""
    bodies: Mapping[str, str]
    """Strength -> Markdown; the key is empty where there is only one."""

    def body(self, strength: str = "") -> str:
        """The text of a strength; firm, or the only one, unless asked."""
        if strength in self.bodies:
            return self.bodies[strength]
        return self.bodies.get("firm") or next(iter(self.bodies.values()))

    @property
    def strengths(self) -> tuple[str, ...]:
        """Those it comes in; none where there is only one text."""
        return tuple(strength for strength in STRENGTHS if strength in self.bodies)


def parse_template(name: str, source: str) -> Template:
    """Read a template; BadTemplate says what is wrong with it."""
    front = _FRONT.match(source.replace("\r\n", "\n"))
    if front is None:
        raise BadTemplate(name, "it does not begin with a part between two lines of +++")
    try:
        read = tomllib.loads(front[1])
        return Template(
            name=name,
            title=read["title"],
            subject=read.get("subject", read["title"]),
            when=read.get("when", ""),
            step=read.get("step", 0),
            to=tuple(read["to"]),
            cc=tuple(read.get("cc", ())),
            asks=tuple(read.get("asks", ())),
            starts=read.get("starts", ""),
            follows=read.get("follows", ""),
            look_back_years=read.get("look_back_years"),
            reply_days=read.get("reply_days"),
            questions=tuple(read.get("questions", ("who", "service", "dates", "asked", "by_when"))),
            warning=read.get("warning", ""),
            pages=read.get("pages", 0),
            lang=read.get("lang", "en"),
            beside=read.get("beside", ""),
            checked=_day(read["checked"]),
            parts=tuple(map(_part, read.get("parts", ()))),
            citations=tuple(Citation(**citation) for citation in read.get("citations", ())),
            blanks=read.get("blanks", {}),
            addresses={role: tuple(lines) for role, lines in read.get("addresses", {}).items()},
            bodies=_bodies(front.string[front.end() :]),
        )
    except KeyError as error:
        raise BadTemplate(name, f"it has no {error}") from error
    except (TypeError, ValueError, re.error) as error:
        raise BadTemplate(name, str(error)) from error


def _day(read: Any) -> date:
    if not isinstance(read, date):
        raise ValueError("`checked` is no date")
    return read


def _part(read: Mapping[str, Any]) -> Part:
    words = tuple(read["words"])
    for pattern in words:
        re.compile(_NAME.sub("x", pattern))
    return Part(**{**read, "words": words})


def _bodies(text: str) -> dict[str, str]:
    only, *parts = _STRENGTH.split(text)
    if not parts:
        return {"": only.strip()}
    bodies = {strength: body.strip() for strength, body in zip(parts[::2], parts[1::2], strict=True)}
    if only.strip() or not set(bodies) <= set(STRENGTHS):
        raise ValueError(f"its texts are not all under one of: {', '.join(STRENGTHS)}")
    return bodies


def names_in(text: str) -> tuple[str, ...]:
    """The names of its blanks, in the order they come."""
    return tuple(dict.fromkeys(_NAME.findall(text)))


def filled(text: str, value_of: Callable[[str], str]) -> str:
    """The text with a value for each name, in one pass: what a value says is never filled again."""
    return _NAME.sub(lambda found: value_of(found[1]), text)


def blank(label: str) -> str:
    """How a missing value shows in a letter."""
    return f"[ {label} ]"


def blanks_in(text: str) -> tuple[re.Match[str], ...]:
    """The blanks a text still has."""
    return tuple(_BLANK.finditer(text))
