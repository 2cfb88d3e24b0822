"""Record <-> stored object (plain JSON types). Empty fields are left out, unknown ones are passed over."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from iepjournal.core import records
from iepjournal.core.records import KINDS, Record
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

V = TypeVar("V", bound=Value)
Stored = dict[str, Any]
KIND_KEY = "record"
"""Under which a stored object says what it is; no field of a record may be called so."""


def to_stored(record: Record) -> Stored:
    """The object that is written for a record, what it is first; raises TypeError for what must not be sealed."""
    return {KIND_KEY: record.KIND, **_plain_fields(record)}


def from_stored(stored: Mapping[str, Any]) -> Record | None:
    """The record of a stored object, None for a kind this program does not know; ValueError says what is wrong."""
    kind = KINDS.get(str(stored.get(KIND_KEY, "")))
    if kind is None:
        return None
    try:
        return _read(kind, stored)
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"{kind.KIND} {stored.get('no') or stored.get('uid')}: {error}") from error


def _plain_fields(value: Value) -> Stored:
    said = ((name, getattr(value, name)) for name in value.FIELDS)
    defaults = value.DEFAULTS
    return {name: _plain(field) for name, field in said if name not in defaults or field != defaults[name]}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Value):
        return _plain_fields(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be sealed")


def _read(cls: type[V], stored: Mapping[str, Any]) -> V:
    readers = _READERS.get(cls) or _READERS.setdefault(cls, _readers_of(cls))
    values = {**stored}
    values.pop(KIND_KEY, None)
    if not values.keys() <= cls.FIELDS.keys():
        values = {name: value for name, value in values.items() if name in cls.FIELDS}
    for name, read in readers:
        if values.get(name) is not None:
            values[name] = read(values[name])
    return cls.from_fields(values)


_READERS: dict[type[Value], tuple[tuple[str, Callable[[Any], Any]], ...]] = {}
"""For each class the fields that are not stored as they are, and what reads them."""


def _readers_of(cls: type[Value]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    readers = ((name, _reader(kind.removesuffix(" | None"))) for name, kind in cls.FIELDS.items())
    return tuple((name, reader) for name, reader in readers if reader)


def _reader(kind: str) -> Any:
    """The function that turns a stored value into a field of this annotation; None where it is the same."""
    if kind.startswith("tuple["):
        part = _reader(kind.removeprefix("tuple[").removesuffix("]").removesuffix(", ..."))
        return tuple if part is None else lambda values: tuple(part(value) for value in values)
    if kind in _SCALARS:
        return _SCALARS[kind]
    nested: type[Value] = getattr(records, kind)
    return lambda value: _read(nested, value)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is not {kind.__name__}")
        return value

    return check


_SCALARS: dict[str, Any] = {
    "str": None,
    "bool": None,
    "int": _exactly(int),
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}
