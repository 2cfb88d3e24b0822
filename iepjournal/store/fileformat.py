"""What a journal's file looks like: TinyDB's tables as indented JSON. Bytes to tables and back; touches no disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = 1
APP = "iepjournal"
META, RECORDS = "meta", "records"
ORJSON_FROM = 1_000_000
"""Bytes from which orjson's start-up pays for itself."""

Tables = dict[str, dict[str, dict[str, Any]]]


class Unreadable(Exception):
    """These bytes are not a journal; says why in plain words."""


class TooNew(Exception):
    """A newer program wrote this format."""

    def __init__(self, found: int) -> None:
        self.found = found
        super().__init__(f"format {found}")


def new_tables(slug: str) -> Tables:
    """A journal without a record."""
    return {META: {"1": {"app": APP, "format": FORMAT, "rev": 1, "slug": slug, "last_no": 0}}, RECORDS: {}}


def parse(raw: bytes) -> Tables:
    """The tables in a file's bytes; Unreadable or TooNew when they are not ours to touch."""
    try:
        text = raw.decode("utf-8")
        # The standard parser only: orjson turns integers above 64 bits into floats without a word.
        tables = json.loads(text, parse_constant=_refuse_constant)
        if (
            "\\" in text and "\\u" in text
        ):  # may be half of a surrogate pair, which could be read but never written back
            json.dumps(tables, ensure_ascii=False).encode()
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8 text") from None
    except UnicodeEncodeError:
        raise Unreadable("it holds half a character") from None
    except RecursionError:
        raise Unreadable("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        blank = not raw.strip(b"\0 \t\r\n")
        raise Unreadable("it is empty" if blank else f"it is cut off or not JSON (line {error.lineno})") from None
    except ValueError as error:
        raise Unreadable(f"it holds a number no journal has ({str(error)[:40]})") from None
    _check(tables)
    return tables  # type: ignore[no-any-return]


def serialise(tables: Tables, expected_size: int = 0) -> bytes:
    """The bytes of a file, the same whichever library makes them; ValueError when they cannot be written."""
    if expected_size >= ORJSON_FROM:
        import orjson

        try:
            return orjson.dumps(tables, option=orjson.OPT_INDENT_2) + b"\n"
        except orjson.JSONEncodeError:
            pass  # an integer above 64 bits in a table that is not ours: the standard library writes it
    try:
        return json.dumps(tables, ensure_ascii=False, allow_nan=False, indent=2).encode() + b"\n"
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def meta_of(tables: Tables) -> dict[str, Any]:
    """What the file says of itself."""
    return next(iter(tables[META].values()))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _check(tables: Any) -> None:
    if not isinstance(tables, dict):
        raise Unreadable("it is JSON, but not a journal")
    meta = tables.get(META)
    about = next(iter(meta.values()), None) if isinstance(meta, dict) and len(meta) == 1 else None
    if not isinstance(about, dict) or about.get("app") != APP:
        raise Unreadable("another program wrote it")
    found = about.get("format")
    if type(found) is not int or type(about.get("rev")) is not int:
        raise Unreadable("it does not say which format it has")
    if found > FORMAT:
        raise TooNew(found)
    records = tables.get(RECORDS)
    if not isinstance(records, dict):
        raise Unreadable("its records are missing")
    if not set(map(type, records.values())) <= {dict} or not _survive_tinydb(records):
        raise Unreadable("one of its records is not one this program wrote")


def _survive_tinydb(doc_ids: Iterable[str]) -> bool:
    """TinyDB turns the keys into numbers and back: "007" would silently take the place of the "7" beside it."""
    try:
        return all(str(int(doc_id)) == doc_id for doc_id in doc_ids)
    except ValueError:
        return False
