"""The verbs amend, strike, undo and purge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.entries import chosen_fields, field_arguments
from iepjournal.core import corrections
from iepjournal.core.corrections import name_of
from iepjournal.core.drawn import Follows, after_change, after_strike
from iepjournal.core.entries import changes, echo
from iepjournal.core.erasure import drawn_from, goes_with
from iepjournal.core.plurals import many
from iepjournal.core.records import Entry
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.records import Record


def amend_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `amend N [-|TEXT]`, the fields of an entry and the reason."""
    parser.add_argument("no", help="the number of the entry, or “last”")
    parser.add_argument("text", nargs="*", help="the new words, if they change; - for standard input")
    parser.add_argument("--why", required=True, help="kept with the new text")
    _session_argument(parser)
    privacy = parser.add_mutually_exclusive_group()
    privacy.add_argument("--private", action="store_true", default=None, help="never in a letter, packet or export")
    privacy.add_argument("--not-private", dest="private", action="store_false")
    field_arguments(parser)


def _session_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--with-session", action="store_true", help="the session drawn from it follows, unasked")


def _follow(args: argparse.Namespace, desk: Desk, follows: Follows) -> bool:
    """Whether the session that was drawn from the entry is written together with it."""
    if not follows.records or args.with_session:
        return bool(follows.records)
    desk.say(f"A session was drawn from it. {follows.words}.")
    if desk.ask("Together with it, as one command? y/n ").strip().lower() in ("y", "yes"):
        return True
    desk.say("The session was left as it is. Together: --with-session")
    return False


def amend(args: argparse.Namespace, desk: Desk) -> None:
    """Write a new version of an entry; the old text and the reason stay beside it."""
    store = desk.store()
    words = " ".join(args.text) or None
    typed = desk.stdin_text() if words == "-" else words
    chosen = chosen_fields(args)

    def corrected(case: Case) -> tuple[Entry, Follows]:
        entry = case.numbered(args.no, Entry)
        changed = corrections.amended(case, entry, changes(entry, typed, case, desk.now, chosen), args.why)
        return changed, after_change(case, entry, changed, args.why, desk.today)

    together = _follow(args, desk, corrected(store.case())[1])

    def correct(case: Case) -> Iterable[Record]:
        entry, follows = corrected(case)
        return [entry, *(follows.records if together else ())]

    written, *sessions = desk.change(store, correct)
    case = store.case()
    entry = case.numbered(written.no or 0, Entry)
    desk.out(f"Corrected {entry.no}: {echo(entry, case, desk.today)}. The old text is kept: iepjournal show {entry.no}")
    _say_sessions(sessions, case, desk)


def _say_sessions(records: Iterable[Record], case: Case, desk: Desk) -> None:
    for record in records:
        desk.out(f"With it: {corrections.described(case, record)}")


def strike_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `strike N --why W`."""
    parser.add_argument("no", help="the number, or “last”")
    parser.add_argument("--why", required=True, help="kept with it")
    _session_argument(parser)


def strike(args: argparse.Namespace, desk: Desk) -> None:
    """Take a record out of sight; it stays in the journal and is counted."""
    store = desk.store()

    def follows(case: Case) -> Follows:
        record = case.numbered(args.no)
        return after_strike(case, record, args.why, desk.today) if isinstance(record, Entry) else Follows()

    before = store.case()
    corrections.strike(before, before.numbered(args.no), args.why)
    together = _follow(args, desk, follows(before))

    def take_off(case: Case) -> Iterable[Record]:
        yield corrections.strike(case, case.numbered(args.no), args.why)
        yield from follows(case).records if together else ()

    struck, *sessions = desk.change(store, take_off)
    case = store.case()
    desk.out(f"Saved: {corrections.described(case, struck)}. See it with: iepjournal list --struck")
    _say_sessions(sessions, case, desk)


def undo_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `undo [--yes]`."""
    parser.add_argument("--yes", action="store_true", help="without asking")


def undo(args: argparse.Namespace, desk: Desk) -> int:
    """Show your newest command that stands, and take it back whole."""
    store = desk.store()
    case = store.case()
    together = corrections.newest_command(case, desk.user)
    desk.say("This takes back:")
    for record in together:
        desk.say(f"  {corrections.described(case, record)}")
    if not args.yes and desk.ask("Take it back? y/n ").strip().lower() not in ("y", "yes"):
        desk.say("Nothing was changed. Without being asked: iepjournal undo --yes")
        return 1
    owner = store.district() if together[0] in case.district else store
    if owner is None:
        raise NotAllowed("The district's file is gone.", "Nothing was changed.")

    def take_back(now: Case) -> Iterable[Record]:
        if together[0].command in now.undone:
            raise NotAllowed("It was taken back already.")
        return [corrections.undo(together)]

    owner.change(take_back, at=desk.now, by=desk.user)
    desk.out(f"Taken back: {many(len(together), 'record')}. Both stay in the history.")
    return 0


def purge_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `purge N --why W`."""
    parser.add_argument("no", help="the number to erase")
    parser.add_argument("--why", required=True, help="kept; do not repeat the secret here")
    parser.add_argument(
        "--type-number", dest="typed", default="", metavar="N", help="the number again, instead of asking"
    )


def purge(args: argparse.Namespace, desk: Desk) -> int:
    """Erase one record and all its versions, also from the backups; only that it was erased stays."""
    store = desk.store()
    record = store.case().numbered(args.no)
    if record.no is None:
        raise NotAllowed("Only what has a number can be erased.")
    case = store.case()
    gone = goes_with(case, record.no)
    desk.say("This erases for good, from the journal, its backups and drafts:")
    for each in gone:
        desk.say(f"  {corrections.described(case, each)}")
    for letter in drawn_from(case, gone):
        desk.say(f"It does not erase {name_of(letter)}, which uses it: erase that by its own number.")
    typed = args.typed or desk.ask(f"Type {record.no} to erase it: ")
    if typed.strip() != str(record.no):
        desk.say("Nothing was erased.")
        return 1
    store.purge(record.no, at=desk.now, by=desk.user, why=args.why)
    desk.out(f"Erased: number {record.no}. Copies made elsewhere, and letters that quote it, are not touched.")
    return 0
