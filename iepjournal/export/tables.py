"""Tables as CSV, out and in. Going out, no cell can become a formula; coming in, one mistake refuses the whole file."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from iepjournal.core.plurals import many
from iepjournal.errors import TableRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""What makes Excel read a file as UTF-8."""
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")
DELIMITERS = ",;\t"
LONGEST_CELL = 20_000
MOST_ROWS = 20_000
MOST_LINES_IN_A_CELL = 40
"""More than this, and a quotation mark was forgotten."""


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]], *, raw: bool = False) -> str:
    """The table as text; words that a spreadsheet would run as a formula get a ' in front, unless `raw`."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    for row in (header, *rows):
        writer.writerow([_cell(value, raw=raw) for value in row])
    return written.getvalue()


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The same as a file for a spreadsheet."""
    return (BYTE_ORDER_MARK + to_csv(header, rows)).encode()


def _cell(value: object, *, raw: bool) -> object:
    """Numbers and dates are this program's own and stay as they are."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    guard = "'" if not raw and text.lstrip(" ").startswith(_BEGINS_A_FORMULA) else ""
    return guard + text.replace("\r\n", "\n").replace("\r", "\n")


class Table(NamedTuple):
    """A file's header and rows, every row as wide as the header; the first row below the header is row 2."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row that says something, with its number in the file."""
        return ((number, row) for number, row in enumerate(self.rows, start=2) if any(cell.strip() for cell in row))


def read_csv(content: bytes, encoding: str = "utf-8") -> Table:
    """Read a whole file, or refuse it in one sentence that names row and column."""
    text = decoded(content, encoding)
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    rows = list(_cells(text, delimiter))
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise TableRefused("it has no rows")
    header = tuple(cell.strip() for cell in rows[0])
    return Table(header, tuple(_as_wide_as(header, row, number) for number, row in enumerate(rows[1:], start=2)))


def decoded(content: bytes, encoding: str) -> str:
    """A file as text, or the row and column of what is not in that encoding; a byte order mark speaks for itself."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except LookupError:
        raise TableRefused(f"nobody knows the encoding “{encoding}”") from None
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        row, start = before.count("\n") + 1, before.rfind("\n") + 1
        column = 1 + max(before[start:].count(delimiter) for delimiter in DELIMITERS)
        raise TableRefused(
            f"a letter there is not {encoding.upper()}",
            row=row,
            column=column,
            instead="If the file comes from an older Excel, say --encoding cp1252.",
            lacks="encoding",
        ) from error


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    """The cells of each row, by RFC 4180; the standard reader cannot say in which row a quotation began."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row = 0
    while True:
        begins_at = lines.tell()
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.seek(begins_at)
            loose = next(csv.reader(lines, delimiter=delimiter))
            raise TableRefused("a quotation mark is not closed", row=row, column=len(loose)) from error
        if row > MOST_ROWS + 1:
            raise TableRefused(f"it has more than {MOST_ROWS} rows")
        for column, cell in enumerate(cells, start=1):
            if "\0" in cell:
                raise TableRefused("there is an unprintable character (NUL)", row=row, column=column)
            if len(cell) > LONGEST_CELL or cell.count("\n") > MOST_LINES_IN_A_CELL:
                raise TableRefused("the cell is far too long; is a quotation mark missing?", row=row, column=column)
        yield cells


def _as_wide_as(header: Sequence[str], row: Sequence[str], number: int) -> tuple[str, ...]:
    """A blank row is a blank row, and a spreadsheet's empty cells at the end are nothing."""
    wide = len(header)
    if not any(cell.strip() for cell in row):
        return ("",) * wide
    if len(row) < wide or any(cell.strip() for cell in row[wide:]):
        cells = many(len(row), "cell")
        column = min(len(row), wide) + 1
        raise TableRefused(f"the row has {cells}, the header has {wide}", row=number, column=column)
    return tuple(row[:wide])
