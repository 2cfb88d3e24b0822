"""Value: frozen, keyword-only, equal by content."""

from __future__ import annotations

import pytest

from iepjournal.core.values import Value


class Point(Value):
    x: int
    y: int = 0


class Labelled(Point):
    label: str = ""


def test_a_value_takes_its_fields_by_name_and_fills_in_defaults() -> None:
    labelled = Labelled(x=1, label="here")

    assert (labelled.x, labelled.y, labelled.label) == (1, 0, "here")


def test_fields_of_the_base_class_come_first() -> None:
    assert list(Labelled.FIELDS) == ["x", "y", "label"]


@pytest.mark.parametrize("given", [{}, {"x": 1, "z": 2}, {"y": 1}])
def test_a_missing_or_unknown_field_is_refused(given: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="Point: missing"):
        Point(**given)


def test_a_value_cannot_be_changed() -> None:
    point = Point(x=1)

    with pytest.raises(AttributeError, match="frozen"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del point.x
    assert point == Point(x=1)


def test_replace_makes_another_value_and_leaves_the_first() -> None:
    point = Point(x=1)

    assert point.replace(y=5) == Point(x=1, y=5)
    assert point == Point(x=1, y=0)


def test_equal_values_are_one_key() -> None:
    assert len({Point(x=1), Point(x=1, y=0), Point(x=2)}) == 2


def test_a_value_of_another_class_is_not_equal() -> None:
    assert Labelled(x=1) != Point(x=1)


def test_repr_leaves_out_what_is_as_usual() -> None:
    assert repr(Labelled(x=1, label="here")) == "Labelled(x=1, label='here')"
