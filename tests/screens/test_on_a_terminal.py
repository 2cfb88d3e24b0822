from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from casebook import NOW
from pseudo_terminal import PseudoTerminal

from iepjournal.core.records import Entry, Letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

    Opened = Callable[..., PseudoTerminal]
    Write = Callable[..., tuple[Record, ...]]

HOSTILE = "\x1b]52;c;QUJD\x07\x1b[31mred\x9b31m \u202eevil \x00\x7f[/] [Exhibit A] [@click=app.quit]x[/]"


@pytest.fixture
def environment(store: CaseStore, tmp_path: Path) -> dict[str, str]:
    """A plain terminal on this machine."""
    return {
        "IEPJOURNAL_HOME": str(store.folder.parent.parent),
        "IEPJOURNAL_CASE": "maya",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "TERM": "xterm-256color",
        "SSH_CONNECTION": "",
        "NO_COLOR": "",
    }


@pytest.fixture
def opened(environment: dict[str, str]) -> Opened:
    """The screens on a terminal: `with opened() as terminal`."""

    def on_a_terminal(size: tuple[int, int] = (40, 20), **more: object) -> PseudoTerminal:
        before = more.pop("before", lambda: None)
        return PseudoTerminal(
            {**environment, **{name: str(value) for name, value in more.items()}}, size, before=before
        )

    return on_a_terminal


def texts(store: CaseStore) -> list[str]:
    return [entry.text for entry in store.case().entries]


def drafts(store: CaseStore) -> list[str]:
    return [draft.text for draft in store.drafts()]


def test_an_entry_is_typed_and_saved_and_the_program_left(opened: Opened, store: CaseStore) -> None:
    with opened() as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"a", "Enter saves")
        terminal.type("no speech")
        terminal.press(b"\r", "Saved as entry 1")
        terminal.send(b"q")
        assert terminal.end() == 0
    assert texts(store) == ["no speech"]
    assert b"\x1b[?1049l" in terminal.raw


def test_no_control_code_of_a_stored_text_reaches_the_terminal(opened: Opened, write: Write) -> None:
    write(Entry(happened_on=NOW.date(), text=HOSTILE, raw=HOSTILE, tags=(HOSTILE,), quote=(HOSTILE,)))
    with opened(size=(80, 24)) as terminal:
        terminal.see("Today", "? keys")
        terminal.press(b"l", "Log ·", "[Exhibit A]", "? keys")
        terminal.press(b"\r", "[@click=app.quit]x[/]", "x strike f file")
        terminal.press(b"e", "Correct entry 1", "Enter saves", "[Exhibit A]")
        terminal.press(b"\x1b", "x strike f file", gone=("Correct entry 1",))
        terminal.press(b"?", "Keys · Entry", "q back")
        terminal.press(b"q", "e correct", gone=("Keys · Entry",))
        terminal.press(b"x", "Strike entry 1", "goes back")
    for code in (b"]52", b"QUJD\x07", "\x9b".encode(), "\u202e".encode(), b"\x00", b"\x1b[31mred"):
        assert code not in terminal.raw, code


def test_dictation_in_one_read_strikes_nothing_and_is_offered_as_an_entry(
    opened: Opened, write: Write, store: CaseStore
) -> None:
    write(Entry(happened_on=NOW.date(), text="the aide was out", raw=""))
    with opened() as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"l", "Log ·", "the aide was out", "keys")
        terminal.press(b"x speech\ruyes\rq", "Enter saves", "x speech uyes")
        assert [line.strip() for line in terminal.lines[2:4]] == ["x speech", "uyes"]
    assert texts(store) == ["the aide was out"]


def test_the_keys_in_one_read_with_a_burst_do_not_save_it(opened: Opened, store: CaseStore) -> None:
    with opened() as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"no speech today\r", "Enter saves", "no speech today")
        terminal.press(b"!", "no speech today!")  # the box is still open, and what came before is done with
    assert texts(store) == []


