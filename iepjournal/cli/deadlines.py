"""The verbs due, why and ics: what is due from whom, why on that day, and the same as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.cli.main import SOMETHING_IS_DUE
from iepjournal.core.agenda import GROUPS, agenda, duties, for_calendar, login_line
from iepjournal.core.dates import full_date, past_day, say
from iepjournal.core.deadlines import deadlines, hypothetical, moved, running_from
from iepjournal.core.plurals import many
from iepjournal.core.rules import CONFIDENCE, KINDS
from iepjournal.core.silence import UNANSWERED, silence
from iepjournal.core.why import due_shape, earliest, why_markdown, why_shape, why_text
from iepjournal.errors import CannotUnderstand, NotAllowed
from iepjournal.rulefiles import book_of, load_rules, rule_texts

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from iepjournal.cli.desk import Desk
    from iepjournal.core.agenda import Row
    from iepjournal.core.case import Case
    from iepjournal.core.due import Deadline
    from iepjournal.core.rulebook import RuleBook
    from iepjournal.core.rules import Rule
    from iepjournal.store.case_store import CaseStore


def due_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `due [--as-of D] [--line] [--all] [--exit-code] [--json]`."""
    parser.add_argument("--as-of", default="today", metavar="DAY", help="as it stands on this day; else today")
    parser.add_argument("--all", action="store_true", help="also what is done, and what has no number of days")
    parser.add_argument("--exit-code", action="store_true", help="exit 5 when something wants doing, for cron")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--line", action="store_true", help="one line, for your login file; nothing when nothing waits")
    form.add_argument("--json", action="store_true", help="for programs")


def due(args: argparse.Namespace, desk: Desk) -> int:
    """Show what is due, of every case unless one is named."""
    as_of = past_day(args.as_of, desk.today, allow_future=True).on
    stores = _stores(desk, quiet=args.line)
    listed: list[tuple[str, Sequence[Deadline]]] = []
    for store in stores:
        case = store.case()
        texts = rule_texts(case.profile.state)
        book = book_of(texts)
        found = deadlines(case, book, as_of)
        listed.append((case.slug, found))
        for finding in () if args.line else book.findings:
            desk.say(finding.message)
        if not (args.line or args.json):
            _say_what_changed(case, book, texts, store, desk)
            _tell(case, book, found, desk, several=len(stores) > 1, everything=args.all)
    if args.json:
        _json(listed, as_of, desk)
    if args.line:
        for slug, of_case in listed:
            if line := login_line(of_case):
                desk.out(f"{slug}: {line}")
    wanting = any(one.wants_doing for _, of_case in listed for one in of_case)
    return SOMETHING_IS_DUE if args.exit_code and wanting else 0


def _stores(desk: Desk, *, quiet: bool) -> list[CaseStore]:
    if desk.case_name or not (desk.case_folders() or quiet):
        return [desk.store()]
    from iepjournal.store.case_store import CaseStore

    return [CaseStore(folder) for folder in desk.case_folders()]


def _json(listed: list[tuple[str, Sequence[Deadline]]], as_of: date, desk: Desk) -> None:
    """Of several cases, each deadline says whose it is."""
    plain = due_shape([one for _, found in listed for one in found], as_of)
    if len(listed) > 1:
        slugs = [slug for slug, found in listed for _ in found]
        plain["deadlines"] = [{"case": slug, **one} for slug, one in zip(slugs, plain["deadlines"], strict=True)]
    desk.out_json(plain)


def _tell(
    case: Case, book: RuleBook, found: Sequence[Deadline], desk: Desk, *, several: bool, everything: bool
) -> None:
    if several:
        desk.out(f"{case.slug}: {case.profile.child.name}" if case.profile.child.name else case.slug)
    groups = agenda(found)
    for who, rows in groups.items():
        if rows:
            desk.out(GROUPS[who])
        for row in rows:
            _tell_row(row, case, book, desk)
    if everything:
        _tell_closed(found, desk)
    if not any(groups.values()):
        desk.say("Nothing waits." if everything else "Nothing waits. What is done, and duties without a date: --all")


