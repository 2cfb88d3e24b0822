"""The verb people: who is who, under a short @handle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iepjournal.core.people import new_handle
from iepjournal.core.records import Person
from iepjournal.core.text import clean_text
from iepjournal.errors import AlreadyThere, NoSuchRecord

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case

DETAILS = ("name", "role", "email", "phone", "address")


def people_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `people [add|change|remove HANDLE]`."""
    parser.add_argument("--json", action="store_true", help="for programs")
    actions = parser.add_subparsers(dest="action", metavar="add|change|remove")
    for action, help_line in (("add", "a new person"), ("change", "correct or complete one")):
        one = actions.add_parser(action, help=help_line)
        one.add_argument("handle", help="a short name without blanks, as in @hill")
        for detail in DETAILS:
            one.add_argument(f"--{detail}")
    remove = actions.add_parser("remove", help="take one off the list; old entries keep the name")
    remove.add_argument("handle")
    remove.add_argument("--why", default="no longer needed")


def people(args: argparse.Namespace, desk: Desk) -> None:
    """List the people of the case, or add, change or remove one."""
    store = desk.store()
    if not args.action:
        _show(store.case(), desk, as_json=args.json)
        return
    handle = args.handle.lstrip("@").lower()
    if args.action == "add":
        desk.change(store, lambda case: [_new(case, handle, args)])
    elif args.action == "change":
        desk.change(store, lambda case: [_known(case, handle).revised(**_details(args))])
    else:
        from iepjournal.core.corrections import strike

        desk.change(store, lambda case: [strike(case, _known(case, handle), args.why)])
    desk.say(f"{'Removed' if args.action == 'remove' else 'Saved'}: @{handle}")


def _new(case: Case, handle: str, args: argparse.Namespace) -> Person:
    if handle in case.people:
        raise AlreadyThere(f"@{handle} ({case.people[handle].name})")
    return Person(handle=new_handle(handle)).replace(**_details(args))


def _known(case: Case, handle: str) -> Person:
    if handle not in case.people:
        raise NoSuchRecord("person", f"@{handle}", "See them with: iepjournal people")
    return case.people[handle]


def _details(args: argparse.Namespace) -> dict[str, str]:
    return {
        detail: clean_text(getattr(args, detail), multiline=detail == "address").text
        for detail in DETAILS
        if getattr(args, detail) is not None
    }


def _show(case: Case, desk: Desk, *, as_json: bool) -> None:
    everybody = case.people.values()
    if as_json:
        desk.out_json(
            {"people": [{"handle": one.handle, **{d: getattr(one, d) for d in DETAILS}} for one in everybody]}
        )
        return
    if not everybody:
        desk.say("Nobody yet. Add one: iepjournal people add hill --name “Ms. Dana Hill” --role “Speech therapist”")
    for one in everybody:
        desk.out(f"@{one.handle:<10} {one.name}{', ' + one.role if one.role else ''}")
        for detail in ("email", "phone", "address"):
            if getattr(one, detail):
                desk.out(f"{'':12}{getattr(one, detail)}")