def test_three_lines_pasted_without_brackets_are_one_entry_of_three_lines(opened: Opened, store: CaseStore) -> None:
    with opened() as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"a", "Enter saves")
        terminal.type("no speech\rthe sub said\rshe is out\r", "she is out")
        terminal.press(b"\r", "Saved as entry 1")
    assert texts(store) == ["no speech\nthe sub said\nshe is out"]


def test_an_arrow_whose_bytes_come_apart_over_ssh_types_nothing_and_closes_nothing(
    opened: Opened, store: CaseStore
) -> None:
    with opened(SSH_CONNECTION="198.51.100.7 50000 198.51.100.8 22") as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"a", "Enter saves")
        terminal.type("no speech")
        for read in (b"\x1b", b"[", b"A"):
            terminal.send(read)
            terminal.settle(0.4)
        terminal.press(b"+", "+no speech")  # it was the arrow that goes up
        terminal.press(b"\r", "Saved as entry 1")
    assert texts(store) == ["+no speech"]


def test_a_latin_1_byte_keeps_the_program_alive(opened: Opened, store: CaseStore) -> None:
    with opened() as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"a", "Enter saves")
        terminal.type("caf")
        terminal.send(b"\xe9")
        terminal.press(b"s", "caf�s")
        terminal.press(b"\r", "Saved as entry 1")
    assert texts(store) == ["caf�s"]


def ignore_hang_ups() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("before", [lambda: None, ignore_hang_ups], ids=["", "hang-ups ignored"])
def test_a_signal_keeps_what_was_being_typed(
    opened: Opened, store: CaseStore, number: signal.Signals, before: Callable[[], object]
) -> None:
    with opened(before=before) as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"a", "Enter saves")
        terminal.type("no speech")
        os.kill(terminal.pid, number)
        assert terminal.end() == 128 + number
    assert drafts(store) == ["no speech"]
    assert b"\x1b[?1049l" in terminal.raw


@pytest.mark.parametrize("before", [lambda: None, ignore_hang_ups], ids=["", "hang-ups ignored"])
def test_a_lost_line_keeps_what_was_being_typed_and_leaves_no_process(
    opened: Opened, store: CaseStore, before: Callable[[], object]
) -> None:
    with opened(before=before) as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"a", "Enter saves")
        terminal.type("no speech")
        terminal.hang_up()
        assert terminal.end() == 128 + signal.SIGHUP
    assert drafts(store) == ["no speech"]


def test_what_is_typed_without_a_pause_is_on_disk_when_the_program_is_killed(opened: Opened, store: CaseStore) -> None:
    with opened() as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"a", "Enter saves")
        for _ in range(600):  # never a pause; it is written after three seconds
            terminal.send(b"s", apart=0.1)
            if store.drafts():
                break
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    assert set(*drafts(store)) == {"s"}
    with opened() as terminal:
        terminal.see("Today", "Not saved yet", "keys")
        terminal.press(b"1", "are here again", *drafts(store))


def test_the_terminals_own_two_colours_are_all_that_is_sent_under_no_color(opened: Opened) -> None:
    with opened(NO_COLOR="1") as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"l", "Log ·", "keys")
        terminal.press(b"a", "Enter saves")
    sent = terminal.raw.replace(b"\x1b[39;49m", b"").replace(b";39;49m", b"m")
    assert b"\x1b[38;" not in sent
    assert b";38;" not in sent
    assert b"48;" not in sent


