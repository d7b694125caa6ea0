"""Who looks at a page: asked for once, and shown at the head of every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever is signed in. `unit` is a code. `reads`: the reader reads the ledger; `handles`: the reader may open and handle tickets;
    `answers`: the reader answers for units; `signs`: for one, as its head. `oversees`: the reader reads batches, visits and rounds as
    the office does. `administers`: looks after units and workflows; `keeps_accounts`: enters accounts, or says what they may;
    `separates`: may part that work in three. `now` is the record's time, which stands still in a sandbox.
    """

    account: str
    role: str
    unit: str | None
    reads: bool
    handles: bool
    answers: bool
    signs: bool
    oversees: bool
    administers: bool
    keeps_accounts: bool
    separates: bool
    sandbox: bool
    now: datetime
    city: str

    @property
    def home(self) -> str:
        """What the first page is to the reader: what a leader decides, what a unit does, or what there is today."""
        return "leader" if self.answers else "mine" if self.unit else "title"
