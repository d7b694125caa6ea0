"""Effects of an assignment (交办): who leads and cooperates, by when, in which attempt; and of declining it."""

from __future__ import annotations

from collections.abc import Iterable

from engine.rules.acts.effects.registry import Draft, effect
from engine.rules.acts.requirement import Requirement
from engine.rules.deadline import VOID
from engine.rules.situation import Situation
from engine.rules.ticket_facts import Denial
from engine.rules.timing import clocks
from engine.rules.timing.lateness import attempt_over


@effect("name-units", Requirement(takes=("lead",)))
def name_units(at: Situation, draft: Draft) -> None:
    named = at.names("with")
    _name_units(at, draft, at.ticket.cooperators if named is None else named)
    if leader := at.text("leader"):
        draft.change(leader=leader)
    draft.change(assigned_by=at.actor.signature)
    if at.ticket.assigned_at is None:
        draft.change(assigned_at=at.now)


@effect("units-in-force", Requirement(takes=("lead",), guards=("lead-in-force",)))
def units_in_force(at: Situation, draft: Draft) -> None:
    """The lead that is given leads; a cooperator that ended, and that nobody succeeded, cooperates no more."""
    _name_units(at, draft, (unit for unit in at.ticket.cooperators if unit not in at.ended))


def _name_units(at: Situation, draft: Draft, cooperators: Iterable[str]) -> None:
    """The lead that is given or known leads, and the others cooperate, each once. What was issued against another lead is not issued
    against this one.
    """
    lead = at.text("lead") or at.ticket.lead
    if lead != at.ticket.lead:
        draft.change(lead=lead)
        if at.ticket.acted_level:
            draft.change(acted_level=0)
    together = tuple(unit for unit in dict.fromkeys(cooperators) if unit != lead)
    if together != at.ticket.cooperators:
        draft.change(cooperators=together)


@effect("designate", Requirement(takes=("designate",)))
def designate(at: Situation, draft: Draft) -> None:
    draft.change(designated=at.flag("designate"))


@effect("plan-date", Requirement(takes=("due",)))
def plan_date(at: Situation, draft: Draft) -> None:
    """A date that a person sets for the promise: it never moves by itself."""
    draft.fixed_at = at.moment("due")


@effect("standing", Requirement(clocks=(clocks.STANDING,)))
def standing(at: Situation, draft: Draft) -> None:
    """长期坚持: no date is promised; a review comes round instead, anew with every unit that takes it."""
    if not (at.flag("standing") or at.ticket.standing):
        return
    draft.change(standing=True)
    draft.deadlines |= clocks.begin_attribute_clocks(at, clocks.STANDING)
    if (promise := at.ticket.promise) is not None:
        draft.deadlines[promise.clock] = clocks.end(promise, VOID)


@effect("review", Requirement(clocks=(clocks.STANDING,)))
def review(at: Situation, draft: Draft) -> None:
    """定期复核: the next review is counted from this one."""
    draft.deadlines |= clocks.begin_attribute_clocks(at, clocks.STANDING)


@effect("first-attempt")
def first_attempt(at: Situation, draft: Draft) -> None:
    """The first to take it; a unit that declined made no attempt."""
    draft.change(attempt=at.ticket.attempt or 1, hands=())


@effect("next-attempt")
def next_attempt(at: Situation, draft: Draft) -> None:
    over = attempt_over(at, draft.after(at.ticket).lead)
    draft.change(attempt=at.ticket.attempt + 1, hands=(), submitted=False, attempts=(*at.ticket.attempts, over))
    draft.lapse(at.ticket)
    if at.ticket.evidenced:
        draft.change(evidenced=False)


@effect("hand")
def hand(at: Situation, draft: Draft) -> None:
    """Whoever had a hand in this attempt will not verify it, nor whoever stood behind a deputy that had one. Who is alone in the office and
    enters what came on paper has none: nobody else could verify it; nor has the only other one, for whom it was entered.
    """
    hands = draft.after(at.ticket).hands
    behind = at.actor.stands_for if not (at.paired and at.entered_at) else None
    new = [name for name in (at.actor.name, behind) if name is not None and name not in hands]
    if new and not (at.alone and at.entered_at):
        draft.change(hands=(*hands, *new))


@effect("deny")
def deny(at: Situation, draft: Draft) -> None:
    """Adds what the unit says to the chain of denials, which heads the ticket so that whoever assigns it next sees who declined why.
    The unit that it suggests instead is shown there and becomes nothing: whoever assigns names the lead.
    """
    denial = Denial(at.actor.unit, at.now, at.ticket.version + 1, at.text("suggest") or None)
    draft.change(denials=(*at.ticket.denials, denial), hands=(), lead=None)
    if at.ticket.proposals:  # what was proposed was meant for the unit that declined
        draft.lapse(at.ticket)
