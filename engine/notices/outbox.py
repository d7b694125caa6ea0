"""The outbox: which messages may go out now, claiming one so that nobody else sends it too, and what became of it.

An outbox worker claims a message for LEASE; if the worker dies, the message is tried again after that, with the same notices in it and
the same key. So a message is sent at least once, and whoever receives it twice can see that it is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from engine.notices.hours import Hours, read_hours
from engine.notices.reach import WEBHOOK, Policy, read_policy
from engine.record import queries
from engine.record.database import Database, Row
from engine.record.directory import writing_as
from engine.record.event_rows import event_of
from engine.rules.access import Actor, may_administer, must
from engine.rules.event import Event
from engine.rules.worktime import Calendar

LEASE = timedelta(minutes=10)
"""How long an outbox worker may work on one message before another worker takes it for dead."""

MOST_TRIES = 12
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
"""After the first failure a minute, then twice as long each time: twelve tries in about a day."""

LONGEST_WAIT = timedelta(days=30)
"""What nobody could send for so long is no news any more: a channel that was taken away and comes back does not tell old stories."""

EXPIRED = "expired"
"""Why it is given up then."""

MOST_TOGETHER = 1_000
"""No more notices than this in one message."""

MOST_SHOWN = 20
"""A message names this many tickets; of the rest it says how many."""

MOST_WAITING = 10_000
"""An outbox worker looks at this many messages at a time."""


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """A recipient and a channel by which something may go out: what is new (`message` is None), or a message that is tried again."""

    channel: str
    recipient: str
    message: int | None


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """A message that this outbox worker is about to send: the notices in it, and how often it was tried, this time included."""

    channel: str
    recipient: str
    ids: tuple[int, ...]
    tries: int


@dataclass(frozen=True, slots=True)
class EventNotice:
    """A notice with the event it tells of. `hash` is the event's."""

    id: int
    event: Event
    body: str | None
    hash: bytes


@dataclass(frozen=True, slots=True)
class OutboxNotice:
    """One notice on its way out, as the office sees it; its fields but the last are the columns of `queries.OUTBOX`.

    `state`: sent, dead (given up), held (a sandbox, or a channel that no outbox worker serves), quiet (waits for working hours or a
    digest), retry (failed before), waiting.
    """

    id: int
    channel: str
    recipient: str
    number: str | None
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    tries: int
    next_try_at: datetime
    dead: bool
    error: str | None
    message: int | None
    state: str

    def facts(self) -> dict[str, Any]:
        """Name and value of every field."""
        return asdict(self)


def waiting(database: Database, channels: Sequence[str], now: datetime) -> list[WaitingMessage]:
    """Every message that may go out now, longest waiting first."""
    found = database.rows(queries.NOTICES_WAITING, channels=list(channels), now=now, limit=MOST_WAITING)
    return [WaitingMessage(*row) for row in found]


def claim(database: Database, actor: Actor, item: WaitingMessage, now: datetime, most: int = MOST_TOGETHER) -> ClaimedMessage | None:
    """Claims a message for this outbox worker; None if another worker was faster. Raises NotPermitted."""
    until = now + LEASE
    with writing_as(database, actor, now):
        if item.message is not None:
            tried = database.rows(
                queries.CLAIM_MESSAGE, channel=item.channel, recipient=item.recipient, message=item.message, now=now,
                next_try_at=until,
            )
            return ClaimedMessage(item.channel, item.recipient, tuple(sorted(row[0] for row in tried)), tried[0][1]) if tried else None
        new = database.rows(queries.NEW_NOTICES, channel=item.channel, recipient=item.recipient, now=now, limit=most)
        ids = [row[0] for row in new]
        if not ids:
            return None
        database.run(queries.MAKE_MESSAGE, message=ids[0], next_try_at=until, ids=ids)
        return ClaimedMessage(item.channel, item.recipient, tuple(ids), 1)


def sent(database: Database, claimed: ClaimedMessage, now: datetime) -> None:
    """Notes that a message went out."""
    with database.write():
        database.run(queries.NOTICES_SENT, now=now, ids=list(claimed.ids))


def failed(database: Database, claimed: ClaimedMessage, code: str, now: datetime, *, permanent: bool) -> bool:
    """Notes that a message did not go out: it waits longer each time, and is given up in the end. Returns whether it was given up."""
    dead = permanent or claimed.tries >= MOST_TRIES
    with database.write():
        database.run(
            queries.NOTICES_FAILED, ids=list(claimed.ids), error=code, dead=dead, next_try_at=now + pause(claimed.tries),
        )
    return dead


def expire(database: Database, now: datetime) -> int:
    """Gives up every notice that has waited too long, whatever it waited for, a piece at a time. Returns how many."""
    given_up = 0
    while ids := [row[0] for row in database.rows(queries.NOTICES_OLD, since=now - LONGEST_WAIT, limit=MOST_WAITING)]:
        with database.write():
            database.run(queries.NOTICES_FAILED, ids=ids, error=EXPIRED, dead=True, next_try_at=now)
        given_up += len(ids)
    return given_up


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(tries - 1, 0), MOST_TRIES)
    return min(doubled, LONGEST_PAUSE)


def read_event_notices(database: Database, ids: Sequence[int]) -> list[EventNotice]:
    """Some notices in the order of their ids, each with the event it tells of."""
    found = database.rows(queries.NOTICE_EVENTS, ids=list(ids))
    return [EventNotice(row[0], event_of(row[2:-1]), row[1], row[-1]) for row in found]


def key_of(first: EventNotice, recipient: str, channel: str) -> str:
    """The idempotency key of the message that begins with this notice: the same for ever, and in no other record. In an inbox each notice
    is a message of its own.
    """
    return hashlib.sha256(b"\n".join((first.hash, recipient.encode(), channel.encode()))).hexdigest()[:32]


def read_outbox(
    database: Database, actor: Actor, now: datetime, calendar: Calendar, *, sandbox: bool, dead: bool, limit: int, before: int = 2**62,
) -> list[OutboxNotice]:
    """The notices that left the program or should leave it, newest first; with `dead` only those given up.

    Raises NotPermitted for whoever does not administer: the outbox is the office's.
    """
    must(may_administer, actor)
    hours = read_hours(database, calendar, now)
    policy = read_policy(database) or Policy()
    served = set() if sandbox else {*policy.channels, *(WEBHOOK for _ in policy.webhooks)}
    rows = database.rows(queries.OUTBOX_DEAD if dead else queries.OUTBOX, before=before, limit=limit)
    names = [field.name for field in fields(OutboxNotice)][:-1]
    return [OutboxNotice(**dict(zip(names, row, strict=True)), state=_state(row, served, now, hours)) for row in rows]


def _state(row: Row, served: Collection[str], now: datetime, hours: Hours) -> str:
    _, channel, recipient, _, _, not_before, sent_at, tries, _, dead, _, _ = row
    if dead or sent_at:
        return "dead" if dead else "sent"
    if channel not in served:
        return "held"
    if not_before > now or (channel != WEBHOOK and not hours.awake(recipient)):
        return "quiet"
    return "retry" if tries else "waiting"
