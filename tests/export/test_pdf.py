from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from iepjournal.errors import CannotRender
from iepjournal.export.blocks import blocks
from iepjournal.export.documents import Document
from iepjournal.export.pdf import document_pdf, letter_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from iepjournal.core.letters import LetterPage

    MakeLetter = Callable[..., LetterPage]
    Tool = Callable[..., str]


TRYING = """Dear Dr. Lott:

It’s “so” — Nguyễn Thị Hằng, Peña, chi̱ki̱ and ☐ stay; so do 10--12, 2 ** 3, __x__ and snake_case_words.

1986. That was the year.

[Exhibit A]: later
![x](/etc/passwd) <img src="/etc/passwd"> [y](file:///etc/passwd) [z](javascript:alert(1))

| Service | Not delivered |
|---|--:|
| Speech | **420** |

Sincerely,

Dana Carter"""


def test_the_words_that_went_in_come_out(letter: MakeLetter, words_of: Callable[[bytes], str]) -> None:
    words = words_of(letter_pdf(letter(TRYING)))
    as_printed = re.sub(r"\*\*(\d+)\*\*", r"\1", TRYING.replace("|---|--:|", "").replace("|", ""))
    assert " ".join(as_printed.split()) in words


def test_address_lines_stand_as_typed(letter: MakeLetter, tool: Tool) -> None:
    page = letter(addressees=(("Dr. Lott", "1. Main St.  #3", "* MS 39042"),), cc=("Mr. Reed", "Ms. Hill"))
    text = tool("pdftotext", letter_pdf(page), "-layout")
    assert "Dana Carter\n12 Elm Street\nJackson, MS 39201\n" in text
    assert re.search(r"Dr. Lott\n1. Main St. +#3\n\* MS 39042\n", text)
    assert re.search(r"cc: +Mr. Reed\n +Ms. Hill\n", text)


def test_it_is_a_sound_us_letter_with_title_language_and_no_script(letter: MakeLetter, tool: Tool) -> None:
    pdf = letter_pdf(letter(TRYING, title="Maya’s IEP", lang="es-US"))
    assert "No syntax or stream encoding errors" in tool("qpdf", pdf, "--check")
    facts = tool("pdfinfo", pdf)
    assert re.search(r"Title: +Maya’s IEP", facts)
    assert re.search(r"Page size: +612 x 792 pts \(letter\)", facts)
    assert re.search(r"JavaScript: +no", facts)
    assert re.search(r"Tagged: +no", facts), "fpdf2's tags are wrong; better none"
    assert b"/Lang (es-US)" in pdf


def test_every_font_is_embedded_with_its_unicode_map(letter: MakeLetter, tool: Tool) -> None:
    fonts = tool("pdffonts", letter_pdf(letter(TRYING)), "-l", "9").splitlines()[2:]
    assert {line.split()[0].partition("+")[2] for line in fonts} == {"Spectral", "SpectralSemiBold", "FiraSans"}
    assert all(re.search(r"yes yes yes", line) for line in fonts)


def test_only_addresses_the_letter_prints_are_links(letter: MakeLetter) -> None:
    assert b"/URI" not in letter_pdf(letter(TRYING))
    linked = letter_pdf(letter("See <https://example.org/a>.\n\nMore."))
    assert re.findall(rb"/URI \(([^)]*)\)", linked) == [b"https://example.org/a"]


def test_the_same_letter_is_the_same_bytes_in_another_process(letter: MakeLetter) -> None:
    program = (
        "import sys, datetime; from iepjournal.core.letters import LetterPage; "
        "from iepjournal.export.pdf import letter_pdf; import hashlib; "
        "page = LetterPage(sender=('A',), dated=datetime.date(2026, 3, 23), date_line='March 23, 2026', "
        f"addressees=(('B',),), text={TRYING!r}, title='T'); "
        "print(hashlib.sha256(letter_pdf(page)).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True, check=True
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/Chicago"))
    }
    assert len(hashes) == 1


def test_the_creation_date_is_the_letters_own(letter: MakeLetter, tool: Tool) -> None:
    assert "Mar 23 12:00:00 2026" in tool("pdfinfo", letter_pdf(letter(dated=date(2026, 3, 23))))


def test_a_character_no_font_has_stops_it_and_is_named_with_its_place(letter: MakeLetter) -> None:
    with pytest.raises(CannotRender, match=r"character “中” \(U\+4E2D\) \(page 1: “He said □\.”\)"):
        letter_pdf(letter("Dear Dr. Lott:\n\nHe said 中."))


def test_later_pages_say_to_whom_when_and_which_page(letter: MakeLetter, tool: Tool) -> None:
    page = letter("\n\n".join(["A paragraph of some words."] * 60), record_line="Record: 2 entries")
    pages = tool("pdftotext", letter_pdf(page), "-layout").split("\f")[:-1]
    assert "Page" not in pages[0]
    for number, sheet in enumerate(pages[1:], 2):
        assert sheet.split("\n")[0] == f"Dr. Alice Lott · March 23, 2026 · Page {number} of {len(pages)}"
    assert all("Record: 2 entries" in sheet for sheet in pages)


def test_a_draft_says_so_on_every_page(letter: MakeLetter, tool: Tool) -> None:
    page = letter("\n\n".join(["A paragraph of some words."] * 60))
    for sheet in tool("pdftotext", letter_pdf(page, draft=True), "-raw").split("\f")[:-1]:
        assert "".join(sheet.split()).startswith("DRAFT")
    assert "DRAFT" not in tool("pdftotext", letter_pdf(page), "-raw")


def test_a_document_numbers_its_pages_and_carries_its_title_over(tool: Tool) -> None:
    contents = blocks("# Minutes\n\n" + "\n\n".join(["A paragraph."] * 80))
    document = Document(title="Services of Maya", contents=contents, dated=date(2026, 3, 23), foot="Record: 2 entries")
    pages = tool("pdftotext", document_pdf(document), "-layout").split("\f")[:-1]
    assert pages[0].split()[:2] == ["Minutes", "A"]
    assert pages[1].split("\n")[0].strip() == "Services of Maya"
    for number, page in enumerate(pages, 1):
        assert re.search(rf"Record: 2 entries +Page {number} of {len(pages)}", page)
