"""The help: the keys of the page one is on, made from its bindings. Says nothing of its own about any key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.screen import ModalScreen

from iepjournal.widgets.frame import KeyLine, Title
from iepjournal.widgets.keys import key
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.typeset import STRONG, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import App, ComposeResult
    from textual.binding import ActiveBinding, Binding


class Known(NamedTuple):
    """One thing that can be done, and its keys as they are bound now."""

    says: str
    helps: str
    keys: str
    active: ActiveBinding

    @property
    def moves(self) -> bool:
        """Whether it only goes about in a list, which nobody does by name."""
        return (self.active.binding.id or "").startswith("rows.")


def known_keys(app: App[Any], bindings: Iterable[ActiveBinding]) -> list[Known]:
    """Each binding once, its keys together, in the order they were declared."""
    by_id: dict[str, list[ActiveBinding]] = {}
    for active in bindings:
        binding = active.binding
        by_id.setdefault(
            f"{binding.key_display}/{binding.description}" if binding.key_display else binding.id or "", []
        ).append(active)
    known = []
    for name, actives in by_id.items():
        if not name:
            continue
        first = actives[0].binding
        shown = dict.fromkeys(app.get_key_display(active.binding) for active in actives)
        lower = [one for one in shown if not (len(one) == 1 and one.isupper() and one.lower() in shown)]
        known.append(Known(first.description, first.tooltip, " ".join(lower), actives[0]))
    return known


class Help(ModalScreen[None]):
    """All keys of the page below, plain words first."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("q,escape,question_mark,enter,full_stop", "dismiss", "back", "Back to the page", id="help.leave"),
    ]

    def __init__(self, whose: str, page: str, groups: list[tuple[str, list[Known]]]) -> None:
        super().__init__()
        self.whose, self.page, self.groups = whose, page, groups

    def compose(self) -> ComposeResult:
        """A page of its own."""
        yield Title(self.whose, f"Keys · {self.page}" if self.page else "Keys")
        yield Lines()
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(Lines).focus()
        self.query_one(KeyLine).tell([("↑↓", "scroll"), ("q", "back")])

    def on_resize(self, event: events.Resize) -> None:
        """Set the list for this width: one column under 60 cells."""
        sheet = Sheet(event.size.width - 2, numbered=False)
        for title, known in self.groups:
            sheet.heading(title)
            width = max((len(one.keys) for one in known), default=0)
            sheet.rows(
                Row(one.helps, lead=f" {one.keys:<{width}}", title_role="" if one.helps else STRONG) for one in known
            )
        self.query_one(Lines).show(sheet)
