"""Results applied to a round and to the tickets of its problems: one function for preview and commit, in pieces, each one transaction.

A piece is planned again when it is written, on what stands then; what changed since the preview is a problem of its row and left for the
next run. Whatever is killed, the same file again goes on where it stopped, for what is kept already is unchanged.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from engine.desk.act import write
from engine.desk.filing import Keep, copied, enter
from engine.desk.opening import opened
from engine.errors import Conflict, InvalidFile, NotPossible, Problem, Refused, RoundNotFound
from engine.notices import notices_of
from engine.notices.reach import read_reach
from engine.office.rounds.applied import Applied, File, Tick, must_be_confirmed
from engine.office.rounds.names import Names
from engine.office.rounds.newcomers import new_subjects
from engine.office.rounds.planning import Planned, Planner, Said, opening
from engine.office.rounds.results import Results
from engine.office.rounds.scope import overlap, scope_of
from engine.office.stream import WRITTEN, decided
from engine.record import journal, queries
from engine.record.aggregates import ROUNDS, TICKETS
from engine.record.directory import directory
from engine.rules.access import Actor
from engine.rules.acts.opening import Opening
from engine.rules.loop import outcome
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.round import Result, Round, evolve
from engine.rules.loop.round_acts import IMPORTED, Entered, Sheet, import_problems, record
from engine.rules.loop.standing import measure, relapse_of
from engine.rules.ticket import Ticket
from engine.rules.ticket import evolve as evolved
from engine.rules.wording import LONGEST_TITLE

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

LOCKED, SEEN = queries.TICKETS_OF_PROBLEMS_LOCKED, queries.TICKETS_OF_PROBLEMS

@dataclass(slots=True)
class Application:
    """Applies results to one round, for one actor. Made anew for each."""

    desk: Desk
    actor: Actor
    number: str
    cause: str = IMPORTED
    correcting: bool = False
    reason: str | None = None
    names: Names = field(init=False)
    _heads: dict[int, bytes] = field(default_factory=dict)
    _known: Container[str] = ()
    _versions: dict[str, int] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)
    _schemes: Collection[str] = ()

    def __post_init__(self) -> None:
        self.names = Names(self.desk.database)

    def apply(
        self, results: Results, file: File, *, commit: bool, confirm: int | None = None, late: bool = False, whole: bool = False,
        tick: Tick = lambda count: None,
    ) -> Applied:
        """Applies them, or without `commit` says what that would do. Raises RoundNotFound, NotPossible (a late round, a number that was not
        confirmed), Refused, NotPermitted; with `whole` InvalidFile where anything cannot be used.
        """
        planner, successors = self.planner(), self.names.successors
        if reasons := import_problems(planner.round, self.actor):
            raise Refused(reasons)
        said = {pair: Said(item.facts, item.note) for pair, item in results.found.items()}
        problems = {pair: item.problem for pair, item in results.found.items()}
        scope = scope_of(planner.round, planner.earlier, problems.values(), successors)
        self._known = scope.keys()
        tickets = self.tickets(scope.values())
        planned = [self._planned(planner, scope[pair], said, results.unusable, tickets) for pair in sorted(scope, key=_place)]
        applied = Applied(planner.round, planned, list(results.problems), results.columns, not commit)
        self._rows = {pair: item.row for pair, item in results.found.items()}
        applied.problems += [
            self.problem(item.problem, item.problem_name) for item in planned
            if item.problem is not None and item.problem_name.pair not in results.unusable
        ]
        applied.problems.sort(key=lambda problem: problem.line or 0)
        subjects = (item.problem.subject for item in results.found.values())
        applied.new_subjects = new_subjects(self.names, subjects, [planner.round, *planner.earlier, *planner.later])
        applied.confirms = opening(planned)
        _must_not_be_late(planner, late)
        if whole and applied.problems:
            raise InvalidFile(applied.problems, file=file.handed.name if file.handed else "")
        if commit:
            must_be_confirmed(applied, file, confirm)
            self._commit(applied, said, file, tick, late=late, whole=whole)
        return applied

    # what there is -------------------------------------------------------------------------------------------------------

    def planner(self, round_: Round | None = None) -> Planner:
        """Whoever plans for the round as it stands, or as it is given. Raises RoundNotFound."""
        desk = self.desk
        if round_ is None:
            found = journal.read_thing(desk.database, ROUNDS, self.number)
            if found is None:
                raise RoundNotFound(round=self.number)
            round_ = found[0]
        successors = self.names.successors
        schemes = successors.names_of_scheme(round_.scheme)
        self._schemes = schemes
        others = [ROUNDS.read(row) for row in desk.database.rows(queries.ROUNDS_OF_SCHEME, schemes=schemes)]
        standing = [item for item in others if item.id != round_.id and item.applied]
        earlier = [item for item in standing if (item.measured_on, item.id) < (round_.measured_on, round_.id)]
        later = [item for item in standing if item.measured_on > round_.measured_on and overlap(round_, item, successors)]
        definitions = desk.rules.readable()
        return Planner(
            round_, desk.clock.now(), desk.rules.calendar(), definitions, earlier, later, self.correcting, successors,
        )

    def tickets(
        self, problems: Iterable[ProblemName], statement: str = SEEN,
    ) -> dict[str, list[Ticket]]:
        """By the names of pairs, all tickets that their problems ever had; a duplicate is replaced by what it repeats. What a round knows
        under the name of a predecessor stays that one's.
        """
        wanted: dict[str, str] = {}
        for problem in problems:
            for name in self.names.successors.alike(problem):
                if name.pair == problem.pair or name.pair not in self._known:
                    wanted[name.key] = problem.pair
        found: dict[str, list[Ticket]] = {}
        if not wanted:
            return found
        read = self._read(statement, keys=list(wanted))
        repeated = {ticket.duplicate_of for ticket in read if ticket.duplicate_of is not None}
        masters = {
            ticket.number: ticket for ticket in self._read(queries.TICKETS_NUMBERED, numbers=sorted(repeated))
        } if repeated else {}
        for ticket in read:
            kept = masters.get(ticket.duplicate_of or "", ticket)
            each = found.setdefault(wanted[ticket.problem_key or ""], [])
            if kept.id not in [other.id for other in each]:
                each.append(kept)
        return found

    def _read(self, statement: str, **values: object) -> list[Ticket]:
        """The tickets that a statement finds; the hashes of their last events are kept beside."""
        found = []
        for row in self.desk.database.rows(statement, **values):
            ticket = TICKETS.read(row)
            self._heads[ticket.id] = row[-1]
            found.append(ticket)
        return found

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
        with self._filing(file) as keep:
            size = len(places) if whole else WRITTEN
            for start in range(0, len(places), size):
                piece = places[start:start + size]
                with self.desk.writing_as(self.actor) as now:
                    keep(now)
                    self._piece(applied, piece, said, file, late, now)
                    if whole and applied.problems:
                        raise InvalidFile(applied.problems, file=file.handed.name if file.handed else "")
                tick(len(piece))

    @contextmanager
    def _filing(self, file: File) -> Iterator[Keep]:
        """What keeps the file inside each transaction that cites it: its bytes in the first, its row in every one. Raises BadEvidence."""
        if file.handed is None:
            yield lambda now: None
            return
        database, evidence, kept = self.desk.database, file.handed.evidence, False
        with copied(database, [file.handed]) as copies:

            def keep(now: datetime) -> None:
                nonlocal kept
                if kept:
                    enter(database, [evidence], now)
                else:
                    copies.keep(database, now)
                kept = True

            yield keep

    def _piece(
        self, applied: Applied, piece: Sequence[int], said: Mapping[str, Said], file: File, late: bool, now: datetime,
    ) -> None:
        """One piece, inside `write()`: planned again on what stands now, other rounds among it."""
        round_, head = self._locked()
        planner = self._planner_now(round_, now)
        _must_not_be_late(planner, late)
        problems = [applied.planned[index].problem_name for index in piece]
        tickets = self.tickets(problems, LOCKED)
        results: dict[str, Result | None] = {}
        changes: dict[int, journal.Change[Ticket]] = {}
        people, reach = directory(self.desk.database, now), read_reach(self.desk.database)
        for index in piece:
            before = applied.planned[index]
            pair = before.problem_name.pair
            item = planner.pair(before.problem_name, said[pair], tickets.get(pair, ()))
            if item.seen({}) != before.seen(self._versions):
                applied.planned[index] = item._replace(action=outcome.PROBLEM, keeps=False, problem="result-changed-meanwhile")
                applied.problems.append(self.problem("result-changed-meanwhile", item.problem_name))
                continue
            if item.opens is not None:
                number = self._open(planner, item)
                item = item._replace(result=item.result._replace(ticket=number))
            for mark in item.marks:
                before_it = changes.get(mark.ticket.id) or journal.Change(mark.ticket, mark.ticket, (), self._heads[mark.ticket.id])
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
            self.record(round_, head, Entered(results, planner.version, self.cause, sheet_of(file), self.reason), now)
        applied.written += sum(len(change.events) for change in changes.values()) + bool(results)
        applied.round = round_

    def record(self, round_: Round, head: bytes, entered: Entered, now: datetime) -> Round:
        """Says it in the round's own stream, inside `write()`. Raises Refused."""
        event = decided(record(round_, entered, self.actor, now, self.desk.salt()))
        after = evolve(round_, event)
        journal.append(self.desk.database, [event], round_, after, head)
        return after

    def _planner_now(self, round_: Round, now: datetime) -> Planner:
        """The planner for the round as it was locked, on the units, the successors and the other rounds that there are now."""
        self.names = Names(self.desk.database)
        return replace(self.planner(round_), now=now)

    def problem(self, code: str, problem: ProblemName) -> Problem:
        """Why the row of a pair cannot be used, or of what the file does not name the pair itself."""
        return Problem(code, self._rows.get(problem.pair), {"target": problem.target, "subject": self._subject(problem.subject)})

    def _locked(self) -> tuple[Round, bytes]:
        """The round as it stands, held with the others of its schemes until this is written: none of a later day comes in between."""
        self.desk.database.rows(queries.LOCK_ROUNDS, schemes=self._schemes)
        found = journal.read_thing(self.desk.database, ROUNDS, self.number, lock=True)
        if found is None:
            raise Conflict(number=self.number, version=0, expected=0, actor=self.actor.name, what="round", at=self.desk.clock.now())
        return found

    def _open(self, planner: Planner, item: Planned) -> str:
        """Opens the ticket of a problem, and keeps on it what was measured. Returns its number."""
        desk, round_ = self.desk, planner.round
        standard = planner.standard(item.problem_name)
        zone = desk.rules.zone()
        lead = item.result.facts.get("lead", standard.lead)
        end = datetime.combine(round_.measured_on, time.max, zone).astimezone(UTC)  # a day, and no hour of it
        found = opened(desk, self.actor, Opening(
            title_of(item, standard.name, self._subject(item.problem_name.subject)), "evaluation", item.result.note or None,
            standard.measure, lead=self.names.in_force(lead) if lead is not None else None, happened_at=min(planner.now, end),
            problem_key=item.problem_name.key,
            round=round_.number, assign_by=round_.assign_due_at if round_.assign_due_at > planner.now else None,
        ), desk.rules.current("rectification"), desk.salt)
        [(ticket, head)] = journal.read_tickets(desk.database, [found.ticket.id])
        events = [decided(measure(ticket, round_.number, item.opens, self.actor, planner.now))]
        after = evolved(ticket, events[0])
        if item.opens is not None and item.opens.repeats is not None:
            events.append(relapse_of(after, item.opens.repeats, self.actor, planner.now))
            after = evolved(after, events[1])
        write(desk, events, ticket, after, head)
        return ticket.number

    def _subject(self, code: str) -> str:
        unit = self.names.units.find(code)
        return unit.name if unit is not None else code


def title_of(item: Planned, name: str, subject: str) -> str:
    """What a ticket that a round opens is called: whose and which target."""
    point = item.result.note if item.problem_name.point is not None and item.result.note else None
    return f"{subject}：{point or name}"[:LONGEST_TITLE]


def sheet_of(file: File) -> Sheet:
    settings = {"sha256": file.sha256, **file.settings}
    return Sheet(file.handed.evidence if file.handed is not None else None, settings)


def _place(pair: str) -> tuple[object, ...]:
    """Pairs in the order of their targets, and of their subjects."""
    target, *rest = pair.split("|")
    return tuple(int(part) if part.isdecimal() else 0 for part in target.replace("-", ".").split(".")), target, *rest


def _must_not_be_late(planner: Planner, late: bool) -> None:
    """Raises NotPossible where a round of a later day was applied to the same scope, and nobody said that this one is late."""
    if planner.later and not late:
        raise NotPossible(reason="round-late", round=planner.round.number, later=planner.later[-1].number)