def _tell_row(row: Row, case: Case, book: RuleBook, desk: Desk) -> None:
    one, today = row.deadline, row.deadline.as_of
    day = say(one.due, today) if one.due else "no date"
    desk.out(f"  {day}, {one.in_words}: {one.title}")
    source = f" from {one.no}" if one.no else ""
    facts = f", {many(one.facts, 'fact')} of {say(one.start_from, today)}" if one.rule.look_back else ""
    desk.out(f"    {one.rule.id}{source}{facts}: {_standing(one.rule)}")
    if one.act_by:
        mailed = f"; if you mail it, by {say(one.mail_by, today)}" if one.mail_by else ""
        desk.out(f"    do it by {say(one.act_by, today)}{mailed}")
    if len(one.readings) > 1:
        for reading in one.readings:
            desk.out(f"    {reading.text}: {full_date(reading.due) if reading.due else 'no date'}")
    if row.later:
        left = many(sum(later.facts for later in row.later), "fact")
        desk.out(f"    after it {left} more, the next by {full_date(row.later[0].due or today)}")
    for remark in one.remarks:
        desk.out(f"    ! {remark}")
    if one.status == "overdue":
        _tell_next(one, case, desk)
    if one.rule.id in book.notes:
        desk.out(f"    your note: {book.notes[one.rule.id]}")


def _tell_next(one: Deadline, case: Case, desk: Desk) -> None:
    """What a parent can do about silence."""
    if silence(one, case):
        desk.out(f"    no reply came? Write that down: iepjournal mark {one.no} {UNANSWERED}")
    if one.rule.next_letter:
        desk.out(f"    the next letter: iepjournal letter new {one.rule.next_letter}")


def _standing(rule: Rule) -> str:
    """The source of a rule and how sure it is; the plain case needs no more words."""
    if rule.kind == "suggested":
        return KINDS[rule.kind]
    doubt = "" if rule.confidence == "V" else f" ({CONFIDENCE[rule.confidence]})"
    return f"{rule.citation}{doubt}"


def _tell_closed(found: Sequence[Deadline], desk: Desk) -> None:
    closed = [one for one in found if one.due and not one.waits and not one.rule.look_back]
    if closed:
        desk.out("Done")
    for one in closed:
        day = full_date(one.due) if one.due else ""
        desk.out(f"  {day}, {one.in_words}: {one.title} ({one.rule.id} from {one.no})")
    without = {one.rule.id: one.rule for one in duties(found)}
    if without:
        desk.out("Without a number of days")
    for rule in without.values():
        desk.out(f"  {rule.title} ({rule.id}: {_standing(rule)})")


def _say_what_changed(case: Case, book: RuleBook, texts: dict[str, str | None], store: CaseStore, desk: Desk) -> None:
    """Where rules changed since the last look, the dates that moved."""
    from iepjournal.store.seen_rules import SeenRules

    seen = SeenRules(store.folder)
    before = seen.read()
    if before == texts:
        return
    for pair in moved(case, book_of(before), book, desk.today) if before else ():
        one = pair.after or pair.before
        assert one is not None
        dates = [full_date(side.due) if side and side.due else "no date" for side in (pair.before, pair.after)]
        desk.say(f"A rule changed: {one.rule.title} ({one.rule.id} from {one.no}): {' → '.join(dates)}")
    seen.remember(texts)


def why_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `why [RULE] [--from NO|DATE] [--as-of D] [--json]`."""
    parser.add_argument("rule", nargs="?", default="", help="the rule, as due names it; without one, all are listed")
    parser.add_argument(
        "--from", dest="start", default="", metavar="NO|DATE", help="the record that started it, or any day"
    )
    parser.add_argument("--as-of", default="today", metavar="DAY", help="as it stands on this day; else today")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--pdf", action="store_true", help="a page to print, as an exhibit")
    parser.add_argument("-o", "--output", default="", metavar="FILE", help="the page as a new file")


def why(args: argparse.Namespace, desk: Desk) -> None:
    """Show a date with each counted and skipped day, the rule's words and its source; needs no case."""
    known = bool(desk.case_name) or len(desk.case_folders()) == 1
    case = desk.store().case() if known or _is_number(args.start) else None
    book = load_rules(case.profile.state if case else _home_state())
    for finding in book.findings:
        desk.say(finding.message)
    if not args.rule:
        _list_rules(book, desk, as_json=args.json)
        return
    rule = _rule_named(args.rule, book)
    as_of = past_day(args.as_of, desk.today, allow_future=True).on
    deadline = _deadline(rule, args.start, case, book, as_of, desk)
    if args.json:
        desk.out_json(why_shape(deadline, book))
        return
    if args.pdf or args.output:
        _print(deadline, book, case, desk, args.output)
        return
    desk.out(why_text(deadline, book))
    counted = earliest(deadline)
    if counted and counted.count:
        for step in counted.count.steps():
            number = f"{step.number:>4}" if step.number else "   -"
            desk.out(f"{number}  {full_date(step.on)}{'  ' + step.reason if step.reason else ''}")


