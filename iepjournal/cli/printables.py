"""The verb print: sheets to take along, filled from the case as far as it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal import library
from iepjournal.core.case import Case

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk


def print_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `print NAME [--pdf] [-o FILE]`."""
    parser.add_argument("name", nargs="?", default="", help=f"one of: {', '.join(library.printable_names())}")
    parser.add_argument("--pdf", action="store_true", help="as PDF; else text")
    parser.add_argument("-o", "--output", default="", metavar="FILE", help="a new file; else standard output")


def print_(args: argparse.Namespace, desk: Desk) -> None:
    """Make one sheet; without a name, list what there is."""
    if not args.name:
        for name in library.printable_names():
            sheet = library.printable(name)
            desk.out(f"{name:<12} {sheet.title}. {sheet.when}")
        return
    from iepjournal.mailroom import sheet_to_take

    sheet = library.printable(args.name)
    case = desk.store().case() if desk.case_name or desk.case_folders() else Case("", ())
    document = sheet_to_take(args.name, case, desk.today)
    if args.pdf or args.output.endswith(".pdf"):
        from iepjournal.export.pdf import document_pdf

        content = document_pdf(document)
        if not args.output:
            desk.binary_out().write(content)
            return
    else:
        from iepjournal.export.text import document_text

        text = document_text(document)
        if not args.output:
            desk.out(text)
            return
        content = text.encode()
    size = desk.write_new(Path(args.output), content)
    desk.say(f"{sheet.title} is in {args.output} ({size:,} bytes).")
