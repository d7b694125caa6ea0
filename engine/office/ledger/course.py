"""What has become of an item of a ledger: a value that its cells fill in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Course:
    """What has become of an item. `due` with the dates before it; a `standing` item has none; `limit` is an
    amount of time from 交办, which is still to come, `outer` the superior's own date. `tells_state`: the row says something of it.
    """

    state: str | None = None
    found: date | None = None
    assigned: date | None = None
    finished: date | None = None
    closed: date | None = None
    due: date | None = None
    extended: tuple[date, ...] = ()
    limit: str | None = None
    outer: date | None = None
    standing: bool = False
    tells_state: bool = False
    kept: list[str] = field(default_factory=list)