def _print(deadline: Deadline, book: RuleBook, case: Case | None, desk: Desk, output: str) -> None:
    from iepjournal.core.chain import foot_of
    from iepjournal.export.blocks import blocks
    from iepjournal.export.documents import Document
    from iepjournal.export.pdf import document_pdf

    page = Document(
        title=deadline.rule.title,
        contents=blocks(why_markdown(deadline, book)),
        dated=desk.today,
        foot=foot_of(case, desk.today) if case else "",
    )
    _write(document_pdf(page), desk, output)


def _write(content: bytes, desk: Desk, output: str) -> None:
    if not output:
        desk.binary_out().write(content)
        return
    size = desk.write_new(Path(output), content)
    desk.say(f"Wrote {output} ({size:,} bytes).")


def _home_state() -> str:
    from iepjournal.core.records import Profile

    return str(Profile.DEFAULTS["state"])


def _deadline(rule: Rule, start: str, case: Case | None, book: RuleBook, as_of: date, desk: Desk) -> Deadline:
    from iepjournal.core.calendars import SchoolCalendar

    school = SchoolCalendar.of(case) if case else SchoolCalendar()
    if case and _is_number(start):
        record = case.numbered(start)
        found = running_from(case, book, rule, record.root, as_of)
        if found is None:
            raise NotAllowed(
                f"Number {record.no} started no {rule.id}.", f"It starts when: {_events_in_words(rule, book)}."
            )
        return found
    if start:
        on = past_day(start, desk.today, allow_future=True).on
        return hypothetical(book, rule, on, as_of, school)
    running = [one for one in deadlines(case, book, as_of) if one.rule.id == rule.id] if case else []
    if running:
        return next((one for one in running if one.waits), running[-1])
    desk.say(f"Nothing started it here yet; counted as if it began today. {_events_in_words(rule, book)}.")
    return hypothetical(book, rule, as_of, as_of, school)


def _is_number(typed: str) -> bool:
    return typed == "last" or typed.lstrip("#").isdigit()


def _events_in_words(rule: Rule, book: RuleBook) -> str:
    return "; ".join(book.events[event].title for event in rule.starts)


def _rule_named(typed: str, book: RuleBook) -> Rule:
    if typed in book.rules:
        return book.rules[typed]
    from difflib import get_close_matches

    near = get_close_matches(typed, book.rules, 1)
    hint = f"Did you mean {near[0]}?" if near else "See all of them with: iepjournal why"
    raise CannotUnderstand("a rule", typed, hint)


def _list_rules(book: RuleBook, desk: Desk, *, as_json: bool) -> None:
    if as_json:
        names = ("id", "title", "who", "kind", "citation", "link", "confidence", "in_force", "says", "note")
        desk.out_json(
            {
                "rules": [
                    {**{name: getattr(rule, name) for name in names}, "checked": rule.checked.isoformat()}
                    for rule in book.rules.values()
                ]
            }
        )
        return
    width = max(map(len, book.rules), default=0)
    for rule in book.rules.values():
        desk.out(f"{rule.id:<{width}}  {rule.title}")


def ics_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `ics [--full] [-o FILE]`."""
    parser.add_argument("--full", action="store_true", help="say in the calendar what it is and whose; else neutral")
    parser.add_argument("-o", "--output", default="", metavar="FILE", help="a new file; else standard output")


def ics(args: argparse.Namespace, desk: Desk) -> None:
    """Make the calendar file."""
    from iepjournal.core.records import Purge
    from iepjournal.export.ics import deadlines_ics

    case = desk.store().case()
    found = deadlines(case, load_rules(case.profile.state), desk.today, private=False)
    whose = (case.profile.child.name.split() or [case.slug])[0] if args.full else ""
    written = len(case.records) + sum(len(purge.removed) for purge in case.all(Purge))
    content = deadlines_ics(for_calendar(found), made_on=desk.today, written=written, whose=whose)
    _write(content, desk, args.output)
