"""The set-up of a case: what `new --from` reads and `export-case --setup` writes, as plain values of a TOML file.

What is wrong in it becomes findings with the path of the key; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from iepjournal.core.calendars import checked as checked_calendar
from iepjournal.core.dates import full_date
from iepjournal.core.findings import Finding
from iepjournal.core.iep import checked as checked_service
from iepjournal.core.people import new_handle
from iepjournal.core.records import (
    Calendar,
    Child,
    Iep,
    Parent,
    Period,
    Person,
    Profile,
    Record,
    School,
    Service,
    Span,
)
from iepjournal.core.text import clean_text
from iepjournal.core.values import Value
from iepjournal.errors import CannotUnderstand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iepjournal.core.case import Case

Setup = dict[str, Any]

PROFILE: dict[str, type[Value]] = {"child": Child, "parent": Parent, "school": School}
_SPAN = {"from": "first", "to": "last", "why": "why"}
_PERIOD = {"kind": "kind", "name": "name", "from": "first", "to": "last"}
SPELLED = {Iep: {"date": "dated"}, Span: _SPAN, Period: _PERIOD}
"""Where a key of the file has another name than the record's field."""
TABLES = {"people": Person, "services": Service}
SINGLE = {"iep": Iep, "calendar": Calendar}
_MANY_LINES = ("address", "contact", "words")
_OF_THE_STAMP = frozenset(Record.FIELDS)


def from_setup(setup: Mapping[str, Any]) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """The records of a set-up and what is wrong with it; with a `stop` among the findings, write none of them."""
    reader = _Reader()
    reader.point_out_unknown(setup, {"state", *PROFILE, *TABLES, *SINGLE}, "")
    state = reader.scalar(setup.get("state", "ms"), "str", "state") or "ms"
    profile = Profile(state=state).replace(
        **{key: reader.value(kind, setup.get(key, {}), key) or kind() for key, kind in PROFILE.items()}
    )
    records: list[Record | None] = [profile]
    for key, kind in TABLES.items():
        rows = reader.rows(setup.get(key, []), key)
        records += [reader.record(kind, row, f"{key} {number}") for number, row in enumerate(rows, start=1)]
    records += [reader.record(kind, setup[key], key) for key, kind in SINGLE.items() if key in setup]
    found = tuple(record for record in records if record is not None)
    reader.compare(found)
    return found, tuple(reader.findings)


