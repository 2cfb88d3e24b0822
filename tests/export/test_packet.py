"""The packet as a file: the pages it names are the pages on which things stand, in both sets, however it is made up."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from fpdf import FPDF
from packetbook import WHOLE, attached, complaint, complete_book, missed, packed
from PIL import Image

from iepjournal.core.choices import by_mention, exhibit_called, placed
from iepjournal.core.records import Exhibit, Parent
from iepjournal.errors import CannotRender, Stopped
from iepjournal.export.packet import PacketBinder
from iepjournal.export.packet_files import packet_zip, split

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebook import Casebook

    from iepjournal.core.packet import Complaint
    from iepjournal.export.packet import Bound
    from iepjournal.export.steps import Step

LONG = "a title so long that it takes two lines of the table of exhibits, as titles of scanned papers do"


def paper(pages: int) -> pikepdf.Pdf:
    """Some pages of a log."""
    sheet = FPDF(unit="pt", format="letter")
    sheet.set_font("helvetica", size=11)
    for page in range(pages):
        sheet.add_page()
        sheet.text(40, 40, f"page {page + 1} of a log")
    return pikepdf.open(BytesIO(bytes(sheet.output())))


def with_exhibits(count: int, *, covers: bool = True, title: str = "") -> Casebook:
    """A packet with this many exhibits, all of one entry."""
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech No speech today.")
    missed(book, "2026-09-10", entry=entry.uid)
    for number in range(count):
        attached(book, entry, f"log-{number}.pdf")
    made = packed(book, covers=covers)
    if title:
        book.write(*(one.exhibit.revised(title=f"{title} {one.label}") for one in made.exhibits))
    return book


def binder(made: Complaint) -> PacketBinder:
    """Its exhibits have one to three pages each, by the number in their name."""
    pages = [1 + int(re.findall(r"\d+", one.name)[0]) % 3 for one in made.exhibits]
    return PacketBinder(complaint=made, exhibits=[(one, paper(n)) for one, n in zip(made.exhibits, pages, strict=True)])


@pytest.fixture
def pages(tool: Callable[..., str]) -> Callable[[bytes], list[str]]:
    """The text of each page, as another program reads it."""
    return lambda pdf: tool("pdftotext", pdf, "-layout").split("\f")[:-1]


def said_in_table(pages: list[str]) -> dict[str, int]:
    """Label -> the first page, as the table of exhibits prints it."""
    first = next(n for n, page in enumerate(pages) if page.lstrip().startswith("Table of exhibits"))
    table: list[str] = []
    for page in pages[first:]:
        if first and "Table of exhibits" not in page:
            break
        table += page.splitlines()
    rows = [re.match(r"\s*([A-Z]{1,2}) {2,}.*\bp\. (\d{4})\s*$", line) for line in table]
    return {row[1]: int(row[2]) for row in rows if row}


def found_in_file(pages: list[str], *, covers: bool) -> dict[str, int]:
    """Label -> the first page on which it stands: on a cover sheet, or at the foot."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        label = (
            re.match(r"\s*Exhibit ([A-Z]+)\s*\n", page) if covers else re.search(r"Exhibit ([A-Z]+), page 1 of", page)
        )
        if label:
            found.setdefault(label[1], number)
    return found


@pytest.mark.parametrize("covers", [True, False])
@pytest.mark.parametrize(("count", "title"), [(1, ""), (3, ""), (27, LONG), (40, "")])
def test_the_table_names_the_pages_on_which_the_labels_stand(
    pages: Callable[[bytes], list[str]], count: int, title: str, covers: bool
) -> None:
    made = complaint(with_exhibits(count, covers=covers, title=title))
    printed = pages(binder(made).bound("mde").pdf)
    said = said_in_table(printed)
    assert len(said) == count
    assert said == found_in_file(printed, covers=covers)
    tables = [page for page in printed if "Table of exhibits" in page and "First page" in page]
    assert len(tables) == (2 if title or count == 40 else 1)


def test_the_table_is_right_after_the_exhibits_were_put_in_another_order(pages: Callable[[bytes], list[str]]) -> None:
    book = with_exhibits(5)
    made = complaint(book)
    before = said_in_table(pages(binder(made).bound("mde").pdf))
    book.write(made.packet.revised(effect="See [[ex:log-4]], then [[ex:log-2]]."))
    again = complaint(book)
    assert [one.exhibit.handle for one in again.exhibits] == ["log-0", "log-1", "log-2", "log-3", "log-4"]
    book.write(again.claims[0].claim.revised(text="See [[ex:log-4]], then [[ex:log-2]]."))
    again = complaint(book)
    assert [one.exhibit.handle for one in again.exhibits][:2] == ["log-4", "log-2"]
    printed = pages(binder(again).bound("mde").pdf)
    after = said_in_table(printed)
    assert after != before
    assert after == found_in_file(printed, covers=True)


