"""Whether a round may be closed: every pair of its scope measured, not applicable, or with a reason why not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.office.rounds.beginning import Rounds
from engine.office.rounds.scope import scope_of
from engine.office.rounds.surroundings import Surroundings
from engine.office.stream import DoneTo
from engine.rules.access import Actor
from engine.rules.acts.command import Refusal
from engine.rules.event import Event
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.round import Round
from engine.rules.loop.round_acts import close
from engine.rules.loop.target import NOT_MEASURED

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


def unexplained(desk: Desk, actor: Actor, round_: Round) -> list[ProblemName]:
    """The pairs in scope of which the round says nothing, not even why."""
    around = Surroundings(desk, actor, round_.number)
    scope = scope_of(round_, around.planner(round_).earlier, (), around.names.successors)
    return [
        problem for pair, problem in sorted(scope.items())
        if (found := round_.results.get(pair)) is None or (found.result == NOT_MEASURED and found.note is None)
    ]


def close_round(desk: Desk, actor: Actor, number: str, accepted: str | None, *, dry_run: bool = False) -> DoneTo[Round]:
    """Closes a round, if what it lacks is explained or accepted. Raises RoundNotFound, Refused, NotPermitted."""
    rounds = Rounds(desk)

    def closed(round_: Round, now: datetime) -> Event | Refusal:
        return close(round_, len(unexplained(desk, actor, round_)), accepted, actor, now, desk.salt())

    return rounds.streams.change(actor, rounds.read(actor, number).number, closed, dry_run=dry_run)
