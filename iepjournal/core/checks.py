"""What a letter still lacks and what would weaken it, as findings; never rewrites, never calls a letter valid.

`stop`: a blank, a part the law asks for, another family's child. `warn`: all else; the parent may let a remark stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from iepjournal.core.dates import full_date
from iepjournal.core.facts import fill
from iepjournal.core.findings import Finding
from iepjournal.core.letters import ANY_LETTER, page_of
from iepjournal.core.passages import passages, plain
from iepjournal.core.quotes import unquoted
from iepjournal.core.records import Letter
from iepjournal.core.stranger import stranger_test
from iepjournal.core.tally import IN_WORDS, OTHER
from iepjournal.core.templates import blanks_in, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from iepjournal.core.case import Case
    from iepjournal.core.fact import Fact
    from iepjournal.core.letters import LetterPage
    from iepjournal.core.spelling import Doubt
    from iepjournal.core.stranger import Answer
    from iepjournal.core.templates import Part, Template
    from iepjournal.core.words import Remark, Words

_IN_CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{2,}\b(?:[ ,]+[A-ZÁÉÍÓÚÑ]{2,}\b)*")
_SENTENCE = re.compile(r"(?:[^.?!]|[.?!](?=\S))+[.?!]?")
FEWEST_CAPITALS = 4
NEVER = r"(?!)"
"""Matches nothing."""


@dataclass(frozen=True, kw_only=True)
class PartSaid:
    """A part and the words that say it; no words where it is missing."""

    part: Part
    words: str


def check(
    letter: Letter,
    case: Case,
    template: Template,
    words: Words,
    facts: Mapping[str, Fact],
    other_children: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Everything there is to say about a letter, what stops it first; what the parent allowed is left out."""
    page = page_of(letter, case, words)
    found = (
        *_blanks(letter, page),
        *_other_children(page, case, other_children),
        *_parts(page, template, words, facts),
        *_unknown_addressees(letter, template),
        *_too_old(letter, case, template),
        *_too_early(letter, case, template),
        *_unanswered(letter, case, template, words),
        *facts_only(letter.text, words),
        *_moved(letter, case, facts),
    )
    standing = [finding for finding in found if not finding.key or finding.key not in letter.allowed]
    return tuple(sorted(standing, key=lambda finding: finding.level != "stop"))


def is_ready(findings: Iterable[Finding]) -> bool:
    """Whether nothing stops it."""
    return all(finding.level != "stop" for finding in findings)


def as_json(
    letter: Letter,
    findings: Iterable[Finding],
    parts: Iterable[PartSaid] = (),
    answers: Iterable[Answer] = (),
    doubts: Iterable[Doubt] = (),
) -> dict[str, Any]:
    """The shape of `letter check --json`; a doubt about spelling makes no letter less ready."""
    findings = tuple(findings)
    return {
        "letter": letter.no,
        "ready": is_ready(findings),
        "findings": [
            {"level": found.level, "part": found.where, "citation": found.citation, "message": found.message}
            for found in findings
        ],
        "parts": [
            {"id": said.part.id, "title": said.part.title, "citation": said.part.cite, "words": said.words}
            for said in parts
        ],
        "stranger": [{"id": one.id, "question": one.question, "words": list(one.words)} for one in answers],
        "spelling": [{"word": one.word, "line": one.line, "corrections": list(one.corrections)} for one in doubts],
    }


def parts_said(page: LetterPage, template: Template, facts: Mapping[str, Fact]) -> tuple[PartSaid, ...]:
    """Each part the letter must or should have, with the words that say it."""
    text = plain(_whole(page))
    return tuple(PartSaid(part=part, words=_first_match(part.words, text, facts)) for part in template.parts)