def to_setup(case: Case) -> Setup:
    """The set-up of a case as it stands now; empty fields are left out."""
    setup: Setup = {"state": case.profile.state}
    for key in PROFILE:
        setup[key] = _plain(getattr(case.profile, key))
    setup["people"] = [_plain(person) for person in case.people.values()]
    ieps, calendars = case.all(Iep), case.all(Calendar)
    if ieps:
        setup["iep"] = _plain(ieps[-1])
    setup["services"] = [_plain(service) for service in case.all(Service)]
    if calendars:
        setup["calendar"] = _plain(calendars[-1])
    return {key: value for key, value in setup.items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if not isinstance(value, Value):
        return value
    keys = {name: key for key, name in SPELLED.get(type(value), {}).items()}
    return {
        keys.get(name, name): _plain(held)
        for name in value.FIELDS
        if _is_worth_writing(value, name, held := getattr(value, name))
        and not (isinstance(value, Record) and name in _OF_THE_STAMP)
    }


def _is_worth_writing(value: Value, name: str, held: object) -> bool:
    if name not in value.DEFAULTS:
        return True
    return held not in (None, "", ()) and not (isinstance(held, bool) and held == value.DEFAULTS[name])


@dataclass
class _Reader:
    """Reads one file and gathers what is wrong with it."""

    findings: list[Finding] = field(default_factory=list)

    def stop(self, where: str, message: str) -> None:
        self.findings.append(Finding(level="stop", where=where, message=message))

    def point_out_unknown(self, read: Mapping[str, Any], known: set[str], where: str) -> None:
        for key in read:
            if key not in known:
                path = f"{where}.{key}".lstrip(".")
                self.findings.append(Finding(level="warn", where=path, message="not a known key; it is left out."))

    def record(self, kind: type[Record], read: object, where: str) -> Record | None:
        """One table as a record that the case can use; None when something in it stops it."""
        record = self.value(kind, read, where)
        try:
            if isinstance(record, Person):
                return record.replace(handle=new_handle(record.handle))
            if isinstance(record, Service):
                return checked_service(record.replace(handle=new_handle(record.handle)))
            if isinstance(record, Calendar):
                return checked_calendar(record)
        except CannotUnderstand as error:
            self.stop(where, f"“{error.typed}” is not {error.what}. {error.hint}".strip())
            return None
        return record if isinstance(record, Record) else None

    def compare(self, records: tuple[Record, ...]) -> None:
        """What is wrong between records that are each in order."""
        people = [record.handle for record in records if isinstance(record, Person)]
        services = [record for record in records if isinstance(record, Service)]
        for handle in sorted({handle for handle in people if people.count(handle) > 1}):
            self.stop("people", f"the handle “{handle}” stands there twice.")
        versions = [(service.handle, service.start) for service in services]
        for handle, start in dict.fromkeys(version for version in versions if versions.count(version) > 1):
            since = f" from {full_date(start)}" if start else ""
            self.stop("services", f"“{handle}”{since} stands there twice; a changed service starts on a later day.")
        for provider in dict.fromkeys(service.provider for service in services):
            if provider and provider not in people:
                message = f"the provider “{provider}” is not the handle of one of the people."
                self.findings.append(Finding(level="warn", where="services", message=message))

    def rows(self, read: object, where: str) -> list[Any]:
        if not isinstance(read, list):
            self.stop(where, f"write it as [[{where}]].")
            return []
        return read

    def value(self, kind: type[Value], read: object, where: str) -> Value | None:
        """One table as a value; None when something in it stops it."""
        if not isinstance(read, dict):
            self.stop(where, "should be a table of keys.")
            return None
        spelled = SPELLED.get(kind, {})
        fields = {name: name for name in kind.FIELDS if not (issubclass(kind, Record) and name in _OF_THE_STAMP)}
        keys = {**{name: name for name in fields if name not in spelled.values()}, **spelled}
        self.point_out_unknown(read, set(keys), where)
        before = len(self.findings)
        values = {
            keys[key]: self.scalar(held, kind.FIELDS[keys[key]], f"{where}.{key}")
            for key, held in read.items()
            if key in keys
        }
        for key, name in keys.items():
            if name not in kind.DEFAULTS and name not in values:
                self.stop(where, f"“{key}” is missing.")
        if any(finding.level == "stop" for finding in self.findings[before:]):
            return None
        return kind(**values)

    def scalar(self, held: object, kind: str, where: str) -> Any:
        """One value of the field's kind."""
        kind = kind.removesuffix(" | None")
        if kind.startswith("tuple["):
            part = kind.removeprefix("tuple[").removesuffix(", ...]")
            return tuple(
                self.scalar(one, part, f"{where} {n}") for n, one in enumerate(self.rows(held, where), start=1)
            )
        if kind in _NESTED:
            return self.value(_NESTED[kind], held, where)
        if kind == "str" and isinstance(held, str):
            return clean_text(held, multiline=where.endswith(_MANY_LINES)).text.strip()
        if type(held) is not _SCALARS[kind][0]:
            self.stop(where, f"should be {_SCALARS[kind][1]}, and is “{held}”.")
            return None
        return held


_NESTED: dict[str, type[Value]] = {"Span": Span, "Period": Period}
_SCALARS: dict[str, tuple[type, str]] = {
    "str": (str, "text in quotes"),
    "int": (int, "a whole number"),
    "bool": (bool, "true or false"),
    "date": (date, "a date like 2026-08-14, without quotes"),
}
