"""Hypothesis strategies for any record, built from the annotations of its fields, so that a new field is tried too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from iepjournal.core import records as record_kinds
from iepjournal.core.records import KINDS, Record

if TYPE_CHECKING:
    from iepjournal.core.values import Value

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)

_offsets = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))

_scalars: dict[str, st.SearchStrategy[Any]] = {
    "str": texts,
    "int": st.integers(0, 10_000),
    "bool": st.booleans(),
    "date": st.dates(),
    "time": st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    "datetime": st.datetimes(min_value=datetime(1990, 1, 1), timezones=_offsets | st.just(UTC)),
}


def any_record() -> st.SearchStrategy[Record]:
    """A record of any kind with any content, also such as no parent would write."""
    return st.sampled_from(list(KINDS.values())).flatmap(any_value)


def any_value(kind: type[Value]) -> st.SearchStrategy[Any]:
    """A value of this class."""
    return st.builds(kind, **{name: _field(annotation) for name, annotation in kind.FIELDS.items()})


def _field(annotation: str) -> st.SearchStrategy[Any]:
    if annotation.endswith(" | None"):
        return st.none() | _field(annotation.removesuffix(" | None"))
    if annotation.startswith("tuple["):
        part = annotation.removeprefix("tuple[").removesuffix("]").removesuffix(", ...")
        return st.lists(_field(part), max_size=3).map(tuple)
    return _scalars[annotation] if annotation in _scalars else any_value(getattr(record_kinds, annotation))
