"""The board (指标分县（市、区）一览表): indicator × subject × round, with what is missing to the target, to the last round, to the best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import NotPossible
from engine.office.rounds.beginning import Rounds
from engine.record import journal, queries
from engine.record.aggregates import TICKETS
from engine.record.successors import read_successors
from engine.rules.access import UNIT_ROLES, Actor, may_read_rounds, not_permitted
from engine.rules.loop.identity import ProblemName, Successors
from engine.rules.loop.outcome import DISMISSED, OPENED, RELAPSED
from engine.rules.loop.round import Round
from engine.rules.loop.round_facts import Result
from engine.rules.loop.standing import MEASURED
from engine.rules.loop.target import Kind, Standard, distance_to_best, gap, kind_of, measured, plain, trend
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


NOT_TOLD_YET = frozenset({RELAPSED, DISMISSED})
"""Actions of which a unit hears only when the office acts on them."""


class Cell(NamedTuple):
    """What one round says of a pair. Numbers are text; None where there are none. `kind` is the kind of the value; with the last one of
    another kind it is not `comparable`, and else `trend` says how it went since.
    """

    round: Round
    result: Result
    value: str | None
    gap: str | None
    to_last: str | None
    to_best: str | None
    kind: Kind | None = None
    comparable: bool = True
    trend: str | None = None


class Line(NamedTuple):
    """One target of one subject, round by round, and its ticket, which is `named` to whoever may see it."""

    standard: Standard
    subject: str
    cells: tuple[Cell, ...]
    ticket: Ticket | None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Board:
    """A board of one scheme, as somebody may see it; `ranks`: with ranks."""

    scheme: str
    rounds: tuple[Round, ...]
    lines: tuple[Line, ...]
    ranks: bool


def board(desk: Desk, actor: Actor, scheme: str | None = None) -> Board:
    """The board of a scheme, or of the newest. A unit sees the results that are about it, once they were issued, and those of tickets that
    are its own to see, as far as it could see the ticket; no ranks, and no rounds beside these.

    Raises NotPermitted, NotPossible (no round).
    """
    whole = _reads_whole(actor)
    if scheme is None:
        scheme = _newest(desk)
    rounds = _measured(desk, scheme)
    tickets, successors = _tickets_of_rounds(desk, rounds), read_successors(desk.database)
    if whole:
        return Board(scheme, tuple(rounds), tuple(_lines(rounds, tickets, successors, lambda round_, problem, result: True)), whole)
    sight = _Sight(desk, actor, tickets, successors)
    lines = tuple(map(sight.line, _lines(rounds, tickets, successors, sight.reads)))
    read = {cell.round.number for line in lines for cell in line.cells}
    return Board(scheme, tuple(round_ for round_ in rounds if round_.number in read), lines, whole)


def schemes(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """The schemes whose boards somebody may look at, the one of the newest round first; a unit those of which it has a line to read.

    Raises NotPermitted.
    """
    whole = _reads_whole(actor)
    return tuple(name for name in Rounds(desk).schemes() if whole or board(desk, actor, name).lines)


@dataclass(slots=True)
class _Sight:
    """What somebody of a unit reads of the results of a scheme."""

    desk: Desk
    actor: Actor
    tickets: Mapping[str, Ticket]
    successors: Successors
    _read: dict[str, set[str]] = field(default_factory=dict)

    def reads(self, round_: Round, problem: ProblemName, result: Result) -> bool:
        ticket = self._own(problem, result)
        if ticket is not None and self.desk.sees(self.actor, ticket):
            return round_.number in self._rounds(ticket)
        if self.successors.subject(problem.subject) != self.actor.unit or result.pending:
            return False
        if ticket is None:
            return round_.closed_at is not None and result.action not in NOT_TOLD_YET
        return ticket.assigned_at is not None and not (ticket.final and result.action in NOT_TOLD_YET)

    def line(self, line: Line) -> Line:
        """The line with its ticket as the reader may know it; of one that is not the reader's to see, its number is nobody's."""
        if line.ticket is None:
            return line
        if self.desk.sees(self.actor, line.ticket):
            return line._replace(ticket=self.desk.as_seen(self.actor, line.ticket))
        return line._replace(ticket=line.ticket._replace(relapse=None), named=False)

    def _own(self, problem: ProblemName, result: Result) -> Ticket | None:
        """The ticket of the problem itself, and not one that it was found to repeat, which is another subject's."""
        ticket = self.tickets.get(result.ticket or "")
        keys = {name.key for name in self.successors.alike(problem)}
        return ticket if ticket is not None and ticket.problem_key in keys else None

    def _rounds(self, ticket: Ticket) -> set[str]:
        """The rounds whose word on a ticket the reader knows: that by which it was found, and those since it was its own."""
        if ticket.number not in self._read:
            history = journal.read_events(self.desk.database, ticket.id)
            seen = self.desk.as_seen(self.actor, ticket, history).measurements
            first = min((event.seq for event in self.desk.as_read(self.actor, ticket, history)), default=ticket.version)
            before = {event.data["round"] for event in history if event.kind == MEASURED and event.seq < first}
            self._read[ticket.number] = {item.round for item in seen if item.action == OPENED or item.round not in before}
        return self._read[ticket.number]


