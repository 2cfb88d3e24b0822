"""500 pages of exhibits: our binding beside plain pikepdf on the same files, processor time and memory.

Run it by hand: python tests/bench/packet.py. Each way runs in a process of its own; the figures are ratios.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
from fpdf import FPDF

from iepjournal.export.binding import Part, bound

FILES, PAGES = 10, 50
DAY = date(2026, 11, 24)
ROUNDS = 5


def make(folder: Path) -> None:
    """Ten logs of fifty pages of text."""
    for number in range(FILES):
        sheet = FPDF(unit="pt", format="letter")
        sheet.set_font("helvetica", size=11)
        for page in range(PAGES):
            sheet.add_page()
            for line in range(45):
                sheet.text(50, 50 + 15 * line, f"File {number}, page {page}, line {line}: thirty minutes of speech")
        sheet.output(str(folder / f"{number}.pdf"))


def ours(folder: Path) -> bytes:
    """Scaled, stamped, named and bookmarked, as a packet is."""
    parts = [
        Part(title=path.stem, pdf=pikepdf.open(path), label=f"Exhibit {number}")
        for number, path in enumerate(sorted(folder.glob("*.pdf")))
    ]
    return bound(parts, prefix="BELL", title="Packet", dated=DAY)


def plain(folder: Path) -> bytes:
    """Merged, with a stamp over each page and nothing else."""
    stamps = FPDF(unit="pt", format="letter")
    stamps.set_font("helvetica", size=9)
    for number in range(FILES * PAGES):
        stamps.add_page()
        stamps.text(480, 770, f"BELL-{number + 1:04}")
    out = pikepdf.new()
    for path in sorted(folder.glob("*.pdf")):
        out.pages.extend(pikepdf.open(path).pages)
    with pikepdf.open(BytesIO(bytes(stamps.output()))) as over:
        for page, stamp in zip(out.pages, over.pages, strict=True):
            page.add_overlay(stamp)
        done = BytesIO()
        out.save(done, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return done.getvalue()


def main() -> None:
    """Measure both ways, the best of some rounds."""
    if len(sys.argv) == 3:
        began = time.process_time()
        {"ours": ours, "plain": plain}[sys.argv[1]](Path(sys.argv[2]))
        print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as name:
        make(Path(name))
        best = {}
        for way in ("plain", "ours"):
            told = [
                subprocess.run([sys.executable, __file__, way, name], capture_output=True, text=True, check=True).stdout
                for _ in range(ROUNDS)
            ]
            best[way] = [min(figures) for figures in zip(*(map(float, line.split()) for line in told), strict=True)]
    for what, unit, mine, theirs in zip(("time", "memory"), ("s", "MB"), best["ours"], best["plain"], strict=True):
        print(f"{what}: {mine:.2f} {unit}, plain pikepdf {theirs:.2f} {unit}: {mine / theirs:.2f} x")


if __name__ == "__main__":
    main()
