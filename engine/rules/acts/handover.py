"""Work that goes on under another name: a unit's successor takes its open tickets over, an account's successor what waits for it.

Nothing begins anew: dates, epochs, rungs and the attempt stay as they are; only who it is about changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.rules.access import Actor
from engine.rules.acts.decide import happening
from engine.rules.proof.chain import stamp
from engine.rules.ticket import Deadline, Event, Ticket
from engine.rules.timing import clocks

HANDED_OVER = "handed-over"
"""The kind of these events. `data.entry` is the place of the decision in the administration's stream, where its basis stands."""


def to_unit(ticket: Ticket, old: str, new: str, entry: int, actor: Actor, now: datetime) -> Event | None:
    """The event by which unit `new` takes the place of `old` as lead or cooperator; None where `old` is neither."""
    if old != ticket.lead and old not in ticket.cooperators:
        return None
    lead = new if ticket.lead == old else ticket.lead
    together = tuple(dict.fromkeys(new if unit == old else unit for unit in ticket.cooperators))
    together = tuple(unit for unit in together if unit != lead)
    effects: dict[str, Any] = {"past": {**ticket.past, old: ticket.version + 1}}  # the unit that ends keeps its history up to here
    if lead != ticket.lead:
        effects["lead"] = lead
    if together != ticket.cooperators:
        effects["with"] = list(together)
    for name, said in (
        ("signed", _signed(ticket, old, new, together)), ("objections", _said_of(ticket.objections, old, new, together)),
        ("left_out", _said_of(ticket.left_out, old, new, together)),
    ):
        if said != getattr(ticket, name):
            effects[name] = said
    effects |= _parts(ticket, old, new, together)
    return happening(ticket, actor, now, HANDED_OVER, ticket.state, {"unit": [old, new], "entry": entry, "effects": effects})


def to_account(ticket: Ticket, old: str, new: str, entry: int, actor: Actor, now: datetime) -> Event | None:
    """The event by which account `new` takes over what waits for `old`: the leader's place, an open request. None where nothing does."""
    effects: dict[str, Any] = {}
    if ticket.leader == old:
        effects["leader"] = new
    if ticket.request is not None and ticket.request.get("by") == old:
        effects["request"] = {**ticket.request, "by": new}
    if not effects:
        return None
    return happening(ticket, actor, now, HANDED_OVER, ticket.state, {"account": [old, new], "entry": entry, "effects": effects})


def _said_of(said: Mapping[str, Any], old: str, new: str, together: tuple[str, ...]) -> dict[str, Any]:
    """What was said of cooperators, under the name each has now; what was said of the successor itself goes before."""
    moved = {new: said[old]} if old in said else {}
    kept = {**moved, **{unit: node for unit, node in said.items() if unit != old}}
    return {unit: node for unit, node in kept.items() if unit in together}


def _signed(ticket: Ticket, old: str, new: str, together: tuple[str, ...]) -> dict[str, str]:
    """Two cooperators that become one have signed off when both had; the later of the two counts."""
    signed = {unit: at for unit, at in ticket.signed.items() if unit in together}
    if new not in together or old not in ticket.cooperators:
        return signed
    both = [unit for unit in (old, new) if unit in ticket.cooperators]
    if all(unit in ticket.signed for unit in both):
        return {**signed, new: max(ticket.signed[unit] for unit in both)}
    return {unit: at for unit, at in signed.items() if unit != new}


def _parts(ticket: Ticket, old: str, new: str, together: tuple[str, ...]) -> dict[str, Any]:
    """The clocks of the unit's own part go on under the new name, or end where the successor has one already or leads."""
    changed: dict[str, Deadline | None] = {}
    for name, deadline in ticket.deadlines.items():
        if deadline.unit == old:
            moved = f"{name.partition(':')[0]}:{new}"
            changed[name] = None
            if new in together and moved not in ticket.deadlines:
                changed[moved] = deadline._replace(clock=moved, unit=new)
    if not changed:
        return {}
    effects: dict[str, Any] = {
        "deadlines": {name: deadline.to_json() if deadline else None for name, deadline in changed.items()},
    }
    kept: Mapping[str, Deadline] = {
        name: deadline for name, deadline in {**ticket.deadlines, **changed}.items() if deadline is not None
    }
    alarm = clocks.alarm_effect(kept)
    if alarm != (stamp(ticket.wake_at) if ticket.wake_at else None):
        effects["wake_at"] = alarm
    return effects
