"""What all pages have in common: the frame, the view they are given, numbered rows, and the smallest window."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from iepjournal import paths
from iepjournal.widgets.frame import KeyLine, Title
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import PurePath

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.screens.view import View
    from iepjournal.widgets.line_box import LineBox

SMALLEST = (40, 12)


ROW_NUMBERS = tuple(
    key(str(n), f"number({n})", "pick", "Pick the row with that number", id=f"rows.{n}", shows_as="1-9")
    for n in range(1, 10)
)
"""For pages whose rows are numbered."""
FIRST_ROW, OPEN_ROW = "rows.1", "rows.open"


class Page(Screen[None]):
    """A screen of the journal; subclasses compose `body` and draw in `show`."""

    NAME: ClassVar[str] = ""
    """As the title says it."""
    FOOTER: ClassVar[tuple[str, ...]] = ()
    """The ids of the bindings that the footer names, the most needed first."""
    AUTO_FOCUS = "#main"

    view: var[View] = var["View"](None, init=False)  # type: ignore[arg-type]

    def __init__(self, view: View) -> None:
        super().__init__()
        self.set_reactive(Page.view, view)
        self._drawn_widths: tuple[int, ...] = ()
        self._drawn: View | None = None
        """The view that is drawn; None before there is room to draw in."""

    def compose(self) -> ComposeResult:
        """The frame and what is inside it."""
        yield Title()
        yield from self.body()
        yield KeyLine()
        yield Static("", classes="too-small", markup=False)

    def body(self) -> ComposeResult:
        """What is between title and keys: one list, where a page says nothing else."""
        yield Lines(id="main")

    @property
    def main(self) -> Lines:
        """The list that has the focus first."""
        return self.query_one("#main", Lines)

    def show(self) -> None:
        """Draw the view; called again when it changes and when the window does."""
        raise NotImplementedError

    @property
    def title_right(self) -> str:
        """The page's name, and what else its title says."""
        return self.NAME

    def on_mount(self) -> None:
        """Lay out for this width at once; Textual would do it for the narrowest first, and draw twice."""
        names = [name for width, name in self.app.HORIZONTAL_BREAKPOINTS or () if self.app.size.width >= width]
        self.add_class(*names[-1:])

    def on_resize(self, event: events.Resize) -> None:
        """Say where there is no room."""
        width, height = event.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(small, "-too-small")
        if small:
            need = f"Please make the window larger: {SMALLEST[0]} x {SMALLEST[1]} at least."
            self.query_one(".too-small", Static).update(need)

    def on_lines_resized(self) -> None:
        """Draw once for the new widths, however many lists have one."""
        if self._drawn_widths != self._widths:
            self.draw()

    @property
    def _widths(self) -> tuple[int, ...]:
        return tuple(lines.content_width for lines in self.query(Lines))

    def watch_view(self) -> None:
        """Something was written, here or elsewhere, or the day changed; a page out of sight waits for its turn."""
        if self._in_sight:
            self._draw_anew()

    def on_screen_resume(self) -> None:
        """It is this page's turn."""
        self._draw_anew()

    @property
    def _in_sight(self) -> bool:
        """Whether no other page lies over this one; a question may."""
        pages = [screen for screen in self.app.screen_stack if isinstance(screen, Page)]
        return bool(pages) and pages[-1] is self

    def _draw_anew(self) -> None:
        if self._drawn is not None and self._drawn is not self.view:
            self.draw()

    def draw(self) -> None:
        """The frame and the page."""
        self._drawn, self._drawn_widths = self.view, self._widths
        self.show()
        self.query_one(Title).tell(self.view.whose, self.title_right)
        self.draw_keys()

    def draw_keys(self) -> None:
        """Name the keys of the footer as they are bound now."""
        self.query_one(KeyLine).tell(self.footer_keys())

    def footer_keys(self) -> Iterable[tuple[str, str]]:
        """The footer's keys and words, from the bindings; `?` last."""
        bound: dict[str | None, Binding] = {}
        for active in self.active_bindings.values():
            bound.setdefault(active.binding.id, active.binding)
        rows = min(len(self.main.source.picks), len(ROW_NUMBERS))
        for name in (*self.FOOTER, "app.help"):
            if name == FIRST_ROW and name in bound:
                if rows:
                    yield f"1-{rows}" if rows > 1 else "1", bound[name].description
            elif name == OPEN_ROW and not rows:
                continue
            elif name in bound:
                yield self.app.get_key_display(bound[name]), bound[name].description

    def draft_kept(self, draft: str, at: datetime) -> None:
        """Something unfinished is on disk; a page that shows so says when."""

    def say(self, text: str) -> None:
        """A sentence in the footer until the next key."""
        self.query_one(KeyLine).say(text)

    def on_line_box_joined(self, joined: LineBox.Joined) -> None:
        """Say what became of a paste of several lines."""
        self.say(joined.said)

    def on_key(self, event: events.Key) -> None:
        """The next key brings the footer's keys back."""
        del event
        self.say("")

    def open(self, page: Page) -> None:
        """Show another page over this one; both are shown what is written from now on."""
        # Textual binds data in the task of the page it comes from, and a key's action runs in the app's.
        self.call_later(lambda: self.app.push_screen(page.data_bind(view=Page.view)))

    def done(self, said: str, written: object = None) -> None:
        """Go one step back, and say there what was done; `written` is what the app hands to who waits for it."""
        del written
        # In the app's task: a page that waits for its own end would wait for ever.
        self.app.call_later(self.app.run_action, f"app.done({said!r})")

    def action_number(self, n: int) -> None:
        """Pick the n-th row."""
        picks = self.main.source.picks
        if n <= len(picks):
            self.main.cursor = n - 1
            self.main.action_pick()


def stylesheet(name: str) -> list[str | PurePath]:
    """The stylesheet of a page."""
    return [paths.styles() / f"{name}.tcss"]
