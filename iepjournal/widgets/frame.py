"""The frame of every page: whose case and where it is above, the keys that matter below. Neither is ever cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from iepjournal.widgets.typeset import fit, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.geometry import Size

GAP = "  "


class Title(Widget):
    """One line: the child's name at the left, the page and its day at the right."""

    def __init__(self, whose: str = "", where: str = "") -> None:
        super().__init__()
        self.whose, self.where = whose, where

    def tell(self, whose: str, where: str) -> None:
        """Change the words."""
        if (whose, where) != (self.whose, self.where):
            self.whose, self.where = whose, where
            self.refresh()

    def render(self) -> Content:
        """Set both words; the child's name gives way where there is no room."""
        width = self.size.width - 2
        where = fit(self.where, width)
        whose = fit(self.whose, max(width - cell_len(where) - 2, 0))
        gap = " " * max(width - cell_len(whose) - cell_len(where), 0)
        return Content.assemble(" ", (whose, "bold"), gap, where)


class KeyLine(Widget):
    """The keys that matter here, and `?` for all of them; or, until the next key, what was just done."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[tuple[str, str], ...] = ()
        self._said = ""

    @property
    def said(self) -> str:
        """What was just done, as long as it stands there."""
        return self._said

    def tell(self, keys: Iterable[tuple[str, str]]) -> None:
        """Show these keys and words; those that find no room are left to `?`."""
        if self._keys != (keys := tuple(keys)):
            self._keys = keys
            self.refresh(layout=True)

    def say(self, text: str) -> None:
        """Show a sentence in place of the keys; an empty one brings them back."""
        if text != self._said:
            self._said = text
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentence needs; the keys need one."""
        return min(len(wrap(self._said, width)), 4) if self._said else 1

    def render(self) -> Content:
        """Set the sentence, or as many keys as there is room for."""
        if self._said:
            return Content("\n".join(wrap(self._said, self.size.width)))
        return Content(GAP).join(
            Content.assemble((shown, "bold $foreground"), " ", word)
            for shown, word in fitting(self._keys, self.size.width)
        )


def fitting(keys: Sequence[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """The first keys that find room beside the last one, which is always there."""
    *others, last = keys or [("?", "keys")]
    room = width - _size(last)
    kept = []
    for one in others:
        room -= _size(one) + len(GAP)
        if room < 0:
            break
        kept.append(one)
    return [*kept, last]


def _size(shown: tuple[str, str]) -> int:
    return cell_len(shown[0]) + 1 + cell_len(shown[1])
