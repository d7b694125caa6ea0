"""What results would do: for each pair in scope its action, and what each ticket of its problem would keep. Preview and commit ask this.

Nothing here reads or writes; whoever asks gives the tickets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from engine.rules.definition import Definition
from engine.rules.loop import outcome
from engine.rules.loop.identity import ProblemName, Successors
from engine.rules.loop.measurement import Measurement, without
from engine.rules.loop.round import Round
from engine.rules.loop.round_facts import ERASED_NOTE, Result
from engine.rules.loop.standing import KEPT_BY_TICKET, is_void, standing
from engine.rules.loop.target import DROP, NOT_MEASURED, Standard, judged, measured, plain, trend
from engine.rules.ticket import TICKET, Ticket
from engine.rules.worktime import Calendar


class Said(NamedTuple):
    """What a row says of a pair, before it is judged."""

    facts: Mapping[str, str]
    note: str | None = None


class Mark(NamedTuple):
    """A ticket as it was looked at, and what it would keep of the round; None: nothing of it."""

    ticket: Ticket
    measurement: Measurement | None


class Planned(NamedTuple):
    """What happens to a pair: what the round keeps of it (None: nothing new), what its tickets keep, and whether one is opened.

    `opens` is the measurement that a ticket would begin with; `problem` the code of why the row cannot be used.
    """

    problem_name: ProblemName
    result: Result
    action: str
    marks: tuple[Mark, ...] = ()
    opens: Measurement | None = None
    keeps: bool = True
    problem: str | None = None

    @property
    def ticket(self) -> str | None:
        """The ticket that it is about."""
        return self.marks[0].ticket.number if self.marks else self.result.ticket

    def seen(self, written: Mapping[str, int]) -> tuple[object, ...]:
        """What must be the same when it is done: what would happen, and how the tickets stood, or were `written` by the same import."""
        stood = ((mark.ticket.number, mark.ticket.version) for mark in self.marks)
        return self.action, self.problem, tuple((number, written.get(number, version)) for number, version in stood)


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans for one round. `earlier` and `later` are the other rounds of its scheme that stand, by their days."""

    round: Round
    now: datetime
    calendar: Calendar
    definitions: Mapping[str, Definition]
    earlier: Sequence[Round] = ()
    later: Sequence[Round] = ()
    correcting: bool = False
    successors: Successors = field(default_factory=Successors)
    _since: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._since.update(pair for round_ in self.later for pair, result in round_.results.items() if result.result != NOT_MEASURED)

    def pair(self, problem: ProblemName, said: Said, tickets: Sequence[Ticket]) -> Planned:
        """What one row does. `tickets` are all that the problem ever had, duplicates replaced by what they repeat."""
        name, before = problem.pair, self.round.results.get(problem.pair)
        if before is not None and before.decided:
            said = Said(before.facts, before.note)
        standard = self.standard(problem)
        facts = self._with_last_rank(standard, said.facts, problem)
        found = judged(standard, facts, self.round.measured_on, interim=self.round.interim)
        decided = before is not None and before.decided
        result = Result(facts, found.result, outcome.PROBLEM, version=self.version, note=said.note, decided=decided)
        if before is not None and before.note == ERASED_NOTE and before.says_as(result):
            result = result._replace(note=ERASED_NOTE)  # what was erased does not come back with the same file
        if found.problem is not None:
            return Planned(problem, result, outcome.PROBLEM, keeps=False, problem=found.problem)
        if before is not None and before.says_as(result) and not before.pending:
            return Planned(problem, before, outcome.UNCHANGED, keeps=False)
        if before is not None and not before.pending and before.result != NOT_MEASURED and not self.correcting:
            return Planned(problem, before, outcome.PROBLEM, keeps=False, problem="result-differs")
        if self.round.commenting(self.now) or self.round.disputed(name):
            kept = result._replace(action=outcome.RECORDED, pending=True)
            return Planned(problem, kept, outcome.RECORDED, keeps=not _same(before, kept))
        return self._on_tickets(problem, result, standard, [ticket for ticket in tickets if not is_void(ticket)])

    def missing(self, problem: ProblemName, tickets: Sequence[Ticket]) -> Planned:
        """What happens to a pair in scope of which nothing is said: it is missing in the report, and nothing else."""
        standing_ = [ticket for ticket in tickets if not is_void(ticket)]
        number = decisive(standing_)[0].number if standing_ else None
        return Planned(problem, Result({}, NOT_MEASURED, outcome.MISSING, number), outcome.MISSING, keeps=False)

    @property
    def version(self) -> int:
        return max(1, self.round.results_version)

    def standard(self, problem: ProblemName) -> Standard:
        """The target of a pair. Raises ValueError where the round has none such."""
        found = self.round.standard(problem.target)
        if found is None:
            raise ValueError(f"no target of {self.round.number}: {problem.target}")
        return found

    def reading(self, problem: ProblemName, result: Result, action: str, ticket: Ticket | None, repeats: str | None = None) -> Measurement:
        """The measurement of a ticket by this round."""
        standard, value = self.standard(problem), self._value(problem, result)
        pair = self.pair_on(ticket, problem) if ticket is not None else None
        others = [item for item in without(ticket.measurements, self.round.number) if item.pair == pair] if ticket is not None else ()
        before = next((item for item in reversed(others) if item.on < self.round.measured_on and not item.by_visit), None)
        return Measurement(
            self.round.number, self.round.measured_on, result.result, action, value, standard.demand,
            trend(standard, before.value, value, before.demand) if before else None, ticket.attempt if ticket is not None else 0,
            repeats, pair,
        )

    def pair_on(self, ticket: Ticket, problem: ProblemName) -> str | None:
        """How a ticket calls the problem: by no name where it is its own, by its pair where another ticket was found to be this one."""
        own = any(name.key == ticket.problem_key for name in self.successors.alike(problem))
        return None if own else problem.pair

    # how -----------------------------------------------------------------------------------------------------------------

    def _on_tickets(self, problem: ProblemName, result: Result, standard: Standard, tickets: Sequence[Ticket]) -> Planned:
        late = any(name.pair in self._since for name in self.successors.alike(problem)) if self._since else False
        if not tickets:
            action = outcome.action_of(outcome.NONE, result.result)
            if late and action == outcome.OPENED:  # it was measured since: what opens is the later word
                action = outcome.RECORDED
            opens = self.reading(problem, result, action, None) if action == outcome.OPENED else None
            return Planned(problem, result._replace(action=action), action, opens=opens)
        first, *rest = decisive(tickets)
        actions = {ticket.id: self._action(ticket, result, late) for ticket in (first, *rest)}
        if actions[first.id] == outcome.OPENED:  # the ticket there was is of an earlier year
            return Planned(
                problem, result._replace(action=outcome.OPENED), outcome.OPENED,
                opens=self.reading(problem, result, outcome.OPENED, None, first.number),
            )
        action = actions[first.id]
        marks = [
            Mark(ticket, self.reading(problem, result, actions[ticket.id], ticket))
            for ticket in (first, *rest) if actions[ticket.id] in KEPT_BY_TICKET
        ]
        if action in KEPT_BY_TICKET:
            marks += [
                Mark(ticket, self.reading(problem, result, outcome.RECORDED, ticket))
                for ticket in tickets if ticket.id not in actions and self._standing(ticket) not in (outcome.OLD, outcome.NO_PROBLEM)
            ]
        kept = result._replace(action=action, ticket=first.number)
        return Planned(problem, kept, action, tuple(marks))

    def _action(self, ticket: Ticket, result: Result, late: bool) -> str:
        action = outcome.action_of(self._standing(ticket), result.result)
        if self.later and action == outcome.RELAPSED:
            return outcome.EARLIER  # a late round reopens nothing
        if late and action in KEPT_BY_TICKET:
            return outcome.EARLIER
        return action

    def _standing(self, ticket: Ticket) -> str:
        seen = TICKET.changed(ticket, {"measurements": without(ticket.measurements, self.round.number)}) if self.correcting else ticket
        return standing(seen, self.definitions[ticket.definition], self.round.measured_on, self.calendar, self.round.number)

    def _with_last_rank(self, standard: Standard, facts: Mapping[str, str], problem: ProblemName) -> Mapping[str, str]:
        """The facts with the rank of the round before, where a drop is asked for."""
        if standard.by != DROP or "rank" not in facts:
            return facts
        names = [name.pair for name in self.successors.alike(problem)]
        ranks = (
            round_.results[name].facts.get("rank") for round_ in reversed(self.earlier) for name in names if name in round_.results
        )
        last = next((rank for rank in ranks if rank is not None), None)
        return {**facts, "last_rank": last} if last is not None else facts

    def _value(self, problem: ProblemName, result: Result) -> str | None:
        return plain(measured(self.standard(problem), result.facts))


def decisive(tickets: Sequence[Ticket]) -> list[Ticket]:
    """The tickets that a result is about: all that are under way, else the one that was closed last."""
    under_way = [ticket for ticket in tickets if not ticket.final]
    return under_way or [max(tickets, key=lambda ticket: (ticket.closed_at or ticket.opened_at, ticket.id))]


def counted(planned: Iterable[Planned]) -> dict[str, int]:
    """How often each action stands, all twelve."""
    counts = dict.fromkeys(outcome.ACTIONS, 0)
    for item in planned:
        counts[item.action] += 1
    return counts


def opening(planned: Iterable[Planned]) -> int:
    """How many tickets would be opened, or wait to be reopened."""
    return sum(item.action in outcome.OPENS for item in planned)


def _same(before: Result | None, kept: Result) -> bool:
    """Whether the round keeps this already."""
    return before is not None and before.says_as(kept) and before.pending
