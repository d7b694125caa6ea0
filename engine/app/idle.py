"""Connections that are kept open for a moment between two requests: making one costs more than most pages do.

What nobody takes for a while is closed, so that a file is left as a command leaves it: its write-ahead log written back. One connection is
in one hand at a time, whichever thread that is.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from time import monotonic

from engine.errors import ZgError
from engine.record.database import Database

IDLE_SECONDS = 2.0
MOST_IDLE = 16
"""Connections of one record that nobody has at the moment."""

_LOCK = threading.Lock()
_IDLE: dict[str, list[tuple[Database, float]]] = {}
_CLOSER: list[threading.Timer] = []
"""The one timer that closes what nobody took, where something is kept."""


def take(url: str) -> Database | None:
    """A connection that was kept, the last one first; None where there is none. One that leads to a record of before is closed."""
    while True:
        with _LOCK:
            kept = _IDLE.get(url)
            found = kept.pop()[0] if kept else None
        if found is None or found.is_there():
            return found
        _close(found)


def keep(url: str, database: Database) -> None:
    """Keeps a connection for whoever comes next."""
    database.guard = database.mark = database.administered = None
    with _LOCK:
        kept = _IDLE.setdefault(url, [])
        room = len(kept) < MOST_IDLE
        if room:
            kept.append((database, monotonic()))
            _close_later()
    if not room:
        _close(database)


def close_all() -> None:
    """Closes every connection that nobody has."""
    _sweep(monotonic() + IDLE_SECONDS)


def _close_later() -> None:
    if not _CLOSER:
        timer = threading.Timer(IDLE_SECONDS, _swept)
        timer.daemon = True
        _CLOSER.append(timer)
        timer.start()


def _swept() -> None:
    with _LOCK:
        _CLOSER.clear()
    _sweep(monotonic())
    with _LOCK:
        if any(_IDLE.values()):
            _close_later()


def _sweep(now: float) -> None:
    with _LOCK:
        old = [item[0] for kept in _IDLE.values() for item in kept if item[1] + IDLE_SECONDS <= now]
        for url, kept in list(_IDLE.items()):
            _IDLE[url] = [item for item in kept if item[1] + IDLE_SECONDS > now]
            if not _IDLE[url]:
                del _IDLE[url]
    for database in old:
        _close(database)


def _close(database: Database) -> None:
    with suppress(ZgError):
        database.close()
