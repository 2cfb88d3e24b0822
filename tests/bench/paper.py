"""How much work a letter and a long chronology take on paper, as ratios in one run: `python tests/bench/paper.py`.

Peers: a process that imports fpdf2 and makes an empty page; fpdf2's own `multi_cell` on the same lines; WeasyPrint and
reportlab on the same text, each installed in an environment of its own.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS = 9
ENTRIES = 2_000
BARS = {
    "one-page letter / empty fpdf2 page": 1.6,
    "one-page letter / WeasyPrint": 1.0,
    "chronology / multi_cell": 1 / 4,
    "chronology / reportlab": 3.0,
}
PARAGRAPHS = ["I am writing because services in the IEP of May 12, 2026 are not being delivered as it is written."] * 9

EMPTY_PAGE = "from fpdf import FPDF; pdf = FPDF(format='letter'); pdf.add_page(); pdf.output()"
OUR_LETTER = f"""
from datetime import date
from iepjournal.core.letters import LetterPage
from iepjournal.export.pdf import letter_pdf
text = "\\n\\n".join(["Dear Dr. Lott:", *{PARAGRAPHS!r}, "Sincerely,", "Renee Bell"])
letter_pdf(LetterPage(sender=("Renee Bell",), dated=date(2026, 11, 24), date_line="November 24, 2026",
                      addressees=(("Dr. Lott",),), text=text))
"""
WEASYPRINT_LETTER = f"""
from weasyprint import HTML
HTML(string="".join(f"<p>{{words}}</p>" for words in {PARAGRAPHS!r})).write_pdf()
"""
OUR_CHRONOLOGY = """
import sys
from datetime import date
from iepjournal.export.blocks import blocks
from iepjournal.export.documents import Document
from iepjournal.export.pdf import document_pdf
document_pdf(Document(title="Chronology", contents=blocks(sys.stdin.read()), dated=date(2026, 11, 24)))
"""
MULTI_CELL = """
import sys
from fpdf import FPDF
from iepjournal.export.fonts import spectral
pdf = FPDF(unit="pt", format="letter")
pdf.add_font("spectral", "", spectral("").file)
pdf.set_font("spectral", "", 11.25)
pdf.add_page()
for entry in sys.stdin.read().split("\\n\\n"):
    pdf.multi_cell(468, 15, entry, new_x="LMARGIN", new_y="NEXT")
pdf.output()
"""
REPORTLAB = """
import io, sys
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate
style = getSampleStyleSheet()["Normal"]
SimpleDocTemplate(io.BytesIO()).build([Paragraph(entry, style) for entry in sys.stdin.read().split("\\n\\n")])
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="iepjournal-bench-") as folder:
        weasyprint = python_with("weasyprint", Path(folder))
        reportlab = python_with("reportlab", Path(folder))
        text = chronology()
        times = {
            "empty page": median([sys.executable, "-c", EMPTY_PAGE]),
            "letter": median([sys.executable, "-c", OUR_LETTER]),
            "WeasyPrint": median([weasyprint, "-c", WEASYPRINT_LETTER]),
            "chronology": median([sys.executable, "-c", OUR_CHRONOLOGY], text, rounds=3),
            "multi_cell": median([sys.executable, "-c", MULTI_CELL], text, rounds=1),
            "reportlab": median([reportlab, "-c", REPORTLAB], text, rounds=3),
        }
    ratios = {
        "one-page letter / empty fpdf2 page": times["letter"] / times["empty page"],
        "one-page letter / WeasyPrint": times["letter"] / times["WeasyPrint"],
        "chronology / multi_cell": times["chronology"] / times["multi_cell"],
        "chronology / reportlab": times["chronology"] / times["reportlab"],
    }
    for name, seconds in times.items():
        print(f"{name:<12} {seconds * 1000:8.0f} ms")
    for name, ratio in ratios.items():
        print(f"{name:<42} {ratio:6.3f}  (bar {BARS[name]:.3f}) {'ok' if ratio <= BARS[name] else 'OVER'}")


def chronology() -> str:
    """Entries of some sixty words, every word the same to every peer: no markup in them."""
    choose = random.Random(1)
    words = [
        "the",
        "aide",
        "was",
        "not",
        "in",
        "the",
        "room",
        "at",
        "ten",
        "and",
        "nobody",
        "said",
        "when",
        "speech",
        "would",
        "start",
        "again",
        "on",
        "Monday",
    ]
    entries = (" ".join(choose.choice(words) for _ in range(60)) for _ in range(ENTRIES))
    return "\n\n".join(
        f"March {number % 28 + 1}, 2026: {entry} (Entry {number})" for number, entry in enumerate(entries)
    )


def median(command: Sequence[str], text: str = "", rounds: int = ROUNDS) -> float:
    """Seconds of the processor from start to exit: other work on the machine does not count."""
    spent = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, text=True, input=text)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(spent)


def python_with(package: str, folder: Path) -> str:
    """A Python of its own that has this package."""
    venv.create(folder / package, with_pip=True)
    subprocess.run([folder / package / "bin" / "pip", "install", "-q", package], check=True, capture_output=True)
    return str(folder / package / "bin" / "python")


if __name__ == "__main__":
    main()
