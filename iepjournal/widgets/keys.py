"""How a key is declared: with an id for the user's keymap, a word for the footer and a sentence for the help."""

from __future__ import annotations

from textual.binding import Binding


def key(keys: str, action: str, says: str, helps: str, *, id: str, shows_as: str | None = None) -> Binding:  # noqa: A002
    """A binding; a letter works as a capital too, because phones capitalise."""
    named = [name for one in keys.split(",") for name in (one, one.upper() if len(one) == 1 else one)]
    return Binding(",".join(dict.fromkeys(named)), action, says, id=id, tooltip=helps, key_display=shows_as)
