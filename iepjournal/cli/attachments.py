"""The verb attach: keep a file, or what comes on stdin, beside a record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.core.dates import past_day
from iepjournal.core.records import Attachment
from iepjournal.core.text import clean_text
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    import argparse

    from iepjournal.cli.desk import Desk


def attach_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `attach N FILE|-`."""
    parser.add_argument("no", help="the number of the entry, or “last”")
    parser.add_argument("file", help="a file, or - for standard input")
    parser.add_argument("--name", default="", help="what to call it, when it comes on standard input")
    parser.add_argument("--received", default="", metavar="DAY", help="when you got it")


def attach(args: argparse.Namespace, desk: Desk) -> None:
    """Copy the file into the case under its hash, and note it with the record."""
    store = desk.store()
    record = store.case().numbered(args.no)
    received = past_day(args.received, desk.today).on if args.received else None
    if args.file == "-":
        if sys.stdin.isatty():
            raise NotAllowed("Nothing comes on standard input.", "Use: cat FILE | iepjournal attach N -")
        (sha256, size), name = store.keep_file(sys.stdin.buffer), args.name or "from standard input"
    else:
        source = Path(args.file)
        (sha256, size), name = store.keep_file(source), args.name or source.name
    if not size:
        raise NotAllowed("Nothing came: the file is empty. Nothing was saved.", "Look at where it comes from.")
    name = clean_text(name, multiline=False).text
    (attachment,) = desk.append(
        store, [Attachment(of=record.root, name=name, sha256=sha256, size=size, received_on=received)]
    )
    desk.out(f"Kept as {attachment.no}: {name}, {size:,} bytes, with {record.KIND} {record.no}.")
