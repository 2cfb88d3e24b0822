"""What the checks and the spelling say of a letter being written: a row each, and the question it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core import dating
from iepjournal.core.findings import SIGNS
from iepjournal.core.mending import blank_labels
from iepjournal.screens.dialogs import Ask, Choose
from iepjournal.screens.letter_account import SIGN_ROLES
from iepjournal.widgets.typeset import GOOD, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import App

    from iepjournal.core.findings import Finding
    from iepjournal.core.mending import Mended
    from iepjournal.core.records import Letter
    from iepjournal.core.spelling import Doubt

PUT_IN, GO_THERE, TO_WHOM, TODAY, STANDS = "y", "g", "o", "d", "l"
"""The answers to a finding."""
THERE, RIGHT = "there", "right"
"""The answers to a doubt, besides a word to put in."""


def rows(findings: Sequence[Finding], doubts: Sequence[Doubt], labels: Sequence[str]) -> Iterator[Row]:
    """Every finding, then every word whose spelling is in doubt; `labels` name the blank that a finding is about."""
    for finding, label in zip(findings, labels, strict=True):
        title = f"{SIGNS[finding.level]} {f'Not filled in: {label}' if label else finding.message}"
        yield Row(title, "fill in" if label else "", finding, title_role=SIGN_ROLES[finding.level])
    for doubt in doubts:
        yield Row(f"? Spelling: “{doubt.word}”", f"{doubt.corrections[0]}?" if doubt.corrections else "", doubt)
    if not findings and not doubts:
        yield Row("✓ Nothing is missing, nothing was remarked on.", title_role=GOOD)


def label_of(finding: Finding, letter: Letter) -> str:
    """What the blank asks for that a finding is about; empty where it is about none in the text or the subject."""
    if finding.where != "blank":
        return ""
    found = (one for one in blank_labels(letter) if finding.message.startswith(f"Not filled in: {one} ("))
    return next(found, "")


async def ask_finding(app: App[None], finding: Finding, offered: Mended | None) -> str | None:
    """What is to be done about a finding."""
    answers = {PUT_IN: "put it in"} if offered else {}
    if finding.line:
        answers[GO_THERE] = "go there"
    if finding.where == "addressee":
        answers[TO_WHOM] = "to whom it goes"
    if finding.where == dating.WHERE:
        answers[TODAY] = "date it today"
    if finding.key:
        answers[STANDS] = "let it stand"
    suggested = f" “{' '.join(finding.suggestion.split())}”" if offered else ""
    question = f"{finding.message}{suggested}"
    return await app.push_screen_wait(Ask(question, answers or {"q": "back"}))


async def ask_doubt(app: App[None], doubt: Doubt) -> str | None:
    """Which word it should be, or that it is right, or `there` to look at it."""
    choices = [
        *((word, f"Make it “{word}”") for word in doubt.corrections),
        (THERE, "Go there"),
        (RIGHT, "It is right; do not ask again in this case"),
    ]
    return await app.push_screen_wait(Choose(f"“{doubt.word}”, on line {doubt.line}:", choices))