@pytest.mark.parametrize("covers", [True, False])
def test_the_table_is_right_after_the_parent_put_the_exhibits_in_order_by_hand(
    pages: Callable[[bytes], list[str]], covers: bool
) -> None:
    book = with_exhibits(5, covers=covers)
    book.write(complaint(book).packet.revised(effect="It is in [[ex:log-4]]."))
    before = binder(complaint(book)).bound("mde")
    made = complaint(book)
    for handle, place in (("log-4", 1), ("log-0", 3)):
        made = complaint(book)
        book.write(placed(made, exhibit_called(made.case, handle), place))
    made = complaint(book)
    assert [one.exhibit.handle for one in made.exhibits] == ["log-4", "log-1", "log-0", "log-2", "log-3"]
    after = binder(made).bound("mde")
    printed = pages(after.pdf)
    assert said_in_table(printed) == found_in_file(printed, covers=covers)
    assert said_in_table(printed) != said_in_table(pages(before.pdf))
    assert f"It is in Ex. A, p. {after.places.exhibits['log-4']:04}." in " ".join(" ".join(printed).split())
    later = attached(book, made.claims[0].events[0].record, "log-9.pdf")
    book.write(Exhibit(handle="log-9", of=later.root))
    assert complaint(book).exhibits[-1].exhibit.handle == "log-9"
    book.write(by_mention(complaint(book).case))
    assert [one.exhibit.handle for one in complaint(book).exhibits][:2] == ["log-0", "log-1"]


def test_a_cover_sheet_that_needs_two_pages_moves_what_follows(pages: Callable[[bytes], list[str]]) -> None:
    book = with_exhibits(2)
    first = complaint(book).exhibits[0].exhibit
    book.write(first.revised(title="a long title " * 500))
    set_made = binder(complaint(book)).bound("mde")
    printed = pages(set_made.pdf)
    own, other = set_made.places.exhibits[first.handle], set_made.places.exhibits["log-1"]
    assert other - own == 3, "two pages of its cover, and its own"
    assert re.match(r"\s*Exhibit B\s", printed[other - 1])
    assert len(printed) == set_made.places.total


def test_every_page_carries_its_own_number(pages: Callable[[bytes], list[str]]) -> None:
    printed = pages(binder(complaint(with_exhibits(4))).bound("mde").pdf)
    assert [re.findall(r"BELL-(\d{4})", page) for page in printed] == [[f"{n:04}"] for n in range(1, len(printed) + 1)]


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("Renee Bell", "BELL"),
        ("Hằng Nguyễn", "NGUYEN"),
        ("José Peña Jr.", "PENA"),
        ("Ana O’Neal", "ONEAL"),
        ("", "PACKET"),
    ],
)
def test_pages_are_numbered_under_the_familys_name(name: str, prefix: str) -> None:
    book = with_exhibits(0)
    book.write(WHOLE.replace(parent=Parent(name=name)))
    assert binder(complaint(book)).prefix == prefix


def test_a_reference_reads_as_the_exhibit_and_its_page(pages: Callable[[bytes], list[str]]) -> None:
    book = with_exhibits(2)
    made = complaint(book)
    number = made.claims[0].events[0].number.lower()
    book.write(made.packet.revised(effect=f"See [[ex:log-1]] and [[{number}]]."))
    set_made = binder(complaint(book)).bound("mde")
    text = " ".join(" ".join(pages(set_made.pdf)).split())
    second, first = set_made.places.exhibits["log-1"], set_made.places.exhibits["log-0"]
    assert f"See Ex. B, p. {second:04} and Ex. A, p. {first:04}." in text
    assert "[[" not in text


def test_an_entry_without_a_document_is_referred_to_by_its_line_in_the_chronology(
    pages: Callable[[bytes], list[str]],
) -> None:
    book = with_exhibits(0)
    made = complaint(book)
    number = made.claims[0].events[0].number
    book.write(made.packet.revised(effect=f"See [[{number.lower()}]]."))
    set_made = binder(complaint(book)).bound("mde")
    printed = pages(set_made.pdf)
    page = set_made.places.events[number]
    assert f"See {number}, p. {page:04}." in " ".join(" ".join(printed).split())
    assert re.search(rf"^\s*{number}\b", printed[page - 1], re.MULTILINE)


