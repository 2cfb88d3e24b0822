"""The verbs promise and mark: who said what would happen by when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.corrections import described, name_of
from iepjournal.core.dates import coming_day, past_day, say
from iepjournal.core.people import called, known_handle
from iepjournal.core.records import Entry, Letter, Mark, Promise, Record
from iepjournal.core.silence import UNANSWERED, silence
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.due import Deadline

OUTCOMES: dict[str, type[Record]] = {
    "kept": Promise,
    "broken": Promise,
    "waived": Record,
    "met": Record,
    "extended": Record,
    "confirmed": Entry,
    "claimed": Record,
    "overridden": Record,
}
"""What may be said of a record, and of which kind."""
OF_DEADLINES = ("met", "extended", "claimed", "overridden")
"""What may be said of a deadline by the number of what started it; of a promise, it is said of itself."""


def promise_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `promise N --who H --by D [TEXT]`."""
    parser.add_argument("no", help="the entry in which it was said, or “last”")
    parser.add_argument("text", nargs="*", help="what was promised; the entry's exact words when left out")
    parser.add_argument("--who", default="", metavar="HANDLE", help="who said it; the entry's person when left out")
    parser.add_argument("--by", default="", metavar="DAY", help="by when: fri, 12/18, in 2 weeks")


def promise(args: argparse.Namespace, desk: Desk) -> None:
    """Write a promise down beside the entry in which it was made."""
    store = desk.store()

    def write(case: Case) -> Iterable[Record]:
        entry = case.numbered(args.no, Entry)
        who = known_handle(args.who, case) if args.who else next(iter(entry.who), "")
        words = clean_text(" ".join(args.text)).text.strip() or " … ".join(entry.quote)
        if not words:
            raise NotAllowed("What was promised? Nothing was saved.", "Say it in a few words after the number.")
        by = coming_day(args.by, entry.happened_on) if args.by else None
        return [Promise(who=who, text=words, made_on=entry.happened_on, by=by, entry=entry.root)]

    (written,) = desk.change(store, write)
    case = store.case()
    kept = case.numbered(written.no or 0, Promise)
    by_when = f" by {say(kept.by, desk.today)}" if kept.by else ", without a day"
    desk.out(f"Promise {kept.no}: {called(kept.who, case) if kept.who else 'somebody'}: “{kept.text}”{by_when}")


def mark_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `mark N OUTCOME|EVENT [--rule R] [--why W] [--entry N] [--on D] [--until D]`."""
    parser.add_argument("no", help="the number of a promise, entry or letter; “last” for the newest promise")
    parser.add_argument("what", help=f"{', '.join((*OUTCOMES, UNANSWERED))}; or what it shows, such as met-held")
    parser.add_argument("--rule", default="", metavar="RULE", help="of a deadline: which, where it started several")
    parser.add_argument("--why", default="", help="kept with it")
    parser.add_argument("--entry", default="", metavar="N", help="the entry that shows it")
    parser.add_argument("--on", default="", metavar="DAY", help="since when; else today")
    parser.add_argument("--until", default="", metavar="DAY", help="for extended and overridden: the new day")


def mark(args: argparse.Namespace, desk: Desk) -> None:
    """Say what became of a promise, a talk that needed its confirmation, a letter or a deadline; or what it shows."""
    store = desk.store()

    def write(case: Case) -> Iterable[Record]:
        if args.what == UNANSWERED:
            return _silence(args, case, desk)
        if args.what not in OUTCOMES:
            return [_event_mark(args, case, desk)]
        of = case.numbered(args.no, Promise if args.no == "last" else OUTCOMES[args.what])
        of_deadline = bool(args.rule) or (args.what in OF_DEADLINES and not isinstance(of, Promise))
        if isinstance(of, Letter) and not of_deadline and args.what != "waived":
            raise NotAllowed(f"{name_of(of)} is a letter.", "Say what became of it with: iepjournal letter sent")
        if args.what in ("waived", "extended") and not args.why.strip():
            raise NotAllowed(f"“{args.what}” needs its reason.", "Add --why and a few words; nothing was saved.")
        if args.what in ("extended", "overridden") and not args.until:
            raise NotAllowed("Until when?", "Add --until DAY; nothing was saved.")
        return [
            Mark(
                of=_deadline(args, case, desk).key if of_deadline else of.root,
                what=args.what,
                on=past_day(args.on, desk.today).on if args.on else desk.today,
                why=clean_text(args.why).text,
                entry=case.numbered(args.entry).root if args.entry else "",
                until=coming_day(args.until, desk.today) if args.until else None,
            )
        ]

    *_, written = desk.change(store, write)
    case = store.case()
    desk.out(f"Saved: {described(case, written)}.")
    if isinstance(written, Mark) and ":" in written.of:
        now = _deadline(args, case, desk)
        desk.out(f"{now.rule.title}: {' '.join((f'{now.in_words}.', *now.remarks))}")


def _silence(args: argparse.Namespace, case: Case, desk: Desk) -> Iterable[Record]:
    """The entry that no reply came, and the mark on its letter."""
    args.rule = args.rule or "reply-requested"
    written = silence(_deadline(args, case, desk), case)
    if not written:
        raise NotAllowed(
            f"Number {args.no} waits for no reply, its day has not passed, or its silence is written down already.",
            "Nothing was saved. See: iepjournal due",
        )
    return written


def _deadline(args: argparse.Namespace, case: Case, desk: Desk) -> Deadline:
    """The deadline that a number started, by its rule where there are several."""
    from iepjournal.core.agenda import of_record
    from iepjournal.core.deadlines import deadlines
    from iepjournal.rulefiles import load_rules

    found = deadlines(case, load_rules(case.profile.state), desk.today)
    return of_record(found, case.numbered(args.no).no or 0, args.rule)


def _event_mark(args: argparse.Namespace, case: Case, desk: Desk) -> Mark:
    """Says that a record shows an event of the rules, on the record's own day unless told."""
    from iepjournal.rulefiles import load_rules

    events = load_rules(case.profile.state).events
    event = events.get(args.what)
    if event is None or event.mark:
        from difflib import get_close_matches

        near = get_close_matches(args.what, (*OUTCOMES, UNANSWERED, *events), 1)
        hint = f"Did you mean {near[0]}?" if near else f"Say one of: {', '.join(OUTCOMES)}."
        raise CannotUnderstand("something to say of a record", args.what, hint)
    record = case.numbered(args.no, Entry if args.no == "last" else Record)
    if args.on:
        on = coming_day(args.on, desk.today) if event.held_as else past_day(args.on, desk.today).on
    elif isinstance(record, Entry) and (not event.held_as or record.type in event.held_as):
        on = record.happened_on
    else:
        raise NotAllowed(f"On which day? {event.title}.", "Add --on DAY; nothing was saved.")
    return Mark(of=record.root, what=event.id, on=on, why=clean_text(args.why).text)
