"""What the watch does by the clock: each duty opens what it needs, does its work, and leaves a heartbeat. It never raises.

Heartbeats follow real time, also in a sandbox, whose own clock is read anew each time (DESIGN §5).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from secrets import randbelow
from typing import Any

from engine.app.opening import AppContext, open_app
from engine.app.settings import Settings
from engine.app.witnessing import ask_witnesses
from engine.audit.key import KeyMissing
from engine.audit.sealing import note_missed_seal, seal
from engine.audit.seals import last_seal
from engine.clock import Clock, SystemClock
from engine.errors import Busy, ZgError
from engine.notices.delivery import deliver
from engine.record import queries
from engine.record.database import Database
from engine.rules.access import WATCH_ACCOUNT, may_read_batches, must_have_role
from engine.rules.batch import Batch
from engine.rules.event import Event
from engine.rules.proof.chain import canonical, stamp
from engine.rules.ticket import Ticket
from engine.watch.batches import Rung, ring_batches
from engine.watch.coverage import look_ahead
from engine.watch.outcomes import Told, tell_senders
from engine.watch.pulse import Pulse
from engine.watch.sweep import Swept, sweep

VIA = "watch"
SWEEP, NOTICES, SEAL, CALENDAR = "sweep", "notices", "seal", "calendar"

DELIVERY_SECONDS = 30
SEAL_SECONDS = 3600
CALENDAR_SECONDS = 6 * 3600
"""How often these duties are done. A seal is taken once a day all the same: every turn asks whether today's is there."""

TRIES = 3
"""How often a duty tries while the database is busy, before it waits for its next turn."""

PAUSE_SECONDS = 0.2
"""Before the second try; twice as long before each further one."""


@dataclass(frozen=True, slots=True)
class Stop:
    """How a duty hears that the watch ends: `asked()` between two pieces of work, `wait(seconds)` instead of sleeping."""

    requested: Callable[[], bool] = lambda: False
    wait: Callable[[float], object] = lambda seconds: None


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the watch does every so many seconds. Its work returns what the heartbeat says."""

    name: str
    seconds: float
    work: Callable[[AppContext, Settings, Stop], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class DutyDone:
    """How a duty went: what it says of itself, or the error that stopped it."""

    duty: str
    facts: Mapping[str, Any]
    error: Exception | None = None


def perform(duty: Duty, settings: Settings, stop: Stop, clock: Clock | None = None, pulse: Pulse | None = None) -> DutyDone:
    """Does a duty once. Whatever happens, the daemon goes on: the error is in what is returned, and in the heartbeat if it can be.

    `pulse` is that of the process; its duties that hang are told in the heartbeat of this one.
    """
    clock, pulse = clock or SystemClock(), pulse or Pulse()
    pulse.begins(duty.name, clock.now())
    try:
        asked = Stop(pulse.felt(duty.name, clock.now, stop.requested), stop.wait)
        return _perform(duty, replace(settings, actor=WATCH_ACCOUNT), asked, clock, pulse)
    finally:
        pulse.ends(duty.name)


def _perform(duty: Duty, settings: Settings, stop: Stop, clock: Clock, pulse: Pulse) -> DutyDone:
    for again in range(TRIES):
        try:
            with open_app(settings, VIA) as app:
                try:
                    done = DutyDone(duty.name, duty.work(app, settings, stop))
                except Exception as error:
                    beat(app.database, duty.name, duty.seconds, {"error": code_of(error)}, clock, pulse, well=False)
                    raise
                beat(app.database, duty.name, duty.seconds, done.facts, clock, pulse)
                return done
        except Busy as error:
            failed: Exception = error
        except Exception as error:
            return DutyDone(duty.name, {}, error)
        if stop.requested():
            break
        stop.wait(PAUSE_SECONDS * 2**again)
    return DutyDone(duty.name, {}, failed)


def beat(
    database: Database, duty: str, seconds: float, facts: Mapping[str, Any], clock: Clock, pulse: Pulse | None = None, *,
    well: bool = True,
) -> None:
    """Leaves the heartbeat of a duty. `seconds` is when the next one may be expected. Raises Busy, ZgError."""
    now = clock.now()
    hanging = {name: stamp(alive) for name, alive in pulse.hanging(now).items()} if pulse else {}
    facts = {**facts, "hanging": hanging} if hanging else facts
    with database.write():
        database.run(
            queries.BEAT if well else queries.BEAT_FAILED, duty=duty, process=process(), at=now, seconds=max(1, round(seconds)),
            detail=canonical(dict(facts)),
        )


def process() -> str:
    """`host:pid`: which process it is, of any number on any number of machines."""
    return f"{socket.gethostname()}:{os.getpid()}"


def code_of(error: Exception) -> str:
    return error.code if isinstance(error, ZgError) else type(error).__name__


def by_hand(app: AppContext) -> list[tuple[Ticket | Batch, Event]]:
    """A sweep that somebody runs, or a timer of the operating system, with its heartbeat. Returns what fired, as far as the actor may
    see the tickets and batches: every alarm rings, whoever asks. Raises NotPermitted."""
    must_have_role(app.actor)
    swept, rung, told = sweep(app.desk), ring_batches(app.desk), tell_senders(app.desk)
    beat(app.database, SWEEP, 1, _swept_facts(swept, rung, told), SystemClock())
    batches = rung.fired if may_read_batches(app.actor) else []
    return [*((ticket, event) for ticket, event in swept.fired if _shown(app, ticket)), *batches]


def _shown(app: AppContext, ticket: Ticket) -> bool:
    """Whether whoever swept is shown a ticket. One whose rules failed was set aside for the office, and ends no unit's sweep."""
    try:
        return app.desk.sees(app.actor, ticket)
    except ZgError:
        return False


