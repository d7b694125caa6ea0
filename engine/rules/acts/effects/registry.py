"""How an effect is registered: under a name that lives for ever, with what it needs from a workflow; and the draft it writes into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from engine.rules.acts.requirement import NOTHING_NEEDED, Requirement
from engine.rules.acts.rule_names import EFFECT_NAMES
from engine.rules.deadline import Deadline
from engine.rules.json_value import JsonObject
from engine.rules.situation import Situation
from engine.rules.ticket import TICKET, Fields, Ticket
from engine.rules.timing.clocks import merged


@dataclass(slots=True)
class Draft:
    """The event so far: the fields of the ticket that it changes, facts it states beside them, the deadlines that change, and the date
    that a person set for the promise.
    """

    fields: Fields = field(default_factory=dict)
    facts: JsonObject = field(default_factory=dict)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    fixed_at: datetime | None = None

    def change(self, **fields: object) -> None:
        """The event gives the ticket these fields; it says so even where the ticket has them already."""
        self.fields |= fields

    def lapse(self, ticket: Ticket) -> None:
        """Nothing stays proposed: what nobody signed or waived by now lapses with this event, which names it."""
        self.change(proposals=())
        if ticket.proposals:
            self.facts["lapsed"] = [item.rung for item in ticket.proposals]

    def after(self, ticket: Ticket) -> Ticket:
        """The ticket with the fields and deadlines so far, for what follows from them."""
        if not self.deadlines:
            return TICKET.changed(ticket, self.fields) if self.fields else ticket
        return TICKET.changed(ticket, {**self.fields, "deadlines": merged(ticket.deadlines, self.deadlines)})


Effect = Callable[[Situation, Draft], None]


class RegisteredEffect(NamedTuple):
    """An effect of the registry, and what it needs from a workflow."""

    apply: Effect
    needs: Requirement


EFFECTS: dict[str, RegisteredEffect] = {}


def effect(name: str, needs: Requirement = NOTHING_NEEDED) -> Callable[[Effect], Effect]:
    if name not in EFFECT_NAMES:
        raise ValueError(f"an effect without a name that lives for ever: {name}")

    def register(apply: Effect) -> Effect:
        EFFECTS[name] = RegisteredEffect(apply, needs)
        return apply

    return register
