"""That something changed, at once (server-sent events), where the office switched it on: a hint without content, after which a page asks.

A browser has one such connection for all its pages. It ends with its session, and after a while by itself; the browser comes back and
says when it last heard something, so that nothing is missed in between. Where there is no place for it, pages ask once a minute as ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from engine.app.serving import open_record
from engine.desk.changes import last_event, written_since
from engine.desk.lists import count_by_light
from engine.desk.tickets import Desk
from engine.desk.wanted import EVERY, Wanted
from engine.errors import NotFound, ZgError
from engine.rules.proof.chain import moment, stamp
from engine.web.context import Context
from engine.web.gate import passed
from engine.web.limits import NoPlace
from engine.web.rule import OWN, Actor

RESUMED = "last-event-id"
"""The head by which a browser says what it heard last: a moment of the record."""

EVERY_SECONDS = 3.0
PING_SECONDS = 15.0
"""A line that says nothing keeps proxies from closing the connection."""

LONGEST_SECONDS = 600.0
"""After so long the browser comes anew."""

MOST_HERE, MOST_OWN = 200, 4
"""Connections of this process, and of one account."""

OVERLAP = timedelta(seconds=10)
"""An event is dated before it is stored: whoever comes back hears rather twice of one than never."""

RETRY, CHANGED, END, PING = "retry: 3000\n\n", "event: changed\ndata: 1\n", "event: end\ndata: 1\n\n", ": ping\n\n"


class Places:
    """The connections of this process, by account."""

    def __init__(self) -> None:
        self._lock, self._held = Lock(), dict[str, int]()

    def take(self, account: str) -> None:
        """Raises NoPlace."""
        with self._lock:
            if sum(self._held.values()) >= MOST_HERE or self._held.get(account, 0) >= MOST_OWN:
                raise NoPlace
            self._held[account] = self._held.get(account, 0) + 1

    def leave(self, account: str) -> None:
        with self._lock:
            left = self._held[account] - 1
            if left:
                self._held[account] = left
            else:
                del self._held[account]


PLACES = Places()


def show(context: Context) -> Response:
    """The connection. Raises NotFound where it is not switched on, NoPlace where there are as many as may be."""
    if not context.site.live:
        raise NotFound(reason="page-not-found")
    PLACES.take(context.who.name)
    return _Stream(_heard(context), media_type="text/event-stream", headers={"x-accel-buffering": "no"}, held=context.who.name)


class _Stream(StreamingResponse):
    """A connection that gives its place back however it ends, also before its first line."""

    def __init__(self, content: AsyncIterator[str], *, held: str, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(content, media_type=media_type, headers=headers)
        self._account = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            PLACES.leave(self._account)


async def _heard(context: Context) -> AsyncIterator[str]:
    """What the browser hears. Each look opens the record for itself and asks the gate again, as for a page that nobody attends to."""
    begun = pinged = monotonic()
    since, after, first = _moment(context.asked.heads.get(RESUMED)), None, True
    yield RETRY
    while monotonic() - begun < LONGEST_SECONDS:
        try:
            written, after, now = await run_in_threadpool(_look, context, after, since)
        except ZgError:  # the session is over, or the record is
            yield END
            return
        if written or first:  # the first line says from when on the browser listens, and makes no event
            yield f"id: {now}\n{CHANGED if written else ''}\n"
        first = False
        if monotonic() - pinged > PING_SECONDS:
            pinged = monotonic()
            yield PING
        await asyncio.sleep(EVERY_SECONDS)


def _look(context: Context, after: int | None, since: datetime | None) -> tuple[bool, int, str]:
    """Whether something was written after an event or, as long as none is known, since a moment; the last event, and the moment that the
    browser remembers.
    """
    with open_record(context.settings) as record:
        actor = passed(context.asked, OWN, record, context.site, attended=False).who
        now = stamp(record.desk.clock.now() - OVERLAP)
        if after is not None:
            found = written_since(record.desk, actor, after)
            return found.any, found.last, now
        last = last_event(record.desk)
        return since is not None and _changed(record.desk, actor, since), last, now


def _changed(desk: Desk, actor: Actor, since: datetime) -> bool:
    return count_by_light(desk, actor, Wanted(scope=EVERY, changed_since=since)).total > 0


def _moment(text: str | None) -> datetime | None:
    """What a browser remembered; None for anything else."""
    try:
        return moment(text) if text else None
    except ValueError:
        return None