def _sweep(app: AppContext, settings: Settings, stop: Stop) -> Mapping[str, Any]:
    swept = sweep(app.desk, keep=False, stop=stop.requested, begin=randbelow)
    return _swept_facts(swept, ring_batches(app.desk), tell_senders(app.desk))


def _swept_facts(swept: Swept, rung: Rung, told: Told) -> Mapping[str, Any]:
    return {
        "tickets": swept.tickets, "events": swept.events + len(rung.fired) + told.events, "missed": swept.missed, "aside": swept.aside,
        "unreadable": swept.unreadable + rung.unreadable + told.unreadable, "batches": len({batch.id for batch, _ in rung.fired}),
    }


def _deliver(app: AppContext, settings: Settings, stop: Stop) -> Mapping[str, Any]:
    done = deliver(app.database, app.desk.clock, app.actor, settings.notices_setup(), stop=stop.requested)
    return {"sent": done.sent, "failed": done.failed, "dead": done.dead, "expired": done.expired, "waiting": done.waiting}


def _seal(app: AppContext, settings: Settings, stop: Stop) -> Mapping[str, Any]:
    """Takes a seal once a day, tells its code to whoever keeps codes, and asks the witnesses that have not cosigned it.

    Where the key lies on another machine, that machine seals; the doctor tells when none does.
    """
    calendar, now, last = app.desk.rules.calendar(), app.desk.clock.now(), last_seal(app.database)
    made = missed = None
    if last is None or calendar.local_day(last.at) < calendar.local_day(now):
        try:
            made = seal(app.database, app.desk.clock, app.actor, settings.keys)
        except KeyMissing:
            return {"sealed": 0, "key": "missing"}
    else:
        with suppress(KeyMissing):  # of another machine, which has the list too
            missed = note_missed_seal(app.database, app.actor, settings.keys)
    told = app.registry.seal_codes.tell()
    cosigned, silent = ask_witnesses(app.database, settings.keys, settings.witnesses_setup())
    return {
        "sealed": made.size if made else 0, "noted": missed.n if missed else 0, "told": told, "cosigned": cosigned, "silent": silent,
    }


def _calendar(app: AppContext, settings: Settings, stop: Stop) -> Mapping[str, Any]:
    ahead = look_ahead(app.desk.rules.calendar(), app.desk.clock.now())
    people = app.registry.ask_for_notice(ahead.missing) if ahead.missing is not None else 0
    return {"covered_until": ahead.covered_until.isoformat(), "missing": ahead.missing, "told": people}


def duties(interval: float) -> tuple[Duty, ...]:
    """Everything the watch does; `interval` is how many seconds lie between two sweeps."""
    return (
        Duty(SWEEP, interval, _sweep), Duty(NOTICES, DELIVERY_SECONDS, _deliver), Duty(SEAL, SEAL_SECONDS, _seal),
        Duty(CALENDAR, CALENDAR_SECONDS, _calendar),
    )
