"""The agenda: deadlines as rows by whose duty they are, with what belongs together folded into one row."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from iepjournal.core.dates import say
from iepjournal.core.rules import OWERS
from iepjournal.core.values import Value
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iepjournal.core.due import Deadline

GROUPS = {"parent": "Me", "school": "School", "state": "State"}
"""Whose duty; what either side may do is the parent's to decide."""


class Row(Value):
    """One deadline and what is shown under it."""

    deadline: Deadline
    beneath: tuple[Deadline, ...] = ()
    later: tuple[Deadline, ...] = ()
    """Of a look-back: the days that leave the window after this one."""


def agenda(deadlines: Iterable[Deadline]) -> Mapping[str, Sequence[Row]]:
    """What still waits, by whose duty it is, the nearest first; duties without a number stand under what has one."""
    groups: dict[str, list[Row]] = {name: [] for name in GROUPS}
    open_ones = [one for one in deadlines if one.waits or one.status in ("on-hold", "standard")]
    for row in _folded(open_ones):
        if row.deadline.status != "standard":
            groups[_group(row.deadline)].append(row)
    return groups


def duties(deadlines: Iterable[Deadline]) -> Sequence[Deadline]:
    """What somebody has to do though the law has no number for it."""
    return [one for one in deadlines if one.status == "standard"]


def for_calendar(deadlines: Sequence[Deadline]) -> Sequence[Deadline]:
    """One event a row, and what was done ahead of its day, to be taken off again."""
    rows = [row.deadline for group in agenda(deadlines).values() for row in group]
    return rows + [one for one in deadlines if one.due and not one.waits and not one.rule.look_back]


def login_line(deadlines: Sequence[Deadline]) -> str:
    """What matters now in one line; empty when nothing waits."""
    rows = [row.deadline for group in agenda(deadlines).values() for row in group]
    wanting = [one for one in rows if one.wants_doing]
    if wanting:
        first = min(wanting, key=lambda one: one.act_by or one.due or one.as_of)
        more = f" and {len(wanting) - 1} more" if len(wanting) > 1 else ""
        return f"{first.title}, {OWERS[first.rule.who]}: {_when(first)}{more}"
    waiting = [one for one in rows if one.due]
    if not waiting:
        return ""
    first = min(waiting, key=lambda one: one.act_by or one.due or one.as_of)
    return f"Nothing is late. Next: {first.title}, {OWERS[first.rule.who]}: {_when(first)}"


def of_record(deadlines: Iterable[Deadline], no: int, rule: str = "") -> Deadline:
    """The deadline that a numbered record started; NotAllowed says which there are when that is not one."""
    started = [one for one in deadlines if one.no == no and one.rule.readings and rule in ("", one.rule.id)]
    main = [one for one in started if rule or not one.rule.beside]
    if len(main) == 1:
        return main[0]
    if not started:
        which = f"the deadline “{rule}”" if rule else "a deadline"
        raise NotAllowed(f"Number {no} started no such thing as {which}. Nothing was saved.", "See: iepjournal due")
    ids = ", ".join(one.rule.id for one in started)
    raise NotAllowed(f"Number {no} started {len(started)} deadlines: {ids}. Nothing was saved.", "Say which one.")


def _when(deadline: Deadline) -> str:
    day = deadline.act_by or deadline.due
    assert day is not None
    if deadline.status == "overdue" or deadline.act_by is None:
        return f"{say(day, deadline.as_of)} ({deadline.in_words})"
    return f"act by {say(day, deadline.as_of)}"


def _group(deadline: Deadline) -> str:
    return deadline.rule.who if deadline.rule.who in GROUPS else "parent"


def _folded(deadlines: Sequence[Deadline]) -> Iterable[Row]:
    """Look-backs of one rule in one row, and each deadline beside another under that one's row."""
    rows: dict[str, Row] = {}
    main: dict[str, list[str]] = defaultdict(list)
    for one in deadlines:
        if one.rule.look_back and main[one.rule.id]:
            first = main[one.rule.id][0]
            rows[first] = rows[first].replace(later=(*rows[first].later, one))
            continue
        rows[one.key] = Row(deadline=one)
        main[one.rule.id].append(one.key)
    for key, row in list(rows.items()):
        beside = row.deadline.rule.beside
        same = f"{beside}:{row.deadline.record}"
        above = same if same in rows else next(iter(main.get(beside, ())), "")
        if beside and above in rows and above != key:
            rows[above] = rows[above].replace(beneath=(*rows[above].beneath, row.deadline))
            del rows[key]
    return rows.values()
