"""Who looks at a page: asked for once, and shown at the head of every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever is signed in. `unit` is a code. `handles`: the reader may open and handle tickets; `answers`: the reader answers for units;
    `oversees`: the reader reads batches, visits and rounds as the office does; `administers`: looks after units and accounts.
    `now` is the record's time, which stands still in a sandbox.
    """

    account: str
    role: str
    unit: str | None
    handles: bool
    answers: bool
    oversees: bool
    administers: bool
    sandbox: bool
    now: datetime
    city: str
