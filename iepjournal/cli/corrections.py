"""The verbs amend, strike, undo and purge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.cli.entries import chosen_fields, field_arguments
from iepjournal.core import corrections
from iepjournal.core.corrections import name_of
from iepjournal.core.entries import changes, echo
from iepjournal.core.erasure import drawn_from, goes_with
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
    privacy = parser.add_mutually_exclusive_group()
    privacy.add_argument("--private", action="store_true", default=None, help="never in a letter, packet or export")
    privacy.add_argument("--not-private", dest="private", action="store_false")
    field_arguments(parser)


def amend(args: argparse.Namespace, desk: Desk) -> None:
    """Write a new version of an entry; the old text and the reason stay beside it."""
    store = desk.store()
    words = " ".join(args.text) or None
    typed = desk.stdin_text() if words == "-" else words
    chosen = chosen_fields(args)

    def correct(case: Case) -> Iterable[Record]:
        entry = case.numbered(args.no, Entry)
        changed = changes(entry, typed, case, desk.now, chosen)
        return [corrections.amended(case, entry, changed, args.why)]

    (written,) = desk.change(store, correct)
    case = store.case()
    entry = case.numbered(written.no or 0, Entry)
    desk.out(f"Corrected {entry.no}: {echo(entry, case, desk.today)}. The old text is kept: iepjournal show {entry.no}")


def strike_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `strike N --why W`."""
    parser.add_argument("no", help="the number, or “last”")
    parser.add_argument("--why", required=True, help="kept with it")


def strike(args: argparse.Namespace, desk: Desk) -> None:
    """Take a record out of sight; it stays in the journal and is counted."""
    store = desk.store()
    (struck,) = desk.change(store, lambda case: [corrections.strike(case, case.numbered(args.no), args.why)])
    desk.out(f"Saved: {corrections.described(store.case(), struck)}. See it with: iepjournal list --struck")


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
    desk.out(f"Taken back: {len(together)} record{'' if len(together) == 1 else 's'}. Both stay in the history.")
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
