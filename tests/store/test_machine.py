"""Any order of saves, faults, kills, damage and restores by two programs, against a model in plain lists."""

from __future__ import annotations

import errno
import shutil
import tempfile
from pathlib import Path
from typing import Any

from casebook import NOW, RENEE, TODAY
from faulty_disk import NEVER, FaultyCalls
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from iepjournal.core import chain
from iepjournal.core.records import Entry, Strike
from iepjournal.errors import JournalUnreadable, MaybeSaved, NotSaved
from iepjournal.store.case_store import CaseStore
from iepjournal.store.disk import Disk

programs = st.integers(0, 1)
Texts = tuple[str, ...]


class TwoPrograms(RuleBasedStateMachine):
    """`saved` is every state that was ever acknowledged, the last one being what must be on disk."""

    @initialize()
    def make_a_case(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="iepjournal-test-"))
        self.folder = self.home / "cases" / "maya"
        CaseStore.create(self.folder)
        self.calls = [FaultyCalls(NEVER, errno.EIO), FaultyCalls(NEVER, errno.ENOSPC)]
        self.stores = [CaseStore(self.folder, disk=Disk(calls)) for calls in self.calls]
        self.saved: list[Texts] = [()]
        self.damaged = False
        self.count = 0
        self.numbers: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "home"):
            shutil.rmtree(self.home)

    def new_entry(self) -> Entry:
        self.count += 1
        return Entry(happened_on=TODAY, text=f"entry {self.count}")

    def acknowledged(self, state: Texts) -> None:
        self.saved.append(state)

    @precondition(lambda self: not self.damaged)
    @rule(program=programs)
    def log(self, program: int) -> None:
        (entry,) = self.stores[program].append([self.new_entry()], at=NOW, by=RENEE)
        assert isinstance(entry, Entry)
        assert entry.no is not None
        assert entry.no > max(self.numbers, default=0)
        self.numbers.append(entry.no)
        self.acknowledged((*self.saved[-1], entry.text))

    @precondition(lambda self: not self.damaged and self.saved[-1])
    @rule(program=programs, choice=st.data())
    def amend(self, program: int, choice: Any) -> None:
        place = choice.draw(st.integers(0, len(self.saved[-1]) - 1))

        def correct(case: Any) -> list[Entry]:
            entry = case.entries[place]
            return [entry.replace(uid="", amends=entry.root, text=self.new_entry().text, why="typo")]

        (amended,) = self.stores[program].change(correct, at=NOW, by=RENEE)
        state = list(self.saved[-1])
        state[place] = getattr(amended, "text", "")
        self.acknowledged(tuple(state))

    @precondition(lambda self: not self.damaged and self.saved[-1])
    @rule(program=programs, choice=st.data())
    def strike(self, program: int, choice: Any) -> None:
        place = choice.draw(st.integers(0, len(self.saved[-1]) - 1))
        self.stores[program].change(lambda case: [Strike(of=case.entries[place].root)], at=NOW, by=RENEE)
        self.acknowledged((*self.saved[-1][:place], *self.saved[-1][place + 1 :]))

    @precondition(lambda self: not self.damaged)
    @rule(program=programs, nth=st.integers(1, 60))
    def log_on_a_failing_disk(self, program: int, nth: int) -> None:
        entry = self.new_entry()
        self.calls[program].left = nth
        try:
            self.stores[program].append([entry], at=NOW, by=RENEE)
        except (NotSaved, JournalUnreadable):
            pass
        except MaybeSaved:
            self.acknowledged((*self.saved[-1], entry.text))
        else:
            self.acknowledged((*self.saved[-1], entry.text))
        finally:
            self.calls[program].left = NEVER
        self.numbers += [each.no or 0 for each in CaseStore(self.folder).case().entries[-1:]]

    @rule(program=programs)
    def start_again(self, program: int) -> None:
        self.stores[program] = CaseStore(self.folder, disk=Disk(self.calls[program]))

    @precondition(lambda self: not self.damaged and len(self.saved) > 1)
    @rule(bytes_lost=st.integers(2, 500))
    def cut_off_the_tail(self, bytes_lost: int) -> None:
        journal = self.folder / "case.json"
        journal.write_bytes(journal.read_bytes()[:-bytes_lost])
        self.damaged = True

    @precondition(lambda self: self.damaged)
    @rule(program=programs)
    def refuse_to_write_over_it(self, program: int) -> None:
        before = (self.folder / "case.json").read_bytes()
        try:
            self.stores[program].append([self.new_entry()], at=NOW, by=RENEE)
        except JournalUnreadable:
            assert (self.folder / "case.json").read_bytes() == before
        else:
            raise AssertionError("it wrote over a damaged journal")

    @precondition(lambda self: self.damaged)
    @rule(program=programs)
    def restore(self, program: int) -> None:
        newest_good = self.stores[program].backups.newest_good()
        assert newest_good
        self.stores[program].restore(newest_good[0])
        self.damaged = False
        found = self.on_disk()
        assert found in self.saved
        self.acknowledged(found)

    @invariant()
    def both_programs_and_a_new_one_see_what_was_acknowledged(self) -> None:
        if not hasattr(self, "stores") or self.damaged:
            return
        for store in self.stores:
            assert tuple(entry.text for entry in store.case().entries) == self.saved[-1]
        assert self.on_disk() == self.saved[-1]

    def on_disk(self) -> Texts:
        store = CaseStore(self.folder)
        assert chain.verify(store.stored_records()).first_broken == ""
        return tuple(entry.text for entry in store.case().entries)


TestTwoPrograms = TwoPrograms.TestCase
TestTwoPrograms.settings = settings(
    max_examples=60, stateful_step_count=20, deadline=None, derandomize=True, database=None
)
