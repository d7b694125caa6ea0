"""Who is told of what, by which channel and from when: queued in the transaction of the event. Texts are made when they are read."""

from __future__ import annotations

from collections.abc import Sequence

from engine.notices.reach import INBOX, WEBHOOK, Reach, read_reach
from engine.record import queries
from engine.record.database import Database
from engine.record.directory import directory
from engine.record.journal import Notice, read_events
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.recipients import Directory, told_of_act
from engine.rules.ticket import Ticket
from engine.rules.timing.quiet import may_disturb_at


def notices_of(
    database: Database, definition: Definition, events: Sequence[Event], before: Ticket | None, after: Ticket,
    people: Directory | None = None, reach: Reach | None = None,
) -> list[Notice]:
    """The notices of one act, which made these events of one ticket: one a person and channel, about the last event that tells them.

    A program is told of every event that is told to anybody: it keeps books, it is not disturbed. Give `people` and `reach` where many
    acts are written, so that they are read once.
    """
    def look_up() -> Directory:
        nonlocal people
        people = people or directory(database, events[-1].at)
        return people

    corrected = [
        name for event in events if "voided" in event.data
        for name in _misled(database, event) if event.kind == "amended" or name != event.actor
    ]
    told = told_of_act(definition, events, before, after, look_up, corrected)
    if not told.events:
        return []
    reach = read_reach(database) if reach is None else reach
    return [
        notice for event in events if event.seq in told.events
        for notice in addressed(event, [name for name, seq in told.people.items() if seq == event.seq], reach)
    ]


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
    """The escalations that a correction says were fired on a wrong date, a rung with all its repetitions."""
    items = event.data.get("voided", ())
    voided: set[tuple[str | int, ...]] = {(item["clock"], item["epoch"], rung) for item in items for rung in item["rungs"]}
    voided |= {(item["clock"], item["epoch"], rung, n) for item in items for rung, n in item.get("repetitions", ())}
    return [] if not voided else [
        earlier for earlier in read_events(database, event.ticket)
        if earlier.kind == "escalated" and _keys(earlier) & voided
    ]


def _keys(escalation: Event) -> set[tuple[str | int, ...]]:
    """What an escalation is called where it is said to be void: by its rung, a repetition also by its number."""
    data = escalation.data
    rung = (data["clock"], data["epoch"], data["rung"])
    return {rung, (*rung, data["n"])} if "n" in data else {rung}


def addressed(event: Event, names: Sequence[str], reach: Reach) -> list[Notice]:
    """The inbox at once, every other channel of these people when they may be disturbed, and the office's webhooks."""
    notices = []
    for name in names:
        notices.append(Notice(event.seq, name, INBOX, event.at, sent_at=event.at))
        if ways := reach.channels.get(name, ()):
            opens = may_disturb_at(event.at, reach.digest[name], reach.calendars[name])
            notices += [Notice(event.seq, name, way, opens) for way in ways]
    return notices + [Notice(event.seq, name, WEBHOOK, event.at) for name in reach.webhooks]
