"""Keeping the case safe: copies, checks, going back, and what comes in from elsewhere."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.cli.plain.desk import Back, Question

if TYPE_CHECKING:
    from iepjournal.cli.plain.desk import PlainDesk

ACTIONS = {
    "backup": "copy the whole case to a folder",
    "backups": "the copies kept beside it, and going back to one",
    "restore": "go back to the newest copy that can be read",
    "district": "the copies of what the cases of one district share, and going back to one",
    "export-case": "the whole case as one ZIP, for another machine",
    "verify": "check that each record is as it was sealed",
    "doctor": "check files, disk and terminal",
    "purge": "erase one record for good: a secret, the wrong case",
}


def keep_safe(desk: PlainDesk) -> None:
    """One of these."""
    what = desk.choose("Keep it safe:", ACTIONS)
    with suppress(Back):
        _carry_out(desk, what)


def _carry_out(desk: PlainDesk, what: str) -> None:
    if what == "backup":
        desk.run("backup", desk.needed("To which folder?"))
    elif what == "export-case":
        setup = Question(option="setup", words="Only family, school, people and IEP, to begin another case?", flag=True)
        desk.run("export-case", *desk.options(setup), f"--output={desk.needed('The name of the new file:')}")
    elif what == "verify":
        seal = desk.line("A seal that somebody else holds, as printed on a letter (Enter for none):")
        desk.run("verify", *([seal] if seal else []))
    elif what == "purge":
        number = desk.needed("Which number?")
        desk.run("purge", f"--why={desk.needed('Why? Do not repeat the secret here.')}", number)
    elif what == "backups":
        desk.run("backups")
        which = desk.needed("The number of the copy to go back to (Enter goes back to the menu):")
        desk.run("restore", which)
    elif what == "district":
        name = f"--district={desk.needed('The name of the district:')}"
        if desk.run("backups", name):
            which = desk.needed("The number of the copy to go back to (Enter goes back to the menu):")
            desk.run("restore", name, which)
    else:
        desk.run(what)
