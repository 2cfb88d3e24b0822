"""Frozen, keyword-only values, typed like dataclasses (PEP 681).

The standard library's decorator compiles six methods for each class, which for all records of a case was half of
what a quick `log` takes. This one compiles nothing; everything off that path uses `dataclasses`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Mapping

EMPTY: Mapping[Any, Any] = MappingProxyType({})
"""A default for fields that map one thing to another; nothing can be put into it."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value:
    """Equal when its class and fields are equal; cannot be changed, only `replace`d."""

    FIELDS: ClassVar[dict[str, str]] = {}
    """Each field's name and annotation, base classes first."""
    DEFAULTS: ClassVar[dict[str, Any]] = {}
    _NEEDED: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        own = {name: str(kind) for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)}
        cls.FIELDS = {**cls.FIELDS, **own}
        cls.DEFAULTS = {**cls.DEFAULTS, **{name: cls.__dict__[name] for name in own if name in cls.__dict__}}
        cls._NEEDED = frozenset(cls.FIELDS.keys() - cls.DEFAULTS.keys())

    def __init__(self, **values: Any) -> None:
        self._take(values)

    @classmethod
    def from_fields(cls, values: Mapping[str, Any]) -> Self:
        """The value with these fields; for ten thousand of them, quicker than keywords."""
        made = cls.__new__(cls)
        made._take(values)
        return made

    def _take(self, values: Mapping[str, Any]) -> None:
        given = values.keys()
        if not self._NEEDED <= given <= self.FIELDS.keys():
            missing, unknown = sorted(self._NEEDED - given), sorted(given - self.FIELDS.keys())
            raise TypeError(f"{type(self).__name__}: missing {missing}, unknown {unknown}")
        # What was not given is the class's own attribute: most fields of most records are empty.
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; use replace()")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; use replace()")

    def _fields(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.FIELDS)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and (other.__dict__ == self.__dict__ or other._fields() == self._fields())

    def __hash__(self) -> int:
        return hash((type(self), *self._fields()))

    def __repr__(self) -> str:
        said = ((name, getattr(self, name)) for name in self.FIELDS)
        changed = (
            f"{name}={value!r}" for name, value in said if name not in self.DEFAULTS or value != self.DEFAULTS[name]
        )
        return f"{type(self).__name__}({', '.join(changed)})"

    def replace(self, **changes: Any) -> Self:
        """The same value with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})