def test_a_terminal_without_unicode_gets_plain_letters(opened: Opened) -> None:
    with opened(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0") as terminal:
        terminal.see("Today", "-" * 40, "? keys")
    assert max(terminal.raw) < 128


@pytest.mark.parametrize("term", ["linux", "vt100", "screen", "putty"])
def test_old_terminals_show_the_page(opened: Opened, term: str) -> None:
    with opened(TERM=term, COLORTERM="") as terminal:
        terminal.see("Today", "? keys")
        terminal.send(b"q")
        assert terminal.end() == 0


@pytest.mark.parametrize("term", ["linux", "xterm-16color", "vt100"])
def test_few_colours_are_the_terminals_own_two_and_the_row_with_the_mark_is_reversed(
    opened: Opened, store: CaseStore, write: Write, term: str
) -> None:
    write(Entry(happened_on=NOW.date(), text="no speech", raw="no speech"))
    with opened(TERM=term, COLORTERM="") as terminal:
        terminal.see("Today", "? keys")
        terminal.press(b"l", "Log ·", "no speech", "? keys")
        assert any(terminal.reversed_cells(line) > 30 for line in range(2, 18))
    assert not re.search(rb"\x1b\[[0-9;]*(?<![0-9])(3[0-7]|4[0-7]|9[0-7]|10[0-7]|38;5|48;5)m", terminal.raw)


def test_256_colours_are_enough_for_every_shade(opened: Opened) -> None:
    with opened(TERM="xterm-256color", COLORTERM="") as terminal:
        terminal.see("Today", "? keys")
        terminal.press(b"l", "Log ·", "? keys")
    grounds = {int(number) for number in re.findall(rb"48;5;(\d+)m", terminal.raw)}
    assert grounds
    assert all(number >= 232 for number in grounds), "a tinted ground"


def test_the_window_is_measured_whatever_the_environment_says(opened: Opened) -> None:
    with opened(COLUMNS="132", LINES="60") as terminal:
        terminal.see("Today", "? keys")
        assert terminal.lines[-1].endswith("? keys")
        assert terminal.lines[1] == "─" * 40


def test_a_dumb_terminal_is_refused_with_what_to_use_instead(environment: dict[str, str]) -> None:
    with PseudoTerminal({**environment, "TERM": "dumb"}, (80, 24)) as terminal:
        terminal.see("cannot draw", "--plain")
        assert terminal.end() == 1


def test_without_a_terminal_it_refuses_instead_of_hanging(environment: dict[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "iepjournal"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    assert "need a terminal" in run.stderr


def test_a_letter_goes_through_the_own_editor_and_to_the_clipboard(
    opened: Opened, write: Write, store: CaseStore, tmp_path: Path
) -> None:
    """The editor has the terminal to itself; what it wrote is the text, and the terminal is asked to keep a copy."""
    write(
        Letter(
            template="thank-you", title="Thanks", dated=NOW.date(), to=("Dr. Lott",), text="Dear Dr. Lott: thank you."
        )
    )
    script = tmp_path / "own"
    script.write_text(
        '#!/bin/sh\nprintf "the own editor"; read word; printf "Dear Ms. Hill: thanks. \\033[31m" >"$1"\n'
    )
    script.chmod(0o700)
    with opened((44, 28), EDITOR=script, VISUAL="", TMUX="", STY="") as terminal:
        terminal.see("Today", "keys")
        terminal.press(b"w", "Not sent yet")
        terminal.press(b"1", "Write on it")
        terminal.press(b"e", "saved")
        terminal.press(b"\t", "Write it in own")
        terminal.press(b"y", "the own editor")
        terminal.press(b"\r", "Dear Ms. Hill: thanks.", "Removed")
        terminal.press(b"n", "is saved")
        terminal.press(b"b", "Copy the text")
        terminal.press(b"1", "Sent to the terminal")
    (letter,) = store.case().letters
    assert letter.text == "Dear Ms. Hill: thanks. "
    assert drafts(store) == []
    (copied,) = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", terminal.raw)
    assert "Dear Ms. Hill: thanks." in base64.b64decode(copied).decode()


EDITORS: dict[str, tuple[tuple[bytes, str], ...]] = {
    "add": ((b"a", "Enter saves"),),
    "correct": ((b"l", "Log · 1 entry"), (b"\r", "x strike f file"), (b"e", "Correct entry 1")),
    "letter": ((b"w", "Not sent yet"), (b"1", "Write on it"), (b"e", "text kept")),
}
"""The ways into each box that takes long texts: keys, and words that stand only on the page they bring."""


@pytest.mark.parametrize("editor", EDITORS)
def test_whatever_ends_it_the_text_of_every_editor_is_offered_again(
    opened: Opened, write: Write, store: CaseStore, editor: str
) -> None:
    """A lost line, a signal, a closed window, a kill: each leaves with a status of its own and one text more."""
    write(Entry(happened_on=NOW.date(), text="the aide was out", raw=""))
    write(
        Letter(template="thank-you", title="Thanks", dated=NOW.date(), to=("Dr. Lott",), text="Dear Dr. Lott: thanks")
    )
    ends = {"hup": 129, "term": 143, "closed": 129, "kill": -9}
    written = ""
    for end, status in ends.items():
        with opened(size=(80, 24)) as terminal:
            if written:
                terminal.see("Not saved yet", "? keys")
                terminal.press(b"1", written, "here again")
            else:
                terminal.see("Today", "? keys")
                for keys, brings in EDITORS[editor]:
                    terminal.press(keys, brings)
            terminal.type(f"{end}.")
            written = f"{end}."
            if end == "kill":
                while not any(written in text for text in drafts(store)):  # on the next pause
                    terminal.settle(0.1)
                os.kill(terminal.pid, signal.SIGKILL)
            elif end == "closed":
                terminal.hang_up()
            else:
                os.kill(terminal.pid, {"hup": signal.SIGHUP, "term": signal.SIGTERM}[end])
            assert terminal.end() == status
        (kept,) = drafts(store)
        assert written in kept
    assert all(f"{end}." in kept for end in ends)


PASTED = b"\x1b[200~first\nsecond\nthird\x1b[201~"


@pytest.mark.parametrize("editor", EDITORS)
def test_a_paste_of_three_lines_is_three_lines_in_every_editor(
    opened: Opened, write: Write, store: CaseStore, editor: str
) -> None:
    write(Entry(happened_on=NOW.date(), text="the aide was out", raw=""))
    write(
        Letter(template="thank-you", title="Thanks", dated=NOW.date(), to=("Dr. Lott",), text="Dear Dr. Lott: thanks")
    )
    with opened(size=(80, 24)) as terminal:
        terminal.see("Today", "? keys")
        for keys, brings in EDITORS[editor]:
            terminal.press(keys, brings)
        terminal.press(PASTED, "first", "second", "third")
        os.kill(terminal.pid, signal.SIGTERM)
        terminal.end()
    (kept,) = drafts(store)
    assert "first\nsecond\nthird" in kept


def test_a_burst_is_kept_before_another_key_is_pressed(opened: Opened, store: CaseStore) -> None:
    with opened() as terminal:
        terminal.see("Today", "? keys")
        terminal.press(b"no speech today", "Enter saves", "no speech today")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
    assert drafts(store) == ["no speech today"]


def test_a_paste_into_a_box_of_one_line_keeps_every_word_and_says_so(
    opened: Opened, write: Write, store: CaseStore
) -> None:
    write(Entry(happened_on=NOW.date(), text="the aide was out", raw=""))
    with opened(size=(80, 24)) as terminal:
        terminal.see("Today", "? keys")
        terminal.press(b"l", "Log ·", "the aide was out", "? keys")
        terminal.press(b"x", "Strike entry 1")
        terminal.press(PASTED, "first second third", "The 3 lines you pasted stand on one line")
        terminal.press(b"\r", "Entry 1 is struck")
    assert list(store.case().struck.values()) == ["first second third"]


@pytest.mark.parametrize("size", [(39, 20), (40, 11), (20, 5)])
def test_below_the_smallest_size_one_sentence_says_so(opened: Opened, size: tuple[int, int]) -> None:
    with opened(size=size) as terminal:
        terminal.see("Please make the window larger: 40 x 12 at least.")
        assert "Today" not in terminal.text
