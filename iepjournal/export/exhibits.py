"""A kept file -> the pages it becomes in a packet: a PDF's own, a picture's, or a text's.

What cannot be shown whole is refused in one sentence; the file itself is never changed.
"""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

from iepjournal.core.mailbox import UNREADABLE, as_read
from iepjournal.core.text import clean_text
from iepjournal.errors import CannotRender, CannotShow, ExhibitRefused
from iepjournal.export.blocks import BREAK, Paragraph, Run
from iepjournal.export.documents import Document
from iepjournal.export.kept_pdfs import kept_pdf
from iepjournal.export.pdf import document_pdf
from iepjournal.export.pictures import picture_pdf
from iepjournal.export.steps import Step, Tell, untold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from iepjournal.core.exhibits import Labelled

PDF_BEGINS_WITHIN = 1024
"""Bytes: where readers look for a PDF's first words."""
DEEPEST_DRAWING = 5
"""Drawings within drawings that are looked into for text; beyond that there may be some."""
MOST_TEXT_BYTES = 2_000_000
MOST_TOGETHER = 600_000_000
"""Bytes of all files: both sets are made in memory."""
MAIL = ".eml"
MARKUP = ("<!doctype", "<html", "<?xml", "<svg", "{\\rtf", "%!ps")
"""How texts begin that a program has to draw before they can be read."""
IN_ANOTHER_FORM = "Make a PDF or a picture of it and attach that."


def read_exhibits(
    files: Sequence[tuple[Labelled, Path]], dated: date, tell: Tell = untold
) -> tuple[list[tuple[Labelled, pikepdf.Pdf]], list[ExhibitRefused]]:
    """The pages of each exhibit, and why those that are missing cannot go in."""
    exhibits, refused = [], []
    together = 0
    for number, (one, path) in enumerate(files):
        tell(Step("Reading the exhibits", number, len(files)))
        try:
            pages = exhibit_pdf(one, path, dated)
            together += path.stat().st_size
            if together > MOST_TOGETHER:
                why = f"makes the exhibits larger than {MOST_TOGETHER // 1_000_000} MB together"
                raise ExhibitRefused(one.label, one.name, why, "Attach the pages that matter.")
            exhibits.append((one, pages))
        except ExhibitRefused as error:
            refused.append(error)
    return exhibits, refused


def without_text(exhibits: Iterable[tuple[Labelled, pikepdf.Pdf]]) -> tuple[Labelled, ...]:
    """Those that are pictures only: no page of theirs sets a letter, so that no program can look for one."""
    return tuple(one for one, pdf in exhibits if not any(_has_faces(page.obj) for page in pdf.pages))


def _has_faces(holder: pikepdf.Object, depth: int = 0) -> bool:
    """Whether a page, or a drawing on it, brings a face to set text in."""
    resources = holder.get("/Resources", pikepdf.Dictionary())
    if resources.get("/Font") or depth == DEEPEST_DRAWING:
        return True
    drawings = resources.get("/XObject", pikepdf.Dictionary()).values()
    return any(_has_faces(one, depth + 1) for one in drawings if one.get("/Subtype") == pikepdf.Name.Form)


def exhibit_pdf(one: Labelled, path: Path, dated: date) -> pikepdf.Pdf:
    """The file's pages; ExhibitRefused says in one sentence why there are none."""
    try:
        return _pages(one, path, dated)
    except CannotShow as error:
        raise ExhibitRefused(one.label, one.name, error.why, error.instead) from None


def _pages(one: Labelled, path: Path, dated: date) -> pikepdf.Pdf:
    try:
        with open(path, "rb") as file:
            head = file.read(PDF_BEGINS_WITHIN)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise CannotShow("is missing from the case’s folder", "Attach it again.") from None
    if sha256 != one.sha256:
        raise CannotShow("is not the file that was kept", "Look: iepjournal doctor")
    if b"%PDF-" in head:
        return kept_pdf(path)
    return pikepdf.open(BytesIO(picture_pdf(path, dated) or _text_pdf(one.name, path.read_bytes(), dated)))


def _text_pdf(name: str, content: bytes, dated: date) -> bytes:
    if len(content) > MOST_TEXT_BYTES and not name.lower().endswith(MAIL):
        raise CannotShow("is a very long text", "Attach the part that matters.")
    text = _text_of(name, content)
    if "\0" in text or text.lstrip().lower().startswith(MARKUP):
        raise CannotShow("is of a kind that cannot be printed here", IN_ANOTHER_FORM)
    lines = clean_text(text).text.split("\n")
    runs = tuple(run for line in lines for run in (Run(BREAK), Run(line)))[1:]
    try:
        return document_pdf(Document(title=name, contents=(Paragraph(runs=runs),), dated=dated, page_words=""))
    except CannotRender:
        raise CannotShow("has characters no font here can print", IN_ANOTHER_FORM) from None


def _text_of(name: str, content: bytes) -> str:
    """Its words: an e-mail's as one reads it, any other file's in the encoding it was written in."""
    if name.lower().endswith(MAIL):
        with suppress(*UNREADABLE):
            return as_read(content)
    for encoding in ("utf-16",) if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise CannotShow("is of a kind that cannot be printed here", IN_ANOTHER_FORM)
