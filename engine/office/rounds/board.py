"""The board (指标分县（市、区）一览表): indicator × subject × round, with what is missing to the target, to the last round, to the best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import NotPossible
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.names import Names
from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.rules.access import UNIT_ROLES, Actor, may_read_rounds, not_permitted
from engine.rules.loop.identity import Successors
from engine.rules.loop.round import Result, Round
from engine.rules.loop.target import Standard, gap, measured, plain
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


class Cell(NamedTuple):
    """What one round says of a pair. Numbers are text; None where there are none."""

    round: Round
    result: Result
    value: str | None
    gap: str | None
    to_last: str | None
    to_best: str | None


class Line(NamedTuple):
    """One target of one subject, round by round, and its ticket."""

    standard: Standard
    subject: str
    cells: tuple[Cell, ...]
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Board:
    """A board of one scheme, as somebody may see it; `ranks`: with ranks."""

    scheme: str
    rounds: tuple[Round, ...]
    lines: tuple[Line, ...]
    ranks: bool


def board(desk: Desk, actor: Actor, scheme: str | None = None) -> Board:
    """The board of a scheme, or of the newest. A unit sees its own lines, where their tickets are its own to see, and no ranks.

    Raises NotPermitted, NotPossible (no round).
    """
    whole = may_read_rounds(actor)
    if not whole and (actor.role not in UNIT_ROLES or actor.unit is None):
        raise not_permitted(may_read_rounds, actor)
    if scheme is None:
        row = desk.database.row(queries.SCHEMES)
        if row is None:
            raise NotPossible(reason="no-round")
        scheme = str(row[0])
    rounds = [round_ for round_ in Rounds(desk).of_scheme(scheme) if round_.results]
    tickets = _tickets(desk, rounds)
    lines = [line for line in _lines(rounds, tickets, Names(desk.database).successors) if whole or _own(desk, actor, line)]
    return Board(scheme, tuple(rounds), tuple(lines), whole)


def _lines(rounds: Iterable[Round], tickets: dict[str, Ticket], successors: Successors) -> Iterable[Line]:
    """Each target of each subject: what went over to another goes on in its line."""
    cells: dict[tuple[str, str], list[Cell]] = {}
    standards: dict[str, Standard] = {}
    for round_ in rounds:
        for pair, result in round_.results.items():
            problem = round_.problem(pair)
            standard = round_.standard(problem.target)
            if standard is None or problem.point is not None:
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
    found = measured(standard, result.facts)
    last = Decimal(before.value) if before is not None and before.value is not None else None
    best = Decimal(result.facts["best"]) if "best" in result.facts else None
    return Cell(
        round_, result, plain(found), plain(gap(standard, result.facts)),
        plain(found - last) if found is not None and last is not None else None,
        plain(abs(best - found)) if found is not None and best is not None else None,
    )


def _tickets(desk: Desk, rounds: Iterable[Round]) -> dict[str, Ticket]:
    numbers = sorted({result.ticket for round_ in rounds for result in round_.results.values() if result.ticket is not None})
    if not numbers:
        return {}
    read = (TICKETS.read(row) for row in desk.database.rows(queries.TICKETS_NUMBERED, numbers=numbers))
    return {ticket.number: ticket for ticket in read}


def _own(desk: Desk, actor: Actor, line: Line) -> bool:
    """Whether a line is a unit's to see: it is about the unit, or its ticket is the unit's, and was assigned."""
    return line.ticket is not None and desk.sees(actor, line.ticket)


def _order(target: str) -> tuple[int, ...]:
    return tuple(int(part) for part in target.replace("-", ".").split("."))
