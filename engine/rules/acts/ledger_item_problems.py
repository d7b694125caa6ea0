"""What stands against taking over an item of a ledger that was kept elsewhere."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.ledger_item import Item, Past
from engine.rules.acts.opening import LONGEST_KEY, Opening, opening_problems
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.deadline import OFFICE
from engine.rules.definition import Definition, State
from engine.rules.timing import clocks
from engine.rules.wording import LONGEST_FACT, word_problem


def import_problems(definition: Definition, item: Item, actor: Actor, now: datetime) -> tuple[Reason, ...]:
    """Everything that stands against taking the item over. A date that has passed is none: it is the item's own. Raises UnknownRule."""
    refuse_unknown_rules(definition)
    opening, past = item.opening, item.past
    found: list[Reason | None] = [
        reason for reason in opening_problems(definition, opening, actor, now) if reason.code not in ("date-past", "lead-missing")
    ]
    state = definition.states.get(past.state)
    if state is None:
        unknown = Reason("import-state", {"state": past.state, "known": list(definition.states)})
        return (*(reason for reason in found if reason), unknown)
    found += [_lead_missing(state, opening), _undated(state, past), _disordered(past, opening), _ahead(past, opening, now)]
    if past.standing and opening.due is not None:
        found.append(Reason("standing-no-date"))
    if past.standing and not clocks.keeps(definition, clocks.STANDING):
        found.append(Reason("no-review-clock", {"workflow": definition.name}))
    if item.origin.sheet:  # a text of values has no sheet
        found.append(word_problem("sheet", item.origin.sheet, LONGEST_FACT, one_line=True))
    if item.origin.number is not None:
        found.append(word_problem("number", item.origin.number, LONGEST_KEY, one_line=True))
    return tuple(reason for reason in found if reason)


def _lead_missing(state: State, opening: Opening) -> Reason | None:
    """What is under way is somebody's. What is over may have been nobody's any more."""
    if opening.lead is not None or state.hidden or state.final:
        return None
    return Reason("item-without-lead")


def _undated(state: State, past: Past) -> Reason | None:
    """What is over, or was handed in, was so on a day: without one nobody can say whether it was in time."""
    if state.final and past.closed_at is None:
        return Reason("import-undated", {"state": state.name})
    return Reason("import-undated", {"state": state.name}) if is_handed_in(state) and past.finished_at is None else None


def _disordered(past: Past, opening: Opening) -> Reason | None:
    """One thing came after the other."""
    course = [at for at in (opening.happened_at, past.assigned_at, past.finished_at, past.closed_at) if at is not None]
    dates = [at for at in (*past.extended, opening.due) if at is not None]
    for moments in (course, dates):
        for before, after in pairwise(moments):
            if after < before:
                return Reason("import-disordered", {"before": before, "after": after})
    return None


def _ahead(past: Past, opening: Opening, now: datetime) -> Reason | None:
    """What is said to have happened has happened."""
    course = (opening.happened_at, past.assigned_at, past.finished_at, past.closed_at)
    late = next((at for at in course if at is not None and at > now), None)
    return Reason("import-ahead", {"date": late}) if late is not None else None


def is_handed_in(state: State) -> bool:
    """Whether what stands there waits for the office with the work of the unit done."""
    return state.turn == OFFICE and not state.hidden and not state.rests and not state.final
