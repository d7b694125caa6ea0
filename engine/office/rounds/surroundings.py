"""A round as it stands among the others of its schemes, with the tickets of its problems: read for a preview, and held to write."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import Conflict, Problem, RoundNotFound
from engine.office.rounds.names import Names
from engine.office.rounds.planning import Planner
from engine.office.rounds.scope import overlap
from engine.record import journal, queries
from engine.record.aggregates import ROUNDS, TICKETS
from engine.rules.access import Actor
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.round import Round
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

LOCKED, SEEN = queries.TICKETS_OF_PROBLEMS_LOCKED, queries.TICKETS_OF_PROBLEMS


@dataclass(slots=True)
class Surroundings:
    """What there is around one round, for one actor. `heads` are the hashes of the last events of the tickets that were read; `known` are
    the pairs that the round knows under names of their own, `correcting` whether what it says already may be said otherwise.
    """

    desk: Desk
    actor: Actor
    number: str
    correcting: bool = False
    names: Names = field(init=False)
    heads: dict[int, bytes] = field(default_factory=dict)
    known: Container[str] = ()
    _schemes: Sequence[str] = ()

    def __post_init__(self) -> None:
        self.names = Names(self.desk.database)

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

    def planner_now(self, round_: Round, now: datetime) -> Planner:
        """The planner for the round as it was locked, on the units, the successors and the other rounds that there are now."""
        self.names = Names(self.desk.database)
        return replace(self.planner(round_), now=now)

    def locked(self) -> tuple[Round, bytes]:
        """The round as it stands, held with the others of its schemes until this is written: none of a later day comes in between."""
        self.desk.database.rows(queries.LOCK_ROUNDS, schemes=self._schemes)
        found = journal.read_thing(self.desk.database, ROUNDS, self.number, lock=True)
        if found is None:
            raise Conflict(number=self.number, version=0, expected=0, actor=self.actor.name, what="round", at=self.desk.clock.now())
        return found

    def tickets(
        self, problems: Iterable[ProblemName], statement: str = SEEN,
    ) -> dict[str, list[Ticket]]:
        """By the names of pairs, all tickets that their problems ever had; a duplicate is replaced by what it repeats. What a round knows
        under the name of a predecessor stays that one's.
        """
        wanted: dict[str, str] = {}
        for problem in problems:
            for name in self.names.successors.alike(problem):
                if name.pair == problem.pair or name.pair not in self.known:
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

    def subject(self, code: str) -> str:
        """How a subject is called: a unit in force by its name."""
        unit = self.names.units.find(code)
        return unit.name if unit is not None else code

    def problem(self, code: str, problem: ProblemName, rows: Mapping[str, int]) -> Problem:
        """Why the row of a pair cannot be used, or of what the file does not name the pair itself. `rows` are those of the pairs."""
        return Problem(code, rows.get(problem.pair), {"target": problem.target, "subject": self.subject(problem.subject)})

    def _read(self, statement: str, **values: object) -> list[Ticket]:
        """The tickets that a statement finds; the hashes of their last events are kept beside."""
        found = []
        for row in self.desk.database.rows(statement, **values):
            ticket = TICKETS.read(row)
            self.heads[ticket.id] = row[-1]
            found.append(ticket)
        return found