def test_each_required_part_stands_on_the_page_that_is_named(pages: Callable[[bytes], list[str]]) -> None:
    set_made = binder(complaint(with_exhibits(2))).bound("mde")
    printed = [" ".join(page.split()) for page in pages(set_made.pdf)]
    places = set_made.places.parts
    assert "has violated a requirement of Part B" in printed[places["violation"] - 1]
    assert "Sincerely, Renee Bell" in printed[places["signature"] - 1]
    assert "Proposed resolution" in printed[places["resolution"] - 1]
    listed = next(page for page in printed if "Where the required parts stand" in page and "300.153(b)(1)" in page)
    assert f"34 CFR 300.153(b)(1) p. {places['violation']:04}" in listed


def test_both_sets_have_the_same_pages_and_different_covers(pages: Callable[[bytes], list[str]]) -> None:
    made = binder(complaint(with_exhibits(3)))
    state, district = pages(made.bound("mde").pdf), pages(made.bound("lea").pdf)
    assert state[1:] == district[1:]
    assert "Set for the Office of Special Education" in state[0]
    assert "Copy for Millbrook School District" in district[0]
    assert "same day" in " ".join(district[0].split())


def test_the_same_packet_is_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib, test_packet as t; "
        "print(hashlib.sha256(t.binder(t.complaint(t.with_exhibits(2))).bound('mde').pdf).hexdigest())"
    )
    here = Path(__file__).parent
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": f"{here}:{here.parent}:{here.parents[1]}"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/Chicago"))
    }
    assert len(hashes) == 1


def test_the_file_is_sound_and_its_bookmarks_lead_to_the_parts(tool: Callable[..., str]) -> None:
    set_made = binder(complaint(with_exhibits(2))).bound("mde")
    assert "No syntax or stream encoding errors found" in tool("qpdf", set_made.pdf, "--check")
    with pikepdf.open(BytesIO(set_made.pdf)) as pdf, pdf.open_outline() as outline:
        titles = {item.title: item for item in outline.root}
        exhibits = [item.title for item in titles["Table of exhibits"].children]
    assert list(titles)[:3] == ["Cover", "Where the required parts stand", "The complaint"]
    assert exhibits == ["Exhibit A: log-0.pdf", "Exhibit B: log-1.pdf"]


def test_five_hundred_pages_of_exhibits_are_a_sound_file(tool: Callable[..., str]) -> None:
    made = complaint(with_exhibits(10, covers=False))
    fifty = paper(50)
    set_made = PacketBinder(complaint=made, exhibits=[(one, fifty) for one in made.exhibits]).bound("mde")
    assert "No syntax or stream encoding errors found" in tool("qpdf", set_made.pdf, "--check")
    assert tool("pdftotext", set_made.pdf).count("BELL-") == set_made.places.total > 500


def test_it_is_sound_us_letter_with_its_own_faces_and_neither_script_nor_link(tool: Callable[..., str]) -> None:
    made = complaint(with_exhibits(2))
    scan = FPDF(unit="pt", format=(595, 842))
    scan.add_page()
    scan.image(Image.new("L", (60, 80), 128), 0, 0, 595, 842)
    with pikepdf.open(BytesIO(bytes(scan.output()))) as scanned:
        pdf = PacketBinder(complaint=made, exhibits=[(one, scanned) for one in made.exhibits]).bound("mde").pdf
    facts = tool("pdfinfo", pdf, "-l", "99")
    assert re.search(r"Title: +Formal state complaint", facts)
    assert re.search(r"JavaScript: +no", facts)
    assert set(re.findall(r"size: +(.*) pts", facts)) == {"612 x 792"}
    assert b"/URI" not in pdf
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.Lang == "en-US"
        assert not any("/Annots" in page.obj for page in opened.pages)
    faces = tool("pdffonts", pdf).splitlines()[2:]
    assert {face.split()[0].partition("+")[2] for face in faces} == {"Spectral", "SpectralSemiBold"}
    assert all("yes yes yes" in face for face in faces)


HARD = "It’s “so” — Nguyễn Thị Hằng, Peña, chi̱ki̱ ☐ | 10--12, 2 ** 3, __x__ and a_b_c [Exhibit A]: later <b>1986</b>."


def test_the_words_that_went_in_come_out(words_of: Callable[[bytes], str]) -> None:
    book = complete_book()
    (entry,) = book.log(f"9/10 !missed %speech {HARD}")
    missed(book, "2026-09-10", entry=entry.uid)
    packed(book, effect=f"{HARD}\n\n1986. That was the year.")
    words = words_of(binder(complaint(book)).bound("mde").pdf)
    assert f"{HARD} 1986. That was the year." in words
    assert words.count(HARD) == 2, "as a fact and as the effect; the chronology breaks it in its column"


def test_a_character_no_font_has_stops_it_and_is_named_with_its_place() -> None:
    book = complete_book()
    (entry,) = book.log("9/10 !missed %speech He said 中.")
    missed(book, "2026-09-10", entry=entry.uid)
    packed(book)
    with pytest.raises(CannotRender, match=r"character “中” \(U\+4E2D\) \(Annex 2: chronology, page 1: “.*He said □"):
        binder(complaint(book)).bound("mde")


