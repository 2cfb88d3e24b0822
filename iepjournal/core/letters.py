"""The life of a letter: written once from what the case offers, the parent's from then on, frozen when it was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from iepjournal.core.asks import left_open
from iepjournal.core.chain import short
from iepjournal.core.dates import say
from iepjournal.core.facts import Before, Offer, fill
from iepjournal.core.plurals import many
from iepjournal.core.records import Entry, Figure, Letter, Person
from iepjournal.core.replacements import replaced_on, replacement, sent_on
from iepjournal.core.sentences import address_lines
from iepjournal.core.templates import names_in
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.fact import Fact
    from iepjournal.core.records import Mark, Record
    from iepjournal.core.services import Services
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words

DISTRICT_ROLES = frozenset({"director", "superintendent", "coordinator", "supervisor"})
"""Roles whose office is the district's; the others are at the school."""
OUTSIDE_ROLES = frozenset({"mde", "department", "state"})
"""Roles whose office is neither."""
WHO, TALK, ANY_LETTER, ANSWERED = "@who", "talk", "letter", "reply"
"""In a template: to whom the talk was, and what a letter may follow: a talk, a letter, one that was answered."""
SMALL_WORDS = frozenset({"of", "the", "for", "and"})
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """All that stands on a letter, in plain values: what every export is made from."""

    sender: tuple[str, ...]
    """Lines of the return address; the first is who signs."""
    dated: date
    date_line: str
    """The same date in the letter's own words."""
    addressees: tuple[tuple[str, ...], ...]
    """Lines of each address; the first stands in the window."""
    text: str
    """Markdown, from the greeting to the enclosures."""
    cc: tuple[str, ...] = ()
    record_line: str = ""
    page_words: str = "Page {} of {}"
    title: str = ""
    lang: str = "en-US"


@dataclass(frozen=True, kw_only=True)
class LetterState:
    """Where a letter stands."""

    word: Literal["draft", "sent", "received", "replied", "silent"]
    """`silent`: the day it asked for has passed without an answer."""
    sent_on: date | None = None
    by: str = ""
    """How it was sent."""
    received_on: date | None = None
    is_estimated: bool = False
    """Whether the day of receipt is worked out from the method, not proven."""
    replied_on: date | None = None
    open_asks: int = 0
    """How much of what it asked for the replies left open, as far as the parent said."""
    replaced_by: int | None = None
    """The number of the letter that went out in its place; then nobody waits for an answer to this one."""


def offered_entries(case: Case) -> tuple[Entry, ...]:
    """The entries a letter may draw on: not the private ones."""
    return tuple(entry for entry in case.entries if not entry.private)


def chosen_entries(case: Case, numbers: Iterable[str | int], private_too: Collection[int] = ()) -> tuple[Entry, ...]:
    """The entries of these numbers, in that order; a private one only if its number is in `private_too` as well."""
    chosen = tuple(case.numbered(number, Entry) for number in numbers)
    for entry in chosen:
        if entry.private and entry.no not in private_too:
            raise NotAllowed(
                f"Entry {entry.no} is private and stays out of letters. Nothing was written.",
                "If the school is meant to read it, allow that one entry by its number.",
            )
    return chosen


def addressees(
    roles: Iterable[str], template: Template, case: Case, chosen: Sequence[Entry] = ()
) -> tuple[Person, ...]:
    """Who has each role, and for `@who` the people of the first chosen entry; a role nobody has stands for itself."""
    found: list[Person] = []
    for role in roles:
        if role == WHO:
            handles = chosen[0].who if chosen else ()
            found += [case.people.get(handle) or Person(handle="", name=handle) for handle in handles]
        else:
            found.append(_with_role(role, case) or _office_of(role, template))
    return tuple(found)


def letter_before(template: Template, case: Case, today: date | None = None) -> Before | None:
    """The newest letter this one may follow: best one whose day for an answer has passed, then one that waits."""
    fitting = [before_of(letter, case) for letter in case.letters if may_follow(template, letter, case)]
    waiting = [before for before in fitting if _waits_for(template, before.letter, case)]
    late = [one for one in waiting if today and one.letter.reply_by and one.letter.reply_by < today]
    return max(late or waiting or fitting, key=lambda before: before.sent_on, default=None)


