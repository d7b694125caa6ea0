"""One act each on many tickets: each in its own transaction, on the ticket as it was looked at; what stops one stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import Refused, ZgError
from engine.rules.acts.command import Command, Refusal
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.act import Done
    from engine.desk.tickets import Desk
    from engine.rules.access import Actor


class Became(NamedTuple):
    """What became of one ticket: what was done, or the error that stopped it."""

    ticket: Ticket
    done: Done | None
    error: ZgError | None = None

    @property
    def after(self) -> Ticket:
        """The ticket after it, as whoever did it may know it; unchanged where it was not done."""
        return self.done.ticket if self.done is not None else self.ticket


def each_by_itself(
    desk: Desk, actor: Actor, tickets: Iterable[Ticket], wanted: Callable[[Ticket], Command | Refusal], *, dry_run: bool = False,
) -> Iterator[Became]:
    """Does with each ticket what is wanted of it. One that was changed since it was looked at is left to whoever looks again; run again,
    it goes on with what is left.
    """
    for ticket in tickets:
        try:
            command = wanted(ticket)
            if isinstance(command, Refusal):
                raise Refused(command.reasons, number=ticket.number, ticket=ticket)
            yield Became(ticket, desk.do(actor, ticket.number, command, if_version=ticket.version, dry_run=dry_run))
        except ZgError as error:
            yield Became(ticket, None, error)
