"""What rested on results of a round that were wrong, taken back ticket by ticket where nobody worked on it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.desk.act import Act, carry_out, write
from engine.errors import Refused
from engine.office.rounds.applied import Applied
from engine.office.rounds.planning import Planned, Planner
from engine.office.rounds.surroundings import Surroundings
from engine.office.stream import decided
from engine.record import journal
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import decide
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.event import Event
from engine.rules.loop import outcome
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.measurement import Measurement, of_pair
from engine.rules.loop.round import Round
from engine.rules.loop.standing import by_units, measure, revert
from engine.rules.loop.target import MISS
from engine.rules.ticket import Ticket
from engine.rules.ticket import evolve as evolved


@dataclass(slots=True)
class Reversing:
    """Takes back what one round did to tickets: for a correction, or (`whole`) with everything that the round said of them. `versions` are
    those of the tickets that were written, `left` those that are left to people, each with the code of why.
    """

    around: Surroundings
    whole: bool
    reason: str | None = None
    versions: dict[str, int] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    def way(self, ticket: Ticket, planner: Planner, item: Planned) -> str | None:
        """How what rested on the old result is reversed: by withdrawing or reverting; or the code of why it stays; None: nothing to do."""
        kept = own(ticket, planner, item.problem_name)
        if kept is None or (not self.whole and item.result.result == MISS and item.keeps):
            return None
        history = journal.read_events(self.around.desk.database, ticket.id)
        if kept.action == outcome.OPENED and not ticket.final:
            return "stays-worked-on" if by_units(history) or ticket.acted_level > 1 else "withdraw"
        if was_reopened(ticket, kept) and not ticket.final:
            reopening = _reopening(history)
            if reopening is None:
                return "stays-worked-on"
            made = revert(ticket, history, reopening, planner.round.number, self.around.actor, self.around.desk.clock.now())
            return "stays-worked-on" if isinstance(made, Refusal) else "revert"
        closed = ticket.final and ticket.closed_as == VERIFIED
        return "stays-verified" if closed and (kept.action in (outcome.PASSED, outcome.OPENED) or was_reopened(ticket, kept)) else None

    def withdraw(self, ticket: Ticket, planner: Planner, problem: ProblemName, applied: Applied) -> str | None:
        """What a wrong result opened and nobody touched is a mistake, and no round's word stands on it. Returns why it could not be
        withdrawn, where it could not.
        """
        def event(found: Ticket, at: datetime) -> Event | Refusal:
            words = {"reason": f"{planner.round.number} {self.reason or ''}".strip()}
            mistake = Command("withdraw", {"as": "mistake"}, words, salt=self.around.desk.salt())
            return decide(self.around.desk.situation(self.around.actor, found, at), mistake)

        try:
            done = carry_out(self.around.desk, Act(self.around.actor, ticket.number, event))
        except Refused as refused:
            applied.reversed = [item for item in applied.reversed if item.number != ticket.number]
            applied.stays.append((ticket.number, refused.reasons[0].code))
            return refused.reasons[0].code
        [(after, head)] = journal.read_tickets(self.around.desk.database, [done.ticket.id])
        self.around.heads[after.id] = head
        self.forget(after, planner, problem, done.events[-1].at, applied)
        applied.written += len(done.events)
        return None

    def revert(self, ticket: Ticket, round_: Round, now: datetime, applied: Applied) -> Ticket:
        """A reopening that rested on a wrong result and that nobody touched is taken back."""
        history = journal.read_events(self.around.desk.database, ticket.id)
        event = decided(revert(ticket, history, _reopening(history) or 0, round_.number, self.around.actor, now))
        return self.write(ticket, event, applied)

    def forget(self, ticket: Ticket, planner: Planner, problem: ProblemName, now: datetime, applied: Applied) -> Ticket:
        """Nothing of what the round said of the ticket for this problem stands on it any more."""
        event = decided(measure(ticket, planner.round.number, None, self.around.actor, now, planner.pair_on(ticket, problem)))
        return self.write(ticket, event, applied)

    def write(self, ticket: Ticket, event: Event, applied: Applied) -> Ticket:
        """Writes an event of a ticket, whose version and hash are known from then on."""
        after = evolved(ticket, event)
        self.versions[after.number] = after.version
        write(self.around.desk, [event], ticket, after, self.around.heads[ticket.id])
        [(_, head)] = journal.read_tickets(self.around.desk.database, [ticket.id])
        self.around.heads[ticket.id] = head
        applied.written += 1
        return after


def own(ticket: Ticket, planner: Planner, problem: ProblemName) -> Measurement | None:
    """What the ticket keeps of the round for this problem."""
    return of_pair(ticket.measurements, planner.round.number, planner.pair_on(ticket, problem))


def went_out(ticket: Ticket, planner: Planner, problem: ProblemName) -> bool:
    """Whether a unit was told of what the round found: the ticket that it opened was assigned, or the one that relapsed reopened."""
    kept = own(ticket, planner, problem)
    return kept is not None and ((kept.action == outcome.OPENED and ticket.assigned_at is not None) or was_reopened(ticket, kept))


def was_reopened(ticket: Ticket, kept: Measurement) -> bool:
    """Whether the ticket was reopened because of this word on it."""
    return kept.action == outcome.RELAPSED and ticket.attempt > kept.attempt


def _reopening(history: Sequence[Event]) -> int | None:
    """The last event by which the ticket was opened again."""
    return next((event.seq for event in reversed(history) if event.kind == "did" and event.data["trigger"] == "reopen"), None)
