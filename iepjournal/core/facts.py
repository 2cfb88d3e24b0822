"""What a case offers to a letter: names -> words, each with the records it came from. Private entries are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from typing import TYPE_CHECKING

from iepjournal.core.asks import left_open, still_asked
from iepjournal.core.fact import Fact, listed
from iepjournal.core.markdown import escaped, indented
from iepjournal.core.records import Iep, Service
from iepjournal.core.replacements import replaced_on
from iepjournal.core.sentences import (
    address_lines,
    ended,
    entry_sentence,
    in_a_sentence,
    names_of,
    promise_sentence,
    salutation,
    service_sentence,
)
from iepjournal.core.tally import CONSERVATIVE, Tally
from iepjournal.core.templates import blank, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry, Letter, Person, Promise
    from iepjournal.core.services import Services
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words


_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, kw_only=True)
class Before:
    """The letter that this one follows."""

    letter: Letter
    sent_on: date


@dataclass(frozen=True, kw_only=True)
class Offer:
    """All that a letter may be filled from."""

    case: Case
    words: Words
    today: date
    chosen: tuple[Entry, ...] = ()
    to: tuple[Person, ...] = ()
    reply_by: date | None = None
    before: Before | None = None
    totals: Services | None = None
    """Counted by `core.services`; without it no figure of minutes is offered."""
    counted: str = CONSERVATIVE
    """How its figures are counted."""

    def facts(self) -> dict[str, Fact]:
        """Every fact by its name, those that lists are made of included."""
        found = (
            *self._family(), *self._letter(), *self._services(), *self._entries(), *self._talk(),
            *self._promises(), *self._waiting(), *self._totals(), *self._before(),
        )  # fmt: skip
        return {fact.name: fact for fact in (*(part for listed in found for part in listed.of), *found)}

    def _family(self) -> Iterator[Fact]:
        child, parent, school = self.case.profile.child, self.case.profile.parent, self.case.profile.school
        yield from _plain(
            "child", name=child.name, first=self._first_name, grade=child.grade, born=self._date(child.birth_date)
        )
        yield from _plain("child", address=_one_line(child.address), where=self._residence())
        contact = f" {self.words.alternative} ".join(filter(None, (parent.phone, parent.email)))
        yield from _plain("parent", name=parent.name, phone=parent.phone, email=parent.email, contact=contact)
        yield from _plain("parent", address=_one_line(parent.address))
        yield from _plain("school", name=school.name, district=school.district, address=_one_line(school.address))

    @property
    def _first_name(self) -> str:
        return next(iter(self.case.profile.child.name.split()), "")

    def _residence(self) -> str:
        """The child's address; for a homeless child the contact that stands in its place."""
        child = self.case.profile.child
        if child.homeless:
            return self.words.form("homeless", contact=child.contact) if child.contact else ""
        return self.words.form("residence", address=_one_line(child.address)) if child.address else ""

    def _letter(self) -> Iterator[Fact]:
        greetings = [salutation(person, self.words) for person in self.to]
        yield from _plain("to", greeting=self.words.listed(greetings))
        yield Fact(name="today", value=self.words.full_date(self.today))
        yield Fact(name="reply_by", value=self._date(self.reply_by))

    def _services(self) -> Iterator[Fact]:
        iep = max(self.case.all(Iep), key=lambda iep: iep.dated, default=None)
        yield from _plain("iep", date=self._date(iep.dated if iep else None))
        yield from _plain("iep", review=self._date(iep.review_due if iep else None))
        concerned = self._concerned()
        names = [in_a_sentence(service.name or service.handle) for service in concerned]
        yield from _plain("services", named=self.words.listed(names))
        yield listed("services.list", (self._service(service) for service in concerned))

    def _service(self, service: Service) -> Fact:
        value = service_sentence(service, self.words)
        return Fact(name=f"service.{service.handle}", value=value, label=service.name, records=(service.root,))

    def _concerned(self) -> tuple[Service, ...]:
        """The services the chosen entries are about; else those with missed sessions; else all there are now.

        An entry that names no service may be about any that was missed: one that does must not narrow the letter.
        """
        missed = self._tally.missed
        current = {handle for handle, one in self._versions.items() if one.end is None or one.end >= self.today}
        unnamed = self._about and any(not entry.service for entry in self.chosen)
        handles = (self._about | missed) if unnamed else self._about or missed or current
        return tuple(service for handle, service in self._versions.items() if handle in handles)

    @cached_property
    def _about(self) -> frozenset[str]:
        """The services the chosen entries are about."""
        return frozenset(entry.service for entry in self.chosen if entry.service in self._versions)

    @cached_property
    def _versions(self) -> Mapping[str, Service]:
        """Handle -> the version that holds today, or the first one of a service that is still to begin."""
        versions: dict[str, Service] = {}
        for service in sorted(self.case.all(Service), key=lambda service: service.start or date.min):
            if service.handle not in versions or (service.start or date.min) <= self.today:
                versions[service.handle] = service
        return versions

    def _entries(self) -> Iterator[Fact]:
        in_order = sorted(self.chosen, key=lambda entry: (entry.happened_on, entry.at or time.min, entry.no or 0))
        single = tuple(self._entry(entry) for entry in in_order)
        yield listed("entries.list", single)
        concerned = {service.handle for service in self._concerned()}
        yield listed("happened.list", single or self._tally.not_given(concerned))
        first = in_order[:1]
        yield Fact(
            name="entries.first",
            value="".join(self.words.full_date(entry.happened_on) for entry in first),
            records=tuple(entry.root for entry in first),
        )

    def _entry(self, entry: Entry) -> Fact:
        value = entry_sentence(entry, self.case, self.words)
        label = self.words.form("entry_number", no=entry.no)
        return Fact(name=f"entry.{entry.no}", value=value, label=label, records=(entry.root,))

    def _talk(self) -> Iterator[Fact]:
        """The first chosen entry as a talk that is being confirmed."""
        if not self.chosen:
            yield from _plain("talk", kind="", day="", who="", text="")
            return
        talk = self.chosen[0]
        day = self.words.weekday_date(talk.happened_on)
        if talk.at:
            day = self.words.form("day_and_time", day=day, time=self.words.clock_time(talk.at))
        kinds = self.words.tables["talks"]
        yield from _plain("talk", kind=kinds.get(talk.type, kinds["talk"]), day=day)
        yield from _plain("talk", who=names_of(talk.who, self.case, self.words))
        text = f"- {indented(escaped(ended(talk.text)))}"
        yield Fact(name="talk.text", value=text, records=(talk.root,))

    def _promises(self) -> Iterator[Fact]:
        """What was promised and is not marked as kept or waived."""
        open_ones = [promise for promise in self.case.promises if self._is_open(promise)]
        yield listed("promises.list", (self._promise(promise) for promise in open_ones))
        said = {entry.root for entry in self.chosen}
        agreed = listed("talk.promises", (self._promise(promise) for promise in open_ones if promise.entry in said))
        nothing = f"- {self.words.form('nothing_agreed')}" if self.chosen else ""
        yield agreed if agreed.of else replace(agreed, value=nothing)
        told = listed("promises.told", (self._promise(promise) for promise in open_ones if self._concerns(promise)))
        lead = f"{self.words.form('promises_lead')}\n\n" if told.of else ""
        yield replace(told, value=f"{lead}{told.value}", optional=True)

    def _concerns(self, promise: Promise) -> bool:
        """Whether it was made about a service of the letter, or about none, since the IEP was made."""
        said_in = self.case.by_root.get(promise.entry)
        about = getattr(said_in, "service", "")
        iep = max((iep.dated for iep in self.case.all(Iep)), default=date.min)
        return promise.made_on >= iep and (not about or about in {one.handle for one in self._concerned()})

    def _is_open(self, promise: Promise) -> bool:
        said_in = self.case.by_root.get(promise.entry)
        closed = any(mark.what in ("kept", "waived") for mark in self.case.marks(promise.root))
        return not closed and not getattr(said_in, "private", False)

    def _promise(self, promise: Promise) -> Fact:
        value = promise_sentence(promise, self.case, self.words, self.today)
        label = self.words.form("promise_number", no=promise.no)
        return Fact(name=f"promise.{promise.no}", value=value, label=label, records=(promise.root,))

    def _waiting(self) -> Iterator[Fact]:
        """Letters that were sent and not answered, or not wholly, and that no other replaces."""
        waiting = []
        for letter in self.case.letters:
            marks = {mark.what: mark for mark in self.case.marks(letter.root)}
            open_ones = left_open(letter, self.case) or ()
            if "sent" not in marks or ("replied" in marks and not open_ones) or replaced_on(letter, self.case):
                continue
            by_day = "waiting_by" if letter.reply_by else "waiting"
            value = self.words.form(
                "waiting_open" if open_ones else by_day,
                day=self.words.full_date(marks["sent"].on),
                title=escaped(letter.title),
                to=escaped(_first_lines(letter.to, self.words)),
                by=self._date(letter.reply_by),
                count=len(open_ones),
            )
            waiting.append(Fact(name=f"letter.{letter.no}", value=value, records=(letter.root,)))
        yield listed("letters.list", waiting)

    def _totals(self) -> Iterator[Fact]:
        concerned = {service.handle for service in self._concerned()}
        return self._tally.facts(concerned, self._about)

    @cached_property
    def _tally(self) -> Tally:
        return Tally(totals=self.totals, counted=self.counted, words=self.words, child=self._first_name)

    def _before(self) -> Iterator[Fact]:
        if self.before is None:
            empty = dict.fromkeys(("title", "day", "to", "sent", "reply_by", "waiting", "replied", "open"), "")
            yield from _plain("before", **empty)
            return
        letter, sent_on = self.before.letter, self.before.sent_on
        yield from _plain("before", title=letter.title, to=_first_lines(letter.to, self.words))
        yield from _plain("before", day=self.words.full_date(letter.dated), sent=self.words.full_date(sent_on))
        yield from _plain("before", reply_by=self._date(letter.reply_by), waiting=self._days_since(sent_on))
        replies = [mark.on for mark in self.case.marks(letter.root) if mark.what == "replied"]
        yield from _plain("before", replied=self._date(max(replies, default=None)))
        yield Fact(name="before.open", value=self._still_asked(letter))

    def _days_since(self, day: date) -> str:
        return self.words.amount((self.today - day).days, "days")

    def _still_asked(self, letter: Letter) -> str:
        """What that letter asked for and no answer met, in its own words."""
        asked = still_asked(letter, self.case, self.words.beside or self.words)
        return "\n".join(f"- {self.words.form('asked', words=escaped(_inside_quotes(one)))}" for one in asked)

    def _date(self, day: date | None) -> str:
        return self.words.full_date(day) if day else ""


def fill(
    text: str, template: Template, words: Words, facts: Mapping[str, Fact], given: Mapping[str, str] | None = None
) -> str:
    """A template's text with what is given and what the case knows; a visible blank for the rest."""

    def value_of(name: str) -> str:
        known = (given or {}).get(name) or (facts[name].value if name in facts else "")
        if not known and name in facts and facts[name].optional:
            return ""
        return known or blank(template.blanks.get(name) or words.tables["labels"].get(name, name))

    return _EMPTY_LINES.sub("\n\n", filled(text, value_of))


def _plain(group: str, **values: str) -> Iterator[Fact]:
    """Facts that come from no numbered record; their words are shown as they are."""
    for name, value in values.items():
        yield Fact(name=f"{group}.{name}", value=escaped(value))


def _inside_quotes(words: str) -> str:
    return words.replace("“", "‘").replace("”", "’")


def _first_lines(addresses: Iterable[str], words: Words) -> str:
    return words.listed([address.split("\n")[0] for address in addresses])


def _one_line(address: str) -> str:
    return ", ".join(address_lines(address))
