"""The ledger as a board (看板): what is in each state, as far as an actor sees it, and what the actor may do now that leads out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.desk.lists import page, tally
from engine.desk.next_steps import acts_in_order
from engine.desk.tickets import Desk
from engine.desk.wanted import OPEN, Wanted, scope_of, usual_first
from engine.record.listing.pages import read_states
from engine.rules.access import Actor
from engine.rules.definition import Definition, Trigger
from engine.rules.drawing import in_order
from engine.rules.ticket import Ticket
from engine.views.state_board import Card, Column, Move, StateBoard
from engine.views.verdicts import actions

MOST_CARDS = 12
"""Tickets of a state that stand on the board; the ledger has the others."""


def state_board(desk: Desk, actor: Actor, wanted: Wanted) -> StateBoard:
    """What is wanted of the ledger, by state. Raises as `lists.page` does."""
    whole = replace(wanted, scope=scope_of(wanted), after=None)
    return StateBoard(tuple(_columns(desk, actor, whole)), desk.clock.now(), desk.rules.calendar())


def _columns(desk: Desk, actor: Actor, wanted: Wanted) -> Iterator[Column]:
    """Of a list that is too long to be counted whole each state is counted by itself."""
    tallied = tally(desk, actor, wanted, ["state"])
    counted, more = tallied.values["state"], tallied.counted.more
    there = read_states(desk.database) if more else counted.keys()
    for name, definition in _states(desk, ends=wanted.scope != OPEN).items():
        if (wanted.states and name not in wanted.states) or name not in there:
            continue
        of_state = replace(wanted, states=(name,), limit=MOST_CARDS)
        found = page(desk, actor, of_state)
        total = tally(desk, actor, of_state, ()).counted if more and found.cursor is not None else None
        if found.tickets:
            cards = tuple(Card(ticket, desk.definition(ticket), tuple(_moves(desk, actor, ticket))) for ticket in found.tickets)
            number = total.total if total is not None else len(cards) if more else counted[name]
            yield Column(name, definition, cards, number, total is not None and total.more)


def _states(desk: Desk, *, ends: bool) -> dict[str, Definition]:
    """The states, with `ends` those too in which a ticket is over, each with the version that names it: as the usual workflow goes through
    them, then what the others have beside, ends last.
    """
    found: dict[str, Definition] = {}
    for definition in usual_first(desk):
        for state in in_order(definition):
            if ends or not state.final:
                found.setdefault(state.name, definition)
    return dict(sorted(found.items(), key=lambda item: item[1].states[item[0]].final))


def _moves(desk: Desk, actor: Actor, ticket: Ticket) -> Iterator[Move]:
    """What the actor may do now that leads to another state."""
    definition, now = desk.definition(ticket), desk.clock.now()
    possible = actions(
        ticket, definition, actor, now, desk.rules.calendar(), alone=desk.alone(ticket, now), visit=desk.visit_of(ticket),
    )
    for trigger in acts_in_order(definition, ticket.state):
        targets = _targets(trigger)
        if trigger.name in possible and targets and ticket.state not in targets:
            yield Move(trigger.name, targets)


def _targets(trigger: Trigger) -> tuple[str, ...]:
    """Where a trigger leads; nowhere where the state stays."""
    return trigger.back or ((trigger.target,) if trigger.target is not None else ())
