"""Guards of an end: who may verify, on what evidence, and which ticket a duplicate repeats."""

from __future__ import annotations

from functools import lru_cache

from engine.errors import Reason
from engine.rules.acts.guards.registry import guard
from engine.rules.acts.requirement import EVIDENCE, Requirement
from engine.rules.definition import Definition
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket

NOT_WHO_ASSIGNED = "not-who-assigned"
"""The guard that asks whether the office has somebody else (`Situation.alone`)."""

DUPLICATE = "duplicate"
"""The case of a withdrawal that names the ticket which is kept."""

VERIFIED, WITHDRAWN = "verified", "withdrawn"
"""How a ticket is closed that was done; everything else is withdrawn, for no case of its own unless one is named."""

CLOSES = "close"
"""The effect of a trigger that closes a ticket as done."""


@guard("other-hands", Requirement(effects=("hand",)))
def other_hands(at: Situation) -> Reason | None:
    """Who inspects has no part in what is inspected (政府督查工作条例, 2021)."""
    if at.actor.unit is not None and at.actor.unit in (at.ticket.lead, *at.ticket.cooperators):
        return Reason("own-unit", {"unit": at.actor.unit}, 4)
    own = {at.actor.name, at.actor.stands_for} & {*at.ticket.hands}
    return Reason("own-hands", {"actor": at.actor.name}, 4) if own else None


@guard("not-on-the-visit")
def not_on_the_visit(at: Situation) -> Reason | None:
    """Who took part in the visit that found it does not also find it put right (DESIGN §9)."""
    own = {at.actor.name, at.actor.stands_for} & {*at.ticket.team}
    return Reason("on-the-visit", {"actor": at.actor.name, "visit": at.ticket.visit}, 4) if own else None


@guard("evidence-handed-in", Requirement(takes=(EVIDENCE,), effects=("evidence",)))
def evidence_handed_in(at: Situation) -> Reason | None:
    """What is closed rests on evidence: of this attempt, or the verifier's own."""
    return None if at.ticket.evidenced or at.evidence else Reason("no-evidence", needs=(EVIDENCE,))


@guard(NOT_WHO_ASSIGNED, Requirement(effects=("name-units",)))
def not_who_assigned(at: Situation) -> Reason | None:
    """Who gave the task, or stood behind the deputy who gave it, does not also find it done, where the office has somebody else.

    Who there is in the office is looked up only where something hangs on it: before, the guard says nothing that may be untrue.
    """
    if not asks_who_else(at.definition, at.ticket):
        return None
    gave = (at.ticket.assigned_by or "").split("/")
    own = not {at.actor.name, at.actor.stands_for}.isdisjoint(gave) and not at.alone
    return Reason("assigned-it-oneself", {"actor": at.actor.name}, 4) if own else None


def asks_who_else(definition: Definition, ticket: Ticket) -> bool:
    """Whether something that may be done to the ticket as it is depends on who else there is in the office."""
    return _asks_who_else(definition, ticket.state, definition.grade_of(ticket.grade))


@lru_cache(maxsize=1024)
def _asks_who_else(definition: Definition, state: str, grade: str | None) -> bool:
    """A definition says it once for all its tickets in a state."""
    return any(
        named.name == NOT_WHO_ASSIGNED and named.holds_for(grade)
        for trigger in definition.triggers.values() if state in trigger.sources for named in trigger.guards
    )


def asked_to_close(definition: Definition, state: str, grade: str | None) -> frozenset[tuple[str, ...]]:
    """What has to be given and to hold where a ticket of the grade is closed as done from this state: inputs and guards, by trigger."""
    closing = [trigger for trigger in definition.triggers.values() if state in trigger.sources and CLOSES in trigger.effects]
    given = {(trigger.name, "input", item.name) for trigger in closing for item in trigger.input if item.required(grade)}
    held = {(trigger.name, "guard", named.name) for trigger in closing for named in trigger.guards if named.holds_for(grade)}
    return frozenset(given | held)


@guard("duplicate-names-the-other", Requirement(takes=("as", "of")))
def duplicate_names_the_other(at: Situation) -> Reason | None:
    if at.text("as") == DUPLICATE and not at.text("of"):
        return Reason("original-missing", needs=("of",))
    return Reason("duplicate-of-itself") if at.text("of") == at.ticket.number else None


@guard("original-kept", Requirement(takes=("as", "of"), guards=("duplicate-names-the-other",)))
def original_kept(at: Situation) -> Reason | None:
    """A duplicate names a ticket that is worked on or was closed as done, and not one that repeats another or was withdrawn itself."""
    number = at.text("of")
    if at.text("as") != DUPLICATE or not number or number == at.ticket.number:
        return None
    if at.original is None or at.original.number != number:
        return Reason("original-unknown", {"original": number})
    if at.ticket.duplicate_of not in (None, number):
        return Reason("duplicate-before", {"original": at.ticket.duplicate_of})
    return duplicate_problem(at.ticket, at.original, at.repeated)


def duplicate_problem(ticket: Ticket, original: Ticket, repeated: bool) -> Reason | None:
    """What stands against one ticket being a duplicate of the other; `repeated`: another ticket repeats this one."""
    if original.number == ticket.number:
        return Reason("duplicate-of-itself")
    if original.duplicate_of == ticket.number:
        return Reason("duplicate-of-each-other", {"original": original.number})
    if original.duplicate_of is not None:
        return Reason("original-repeats", {"original": original.number, "kept": original.duplicate_of})
    if original.closed_as not in (None, VERIFIED):
        return Reason("original-withdrawn", {"original": original.number})
    return Reason("is-original", {"original": original.number}) if repeated else None
