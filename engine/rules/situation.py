"""A situation: all that a rule may look at, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from engine.rules.access import Actor
from engine.rules.definition import Definition
from engine.rules.definition.model import NOTHING
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Evidence
from engine.rules.worktime import Calendar

if TYPE_CHECKING:
    from engine.rules.loop.visit import Visit

Given: TypeAlias = "str | int | bool | datetime | Sequence[str] | None"
"""One fact that is given with an act: a code, a flag, an aware moment, or several codes."""


class Situation(NamedTuple):
    """Who acts on which ticket at what time, by which workflow and calendar, and what is given with the act.

    `input` holds facts by the names of the trigger's fields, `words` what was typed. The workflow says of which kind a field is; whoever
    turns text into facts keeps to it, and a rule asks for the kind that `zg workflow check` has found there.

    `entered_at` is when an act that was done on paper is typed (补录); `now` is then the moment at which it was done. `alone`: the office
    has one person, who does everything; `paired`: nobody but who acts and whom it stands in for.
    `ended` are units of the ticket that are no more and that nobody succeeded; whoever reads tickets asks for them where the ticket
    has ended, since only then can one have gone without handing it over. `original` is the ticket that this one is said to repeat,
    `repeated` whether another one repeats this one. `visit` is the visit that found it, as long as that is not assigned; `round` the round
    on whose word alone it is done, if it is.
    """

    definition: Definition
    ticket: Ticket
    actor: Actor
    now: datetime
    calendar: Calendar
    input: Mapping[str, Given] = NOTHING
    words: Mapping[str, str] = NOTHING
    evidence: Sequence[Evidence] = ()
    entered_at: datetime | None = None
    alone: bool = False
    paired: bool = False
    ended: Sequence[str] = ()
    original: Ticket | None = None
    repeated: bool = False
    visit: Visit | None = None
    round: str | None = None

    def gives(self, name: str) -> bool:
        return bool(self.input.get(name) or self.words.get(name))

    def text(self, name: str) -> str | None:
        """A fact that is a text: a code, a choice, a name."""
        return cast("str | None", self.input.get(name))

    def moment(self, name: str) -> datetime | None:
        """A fact that is a moment."""
        return cast("datetime | None", self.input.get(name))

    def names(self, name: str) -> Sequence[str] | None:
        """A fact that is several codes; None where it is not given."""
        return cast("Sequence[str] | None", self.input.get(name))

    def flag(self, name: str) -> bool:
        """A fact that is yes or no; no where it is not given."""
        return bool(self.input.get(name))

    @property
    def grade(self) -> str | None:
        """The ticket's grade, where the workflow has grades."""
        return self.definition.grade_of(self.ticket.grade)

    @property
    def promised(self) -> datetime | None:
        """The date that is promised (整改时限)."""
        return self.ticket.promised_at
