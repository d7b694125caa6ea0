"""A batch: the same problem for several units, one ticket each."""

from __future__ import annotations

from dataclasses import replace

from engine.rules.acts.decide import Command
from engine.rules.acts.opening import Opening
from engine.rules.deadline import PLANNED
from engine.rules.event import Event
from engine.rules.situation import Given
from engine.rules.ticket import Ticket


def for_lead(opening: Opening, lead: str, batch: str | None) -> Opening:
    """The opening for one of several units: itself leads, and is no cooperator. A key is one for each unit too."""
    together = tuple(unit for unit in opening.cooperators if unit != lead)
    return replace(opening, lead=lead, cooperators=together, key=f"{opening.key}/{lead}" if opening.key else None, batch=batch)


def like(ticket: Ticket, first: Event) -> Opening:
    """The opening of another ticket about the same problem, for another unit. The sender's own id stays with the first."""
    promise, secret = ticket.promise, first.secret or {}
    return Opening(
        ticket.title, ticket.source, ticket.detail, ticket.measure, ticket.grade, leader=ticket.leader,
        due=promise.due_at if promise and promise.state == PLANNED else None, batch=ticket.number, officer=ticket.officer,
        complainant=secret.get("complainant"), phone=secret.get("phone"), clue=secret.get("clue"),
    )


def assignment(command: Command, lead: str, batch: str) -> Command:
    """The assignment to one of several units: itself leads, and is no cooperator."""
    together = command.input.get("with")
    given: dict[str, Given] = {**command.input, "lead": lead}
    if isinstance(together, tuple):
        given["with"] = tuple(unit for unit in together if unit != lead)
    return replace(command, input=given, batch=batch)
