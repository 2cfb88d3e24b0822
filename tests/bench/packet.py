"""500 pages of exhibits: a whole set of a packet beside plain pikepdf on the same files, processor time and memory.

Run it by hand: python tests/bench/packet.py. The files are ten PDFs of fifty pages, once of text and once of scans.
Ours: each file is hashed and looked through, its pages are scaled to leave a margin, named and numbered in it, with a
cover sheet before each exhibit and the complaint, its annexes and the table of exhibits around them, bookmarked.
Plain: the files merged by pikepdf, a number that fpdf2 drew laid over each page, and nothing else. Hashed: the same,
and what evidence asks for besides: the SHA-256 of each file, and a file that is the same bytes each time it is made;
on 140 MB of scans these two hashes are most of the time, whoever merges them. Each way runs in processes of its own,
its imports left out of the time and in the memory; the figures are ratios of the best rounds. `qpdf --check` looks at
what we made.
"""

from __future__ import annotations

import hashlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from fpdf import FPDF
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from packetbook import attached, complaint, complete_book, missed, packed

from iepjournal.export.exhibits import read_exhibits
from iepjournal.export.packet import PacketBinder

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.core.packet import Complaint

FILES, PAGES = 10, 50
ROUNDS = 5
BAR = 1.5


def text_files(folder: Path) -> None:
    """Ten logs of fifty pages of text."""
    for number in range(FILES):
        sheet = FPDF(unit="pt", format="letter")
        sheet.set_font("helvetica", size=11)
        for page in range(PAGES):
            sheet.add_page()
            for line in range(45):
                sheet.text(50, 50 + 15 * line, f"File {number}, page {page}, line {line}: thirty minutes of speech")
        sheet.output(str(folder / f"{number}.pdf"))


def scans(folder: Path) -> None:
    """Ten scanned files of fifty pages, each page one grey picture of its own."""
    noise = Image.effect_noise((850, 1100), 40)
    for number in range(FILES):
        sheet = FPDF(unit="pt", format="letter")
        for page in range(PAGES):
            picture = BytesIO()
            noise.rotate(number * PAGES + page).save(picture, "JPEG", quality=60)
            sheet.add_page()
            sheet.image(picture, 0, 0, sheet.w, sheet.h)
        sheet.output(str(folder / f"{number}.pdf"))


KINDS = {"text": text_files, "scans": scans}


def family(folder: Path) -> Complaint:
    """A complaint whose exhibits these files are."""
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech No speech today.")
    missed(book, "2026-09-10", entry=entry.uid)
    for path in sorted(folder.glob("*.pdf")):
        attached(book, entry, path.name, hashlib.sha256(path.read_bytes()).hexdigest())
    packed(book)
    return complaint(book)


def ours(folder: Path) -> Callable[[], bytes]:
    """The state's set of a packet with these exhibits."""
    made = family(folder)
    files = [(one, folder / one.name) for one in made.exhibits]

    def make() -> bytes:
        exhibits, refused = read_exhibits(files, made.packet.dated)
        assert not refused
        return PacketBinder(complaint=made, exhibits=exhibits).bound("mde").pdf

    return make


def plain(folder: Path, *, hashed: bool = False) -> Callable[[], bytes]:
    """Merged, with a stamp over each page; with the hashes of evidence, or nothing else."""

    def make() -> bytes:
        stamps = FPDF(unit="pt", format="letter")
        stamps.set_font("helvetica", size=9)
        for number in range(FILES * PAGES):
            stamps.add_page()
            stamps.text(480, 770, f"BELL-{number + 1:04}")
        out = pikepdf.new()
        for path in sorted(folder.glob("*.pdf")):
            if hashed:
                with open(path, "rb") as file:
                    hashlib.file_digest(file, "sha256")
            out.pages.extend(pikepdf.open(path).pages)
        with pikepdf.open(BytesIO(bytes(stamps.output()))) as over:
            for page, stamp in zip(out.pages, over.pages, strict=True):
                page.add_overlay(stamp)
            done = BytesIO()
            out.save(done, deterministic_id=hashed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return done.getvalue()

    return make


WAYS = {"ours": ours, "plain": plain, "hashed": partial(plain, hashed=True)}


def measure(way: str, folder: Path, to: Path) -> None:
    """One round, in this process; prints seconds and megabytes."""
    make = WAYS[way](folder)
    began = time.process_time()
    made = make()
    print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    to.write_bytes(made)


def compare(kind: str, folder: Path) -> None:
    """Measure both ways on files of one kind, and check what we made."""
    KINDS[kind](folder)
    best = {}
    for way in WAYS:
        command = [sys.executable, __file__, way, str(folder), str(folder / f"{way}.made")]
        told = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(ROUNDS)]
        best[way] = [min(figures) for figures in zip(*(map(float, line.split()) for line in told), strict=True)]
    for peer in ("plain", "hashed"):
        for what, unit, mine, theirs in zip(("time", "memory"), ("s", "MB"), best["ours"], best[peer], strict=True):
            figures = f"{mine:7.2f} {unit:<2}  {peer:<6} {theirs:7.2f} {unit:<2}  {mine / theirs:.2f}"
            print(f"{kind:<6} {what:<7} {figures}  (bar {BAR}) {'ok' if mine <= BAR * theirs else 'OVER'}")
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", folder / "ours.made"], capture_output=True, text=True, check=False)
        print(f"{kind:<6} qpdf --check: {'ok' if not checked.returncode else checked.stdout + checked.stderr}")


def main() -> None:
    if len(sys.argv) > 1:
        way, folder, to = sys.argv[1:]
        measure(way, Path(folder), Path(to))
        return
    for kind in KINDS:
        with tempfile.TemporaryDirectory(prefix="iepjournal-bench-") as folder:
            compare(kind, Path(folder))


if __name__ == "__main__":
    main()
