"""Taking back and erasing from the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Shell


def test_undo_shows_what_it_takes_back_and_asks_first(shell: Shell) -> None:
    shell.done("log", "No speech")
    answer = shell("undo", stdin="n\n", tty=True)
    assert answer.code == 1
    assert "“No speech”" in answer.err
    assert len(shell.done("list", "--json").json["entries"]) == 1
    assert shell("undo").code == 1, "with nobody there to ask, nothing is taken back"
    shell.done("undo", stdin="y\n", tty=True)
    assert shell.done("list", "--json").json["entries"] == []
    assert "nothing of yours" in shell("undo", "--yes").err


def test_a_struck_entry_can_be_seen_and_brought_back(shell: Shell) -> None:
    shell.done("log", "twice")
    shell.done("strike", "last", "--why", "logged twice")
    assert "twice" not in shell.done("list").out
    assert "Struck: logged twice" in shell.done("show", "1").out
    shell.done("undo", "--yes")
    assert "twice" in shell.done("list").out


def test_purge_needs_the_number_typed_again_and_leaves_no_trace_of_the_words(shell: Shell) -> None:
    shell.done("log", "before")
    shell.done("log", "my password is hunter2")
    shell.done("log", "after")
    answer = shell("purge", "2", "--why", "a secret", stdin="3\n", tty=True)
    assert answer.code == 1
    assert "Nothing was erased" in answer.err
    shell.done("purge", "2", "--why", "a secret", stdin="2\n", tty=True)
    kept = b"".join(path.read_bytes() for path in shell.home.rglob("*") if path.is_file())
    assert b"hunter2" not in kept
    assert [entry["no"] for entry in shell.done("list", "--json").json["entries"]] == [1, 3]
    assert shell.done("verify").code == 0
    assert "erased by a purge" in shell("show", "2").err
    shell.done("log", "the number is not given again")
    assert shell.done("list", "--json").json["entries"][-1]["no"] == 4


def test_what_is_not_there_is_said_in_one_sentence(shell: Shell) -> None:
    shell.done("log", "one")
    for command in (["show", "7"], ["strike", "7", "--why", "x"], ["amend", "x", "text", "--why", "x"]):
        answer = shell(*command)
        assert answer.code == 1
        assert answer.err.count("\n") == 1
        assert "There is no" in answer.err
    assert shell("frobnicate").code == 2
    assert "Did you mean “list”" in shell("lst").err
    assert shell("strike", "1").code == 2, "a strike needs its reason"
