"""The figures of a service in words: what stands beside the two totals on a screen, on a page and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.dates import distance, full_date
from iepjournal.core.services import number
from iepjournal.core.sessions import REASONS, RESULTS

if TYPE_CHECKING:
    from iepjournal.core.ledger import Counted, Row
    from iepjournal.core.services import ServiceCount

COLUMNS = {"due": "due", "given": "given", "missed": "not delivered", "unknown": "not known", "over": "over"}
"""Each column of the figures and its words."""
TWO_TOTALS = (
    "As written: each week in full. Conservative: by school days, without closures and the family's own reasons."
)
NO_CALENDAR = "No school calendar yet: every weekday counts as a school day."
NO_VERDICT = "These are minutes not delivered. No number of them is a violation by itself, nor an award."
FLAG_WORDS = {
    "substitute": "given by a substitute",
    "group": "given in a group where the IEP says individual",
    "place": "given in another place than the IEP says",
}


def columns(count: ServiceCount) -> dict[str, str]:
    """The columns to show: what is over only where something is."""
    over = count.as_written.over or count.conservative.over
    return {column: words for column, words in COLUMNS.items() if column != "over" or over}


def remarks(count: ServiceCount) -> tuple[str, ...]:
    """What the totals do not say by themselves, a line each."""
    total, week = count.as_written, count.open_period
    course = (
        f"{total.percent_given:g} % known to be given" if total.percent_given is not None else "nothing was due",
        f"{number(total.made_up)} made up" if total.made_up else "",
        f"last known {distance(count.last_given, count.as_of)}" if count.last_given else "none known to be given",
        f"longest time without one {count.longest_gap.days} days" if count.longest_gap else "",
    )
    reasons = " · ".join(f"{REASONS[reason]} {number(amount)}" for reason, amount in count.by_reason.items())
    flags = " · ".join(f"{FLAG_WORDS[flag]} {number(amount)}" for flag, amount in count.flagged.items())
    lines = (
        " · ".join(filter(None, course)),
        f"not delivered by reason: {reasons}" if reasons else "",
        flags,
        f"this {week.asked.period.kind} so far: {week.sessions_given} of {week.sessions_asked}" if week else "",
    )
    return tuple(filter(None, lines))


def what_is_recorded(one: Counted) -> str:
    """A session as it counts where it stands: `not given, no provider`."""
    session = one.session
    what = RESULTS[session.result]
    if session.minutes:
        what = f"{session.minutes} min {'given' if session.result == 'partial' else what}"
    if one.repairs:
        what = f"{number(one.given)} made up of {full_date(one.repairs.on)}"
    return ", ".join(filter(None, (what, REASONS.get(session.reason, ""))))


def shortfalls(count: ServiceCount) -> tuple[tuple[Row, Counted], ...]:
    """Every session that was documented as not given, or not whole, and the make-ups that repaired one, in order."""
    return tuple(
        (row, one)
        for row in count.rows
        for one in row.sessions
        if one.repairs or one.session.result in ("missed", "partial")
    )
