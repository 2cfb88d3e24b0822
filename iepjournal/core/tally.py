"""The figures a letter is offered: totals by service, each session not given, and the time nothing is known of.

A letter counts one way, and says which; each figure also knows what the other way makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from iepjournal.core.fact import Fact, listed
from iepjournal.core.markdown import escaped
from iepjournal.core.sentences import in_a_sentence, number, session_sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from fractions import Fraction

    from iepjournal.core.ledger import Amounts, Row
    from iepjournal.core.services import ServiceCount, Services
    from iepjournal.core.words import Words

CONSERVATIVE, AS_WRITTEN = "conservative", "as_written"
OTHER = {CONSERVATIVE: AS_WRITTEN, AS_WRITTEN: CONSERVATIVE}
"""The two ways to count, and the other one of each."""
IN_WORDS = {CONSERVATIVE: "conservatively", AS_WRITTEN: "as the IEP is written"}


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A case's services, counted one way."""

    totals: Services | None
    counted: str
    words: Words
    child: str
    """The child’s first name."""

    def facts(self, concerned: Collection[str], about: Collection[str]) -> Iterator[Fact]:
        """The figures of the services a letter concerns; what is not known, of those it is about, or of all."""
        columns = self.words.tables["total_columns"]
        counts = [count for count in self._counts if count.handle in concerned]
        figures = {count.handle: tuple(self._figures(count, columns)) for count in counts}
        head = "| " + " | ".join(columns.values()) + " |\n|" + "---|" + "--:|" * (len(columns) - 1)
        rows = [self._row(count, figures[count.handle]) for count in counts]
        table = "\n".join((head, *rows)) if rows else ""
        yield Fact(name="totals.table", value=table, of=tuple(fact for row in figures.values() for fact in row))
        yield Fact(name="totals.day", value=self.words.full_date(self.totals.until) if self.totals else "")
        yield Fact(name="totals.how", value=self._how("totals"))
        yield listed("missed.list", self.not_given(concerned))
        yield Fact(name="missed.how", value=self._how("missed"))
        unknown = (self._unknown(count) for count in self._counts if count.handle in about or not about)
        yield listed("unknown.list", chain.from_iterable(unknown))

    def not_given(self, concerned: Collection[str]) -> Iterator[Fact]:
        """Each session of these services that was not given."""
        return chain.from_iterable(self._missed(count) for count in self._counts if count.handle in concerned)

    @property
    def missed(self) -> frozenset[str]:
        """The services of which something was documented as missed."""
        return frozenset(count.handle for count in self._counts if self._amounts(count).missed)

    def _how(self, what: str) -> str:
        return self.words.form(f"{what}_{self.counted}", child=self.child or self.words.form("my_child"))

    def _amounts(self, counts: ServiceCount | Row, counted: str = "") -> Amounts:
        amounts: Amounts = getattr(counts, counted or self.counted)
        return amounts

    def _row(self, count: ServiceCount, figures: tuple[Fact, ...]) -> str:
        name = self.words.form("total_name", name=count.name, unit=self.words.tables["units"][count.unit])
        return "| " + " | ".join((escaped(name), *(fact.value for fact in figures))) + " |"

    def _figures(self, count: ServiceCount, columns: Mapping[str, str]) -> Iterator[Fact]:
        sessions = tuple(counted.session.root for row in count.rows for counted in row.sessions)
        for column, title in list(columns.items())[1:]:
            amount: Fraction = getattr(self._amounts(count), column)
            other: Fraction = getattr(self._amounts(count, OTHER[self.counted]), column)
            yield Fact(
                name=f"total.{count.handle}.{column}",
                value=number(amount),
                otherwise=number(other) if other != amount else "",
                records=sessions or tuple(version.service.root for version in count.history),
                label=f"{count.name}, {in_a_sentence(title)}",
            )

    def _missed(self, count: ServiceCount) -> Iterator[Fact]:
        counted_sessions = (counted for row in count.rows for counted in row.sessions)
        for counted in counted_sessions:
            session = counted.session
            amount = counted.missed if self.counted == AS_WRITTEN else counted.missed_conservative
            if amount and not counted.repairs:
                yield Fact(
                    name=f"session.{session.no}",
                    value=session_sentence(session, amount, count.name, count.unit, self.words),
                    label=self.words.form("session_number", no=session.no),
                    records=(session.root,),
                )

    def _unknown(self, count: ServiceCount) -> Iterator[Fact]:
        """What is not known, a line for each run of days or weeks of which as much is not known."""
        for run in self._runs(count):
            first, last = run[0].asked.period.first, run[-1].asked.period.last
            amount = sum(self._amounts(row).unknown for row in run)
            value = self.words.form(
                "unknown" if first != last else "unknown_day",
                service=escaped(in_a_sentence(count.name)),
                first=self.words.full_date(first),
                last=self.words.full_date(last),
                amount=self.words.amount(amount, count.unit),
            )
            services = dict.fromkeys(version.service.root for row in run for version, _ in row.asked.shares)
            yield Fact(name=f"unknown.{count.handle}.{first}", value=value, label=count.name, records=tuple(services))

    def _runs(self, count: ServiceCount) -> Iterator[list[Row]]:
        run: list[Row] = []
        for row in count.rows:
            amount = self._amounts(row).unknown
            if run and amount != self._amounts(run[-1]).unknown:
                yield run
                run = []
            if amount:
                run.append(row)
        if run:
            yield run

    @cached_property
    def _counts(self) -> tuple[ServiceCount, ...]:
        """The services that could be counted and of which something was due."""
        counts = self.totals.counts if self.totals else ()
        return tuple(count for count in counts if not count.needs and self._amounts(count).due)
