"""The plain mode, played through pipes: numbered choices and one question at a time."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iepjournal.cli.plain.menu import ITEMS
from iepjournal.core import drafts
from iepjournal.core.records import Claim, Exhibit, Packet
from iepjournal.errors import NotSaved
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Answer, Shell

BACK = ""


def plain(shell: Shell, *typed: str) -> Answer:
    """Type these lines, then close the input; a choice is taken by its name as well as by its number."""
    return shell.done("--plain", stdin="".join(f"{line}\n" for line in typed))


def entries(shell: Shell) -> list[dict[str, object]]:
    found: list[dict[str, object]] = shell.done("list", "--json").json["entries"]
    return found


def draft(shell: Shell, name: str = "entry") -> str:
    return next((one.text for one in CaseStore(shell.case_folder()).drafts() if one.name == name), "")


def test_the_first_start_asks_four_things_and_each_can_be_skipped(shell: Shell) -> None:
    answer = plain(shell, "Maya Bell", BACK, "Millbrook School District", "8/14")
    assert "Your child's name" in answer.out
    known = shell.done("profile", "--json").json["profile"]
    assert (known["child.name"], known["school.district"]) == ("Maya Bell", "Millbrook School District")
    assert "school.name" not in known
    assert shell.done("iep", "--json").json["ieps"][0]["dated"] == "2026-08-14"


def test_a_date_that_is_none_is_asked_again_at_the_first_start(shell: Shell) -> None:
    answer = plain(shell, BACK, BACK, BACK, "13/6/26", "8/14/2026")
    assert "not a date" in answer.out
    assert shell.done("iep", "--json").json["ieps"][0]["dated"] == "2026-08-14"


def test_leaving_the_first_questions_leads_to_the_menu_and_the_first_entry(shell: Shell) -> None:
    plain(shell, "q", "write", "No speech today", BACK, "save")
    assert [entry["text"] for entry in entries(shell)] == ["No speech today"]


def test_what_was_understood_is_said_before_and_after_it_is_saved(shell: Shell, family: None) -> None:
    answer = plain(shell, "write", "yesterday 3:10p @hill !call speech came", "and OT too", BACK, "save")
    before, saved, after = answer.out.partition("Saved 1:")
    assert "Understood: Mon Nov 23, 3:10 pm · call · Ms. Hill" in before
    assert saved
    assert after.startswith(" Mon Nov 23, 3:10 pm · call · Ms. Hill")
    assert entries(shell)[0]["text"] == "speech came\nand OT too"


@pytest.mark.parametrize(
    ("answer", "by"), [("y", "2026-11-30"), ("12/4", "2026-12-04"), ("no such day\n12/4", "2026-12-04"), ("n", None)]
)
def test_a_promise_is_asked_about_after_the_save_and_kept_only_when_that_is_said(
    shell: Shell, family: None, answer: str, by: str | None
) -> None:
    plain(shell, "write", "@hill !call she will be back Monday", BACK, "save", answer)
    promises = CaseStore(shell.case_folder()).case().promises
    assert [str(promise.by) for promise in promises] == ([by] if by else [])
    assert [promise.text for promise in promises] == (["back Monday"] if by else [])


def test_the_end_of_the_input_keeps_the_words_and_the_next_start_offers_them(shell: Shell, family: None) -> None:
    answer = plain(shell, "write", "Ms. Hill said", "two things")
    assert "Your words are kept" in answer.out
    assert draft(shell) == "Ms. Hill said\ntwo things"
    assert entries(shell) == []
    answer = plain(shell, "write", "1", BACK, "save")
    assert "Not saved yet, from" in answer.out
    assert [entry["text"] for entry in entries(shell)] == ["Ms. Hill said\ntwo things"]
    assert draft(shell) == ""


@pytest.mark.parametrize("leave", ["q", BACK])
def test_going_back_before_the_save_keeps_the_words(shell: Shell, family: None, leave: str) -> None:
    answer = plain(shell, "write", "No aide", BACK, leave)
    assert draft(shell) == "No aide"
    assert "go on with what is not saved yet" in answer.out


def test_a_disk_that_keeps_no_draft_does_not_take_the_words_away(
    shell: Shell, family: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: object) -> None:
        raise NotSaved("the disk is full")

    monkeypatch.setattr(CaseStore, "keep_draft", refuses)
    answer = plain(shell, "write", "No aide", "and no speech", BACK, "save")
    assert "Your words stand only on this screen" in answer.out
    assert [entry["text"] for entry in entries(shell)] == ["No aide\nand no speech"]


def test_q_before_any_words_is_no_entry(shell: Shell, family: None) -> None:
    plain(shell, "write", "q")
    assert draft(shell) == ""


def test_a_field_is_chosen_from_lists_before_the_save(shell: Shell, family: None) -> None:
    fields = ["field", "type", "child-said", "field", "service", "speech", "field", "how", "child-told"]
    plain(shell, "write", "no speech", BACK, *fields, "field", "private", "y", "save")
    (entry,) = entries(shell)
    assert (entry["type"], entry["service"], entry["how"], entry["private"]) == (
        "child-said", "speech", "child-told", True,
    )  # fmt: skip


def test_a_day_to_come_is_saved_only_when_it_is_said_to_be_meant(shell: Shell, family: None) -> None:
    answer = plain(shell, "write", "12/8/2026: IEP meeting", BACK, "future", "save")
    assert "still to come" in answer.out
    assert entries(shell)[0]["happened_on"] == "2026-12-08"


def test_what_is_no_choice_is_asked_again(shell: Shell, family: None) -> None:
    answer = plain(shell, "99", "1", "q")
    assert "Please type a number from 1 to" in answer.out
    assert "What happened?" in answer.out


def test_the_same_choices_are_read_once_and_again_when_asked_for(shell: Shell, family: None) -> None:
    once = plain(shell, "write", "q", "write", "q").out.count("1 write down what happened")
    asked = plain(shell, "write", "q", "?").out.count("1 write down what happened")
    assert (once, asked) == (1, 2)


def test_a_session_is_answered_with_its_minutes_its_reason_and_how_it_is_known(shell: Shell, family: None) -> None:
    answer = plain(shell, "check-in", "1", "partial", "many", "10", "late-start", "child-told")
    assert "Please type a number." in answer.out
    (session,) = CaseStore(shell.case_folder()).case().sessions
    assert (session.result, session.minutes, session.reason, session.how) == (
        "partial", 10, "late-start", "child-told",
    )  # fmt: skip


def test_a_missed_session_of_another_day_and_its_make_up_are_answered(shell: Shell, family: None) -> None:
    answer = plain(
        shell, "check-in", "other", "speech", "11/17", BACK, "missed", "provider-absent", "saw",
        "other", "speech", "11/20", "1", "given",
        "other", "speech", "8/3", BACK,
    )  # fmt: skip
    missed, made_up = CaseStore(shell.case_folder()).case().sessions
    assert (missed.on.isoformat(), missed.result) == ("2026-11-17", "missed")
    assert made_up.makes_up == missed.uid
    assert "Speech therapy was not in force on that day." in answer.out


def test_one_answer_serves_for_an_absent_child(shell: Shell, family: None) -> None:
    plain(shell, "check-in", "absent", BACK, "y")
    assert [session.reason for session in CaseStore(shell.case_folder()).case().sessions] == ["child-absent"]


def test_entries_are_found_by_words_and_read_some_at_a_time(shell: Shell, family: None) -> None:
    shell.done("log", "-", "--each-line", stdin="".join(f"note number {n}\n" for n in range(1, 12)))
    answer = plain(shell, "read", "note", BACK, BACK)
    assert "Enter reads on, 3 more" in answer.out
    assert answer.out.index("note number 11") < answer.out.index("note number 1\n")


def test_an_entry_is_corrected_line_by_line_with_its_reason(shell: Shell, family: None) -> None:
    shell.done("log", "-", stdin="Ms. Hil was out.\nNo speech.")
    plain(shell, "read", "1", "correct", "words", "1", "Hil => Hill", "+2", "No OT.", ".", "s", "a name was misspelt")
    case = CaseStore(shell.case_folder()).case()
    assert case.entries[0].text == "Ms. Hill was out.\nNo speech.\nNo OT."
    assert case.entries[0].why == "a name was misspelt"


def test_changes_that_were_not_saved_are_offered_again(shell: Shell, family: None) -> None:
    shell.done("log", "Ms. Hil was out.")
    plain(shell, "read", "1", "correct", "words", "1", "Hil => Hill", "q")
    assert draft(shell, "correct-1") == "Ms. Hill was out."
    assert "the correction of entry 1" in plain(shell).out
    plain(shell, "read", "1", "correct", "words", "on", "s", "spelling")
    assert entries(shell)[0]["text"] == "Ms. Hill was out."
    assert draft(shell, "correct-1") == ""


def test_words_that_stand_twice_in_a_line_are_not_replaced(shell: Shell, family: None) -> None:
    shell.done("log", "no speech and no aide")
    answer = plain(shell, "read", "1", "correct", "words", "1", "no => not", "q")
    assert "“no” is more than once in this line" in answer.out
    assert draft(shell, "correct-1") == ""


def test_an_entry_is_struck_with_its_reason_and_one_undo_brings_it_back(shell: Shell, family: None) -> None:
    shell.done("log", "No speech")
    plain(shell, "read", "1", "strike", "written twice")
    assert entries(shell) == []
    answer = plain(shell, "undo", "y")
    assert "This would be taken back:" in answer.out
    assert len(entries(shell)) == 1


def test_undo_does_nothing_unless_y_is_said(shell: Shell, family: None) -> None:
    shell.done("log", "No speech")
    plain(shell, "undo", BACK)
    assert len(entries(shell)) == 1


def test_a_promise_and_a_talk_are_followed_up(shell: Shell, family: None) -> None:
    shell.done("log", "@hill !call she will be back Monday")
    shell.done("promise", "1", "--by", "11/30", "back Monday")
    plain(shell, "promises", "1", "extended", "12/7", "she is ill", BACK, "2", "confirmed", "letter sent")
    case = CaseStore(shell.case_folder()).case()
    assert [(mark.what, str(mark.until)) for mark in case.marks(case.promises[0].root)] == [("extended", "2026-12-07")]
    assert [mark.what for mark in case.marks(case.entries[0].root)] == ["confirmed"]


def test_a_letter_goes_from_the_choice_to_a_file_and_is_marked_as_sent(
    shell: Shell, family: None, tmp_path: Path
) -> None:
    shell.done("log", "mon: @hill !call no speech this week", "--service", "speech")
    answer = plain(
        shell, "letters", "new", "implementation-concern", "1", "firm", BACK,
        "read",
        "lines", "5", "of Maya Bell => of Maya", "s", BACK,
        "export", "txt", str(tmp_path / "letter.txt"),
        "sent", BACK, "e-mail", BACK,
        "received", BACK, BACK, BACK,
    )  # fmt: skip
    assert "Dear Dr. Lott:" in answer.out
    assert "I am the parent of Maya." in (tmp_path / "letter.txt").read_text()
    (letter,) = shell.done("letter", "list", "--json").json["letters"]
    assert (letter["state"], letter["sent_on"]) == ("received", "2026-11-24")


def test_a_letter_with_something_missing_is_exported_only_as_a_draft(
    shell: Shell, family: None, tmp_path: Path
) -> None:
    shell.done("profile", "parent.name=")
    shell.done("letter", "new", "implementation-concern")
    answer = plain(shell, "letters", "2", "export", "txt", str(tmp_path / "letter.txt"), "y")
    assert "✗" in answer.out
    assert "DRAFT" in (tmp_path / "letter.txt").read_text()


def test_family_people_services_and_calendar_are_changed_by_questions(shell: Shell, family: None) -> None:
    skipped = BACK
    service = ["ot", "Occupational therapy", "20", "1", "week", skipped, "wed", "direct", *[skipped] * 6]
    plain(
        shell, "case",
        "profile", "parent.phone", "601-555-0101", BACK,
        "people", "add", "cole", "Ms. Tia Cole", "Reading aide", *[skipped] * 3, BACK,
        "iep", "add", *service, BACK,
        "calendar", "year", "8/10/2026", "5/26/2027", "close", "11/26/2026", "11/27/2026", "Thanksgiving", "no",
    )  # fmt: skip
    assert shell.done("profile", "--json").json["profile"]["parent.phone"] == "601-555-0101"
    assert shell.done("people", "--json").json["people"][-1]["name"] == "Ms. Tia Cole"
    assert shell.done("iep", "--json").json["services"][-1]["handle"] == "ot"
    assert shell.done("calendar", "--json").json["calendars"][0]["closed"][0]["why"] == "Thanksgiving"


def test_the_blanks_of_a_letter_are_asked_one_by_one(shell: Shell, family: None) -> None:
    answer = plain(shell, "letters", "new", "meeting-summary", BACK, "our call of Nov 23", "q")
    (letter,) = CaseStore(shell.case_folder()).case().letters
    assert "It says:" in answer.out
    assert "Thank you for our call of Nov 23. On [ the day of the talk ]," in letter.text
    assert letter.title == "Summary of our call of Nov 23"


def test_each_difference_of_both_logs_is_decided_and_what_is_open_becomes_a_letter(
    shell: Shell, family: None, tmp_path: Path
) -> None:
    (tmp_path / "log.csv").write_text("When,How long,Why\n11/17/2026,30,\n11/19/2026,0,PA\n")
    answer = plain(
        shell, "services", "speech", "y",
        "file", str(tmp_path / "log.csv"), "1", "2", "3", BACK,
        "decide", "theirs", "ask", "new", "s",
    )  # fmt: skip
    assert "new: 2" in answer.out
    case = CaseStore(shell.case_folder()).case()
    assert [(str(session.on), session.result, session.how) for session in case.sessions] == [
        ("2026-11-17", "given", "school-record")
    ]
    (letter,) = case.letters
    assert "For Thursday, November 19, 2026 the service log shows" in letter.text
    assert letter.text.index("For Thursday") < letter.text.index("Sincerely")


def test_a_packet_is_made_claimed_shown_and_sent_by_questions(shell: Shell, family: None, tmp_path: Path) -> None:
    for day in ("11/3", "11/5", "11/10", "11/12", "11/17"):
        shell.done("session", "speech", "missed", "--on", day, "--reason", "vacancy", "--how", "staff-told")
    shell.done("log", "11/17: @hill !observed no speech therapist came")
    shell.done("attach", "6", "-", "--name", "note.txt", stdin="No speech today")
    answer = plain(
        shell, "packet", "new", BACK,
        "claims", "1", "text", "Speech did not take place.", BACK, "1", "ask", "training", BACK,
        "exhibits", "add", "7", "A note", "note", BACK, BACK,
        "effect", "She lost words.", BACK,
        "set", BACK, BACK, "off",
        "check", BACK,
        "text",
        "export", "zip", str(tmp_path / "packet.zip"), "draft",
    )  # fmt: skip
    assert "Speech did not take place." in answer.out.partition("Number (")[2]
    assert "nature of the problem" in answer.out
    assert "only the child’s word" in answer.out or "no document" in answer.out
    case = CaseStore(shell.case_folder()).case()
    (claim,) = [one for one in case.all(Claim) if one.text]
    assert (claim.text, "training" in claim.asks) == ("Speech did not take place.", True)
    assert [exhibit.handle for exhibit in case.all(Exhibit)] == ["note"]
    assert (case.all(Packet)[-1].effect, case.all(Packet)[-1].covers) == ("She lost words.", False)
    assert (tmp_path / "packet.zip").read_bytes().startswith(b"PK")
    plain(shell, "packet", "claims", "1", "text", "Half a sentence")
    assert draft(shell, drafts.of_claim(1)) == "Half a sentence"
    assert "offered where it was begun: claim 1." in plain(shell).out


def test_goals_and_what_was_measured_of_them_are_written_down(shell: Shell, family: None) -> None:
    plain(
        shell, "services", "goals",
        "goal", "reading", "Maya will read 60 words a minute", "speech",
        "point", "reading", "40 words", "11/20", "report card",
        "report", BACK, "12/18",
    )  # fmt: skip
    known = shell.done("progress", "--json").json
    assert known["goals"][0]["points"][0]["value"] == "40 words"
    assert known["reports"][0]["due_on"] == "2026-12-18"


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_comes_to_an_end_with_the_input(shell: Shell, family: None, item: str) -> None:
    shell.done("log", "@hill !call no speech")
    answer = plain(shell, item, "1")
    assert answer.out.endswith("Left. What was saved is on the disk.\n")
    assert answer.err == ""


def test_with_several_cases_it_asks_which(shell: Shell, family: None) -> None:
    shell.done("new", "sam")
    plain(shell, "2", "write", "for Sam", BACK, "save")
    assert shell.done("list", "--case", "sam", "--json").json["entries"][0]["text"] == "for Sam"


def test_a_deadline_says_why_and_is_marked(shell: Shell, family: None) -> None:
    shell.done("log", "@hill !call she will be back Monday")
    shell.done("promise", "1", "--by", "11/30", "back Monday")
    deadline = next(one for one in shell.done("due", "--json").json["deadlines"] if one["due"] == "2026-11-30")
    listed = plain(shell, "deadlines").out
    number = next(line.split()[0] for line in listed.splitlines() if "Mon Nov 30, 2026" in line)
    answer = plain(shell, "deadlines", number, "why", "met", BACK, BACK, "she came", BACK)
    assert "Mon Nov 30, 2026" in answer.out
    after = {one["start"]: one["status"] for one in shell.done("due", "--json").json["deadlines"]}
    assert (deadline["status"], after[deadline["start"]]) == ("soon", "met")


def test_a_sheet_is_read_aloud_or_written_as_a_file(shell: Shell, family: None, tmp_path: Path) -> None:
    answer = plain(shell, "paper", "sheet", "checklist", BACK, "sheet", "checklist", str(tmp_path / "list.pdf"))
    assert len(answer.out.splitlines()) > 30
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_a_path_may_begin_at_home(shell: Shell, family: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "old.txt").write_text("9/8/2026: No speech", encoding="utf-8")
    plain(shell, "paper", "checklist", "~/list.pdf", BACK, "notes", "~/old.txt", BACK, BACK, "y")
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    assert [entry["text"] for entry in entries(shell)] == ["No speech"]


def test_any_command_can_be_typed_and_names_another_case_for_itself_only(shell: Shell, family: None) -> None:
    shell.done("new", "sam")
    answer = plain(
        shell, "journal", "command", "iepjournal log --case sam 'for Sam'", "log for Maya", "no-such", "log “", BACK
    )
    assert "There is no “no-such”" in answer.out
    texts = {slug: [entry["text"] for entry in shell.done("list", "--case", slug, "--json").json["entries"]]
             for slug in ("sam", "journal")}  # fmt: skip
    assert texts == {"sam": ["for Sam"], "journal": ["for Maya", "“"]}


def test_all_cases_are_seen_and_another_is_chosen(shell: Shell, family: None) -> None:
    shell.done("new", "sam")
    answer = plain(shell, "sam", "board", "another", "journal", "write", "for Maya", BACK, "save")
    assert "overdue" in answer.out
    assert len(shell.done("list", "--case", "journal", "--json").json["entries"]) == 1


def test_going_back_is_one_step(shell: Shell, family: None) -> None:
    answer = plain(
        shell, "write", "No aide", BACK, "field", "type", "q", "field", "q", "save",
        "read", "1", "correct", "q", "strike", "q", "correct", "field", "type", "call", "it was a call",
    )  # fmt: skip
    assert "Saved 1" in answer.out
    assert [entry["type"] for entry in entries(shell)] == ["call"]


def test_nothing_is_drawn_and_bytes_that_are_no_utf_8_are_survived(shell: Shell, family: None) -> None:
    shell.done("log", "\x1b[31mred\x1b[0m words")
    answer = shell.done("--plain", stdin=b"write\ncaf\xe9\n\nsave\nread\n\n\nservices\n")
    assert [entry["text"] for entry in entries(shell)] == ["red words", "caf\ufffd"]
    assert "\x1b" not in answer.out
    assert not any(0x2500 <= ord(character) <= 0x259F for character in answer.out)


class Terminal:
    """The plain mode at a terminal that can do nothing but print."""

    def __init__(self, columns: int = 0) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (28, columns))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "iepjournal", "--plain"],
            stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "dumb"},
        )  # fmt: skip
        os.close(theirs)

    @property
    def readline_waits(self) -> bool:
        """Whether what is typed now goes to readline, which echoes it, and not into the kernel's line."""
        return not termios.tcgetattr(self.ours)[3] & termios.ICANON

    @property
    def is_asleep(self) -> bool:
        """Whether it waits for a key: a signal in the moment before that is seen with the next key only."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "S"

    def type(self, typed: bytes, until: bytes) -> bytes:
        """Type, and wait for what it says then."""
        os.write(self.ours, typed)
        seen, patience = b"", time.monotonic() + 30
        while until not in seen:
            assert time.monotonic() < patience, seen
            seen += os.read(self.ours, 4096)
        return seen

    def close(self) -> int:
        """Hang up, and give the exit status."""
        os.close(self.ours)
        return self.process.wait(30)


@pytest.fixture
def terminal(shell: Shell, family: None) -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.process.kill()
    terminal.process.wait()


def test_a_paste_with_an_empty_line_in_it_is_one_text(shell: Shell, terminal: Terminal) -> None:
    terminal.type(b"1\n", until=b"ends it")
    terminal.type(b"first paragraph\n\nsecond paragraph\n\n", until=b"save it")
    terminal.type(b"1\n", until=b"Saved 1")
    assert terminal.close() == 129, "as after a hang-up"
    assert [entry["text"] for entry in entries(shell)] == ["first paragraph\n\nsecond paragraph"]


def test_a_narrow_terminal_breaks_no_word(shell: Shell, family: None) -> None:
    terminal = Terminal(columns=44)
    try:
        shown = terminal.type(b"", until=b"Number").decode().replace("\r", "")
    finally:
        terminal.process.kill()
        terminal.process.wait()
    assert "the case: family, school, people, IEP,\ncalendar" in shown
    assert max(map(len, shown.splitlines())) <= 44


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)]
)
def test_a_signal_loses_no_line_and_only_a_kill_the_half_of_one(
    shell: Shell, terminal: Terminal, number: signal.Signals, status: int
) -> None:
    terminal.type(b"1\n", until=b"ends it")
    terminal.type(b"a whole line\n", until=b"a whole line")
    wait_for(lambda: draft(shell) == "a whole line" and terminal.readline_waits)
    terminal.type(b"and ha", until=b"and ha")
    wait_for(lambda: terminal.is_asleep)
    terminal.process.send_signal(number)
    try:
        ended = terminal.process.wait(10)
    except subprocess.TimeoutExpired:  # where nobody can see whether it is asleep
        terminal.process.send_signal(number)
        ended = terminal.process.wait(30)
    assert ended == status
    assert draft(shell) == ("a whole line" if status == -9 else "a whole line\nand ha")


def test_a_line_that_was_dropped_ends_it_and_keeps_the_words(shell: Shell, terminal: Terminal) -> None:
    terminal.type(b"1\n", until=b"ends it")
    terminal.type(b"a whole line\n", until=b"a whole line")
    wait_for(lambda: draft(shell) == "a whole line")
    assert terminal.close() == 129
    assert draft(shell) == "a whole line"


def wait_for(so: Callable[[], bool]) -> None:
    patience = time.monotonic() + 30
    while not so():
        assert time.monotonic() < patience
        time.sleep(0.02)
