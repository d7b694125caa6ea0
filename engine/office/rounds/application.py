"""Results applied to a round and to the tickets of its problems: one function for preview and commit, in pieces, each one transaction.

A piece is planned again when it is written, on what stands then; what changed since the preview is a problem of its row and left for the
next run. Whatever is killed, the same file again goes on where it stopped, for what is kept already is unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import InvalidFile, NotPossible, Refused
from engine.notices import notices_of
from engine.notices.reach import read_reach
from engine.office.rounds.applied import Applied, File, Tick, must_be_confirmed
from engine.office.rounds.entering import filing, open_ticket, record_results, sheet_of
from engine.office.rounds.newcomers import new_subjects
from engine.office.rounds.planning import Planned, Planner, Said, opening
from engine.office.rounds.results import Results
from engine.office.rounds.scope import scope_of
from engine.office.rounds.surroundings import LOCKED, Surroundings
from engine.office.stream import WRITTEN, decided
from engine.record import journal
from engine.record.directory import directory
from engine.rules.access import Actor
from engine.rules.loop import outcome
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.round_acts import IMPORTED, Entered, import_problems
from engine.rules.loop.round_facts import Result
from engine.rules.loop.standing import measure
from engine.rules.ticket import Ticket
from engine.rules.ticket import evolve as evolved

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


@dataclass(slots=True)
class Application:
    """Applies results to one round, for one actor. Made anew for each."""

    desk: Desk
    actor: Actor
    number: str
    around: Surroundings = field(init=False)
    _versions: dict[str, int] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.around = Surroundings(self.desk, self.actor, self.number)

    def apply(
        self, results: Results, file: File, *, commit: bool, confirm: int | None = None, late: bool = False, whole: bool = False,
        tick: Tick = lambda count: None,
    ) -> Applied:
        """Applies them, or without `commit` says what that would do. Raises RoundNotFound, NotPossible (a late round, a number that was not
        confirmed), Refused, NotPermitted; InvalidFile where it is committed and nothing of it can be used, with `whole` where anything
        cannot.
        """
        planner, successors = self.around.planner(), self.around.names.successors
        if reasons := import_problems(planner.round, self.actor):
            raise Refused(reasons)
        said = {pair: Said(item.facts, item.note) for pair, item in results.found.items()}
        problems = {pair: item.problem for pair, item in results.found.items()}
        scope = scope_of(planner.round, planner.earlier, problems.values(), successors)
        self.around.known = scope.keys()
        tickets = self.around.tickets(scope.values())
        planned = [self._planned(planner, scope[pair], said, results.unusable, tickets) for pair in sorted(scope, key=_place)]
        applied = Applied(planner.round, planned, list(results.problems), results.columns, not commit)
        self._rows = {pair: item.row for pair, item in results.found.items()}
        applied.problems += [
            self.around.problem(item.problem, item.problem_name, self._rows) for item in planned
            if item.problem is not None and item.problem_name.pair not in results.unusable
        ]
        applied.problems.sort(key=lambda problem: problem.line or 0)
        subjects = (item.problem.subject for item in results.found.values())
        applied.new_subjects = new_subjects(self.around.names, subjects, [planner.round, *planner.earlier, *planner.later])
        applied.confirms = opening(planned)
        _must_not_be_late(planner, late)
        if (whole and applied.problems) or (commit and results.nothing):
            raise InvalidFile(applied.problems, file=file.handed.name if file.handed else "")
        if commit:
            must_be_confirmed(applied, file, confirm)
            self._commit(applied, said, file, tick, late=late, whole=whole)
        return applied

    @staticmethod
    def _planned(
        planner: Planner, problem: ProblemName, said: Mapping[str, Said], unusable: Mapping[str, str],
        tickets: Mapping[str, Sequence[Ticket]],
    ) -> Planned:
        pair = problem.pair
        if pair in unusable:
            return Planned(problem, Result({}, "not-measured", outcome.PROBLEM), outcome.PROBLEM, keeps=False, problem=unusable[pair])
        if pair in said:
            return planner.pair(problem, said[pair], tickets.get(pair, ()))
        kept = planner.round.results.get(pair)
        if kept is not None and kept.action != outcome.MISSING:
            return Planned(problem, kept, outcome.UNCHANGED, keeps=False)
        return planner.missing(problem, tickets.get(pair, ()))

    # writing -------------------------------------------------------------------------------------------------------------

    def _commit(self, applied: Applied, said: Mapping[str, Said], file: File, tick: Tick, *, late: bool, whole: bool) -> None:
        """Writes what was planned, piece by piece or as a `whole`, and puts into `applied` what became of it."""
        places = [index for index, item in enumerate(applied.planned) if item.keeps and item.problem is None]
        if not places:
            return
        with filing(self.desk.database, file) as keep:
            size = len(places) if whole else WRITTEN
            for start in range(0, len(places), size):
                piece = places[start:start + size]
                with self.desk.writing_as(self.actor) as now:
                    keep(now)
                    self._piece(applied, piece, said, file, late, now)
                    if whole and applied.problems:
                        raise InvalidFile(applied.problems, file=file.handed.name if file.handed else "")
                tick(len(piece))

    def _piece(
        self, applied: Applied, piece: Sequence[int], said: Mapping[str, Said], file: File, late: bool, now: datetime,
    ) -> None:
        """One piece, inside `write()`: planned again on what stands now, other rounds among it."""
        round_, head = self.around.locked()
        planner = self.around.planner_now(round_, now)
        _must_not_be_late(planner, late)
        problems = [applied.planned[index].problem_name for index in piece]
        tickets = self.around.tickets(problems, LOCKED)
        results: dict[str, Result | None] = {}
        changes: dict[int, journal.Change[Ticket]] = {}
        people, reach = directory(self.desk.database, now), read_reach(self.desk.database)
        for index in piece:
            before = applied.planned[index]
            pair = before.problem_name.pair
            item = planner.pair(before.problem_name, said[pair], tickets.get(pair, ()))
            if item.seen({}) != before.seen(self._versions):
                applied.planned[index] = item._replace(action=outcome.PROBLEM, keeps=False, problem="result-changed-meanwhile")
                applied.problems.append(self.around.problem("result-changed-meanwhile", item.problem_name, self._rows))
                continue
            if item.opens is not None:
                number = open_ticket(self.around, planner, item)
                item = item._replace(result=item.result._replace(ticket=number))
            for mark in item.marks:
                before_it = changes.get(mark.ticket.id) or journal.Change(mark.ticket, mark.ticket, (), self.around.heads[mark.ticket.id])
                event = decided(measure(before_it.after, round_.number, mark.measurement, self.actor, now))
                after = evolved(before_it.after, event)
                notices = notices_of(self.desk.database, self.desk.definition(after), [event], before_it.after, after, people, reach)
                changes[after.id] = before_it._replace(
                    after=after, events=(*before_it.events, event), notices=(*before_it.notices, *notices),
                )
            applied.planned[index] = item
            results[pair] = item.result
        journal.append_many(self.desk.database, list(changes.values()))
        self._versions |= {change.after.number: change.after.version for change in changes.values()}
        if results:
            record_results(self.around, round_, head, Entered(results, planner.version, IMPORTED, sheet_of(file)), now)
        applied.written += sum(len(change.events) for change in changes.values()) + bool(results)
        applied.round = round_


def _place(pair: str) -> tuple[object, ...]:
    """Pairs in the order of their targets, and of their subjects."""
    target, *rest = pair.split("|")
    return tuple(int(part) if part.isdecimal() else 0 for part in target.replace("-", ".").split(".")), target, *rest


def _must_not_be_late(planner: Planner, late: bool) -> None:
    """Raises NotPossible where a round of a later day was applied to the same scope, and nobody said that this one is late."""
    if planner.later and not late:
        raise NotPossible(reason="round-late", round=planner.round.number, later=planner.later[-1].number)
