"""What stands between the terminal and the screens: the environment, whether screens can start, the bytes that come in.

Imports nothing that draws, so that `prepare` can run before the screens' library reads the environment.
"""

from __future__ import annotations

import codecs
import os
import re
import signal
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SLOW_LINE = {"ESCDELAY": "1000", "TEXTUAL_FPS": "15"}
"""Over SSH an arrow key's bytes may arrive hundreds of milliseconds apart; at 100 ms they became Esc and letters."""

ALWAYS = {
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    # Kitty's protocol sends every letter as an escape sequence, and a burst could not be told from single keys.
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
}

NEVER = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_SCREENSHOT", "TEXTUAL_PRESS", "TEXTUAL_THEME")
"""Switches that write what is on the screen, or keys, to somewhere else."""

SAID_BEFORE = ("COLUMNS", "LINES")
"""The size of some window at some time; Textual would believe it rather than ask the terminal."""


def over_ssh() -> bool:
    """Whether the terminal is at the other end of a line."""
    return bool(os.environ.get("SSH_CONNECTION"))


def no_colour() -> bool:
    """Whether the user asked for none (no-color.org: set, and not empty)."""
    return bool(os.environ.get("NO_COLOR"))


def few_colours() -> bool:
    """Whether the terminal names no more than 16 colours: our shades would all be black there."""
    named = os.environ.get("TERM", "").rpartition("-")[2] in ("256color", "kitty", "direct")
    return not named and os.environ.get("COLORTERM", "").lower() not in ("truecolor", "24bit")


def prepare() -> None:
    """Set the environment for the screens; must run before anything imports Textual."""
    for name in (*NEVER, *SAID_BEFORE):
        os.environ.pop(name, None)
    if not no_colour():
        os.environ.pop("NO_COLOR", None)
    os.environ.update(ALWAYS)
    if over_ssh():
        for name, value in SLOW_LINE.items():
            os.environ.setdefault(name, value)


def refusal() -> str:
    """Why the screens cannot be shown here and what to use instead; empty when they can."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return (
            "The screens need a terminal, and this is none. "
            "Every action has a command: iepjournal --help. Over SSH, add -t: ssh -t HOST iepjournal"
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        return (
            "This terminal cannot draw screens (TERM is "
            f"“{os.environ.get('TERM', '')}”). Use iepjournal --plain, or the commands: iepjournal --help"
        )
    return ""


def fetched_by(names: Iterable[str]) -> str:
    """The command that copies files of this machine to the computer somebody sits at; HOST is what they log in to."""
    import pwd
    import shlex

    user = pwd.getpwuid(os.getuid()).pw_name
    *_, port = os.environ.get("SSH_CONNECTION", "22").split()
    usual = "" if port == "22" else f"-P {port} "
    return f"scp {usual}{' '.join(shlex.quote(f'{user}@HOST:{name}') for name in names)} ."


def draws_unicode() -> bool:
    """Whether lines and ticks can be sent; if not, the screens use plain letters for them."""
    return (getattr(sys.__stderr__, "encoding", None) or "").lower().replace("-", "") in ("utf8", "utf8mb4")


PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"

_CHAR = r"[^\x00-\x1f\x7f-\x9f]"
_TOKENS = re.compile(
    rf"(?P<pasted>{re.escape(PASTE_START)}.*?(?:{re.escape(PASTE_END)}|\Z))"
    r"|(?P<escape>\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]OP^_X\x1b]))"
    r"|(?P<cut>\x1b(?:\[[0-?]*[ -/]*|O|[\]P^_X][^\x07\x1b]*\x1b?)?\Z)"
    rf"|(?P<burst>{_CHAR}(?:{_CHAR}|[\r\n]+(?={_CHAR}))+)(?P<enter>[\r\n]*)",
    re.DOTALL,
)
_CUT_IN_PASTE = re.compile(r"\x1b(?:\[(?:2(?:0(?:1)?)?)?)?\Z")
_LINE_BREAK = re.compile(r"\r\n?|\n")


class TypedBytes:
    """Turns what one read brought into text for Textual's parser; stands in for its UTF-8 decoder.

    A byte that is no UTF-8 becomes a mark instead of the end of the program (Textual issue 6456). Several printable
    characters in one read (dictation, a paste without brackets) are put in paste brackets, so that they are text and
    never commands. A read of nothing means that the terminal is gone: `on_hang_up` is called, once.
    """

    def __init__(
        self,
        errors: str = "strict",
        *,
        on_hang_up: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        del errors  # the caller's choice is the one that ends the program
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._on_hang_up = on_hang_up or hang_up
        self._clock = clock
        self._in_paste = False
        self._tail = ""
        """The beginning of an escape sequence that a slow line cut in two; already handed on."""
        self._tail_at = 0.0
        self._gone = False

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of one read, bursts in paste brackets."""
        if not data and not final and not self._gone:
            self._gone = True
            self._on_hang_up()
        text = self._decode(data, final)
        if not text:
            return text
        now = self._clock()
        handed_on = self._tail if now - self._tail_at < _escape_seconds() else ""
        self._tail, self._tail_at = "", now
        return self._mark_bursts(handed_on + text)[len(handed_on) :]

    def _mark_bursts(self, text: str) -> str:
        pasted = ""
        if self._in_paste:
            pasted, end, text = text.partition(PASTE_END)
            pasted += end
            self._note_paste(pasted)
        return pasted + _TOKENS.sub(self._bracketed, text)

    def _bracketed(self, token: re.Match[str]) -> str:
        if token["pasted"]:
            self._note_paste(token[0])
        elif token["cut"]:
            self._tail = token[0]
        elif token["burst"] and len("".join(token["burst"].split())) > 1:
            words, enter = _LINE_BREAK.sub("\n", token["burst"]), token["enter"]
            # One line and Enter is somebody typing ahead of a slow line; several lines are a paste to their end.
            return f"{PASTE_START}{words}{PASTE_END}{'' if chr(10) in words else enter}"
        return token[0]

    def _note_paste(self, pasted: str) -> None:
        self._in_paste = not pasted.endswith(PASTE_END)
        if self._in_paste and (cut := _CUT_IN_PASTE.search(pasted)):
            self._tail = cut[0]


def _escape_seconds() -> float:
    try:
        return int(os.environ.get("ESCDELAY", "100")) / 1000
    except ValueError:
        return 0.1


def hang_up() -> None:
    """Tell this process what the kernel would have told it; with SIGHUP ignored it would spin on a dead terminal."""
    os.kill(os.getpid(), signal.SIGHUP)


def is_gone() -> bool:
    """Whether nobody is at the other end any more."""
    import termios

    try:
        termios.tcgetattr(sys.__stderr__.fileno() if sys.__stderr__ else 2)
    except (termios.error, ValueError, OSError):
        return True
    return False


def hush(driver: object) -> None:
    """Send nothing more: Textual's thread that writes died with the terminal, and waits for its queue would not end."""
    vars(driver)["write"] = lambda _text: None


def guard_input() -> None:
    """Put `TypedBytes` where Textual's drivers make their decoder."""
    import textual.drivers.linux_driver as driver

    vars(driver)["getincrementaldecoder"] = lambda _encoding: TypedBytes
