"""What people do in bulk with what a round found: reopen what relapsed, verify what passes. The round is the evidence; nothing happens by
itself, and each ticket has its own result. What the round says is asked again of each ticket inside its act, for it may be corrected or
taken back meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.office.each import Became, each_by_itself
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.names import Names
from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.rules.access import Actor, may_evaluate, must
from engine.rules.acts.command import Command
from engine.rules.event import Event
from engine.rules.loop.measurement import Measurement
from engine.rules.loop.reliance import passes
from engine.rules.loop.round import RECORDED, Round
from engine.rules.loop.standing import is_reported
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import OF_ROUND, Evidence
from engine.rules.wording import file_word

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

PIECE = 100
"""Tickets that are read at once: few, so that little happens to one before its turn comes."""

Because = Callable[[str, str | None, str | None], str]
"""The words of an act on a ticket, of the round, of the value that it measured and of what was demanded, as targets write that."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The proposals of one round, for one actor. `unit` narrows them to tickets that it leads, or that are about it."""

    desk: Desk
    actor: Actor
    round: Round
    unit: str | None = None

    def reopen(self, say: Because) -> Iterator[Became]:
        """Reopens what was closed and found again: as a relapse, one act each. `say` says why. Raises NotPermitted."""
        must(may_evaluate, self.actor)
        waiting = (ticket for ticket in self._of_round() if ticket.relapse == self.round.number)

        def wanted(ticket: Ticket) -> Command:
            return Command("reopen", {"as": "relapse"}, {"reason": self._said(ticket, say)}, round=self.round.number)

        return each_by_itself(self.desk, self.actor, waiting, wanted)

    def verify(self, say: Because) -> Iterator[Became]:
        """Verifies what was handed in and passes, by a person who had no hand in it. What passes and was not handed in waits for its unit,
        what we verified already for its superior. Raises NotPermitted.
        """
        must(may_evaluate, self.actor)
        evidence = self.evidence()
        names = {file_word(item.sha256): self.round.number for item in evidence}
        waiting = (ticket for ticket in self._of_round() if self._passes(ticket) and ticket.submitted and not self._is_reported(ticket))

        def wanted(ticket: Ticket) -> Command:
            return Command("verify", {}, {"note": self._said(ticket, say), **names}, evidence, round=self.round.number)

        return each_by_itself(self.desk, self.actor, waiting, wanted)

    def waiting(self) -> int:
        """How many tickets pass and wait for their units to hand in."""
        return sum(self._passes(ticket) and not ticket.submitted for ticket in self._of_round())

    def reported(self) -> int:
        """How many tickets pass that we verified, and that wait to be reported up, or for their superior."""
        return sum(self._passes(ticket) and self._is_reported(ticket) for ticket in self._of_round())

    def evidence(self) -> tuple[Evidence, ...]:
        """The files of the round's results, which tell of all units: the office's to read, not those of the units of a ticket."""
        events = Rounds(self.desk).events(self.actor, self.round)
        files = {item.sha256: item for event in events if event.kind == RECORDED for item in _files(event)}
        return tuple(item._replace(kind=OF_ROUND) for item in files.values())

    # how -----------------------------------------------------------------------------------------------------------------

    def _of_round(self) -> Iterator[Ticket]:
        """The tickets of the round's results, by number."""
        numbers = sorted({result.ticket for result in self.round.results.values() if result.ticket is not None})
        successors, unit = Names(self.desk.database).successors, self.unit
        about = {
            result.ticket for pair, result in self.round.results.items() if successors.subject(self.round.problem(pair).subject) == unit
        } if unit is not None else set()
        for start in range(0, len(numbers), PIECE):
            for row in self.desk.database.rows(queries.TICKETS_NUMBERED, numbers=numbers[start:start + PIECE]):
                ticket = TICKETS.read(row)
                if self.unit is None or ticket.lead == self.unit or ticket.number in about:
                    yield ticket

    def _passes(self, ticket: Ticket) -> bool:
        return passes(ticket, self.round.number)

    def _is_reported(self, ticket: Ticket) -> bool:
        return is_reported(ticket, self.desk.definition(ticket))

    def _own(self, ticket: Ticket) -> Measurement | None:
        return next((item for item in ticket.measurements if item.round == self.round.number), None)

    def _said(self, ticket: Ticket, say: Because) -> str:
        """The words of the act: which round found what."""
        own = self._own(ticket)
        return say(self.round.number, own.value if own else None, own.demand if own else None)


def _files(event: Event) -> list[Evidence]:
    return [Evidence.from_json(node) for node in event.data.get("evidence", ())]
