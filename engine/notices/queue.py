"""Who is told of what, by which channel and from when: queued in the transaction of the event. Texts are made when they are read."""

from __future__ import annotations

from collections.abc import Sequence

from engine.accounts import directory
from engine.notices.reach import INBOX, WEBHOOK, Reach, read_reach
from engine.record.database import Database
from engine.record.journal import Notice
from engine.rules.definition import Definition
from engine.rules.quiet import AT_ONCE, may_disturb_at
from engine.rules.recipients import Directory, recipients
from engine.rules.ticket import Event, Ticket


def notices_of(
    database: Database, definition: Definition, event: Event, after: Ticket, people: Directory | None = None,
    reach: Reach | None = None,
) -> list[Notice]:
    """An escalation tells whom it found; a trigger tells whom its workflow names, except whoever acted.

    Give `people` and `reach` where many events are written, so that they are read once.
    """
    if event.kind == "escalated":
        names: Sequence[str] = event.data["recipients"]
    elif event.kind == "did":
        trigger = definition.triggers[event.data["trigger"]]
        names = recipients(trigger.tell, after, people or directory(database, event.at)) if trigger.tell else ()
    else:
        names = ()
    told = [name for name in names if name != event.actor]
    return addressed(event, told, read_reach(database) if reach is None else reach) if told else []


def addressed(event: Event, names: Sequence[str], reach: Reach) -> list[Notice]:
    """The inbox at once, every other channel of these people when they may be disturbed, and the office's webhooks."""
    notices = []
    for name in names:
        notices.append(Notice(event.seq, name, INBOX, event.at, sent_at=event.at))
        ways = reach.channels.get(name, ())
        if ways and reach.calendar is not None:
            opens = may_disturb_at(event.at, reach.digest.get(name, AT_ONCE), reach.calendar)
            notices += [Notice(event.seq, name, way, opens) for way in ways]
    return notices + [Notice(event.seq, name, WEBHOOK, event.at) for name in reach.webhooks]
