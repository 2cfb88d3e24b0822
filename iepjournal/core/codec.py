"""Record <-> stored object (plain JSON types). Empty fields are left out, unknown ones are passed over."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from iepjournal.core import records
from iepjournal.core.records import KINDS, Record
from iepjournal.core.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
    names = (cls, *stored)
    shape = _SHAPES.get(names) or _SHAPES.setdefault(names, _Shape(cls, stored))
    values = {**stored}
    for name in shape.passed_over:
        del values[name]
    for name, read in shape.readers:
        if values[name] is not None:
            values[name] = read(values[name])
    return cls.of_checked(values)


class _Shape:
    """What is done with every stored object of the same keys: there are few such shapes, and ten thousand records."""

    def __init__(self, cls: type[Value], names: Iterable[str]) -> None:
        self.passed_over = tuple(name for name in names if name not in cls.FIELDS)
        kinds = {name: cls.FIELDS[name].removesuffix(" | None") for name in names if name in cls.FIELDS}
        cls.check_names(kinds)
        self.readers = tuple((name, reader) for name, kind in kinds.items() if (reader := _reader(kind)))


_SHAPES: dict[tuple[Any, ...], _Shape] = {}


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
