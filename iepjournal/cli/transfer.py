"""The verbs export-case and import: a whole case from one machine to another, and old notes into a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import paths
from iepjournal.errors import CannotUnderstand, NotAllowed

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk


def export_case_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `export-case [--setup] [-o FILE]`."""
    parser.add_argument("--setup", action="store_true", help="only the set-up, as TOML for `iepjournal new --from`")
    parser.add_argument("-o", "--output", default="", metavar="FILE", help="a new file; else standard output")


def export_case(args: argparse.Namespace, desk: Desk) -> None:
    """Everything of the case in one ZIP that reads without this program, private entries included."""
    store = desk.store()
    if args.setup:
        import tomli_w

        from iepjournal.core.setup import to_setup

        text = tomli_w.dumps(to_setup(store.case()), multiline_strings=True)
        if args.output:
            desk.write_new(Path(args.output), text.encode())
        else:
            desk.out(text)
        return
    from iepjournal.store.archive import back_up, write_archive

    if args.output:
        written = back_up(store, Path(args.output), at=desk.now)
        desk.say(f"The whole case is in {written}, private entries included.")
    else:
        write_archive(store, desk.binary_out(), at=desk.now)


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `import FILE ...`: a ZIP of a case, or notes."""
    from iepjournal.cli.notes import notes_arguments

    parser.add_argument("files", nargs="+", metavar="FILE", help="a ZIP of a case; or notes: CSV, .eml, .mbox, text")
    parser.add_argument("--as", dest="slug", default="", metavar="SLUG", help="the ZIP's case under another name")
    notes_arguments(parser)


def import_(args: argparse.Namespace, desk: Desk) -> int:
    """Make a case of a ZIP, whole, or nothing; or show what notes would become, and save them with --yes."""
    if not any(map(_is_zip, args.files)):
        from iepjournal.cli.notes import import_notes

        return import_notes(args, desk)
    if len(args.files) > 1:
        raise NotAllowed("A ZIP is a whole case and comes in alone. Nothing was imported.")
    _import_case(args.files[0], args.slug, desk)
    return 0


def _is_zip(name: str) -> bool:
    try:
        with open(name, "rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return name.lower().endswith(".zip")


def _import_case(name: str, slug: str, desk: Desk) -> None:
    from iepjournal.store.importing import read_archive

    try:
        source = open(name, "rb")  # noqa: SIM115
    except OSError as error:
        raise CannotUnderstand("a file that can be read", name, str(error.strerror)) from error
    with source:
        imported = read_archive(source, paths.cases(), slug)
    case = imported.store.case()
    desk.out(f"The case “{imported.store.slug}” is here: {len(case.entries)} entries, {len(case.letters)} letters.")
    for missing in imported.missing:
        desk.say(f"Its attachment {missing} was not in the ZIP.")
    if imported.district_kept_apart:
        desk.say(
            f"This machine has its district already; the ZIP's calendar is kept in {imported.district_kept_apart}."
        )
