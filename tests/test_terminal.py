from __future__ import annotations

import pytest

from iepjournal.terminal import PASTE_END, PASTE_START, TypedBytes, fetched_by


class Reads:
    """A decoder with a clock of its own; each read comes `apart` seconds after the one before."""

    def __init__(self, apart: float = 5.0) -> None:
        self.now, self.apart, self.hang_ups = 0.0, apart, 0
        self.decoder = TypedBytes(on_hang_up=self.hung_up, clock=lambda: self.now)

    def hung_up(self) -> None:
        self.hang_ups += 1

    def __call__(self, *reads: bytes) -> list[str]:
        texts = []
        for read in reads:
            self.now += self.apart
            texts.append(self.decoder.decode(read))
        return texts


def pasted(text: str) -> str:
    return f"{PASTE_START}{text}{PASTE_END}"


def test_a_single_key_is_a_key() -> None:
    assert Reads()(b"x", b"\r", b"x\r", b"x ") == ["x", "\r", "x\r", "x "]


def test_several_letters_in_one_read_are_text() -> None:
    assert Reads()(b"xu") == [pasted("xu")]


def test_dictation_with_a_line_break_is_one_text() -> None:
    assert Reads()(b"no speech\rx y") == [pasted("no speech\nx y")]


def test_lines_without_brackets_keep_their_last_break_out_of_the_commands() -> None:
    assert Reads()(b"one\r\ntwo\r\n") == [pasted("one\ntwo")]


def test_a_line_typed_ahead_of_a_slow_line_is_ended_by_its_enter() -> None:
    assert Reads()(b"no speech\r") == [pasted("no speech") + "\r"]


def test_backspaces_typed_ahead_stay_keys() -> None:
    assert Reads()(b"teh\x7f\x7fhe") == [pasted("teh") + "\x7f\x7f" + pasted("he")]


def test_a_paste_in_brackets_is_left_as_it_is() -> None:
    assert Reads()(b"\x1b[200~one\rtwo\x1b[201~") == ["\x1b[200~one\rtwo\x1b[201~"]


def test_a_paste_in_brackets_may_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCDELAY", "1000")
    reads = (b"\x1b[20", b"0~one\rtwo", b"three\x1b[2", b"01~", b"xu")
    assert Reads(apart=0.3)(*reads) == ["\x1b[20", "0~one\rtwo", "three\x1b[2", "01~", pasted("xu")]


@pytest.mark.parametrize(
    "reads",
    [
        (b"\x1b[A",),
        (b"\x1b", b"[", b"A"),
        (b"\x1b[1;", b"5A"),
        (b"\x1bO", b"P"),
        (b"\x1b[<35;10;", b"12M"),
        (b"\x1b[?2026;2", b"$y"),
    ],
)
def test_an_arrow_cut_in_pieces_by_a_slow_line_is_still_an_arrow(
    reads: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCDELAY", "1000")
    assert Reads(apart=0.4)(*reads) == [read.decode() for read in reads]


def test_esc_and_a_burst_much_later_are_two_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCDELAY", "1000")
    assert Reads(apart=2.0)(b"\x1b", b"[A") == ["\x1b", pasted("[A")]


def test_a_burst_after_an_arrow_in_the_same_read_is_text() -> None:
    assert Reads()(b"\x1b[Axu") == ["\x1b[A" + pasted("xu")]


def test_a_byte_that_is_no_utf8_becomes_a_mark() -> None:
    assert "".join(Reads()(b"\xe9", b"x")) == pasted("�x")


def test_a_letter_cut_in_two_by_the_line_is_put_together() -> None:
    assert Reads()("é".encode()[:1], "é".encode()[1:]) == ["", "é"]


def test_a_dead_terminal_is_said_once() -> None:
    reads = Reads()
    reads(b"", b"", b"")
    assert reads.hang_ups == 1


def test_the_command_that_fetches_files_knows_the_port_and_quotes_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    assert fetched_by(["complaint.zip"]).endswith("@HOST:complaint.zip .")
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.9 50000 198.51.100.7 2222")
    command = fetched_by(["a set.pdf", "b.pdf"])
    assert command.startswith("scp -P 2222 '")
    assert "@HOST:a set.pdf' " in command
