"""Who is told of what: the notices that an event queues, in the same transaction. Their text is made when they are read."""

from __future__ import annotations

from engine.accounts import directory
from engine.record.database import Database
from engine.record.journal import Notice
from engine.rules.definition import Definition
from engine.rules.recipients import Directory, recipients
from engine.rules.ticket import Event, Ticket

INBOX = "inbox"
"""The channel that is always written; every other one is an addition."""


def notices_of(
    database: Database, definition: Definition, event: Event, after: Ticket, people: Directory | None = None,
) -> list[Notice]:
    """An escalation tells whom it found; a trigger tells whom its workflow names, except whoever acted."""
    if event.kind == "escalated":
        names = tuple(event.data["recipients"])
    elif event.kind == "did":
        trigger = definition.triggers[event.data["trigger"]]
        if not trigger.tell:
            return []
        names = recipients(trigger.tell, after, people or directory(database))
    else:
        return []
    return [Notice(event.seq, name, INBOX, event.at) for name in names if name != event.actor]
