"""A letter's way from its template to the post: written, checked, put into a file, marked as sent or answered.

The shell and the screens both go it here. Reads templates and words; writes nothing.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from iepjournal import library
from iepjournal.core.addressing import greeting
from iepjournal.core.asks import answering, asks_of, chosen_asks
from iepjournal.core.checks import check, parts_said
from iepjournal.core.corrections import amended, name_of
from iepjournal.core.dating import redated, stale
from iepjournal.core.facts import Offer
from iepjournal.core.findings import Finding
from iepjournal.core.letters import addressees, letter_before, new_letter, offer_again, page_of, reply_by
from iepjournal.core.records import Mark, Service
from iepjournal.core.revisions import revision
from iepjournal.core.spelling import doubts, known_words, spelled_right
from iepjournal.core.stranger import stranger_test
from iepjournal.core.tally import CONSERVATIVE
from iepjournal.core.templates import parse_template
from iepjournal.core.text import clean_text, safe_file_name
from iepjournal.errors import BadTemplate, CannotUnderstand, NoSuchTemplate, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from iepjournal.core.addressing import Greeting
    from iepjournal.core.asks import Ask
    from iepjournal.core.case import Case
    from iepjournal.core.checks import PartSaid
    from iepjournal.core.facts import Before
    from iepjournal.core.letters import LetterPage
    from iepjournal.core.records import Entry, Letter, Person
    from iepjournal.core.services import Services
    from iepjournal.core.spelling import Doubt
    from iepjournal.core.stranger import Answer
    from iepjournal.core.templates import Template
    from iepjournal.core.words import Words
    from iepjournal.export.documents import Document

METHODS = ("hand", "e-mail", "mail", "certified", "fax")
FORMS = ("pdf", "txt", "md", "html", "eml")
ASKS_FOR_NOTHING = '+++\ntitle = ""\nto = []\nquestions = []\nchecked = 2026-11-23\n+++\n'
"""In place of a template that is gone: the parent's own, deleted since."""


def first_text(
    template: Template,
    case: Case,
    today: date,
    *,
    chosen: Sequence[Entry] = (),
    to: Sequence[Person] = (),
    before: Before | None = None,
    totals: Services | None = None,
    strength: str = "",
    given: Mapping[str, str] | None = None,
    counted: str = CONSERVATIVE,
) -> Letter:
    """A new letter, filled from the case and not stored yet; addressee and letter before are as usual unless told."""
    offer = Offer(
        case=case,
        words=library.words(template.lang),
        today=today,
        chosen=tuple(chosen),
        to=tuple(to) or addressees(template.to, template, case, chosen),
        reply_by=reply_by(template, today),
        before=before or letter_before(template, case, today),
        totals=totals,
        counted=counted,
    )
    return new_letter(template, offer, strength=strength, given=given, beside=_beside(template))


def revised(letter: Letter, case: Case, today: date) -> Letter:
    """A new letter in place of one that was sent, not stored yet; NotAllowed where there is none to be made."""
    return revision(letter, case, _kinds(letter), today, reply_by(template_of(letter), today))


def redated_to(letter: Letter, case: Case, today: date) -> Letter:
    """The next version of a draft that was left lying: dated today, with a new day to ask an answer for."""
    anew = redated(letter, case, _kinds(letter), today, reply_by(template_of(letter), today))
    changes = {"text": anew.text, "dated": anew.dated, "reply_by": anew.reply_by}
    return amended(case, letter, changes, "dated anew")


def _kinds(letter: Letter) -> tuple[tuple[Template, Words], ...]:
    """Its template and words, and those of the English text beside it."""
    template = template_of(letter)
    beside = _beside(template)
    return ((template, words_of(letter)), *((beside,) if beside else ()))


def _beside(template: Template) -> tuple[Template, Words] | None:
    return (library.template(template.beside), library.words()) if template.beside else None


def asks(letter: Letter) -> tuple[Ask, ...]:
    """Everything the letter asks for, by number, to say what a reply answered."""
    return asks_of(letter, words_of(letter))


def template_of(letter: Letter) -> Template:
    """Its template; one that asks for nothing where it is gone or cannot be read."""
    try:
        return library.template(letter.template)
    except (BadTemplate, NoSuchTemplate):
        return parse_template(letter.template, ASKS_FOR_NOTHING)


def words_of(letter: Letter) -> Words:
    """The words of the letter's language."""
    return library.words(letter.lang.partition("-")[0])


def greetings_of(letter: Letter, case: Case) -> tuple[Greeting, ...]:
    """The greetings in the letter that no longer fit its addressees; two where its English text stands below."""
    return tuple(found for one, words in _kinds(letter) if (found := greeting(letter, case, one, words)))


def paper_of(letter: Letter, case: Case) -> LetterPage:
    """All that stands on the letter's paper."""
    return page_of(letter, case, words_of(letter))


def findings_of(
    letter: Letter, case: Case, today: date, totals: Services | None, other_children: Iterable[str]
) -> tuple[Finding, ...]:
    """What the letter still lacks and what would weaken it, by the case as it is now."""
    words = words_of(letter)
    facts = offer_again(letter, case, words, today, totals).facts()
    found = check(letter, case, template_of(letter), words, facts, other_children)
    others = (*stale(letter, today), *_unread(letter))
    return found if case.is_sent(letter) else (*found, *(one for one in others if one.key not in letter.allowed))


def _unread(letter: Letter) -> Iterator[Finding]:
    """That nobody can say which parts it needs."""
    try:
        library.template(letter.template)
    except (BadTemplate, NoSuchTemplate):
        message = f"Its template “{letter.template}” cannot be read, so its parts were not checked."
        yield Finding(level="warn", where="template", message=message, key=f"template: {letter.template}")


