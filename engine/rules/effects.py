"""The registry of effects: what a trigger changes beside the state. Each writes into the draft of the event that `decide` makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.rules import clocks, parts
from engine.rules.chain import moment, stamp
from engine.rules.guards import Situation
from engine.rules.ticket import PLANNED, Deadline


@dataclass(slots=True)
class Draft:
    """The effects so far, the deadlines that change, and the date a person set for the promise."""

    said: dict[str, Any] = field(default_factory=dict)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    fixed_at: datetime | None = None


Effect = Callable[[Situation, Draft], None]
EFFECTS: dict[str, Effect] = {}


def effect(name: str) -> Callable[[Effect], Effect]:
    def register(apply: Effect) -> Effect:
        EFFECTS[name] = apply
        return apply

    return register


@effect("name-units")
def name_units(at: Situation, draft: Draft) -> None:
    lead = at.input.get("lead") or at.ticket.lead
    if lead != at.ticket.lead:
        draft.said["lead"] = lead
    named = at.input.get("with")
    together = [unit for unit in dict.fromkeys(at.ticket.cooperators if named is None else named) if unit != lead]
    if tuple(together) != at.ticket.cooperators:
        draft.said["with"] = together
    if at.input.get("leader"):
        draft.said["leader"] = at.input["leader"]


@effect("designate")
def designate(at: Situation, draft: Draft) -> None:
    draft.said["designated"] = bool(at.input.get("designate"))


@effect("plan-date")
def plan_date(at: Situation, draft: Draft) -> None:
    """A date that a person sets for the promise: it never moves by itself."""
    draft.fixed_at = at.input.get("due")


@effect("first-attempt")
def first_attempt(at: Situation, draft: Draft) -> None:
    """The first to take it; a unit that declined made no attempt."""
    draft.said |= {"attempt": at.ticket.attempt or 1, "hands": []}


@effect("next-attempt")
def next_attempt(at: Situation, draft: Draft) -> None:
    draft.said |= {"attempt": at.ticket.attempt + 1, "hands": [], "submitted_at": None, "proposals": []}


@effect("hand")
def hand(at: Situation, draft: Draft) -> None:
    """Whoever had a hand in this attempt will not verify it."""
    hands = draft.said.get("hands", at.ticket.hands)
    if at.actor.name not in hands:
        draft.said["hands"] = [*hands, at.actor.name]


@effect("deny")
def deny(at: Situation, draft: Draft) -> None:
    """The chain of denials heads the ticket, so that whoever assigns it next sees who said what."""
    denial = {"unit": at.actor.unit, "at": stamp(at.now), "seq": at.ticket.version + 1}
    if at.input.get("suggest"):
        denial["suggest"] = at.input["suggest"]
    draft.said |= {"denials": [*at.ticket.denials, denial], "hands": [], "lead": at.input.get("suggest")}


@effect("sign")
def sign(at: Situation, draft: Draft) -> None:
    draft.said["signed"] = {**at.ticket.signed, str(at.actor.unit): stamp(at.now)}
    if at.actor.unit in at.ticket.objections:
        draft.said["objections"] = {unit: node for unit, node in at.ticket.objections.items() if unit != at.actor.unit}


@effect("object")
def object_(at: Situation, draft: Draft) -> None:
    """配合单位有异议: it stands on the ticket until the unit signs off or the attempt is over. No clock stops for it."""
    node = {"at": stamp(at.now), "seq": at.ticket.version + 1}
    draft.said["objections"] = {**at.ticket.objections, str(at.actor.unit): node}


@effect("leave-out")
def leave_out(at: Situation, draft: Draft) -> None:
    """Submitted without whom the lead need not wait for: the event says whose lateness it is, and since when."""
    named = at.input.get("without") or ()
    if named:
        draft.said["left_out"] = {unit: stamp(part.due_at) for unit in named if (part := parts.part_of(at.ticket, unit))}


@effect("void-signatures")
def void_signatures(at: Situation, draft: Draft) -> None:
    draft.said |= {"signed": {}, "endorsed": False}
    if at.ticket.objections:
        draft.said["objections"] = {}
    if at.ticket.left_out:
        draft.said["left_out"] = {}


@effect("endorse")
def endorse(at: Situation, draft: Draft) -> None:
    draft.said["endorsed"] = True


@effect("submit")
def submit(at: Situation, draft: Draft) -> None:
    draft.said["submitted_at"] = stamp(at.now)
    if at.ticket.request is not None:
        _close_request(at, draft)


@effect("close")
def close(at: Situation, draft: Draft) -> None:
    draft.said |= {"closed_as": "verified", "proposals": []}


@effect("close-as")
def close_as(at: Situation, draft: Draft) -> None:
    draft.said |= {"closed_as": at.input.get("as") or "withdrawn", "proposals": []}
    if at.ticket.request is not None:
        _close_request(at, draft)


@effect("remember-state")
def remember_state(at: Situation, draft: Draft) -> None:
    draft.said["returns_to"] = at.ticket.state


@effect("reopen")
def reopen(at: Situation, draft: Draft) -> None:
    draft.said |= {"closed_as": None, "grants": []}


@effect("ask")
def ask(at: Situation, draft: Draft) -> None:
    """A timely request holds the unit's rungs from 催办 on; the office's own clock `answer` runs instead."""
    draft.said["request"] = {
        "to": stamp(at.input["to"]), "at": stamp(at.now), "by": at.actor.name, "seq": at.ticket.version + 1,
    }
    for clock in at.definition.clocks.values():
        if clock.runs_with == "request":
            old = at.ticket.deadlines.get(clock.name)
            draft.deadlines[clock.name] = clocks.start(
                clock, at.definition, at.grade, at.now, at.calendar, epoch=old.epoch + 1 if old else 1,
            )
    _rearm_promise(at, draft, held=True)


@effect("grant")
def grant(at: Situation, draft: Draft) -> None:
    """More time is a new epoch with a date that a person set."""
    request = at.ticket.request or {}
    to = at.input.get("to") or moment(request["to"])
    promise = at.ticket.promise
    clock = at.definition.promise
    if promise is None or clock is None:
        raise ValueError("nothing promised that could be extended")
    _close_request(at, draft)
    draft.deadlines[promise.clock] = clocks.start(
        clock, at.definition, at.grade, at.now, at.calendar, epoch=promise.epoch + 1, fixed_at=to,
    )
    draft.said["grants"] = [*at.ticket.grants, {"from": stamp(promise.due_at), "to": stamp(to), "at": stamp(at.now)}]


@effect("refuse")
def refuse(at: Situation, draft: Draft) -> None:
    """The date stands; the rungs that were held fire with their own dates."""
    _close_request(at, draft)
    _rearm_promise(at, draft, held=False)


@effect("drop-request")
def drop_request(at: Situation, draft: Draft) -> None:
    """Another unit begins afresh: no request, no extensions used."""
    draft.said["grants"] = []
    if at.ticket.request is not None:
        _close_request(at, draft)


def _close_request(at: Situation, draft: Draft) -> None:
    draft.said["request"] = None
    for clock in at.definition.clocks.values():
        deadline = at.ticket.deadlines.get(clock.name)
        if clock.runs_with == "request" and deadline is not None:
            draft.deadlines[clock.name] = clocks.end(deadline)


def _rearm_promise(at: Situation, draft: Draft, *, held: bool) -> None:
    promise, clock = at.ticket.promise, at.definition.promise
    if promise is not None and clock is not None:
        ladder = at.definition.ladders[clock.ladder]
        draft.deadlines[promise.clock] = clocks.arm(promise, ladder, at.grade, at.calendar, held=held)


def planned(at: Situation, fixed_at: datetime) -> dict[str, Deadline]:
    """A date set when a ticket is opened waits as a plan until it is assigned."""
    clock = at.definition.promise
    if clock is None:
        return {}
    return {
        clock.name: Deadline(
            clock=clock.name, of=clock.of, epoch=1, started_at=at.now, due_at=fixed_at, state=PLANNED, promise=True,
        )
    }


