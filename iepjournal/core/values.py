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
        self.check_names(values)
        # What was not given is the class's own attribute: most fields of most records are empty.
        self.__dict__.update(values)

    @classmethod
    def check_names(cls, names: Mapping[str, Any]) -> None:
        """Refuse a field that there is not, or the lack of one that must be given."""
        given = names.keys()
        if not cls._NEEDED <= given <= cls.FIELDS.keys():
            missing, unknown = sorted(cls._NEEDED - given), sorted(given - cls.FIELDS.keys())
            raise TypeError(f"{cls.__name__}: missing {missing}, unknown {unknown}")

    @classmethod
    def of_checked(cls, values: dict[str, Any]) -> Self:
        """The value that has these fields, whose names were checked; the mapping is its own from now on."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        return made

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
