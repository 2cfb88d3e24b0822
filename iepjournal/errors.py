"""What stops the program: each error builds its own sentence from the facts; none of them prints or exits.

Things wrong with the *data* are values (`core.findings.Finding`), not exceptions.
"""

from __future__ import annotations


class JournalError(Exception):
    """Anything the program can explain: what happened, what was kept, what to do."""


class CannotUnderstand(JournalError):
    """A typed word, date or number has no meaning here; nothing was saved."""

    def __init__(self, what: str, typed: str, hint: str = "") -> None:
        self.what, self.typed, self.hint = what, typed, hint
        super().__init__(f"“{typed}” is not {what}. Nothing was saved.{' ' + hint if hint else ''}")


class NoSuchRecord(JournalError):
    """A number, name or handle points at nothing."""

    def __init__(self, what: str, asked: str, hint: str = "") -> None:
        super().__init__(f"There is no {what} {asked} in this case.{' ' + hint if hint else ''}")


class NoSuchCase(JournalError):
    """The case named is not on this machine."""

    def __init__(self, slug: str, known: list[str]) -> None:
        if not slug:
            super().__init__("No case is here yet. The first entry makes one: iepjournal log")
            return
        have = f"Cases here: {', '.join(known)}." if known else "Make it with: iepjournal new " + slug
        super().__init__(f"There is no case “{slug}”. {have}")


class CaseNotNamed(JournalError):
    """More than one case is here and none was named."""

    def __init__(self, known: list[str]) -> None:
        super().__init__(
            f"There are {len(known)} cases here: {', '.join(known)}. Say which with --case NAME. Nothing was saved."
        )


class AlreadyThere(JournalError):
    """Something of that name exists and is not written over."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is already there. It was left as it is; choose another name.")


class NotAllowed(JournalError):
    """The journal's own rules say no; the sentence says why and what to do instead."""

    def __init__(self, why: str, instead: str = "") -> None:
        super().__init__(f"{why}{' ' + instead if instead else ''}")


class JournalBusy(JournalError):
    """Another iepjournal holds the lock and did not let go in time."""

    def __init__(self, holder: str, seconds: float) -> None:
        who = f"process {holder}" if holder else "another program"
        super().__init__(
            f"NOT saved: {who} has been writing to this case for {seconds:.0f} seconds. "
            "Your text is kept; try again in a moment."
        )


class NotSaved(JournalError):
    """The disk refused; the file is as it was before."""

    def __init__(self, reason: str, *, kept: str = "The journal is as it was before.") -> None:
        super().__init__(f"NOT saved: {reason}. {kept}")


class MaybeSaved(JournalError):
    """The new file is in place, but the disk did not confirm that it will survive a power cut."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Written, but the disk did not confirm it ({reason}). "
            "It may not survive a power cut: check with “iepjournal list”, then make a backup elsewhere."
        )


class JournalUnreadable(JournalError):
    """The case file is damaged, emptied or foreign; it is kept and nothing is written over it."""

    def __init__(
        self,
        path: str,
        reason: str,
        *,
        kept_as: str = "",
        newest_backup: str = "",
        brought_back_by: str = "iepjournal restore",
    ) -> None:
        self.kept_as = kept_as
        kept = f" A copy is kept as {kept_as}." if kept_as else " It was left as it is."
        offer = (
            f" The newest good backup is {newest_backup}. Bring it back with: {brought_back_by}"
            if newest_backup
            else " No good backup was found beside it."
        )
        super().__init__(f"{path} cannot be read: {reason}.{kept}{offer}")


class JournalTooNew(JournalError):
    """The file was written by a newer iepjournal."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(
            f"{path} was written by a newer iepjournal (format {found}; this one knows {known}). "
            "Nothing was changed; please update this program."
        )


class CannotRender(JournalError):
    """A letter or packet holds something that cannot be put on paper."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"This cannot be put on paper: {what} ({where}). Nothing was written.")


class CannotShow(JournalError):
    """Paper would not show what a kept file shows."""

    def __init__(self, why: str, instead: str) -> None:
        self.why, self.instead = why, instead
        super().__init__(f"The file {why}. {instead}")


class ExhibitRefused(JournalError):
    """A file cannot be put into the packet."""

    def __init__(self, label: str, name: str, why: str, instead: str) -> None:
        self.label = label
        super().__init__(f"Exhibit {label}, “{name}”, {why}. No packet was made; the file is kept. {instead}")


class Stopped(JournalError):
    """The person who asked for a long piece of work stopped it; that it was made in memory is what lets it say so."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was written.")


class BadTemplate(JournalError):
    """A letter template or a file of words cannot be read; the others work as before."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The template {name} cannot be used: {reason}. The others work as before.")


class NoSuchTemplate(JournalError):
    """No letter or printable has that name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"There is no template “{name}”. There are: {', '.join(known)}.")


class ArchiveRefused(JournalError):
    """A ZIP is not an archive of a case, or not a safe one."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This ZIP was not imported: {why}. Nothing was changed.")


class TableRefused(JournalError):
    """A CSV or calendar file has a mistake; nothing of it was imported."""

    def __init__(self, why: str, *, row: int = 0, column: int = 0, instead: str = "", lacks: str = "") -> None:
        self.why, self.lacks = why, lacks
        place = ", ".join(f"{name} {number}" for name, number in (("row", row), ("column", column)) if number)
        where = f" ({place})" if place else ""
        advice = f" {instead}" if instead else ""
        super().__init__(f"The file was not imported: {why}{where}. Nothing was saved.{advice}")
