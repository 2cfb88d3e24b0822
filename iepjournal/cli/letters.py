"""The verb letter: write one from the journal, check it, take it home as a file, and say what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import library, mailroom
from iepjournal.cli.addressing import address, address_arguments
from iepjournal.cli.correspondence import list_letters, say_asks, show_letter
from iepjournal.cli.editor import edited
from iepjournal.cli.findings import say_findings
from iepjournal.cli.proofreading import check_letter, findings_of, totals_of
from iepjournal.core import drafts
from iepjournal.core.corrections import amended, name_of
from iepjournal.core.dates import past_day, say
from iepjournal.core.letters import before_of, chosen_entries
from iepjournal.core.mending import blank_labels, with_blank_filled
from iepjournal.core.people import known_handle
from iepjournal.core.records import Attachment, Letter
from iepjournal.core.tally import AS_WRITTEN, CONSERVATIVE, IN_WORDS
from iepjournal.core.text import clean_text, removal_note
from iepjournal.errors import CannotUnderstand, NotAllowed
from iepjournal.mailroom import FORMS, METHODS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore


def letter_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare every action on letters."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, help_line: str, *, numbered: bool = True) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=help_line, description=help_line)
        if numbered:
            one.add_argument("no", help="the number of the letter, or “last”")
        return one

    new = action("new", "write one from the case; without a name, list what there is", numbered=False)
    new.add_argument("template", nargs="?", default="")
    new.add_argument("--facts", default="", metavar="N,N", help="the entries it tells of, by number")
    new.add_argument("--private-too", default="", metavar="N,N", help="private entries the school is meant to read")
    new.add_argument("--follows", default="", metavar="N", help="the letter it follows; else the newest that fits")
    new.add_argument("--to", action="append", default=[], metavar="HANDLE", help="instead of the usual addressee")
    new.add_argument("--set", action="append", default=[], metavar="NAME=TEXT", help="fill a blank by its name")
    new.add_argument("--strength", default="", help="warm, firm or formal, where there are three")
    new.add_argument("--as-written", action="store_true", help="not the conservative figures")
    listing = action("list", "every letter and where it stands", numbered=False)
    listing.add_argument("--json", action="store_true", help="for programs")
    show = action("show", "its text, as it would go out; and where it stands")
    show.add_argument("--json", action="store_true", help="for programs")
    edit = action("edit", "new text from standard input, or in $EDITOR")
    edit.add_argument("text", nargs="?", default="", choices=("", "-"), help="- for standard input")
    edit.add_argument("--set", action="append", default=[], metavar="BLANK=TEXT", help="fill a blank by what it asks")
    edit.add_argument("--why", default="edited", help="kept with the version")
    address_arguments(action("address", "to whom it goes, who gets a copy, its subject"))
    check = action("check", "what is missing, and what would weaken it")
    check.add_argument("--json", action="store_true", help="for programs")
    check.add_argument("--allow", default="", metavar="N", help="let remark N stand")
    check.add_argument("--right", default="", metavar="WORD", help="this word is spelled right, in every letter")
    action("redate", "today's date on a draft that was left lying, and a new day to ask an answer for")
    revise = action("revise", "a new letter in place of one that was sent; it says which")
    revise.add_argument("--why", default="", help="a few words, kept with it")
    export = action("export", "the letter as a file")
    form = export.add_mutually_exclusive_group()
    for name in FORMS:
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=f"as .{name}")
    export.add_argument("--draft", action="store_true", help="although something is missing, stamped DRAFT")
    export.add_argument("-o", "--output", default="", metavar="FILE", help="a new file; else standard output")
    for what, help_line in (
        ("sent", "it went out; from now on it stays as it is"),
        ("received", "it arrived"),
        ("replied", "they answered"),
    ):
        went = action(what, help_line)
        went.add_argument("--on", default="today", metavar="DAY")
        went.add_argument("--by", default="", metavar="METHOD", help=", ".join(METHODS))
        went.add_argument("--to", action="append", default=[], metavar="HANDLE")
        went.add_argument("--tracking", default="", metavar="NUMBER")
        went.add_argument("--proof", default="", metavar="FILE", help="a receipt or screenshot, kept with it")
        went.add_argument("--why", default="", help="a few words, kept with it")
        if what == "replied":
            went.add_argument(
                "--answered", default="", metavar="N,N", help="what it answered of what was asked; or all, or none"
            )


def letter(args: argparse.Namespace, desk: Desk) -> int:
    """Carry out one action on letters."""
    actions: dict[str, Callable[[argparse.Namespace, Desk], int]] = {
        "new": _new,
        "list": list_letters,
        "show": show_letter,
        "edit": _edit,
        "address": address,
        "check": check_letter,
        "revise": _revise,
        "redate": _redate,
        "export": _export,
    }
    return actions.get(args.action, _mark)(args, desk)


def _new(args: argparse.Namespace, desk: Desk) -> int:
    if not args.template:
        for name in library.template_names():
            desk.out(f"{name:<28} {library.template(name).title}")
        return 0
    store = desk.store()
    template = library.template(args.template)
    given = dict(_pair(pair) for pair in args.set)

    def write(case: Case) -> Iterable[Record]:
        chosen = chosen_entries(case, _numbers(args.facts), {int(no) for no in _numbers(args.private_too)})
        to = tuple(case.people[known_handle(handle, case)] for handle in args.to)
        follows = before_of(case.numbered(args.follows, Letter), case) if args.follows else None
        letter = mailroom.first_text(
            template,
            case,
            desk.today,
            chosen=chosen,
            to=to,
            before=follows,
            totals=totals_of(case, desk),
            strength=args.strength,
            given=given,
            counted=AS_WRITTEN if args.as_written else CONSERVATIVE,
        )
        return [letter]

    (written,) = desk.change(store, write)
    case = store.case()
    kept = case.numbered(written.no or 0, Letter)
    desk.out(f"Letter {kept.no}: {kept.title}")
    if template.warning:
        desk.say(template.warning)
    if any(figure.name.startswith("total.") for figure in kept.figures):
        others = "" if args.as_written else " The others: --as-written."
        desk.say(f"Its figures are counted {IN_WORDS[kept.counted]}, and it says so.{others}")
    say_findings(desk, findings_of(store, case, kept, desk))
    desk.say(f"Read it: iepjournal letter show {kept.no}")
    return 0


def _revise(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()

    def write(case: Case) -> Iterable[Record]:
        old = case.numbered(args.no, Letter)
        return [mailroom.revised(old, case, desk.today).replace(why=clean_text(args.why, multiline=False).text)]

    (written,) = desk.change(store, write)
    case = store.case()
    kept = case.numbered(written.no or 0, Letter)
    desk.out(f"Letter {kept.no}: {kept.title}")
    desk.say("It has the words of the one that was sent, which stays as it is, and says that it replaces it.")
    say_findings(desk, findings_of(store, case, kept, desk))
    desk.say(f"Change it: iepjournal letter edit {kept.no}")
    return 0


def _edit(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()
    old = store.case().numbered(args.no, Letter)
    draft = drafts.of_letter(old.no)
    if args.set:
        return _fill(args, desk, store)
    typed = desk.stdin_text() if args.text == "-" else edited(store, draft, old.text)
    cleaned = clean_text(typed)
    if not cleaned.text.strip():
        raise NotAllowed("The new text is empty. The letter was left as it is.")

    def write(case: Case) -> Iterable[Record]:
        return [amended(case, case.numbered(args.no, Letter), {"text": cleaned.text.strip("\n")}, args.why)]

    desk.change(store, write)
    store.discard_draft(draft)
    if note := removal_note(cleaned.removed):
        desk.say(note)
    return _say_saved(args, desk, store)


def _fill(args: argparse.Namespace, desk: Desk, store: CaseStore) -> int:
    """Each answer in the place of its blank, in the text and in the subject."""
    answers = dict(map(_pair, args.set))

    def write(case: Case) -> Iterable[Record]:
        old = filled = case.numbered(args.no, Letter)
        for label, typed in answers.items():
            if label not in blank_labels(filled):
                there = ", ".join(blank_labels(filled)) or "none is left"
                raise CannotUnderstand("a blank of this letter", label, f"Its blanks: {there}.")
            filled = with_blank_filled(filled, label, typed)
        return [amended(case, old, {"text": filled.text, "title": filled.title}, args.why)]

    desk.change(store, write)
    return _say_saved(args, desk, store)


def _say_saved(args: argparse.Namespace, desk: Desk, store: CaseStore) -> int:
    case = store.case()
    kept = case.numbered(args.no, Letter)
    desk.out(f"Saved {name_of(kept)}. The text before is kept: iepjournal show {kept.no}")
    say_findings(desk, findings_of(store, case, kept, desk))
    return 0


def _redate(args: argparse.Namespace, desk: Desk) -> int:
    store = desk.store()

    def write(now: Case) -> Iterable[Record]:
        return [mailroom.redated_to(now.numbered(args.no, Letter), now, desk.today)]

    desk.change(store, write)
    kept = store.case().numbered(args.no, Letter)
    asks = f" and asks for an answer by {say(kept.reply_by, desk.today)}" if kept.reply_by else ""
    desk.out(f"{name_of(kept)} is dated {say(kept.dated, desk.today)}{asks}.")
    return 0


def _export(args: argparse.Namespace, desk: Desk) -> int:
    from iepjournal.core.checks import is_ready

    store = desk.store()
    case = store.case()
    one = case.numbered(args.no, Letter)
    findings = () if args.draft or case.is_sent(one) else findings_of(store, case, one, desk)
    if not is_ready(findings):
        say_findings(desk, findings)
        desk.say("Nothing was written. Mend what is marked ✗, or export it with --draft.")
        return 1
    form = args.form or Path(args.output).suffix.lstrip(".") or "pdf"
    if form not in FORMS:
        raise CannotUnderstand("a kind of file", form, f"There are: {', '.join(FORMS)}.")
    if not args.output and form in ("pdf", "eml"):
        out = desk.binary_out()
        out.write(mailroom.in_form(form, one, case, draft=args.draft))
        out.flush()
    elif not args.output:
        desk.out(mailroom.in_form(form, one, case, draft=args.draft).decode())
    else:
        size = desk.write_new(Path(args.output), mailroom.in_form(form, one, case, draft=args.draft))
        desk.say(f"{name_of(one)} is in {args.output} ({size:,} bytes).")
    return 0


def _mark(args: argparse.Namespace, desk: Desk) -> int:
    """Record that a letter was sent (frozen then, with its findings and its PDF), received or answered."""
    store = desk.store()
    case = store.case()
    one = case.numbered(args.no, Letter)
    on = past_day(args.on, desk.today).on
    mark = mailroom.marked(
        one,
        case,
        args.action,
        on,
        by=args.by,
        to=[_recipient(one, case) for one in args.to],
        tracking=args.tracking,
        why=args.why,
        answered=getattr(args, "answered", ""),
    )
    if args.action == "sent":
        pdf = mailroom.in_form("pdf", one, case)
        mark = mailroom.frozen(mark, pdf, findings_of(store, case, one, desk))
        store.keep_letter(one.no or 0, "pdf", pdf)
    proof = _kept_proof(args.proof, store, one) if args.proof else None

    def write(now: Case) -> Iterable[Record]:
        mailroom.unchanged_since(one, now)
        return [mark, *([proof] if proof else [])]

    desk.change(store, write)
    by = f" by {args.by}" if args.by else ""
    desk.out(f"{name_of(one)}: {args.action} {say(on, desk.today)}{by}.")
    if args.action == "replied":
        say_asks(one, store.case(), desk)
    return 0


def _recipient(typed: str, case: Case) -> str:
    """Somebody of the case, or the state by its name in the rules."""
    from iepjournal.rulefiles import load_rules

    name = typed.strip().lstrip("@").lower()
    return name if name in load_rules(case.profile.state).state_names else known_handle(typed, case)


def _kept_proof(name: str, store: CaseStore, one: Letter) -> Attachment:
    sha256, size = store.keep_file(Path(name))
    return Attachment(of=one.root, name=clean_text(Path(name).name, multiline=False).text, sha256=sha256, size=size)


def _numbers(typed: str) -> list[str]:
    return [number.strip() for number in typed.split(",") if number.strip()]


def _pair(typed: str) -> tuple[str, str]:
    name, equals, text = typed.partition("=")
    if not equals:
        raise CannotUnderstand("NAME=TEXT", typed)
    return name.strip(), clean_text(text).text
