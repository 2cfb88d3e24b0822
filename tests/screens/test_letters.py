"""Letters on the screens: chosen, written, mended, sent and taken home by keys; read back from the case on disk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from casebook import NOW, RENEE, TODAY

from iepjournal.core.entries import understand
from iepjournal.core.letters import letter_marks
from iepjournal.core.records import Entry, Letter, Parent, Session
from iepjournal.screens.clipboard import to_clipboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from conftest import Screens

    from iepjournal.core.records import Record
    from iepjournal.store.case_store import CaseStore

    Opener = Callable[..., AbstractAsyncContextManager[Screens]]

CONCERN = Letter(
    template="implementation-concern",
    title="Services that did not take place",
    dated=TODAY,
    to=("Dr. Ann Lott\nSpecial Education Director",),
    text="Dear Dr. Lott:\n\nShe never came on [ which day ].\n\nSincerely,\n\nRenee Bell",
    starts="concern-sent",
)
SIZES = [(40, 20), (44, 28), (80, 24), (120, 40)]


@pytest.fixture
def log(store: CaseStore) -> Callable[..., None]:
    """Log what a parent typed, now."""

    def logged(*lines: str) -> None:
        for line in lines:
            store.append([understand(line, store.case(), NOW).entry], at=NOW, by=RENEE)

    return logged


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def rows(screen: Screens) -> str:
    """The words of the list, whatever is in sight of it and however they are wrapped."""
    return " ".join(screen.app.screen.main.source.text.split())  # type: ignore[attr-defined]


async def pick(screen: Screens, words: str) -> None:
    """Go to the row that says this, and open it."""
    source = screen.app.screen.main.source  # type: ignore[attr-defined]
    said = {one: " ".join(line.text.strip() for line in source.lines if line.pick == one) for one in source.picks}
    place = next(place for place, one in enumerate(source.picks) if words in said[one])
    await screen.press("home", *["down"] * place, "enter")


async def pick_choice(screen: Screens, words: str) -> None:
    """Choose the row of a dialog that says this."""
    line = next(line for line in screen.lines if words in line)
    await screen.press(line.split()[0])


async def test_a_case_without_letters_says_which_key_begins_one(screens: Opener) -> None:
    async with screens() as screen:
        await screen.press("w")
        assert "No letter yet." in screen.text
        assert "n begins a letter" in screen.text
        assert screen.lines[-1].strip().startswith("n new letter")


async def test_from_a_logged_call_to_the_sent_confirmation_in_fifteen_keys(
    screens: Opener, log: Callable[..., None]
) -> None:
    log('!call @hill She will be back Monday and "we will make it up"')
    keys = ["w", "tab", "enter", "m", "2", "enter", "enter"]
    async with screens((44, 28)) as screen:
        row = next(line for line in screen.lines if "Confirm the call" in line).split()[0]
        await screen.press(row, *keys)
        await screen.app.workers.wait_for_complete()
        await screen.pilot.pause()
        (letter,) = screen.case.letters
        (sent,) = letter_marks(letter, screen.case, "sent")
        assert (sent.by, sent.to, sent.on) == ("e-mail", ("hill",), TODAY)
        assert "we will make it up" in letter.text
        assert len(sent.sha256) == 64
        assert screen.app.store.letter_files(letter.no)[0].read_bytes().startswith(b"%PDF")
        assert "is sent" in screen.text
    assert 1 + len(keys) <= 15


async def test_the_letter_about_a_talk_is_begun_once(screens: Opener, log: Callable[..., None]) -> None:
    log("!call @hill She will call back")
    async with screens((44, 28)) as screen:
        for _ in range(2):
            row = next(line for line in screen.lines if "Confirm the call" in line).split()[0]
            await screen.press(row, "w", "escape", "t")
        assert len(screen.case.letters) == 1


async def test_a_letter_that_waits_on_today_opens_by_its_row(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens((44, 28)) as screen:
        await pick(screen, "Letter 1: Services that did not take place")
        await screen.app.workers.wait_for_complete()
        assert "Fill in the blank" in screen.text
        await screen.press("q")
        assert screen.lines[0].split()[-3:] == ["Letters", "·", "1"]


async def test_what_the_case_shows_comes_first_in_the_choice_of_a_letter(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(Session(service="speech", on=TODAY, result="missed", reason="provider-absent"))
    async with screens() as screen:
        await screen.press("w", "n")
        assert "1 session not given" in screen.text
        await screen.press("1", "2")
        await screen.press("n")
        (letter,) = screen.case.letters
        assert letter.template == "implementation-concern"


async def test_entries_are_chosen_by_number_and_private_ones_are_not_offered(
    screens: Opener, log: Callable[..., None]
) -> None:
    log("!observed No speech today", "!observed So tired of asking", "!observed Aide not in the room")
    async with screens() as screen:
        private = screen.case.numbered(2).replace(amends=screen.case.numbered(2).root, private=True, why="private")
        screen.app.store.append([private.replace(uid="")], at=NOW, by=RENEE)
        screen.app.look()
        await screen.press("w", "n")
        step = next(line for line in screen.lines if "Step 2" in line).split()[0]
        await screen.press(step)
        number = next(line for line in screen.lines if "not being carried out" in line).split()[0]
        await screen.press(number, "2")
        assert "So tired" not in rows(screen)
        await pick(screen, "1 private entry stays out. Enter here shows it")
        await screen.press("2", "enter")
        assert "Entry 2 is private: “So tired of asking” Shall the school read it?" in screen.text
        await screen.press("n", "1", "enter")
        await screen.press("3", "enter", "n")
        (letter,) = screen.case.letters
        assert letter.facts == (screen.case.numbered(1).root, screen.case.numbered(3).root)
        assert "No speech today" in letter.text
        assert "Aide not in the room" in letter.text


async def test_a_private_entry_goes_in_only_when_that_one_is_said_to(
    screens: Opener, store: CaseStore, log: Callable[..., None], write: Callable[..., tuple[Record, ...]]
) -> None:
    log("!observed So tired of asking", "!observed Not for the school")
    for no in (1, 2):
        write(store.case().numbered(no).revised(private=True, why="private"))
    async with screens((44, 28)) as screen:
        await screen.press("w", "n")
        await pick(screen, "Step 2")
        await pick(screen, "not being carried out")
        await screen.press("2")
        await pick(screen, "2 private entries stay out")
        await screen.press("1", "enter", "y", "n")
        (letter,) = screen.case.letters
        assert "So tired of asking" in letter.text
        assert "Not for the school" not in letter.text


async def test_a_warning_is_read_before_the_letter_is_written(screens: Opener) -> None:
    async with screens() as screen:
        await screen.press("w", "n")
        row = next(line for line in screen.lines if "When it is needed" in line).split()[0]
        await screen.press(row)
        number = next(line for line in screen.lines if "Due process" in line).split()[0]
        await screen.press(number)
        assert "Talk to a lawyer" in screen.text
        await screen.press("n")
        assert screen.case.letters == ()


async def test_tab_goes_from_blank_to_blank_and_what_is_typed_stands_in_its_stead(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "e", "type:November 9", "tab")
        await screen.press("enter")
        (letter,) = screen.case.letters
        assert "She never came on November 9." in letter.text
        assert letter.amends
        assert screen.app.store.drafts() == ()


async def test_words_that_come_at_once_stand_in_place_of_the_blank(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    """As a phone's keyboard sends them when a word is swiped."""
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "e")
        await screen.paste("November 9")
        await screen.press("tab", "enter")
        assert "She never came on November 9." in screen.case.letters[0].text


