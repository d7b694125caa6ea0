"""The doctor looks after the watch: is time being kept, does everybody hear of it, how far does the calendar reach.

It reads, and changes nothing but what `clean` is asked for. What it finds are signs: well, worth a note, or in need of a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.app.opening import AppContext, is_upgrading
from engine.audit import leftovers
from engine.audit.cosigning import WitnessSetup
from engine.audit.key_folder import folder_of
from engine.audit.leftovers import Leftover
from engine.notices.outbox import EXPIRED, LONGEST_WAIT
from engine.record import queries, schema
from engine.record.damage import as_written
from engine.record.event_rows import facts_of
from engine.registry.registry import COUNTING_SETTING
from engine.rules.access import may_administer, may_watch, must
from engine.rules.proof.chain import moment
from engine.rules.worktime import shift_working_days
from engine.watch.coverage import look_ahead
from engine.watch.duties import SEAL, SWEEP
from engine.watch.seal_signs import seal_signs
from engine.watch.sign import NEEDS, NOTE, WELL, Sign

MISSED_BEATS = 3
SHORTEST_SILENCE = timedelta(minutes=5)
"""A watch is taken for gone after three missed turns, and never before five minutes."""

LATE_DELIVERY = timedelta(hours=1)
"""A notice that may go out and still waits after this time is not being delivered."""

STUCK_DAYS = 30
"""So many working days past its date a ticket is stuck: the last rung has rung, and come round again, and nothing was done."""

WAITED = timedelta(minutes=1)
"""A time is read before a write waits for its turn: by so little the later of two events may say the earlier time."""

LATEST = 10_000
"""Among so many events at the end of the log it is looked for a clock that was set back: all would take a minute after some years."""

LISTED = 10_000
NAMED = 5
"""How many tickets that are set aside are counted, and how many of each kind are named."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The last heartbeat of a duty."""

    duty: str
    process: str
    at: datetime
    well_at: datetime | None
    seconds: int
    detail: Mapping[str, Any]

    def silent(self, real: datetime) -> bool:
        """Whether nobody does that duty any more."""
        return real - self.at > max(MISSED_BEATS * timedelta(seconds=self.seconds), SHORTEST_SILENCE)


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything the doctor saw."""

    signs: tuple[Sign, ...]
    beats: tuple[Beat, ...]
    reached: Mapping[str, Mapping[str, datetime]]

    @property
    def well(self) -> bool:
        return all(sign.level != NEEDS for sign in self.signs)


def examine(app: AppContext, real: datetime, keys: str | None = None, witnesses: Sequence[WitnessSetup] = ()) -> Examined:
    """Looks at everything once. `real` is real time: heartbeats follow it, also in a sandbox. `keys` is the folder of the keys of seals,
    `witnesses` are those that the settings name.

    Raises NotPermitted for a unit: what is wrong names tickets and people that are not its own.
    """
    must(may_watch, app.actor)
    beats = tuple(
        Beat(duty, process, at, well_at, seconds, json.loads(detail))
        for duty, process, at, well_at, seconds, detail in app.database.rows(queries.HEARTBEATS)
    )
    now = app.desk.clock.now()
    reached: dict[str, dict[str, datetime]] = {}
    for recipient, channel, _, at in app.database.rows(queries.REACHED):
        reached.setdefault(recipient, {})[channel] = _moment(at)
    signs = (
        Sign("schema", WELL, {"schema": schema.revision(app.database)}), *_upgraded(app),
        _clock(app, now), *_set_back(app),
        *_watched(app, beats, now, real), *_stuck(app, now), *_aside(app), *_idle(app, now), *_notices(app, now, real),
        *_calendar(app, now),
        *seal_signs(app, now, keys, _silent(beats, real), witnesses), *_files(app), *_left(app, keys),
    )
    return Examined(signs, beats, reached)


def _upgraded(app: AppContext) -> Iterator[Sign]:
    """Whether the record has another schema than before, and does not say so yet."""
    if is_upgrading(app.database):
        yield Sign("upgrade-unsaid", NEEDS)


def _watched(app: AppContext, beats: tuple[Beat, ...], now: datetime, real: datetime) -> Iterator[Sign]:
    """Alarms that have come and not rung; who sweeps, and since when nobody does."""
    count, oldest = app.database.rows(queries.ALARMS_DUE, now=now)[0]
    coming = app.database.rows(queries.NEXT_ALARM, now=now)[0][0]
    last = next((beat for beat in beats if beat.duty == SWEEP), None)
    gone = last is None or last.silent(real)
    if last is not None:
        yield Sign("swept", WELL, {"date": last.at, "process": last.process})
    if count:
        oldest = _moment(oldest)
        values = {"count": count, "since": oldest, "lag": now - oldest}
        late = gone or app.sandbox or now - oldest > SHORTEST_SILENCE
        yield Sign("alarms-unwatched" if gone or app.sandbox else "alarms-late", NEEDS if late else NOTE, values)
    elif gone and coming is not None and not app.sandbox:
        yield Sign("watch-gone" if last else "watch-never", NEEDS, {"next": _moment(coming)})
    elif coming is not None:
        yield Sign("alarms-kept", WELL, {"next": _moment(coming)})
    else:
        yield Sign("alarms-none", WELL)
    for beat in beats:
        if beat.detail.get("error") and not beat.silent(real):
            values = {"duty": beat.duty, "code": beat.detail["error"], "well": beat.well_at, "process": beat.process}
            yield Sign("duty-fails", NEEDS, values)
        elif beat.detail.get("unreadable"):
            yield Sign("rows-unreadable", NEEDS, {"count": beat.detail["unreadable"]})
    yield from _hanging(beats, real)


def _hanging(beats: tuple[Beat, ...], real: datetime) -> Iterator[Sign]:
    """Duties that give no sign of life while their process does others, as the heartbeats of those tell, and did not end meanwhile."""
    ended = {beat.duty: beat.at for beat in beats}
    hanging: dict[str, tuple[datetime, str]] = {}
    for beat in beats:
        if not beat.silent(real):
            hanging |= {duty: (_moment(alive), beat.process) for duty, alive in beat.detail.get("hanging", {}).items()}
    for duty, (alive, process) in hanging.items():
        if duty not in ended or ended[duty] <= alive:
            yield Sign("duty-hangs", NEEDS, {"duty": duty, "since": alive, "process": process})


def _silent(beats: tuple[Beat, ...], real: datetime) -> list[str]:
    """The witnesses that did not answer when the watch asked them last."""
    return [str(name) for beat in beats if beat.duty == SEAL and not beat.silent(real) for name in beat.detail.get("silent", ())]


def _stuck(app: AppContext, now: datetime) -> Iterator[Sign]:
    """What rings and rings and moves nobody: one line a kind."""
    calendar = app.desk.rules.calendar()
    since = calendar.close(shift_working_days(calendar.local_day(now), -STUCK_DAYS, calendar))
    for code, query, until in (
        ("stuck-late", queries.STUCK_LATE, {"since": since}), ("stuck-office", queries.STUCK_OFFICE, {"since": since}),
        ("stuck-suspended", queries.STUCK_SUSPENDED, {"now": now}), ("stuck-standing", queries.STUCK_STANDING, {"since": since}),
    ):
        count, oldest = app.database.rows(query, **until)[0]
        if count:
            yield Sign(code, NEEDS, {"count": count, "since": _moment(oldest), "days": STUCK_DAYS})


def _aside(app: AppContext) -> Iterator[Sign]:
    """Tickets whose rules failed, a line for each way in which they do."""
    found: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for number, _, data in app.database.rows(queries.SET_ASIDE, limit=LISTED):
        facts = facts_of(data)
        found.setdefault(facts["code"], []).append((number, facts))
    for code, tickets in found.items():
        yield Sign("set-aside", NEEDS, {
            "code": code, "count": len(tickets), "numbers": [number for number, _ in tickets[:NAMED]], "number": tickets[0][0],
            "tries": max(facts["tries"] for _, facts in tickets), "retry": min(moment(facts["retry_at"]) for _, facts in tickets),
        })


def _idle(app: AppContext, now: datetime) -> Iterator[Sign]:
    """Open tickets that wait for a unit of which nobody may act."""
    rows = app.database.rows(queries.NOBODY_ACTS, now=now)
    if rows:
        yield Sign("nobody-acts", NEEDS, {
            "count": sum(row[1] for row in rows), "units": [row[0] for row in rows], "numbers": [row[2] for row in rows],
        })


def _notices(app: AppContext, now: datetime, real: datetime) -> Iterator[Sign]:
    waiting = 0
    clock = now if app.sandbox else real
    for channel, count, since in app.database.rows(queries.NOTICES_UNDELIVERED, now=clock):
        waiting += count
        late = not app.sandbox and clock - _moment(since) > LATE_DELIVERY
        yield Sign("notices-waiting", NEEDS if late else NOTE, {"channel": channel, "count": count, "since": _moment(since)})
    dead = app.database.rows(queries.NOTICES_DEAD)
    for channel, count, error in dead:
        if error == EXPIRED:
            yield Sign("notices-expired", NOTE, {"channel": channel, "count": count, "days": LONGEST_WAIT.days})
        else:
            yield Sign("notices-dead", NEEDS, {"channel": channel, "count": count, "message": error or ""})
    if not waiting and not dead:
        yield Sign("notices-out", WELL)


def _calendar(app: AppContext, now: datetime) -> Iterator[Sign]:
    ahead = look_ahead(app.desk.rules.calendar(), now)
    values = {"until": ahead.covered_until.isoformat(), "year": ahead.missing}
    if ahead.missing is None:
        yield Sign("calendar-covers", WELL, values)
    else:
        yield Sign("calendar-missing", NEEDS if ahead.overdue else NOTE, values)
    if app.database.row(queries.SETTING, name=COUNTING_SETTING) is not None:
        yield Sign("counting-unfinished", NEEDS)


def _files(app: AppContext) -> Iterator[Sign]:
    """Files that have a row and that no event cites; `zg evidence clean` removes them."""
    count = app.database.rows(queries.COUNT_ORPHANS)[0][0]
    if count:
        yield Sign("files-uncited", NOTE, {"count": count})


def _left(app: AppContext, keys: str | None) -> Iterator[Sign]:
    """What killed backups, restores and changes of keys left lying."""
    found = left_over(app, keys)
    for code, removable in (("left-over", True), ("key-not-in-force", False)):
        if paths := [str(item.path) for item in found if item.removable is removable]:
            yield Sign(code, NOTE, {"count": len(paths), "path": ", ".join(paths[:NAMED])})


def left_over(app: AppContext, keys: str | None = None) -> list[Leftover]:
    """What lies beside the database and among the keys of this machine, and belongs to nothing."""
    with app.database.snapshot():
        return leftovers.left_over(app.database, folder_of(app.database, keys))


def clean(app: AppContext, keys: str | None = None) -> list[Path]:
    """Removes of it what nobody needs, and returns what went. Raises NotPermitted for whoever does not administer."""
    must(may_administer, app.actor)
    return leftovers.remove(left_over(app, keys))


def _clock(app: AppContext, now: datetime) -> Sign:
    """What the time is. A clock behind the last event was set back, or is another machine's that goes wrong: dates will be wrong."""
    last = app.database.row(queries.LAST_AT)
    if last is not None and now < last[0]:
        return Sign("clock-behind", NEEDS, {"date": now, "last": last[0]})
    return Sign("clock-sandbox" if app.sandbox else "clock-real", WELL, {"date": now})


def _set_back(app: AppContext) -> Iterator[Sign]:
    """Whether the clock went back between two of the latest events of the same thing: their order stands, and their times are not to be
    relied on.
    """
    [(last,)] = app.database.rows(queries.HIGHEST_EVENT)
    found = app.database.rows(queries.BACKWARDS, after=last - LATEST, limit=LISTED)
    jumps = [(before, at) for before, at in found if before - at > WAITED]
    if jumps:
        before, at = jumps[0]
        yield Sign("clock-went-back", NOTE, {"count": len(jumps), "last": before, "date": at})


@as_written
def _moment(value: Any) -> datetime:
    """A moment out of an expression: SQLite knows the type of a column, not of what is computed from it."""
    return value if isinstance(value, datetime) else moment(value)
