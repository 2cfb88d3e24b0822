"""What our Markdown means: a letter's text as headings, paragraphs, list items, quotes and tables of styled runs.

Only what a letter needs has a meaning; everything else a person types (`__x__`, `10--12`, `[Exhibit A]: later`) is
text. Nothing is fetched, and no link leads elsewhere than to http, https or mailto.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import emphasis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Style = Literal["", "B", "I", "BI"]
BREAK = "\n"
"""The text of a run that ends a line."""

TO_TICK = "☐ "
"""At the start of a list item it takes the place of the bullet."""

NOT_IN_LETTERS = (
    "image", "reference", "code", "fence", "backticks", "lheading", "hr", "strikethrough", "entity",
)  # fmt: skip
LINK_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    style: Style = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Lines that belong together; with a marker, the start of a list item."""

    runs: tuple[Run, ...]
    depth: int = 0
    """How many lists and quotes it stands in."""
    marker: str = ""
    """A bullet, or the item's number as it was typed."""
    tight: bool = False
    """Follows the item before it without a gap."""

    @property
    def text(self) -> str:
        """Its words without their styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A line over what follows."""

    runs: tuple[Run, ...]
    level: int

    @property
    def text(self) -> str:
        """Its words without their styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells under a header row."""

    header: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    aligned: tuple[Literal["left", "right", "center"], ...]

    @property
    def text(self) -> str:
        """Its words without their styles, a line for each row."""
        rows = (self.header, *self.rows)
        return "\n".join(" ".join("".join(run.text for run in cell) for cell in row) for row in rows)


Block = Paragraph | Heading | Table


def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text, in order."""
    return tuple(_Reader(parser().parse(markdown)).read())


@cache
def parser() -> MarkdownIt:
    """markdown-it with a letter's rules."""
    markdown = MarkdownIt("js-default", {"breaks": True, "html": False, "linkify": False, "typographer": False})
    markdown.disable(NOT_IN_LETTERS)
    markdown.inline.ruler.at("emphasis", _emphasis_by_star)
    markdown.validateLink = _is_followed  # type: ignore[method-assign]
    return markdown


def _emphasis_by_star(state: StateInline, silent: bool) -> bool:
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)


def _is_followed(url: str) -> bool:
    return url.strip().lower().startswith(LINK_SCHEMES)


@dataclass
class _Reader:
    """Walks the flat tokens of markdown-it."""

    tokens: Sequence[Token]
    depth: int = 0
    markers: list[str] = field(default_factory=list)
    """Of the list items that were opened and have no text yet."""

    def read(self) -> Iterator[Block]:
        tokens = iter(self.tokens)
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open" | "blockquote_open":
                    self.depth += 1
                case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                    self.depth -= 1
                case "list_item_open":
                    self.markers.append(f"{token.info}{token.markup}" if token.info else "•")
                case "list_item_close":
                    yield from self._empty_item()
                case "paragraph_open":
                    yield self._paragraph(_runs(next(tokens)), tight=token.hidden)
                case "heading_open":
                    yield Heading(runs=_runs(next(tokens)), level=int(token.tag[1]))
                case "table_open":
                    yield _table(tokens)

    def _paragraph(self, runs: tuple[Run, ...], *, tight: bool) -> Paragraph:
        marker = " ".join(self.markers)
        self.markers.clear()
        if marker and runs and runs[0].text.startswith(TO_TICK):
            marker = TO_TICK.strip()
            runs = (replace(runs[0], text=runs[0].text.removeprefix(TO_TICK)), *runs[1:])
        return Paragraph(runs=runs, depth=self.depth, marker=marker, tight=tight)

    def _empty_item(self) -> Iterator[Paragraph]:
        if self.markers:
            yield self._paragraph((), tight=True)


def _runs(inline: Token) -> tuple[Run, ...]:
    runs: list[Run] = []
    bold = italic = 0
    link = ""
    link_starts_at = 0
    for token in inline.children or ():
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                link, link_starts_at = str(token.attrs["href"]), len(runs)
            case "link_close":
                # Paper has no links: the address is printed unless it is the text itself.
                shown = "".join(run.text for run in runs[link_starts_at:])
                if token.info != "auto" and shown not in (link, link.removeprefix("mailto:")):
                    runs.append(Run(f" ({link.removeprefix('mailto:')})", "", link))
                link = ""
            case "softbreak" | "hardbreak":
                runs.append(Run(BREAK))
            case _ if token.content:
                style: Style = "BI" if bold and italic else "B" if bold else "I" if italic else ""
                runs.append(Run(token.content, style, link))
    return tuple(runs)


def _table(tokens: Iterator[Token]) -> Table:
    rows: list[list[tuple[Run, ...]]] = []
    aligned: list[Literal["left", "right", "center"]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token))
        elif token.type == "th_open":
            style = str(token.attrs.get("style", ""))
            aligned.append("right" if "right" in style else "center" if "center" in style else "left")
    return Table(header=tuple(rows[0]), rows=tuple(map(tuple, rows[1:])), aligned=tuple(aligned))
