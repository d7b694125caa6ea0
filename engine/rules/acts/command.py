"""What a person wants to do to a ticket, and what the rules answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.definition import Trigger
from engine.rules.definition.model import NOTHING
from engine.rules.situation import Given
from engine.rules.ticket_facts import Evidence


class Command(NamedTuple):
    """What somebody wants done. `input` holds facts (unit codes, aware times, flags), `words` what they typed.

    `salt` is random text from the caller, needed where there are words; `happened_at` says when it happened if not now,
    `batch` of which batch the ticket becomes one, `round` on which round's word alone it is done.
    """

    trigger: str
    input: Mapping[str, Given] = NOTHING
    words: Mapping[str, str] = NOTHING
    evidence: Sequence[Evidence] = ()
    happened_at: datetime | None = None
    salt: str = ""
    batch: str | None = None
    round: str | None = None


class Refusal(NamedTuple):
    """Why a command was refused: every check that failed, in the order in which they were asked."""

    reasons: tuple[Reason, ...]


class Verdict(NamedTuple):
    """One trigger as it stands for an actor: possible now, or every check that fails whatever is given; `needs` is what must be given.

    `file` among the needs is evidence. Possible means: with these given, and nothing wrong in them, it is done.
    """

    trigger: Trigger
    reasons: tuple[Reason, ...]
    needs: tuple[str, ...]

    @property
    def possible(self) -> bool:
        return not self.reasons
