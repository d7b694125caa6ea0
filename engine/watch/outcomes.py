"""What senders of complaints and reviews are told: where the ticket of each stands now, once for each state, as an event of its own.

Programs hear of it by the webhooks of the office. It follows from what is in the record, whatever moved the ticket, so nothing is missed
that happened while nobody looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.desk.tickets import Desk
from engine.errors import Damaged, Refused
from engine.notices.queue import addressed
from engine.notices.reach import read_reach
from engine.record import journal, queries
from engine.record.aggregates import FEEDBACKS
from engine.rules.acts.command import Refusal
from engine.rules.loop.feedback import evolve
from engine.rules.loop.feedback_acts import matter_of, outcome_of, tell
from engine.rules.timing.climb import WATCHER

MOST = 1_000
"""So many are told at one time; the next turn tells the rest."""

LATELY = timedelta(days=31)
"""How far back a ticket may have gone on after its end without its sender having heard of it: longer than any watch stands still."""


@dataclass(slots=True)
class Told:
    """How many senders' complaints and reviews were told of, and how many could not be read."""

    events: int = 0
    unreadable: int = 0


def tell_senders(desk: Desk) -> Told:
    """Tells of each complaint and review whose ticket is in another state than its sender knows, one transaction each."""
    told = Told()
    for (number,) in desk.database.rows(queries.UNTOLD_FEEDBACK, since=desk.clock.now() - LATELY, limit=MOST):
        try:
            told.events += _tell(desk, number)
        except Damaged:
            told.unreadable += 1
    return told


def _tell(desk: Desk, number: str) -> int:
    """Whether there was anything to tell: somebody else may have told it meanwhile."""
    database = desk.database
    with database.write():
        found = journal.read_thing(database, FEEDBACKS, number, lock=True)
        if found is None or found[0].ticket is None:
            return 0
        feedback, head = found
        known = journal.read_ticket(database, found[0].ticket)
        if known is None:
            return 0
        ticket = known[0]
        matter = matter_of(ticket)
        if matter.told == feedback.told:
            return 0
        stage = desk.definition(ticket).states[ticket.state].stage
        event = tell(feedback, matter, outcome_of(stage, ticket.closed_as), WATCHER, desk.clock.now())
        if isinstance(event, Refusal):
            raise Refused(event.reasons)
        journal.append(database, [event], feedback, evolve(feedback, event), head, addressed(event, (), read_reach(database)))
    return 1