def parts_of(letter: Letter, case: Case, today: date, totals: Services | None) -> tuple[PartSaid, ...]:
    """Each part it must or should have, with the words that say it; no words where it is missing."""
    words = words_of(letter)
    facts = offer_again(letter, case, words, today, totals).facts()
    return parts_said(page_of(letter, case, words), template_of(letter), facts)


def answers_of(letter: Letter, case: Case) -> tuple[Answer, ...]:
    """What a stranger finds in its text: who, which service, which dates, what is asked, by when, what is attached."""
    return stranger_test(letter, case, words_of(letter))


def doubts_of(letter: Letter, case: Case) -> tuple[Doubt, ...]:
    """Words of its text that no word list and no name of the case knows."""
    from iepjournal.dictionary import word_list

    words = words_of(letter)
    languages = (words.lang, *((words.beside.lang,) if words.beside else ()))
    lists = {lang: listed for lang in languages if (listed := word_list(lang))}
    return doubts(letter.text, words, lists, known_words(case, words) | spelled_right(letter))


def in_form(form: str, letter: Letter, case: Case, *, draft: bool = False) -> bytes:
    """The letter as a file; each exporter is loaded only when it is asked for."""
    page = paper_of(letter, case)
    if form == "txt":
        from iepjournal.export.text import letter_text

        return letter_text(page, draft=draft).encode()
    if form == "md":
        from iepjournal.export.markdown import letter_markdown

        return letter_markdown(page, draft=draft).encode()
    if form == "html":
        from iepjournal.export.html import letter_html

        return letter_html(page, draft=draft).encode()
    from iepjournal.export.pdf import letter_pdf

    pdf = letter_pdf(page, draft=draft)
    return pdf if form == "pdf" else _mail(letter, case, page, pdf, draft=draft)


def _mail(letter: Letter, case: Case, page: LetterPage, pdf: bytes, *, draft: bool) -> bytes:
    from iepjournal.export.eml import Mailbox, letter_eml

    parent = case.profile.parent
    if not parent.email:
        raise NotAllowed("The case does not know your e-mail address, so no e-mail was made.", "Make a PDF or text.")
    known = [person for person in case.people.values() if person.email]
    to = [Mailbox(person.name, person.email) for person in known if _is_addressed(person, letter.to)]
    cc = [Mailbox(person.name, person.email) for person in known if _is_addressed(person, letter.cc)]
    sender = Mailbox(parent.name, parent.email)
    return letter_eml(page, pdf, pdf_name=file_name(letter, "pdf"), sender=sender, to=to, cc=cc, draft=draft)


def file_name(letter: Letter, form: str) -> str:
    """What a file of the letter is called, unless the parent calls it otherwise."""
    return f"{safe_file_name(letter.title)}.{form}"


def recipients(letter: Letter, case: Case) -> tuple[Person, ...]:
    """The people of the case whom the letter addresses."""
    return tuple(person for person in case.people.values() if _is_addressed(person, letter.to))


def marked(
    letter: Letter,
    case: Case,
    what: str,
    on: date,
    *,
    by: str = "",
    to: Iterable[str] = (),
    tracking: str = "",
    why: str = "",
    answered: str = "",
) -> Mark:
    """The record that it was sent, received or replied to; only what was sent can be received.

    `answered` says which of its asks a reply met, as `1,3`, `all` or `none`; empty where the parent did not say.
    """
    if what == "sent" and by not in METHODS:
        raise CannotUnderstand("a way of sending", by, f"There are: {', '.join(METHODS)}.")
    if what != "sent" and not case.is_sent(letter):
        raise NotAllowed(f"{name_of(letter)} was not marked as sent yet.", "Mark it as sent first.")
    mark = Mark(
        of=letter.root,
        what=what,
        on=on,
        by=by,
        to=tuple(to),
        tracking=clean_text(tracking, multiline=False).text,
        why=clean_text(why).text,
    )
    if not answered:
        return mark
    if what != "replied":
        raise NotAllowed("Only a reply answers questions.", "Say so with: letter replied")
    return answering(mark, asks(letter), chosen_asks(answered, asks(letter)))


def frozen(mark: Mark, pdf: bytes, findings: Iterable[Finding]) -> Mark:
    """The mark of sending, with the hash of the paper that went out and what the checks still said of it."""
    return mark.replace(sha256=hashlib.sha256(pdf).hexdigest(), findings=tuple(one.message for one in findings))


def unchanged_since(letter: Letter, case: Case) -> Letter:
    """The letter as it stands on disk; NotAllowed where another window changed it after it was looked at."""
    now = case.numbered(letter.no or 0, type(letter))
    if now.uid != letter.uid:
        raise NotAllowed(
            f"{name_of(letter)} was changed elsewhere in the meantime.", "Nothing was written. Look again."
        )
    return now


def _is_addressed(person: Person, blocks: Iterable[str]) -> bool:
    return bool(person.name) and any(person.name in block for block in blocks)


def sheet_to_take(name: str, case: Case, today: date) -> Document:
    """A sheet that is no letter, filled from the case as far as it goes."""
    from iepjournal.core.printables import printable_text
    from iepjournal.core.services import services
    from iepjournal.export.blocks import blocks
    from iepjournal.export.documents import Document

    sheet = library.printable(name)
    words = library.words(sheet.lang)
    totals = services(case, as_of=today, private=False) if case.all(Service) else None
    facts = Offer(case=case, words=words, today=today, totals=totals).facts()
    contents = blocks(printable_text(sheet, words, facts))
    return Document(title=sheet.title, contents=contents, dated=today, lang=words.lang, most_pages=sheet.pages)
