"""What a case offers to a letter: names -> words, each with the records it came from. Private entries are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from iepjournal.core.asks import still_asked
from iepjournal.core.markdown import escaped, indented
from iepjournal.core.records import Iep, Service
from iepjournal.core.sentences import (
    address_lines,
    ended,
    entry_sentence,
    in_a_sentence,
    names_of,
    number,
    promise_sentence,
    salutation,
    service_sentence,
    session_sentence,
)
from iepjournal.core.templates import blank, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry, Letter, Person, Promise
    from iepjournal.core.services import ServiceCount, Services
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Words for one blank; empty where the case does not know them."""

    name: str
    value: str
    label: str = ""
    """What a finding calls it."""
    records: tuple[str, ...] = ()
    """Root uids of the records it came from; a fact that has some is remembered in the letter."""
    of: tuple[Fact, ...] = ()
    """The facts a list is made of, remembered in its place."""

    @property
    def remembered(self) -> tuple[Fact, ...]:
        """What a letter that uses it keeps, to see later whether it moved."""
        return self.of or ((self,) if self.records and self.value else ())


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

    def facts(self) -> dict[str, Fact]:
        """Every fact by its name, those that lists are made of included."""
        found = (
            *self._family(), *self._letter(), *self._services(), *self._entries(), *self._talk(),
            *self._promises(), *self._waiting(), *self._totals(), *self._before(),
        )  # fmt: skip
        return {fact.name: fact for fact in (*(part for listed in found for part in listed.of), *found)}

    def _family(self) -> Iterator[Fact]:
        child, parent, school = self.case.profile.child, self.case.profile.parent, self.case.profile.school
        first_name = child.name.split()[0] if child.name.strip() else ""
        yield from _plain(
            "child", name=child.name, first=first_name, grade=child.grade, born=self._date(child.birth_date)
        )
        yield from _plain("child", address=_one_line(child.address), where=self._residence())
        contact = f" {self.words.alternative} ".join(filter(None, (parent.phone, parent.email)))
        yield from _plain("parent", name=parent.name, phone=parent.phone, email=parent.email, contact=contact)
        yield from _plain("parent", address=_one_line(parent.address))
        yield from _plain("school", name=school.name, district=school.district, address=_one_line(school.address))

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
        yield _listed("services.list", (self._service(service) for service in concerned))

    def _service(self, service: Service) -> Fact:
        value = service_sentence(service, self.words)
        return Fact(name=f"service.{service.handle}", value=value, label=service.name, records=(service.root,))

    def _concerned(self) -> tuple[Service, ...]:
        """The services the chosen entries are about; else those with missed sessions; else all there are now."""
        missed = {count.handle for count in self._counts if count.conservative.missed}
        current = {handle for handle, one in self._versions.items() if one.end is None or one.end >= self.today}
        handles = self._about or missed or current
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
        yield _listed("entries.list", single)
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
        yield _listed("promises.list", (self._promise(promise) for promise in open_ones))
        said = {entry.root for entry in self.chosen}
        agreed = _listed("talk.promises", (self._promise(promise) for promise in open_ones if promise.entry in said))
        nothing = f"- {self.words.form('nothing_agreed')}" if self.chosen else ""
        yield agreed if agreed.of else replace(agreed, value=nothing)

    def _is_open(self, promise: Promise) -> bool:
        said_in = self.case.by_root.get(promise.entry)
        closed = any(mark.what in ("kept", "waived") for mark in self.case.marks(promise.root))
        return not closed and not getattr(said_in, "private", False)

    def _promise(self, promise: Promise) -> Fact:
        value = promise_sentence(promise, self.case, self.words)
        label = self.words.form("promise_number", no=promise.no)
        return Fact(name=f"promise.{promise.no}", value=value, label=label, records=(promise.root,))

    def _waiting(self) -> Iterator[Fact]:
        """Letters that were sent and not answered."""
        waiting = []
        for letter in self.case.letters:
            marks = {mark.what: mark for mark in self.case.marks(letter.root)}
            if "sent" in marks and "replied" not in marks:
                value = self.words.form(
                    "waiting_by" if letter.reply_by else "waiting",
                    day=self.words.full_date(marks["sent"].on),
                    title=escaped(letter.title),
                    to=escaped(_first_lines(letter.to, self.words)),
                    by=self._date(letter.reply_by),
                )
                waiting.append(Fact(name=f"letter.{letter.no}", value=value, records=(letter.root,)))
        yield _listed("letters.list", waiting)

    def _totals(self) -> Iterator[Fact]:
        """The conservative figures by service, and the sessions and weeks behind them."""
        columns = self.words.tables["total_columns"]
        concerned = {service.handle for service in self._concerned()}
        counts = [count for count in self._counts if count.handle in concerned]
        figures = {count.handle: tuple(self._figures(count, columns)) for count in counts}
        head = "| " + " | ".join(columns.values()) + " |\n|" + "---|" + "--:|" * (len(columns) - 1)
        rows = [self._row(count, figures[count.handle]) for count in counts]
        table = "\n".join((head, *rows)) if rows else ""
        yield Fact(name="totals.table", value=table, of=tuple(fact for row in figures.values() for fact in row))
        yield Fact(name="totals.day", value=self._date(self.totals.until) if self.totals else "")
        yield _listed("missed.list", (fact for count in counts for fact in self._missed(count)))
        about = self._about or {count.handle for count in self._counts}
        unknown = (self._unknown(count) for count in self._counts if count.handle in about)
        yield _listed("unknown.list", chain.from_iterable(unknown))

    def _row(self, count: ServiceCount, figures: tuple[Fact, ...]) -> str:
        name = self.words.form("total_name", name=count.name, unit=self.words.tables["units"][count.unit])
        return "| " + " | ".join((escaped(name), *(fact.value for fact in figures))) + " |"

    def _figures(self, count: ServiceCount, columns: Mapping[str, str]) -> Iterator[Fact]:
        sessions = tuple(counted.session.root for row in count.rows for counted in row.sessions)
        for column, title in list(columns.items())[1:]:
            yield Fact(
                name=f"total.{count.handle}.{column}",
                value=number(getattr(count.conservative, column)),
                records=sessions or tuple(version.service.root for version in count.history),
                label=f"{count.name}, {in_a_sentence(title)}",
            )

    def _missed(self, count: ServiceCount) -> Iterator[Fact]:
        counted_sessions = (counted for row in count.rows for counted in row.sessions)
        for counted in counted_sessions:
            session, amount = counted.session, counted.missed_conservative
            if amount and not counted.repairs:
                yield Fact(
                    name=f"session.{session.no}",
                    value=session_sentence(session, amount, count.name, count.unit, self.words),
                    label=self.words.form("session_number", no=session.no),
                    records=(session.root,),
                )

    def _unknown(self, count: ServiceCount) -> Iterator[Fact]:
        for row in count.rows:
            period, amount = row.asked.period, row.conservative.unknown
            if amount:
                value = self.words.form(
                    "unknown",
                    service=escaped(in_a_sentence(count.name)),
                    first=self.words.full_date(period.first),
                    last=self.words.full_date(period.last),
                    amount=number(amount),
                    unit=self.words.tables["units"][count.unit],
                )
                services = tuple(version.service.root for version, _ in row.asked.shares)
                name = f"unknown.{count.handle}.{period.first}"
                yield Fact(name=name, value=value, label=count.name, records=services)

    @cached_property
    def _counts(self) -> tuple[ServiceCount, ...]:
        """The services that could be counted and of which something was due."""
        counts = self.totals.counts if self.totals else ()
        return tuple(count for count in counts if not count.needs and count.conservative.due)

    def _before(self) -> Iterator[Fact]:
        if self.before is None:
            empty = dict.fromkeys(("title", "day", "to", "sent", "reply_by", "waiting", "replied", "open"), "")
            yield from _plain("before", **empty)
            return
        letter, sent_on = self.before.letter, self.before.sent_on
        yield from _plain("before", title=letter.title, to=_first_lines(letter.to, self.words))
        yield from _plain("before", day=self.words.full_date(letter.dated), sent=self.words.full_date(sent_on))
        yield from _plain("before", reply_by=self._date(letter.reply_by), waiting=str((self.today - sent_on).days))
        replies = [mark.on for mark in self.case.marks(letter.root) if mark.what == "replied"]
        yield from _plain("before", replied=self._date(max(replies, default=None)))
        yield Fact(name="before.open", value=self._still_asked(letter))

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
        return known or blank(template.blanks.get(name) or words.tables["labels"].get(name, name))

    return filled(text, value_of)


def _plain(group: str, **values: str) -> Iterator[Fact]:
    """Facts that come from no numbered record; their words are shown as they are."""
    for name, value in values.items():
        yield Fact(name=f"{group}.{name}", value=escaped(value))


def _listed(name: str, single: Iterable[Fact]) -> Fact:
    of = tuple(single)
    return Fact(name=name, value="\n".join(f"- {fact.value}" for fact in of), of=of)


def _inside_quotes(words: str) -> str:
    return words.replace("“", "‘").replace("”", "’")


def _first_lines(addresses: Iterable[str], words: Words) -> str:
    return words.listed([address.split("\n")[0] for address in addresses])


def _one_line(address: str) -> str:
    return ", ".join(address_lines(address))
