"""Who is told of what, by which channel and from when: queued in the transaction of the event. Texts are made when they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.notices.reach import INBOX, WEBHOOK, Reach, read_reach
from engine.record import queries
from engine.record.database import Database
from engine.record.directory import directory
from engine.record.journal import Notice, read_events
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.recipients import Directory, recipients
from engine.rules.ticket import Ticket
from engine.rules.timing.quiet import may_disturb_at


def notices_of(
    database: Database, definition: Definition, event: Event, after: Ticket, people: Directory | None = None,
    reach: Reach | None = None,
) -> list[Notice]:
    """An escalation tells whom it found; a trigger tells whom its workflow names, except whoever acted; a correction tells whoever
    was told of a rung that it voids. What the office entered for a unit (补录) tells that unit too, and does both.

    Give `people` and `reach` where many events are written, so that they are read once.
    """
    if event.kind == "escalated":
        names: Sequence[str] = event.data["recipients"]
    elif event.kind == "did":
        trigger = definition.triggers[event.data["trigger"]]
        late = "for_unit" in event.data
        found = (people or directory(database, event.at)) if trigger.tell or late else Directory()
        names = recipients(trigger.tell, after, found) if trigger.tell else ()
        if late:
            names = [*names, *found.contacts.get(event.data["for_unit"], ()), *_misled(database, event)]
    elif event.kind == "amended":
        corrected = _misled(database, event)
        return addressed(event, corrected, read_reach(database) if reach is None else reach) if corrected else []
    else:
        names = ()
    readers = [name for name in dict.fromkeys(names) if name != event.actor]
    return addressed(event, readers, read_reach(database) if reach is None else reach) if readers else []


def combined(notices: Iterable[Notice]) -> list[Notice]:
    """One notice a person and channel for all that one ticket did at once: about its last event, which tells the rest.

    A program is told of every event: it keeps books, it is not disturbed.
    """
    last = {(notice.recipient, notice.channel, notice.seq * (notice.channel == WEBHOOK)): notice for notice in notices}
    return list(last.values())


def withdraw(database: Database, event: Event) -> None:
    """What tells of rungs that this event voids, and has not gone out yet, does not go out any more. Inside `write()`.

    The inbox and programs were told at once: for them there is the correction.
    """
    if seqs := [earlier.seq for earlier in _voided(database, event)]:
        database.run(queries.WITHDRAW_NOTICES, stream=event.ticket, seqs=seqs)


def _misled(database: Database, event: Event) -> list[str]:
    """Whoever was told by a rung that this correction voids, each once: they get the one correction, whoever made it."""
    return list(dict.fromkeys(name for earlier in _voided(database, event) for name in earlier.data["recipients"]))


def _voided(database: Database, event: Event) -> list[Event]:
    """The escalations that a correction says were fired on a wrong date."""
    voided = {(item["clock"], item["epoch"], rung) for item in event.data.get("voided", ()) for rung in item["rungs"]}
    return [] if not voided else [
        earlier for earlier in read_events(database, event.ticket)
        if earlier.kind == "escalated" and (earlier.data["clock"], earlier.data["epoch"], earlier.data["rung"]) in voided
    ]


def addressed(event: Event, names: Sequence[str], reach: Reach) -> list[Notice]:
    """The inbox at once, every other channel of these people when they may be disturbed, and the office's webhooks."""
    notices = []
    for name in names:
        notices.append(Notice(event.seq, name, INBOX, event.at, sent_at=event.at))
        if ways := reach.channels.get(name, ()):
            opens = may_disturb_at(event.at, reach.digest[name], reach.calendars[name])
            notices += [Notice(event.seq, name, way, opens) for way in ways]
    return notices + [Notice(event.seq, name, WEBHOOK, event.at) for name in reach.webhooks]