def may_follow(template: Template, letter: Letter, case: Case) -> bool:
    """Whether a letter of this kind can follow this one: sent, not replaced since, and answered where it has to be."""
    if not case.is_sent(letter) or replaced_on(letter, case):
        return False
    if template.follows == ANSWERED:
        return bool(letter_marks(letter, case, "replied"))
    return template.follows in (ANY_LETTER, letter.starts) and bool(template.follows)


def _waits_for(template: Template, letter: Letter, case: Case) -> bool:
    if template.follows == ANSWERED:
        return bool(left_open(letter, case))
    asks = letter.reply_by or template.follows != ANY_LETTER
    return bool(asks) and not letter_marks(letter, case, "replied")


def reply_by(template: Template, today: date) -> date | None:
    """The day to ask an answer for: our suggestion, on a weekday; never a legal date."""
    if template.reply_days is None:
        return None
    day = today + timedelta(days=template.reply_days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def new_letter(
    template: Template,
    offer: Offer,
    *,
    strength: str = "",
    given: Mapping[str, str] | None = None,
    beside: tuple[Template, Words] | None = None,
) -> Letter:
    """The letter as it is first written, not yet stored: its text once, and each figure it used with its records."""
    facts, body = offer.facts(), template.body(strength)
    text = fill(body, template, offer.words, facts, given)
    if beside:
        other, other_words = beside
        other_facts = replace(offer, words=other_words).facts()
        heading = offer.words.form("beside")
        text = f"{text}\n\n# {heading}\n\n{fill(other.body(strength), other, other_words, other_facts, given)}"
    to = [person.handle for person in offer.to if person.handle]
    copied = (person for person in addressees(template.cc, template, offer.case) if person.handle not in to)
    follows = offer.before.letter.root if offer.before else ""
    if template.follows == TALK and offer.chosen:
        follows = offer.chosen[0].root
    return Letter(
        template=template.name,
        title=fill(template.subject, template, offer.words, facts, given),
        dated=offer.today,
        to=tuple("\n".join(address_block(person, offer.case)) for person in offer.to),
        cc=tuple(copy_line(person, offer.case) for person in copied),
        text=text,
        facts=tuple(entry.root for entry in offer.chosen),
        counted=offer.counted,
        figures=_figures(names_in(body), facts),
        reply_by=offer.reply_by,
        answers=follows,
        starts=template.starts,
        lang=offer.words.lang,
    )


def offer_again(letter: Letter, case: Case, words: Words, today: date, totals: Services | None = None) -> Offer:
    """What the case offers now to a letter that was written before, to see what moved."""
    standing = {entry.root: entry for entry in case.entries}
    followed = case.by_root.get(letter.answers)
    return Offer(
        case=case,
        words=words,
        today=today,
        chosen=tuple(standing[root] for root in letter.facts if root in standing),
        reply_by=letter.reply_by,
        before=before_of(followed, case) if isinstance(followed, Letter) else None,
        totals=totals,
        counted=letter.counted,
    )


def address_block(person: Person, case: Case) -> tuple[str, ...]:
    """An address as it stands in the window: name, role, office, street, town."""
    office = _office(person, case)
    address = address_lines(person.address)
    if not address and office == case.profile.school.name:
        address = address_lines(case.profile.school.address)
    named = tuple(line for line in (person.name, person.role) if line)
    return (*named, *((office,) if office and office not in address else ()), *address)


def copy_line(person: Person, case: Case) -> str:
    """How somebody stands under the letter who gets a copy."""
    return ", ".join(filter(None, (person.name, person.role, "" if person.name else _office(person, case))))


def page_of(letter: Letter, case: Case, words: Words) -> LetterPage:
    """All that stands on the letter's paper."""
    parent = case.profile.parent
    contact = " · ".join(filter(None, (parent.phone, parent.email)))
    return LetterPage(
        sender=tuple(filter(None, (parent.name, *address_lines(parent.address), contact))),
        dated=letter.dated,
        date_line=words.full_date(letter.dated),
        addressees=tuple(tuple(block.split("\n")) for block in letter.to),
        text=letter.text,
        cc=letter.cc,
        record_line=record_line(letter, case, words),
        page_words=words.tables["forms"]["page"],
        title=letter.title,
        lang=letter.lang,
    )


def record_line(written: Record, case: Case, words: Words) -> str:
    """“Record: 214 entries to Mar 4, 2026 · seal 7F3A-...”: the journal before the last change of what is printed."""
    before = case.records[: next((n for n, record in enumerate(case.records) if record.uid == written.uid), 0)]
    if not before:
        return ""
    count = len({record.root for record in before if isinstance(record, Entry)})
    form = "record_one" if count == 1 else "record"
    last_day = words.short_date(before[-1].recorded_at.date())
    return words.form(form, count=count, date=last_day, seal=short(written.prev))


def letter_marks(letter: Letter, case: Case, what: str) -> tuple[Mark, ...]:
    """What was recorded of it: sent, received, replied; oldest first."""
    return tuple(mark for mark in case.marks(letter.root) if mark.what == what)


def letter_state(letter: Letter, case: Case, today: date, receipt_days: Mapping[str, int]) -> LetterState:
    """Where a letter stands; `receipt_days` says after how many days each method of sending usually arrives."""
    sent, received, replied = (letter_marks(letter, case, what) for what in ("sent", "received", "replied"))
    if not sent:
        return LetterState(word="draft")
    first = sent[0]
    usual = receipt_days.get(first.by)
    estimate = first.on + timedelta(days=usual) if usual is not None else None
    received_on = received[-1].on if received else estimate
    after = replacement(letter, case)
    is_replaced = after is not None and case.is_sent(after)
    if replied:
        word: Literal["replied", "silent", "received", "sent"] = "replied"
    elif letter.reply_by and letter.reply_by < today and not is_replaced:
        word = "silent"
    else:
        word = "received" if received_on and received_on <= today else "sent"
    return LetterState(
        word=word,
        sent_on=first.on,
        by=first.by,
        received_on=received_on,
        is_estimated=not received and received_on is not None,
        replied_on=replied[-1].on if replied else None,
        open_asks=len(left_open(letter, case) or ()),
        replaced_by=after.no if after and is_replaced else None,
    )


def state_in_words(letter: Letter, state: LetterState, today: date) -> str:
    """Where a letter stands, for a list: draft; sent Mon Nov 16; no answer for 7 days."""
    if state.word == "draft":
        return "draft, not sent"
    sent = f"sent {say(state.sent_on, today)}" if state.sent_on else "sent"
    if state.replaced_by:
        return f"{sent}, replaced by letter {state.replaced_by}"
    if state.replied_on:
        still = f", {many(state.open_asks, 'question')} open" if state.open_asks else ""
        return f"answered {say(state.replied_on, today)}{still}"
    if state.word == "silent" and letter.reply_by:
        days = (today - letter.reply_by).days
        return f"no answer, {many(days, 'day')} over"
    if state.word == "received" and not state.is_estimated and state.received_on:
        return f"received {say(state.received_on, today)}"
    return sent


def before_of(letter: Letter, case: Case) -> Before:
    """A letter as the one that the next follows, with the day it went out (or was dated, if that is not recorded)."""
    return Before(letter=letter, sent_on=sent_on(letter, case) or letter.dated)


def _figures(names: Iterable[str], facts: Mapping[str, Fact]) -> tuple[Figure, ...]:
    used = [remembered for name in names if name in facts for remembered in facts[name].remembered]
    return tuple({fact.name: Figure(name=fact.name, value=fact.value, records=fact.records) for fact in used}.values())


def _with_role(role: str, case: Case) -> Person | None:
    """The person whose role says the same; of several the one whose role says the least besides."""
    asked = _role_words(role)
    fitting = [person for person in case.people.values() if asked <= _role_words(person.role)]
    return min(fitting, key=lambda person: len(_role_words(person.role)), default=None) if asked else None


def _role_words(role: str) -> frozenset[str]:
    return frozenset(role.lower().replace("-", " ").split()) - SMALL_WORDS


def _office_of(role: str, template: Template) -> Person:
    """A role as an addressee: the template's address for it, if it has one."""
    name, *address = template.addresses.get(role, ("",))
    return Person(handle="", name=name, role="" if name else role, address="\n".join(address))


def _office(person: Person, case: Case) -> str:
    words = _role_words(person.role)
    if not words or words & OUTSIDE_ROLES:
        return ""
    return case.profile.school.district if words & DISTRICT_ROLES else case.profile.school.name
