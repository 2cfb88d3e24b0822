"""PlainDesk: asks one question at a time and runs the verbs, everything in one stream of lines.

q, an empty line or Ctrl-D leads back; text that was begun stays among the drafts.
"""

from __future__ import annotations

import io
import os
import select
import signal
import sys
import textwrap
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from iepjournal.cli.desk import Desk
from iepjournal.core.dates import say_moment
from iepjournal.core.records import Service
from iepjournal.errors import JournalError, JournalTooNew, JournalUnreadable, NotSaved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from iepjournal.export.steps import Step, Tell


PASTE_PAUSE_SECONDS = 0.05
"""After an empty line, more that comes within this time is part of a paste."""

KEPT = "Not saved yet. Your words are kept, and are offered next time."


class Back(Exception):
    """One step back is wanted."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked for one option of a verb; empty answers leave the option out."""

    option: str
    words: str
    choices: Mapping[str, str] | None = None
    needed: bool = False
    number: bool = False
    flag: bool = False
    """Answered by y or n; y is the option itself."""


class PlainDesk(Desk):
    """The surroundings of the verbs while the menus run them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.clock, desk.case_name)
        self._text = ""
        """What the verb that runs now finds on its standard input."""
        self._read_out: set[tuple[str, ...]] = set()
        """Choices that were read: the same ones are not read again unasked."""
        self._offers: list[tuple[str, Sequence[str]]] = []
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # a byte that is no UTF-8 must not end the program
        if sys.stdin.isatty():
            # Without it the terminal cuts a line after 4,095 bytes, in silence.
            import readline

            readline.set_auto_history(False)

    # -- what the verbs call ----------------------------------------------------------------------------------------

    def out(self, text: str) -> None:
        """Lines that a terminal would break inside a word are broken between words."""
        super().out("\n".join(_wrapped(text)))

    def say(self, text: str) -> None:
        """Talk and data are one stream here, in their order."""
        self.out(text)

    @contextmanager
    def progress(self) -> Iterator[Tell]:
        """A line each time a long piece of work goes on to something else; none is written over, as it is read out."""
        told: list[str] = []

        def tell(step: Step) -> None:
            if told[-1:] != [step.doing]:
                told.append(step.doing)
                self.say(f"{step.doing} ...")

        yield tell

    def ask(self, question: str) -> str:
        """A verb's own question; going back is no answer."""
        try:
            return self.line(question)
        except Back:
            return ""

    def stdin_text(self) -> str:
        """What the menu handed over."""
        return self._text

    def offer(self, question: str, words: Sequence[str]) -> None:
        """Keep it until the verb is done; then it is asked."""
        self._offers.append((question, words))

    def keep(self, draft: str, text: str) -> None:
        """Keep what is being typed; where the disk refuses, say it and let the parent go on."""
        try:
            self.store().keep_draft(draft, text)
        except NotSaved as error:
            self.say(f"{error} Your words stand only on this screen: go on, and copy them before you leave.")

    # -- what the menus call ----------------------------------------------------------------------------------------

    def run(self, *words: str, text: str = "") -> bool:
        """Carry out one command line; what goes wrong is said, and nothing is lost by it."""
        from iepjournal.cli.main import carry_out

        self._text, case_name = text, self.case_name
        try:
            done = carry_out([_at_home(word) for word in words], self) == 0
        except (JournalUnreadable, JournalTooNew):
            raise
        except JournalError as error:
            self.say(str(error))
            done = False
        finally:
            self.case_name = case_name  # a typed command may name another case, for itself only
        offers, self._offers = self._offers, []
        for question, command in offers:
            self._ask_offer(question, command)
        return done

    def services(self) -> dict[str, str]:
        """The services of the case to choose among."""
        return {one.handle: one.name or one.handle for one in self.store().case().all(Service)}

    def people(self) -> dict[str, str]:
        """The people of the case to choose among."""
        return {handle: one.name or f"@{handle}" for handle, one in self.store().case().people.items()}

    def line(self, question: str) -> str:
        """One answer; Back for q and Ctrl-D."""
        answer = self.read(question).strip()
        if answer.lower() == "q":
            raise Back
        return answer

    def needed(self, question: str) -> str:
        """One answer that is not empty; Back for an empty one too."""
        if answer := self.line(question):
            return answer
        raise Back

    def yes(self, question: str) -> bool:
        """Whether the answer is y; an empty one is no."""
        while (answer := self.line(f"{question} y or n:").lower()) not in ("y", "yes", "n", "no", ""):
            self.say("Please type y or n.")
        return answer in ("y", "yes")

    def choose(self, question: str, choices: Mapping[str, str], *, skip: str = "") -> str:
        """The name of one of several choices, by its number; an empty answer is Back, or "" where `skip` says so."""
        names = list(choices)
        lines = tuple(f"{number} {words}" for number, words in enumerate(choices.values(), start=1))
        ending = f"Enter {skip}, q goes back" if skip else "Enter goes back"
        if lines in self._read_out:
            self.out(question)
            ending = f"? reads the choices, {ending}"
        else:
            self.out("\n".join((question, *lines)))
            self._read_out.add(lines)
        while True:
            answer = self.line(f"Number ({ending}):").lower().rstrip(".")
            if answer == "?":
                self.out("\n".join(lines))
                continue
            if not answer and skip:
                return ""
            if not answer:
                raise Back
            if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(names):
                return names[int(answer) - 1]
            if answer in names:
                return answer
            self.say(f"Please type a number from 1 to {len(names)}." if len(names) > 1 else "There is only 1.")

    def options(self, *questions: Question) -> list[str]:
        """The answers to several questions, as options of a verb."""
        found = []
        for question in questions:
            if question.flag:
                found += [f"--{question.option}"] if self.yes(question.words) else []
            elif answer := self._answer(question):
                found.append(f"--{question.option}={answer}")
        return found

    def then_back(self, step: Callable[[], object]) -> None:
        """Carry out a step; going back from it leads here."""
        with suppress(Back):
            step()

    def until_back(self, step: Callable[[], None]) -> None:
        """Repeat a step until the parent goes back from it."""
        while True:
            try:
                step()
            except Back:
                return

    def text(self, question: str, draft: str) -> str:
        """Several lines, up to an empty one; each is on disk before the next is read. Back when there is none."""
        lines = self.begun(draft).splitlines()
        self.out(f"{'More of it?' if lines else question} An empty line ends it.")
        while True:
            try:
                line = self.read()
            except Back:
                if any(lines):
                    self.say(KEPT)
                raise
            except (KeyboardInterrupt, SystemExit):
                if half_a_line := _being_typed():
                    self.keep(draft, "\n".join((*lines, half_a_line)))
                raise
            if line.strip():
                if not lines and line.strip().lower() == "q":
                    raise Back
            elif not _more_is_coming():
                break
            lines.append(line)
            self.keep(draft, "\n".join(lines))
        if not any(lines):
            raise Back
        return "\n".join(lines)

    def begun(self, draft: str) -> str:
        """What was begun before and not saved, if the parent goes on with it."""
        begun = next((one for one in self.store().drafts() if one.name == draft), None)
        if begun is None or not begun.text.strip():
            return ""
        self.out(f"Not saved yet, from {say_moment(begun.kept_at.astimezone(self.now.tzinfo))}:")
        self.out(begun.text)
        if self.choose("Go on with it?", {"on": "go on", "away": "throw it away"}) == "on":
            return begun.text
        self.store().discard_draft(draft)
        return ""

    def read(self, prompt: str = "") -> str:
        """One line as it was typed; Back at the end of the input."""
        if prompt:
            self.out(prompt)
        if sys.stdin.isatty():
            try:
                # A longer prompt would leave no room to type on a terminal that cannot wrap.
                return input("> ")
            except EOFError:
                self.out("")
                raise Back from None
        line = sys.stdin.readline()
        if not line:
            raise Back
        return line.rstrip("\r\n")

    # -- within -----------------------------------------------------------------------------------------------------

    def _answer(self, question: Question) -> str:
        if question.choices:
            return self.choose(question.words, question.choices, skip="" if question.needed else "skips it")
        while True:
            words = question.words if question.needed else f"{question.words} (Enter skips it)"
            answer = self.needed(words) if question.needed else self.line(words)
            if not question.number or not answer or (answer.isascii() and answer.isdigit()):
                return answer
            self.say("Please type a number.")

    def _ask_offer(self, question: str, command: Sequence[str]) -> None:
        """Yes, no, or another day; a day that was not understood has to be said."""
        while True:
            try:
                answer = self.line(f"{question} y keeps it, Enter leaves it, or type another day:")
            except Back:
                return
            if answer.lower() in ("", "n", "no"):
                return
            if answer.lower() in ("y", "yes"):
                words = [word for word in command if word != "--by=DAY"]
            else:
                words = [f"--by={answer}" if word.startswith("--by=") else word for word in command]
            if self.run(*words):
                return


def _at_home(word: str) -> str:
    """A path that begins with ~/, as a shell would read it; here there is none."""
    name, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    return f"{name}{equals}{Path(value).expanduser()}" if value.startswith("~/") else word


def _wrapped(text: str) -> Iterator[str]:
    """The text's lines, none wider than the terminal; as they are where that is not one or does not say."""
    width = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    for line in text.split("\n"):
        if not 0 < width < len(line):
            yield line
            continue
        indent = " " * (len(line) - len(line.lstrip()))
        yield from textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _being_typed() -> str:
    """The line that was not ended yet."""
    if not sys.stdin.isatty():
        return ""
    import readline

    return readline.get_line_buffer()


@contextmanager
def ending_on(*signals: signal.Signals) -> Iterator[None]:
    """Let these signals end the program with their status, after a line that is being typed was kept."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _more_is_coming() -> bool:
    """Whether a paste goes on after its empty line; of a pipe nothing can be said."""
    return sys.stdin.isatty() and bool(select.select([sys.stdin], [], [], PASTE_PAUSE_SECONDS)[0])
