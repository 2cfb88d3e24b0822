"""The family and the school, from the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iepjournal.core.records import Profile
from iepjournal.store.case_store import CaseStore

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell


def profiles(shell: Shell) -> list[Profile]:
    return [one for one in CaseStore(shell.case_folder()).case().records if isinstance(one, Profile)]


def test_a_field_is_changed_as_a_new_version_and_the_others_stay(shell: Shell, family: None) -> None:
    answer = shell.done("profile", "parent.phone=601-555-0101", "child.birth_date=5/3/2018")
    assert "Saved: parent.phone: 601-555-0101" in answer.out
    assert "child.birth_date: Thu May 3, 2018" in answer.out
    known = shell.done("profile", "--json").json["profile"]
    assert (known["parent.phone"], known["child.name"]) == ("601-555-0101", "Maya Bell")
    first, second = profiles(shell)
    assert second.amends == first.uid
    assert first.parent.phone == ""


def test_one_undo_takes_all_fields_of_a_command_back(shell: Shell, family: None) -> None:
    shell.done("profile", "child.name=Maja Bell", "child.grade=3")
    shell.done("undo", "--yes")
    assert shell.done("profile", "--json").json["profile"]["child.name"] == "Maya Bell"


def test_fields_may_come_on_standard_input_and_are_cleaned(shell: Shell, family: None) -> None:
    shell.done("profile", "-", stdin="parent.address=5 Oak Street\x1b]52;c;AAAA\x07\n\nchild.grade=3\n")
    assert profiles(shell)[-1].parent.address == "5 Oak Street"
    assert profiles(shell)[-1].child.grade == "3"


def test_an_empty_text_empties_its_field(shell: Shell, family: None) -> None:
    assert "empty now" in shell.done("profile", "parent.email=").out
    assert "parent.email" not in shell.done("profile", "--json").json["profile"]


def test_the_family_of_a_set_up_file_is_taken_over_and_what_it_leaves_out_stays(
    shell: Shell, family: None, tmp_path: Path
) -> None:
    (tmp_path / "setup.toml").write_text('[child]\nname = "Maya Rose Bell"\nbirth_date = 2018-05-03\n')
    shell.done("profile", "--from", str(tmp_path / "setup.toml"))
    known = shell.done("profile", "--json").json["profile"]
    assert (known["child.name"], known["parent.name"]) == ("Maya Rose Bell", "Renee Bell")
    assert known["child.birth_date"] == "2018-05-03"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("child.nme=Maya", "“child.nme” is not a field"),
        ("child.name", "“child.name” is not NAME=TEXT"),
        ("state=Mississippi", "two letters"),
        ("child.homeless=maybe", "not yes or no"),
        ("child.birth_date=5/3", "four digits of the year"),
        ("child.birth_date=5/3/2031", "still to come"),
        ("child.name=Maya Bell", "says already"),
    ],
)
def test_what_cannot_be_taken_changes_nothing_and_is_said_in_one_line(
    shell: Shell, family: None, typed: str, said: str
) -> None:
    answer = shell("profile", "child.grade=3", typed) if "Maya Bell" not in typed else shell("profile", typed)
    assert answer.code == 1
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert len(profiles(shell)) == 1


def test_another_district_says_that_it_has_no_calendar_yet(shell: Shell, family: None) -> None:
    shell.done("calendar", "year", "8/10/2026", "5/26/2027")
    assert "This one has none yet" in shell.done("profile", "school.district=Riverton School District").err


def test_a_new_case_says_what_to_tell_it(shell: Shell) -> None:
    shell.done("new", "journal")
    answer = shell.done("profile")
    assert answer.out.split() == ["state", "ms"]
    assert "child.name=" in answer.err


def test_after_a_move_each_day_keeps_the_calendar_of_its_own_district(shell: Shell) -> None:
    """A closure of the old district before the move stays one; the new district's holds from the move on."""
    setup = """
        [school]
        district = "Millbrook"
        [iep]
        date = 2026-05-12
        [[services]]
        handle = "speech"
        name = "Speech"
        minutes = 30
        start = 2026-10-05
        [calendar]
        first_day = 2026-08-06
        last_day = 2027-05-25
        closed = [{ from = 2026-10-12, to = 2026-10-16, why = "fall break" }]
    """
    shell.done("new", "maya", "--from", "-", stdin=setup)
    other = setup.replace("Millbrook", "Oak Hill").replace("2026-10-12, to = 2026-10-16", "2026-11-16, to = 2026-11-20")
    shell.done("new", "leo", "--from", "-", stdin=other)

    def due() -> float:
        (speech,) = shell.done("--case", "maya", "services", "--as-of", "11/20", "--json").json["services"]
        return float(speech["conservative"]["due"])

    assert due() == 6 * 30, "seven weeks, one of them the old district's fall break"
    answer = shell.done("--case", "maya", "profile", "school.district=Oak Hill", "--since", "11/2")
    assert "From Mon Nov 2, 2026 on" in answer.out
    assert due() == 5 * 30, "and now the new district's closed week as well"
    assert shell("--case", "maya", "profile", "parent.phone=1", "--since", "11/9").code == 1, (
        "a move names the district"
    )
    shell.done("--case", "maya", "undo", "--yes")
    assert due() == 6 * 30
