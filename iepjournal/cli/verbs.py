"""Every verb, in the order of the help: the file it lives in and one line about it. Imports none of them.

A verb `new-thing` in the file `things` is the function `new_thing(args, desk)`, and `new_thing_arguments(parser)`
declares its options.
"""

from __future__ import annotations

from typing import NamedTuple


class Verb(NamedTuple):
    """Where a verb lives and what it does."""

    file: str
    does: str


GROUPS: dict[str, dict[str, Verb]] = {
    "Every day": {
        "log": Verb("entries", "write down what happened"),
        "list": Verb("entries", "what was written, oldest first"),
        "show": Verb("entries", "one record, whole, with its versions"),
        "amend": Verb("corrections", "correct an entry; both texts are kept"),
        "strike": Verb("corrections", "take a record out of sight, with the reason"),
        "undo": Verb("corrections", "take back your last command, whole"),
        "attach": Verb("attachments", "keep a file with an entry"),
        "promise": Verb("promises", "write down who said what would happen by when"),
        "mark": Verb("promises", "say what became of a promise or a deadline"),
    },
    "Services": {
        "session": Verb("sessions", "did it happen? given, missed, partial, for one service and day"),
        "absent": Verb("sessions", "child absent: answers for all services of a day"),
        "services": Verb("services", "what was due, given, not delivered and not known"),
        "reconcile": Verb("reconcile", "the school's own service log beside yours"),
        "progress": Verb("progress", "goals, what was measured of them, and promised reports"),
        "iep": Verb("iep", "what the IEP promises: show, change, fix"),
        "calendar": Verb("calendars", "school days: show, year, close, open, early, period, import"),
        "service": Verb("iep", "add a service, change it from a day on, end it"),
    },
    "Deadlines": {
        "due": Verb("deadlines", "what is due from you, the school and the state"),
        "why": Verb("deadlines", "why a date: each day counted, the rule and its source"),
        "ics": Verb("deadlines", "the dates as a calendar file"),
    },
    "Letters": {
        "print": Verb("printables", "the checklist, scripts, worksheet and meeting sheet to take along"),
        "letter": Verb("letters", "write one, fill it, address it, check it, take it home, say it was sent"),
        "packet": Verb("packet", "the state complaint: its claims, exhibits, check and both sets"),
    },
    "The case": {
        "new": Verb("cases", "make a case"),
        "cases": Verb("cases", "the cases on this machine"),
        "board": Verb("board", "every case in one line: overdue, due, letters not sent, given"),
        "people": Verb("people", "who is who, under a short @handle"),
        "profile": Verb("profiles", "the family and the school: child, parent, school, district"),
    },
    "Keeping it safe": {
        "verify": Verb("verify", "check that each record is as it was sealed"),
        "backup": Verb("backups", "copy the whole case somewhere else, or to stdout"),
        "backups": Verb("backups", "the copies kept beside the case"),
        "restore": Verb("backups", "go back to one of them"),
        "doctor": Verb("doctor", "check files, modes, lock, seal, backups, fonts, terminal"),
        "export-case": Verb("transfer", "everything in one ZIP, readable without this program"),
        "import": Verb("transfer", "bring in the ZIP of a case, or old notes: CSV, e-mails, chats, dated text"),
        "purge": Verb("corrections", "erase one record for good (a secret, the wrong case)"),
    },
    "To try it": {
        "demo": Verb("demo", "a made-up case of a school term, with a letter"),
    },
}

VERBS: dict[str, Verb] = {name: verb for group in GROUPS.values() for name, verb in group.items()}
