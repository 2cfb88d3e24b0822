"""Layouts -> PDF bytes, through fpdf2. Embeds only the fonts used, follows no path or address, keeps no clock.

The file is no tagged ("accessible") PDF: fpdf2 cannot make one. The text and HTML of the same letter are its twins.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.enums import ResourceAccessPolicy
from fpdf.fonts import TTFFont

from iepjournal.errors import CannotRender
from iepjournal.export.documents import document_layout
from iepjournal.export.fonts import spectral
from iepjournal.export.pagination import HEIGHT, WIDTH
from iepjournal.export.stationery import letter_layout

if TYPE_CHECKING:
    from datetime import date

    from fpdf.fonts import CoreFont

    from iepjournal.core.letters import LetterPage
    from iepjournal.export.documents import Document
    from iepjournal.export.fonts import Face
    from iepjournal.export.pagination import Layout
    from iepjournal.export.typeset import Line, Shape

QUIET_GREY, RULE_GREY, STAMP_GREY = 95, 150, 234
STAMP_SIZE = 150.0
HATCHING = 2.6
DRAFT = "DRAFT"


def letter_pdf(page: LetterPage, *, draft: bool = False) -> bytes:
    """The letter on US Letter paper, stamped DRAFT if it is not to be sent; CannotRender names what no font has."""
    stamp = DRAFT if draft else ""
    return drawn(letter_layout(page), title=page.title, lang=page.lang, dated=page.dated, stamp=stamp)


def document_pdf(document: Document, *, draft: bool = False) -> bytes:
    """A report or printable on the same paper."""
    stamp = DRAFT if draft else ""
    return drawn(document_layout(document), title=document.title, lang=document.lang, dated=document.dated, stamp=stamp)


def drawn(layout: Layout, *, title: str, lang: str, dated: date, stamp: str = "") -> bytes:
    """Any layout as a PDF; the same layout and day are the same bytes."""
    refuse_what_no_font_has(layout)
    sheet = _Sheet(unit="pt", format=(WIDTH, HEIGHT))
    sheet.set_title(title)
    sheet.set_lang(lang)
    sheet.set_creator("iepjournal")
    # Noon, so that the day is the same in every American time zone.
    sheet.set_creation_date(datetime.combine(dated, time(12), UTC))
    for page in layout.pages:
        sheet.add_page()
        sheet.stamp(stamp)
        for rule in page.rules:
            sheet.line(rule.x, rule.y, rule.x + rule.width, rule.y)
        for shape in page.shapes:
            sheet.draw_shape(shape)
        for line in page.lines:
            sheet.draw_line_of_text(line)
    return bytes(sheet.output())


def refuse_what_no_font_has(layout: Layout, of: str = "") -> None:
    """CannotRender for the first character that no font has, with its page and line; `of` names what has pages."""
    for char, number, text in layout.missing():
        where = f"{of}{', ' if of else ''}page {number}: “{text}”"
        raise CannotRender(f"no font here has the character “{char}” (U+{ord(char):04X})", where)


class _Sheet(FPDF):
    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]
        self.resource_access_policy = ResourceAccessPolicy.NONE
        self.set_margin(0)
        self.set_auto_page_break(False)
        self.set_draw_color(RULE_GREY)
        self.set_line_width(0.4)

    def draw_line_of_text(self, line: Line) -> None:
        self.set_text_color(QUIET_GREY if line.quiet else 0)
        for span in line.spans:
            self._use(span.face, span.size)
            self.text(span.x, line.y, span.text)
            if span.link:
                self.link(span.x, line.y - span.size * 0.8, span.width, span.size * 1.1, span.link)

    def draw_shape(self, shape: Shape) -> None:
        """Black, hatched or empty, each with its outline: it reads on any printer."""
        x, y, width, height, fill = shape
        self.set_draw_color(0)
        self.set_fill_color(0 if fill == "solid" else 255)
        self.rect(x, y, width, height, style="DF")
        if fill == "hatched":
            for number in range(1, int((width + height) / HATCHING) + 1):
                reach = number * HATCHING
                left, right = max(0.0, reach - height), min(width, reach)
                self.line(x + left, y + reach - left, x + right, y + reach - right)
        self.set_draw_color(RULE_GREY)

    def stamp(self, word: str) -> None:
        """A word in light grey from corner to corner, under the text."""
        if word:
            self._use(spectral("B"), STAMP_SIZE)
            self.set_text_color(STAMP_GREY)
            with self.rotation(50, WIDTH / 2, HEIGHT / 2):
                self.text((WIDTH - self.get_string_width(word)) / 2, HEIGHT / 2 + STAMP_SIZE / 3, word)

    def _use(self, face: Face, size: float) -> None:
        key = f"{face.family}{face.style}"
        if key not in self.fonts:
            self.add_font(face.family, face.style, face.file)
            self._forget_layout(self.fonts[key])
        self.set_font(face.family, face.style, size)

    @staticmethod
    def _forget_layout(font: CoreFont | TTFFont) -> None:
        """Drop what only a text shaper reads; to subset it takes a third of a letter's export."""
        if isinstance(font, TTFFont):
            for table in ("GSUB", "GPOS", "GDEF"):
                if table in font.ttfont:
                    del font.ttfont[table]