def facts_only(text: str, words: Words) -> Iterator[Finding]:
    """Words that a reader could hold against the letter, with the reason; quoted words are somebody's own.

    Each paragraph is looked at in its own language; the reason is given in the parent's.
    """
    own, introduced = unquoted(text), False
    reasons = {remark.kind: remark.reason for remark in (*words.remarks, words.undated)}
    for passage in passages(own, words):
        language, span = passage.words, (passage.start, passage.end)
        for remark in language.remarks:
            for found in remark.pattern.finditer(own, *span):
                yield _remark(remark.kind, found, own, reasons[remark.kind])
        for found in _IN_CAPITALS.finditer(own, *span):
            shouted = [word for word in re.findall(r"\w+", found[0]) if word not in words.acronyms | language.acronyms]
            if sum(map(len, shouted)) >= FEWEST_CAPITALS:
                yield _remark("capitals", found, own, words.capitals)
        is_supported = _has_source(own, span, words) or _has_source(own, span, language)
        if not passage.is_item:
            introduced = is_supported and passage.text.rstrip().endswith(":")
        if not (is_supported or introduced) and (undated := _undated(own, span, language.undated)):
            yield _remark(language.undated.kind, undated, own, reasons[language.undated.kind])


def _blanks(letter: Letter, page: LetterPage) -> Iterator[Finding]:
    for text, where in ((letter.text, ""), (letter.title, "the subject"), ("\n".join(page.cc), "the copies")):
        for found in blanks_in(text):
            line = None if where else _line_of(found, text)
            place = where or f"line {line}"
            yield Finding(level="stop", where="blank", message=f"Not filled in: {found[0][2:-2]} ({place}).", line=line)
    if not page.sender:
        yield Finding(level="stop", where="blank", message="Your name is not known, so nobody signs this letter.")
    elif len(page.sender) == 1:
        yield Finding(
            level="warn",
            where="return address",
            message="It has no address, telephone number or e-mail of yours, so an answer may not find you.",
            key="return address",
        )


def _other_children(page: LetterPage, case: Case, names: Iterable[str]) -> Iterator[Finding]:
    """A whole name stops the letter; a first name alone may be a word (May, Will) and is asked about."""
    own = case.profile.child.name.lower()
    text = plain(_whole(page))
    for name in filter(str.strip, names):
        first = name.split()[0]
        if name.lower() != own and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            yield Finding(level="stop", where="another child", message=f"It names {name}, the child of another case.")
        elif first.lower() not in own.split() and re.search(rf"\b{re.escape(first)}\b", text):
            yield Finding(
                level="warn",
                where="another child",
                message=f"It says “{first}”, as {name} of another case is called. Is it meant?",
                key=f"another child: {first}",
            )


