"""A letter as one HTML page that loads nothing: no script, no image, no address but the links the letter prints."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from iepjournal.export.blocks import parser
from iepjournal.export.text import NOT_TO_SEND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iepjournal.core.letters import LetterPage

STYLE = """
body { max-width: 42rem; margin: 3rem auto; padding: 0 1.5rem; font: 1.05rem/1.5 Georgia, serif; }
address { font-style: normal; }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; border-bottom: 1px solid; }
th { text-align: left; } footer { margin-top: 3rem; font-size: .8rem; }
"""


def letter_html(page: LetterPage, *, draft: bool = False) -> str:
    """The whole letter."""
    parts = [f"<p><strong>{NOT_TO_SEND}</strong></p>"] if draft else []
    parts += [_address(page.sender), f"<p>{escape(page.date_line)}</p>", *map(_address, page.addressees)]
    parts.append(f"<main>\n{html_of(page.text)}</main>")
    if page.cc:
        parts.append(f"<p>cc: {_lines(page.cc)}</p>")
    if page.record_line:
        parts.append(f"<footer>{escape(page.record_line)}</footer>")
    return _whole(page.title, page.lang, parts)


def html_of(markdown: str) -> str:
    """A text's blocks; list numbers stay as they were typed."""
    tokens = parser().parse(markdown)
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
    return str(parser().renderer.render(tokens, parser().options, {}))


def _whole(title: str, lang: str, parts: Iterable[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _address(lines: Iterable[str]) -> str:
    return f"<address>{_lines(lines)}</address>"


def _lines(lines: Iterable[str]) -> str:
    return "<br>\n".join(map(escape, lines))
