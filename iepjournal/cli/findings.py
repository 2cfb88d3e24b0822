"""Findings in the shell: said under their numbers, and one of them chosen by its number to stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.findings import SIGNS
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iepjournal.cli.desk import Desk
    from iepjournal.core.findings import Finding


def say_findings(desk: Desk, findings: Iterable[Finding]) -> None:
    """Say each finding under its number."""
    for number, finding in enumerate(findings, start=1):
        citation = f" ({finding.citation})" if finding.citation else ""
        desk.say(f"{number} {SIGNS[finding.level]} {finding.where}: {finding.message}{citation}")
        if finding.suggestion:
            desk.say(f"     {finding.suggestion}")


def to_stand(findings: Sequence[Finding], number: str, *, seen_with: str, instead: str) -> Finding:
    """The finding of that number, if it may be let stand; NotAllowed says what to do instead."""
    if not number.isdigit() or not 1 <= int(number) <= len(findings):
        raise CannotUnderstand("the number of a remark", number, f"See them with: {seen_with}")
    chosen = findings[int(number) - 1]
    if not chosen.key:
        raise NotAllowed(f"This cannot be let stand: {chosen.message}", instead)
    return chosen
