"""Add: the box a parent types into, the line that shows what was understood, and the fields for those who want them.

Enter saves; Esc, a lost line or a closed window keep the text.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from iepjournal.core import drafts
from iepjournal.core.dates import say, say_time
from iepjournal.core.entries import HOW_LABELS, Chosen, echo, understand, words_kept
from iepjournal.core.records import ENTRY_TYPES, Entry, Service
from iepjournal.core.text import removal_note
from iepjournal.errors import CannotUnderstand, JournalError
from iepjournal.screens.dialogs import Ask, Choose
from iepjournal.screens.messages import Recorded, Typed
from iepjournal.screens.page import stylesheet
from iepjournal.widgets.frame import KeyLine, Title
from iepjournal.widgets.keys import key
from iepjournal.widgets.line_box import LineBox
from iepjournal.widgets.lines import Lines
from iepjournal.widgets.text_box import TextBox
from iepjournal.widgets.typeset import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePath

    from textual.app import ComposeResult
    from textual.binding import Binding

    from iepjournal.core.records import Record
    from iepjournal.screens.view import View
    from iepjournal.widgets.cleaning import Removed

FIELDS_BELOW = "\n\f\n"
"""In a draft, parts the words from the fields."""

FIELDS: dict[str, tuple[str, str]] = {
    "on": ("Day", "fri, 11/24, yesterday, week of 11/16"),
    "at": ("Time", "3:10p, 10:15a, noon"),
    "type": ("Type", "Enter shows the list"),
    "who": ("Who", "@handles, or Enter for the list"),
    "service": ("Service", "Enter shows the list"),
    "how": ("Known by", "how you know it: Enter shows the list"),
    "quote": ("Quote", "the exact words that were said"),
    "tags": ("Tags", "words of your own, with blanks between"),
    "private": ("Private", "y keeps it out of letters and exports"),
}
"""Each field's label, and what it takes."""
SEVERAL = ("who", "tags")
SAVE, KEEP, DISCARD = "save", "keep", "discard"


class Left(Enum):
    """How the box was left without saving."""

    KEPT = "kept"
    THROWN_AWAY = "thrown away"