async def test_the_blanks_are_asked_for_one_after_the_other_and_saved_as_one_version(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    text = CONCERN.text.replace("came on", "came on [ which time ] of")
    write(CONCERN.replace(title="About [ which day ]", text=text))
    async with screens() as screen:
        await screen.press("w", "1", "1")
        assert "Blank 1 of 2: which time “She never came on ____ of [ which day ].”" in screen.text
        await screen.press("enter")
        assert "Blank 2 of 2: which day" in screen.text
        await screen.press("type:Nov 9", "enter")
        (letter,) = screen.case.letters
        assert "came on [ which time ] of Nov 9." in letter.text
        assert letter.title == "About Nov 9"
        assert "1 to go" in screen.text
        await screen.press("i", "type:a Monday", "enter", "u", "y")
        assert "[ which time ]" in screen.case.letters[0].text
        assert screen.app.store.drafts() == ()


async def test_a_blank_that_the_checks_name_is_asked_for_in_the_editor(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN.replace(title="About [ the subject ]"))
    async with screens() as screen:
        await screen.press("w", "1", "e", "tab")
        await pick(screen, "Not filled in: which day")
        await screen.press("type:Monday", "enter", "type:speech", "enter", "n")
        assert "She never came on Monday." in screen.case.letters[0].text
        assert screen.case.letters[0].title == "About speech"


async def test_addressee_copies_and_subject_are_changed_by_their_rows_and_the_greeting_if_wished(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens((44, 28)) as screen:
        await screen.press("w", "1", "o")
        await pick(screen, "Ms. Hill")
        await screen.press("t")
        assert "Make it “Dear Dr. Lott and Ms. Hill:”" in screen.text
        await screen.press("y")
        await pick(screen, "Dr. Lott")
        await screen.press("n", "n")
        await pick(screen, "Mr. Reed")
        await screen.press("c")
        await pick(screen, "Ms. Hill")
        await screen.press("n")
        assert "A letter is addressed to somebody" in screen.text
        await pick(screen, CONCERN.title)
        await screen.press("end", "type: today", "enter")
        (letter,) = screen.case.letters
        assert letter.to == ("Ms. Dana Hill\nSpeech-Language Pathologist\nOak Ridge Elementary School",)
        assert letter.cc == ("Mr. James Reed, Principal",)
        assert letter.title == f"{CONCERN.title} today"
        assert letter.text.startswith("Dear Dr. Lott and Ms. Hill:")


async def test_from_the_editor_the_words_are_saved_before_the_address_is_changed(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "e", "type:Monday", "tab", "o")
        await pick(screen, "Ms. Hill")
        await screen.press("t", "y", "q")
        assert "Dear Dr. Lott and Ms. Hill:" in screen.app.screen.box.text  # type: ignore[attr-defined]
        await screen.press("n")
        assert "All of it is saved" in screen.text
        assert "Ms. Hill:\n\nShe never came on Monday." in screen.case.letters[0].text


async def test_a_stranger_is_answered_from_the_text_alone(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN.replace(text="Dear Dr. Lott:\n\nMaya had no speech therapy. Please answer by December 4."))
    async with screens() as screen:
        await screen.press("w", "1", "h")
        said = rows(screen)
        assert "✓ Who is it about, and who writes? “Maya”" in said
        assert "✗ Which dates? The text does not say." in said
        assert "✓ By when? “by December 4”" in said
        assert "· What is attached? The text does not say; this kind of letter need not." in said


async def test_a_copy_says_no_more_than_can_be_known(
    screens: Opener, write: Callable[..., tuple[Record, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "b", "1")
        assert "She never came on [ which day ]." in screen.app.clipboard
        assert "Sent to the terminal's clipboard, if your terminal allows it. Paste to see" in screen.text
        monkeypatch.setenv("TMUX", "/tmp/tmux")
        await screen.press("b", "1")
        assert "inside tmux" in screen.text
        assert "Too long for a terminal's clipboard (80,000 bytes)" in to_clipboard(screen.app, "é" * 40_000)
        assert "She never came" in screen.app.clipboard


async def test_a_remark_is_said_while_typing_and_can_be_let_stand(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN.replace(text="Dear Dr. Lott:\n\nNo session on November 9, 2026.\n\nSincerely,\n\nRenee Bell"))
    async with screens((80, 24)) as screen:
        await screen.press("w", "1", "e", "type:You never answer. ")
        assert "“never” (line 1)" in rows(screen)
        await screen.press("tab")
        await pick(screen, "“never”")
        await screen.press("l")
        assert "“never” (line 1)" not in rows(screen)
        await screen.press("n")
        assert any("never" in key for key in screen.case.letters[0].allowed)


async def test_what_is_let_stand_is_written_at_once_and_the_unsaved_words_stay(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens((44, 28)) as screen:
        await screen.press("w", "1", "e", "type:Monday", "tab")
        screen.app.screen._check()  # type: ignore[attr-defined]
        await pick(screen, "“never”")
        await screen.press("l")
        assert "“never”" not in rows(screen)
        await screen.press("escape")
        (letter,) = screen.case.letters
        assert any("never" in key for key in letter.allowed)
        assert letter.text == CONCERN.text
        await screen.press("e")
        assert "She never came on Monday." in screen.app.screen.box.text  # type: ignore[attr-defined]
        await screen.press("tab", "n")
        assert "She never came on Monday." in screen.case.letters[0].text


async def test_a_sentence_is_put_in_by_its_number_before_the_closing(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens((80, 24)) as screen:
        await screen.press("w", "1", "e", "tab")
        await pick(screen, "a meeting if it goes on")
        await screen.press("y", "tab", "n")
        text = screen.case.letters[0].text
        assert text.index("I ask for a meeting of the IEP Committee") < text.index("Sincerely,")


async def test_the_first_nine_remarks_have_a_digit_and_the_others_are_reached_by_arrows(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    text = "\n\n".join(f"On [ blank {n} ] you never came." for n in range(1, 13))
    write(CONCERN.replace(text=text))
    async with screens() as screen:
        await screen.press("w", "1", "e", *["tab"] * 12)
        await screen.press("9")
        assert "Blank 8 of 12: blank 8" in screen.text
        await screen.press("escape", *["down"] * 4, "enter")
        assert "Blank 12 of 12: blank 12" in screen.text


async def test_a_word_in_doubt_is_mended_or_kept_as_it_is(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN.replace(text="Dear Dr. Lott:\n\nMy child had no speach yesterday at Xyzzyq. Kwimble was there."))
    async with screens((44, 28)) as screen:
        await screen.press("w", "1", "e")
        await screen.app.workers.wait_for_complete()
        await screen.press("tab")
        await pick(screen, "Spelling: “speach”")
        assert "Make it “speech”" in screen.text
        await screen.press("1")
        await screen.app.workers.wait_for_complete()
        assert "no speech yesterday" in screen.app.screen.box.text  # type: ignore[attr-defined]
        assert "Spelling: “speach”" not in rows(screen)


async def test_a_word_that_is_right_is_not_asked_about_again(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN.replace(text="Dear Dr. Lott:\n\nMy child had no kwimble in the room yesterday."))
    async with screens((44, 28)) as screen:
        await screen.press("w", "1", "e")
        await screen.app.workers.wait_for_complete()
        await screen.press("tab")
        await pick(screen, "Spelling: “kwimble”")
        await pick_choice(screen, "It is right")
        await screen.app.workers.wait_for_complete()
        assert "kwimble”" not in rows(screen)
        await screen.press("n")
        assert screen.case.letters[0].allowed == ("spelling: kwimble",)


async def test_the_state_line_says_the_page_and_since_when_the_words_are_safe(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN.replace(text="Dear Dr. Lott:\n\n" + "No session took place on that day.\n\n" * 40))
    async with screens((44, 28)) as screen:
        await screen.press("w", "1", "e")
        assert "page 1 of 2 · 283 words · saved 3:30 pm" in screen.text
        screen.app.screen.box.go_to(1300)  # type: ignore[attr-defined]
        await screen.press("type: x ")
        screen.app._drafts.flush()
        await screen.pilot.pause()
        assert "kept 3:30 pm" in screen.text
        screen.app.screen._check()  # type: ignore[attr-defined]
        await screen.pilot.pause()
        assert "page 2 of 2 · 284 words" in screen.text


async def test_a_draft_that_was_left_lying_is_dated_today_by_its_row(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    before = TODAY - timedelta(days=20)
    write(CONCERN.replace(dated=before))
    async with screens((44, 28)) as screen:
        await screen.press("w", "1", "e", "tab")
        await pick(screen, "It is dated")
        await screen.press("d", "n")
        assert screen.case.letters[0].dated == TODAY


async def test_an_own_editor_that_cannot_be_shown_is_refused_in_words_and_nothing_is_lost(
    screens: Opener, write: Callable[..., tuple[Record, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "e", "type:Monday", "tab", "y")
        assert "No editor is set." in screen.text
        monkeypatch.setenv("EDITOR", "nano")
        await screen.press("enter", "y")
        assert "The screens cannot be left here" in screen.text
        await screen.press("enter", "n")
        assert "She never came on Monday." in screen.case.letters[0].text
        assert screen.app.store.drafts() == ()


async def test_a_text_being_written_is_on_disk_and_offered_again(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "e", "type:Monday", "escape")
        assert screen.case.letters[0].text == CONCERN.text
        assert "unsaved words" in screen.text
    async with screens() as again:
        assert "Not saved yet" in again.text
        await again.press("1")
        assert "She never came on Monday." in again.text
        await again.press("tab", "enter")
        assert "Monday" in again.case.letters[0].text


async def test_what_another_window_saved_meanwhile_is_not_written_over_unseen(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    (stored,) = write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "e", "type:Monday", "tab")
        write(stored.revised(text="Dear Dr. Lott: from the other window", why="edited"))
        await screen.press("enter")
        assert "changed elsewhere" in screen.text
        assert "other window" in screen.case.letters[0].text
        await screen.press("enter")
        assert "Monday" in screen.case.letters[0].text


async def test_a_letter_that_lacks_something_asks_before_it_counts_as_sent(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "m")
        assert "Not filled in" in screen.text
        await screen.press("n")
        assert letter_marks(screen.case.letters[0], screen.case, "sent") == ()


async def test_a_sent_letter_offers_no_writing_and_takes_its_answer(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "m", "y", "4", "enter", "type:yesterday", "enter", "type:7019", "enter")
        await screen.app.workers.wait_for_complete()
        await screen.pilot.pause()
        (sent,) = letter_marks(screen.case.letters[0], screen.case, "sent")
        assert (sent.by, sent.tracking, (TODAY - sent.on).days) == ("certified", "7019", 1)
        assert any("Not filled in" in finding for finding in sent.findings)
        await screen.press("e", "x")
        assert "Letter 1" in screen.lines[0]
        await screen.press("r", "1", "enter", "type:They will look into it", "enter")
        (replied,) = letter_marks(screen.case.letters[0], screen.case, "replied")
        assert (replied.on, replied.why) == (TODAY, "They will look into it")


ASKING = CONCERN.replace(
    text="Dear Dr. Lott:\n\nPlease tell me who gives speech therapy. Please send me the dates by December 4, 2026.\n\n"
    "Sincerely,\n\nRenee Bell",
    reply_by=TODAY,
)


async def sent(screen: Screens) -> None:
    """Open the only letter, and say that it went out by hand today."""
    await screen.press("w", "1", "m", "1", "enter", "enter")
    await screen.app.workers.wait_for_complete()
    await screen.pilot.pause()


async def test_a_reply_says_which_questions_it_answered_and_the_rest_is_asked_again(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(ASKING)
    async with screens((44, 28)) as screen:
        await sent(screen)
        assert "What it asks · Please tell me who gives speech therapy." in rows(screen)
        await screen.press("r", "1", "enter", "type:She is back", "enter", "1", "2", "1", "n")
        (replied,) = letter_marks(screen.case.letters[0], screen.case, "replied")
        assert replied.answered == ("Please send me the dates by December 4, 2026.",)
        assert replied.left_open == ("Please tell me who gives speech therapy.",)
        assert "1 question stays open; the next letter can ask again." in screen.text
        assert "✗ Please tell me who gives speech therapy. still open ✓ Please send me the dates" in rows(screen)
        await screen.press("r", "1", "enter", "enter")
        assert "Please send me the dates" not in screen.text
        await screen.press("escape")
        assert len(letter_marks(screen.case.letters[0], screen.case, "replied")) == 2
        await pick(screen, "Write next:")
        if "In which voice?" in screen.text:
            await screen.press("1")
        (_, after) = screen.case.letters
        assert after.answers == screen.case.letters[0].root
        assert "who gives speech therapy" in after.text


async def test_a_sent_letter_is_revised_by_a_new_one_that_names_it(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(ASKING)
    async with screens((44, 28)) as screen:
        await screen.press("w", "1", "n")
        assert len(screen.case.letters) == 1
        await sent(screen)
        await screen.press("n", "y")
        first, second = screen.case.letters
        assert (first.text, second.replaces) == (ASKING.text, first.root)
        assert "This letter replaces my letter of November 24, 2026" in second.text
        assert "Letter 2" in screen.lines[0]
        await screen.press("escape")
        assert "in place of letter 1" in screen.text
        await screen.press("q")
        await pick(screen, "(1)")
        await screen.press("n")
        assert len(screen.case.letters) == 2
        await pick(screen, "Letter 2, in place of this one")
        assert "Letter 2" in screen.lines[0]


async def test_a_file_goes_where_the_screen_says_and_over_nothing(
    screens: Opener, write: Callable[..., tuple[Record, ...]], home: Path
) -> None:
    write(CONCERN.replace(text="Dear Dr. Lott:\n\nThank you.\n\nSincerely,\n\nRenee Bell"))
    async with screens((44, 28)) as screen:
        for _ in range(2):
            await screen.press("w", "1", "f", "2")
            assert "~/Services that did not take place.txt" in screen.text
            await screen.press("enter")
            await screen.app.workers.wait_for_complete()
            await screen.pilot.pause()
        saved = home / "Services that did not take place.txt"
        assert "Thank you." in saved.read_text()
        assert saved.stat().st_mode & 0o777 == 0o600
        assert "already there" in screen.text


async def test_a_sheet_for_the_meeting_is_made_from_the_list(screens: Opener, home: Path) -> None:
    async with screens() as screen:
        await screen.press("w", "h")
        assert "2 Meeting sheet" in screen.text
        await screen.press("2")
        assert "~/meeting.pdf" in screen.text
        await screen.press("enter")
        await screen.app.workers.wait_for_complete()
        await screen.pilot.pause()
        assert (home / "meeting.pdf").read_bytes().startswith(b"%PDF")


async def test_the_figures_of_a_file_that_lacks_something_are_stamped_draft(
    screens: Opener, write: Callable[..., tuple[Record, ...]], home: Path
) -> None:
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "f", "2", "y", "enter")
        await screen.app.workers.wait_for_complete()
        await screen.pilot.pause()
    assert (home / "Services that did not take place.txt").read_text().startswith("DRAFT")


async def test_a_letter_whose_template_is_gone_can_still_be_written_on(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(CONCERN.replace(template="my-own"))
    async with screens() as screen:
        await screen.press("w", "1")
        assert "Its template “my-own” cannot be read" in rows(screen)
        await screen.press("h", "q", "o", "q", "e", "type:Monday", "tab", "n")
        assert "She never came on Monday." in screen.case.letters[0].text


async def test_a_letter_is_struck_with_its_reason(screens: Opener, write: Callable[..., tuple[Record, ...]]) -> None:
    write(CONCERN)
    async with screens() as screen:
        await screen.press("w", "1", "x", "type:double", "enter")
        assert screen.case.letters == ()
        assert "No letter yet." in screen.text


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_stand_whole_on_every_page_of_a_letter(
    screens: Opener, write: Callable[..., tuple[Record, ...]], size: tuple[int, int]
) -> None:
    hostile = "[/] [Exhibit A] [@click=app.quit]x[/]"
    write(CONCERN.replace(title=hostile, text=f"{hostile}\n\n[ {hostile[:3]} ]"))
    async with screens(size) as screen:
        await screen.press("w")
        assert hostile in rows(screen)
        await screen.press("1")
        assert hostile in rows(screen)
        await screen.press("v")
        assert hostile in rows(screen)
        await screen.press("q", "e")
        assert hostile in screen.app.screen.box.text  # type: ignore[attr-defined]
        assert "Letter 1" in screen.lines[0]


@pytest.mark.parametrize("size", SIZES)
async def test_the_paper_shows_the_words_of_the_pdf_at_every_size(
    screens: Opener, write: Callable[..., tuple[Record, ...]], size: tuple[int, int]
) -> None:
    words = "The session of Monday, November 9, 2026 did not take place, and nobody could say when it will be made up."
    write(CONCERN.replace(text=f"Dear Dr. Lott:\n\n{words}\n\nSincerely,\n\nRenee Bell"))
    async with screens(size) as screen:
        await screen.press("w", "1", "v")
        shown = " ".join(rows(screen).replace("↳", "").split())
        assert words in shown
        assert "page 1 of 1" in shown


async def test_a_parent_without_a_name_is_told_who_would_sign(
    screens: Opener, store: CaseStore, write: Callable[..., tuple[Record, ...]]
) -> None:
    profile = store.case().profile
    write(profile.revised(parent=Parent(), why="taken out"))
    write(CONCERN)
    async with screens((80, 24)) as screen:
        await screen.press("w", "1")
        assert "nobody signs this letter" in rows(screen)


async def test_which_figures_a_letter_takes_is_asked_only_where_they_differ(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(Session(service="speech", on=TODAY - timedelta(days=8), result="missed", reason="child-absent"))
    async with screens((44, 28)) as screen:
        await screen.press("w", "n")
        await pick(screen, "Step 5")
        await pick(screen, "Ask for compensatory education")
        assert "Which figures? 1 conservative" in " ".join(screen.text.split())
        await screen.press("2")
        (letter,) = screen.case.letters
        assert letter.counted == "as_written"
        assert "counted as the IEP is written" in letter.text
        await screen.press("escape", "q", "w", "n")
        await pick(screen, "Step 1")
        await pick(screen, "Ask for the records")
        assert "Which figures?" not in screen.text


async def test_a_draft_that_was_left_lying_is_dated_today_by_one_key(
    screens: Opener, write: Callable[..., tuple[Record, ...]]
) -> None:
    write(ASKING.replace(dated=TODAY - timedelta(days=9), reply_by=TODAY))
    async with screens((44, 28)) as screen:
        await screen.press("w", "1")
        assert "It is dated" in rows(screen)
        await pick(screen, "Date it today")
        (letter,) = screen.case.letters
        assert (letter.dated, letter.reply_by) == (TODAY, TODAY + timedelta(days=10))
        assert "It is dated" not in rows(screen)
        assert "Date it today" not in rows(screen)


async def test_beside_the_letters_that_fit_stands_what_each_asks(screens: Opener, write: Callable[..., object]) -> None:
    write(Entry(happened_on=TODAY, type="call", who=("hill",), text="She will call back."))
    async with screens((80, 24)) as screen:
        await screen.press("w", "n")
        assert "Confirm a talk, the same day" in screen.text
        assert "It asks:" in screen.text
        assert "• to be corrected if something" in screen.text