def test_a_draft_says_so_on_every_page_of_ours(tool: Callable[..., str]) -> None:
    made = complaint(with_exhibits(0))
    pdf = PacketBinder(complaint=made, exhibits=(), draft=True).bound("mde").pdf
    printed = tool("pdftotext", pdf, "-raw").split("\f")[:-1]
    assert all("DRAFT" in "".join(page.split()) for page in printed)


def test_a_split_set_loses_no_page_and_each_file_says_what_is_in_it(tool: Callable[..., str]) -> None:
    set_made: Bound = binder(complaint(with_exhibits(6))).bound("mde")
    largest = len(set_made.pdf) - 1
    files = split(set_made, largest)
    assert len(files) > 1
    first = 1
    exhibits: list[str] = []
    for number, file in enumerate(files):
        assert "No syntax or stream encoding errors found" in tool("qpdf", file, "--check")
        printed = [re.findall(r"BELL-\d{4}", page)[0] for page in tool("pdftotext", file).split("\f")[:-1]]
        with pikepdf.open(BytesIO(file)) as pdf, pdf.open_outline() as outline:
            assert [page.label for page in pdf.pages] == printed
            assert printed[0] == f"BELL-{first:04}"
            assert str(pdf.docinfo["/Title"]).endswith(f", {printed[0]} to {printed[-1]}")
            for item in outline.root if number else next(i for i in outline.root if i.children).children:
                page = pikepdf.Page(item.destination[0]).index  # type: ignore[index]
                found = re.match(r"Exhibit ([A-Z])", item.title)
                if found:
                    exhibits.append(found[1])
                    assert set_made.places.exhibits[f"log-{ord(found[1]) - ord('A')}"] == first + page
            assert len(file) <= largest
            assert first in (1, *set_made.edges)
            first += len(pdf.pages)
    assert first - 1 == set_made.places.total
    assert exhibits == list("ABCDEF")


def test_an_exhibit_too_large_for_a_file_is_in_one_of_its_own() -> None:
    set_made = binder(complaint(with_exhibits(3))).bound("mde")
    starts = [1]
    for file in split(set_made, 1)[:-1]:
        with pikepdf.open(BytesIO(file)) as pdf:
            starts.append(starts[-1] + len(pdf.pages))
    assert starts == [1, *set_made.edges]


def test_a_set_that_is_small_enough_stays_one_file() -> None:
    set_made = binder(complaint(with_exhibits(1))).bound("mde")
    assert split(set_made, len(set_made.pdf)) == (set_made.pdf,)


def test_it_tells_how_far_it_is_and_stops_where_it_is_told_to() -> None:
    made = binder(complaint(with_exhibits(2)))
    steps: list[Step] = []
    sets = {"mde": made.bound("mde", steps.append)}
    packet_zip(made, sets, steps.append)
    total = sets["mde"].places.total
    doing = list(dict.fromkeys(step.doing for step in steps))
    assert doing == ["Numbering the pages", "Putting the pages together", "Writing the file", "Packing the files"]
    bound = [step for step in steps if step.doing == "Putting the pages together"]
    assert [(step.done, step.total) for step in bound] == [(page, total) for page in range(1, total + 1)]
    assert bound[2].words == f"Putting the pages together: 3 of {total}"
    for last in doing:

        def stop(step: Step, last: str = last) -> None:
            if step.doing == last:
                raise Stopped

        with pytest.raises(Stopped, match="Nothing was written"):
            packet_zip(made, {"mde": made.bound("mde", stop)}, stop)


def test_the_zip_holds_both_sets_the_sheet_and_the_tables_with_their_hashes(tool: Callable[..., str]) -> None:
    made = binder(complaint(with_exhibits(2)))
    sets = {copy: made.bound(copy) for copy in ("mde", "lea")}
    content = packet_zip(made, sets)
    assert content == packet_zip(made, sets)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    listed = dict(line.split("  ")[::-1] for line in files.pop("MANIFEST.sha256").decode().splitlines())
    assert listed == {name: hashlib.sha256(file).hexdigest() for name, file in files.items()}
    assert set(files) == {
        "complaint-mde.pdf", "complaint-lea.pdf", "mail-counter.pdf", "chronology.csv", "sessions.csv", "exhibits.csv",
    }  # fmt: skip
    assert "Sign both in ink" in " ".join(tool("pdftotext", files["mail-counter.pdf"], "-layout").split())
    assert "A,log-0.pdf,log-0.pdf,1," in files["exhibits.csv"].decode("utf-8-sig")
