"""The outbox worker: sends what may go out now. It never holds a transaction while it talks to the outside.

Any number of outbox workers may run. What cannot be sent waits and the rest goes on; what can never be sent is given up and shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.clock import Clock
from engine.notices import outbox
from engine.notices.channels.message import Channel, Message, Undelivered
from engine.notices.channels.opening import opened
from engine.notices.hours import read_hours
from engine.notices.outbox import MOST_SHOWN, ClaimedMessage, WaitingMessage
from engine.notices.reach import PERSONAL, WEBHOOK, announce
from engine.notices.setup import Setup
from engine.notices.writing import Writer
from engine.record import queries
from engine.record.database import Database
from engine.record.settings import SANDBOX_SETTING
from engine.rules.access import WATCH, Actor, may_administer, must

PATIENCE = 3
"""After so many failures in a row a channel rests until the next delivery: one that hangs must not hold up the others."""


@dataclass(slots=True)
class Delivered:
    """What one delivery did: notices that went out, failed for now, were given up; and how many wait after it, for whatever reason.

    `expired` are those of the given up that had waited too long, `held` those of a sandbox, which never leave the machine.
    """

    sent: int = 0
    failed: int = 0
    dead: int = 0
    expired: int = 0
    waiting: int = 0
    held: int = 0


@dataclass(slots=True)
class _Progress:
    """One delivery under way: failures in a row by channel, and channels that rest."""

    done: Delivered = field(default_factory=Delivered)
    failures: Counter[tuple[str, str]] = field(default_factory=Counter)
    resting: set[tuple[str, str]] = field(default_factory=set)


def deliver(
    database: Database, clock: Clock, actor: Actor, setup: Setup, *, stop: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Sends what may go out now. `stop` is asked before each message. Raises NotPermitted for whoever neither administers nor keeps the
    watch, and what the database raises, never what a channel does.

    Says in the record which channels there are (see `reach`). In a sandbox it sends nothing.
    """
    must(lambda one: may_administer(one) or one.role == WATCH, actor)
    database.must_grow()
    announce(database, clock, setup.policy())
    progress, sandbox = _Progress(), database.row(queries.SETTING, name=SANDBOX_SETTING) is not None
    if not sandbox:
        progress.done.expired = progress.done.dead = outbox.expire(database, clock.now())
        _send_what_waits(database, clock, actor, setup, progress, stop)
    progress.done.waiting = database.rows(queries.NOTICES_UNSENT)[0][0]
    progress.done.held = progress.done.waiting if sandbox else 0
    return progress.done


def _send_what_waits(
    database: Database, clock: Clock, actor: Actor, setup: Setup, progress: _Progress, stop: Callable[[], bool],
) -> None:
    writer, now = Writer(database, setup), clock.now()
    # What became due in the night (tried again, or no outbox worker ran) waits for the morning like everything else.
    hours = read_hours(database, writer.rules.calendar(), now)
    channels = (*PERSONAL, WEBHOOK) if hours.anybody else (WEBHOOK,)
    with opened(setup) as channel_of:
        # Programs last: a webhook that hangs makes no person wait.
        for item in sorted(outbox.waiting(database, channels, now), key=lambda item: item.channel == WEBHOOK):
            if stop():
                break
            if item.channel != WEBHOOK and not hours.awake(item.recipient):
                continue
            channel = channel_of(item.channel, item.recipient)
            if channel is not None:
                _send_to(database, clock, actor, writer, item, channel, progress, stop)


def _send_to(
    database: Database, clock: Clock, actor: Actor, writer: Writer, item: WaitingMessage, channel: Channel, progress: _Progress,
    stop: Callable[[], bool],
) -> None:
    """Everything that waits for one recipient. A person gets it as one message; a program gets each event by itself."""
    channel_key = (item.channel, item.recipient if item.channel == WEBHOOK else "")
    most = 1 if item.channel == WEBHOOK else outbox.MOST_TOGETHER
    while channel_key not in progress.resting and not stop():
        claimed = outbox.claim(database, actor, item, clock.now(), most)
        if claimed is None:
            return
        trouble = _send(database, clock, writer, claimed, channel)
        _note_outcome(database, clock, claimed, trouble, channel_key, progress)
        if item.message is not None:
            return


def _send(database: Database, clock: Clock, writer: Writer, claimed: ClaimedMessage, channel: Channel) -> Undelivered | None:
    if claimed.tries > outbox.MOST_TRIES:
        return Undelivered("no-answer", permanent=True)  # outbox workers died over it, again and again
    try:
        channel.send(_message(database, clock, writer, claimed))
    except Undelivered as trouble:
        return trouble
    except Exception as error:  # a channel's own mistake must not stop the others; the class says where to look
        return Undelivered(f"error-{type(error).__name__}")
    return None


def _message(database: Database, clock: Clock, writer: Writer, claimed: ClaimedMessage) -> Message:
    """The message that carries some notices, written now from the events and the tickets as they are.

    Raises Undelivered where nobody can be written to.
    """
    shown = outbox.read_event_notices(database, claimed.ids[:MOST_SHOWN])
    key = outbox.key_of(shown[0], claimed.recipient, claimed.channel)
    if claimed.channel == WEBHOOK:
        return Message(key, "", clock.now(), facts=writer.facts(shown[0].event))
    return writer.message(key, claimed, shown, clock.now())


def _note_outcome(
    database: Database, clock: Clock, claimed: ClaimedMessage, trouble: Undelivered | None, channel_key: tuple[str, str],
    progress: _Progress,
) -> None:
    done, count = progress.done, len(claimed.ids)
    if trouble is None:
        outbox.sent(database, claimed, clock.now())
        progress.failures[channel_key] = 0
        done.sent += count
        return
    if outbox.failed(database, claimed, trouble.code, clock.now(), permanent=trouble.permanent):
        done.dead += count
    else:
        done.failed += count
    progress.failures[channel_key] += not trouble.permanent
    if trouble.down or progress.failures[channel_key] >= PATIENCE:
        progress.resting.add(channel_key)
