"""What somebody began to type into the form of an act, or of a new ticket, and did not send yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from engine.rules.ticket import Ticket


class Draft(NamedTuple):
    """What was typed for an act on a ticket, by the fields of its form; which version of the ticket was looked at, and when it was kept, in
    real time. Without a number it is of a ticket that is not there yet.
    """

    number: str | None
    trigger: str
    version: int
    words: Mapping[str, Sequence[str]]
    saved_at: datetime

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The texts as a form sends them."""
        return tuple((name, text) for name, texts in self.words.items() for text in texts)


class OwnDraft(NamedTuple):
    """A draft with the ticket that it is about, as its author may see it; None where that is not there yet."""

    draft: Draft
    ticket: Ticket | None