def _reads_whole(actor: Actor) -> bool:
    """Whether somebody reads every line of every board; a unit reads its own. Raises NotPermitted of anybody else."""
    if may_read_rounds(actor):
        return True
    if actor.role not in UNIT_ROLES or actor.unit is None:
        raise not_permitted(may_read_rounds, actor)
    return False


def _newest(desk: Desk) -> str:
    """The scheme of the newest round that has results, or of the newest where none has any. Raises NotPossible."""
    known = Rounds(desk).schemes()
    if not known:
        raise NotPossible(reason="no-round")
    return next((name for name in known if _measured(desk, name)), known[0])


def _measured(desk: Desk, scheme: str) -> list[Round]:
    """The rounds of a scheme that have results."""
    return [round_ for round_ in Rounds(desk).of_scheme(scheme) if round_.results]


def _lines(
    rounds: Iterable[Round], tickets: Mapping[str, Ticket], successors: Successors, reads: Callable[[Round, ProblemName, Result], bool],
) -> Iterable[Line]:
    """Each target of each subject, of the results that are read: what went over to another goes on in its line."""
    cells: dict[tuple[str, str], list[Cell]] = {}
    standards: dict[str, Standard] = {}
    for round_ in rounds:
        for pair, result in round_.results.items():
            problem = round_.problem(pair)
            standard = round_.standard(problem.target)
            if standard is None or problem.point is not None or not reads(round_, problem, result):
                continue
            target = successors.target(problem.target)
            standards[target] = standard
            each = cells.setdefault((target, successors.subject(problem.subject)), [])
            each.append(_cell(round_, standard, result, each[-1] if each else None))
    for target, subject in sorted(cells, key=lambda place: (_order(place[0]), place[1])):
        own = cells[target, subject]
        number = next((cell.result.ticket for cell in reversed(own) if cell.result.ticket is not None), None)
        yield Line(standards[target], subject, tuple(own), tickets.get(number or ""))


def _cell(round_: Round, standard: Standard, result: Result, before: Cell | None) -> Cell:
    found, kind = measured(standard, result.facts), kind_of(standard, result.facts)
    comparable = kind is None or before is None or before.kind in (None, kind)
    last = before.value if before is not None and comparable else None
    return Cell(
        round_, result, plain(found), plain(gap(standard, result.facts)),
        plain(found - Decimal(last)) if found is not None and last is not None else None, plain(distance_to_best(result.facts)),
        kind, comparable, trend(standard, last, plain(found), standard.demand),
    )


def _tickets_of_rounds(desk: Desk, rounds: Iterable[Round]) -> dict[str, Ticket]:
    numbers = sorted({result.ticket for round_ in rounds for result in round_.results.values() if result.ticket is not None})
    if not numbers:
        return {}
    read = (TICKETS.read(row) for row in desk.database.rows(queries.TICKETS_NUMBERED, numbers=numbers))
    return {ticket.number: ticket for ticket in read}


def _order(target: str) -> tuple[int, ...]:
    return tuple(int(part) for part in target.replace("-", ".").split("."))
