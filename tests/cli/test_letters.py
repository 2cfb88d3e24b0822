"""A letter from the shell: written from the journal, checked, taken home as a file, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iepjournal.cli.desk import Desk
from iepjournal.errors import NotAllowed

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell


@pytest.fixture
def concern(shell: Shell, family: None) -> Shell:
    shell.done("log", "!observed %speech No speech today")
    shell.done("letter", "new", "implementation-concern", "--facts", "1")
    return shell


def test_a_letter_is_listed_shown_checked_and_exported_in_every_form(concern: Shell, tmp_path: Path) -> None:
    assert "Dear Dr. Lott:" in concern.done("letter", "show", "last").out
    assert concern.done("letter", "check", "last", "--json").json["ready"] is True
    (listed,) = concern.done("letter", "list", "--json").json["letters"]
    assert (listed["no"], listed["state"]) == (2, "draft")
    for form, begins in (("pdf", b"%PDF"), ("eml", b""), ("txt", b""), ("md", b""), ("html", b"<!")):
        assert concern.done("letter", "export", "2", f"--{form}").raw.startswith(begins)
        concern.done("letter", "export", "2", "-o", str(tmp_path / f"letter.{form}"))
        assert (tmp_path / f"letter.{form}").stat().st_size > 200
        assert (tmp_path / f"letter.{form}").stat().st_mode & 0o777 == 0o600
        again = concern("letter", "export", "2", "-o", str(tmp_path / f"letter.{form}"))
        assert again.code == 1, "never written over"


def test_a_pdf_is_not_written_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(NotAllowed, match="not text for a terminal"):
        Desk(lambda: (_ for _ in ()).throw(AssertionError)).binary_out()  # type: ignore[arg-type, return-value]


def test_a_letter_with_a_blank_leaves_only_as_a_draft(shell: Shell) -> None:
    shell.done("log", "No speech")
    shell.done("letter", "new", "implementation-concern", "--facts", "1")
    answer = shell("letter", "export", "last", "--pdf")
    assert answer.code == 1
    assert answer.raw == b""
    assert "✗" in answer.err
    assert shell.done("letter", "export", "last", "--pdf", "--draft").raw.startswith(b"%PDF")
    assert shell("letter", "check", "last").code == 1


def test_a_private_entry_stays_out_of_a_letter_unless_it_is_named_twice(shell: Shell, family: None) -> None:
    shell.done("log", "--private", "so tired of asking")
    answer = shell("letter", "new", "implementation-concern", "--facts", "1")
    assert answer.code == 1
    assert "private" in answer.err
    shell.done("letter", "new", "implementation-concern", "--facts", "1", "--private-too", "1")
    assert "so tired" in shell.done("letter", "show", "last").out


def test_another_childs_name_stops_a_letter(concern: Shell) -> None:
    concern.done("new", "leo", "--from", "-", stdin='[child]\nname = "Leo Moore"\n')
    text = concern.done("--case", "journal", "letter", "export", "last", "--md").out
    body = "Dear Dr. Lott:" + text.partition("Dear Dr. Lott:")[2].replace("Maya Bell", "Leo Moore")
    concern.done("--case", "journal", "letter", "edit", "last", "-", stdin=body)
    answer = concern("--case", "journal", "letter", "export", "last")
    assert answer.code == 1
    assert "Leo" in answer.err


def test_the_check_shows_each_part_with_the_words_that_say_it(concern: Shell) -> None:
    checked = concern.done("letter", "check", "2")
    assert "✓ which services of the IEP, with the date of the IEP (34 CFR 300.323(c)(2)): “IEP of" in checked.out
    assert "  By when? by December 4, 2026\n  What is attached? not in the text" in checked.out
    found = concern.done("letter", "check", "2", "--json").json
    assert {part["id"]: bool(part["words"]) for part in found["parts"]} == dict.fromkeys(
        ("services", "facts", "binding", "answer", "meeting"), True
    )
    assert [one["id"] for one in found["stranger"] if not one["words"]] == ["attached"]


def test_a_draft_that_was_left_lying_is_dated_anew_and_its_clock_with_it(concern: Shell) -> None:
    concern.at("2026-12-08T10:00")
    assert "Date it today" in concern.done("letter", "check", "2").err
    assert "by Fri Dec 18" in concern.done("letter", "redate", "2").out
    assert "by December 18, 2026" in " ".join(concern.done("letter", "show", "2").out.split())
    concern.done("letter", "sent", "2", "--by", "hand")
    assert concern("letter", "redate", "2").code == 1
    rows = concern.done("due", "--json").json["deadlines"]
    assert [row["due"] for row in rows if row["rule"] == "reply-requested"] == ["2026-12-18"]


def test_a_letter_goes_to_somebody_of_the_case_or_to_the_state(concern: Shell) -> None:
    answer = concern("letter", "sent", "2", "--by", "hand", "--to", "lot")
    assert answer.code == 1
    assert "@lot" in answer.err
    assert concern.done("letter", "list", "--json").json["letters"][0]["state"] == "draft"
    concern.done("letter", "sent", "2", "--by", "hand", "--to", "@lott", "--to", "MDE")


def test_a_sent_letter_is_frozen_and_its_pdf_is_kept(concern: Shell) -> None:
    pdf = concern.done("letter", "export", "last", "--pdf").raw
    assert concern("letter", "sent", "last", "--by", "pigeon").code == 1
    concern.done("letter", "sent", "last", "--on", "today", "--by", "certified", "--tracking", "7019 0000")
    (kept,) = (concern.case_folder() / "letters").iterdir()
    assert kept.read_bytes() == pdf
    assert concern.done("letter", "export", "last", "--pdf").raw == pdf
    answer = concern("letter", "edit", "last", "-", stdin="changed")
    assert answer.code == 1
    assert "was sent" in answer.err
    assert concern("undo", "--yes").code == 1
    (listed,) = concern.done("letter", "list", "--json").json["letters"]
    assert (listed["state"], listed["sent_on"], listed["received_on"]) == ("sent", "2026-11-24", "2026-11-29")
    concern.done("letter", "replied", "last", "--on", "today")
    assert concern.done("letter", "list", "--json").json["letters"][0]["state"] == "replied"


def test_a_sent_letter_is_revised_and_each_names_the_other(concern: Shell) -> None:
    assert "not sent yet" in concern("letter", "revise", "2").err
    concern.done("letter", "sent", "2", "--by", "hand")
    pdf = concern.done("letter", "export", "2", "--pdf").raw
    concern.at("2026-12-08T10:00").done("letter", "revise", "2", "--why", "a date was wrong")
    shown = concern.done("letter", "show", "3")
    assert "This letter replaces my letter of November 24, 2026" in " ".join(shown.out.split())
    assert "It replaces letter 2" in shown.err
    assert "Letter 3 replaces it, once it is sent" in concern.done("letter", "show", "2").err
    concern.done("letter", "sent", "3", "--by", "hand")
    assert "Letter 3 replaces it:" in concern.done("letter", "show", "2").err
    old, new = concern.done("letter", "list", "--json").json["letters"]
    assert (old["replaced_by"], new["replaces"]) == (3, 2)
    assert concern.done("letter", "show", "2", "--json").json["replaced_by"] == 3
    assert concern.done("letter", "export", "2", "--pdf").raw == pdf
    rows = concern.done("due", "--json", "--as-of", "2026-12-31").json["deadlines"]
    assert [row["status"] for row in rows if row["rule"] == "reply-requested"] == ["waived", "overdue"]


def test_what_a_reply_left_open_is_shown_and_quoted_in_the_next_letter(concern: Shell) -> None:
    concern.done("letter", "sent", "2", "--by", "hand")
    assert "  1 Please send me a written answer" in concern.done("letter", "show", "2").err
    assert "letter replied 2 --on 2026-11-24 --answered" in concern.done("letter", "replied", "2").err
    assert concern("letter", "replied", "2", "--answered", "7").code == 1
    assert "There are: 1 to 2" in concern("letter", "replied", "2", "--answered", "7").err
    said = concern.done("letter", "replied", "2", "--answered", "2").err
    assert "  1 · still open: Please send" in said
    assert "  2 ✓ If the problem" in said
    asks = concern.done("letter", "show", "2", "--json").json["asks"]
    assert [ask["answered"] for ask in asks] == [False, True]
    assert "1 question open" in concern.done("letter", "list").out
    concern.done("letter", "new", "refused-reply", "--set", "reply.words=We are looking into it.")
    text = " ".join(concern.done("letter", "show", "last").out.split())
    assert "your answer of November 24, 2026" in text
    assert "• “Please send me a written answer" in text
    assert "If the problem goes on" not in text
    concern.done("letter", "replied", "2", "--answered", "1")
    assert "still open" not in concern.done("letter", "show", "2").err


def test_figures_are_conservative_unless_the_others_are_chosen_and_the_letter_says_which(
    shell: Shell, family: None
) -> None:
    shell.done("session", "speech", "missed", "--on", "2026-11-10", "--reason", "vacancy")
    shell.done("session", "speech", "missed", "--on", "2026-11-12", "--reason", "child-absent")
    for flags, said, minutes in (((), "counted conservatively", 30), (("--as-written",), "as the IEP is written", 60)):
        written = shell.done("letter", "new", "compensatory-request", *flags)
        assert said in written.err
        text = " ".join(shell.done("letter", "show", "last").out.split())
        assert f"{said}: in whole sessions" in text
        table = next(line for line in shell.done("letter", "export", "last", "--md", "--draft").out.splitlines()
                     if line.startswith("| Speech therapy"))  # fmt: skip
        assert table.split("|")[4].strip() == str(minutes)


def test_a_spelling_doubt_is_listed_stops_nothing_and_is_right_once_the_parent_says_so(concern: Shell) -> None:
    body = "Dear Dr. Lott:" + concern.done("letter", "export", "2", "--md").out.partition("Dear Dr. Lott:")[2]
    changed = body.replace("services", "servicse", 1).replace("Thank you", "Maya likes proclaymation.\n\nThank you")
    concern.done("letter", "edit", "2", "-", stdin=changed)
    checked = concern.done("letter", "check", "2", "--json").json
    assert checked["ready"] is True
    assert [(one["word"], one["corrections"][:2]) for one in checked["spelling"]] == [
        ("servicse", ["services", "service"]), ("proclaymation", ["proclamation"]),
    ]  # fmt: skip
    assert "“servicse”: services, service?" in concern.done("letter", "check", "2").out
    concern.done("letter", "check", "2", "--right", "Proclaymation")
    concern.done("letter", "new", "implementation-concern", "--facts", "1")
    concern.done("letter", "edit", "3", "-", stdin=changed)
    assert [one["word"] for one in concern.done("letter", "check", "3", "--json").json["spelling"]] == ["servicse"]


def test_there_is_no_letter_of_an_unknown_name(shell: Shell, family: None) -> None:
    answer = shell("letter", "new", "angry-letter")
    assert answer.code == 1
    assert "implementation-concern" in answer.err
    assert "implementation-concern" in shell.done("letter", "new").out


def test_a_letter_is_addressed_anew_and_greets_only_when_that_is_said(shell: Shell, family: None) -> None:
    shell.done("letter", "new", "records-request")
    answer = shell.done("letter", "address", "last", "--to", "hill", "--off", "lott", "--subject", "Maya's records")
    assert "addressed  Ms. Dana Hill" in answer.out
    assert "To make it “Dear Ms. Hill:”: add --greeting" in answer.err
    assert "Dear Dr. Lott:" in shell.done("letter", "show", "last").out
    shell.done("letter", "address", "last", "--greeting")
    shown = shell.done("letter", "show", "last").out
    assert "Dear Ms. Hill:" in shown
    assert "Maya's records" in shown or shell.done("letter", "list").out.count("Maya's records") == 1
    assert shell("letter", "address", "last", "--off", "hill").code == 1
    assert "There is no person @nobody" in shell("letter", "address", "last", "--cc", "nobody").err
