"""What it would take to make good, for a chosen time: what was promised, given and not, and what it did to the child.

Minutes are where to begin, never an award; nothing here says what is due to the child.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iepjournal.core import services as counting

if TYPE_CHECKING:
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.records import Entry
    from iepjournal.core.services import Services

EFFECT, PROPOSAL = "effect", "proposal"
"""Tags of the entries in which the parent says what it did to the child, and what she proposes."""

WHERE_TO_BEGIN = (
    "Minutes are where to begin, not an award. What makes good depends on what the child lost and needs; "
    "say that in your own words."
)


@dataclass(frozen=True, kw_only=True)
class Compensatory:
    """The facts for one time, to be read together."""

    services: Services
    effects: tuple[Entry, ...]
    """In the parent's words, by the day they tell of; private ones are left out."""
    proposals: tuple[Entry, ...]
    """What is proposed, the newest last; from any day."""


def compensatory(
    case: Case,
    *,
    as_of: date,
    since: date | None = None,
    until: date | None = None,
    service: str = "",
    private: bool = True,
) -> Compensatory:
    """Gather the figures of every service or one, the effects told of that time, and what is proposed."""
    found = counting.services(case, as_of=as_of, since=since, until=until, private=private)
    told = [entry for entry in case.entries if not entry.private and (not service or entry.service in ("", service))]
    first = found.since or as_of
    effects = [entry for entry in told if EFFECT in entry.tags and first <= entry.happened_on <= found.until]
    return Compensatory(
        services=found.only(service) if service else found,
        effects=tuple(sorted(effects, key=lambda entry: entry.happened_on)),
        proposals=tuple(entry for entry in told if PROPOSAL in entry.tags),
    )


def as_json(found: Compensatory) -> dict[str, Any]:
    """The figures as in `services --json`, with the effects and proposals beside them."""
    return {
        **counting.as_json(found.services),
        "effects": [_entry(entry) for entry in found.effects],
        "proposals": [_entry(entry) for entry in found.proposals],
        "note": WHERE_TO_BEGIN,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {"no": entry.no, "on": entry.happened_on.isoformat(), "text": entry.text}