def _parts(page: LetterPage, template: Template, words: Words, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    for said in parts_said(page, template, facts):
        if not said.words:
            part = said.part
            yield Finding(
                level=part.level,
                where=part.id,
                message=f"It does not say: {part.title}.",
                citation=part.cite,
                suggestion=fill(part.offer, template, words, facts),
                key="" if part.level == "stop" else f"part: {part.id}",
            )


def _unknown_addressees(letter: Letter, template: Template) -> Iterator[Finding]:
    for role, lines in template.addresses.items():
        if "\n".join(lines) in letter.to:
            yield Finding(
                level="warn",
                where="addressee",
                message=f"Check the address of the {role}; it was last looked at on {full_date(template.checked)}.",
                key=f"address: {role}",
            )
    for role in template.to:
        if any(block.split("\n")[0] == role for block in letter.to):
            yield Finding(
                level="warn",
                where="addressee",
                message=f"Nobody in this case is the {role}, so it goes to the office without a name.",
                suggestion="Add the person with: iepjournal people add",
                key=f"addressee: {role}",
            )


def _too_old(letter: Letter, case: Case, template: Template) -> Iterator[Finding]:
    """Facts that lie further back than the letter may reach, if it arrives on its own date."""
    if template.look_back_years is None:
        return
    reach = relativedelta(years=template.look_back_years)

    def last_day(on: date) -> date:
        return on + reach - timedelta(days=1)

    for entry in case.entries:
        if entry.root in letter.facts and last_day(entry.happened_on) < letter.dated:
            by = full_date(last_day(entry.happened_on))
            yield Finding(
                level="warn",
                where="look-back",
                message=f"Entry {entry.no} lies too far back: it had to arrive by {by}.",
                suggestion="Keep it as background, and say so in the text.",
                key=f"look-back: {entry.no}",
            )
    counted = {root for figure in letter.figures for root in figure.records}
    missed = [one.on for one in case.sessions if one.root in counted and one.result != "given"]
    if too_old := [on for on in missed if last_day(on) < letter.dated]:
        newest = max(too_old)
        yield Finding(
            level="warn",
            where="look-back",
            message=f"Sessions up to {full_date(newest)} lie too far back ({len(too_old)} of those it counts): "
            f"it had to arrive by {full_date(last_day(newest))}.",
            suggestion="Keep them as background, and say so in the text.",
            key=f"look-back: sessions up to {newest}",
        )


def _too_early(letter: Letter, case: Case, template: Template) -> Iterator[Finding]:
    """Nobody is silent before the day they were asked to answer by."""
    before = case.by_root.get(letter.answers)
    if not (template.follows == ANY_LETTER and isinstance(before, Letter) and before.reply_by):
        return
    if before.reply_by >= letter.dated:
        yield Finding(
            level="warn",
            where="too early",
            message=f"Letter {before.no} asked for an answer by {full_date(before.reply_by)}; that has not passed.",
            key=f"too early: {before.reply_by}",
        )


def _unanswered(letter: Letter, case: Case, template: Template, words: Words) -> Iterator[Finding]:
    for answer in stranger_test(letter, case, words):
        if answer.id in template.questions and not answer.words:
            yield Finding(
                level="warn",
                where="stranger test",
                message=f"A stranger would ask: {answer.question}",
                key=f"stranger: {answer.id}",
            )


def _has_source(text: str, span: tuple[int, int], words: Words) -> bool:
    """Whether a paragraph, or the one that introduces its list, has a date or says where it comes from."""
    supported_by = words.undated.supported_by
    return supported_by is not None and supported_by.search(text, *span) is not None


def _undated(text: str, span: tuple[int, int], remark: Remark) -> re.Match[str] | None:
    """The first statement of a paragraph."""
    for sentence in _SENTENCE.finditer(text, *span):
        found = remark.pattern.search(text, *sentence.span())
        if found and not (remark.claims_nothing and remark.claims_nothing.search(sentence[0])):
            return found
    return None


def _remark(kind: str, found: re.Match[str], text: str, reason: str) -> Finding:
    line = _line_of(found, text)
    said = " ".join(found[0].split())
    return Finding(
        level="warn",
        where=kind,
        message=f"“{said}” (line {line}) {reason}.",
        line=line,
        key=f"{kind}: {said.lower()}",
    )


def _moved(letter: Letter, case: Case, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Figures that the journal gives otherwise by now; a sent letter keeps those it was sent with."""
    if case.is_sent(letter):
        return
    for figure in letter.figures:
        now = facts.get(figure.name)
        said = re.compile(rf"(?<!\w){re.escape(figure.value)}(?!\w)").search(letter.text)
        if said is None or (now and now.value == figure.value):
            continue
        name = now.label if now and now.label else figure.name
        message = (
            f"{name}: the letter says “{figure.value}”; the journal now says “{now.value}”."
            if now and now.value
            else f"{name}: the letter says “{figure.value}”; the journal no longer does."
        )
        if now and now.otherwise:
            message += f" Counted {IN_WORDS[OTHER[letter.counted]]} it says “{now.otherwise}”."
        yield Finding(
            level="warn", where="moved", message=message, line=_line_of(said, letter.text),
            suggestion=now.value if now else "", key=f"moved: {figure.name}: {now.value if now else ''}",
        )  # fmt: skip


def _first_match(patterns: Iterable[str], text: str, facts: Mapping[str, Fact]) -> str:
    for pattern in patterns:
        known = filled(pattern, lambda name: _as_pattern(facts.get(name)))
        found = re.search(known, text, re.IGNORECASE)
        if found:
            return found[0].strip() or text[:1]
    return ""


def _as_pattern(fact: Fact | None) -> str:
    """A fact's own words; nothing matches what the case does not know."""
    return re.escape(plain(fact.value)) if fact and fact.value else NEVER


def _whole(page: LetterPage) -> str:
    return "\n".join(
        (*page.sender, page.date_line, *("\n".join(lines) for lines in page.addressees), page.text, *page.cc)
    )


def _line_of(found: re.Match[str], text: str) -> int:
    return text.count("\n", 0, found.start()) + 1
