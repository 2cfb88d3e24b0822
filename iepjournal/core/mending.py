"""What the parent accepts of the findings, put into the letter's text. Changes nothing unasked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iepjournal.core.markdown import escaped
from iepjournal.core.passages import passages, sentences
from iepjournal.core.templates import blank, blanks_in

if TYPE_CHECKING:
    from iepjournal.core.findings import Finding
    from iepjournal.core.records import Letter
    from iepjournal.core.spelling import Doubt
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words


@dataclass(frozen=True, kw_only=True)
class Mended:
    """The text after, and what of it is new."""

    text: str
    start: int
    end: int


def mended(text: str, finding: Finding, letter: Letter, template: Template) -> Mended | None:
    """The text with a finding's suggestion in it; None where the suggestion is advice, or there is none."""
    if not finding.suggestion:
        return None
    if finding.where == "moved":
        return _with_figure(text, finding, letter)
    if any(part.id == finding.where for part in template.parts):
        return _with_sentence(text, finding.suggestion, letter, template)
    return None


def corrected(text: str, doubt: Doubt, correction: str) -> Mended:
    """The text with a correction in place of a doubted word."""
    return Mended(
        text=text[: doubt.start] + correction + text[doubt.end :],
        start=doubt.start,
        end=doubt.start + len(correction),
    )


def next_blank(text: str, after: int) -> tuple[int, int] | None:
    """Where the first blank at or after a place stands."""
    return next((found.span() for found in blanks_in(text) if found.start() >= after), None)


def blank_labels(letter: Letter) -> tuple[str, ...]:
    """What the blanks of a letter ask for, its subject's too; each once, in the order they come."""
    found = (*blanks_in(letter.text), *blanks_in(letter.title))
    return tuple(dict.fromkeys(one[0][2:-2] for one in found))


def sentence_around(letter: Letter, label: str, words: Words) -> str:
    """The first sentence that has a blank, with a line to be filled in its stead; empty in a table."""
    in_text = (one for passage in passages(letter.text, words) for one in sentences(passage))
    said = (one for one in (*in_text, letter.title) if blank(label) in one and not one.startswith("|"))
    return next((one.replace(blank(label), "____") for one in said), "")


def with_blank_filled(letter: Letter, label: str, typed: str) -> Letter:
    """The letter with what was typed wherever it has this blank; the words show as they were typed."""
    return letter.replace(
        text=letter.text.replace(blank(label), escaped(typed)), title=letter.title.replace(blank(label), typed)
    )


def _with_figure(text: str, finding: Finding, letter: Letter) -> Mended | None:
    """The new figure in place of the one that moved, wherever the letter says it."""
    name = finding.key.split(": ")[1]
    old = next((figure.value for figure in letter.figures if figure.name == name), "")
    found = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", text) if old else None
    if found is None:
        return None
    new = finding.suggestion
    return Mended(text=text[: found.start()] + new + text[found.end() :], start=found.start(),
                  end=found.start() + len(new))  # fmt: skip


def _with_sentence(text: str, sentence: str, letter: Letter, template: Template) -> Mended:
    """A paragraph of its own before the closing, or at the end where the closing is not found."""
    at = _closing(text, template)
    before, after = text[:at].rstrip("\n"), text[at:]
    start = len(before) + 2 if before else 0
    joined = f"{before}\n\n{sentence}" if before else sentence
    return Mended(text=f"{joined}\n\n{after}" if after else joined, start=start, end=start + len(sentence))


def _closing(text: str, template: Template) -> int:
    """Where the greeting at the end begins: the last line that the template's own text has before the signature."""
    for body in template.bodies.values():
        signature = body.rfind("{{parent.name}}")
        line = next((one for one in reversed(body[: max(signature, 0)].split("\n")) if one.strip()), "")
        found = list(re.finditer(rf"^{re.escape(line)}$", text, re.MULTILINE)) if line else []
        if found:
            return found[0].start()
    return len(text)
