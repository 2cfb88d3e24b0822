"""The one widget that draws pages: a scrolling list of lines with a cursor. Makes only the lines that are in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from iepjournal.widgets.keys import key
from iepjournal.widgets.typeset import ROLES, Sheet

if TYPE_CHECKING:
    from collections.abc import Hashable

    from textual import events
    from textual.binding import Binding

    from iepjournal.widgets.typeset import Source

NOT_DIM = Style(dim=False)
"""Reversed and dim at once is grey on grey."""


class Lines(ScrollView, can_focus=True):
    """Shows a Source; arrows move over what can be picked, Enter picks it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", *(f"lines--{role}" for role in ROLES)}

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("up,k", "move(-1)", "up", "One row up", id="rows.up"),
        key("down,j", "move(1)", "down", "One row down", id="rows.down"),
        key(
            "enter", "pick", "open", "Open the row with the mark, or do what it asks", id="rows.open", shows_as="Enter"
        ),
        key("pageup", "page(-1)", "page up", "One screen up", id="rows.page-up", shows_as="PgUp"),
        key("pagedown,space", "page(1)", "page down", "One screen down", id="rows.page-down", shows_as="Space"),
        key("home", "end(-1)", "top", "To the first row", id="rows.top", shows_as="Home"),
        key("end", "end(1)", "bottom", "To the last row", id="rows.bottom", shows_as="End"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    class Picked(Message):
        """A row was opened."""

        def __init__(self, lines: Lines, pick: Hashable) -> None:
            super().__init__()
            self.lines, self.pick = lines, pick

        @property
        def control(self) -> Lines:
            """The list it came from."""
            return self.lines

    class Moved(Message):
        """The mark stands on another row."""

        def __init__(self, lines: Lines, pick: Hashable | None) -> None:
            super().__init__()
            self.lines, self.pick = lines, pick

        @property
        def control(self) -> Lines:
            """The list it came from."""
            return self.lines

    class Resized(Message):
        """There is another width to draw for."""

    def __init__(self, *, id: str | None = None, focuses: bool = True) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=focuses)
        self.source: Source = Sheet(40)
        self._drawn_width = 0
        self._base = Style()

    @property
    def pick(self) -> Hashable | None:
        """What the mark stands on."""
        picks = self.source.picks
        return picks[self.cursor] if 0 <= self.cursor < len(picks) else None

    @property
    def content_width(self) -> int:
        """How wide a line may be; the scrollbar has its own column, drawn or not."""
        return self.scrollable_content_region.width

    def show(self, source: Source) -> None:
        """Draw other lines; the mark stays on what it stood on, as far as that is still there."""
        stood_on = self.pick
        self.source = source
        self.virtual_size = Size(self.content_width, len(source))
        picks = source.picks
        if stood_on is not None and stood_on in picks:
            place = picks.index(stood_on)
        else:
            place = max(0, min(self.cursor, len(picks) - 1))
        self.set_reactive(Lines.cursor, place)
        self.refresh()
        if self.pick != stood_on:
            self.post_message(self.Moved(self, self.pick))

    def move_to(self, pick: Hashable) -> bool:
        """Put the mark on something; False when it is not here."""
        if pick not in self.source.picks:
            return False
        self.cursor = self.source.picks.index(pick)
        return True

    def watch_cursor(self) -> None:
        """Keep the mark in sight."""
        self.refresh()
        picks = self.source.picks
        if 0 <= self.cursor < len(picks):
            top = self.source.first_line(self.cursor)
            height = sum(1 for y in range(top, min(top + 6, len(self.source))) if self.source[y].pick == self.pick)
            # The first row brings what stands above it into sight.
            top, height = (0, top + height) if self.cursor == 0 else (top, height)
            self.scroll_to_region(Region(0, top, self.size.width, height), animate=False, force=True)
        self.post_message(self.Moved(self, self.pick))

    def action_move(self, step: int) -> None:
        """Go to the next row; where nothing can be picked, scroll."""
        picks = self.source.picks
        place = self.cursor + step
        if not picks or not 0 <= place < len(picks):
            self.scroll_relative(y=step, animate=False)
        else:
            self.cursor = place

    def action_page(self, step: int) -> None:
        """Go a screen up or down."""
        picks = self.source.picks
        if not picks:
            self.scroll_relative(y=step * max(self.size.height - 1, 1), animate=False)
            return
        goal = self.source.first_line(self.cursor) + step * max(self.size.height - 1, 1)
        place = self.cursor
        while 0 <= place + step < len(picks) and (self.source.first_line(place) - goal) * step < 0:
            place += step
        if place == self.cursor:
            self.scroll_relative(y=step * max(self.size.height - 1, 1), animate=False)
        self.cursor = place

    def action_end(self, step: int) -> None:
        """Go to the first or the last row."""
        self.cursor = 0 if step < 0 else max(len(self.source.picks) - 1, 0)
        if not self.source.picks:
            (self.scroll_home if step < 0 else self.scroll_end)(animate=False)

    def action_pick(self) -> None:
        """Open what the mark stands on."""
        if self.pick is not None:
            self.post_message(self.Picked(self, self.pick))

    def on_resize(self) -> None:
        """Ask for lines of the new width."""
        if self.content_width != self._drawn_width:
            self._drawn_width = self.content_width
            self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        """The mouse does what Enter does."""
        y = event.y + self.scroll_offset.y
        if 0 <= y < len(self.source) and (pick := self.source[y].pick) is not None:
            self.move_to(pick)
            self.action_pick()

    def on_focus(self) -> None:
        """The mark is strong where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """The mark fades where they do not."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight; their common style is slow to work out, so that is done once."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width, base = self.content_width, self._base
        y += self.scroll_offset.y
        if y >= len(self.source):
            return Strip.blank(width, base)
        line = self.source[y]
        if line.pick is not None and line.pick == self.pick and (self.has_focus or not self.can_focus):
            base += self.get_component_rich_style("lines--cursor", partial=True)
        segments = [Segment(text, self._style(role, base)) for text, role in line.pieces]
        missing = width - sum(cell_len(text) for text, _ in line.pieces)
        if missing > 0:
            segments.append(Segment(" " * missing, base))
        return Strip(segments).crop(0, width)

    def _style(self, role: str, base: Style) -> Style:
        style = base + self.get_component_rich_style(f"lines--{role}", partial=True) if role else base
        return style + NOT_DIM if style.reverse and style.dim else style
