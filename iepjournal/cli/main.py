"""From argv to a verb and an exit code. Loads the one file the verb lives in, and nothing that draws."""

from __future__ import annotations

import errno
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from iepjournal.cli.desk import Desk, system_clock
from iepjournal.cli.streams import make_able
from iepjournal.cli.verbs import GROUPS, VERBS
from iepjournal.errors import JournalError, JournalTooNew, JournalUnreadable, NotAllowed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from iepjournal.cli.desk import Clock

DONE, NOT_DONE, WRONG_USAGE, UNUSABLE, SEAL_NOT_FOUND, SOMETHING_IS_DUE = range(6)
"""Exit codes; 128 + n when signal n ended it."""


def run() -> NoReturn:
    """What the console scripts call."""
    if os.name != "posix":
        sys.exit("iepjournal keeps its files safe with POSIX locks. On Windows, run it inside WSL.")
    os.umask(0o077)
    _forbid_core_dumps()
    make_able()
    # A verb is over before a collection would free anything, and reading 10,000 entries set off dozens of them.
    gc.disable()
    sys.exit(main())


def main(argv: Sequence[str] | None = None, clock: Clock = system_clock) -> int:
    """Carry out one command line and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        case, plain, words = _before_the_verb(words)
        desk = Desk(clock, case or os.environ.get("IEPJOURNAL_CASE", ""))
        desk.plain = plain
        return carry_out(words, desk)
    except JournalError as error:
        print(error, file=sys.stderr)
        return UNUSABLE if isinstance(error, JournalUnreadable | JournalTooNew) else NOT_DONE
    except KeyboardInterrupt:
        print("\nStopped. What was saved before is kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `| head` closed the pipe
        _say_no_more()
        return 141
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        _say_no_more()  # the line to the terminal dropped
        return 129


def _say_no_more() -> None:
    """Nobody listens: Python would complain again while flushing at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _before_the_verb(words: list[str]) -> tuple[str, bool, list[str]]:
    """Take --case and --plain off the front; argparse alone would need every verb's parser to find the verb."""
    case, plain = "", False
    while words:
        if words[0] == "--case":
            case, words = next(iter(words[1:]), ""), words[2:]
            if not case:
                raise NotAllowed("Which case? Nothing was done.", "As in: iepjournal --case maya list")
        elif words[0].startswith("--case="):
            case, words = words[0].partition("=")[2], words[1:]
        elif words[0] == "--plain":
            plain, words = True, words[1:]
        else:
            break
    return case, plain, words


def carry_out(words: list[str], desk: Desk) -> int:
    """Carry out one verb at a desk; what cannot be done is a JournalError."""
    if not words:
        from iepjournal.cli.screens import open_screens

        return open_screens(desk)
    name, rest = words[0], words[1:]
    if name in ("-h", "--help", "help"):
        desk.out(_overview())
        return DONE
    if name == "--version":
        desk.out(_version())
        return DONE
    if name not in VERBS:
        desk.say(f"There is no “{name}”. {_nearest(name)}All of them: iepjournal --help")
        return WRONG_USAGE
    module = import_module(f"iepjournal.cli.{VERBS[name].file}")
    function = name.replace("-", "_") + ("_" if name in ("list", "import", "print") else "")
    parser = _parser(name)
    getattr(module, f"{function.rstrip('_')}_arguments")(parser)
    parser.add_argument("--case", default="", metavar="SLUG", help="which case, when there are several")
    case, rest = _case_among(rest)
    try:
        args = _parsed(parser, rest)
    except SystemExit as stop:
        return int(stop.code or 0)
    desk.case_name = case or args.case or desk.case_name
    return int(getattr(module, function)(args, desk) or DONE)


def _case_among(words: list[str]) -> tuple[str, list[str]]:
    """Take --case out wherever it stands; argparse would not know it after an action such as `letter new`."""
    options = words[: words.index("--")] if "--" in words else words
    for place, word in enumerate(options):
        if word.startswith("--case="):
            return word.partition("=")[2], [*words[:place], *words[place + 1 :]]
        if word == "--case" and place + 1 < len(options):
            return words[place + 1], [*words[:place], *words[place + 2 :]]
    return "", words


def _parser(name: str) -> argparse.ArgumentParser:
    from iepjournal.cli.usage import Parser

    does = VERBS[name].does
    return Parser(f"iepjournal {name}", f"{does[:1].upper()}{does[1:]}.")


def _parsed(parser: argparse.ArgumentParser, words: list[str]) -> argparse.Namespace:
    """Options may stand before, after and between the words; only verbs with actions of their own cannot do that."""
    args, left_over = parser.parse_known_args(words)
    if not left_over:
        return args
    try:  # asked second, because it formats the whole help each time
        return parser.parse_intermixed_args(words)
    except TypeError:
        return parser.parse_args(words)


def _overview() -> str:
    width = max(map(len, VERBS)) + 2
    lines = [
        "iepjournal: a case journal for parents whose school is not following the IEP.",
        "",
        "  iepjournal              opens the screens",
        "  iepjournal VERB --help  says more about one verb",
        "  --case SLUG             which case, when there are several",
        "  --plain                 menus without drawing, for screen readers",
    ]
    for title, verbs in GROUPS.items():
        lines += ["", title, *(f"  {name:<{width}}{verb.does}" for name, verb in verbs.items())]
    return "\n".join(lines)


def _version() -> str:
    from importlib.metadata import version

    return f"iepjournal {version('iepjournal')}"


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, VERBS, 1)
    return f"Did you mean “{near[0]}”? " if near else ""


def _forbid_core_dumps() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