class Writing(ModalScreen[Entry | Left]):
    """The box, the line that says what was understood, and the fields; new entries and corrections share it."""

    CSS_PATH: ClassVar[list[str | PurePath]] = stylesheet("add")
    AUTO_FOCUS = "TextBox"
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        key("escape", "keep", "keep for later", "Back; the text is kept", id="add.leave"),
    ]

    def __init__(self, view: View, *, draft: str, above: str, text: str) -> None:
        super().__init__()
        self.view, self.draft, self.above = view, draft, above
        begun = next((begun for begun in view.begun if begun.name == draft), None)
        words, _, fields = (begun.text if begun else text).partition(FIELDS_BELOW)
        self._text = words
        self._filled = dict(line.split("=", 1) for line in fields.splitlines() if "=" in line)
        self._kept = begun.text if begun else text
        """The draft as it was last handed on."""
        self.note = f"Your words of {begun.when(view.today)} are here again." if begun else ""

    def compose(self) -> ComposeResult:
        """From the top: what is typed, what was understood, the fields, the ways out."""
        yield Title(self.view.whose, self.above)
        yield TextBox(self._text, completes=self._completion)
        yield Static("", classes="understood", markup=False)
        with VerticalScroll(classes="fields", can_focus=False):
            for name, (label, _) in FIELDS.items():
                with Horizontal():
                    yield Static(Content(label))
                    yield LineBox(self._filled.get(name, ""), id=name)
            yield Lines()
        yield KeyLine()

    def on_mount(self) -> None:
        """Say at once what the text so far means, and keep what it was opened with."""
        sheet = Sheet(40, numbered=False)
        words = {SAVE: "Save", KEEP: "Keep it for later", DISCARD: "Throw it away"}
        sheet.rows(Row(word, pick=way) for way, word in words.items())
        self.query_one(Lines).show(sheet)
        self.set_class(bool(self._filled), "-fields")
        keys = [("Enter", "saves"), ("@", "people"), ("Esc", "keeps"), ("Tab", "more")]
        self.query_one(KeyLine).tell(keys)
        self.typed()

    @property
    def box(self) -> TextBox:
        """Where the words are typed."""
        return self.query_one(TextBox)

    def field(self, name: str) -> LineBox:
        """One of the fields."""
        return self.query_one(f"#{name}", LineBox)

    @property
    def chosen(self) -> Chosen:
        """What the fields say, as it was typed."""
        typed = {name: self.field(name).value.strip() for name in FIELDS}
        private = {"y": True, "n": False}.get(typed.pop("private")[:1].lower())
        quote = typed.pop("quote")
        several = {name: tuple(typed.pop(name).replace(",", " ").split()) for name in SEVERAL}
        return Chosen(
            on=typed["on"],
            at=typed["at"],
            type=typed["type"],
            service=typed["service"],
            how=typed["how"],
            quote=(quote,) if quote else (),
            who=several["who"],
            tags=several["tags"],
            private=private,
        )

    def take(self, text: str) -> None:
        """More text from outside the box: a paste, or a burst of keys."""
        if boxes := self.query(TextBox):
            boxes.first().insert(text)
            boxes.first().focus()
        else:
            self._text += text

    def on_removed(self, removed: Removed) -> None:
        """Say what was left out of a paste."""
        removed.stop()
        self.note = removal_note(removed.count)
        self.show_understood()

    @on(LineBox.Joined)
    def joined(self, joined: LineBox.Joined) -> None:
        """Say what became of a paste of several lines into a field."""
        joined.stop()
        self.note = joined.said
        self.show_understood()

    # -- what was understood ----------------------------------------------------------------------------------------

    def read(self) -> tuple[Entry, Sequence[str]]:
        """The entry as it would be saved now, and what is to be said about it; a JournalError where it is not clear."""
        raise NotImplementedError

    @on(TextArea.Changed)
    @on(Input.Changed)
    def typed(self) -> None:
        """Say what it means now, and keep it."""
        filled = "\n".join(f"{name}={value}" for name in FIELDS if (value := self.field(name).value.strip()))
        text = f"{self.box.text}{FIELDS_BELOW}{filled}" if filled else self.box.text
        if text != self._kept:
            self._kept, self.note = text, ""
            self.post_message(Typed(self.draft, text))
        self.show_understood()

    def show_understood(self) -> None:
        """Show what was understood under the box, and in the empty fields."""
        case, today = self.view.case, self.view.today
        lines: Sequence[str]
        if not self.box.text.strip():
            lines = ["In your own words. If it was not just now, begin with when: yesterday 3:10p"]
        else:
            try:
                entry, notes = self.read()
                kept = f"words kept: {words_kept(entry)}" if entry.quote else ""
                lines = [echo(entry, case, today), kept, *(self._offered() or notes)]
                for name, meant in _meant(entry, self.view).items():
                    self.field(name).placeholder = meant
            except CannotUnderstand as error:
                lines = [f"“{error.typed}” is not {error.what}. {error.hint}"]
            except JournalError as error:
                lines = [str(error)]
        self.query_one(".understood", Static).update(Content("\n".join(filter(None, [*lines, self.note]))))

    def _offered(self) -> list[str]:
        """What Tab would write; a word that is only begun is not called unknown yet."""
        if not self.box.suggestion:
            return []
        row, column = self.box.cursor_location
        word = self.box.document.get_line(row)[:column].split()[-1] + self.box.suggestion
        return [f"Tab writes {word}"]

    def _completion(self, before: str) -> str:
        """The rest of a @person, !type, %service or #tag that was begun and is known."""
        word = before.split()[-1] if before and not before[-1].isspace() else ""
        sign, begun = word[:1], word[1:].lower()
        if not begun or sign not in ("@", "!", "%", "#"):
            return ""
        known = {"@": self._people, "!": self._types, "%": self._services, "#": self._tags}[sign]()
        return next((one[len(begun) :] for one, _ in known if one.startswith(begun) and one != begun), "")

    def _people(self) -> list[tuple[str, str]]:
        return [(person.handle, f"{person.name} @{person.handle}") for person in self.view.case.people.values()]

    def _types(self) -> list[tuple[str, str]]:
        return [(one, one.replace("-", " ")) for one in ENTRY_TYPES]

    def _services(self) -> list[tuple[str, str]]:
        return [(service.handle, service.name or service.handle) for service in self.view.case.all(Service)]

    def _tags(self) -> list[tuple[str, str]]:
        return [(tag, tag) for tag in sorted({tag for entry in self.view.case.entries for tag in entry.tags})]

    # -- going about ------------------------------------------------------------------------------------------------

    @on(TextBox.LeftBelow)
    def to_fields(self) -> None:
        """Show the fields, and go to the first."""
        self.add_class("-fields")
        self.field("on").focus()

    def on_key(self, event: events.Key) -> None:
        """The arrows go from field to field; a letter typed before the box is ready is not lost."""
        focused = self.focused
        if isinstance(focused, LineBox) and event.key in ("up", "down"):
            event.stop()
            if event.key == "up":
                self.focus_previous()
            else:
                self.focus_next()
        elif isinstance(focused, Lines) and event.key == "up" and focused.cursor == 0:
            event.stop()
            self.focus_previous()
        elif focused is None and event.is_printable and event.character:
            event.stop()
            self.take(event.character)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the field takes."""
        hint = FIELDS[event.widget.id or ""][1] if event.widget.id in FIELDS else ""
        self.query_one(KeyLine).say(hint)

    @on(Input.Submitted)
    @work
    async def entered(self, submitted: Input.Submitted) -> None:
        """Enter in an empty field with a list shows it; else it goes on to the next."""
        name = submitted.input.id or ""
        lists = {"type": self._types, "who": self._people, "service": self._services, "how": _ways_of_knowing}
        if name in lists and not submitted.value.strip() and (choices := lists[name]()):
            chosen = await self.app.push_screen_wait(Choose(FIELDS[name][0], choices))
            if chosen is None:
                return
            self.field(name).value = str(chosen)
        self.focus_next()

    @on(Lines.Picked)
    def way_out(self, picked: Lines.Picked) -> None:
        """Save, keep or throw away."""
        if picked.pick == SAVE:
            self.save()
        elif picked.pick == KEEP:
            self.action_keep()
        else:
            self._throw_away()

    @work
    async def _throw_away(self) -> None:
        """Words that are kept nowhere else go only after a yes."""
        question = Ask("Throw these words away? They are kept nowhere.", {"y": "yes, throw them away", "n": "no"})
        if not self.box.text.strip() or await self.app.push_screen_wait(question) == "y":
            self.discard()

    @on(TextBox.Entered)
    def save(self) -> None:
        """Save, if it is clear; with nothing typed, go back."""
        if not self.box.text.strip() and not self.chosen.service:
            self.action_keep()
            return
        try:
            entry, _ = self.read()
        except JournalError:
            self.show_understood()
            return
        self.record(entry)

    def record(self, entry: Entry) -> None:
        """Hand on what was read."""
        raise NotImplementedError

    def saved(self, written: Sequence[Record]) -> None:
        """It is on disk."""
        self.dismiss(next((record for record in written if isinstance(record, Entry)), Left.THROWN_AWAY))

    def refused(self, sentence: str) -> None:
        """It is not; everything stays typed."""
        self.note = sentence
        self.show_understood()

    def action_keep(self) -> None:
        """Back; the text is kept as a draft."""
        self.dismiss(Left.KEPT)

    def discard(self) -> None:
        """Back without the text."""
        self.dismiss(Left.THROWN_AWAY)


class Add(Writing):
    """A new entry."""

    def __init__(self, view: View, text: str = "") -> None:
        super().__init__(view, draft=drafts.ENTRY, above="Add", text="")
        self._text += f"\n{text}" if self._text and text else text

    def read(self) -> tuple[Entry, Sequence[str]]:
        """What the words and fields say."""
        understood = understand(self.box.text, self.view.case, self.view.now, self.chosen)
        return understood.entry, [*understood.notes, removal_note(understood.removed)]

    def record(self, entry: Entry) -> None:
        """A new entry is written as it is."""
        what = echo(entry, self.view.case, self.view.today)

        def said(written: Sequence[Record]) -> str:
            return f"Saved as entry {written[0].no}: {what}. u takes it back."

        self.post_message(
            Recorded(lambda _case: [entry], said, draft=self.draft, then=self.saved, refused=self.refused)
        )


def _ways_of_knowing() -> list[tuple[str, str]]:
    return list(HOW_LABELS.items())


def _meant(entry: Entry, view: View) -> dict[str, str]:
    """What each field would say if it were filled from the words."""
    return {
        "on": say(entry.happened_on, view.today),
        "at": say_time(entry.at) if entry.at else "",
        "type": entry.type,
        "who": " ".join(entry.who),
        "service": entry.service,
        "how": HOW_LABELS.get(entry.how, ""),
        "quote": " … ".join(entry.quote),
        "tags": " ".join(entry.tags),
        "private": "yes" if entry.private else "no",
    }
