"""What somebody began to type into the form of an act and did not send yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from engine.rules.ticket import Ticket


class Draft(NamedTuple):
    """What was typed for an act on a ticket, by the fields of its form; which version of the ticket was looked at, and when it was kept, in
    real time.
    """

    number: str
    trigger: str
    version: int
    words: Mapping[str, Sequence[str]]
    saved_at: datetime

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The texts as a form sends them."""
        return tuple((name, text) for name, texts in self.words.items() for text in texts)


class OwnDraft(NamedTuple):
    """A draft with the ticket that it is about, as its author may see it."""

    draft: Draft
    ticket: Ticket
