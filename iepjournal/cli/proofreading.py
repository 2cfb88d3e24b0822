"""Reading a letter over: what is missing, what would weaken it, how it reads to a stranger, how it is spelled."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from iepjournal import mailroom
from iepjournal.cli.findings import say_findings, to_stand
from iepjournal.core.corrections import amended, name_of
from iepjournal.core.records import Letter, Service
from iepjournal.core.spelling import KEY as SPELLING
from iepjournal.core.text import clean_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.findings import Finding
    from iepjournal.core.records import Record
    from iepjournal.core.services import Services
    from iepjournal.store.case_store import CaseStore

LONGEST_WORDS = 90
"""Characters shown of the words that say a part."""


def check_letter(args: argparse.Namespace, desk: Desk) -> int:
    """All there is to say about a letter; or let a remark or a word stand."""
    from iepjournal.core.checks import as_json, is_ready

    store = desk.store()
    case = store.case()
    one = case.numbered(args.no, Letter)
    findings = findings_of(store, case, one, desk)
    if args.right:
        return _right(args, desk, store)
    if args.allow:
        remark = to_stand(
            findings, args.allow, seen_with="iepjournal letter check", instead="Mend it, or export it with --draft."
        )

        def allow(now: Case) -> Iterable[Record]:
            letter = now.numbered(args.no, Letter)
            return [amended(now, letter, {"allowed": (*letter.allowed, remark.key)}, f"allowed: {remark.message}")]

        desk.change(store, allow)
        desk.out(f"It stands: {remark.message}")
        return 0
    answers, doubts = mailroom.answers_of(one, case), mailroom.doubts_of(one, case)
    parts = mailroom.parts_of(one, case, desk.today, totals_of(case, desk))
    if args.json:
        desk.out_json(as_json(one, findings, parts, answers, doubts))
    else:
        say_findings(desk, findings)
        if not findings:
            desk.out(f"{name_of(one)} has all listed parts, and nothing in it was remarked on.")
        for said in parts:
            citation = f" ({said.part.cite})" if said.part.cite else ""
            words = f": “{shorten(said.words, LONGEST_WORDS, placeholder=' …')}”" if said.words else ""
            desk.out(f"{'✓' if said.words else '·'} {said.part.title}{citation}{words}")
        desk.out("What a stranger finds in the text:")
        for answer in answers:
            desk.out(f"  {answer.question} {answer.in_words}")
        for doubt in doubts:
            instead = f": {', '.join(doubt.corrections)}?" if doubt.corrections else ""
            desk.out(f"Spelling, line {doubt.line}: “{doubt.word}”{instead}")
        if doubts:
            desk.say(f"A word that is right: iepjournal letter check {one.no} --right {doubts[0].word}")
    return 0 if is_ready(findings) else 1


def _right(args: argparse.Namespace, desk: Desk, store: CaseStore) -> int:
    word = clean_text(args.right, multiline=False).text.strip()
    key = f"{SPELLING}{word.lower()}"

    def allow(now: Case) -> Iterable[Record]:
        letter = now.numbered(args.no, Letter)
        return [amended(now, letter, {"allowed": (*letter.allowed, key)}, f"spelled right: {word}")]

    desk.change(store, allow)
    desk.out(f"“{word}” is right, in every letter of this case.")
    return 0


def findings_of(store: CaseStore, case: Case, one: Letter, desk: Desk) -> tuple[Finding, ...]:
    """What it still lacks and what would weaken it."""
    return mailroom.findings_of(one, case, desk.today, totals_of(case, desk), store.other_children())


def totals_of(case: Case, desk: Desk) -> Services | None:
    """The figures a letter may be filled from: without what was drawn from private entries."""
    if not case.all(Service):
        return None
    from iepjournal.core.services import services

    return services(case, as_of=desk.today, private=False)
