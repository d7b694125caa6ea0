"""One event judged again: who wrote it, whether that was permitted, and what may follow from it. Never raises."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.errors import Reason, UnknownRule
from engine.rules.acts.duplicates import LINKED
from engine.rules.acts.handover import HANDED_OVER, units_of
from engine.rules.acts.migration import MIGRATED
from engine.rules.acts.redaction import ASKED, ERASED
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.batch import Batch
from engine.rules.event import Event
from engine.rules.judging.act import act
from engine.rules.judging.batch import batch_event
from engine.rules.judging.beginning import beginning
from engine.rules.judging.correction import correction
from engine.rules.judging.entry import entry
from engine.rules.judging.feedback import feedback_event
from engine.rules.judging.judgement import DEFINITION, LAWFUL, UNFIT, Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import person
from engine.rules.judging.rest import erasure, linked
from engine.rules.judging.round import measured, reverted, round_event
from engine.rules.judging.rung import aside, rung
from engine.rules.judging.succession import handed_over, migrated, rescheduled
from engine.rules.judging.visit import rechecked, visit_event
from engine.rules.loop.feedback import Feedback
from engine.rules.loop.round import Round
from engine.rules.loop.standing import MEASURED, RECHECKED, REVERTED
from engine.rules.loop.visit import Visit
from engine.rules.ticket import BEGINNINGS, Ticket
from engine.rules.timing.climb import SET_ASIDE

RULES, UNITS = "rules", "units"
"""What is not asked where the workflow names rules that this program does not have, and where no entry tells of units."""


def judge(event: Event, before: Ticket | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against an event of a ticket. `before` is the ticket as it was, None before its first event; `history` are the events
    before this one, and `known` is what the record told at that moment.
    """
    try:
        by = person(event, known)
        return both(by, _of_kind(event, before, history, known))
    except UnknownRule:
        return both(by, Judgement((), (RULES,)))
    except UNFIT:
        return judgement([Reason("judged-form", {"kind": event.kind})])


def judge_batch(event: Event, before: Batch | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against an event of a batch. `before` is the batch as it was, None before its first event."""
    return _judged(event, lambda: both(person(event, known), batch_event(event, before, history, known)))


def judge_visit(event: Event, before: Visit | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against an event of a visit. `before` is the visit as it was, None before its first event."""
    return _judged(event, lambda: both(person(event, known), visit_event(event, before, history, known)))


def judge_feedback(event: Event, before: Feedback | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against an event of a complaint or review. `before` is what it was, None before its first event."""
    return _judged(event, lambda: both(person(event, known), feedback_event(event, before, history, known)))


def judge_round(event: Event, before: Round | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against an event of a round. `before` is the round as it was, None before its first event."""
    return _judged(event, lambda: both(person(event, known), round_event(event, before, history, known)))


def judge_entry(event: Event, known: Known) -> Judgement:
    """What stands against an entry of the administration."""
    return _judged(event, lambda: entry(event, known))


def _judged(event: Event, found: Callable[[], Judgement]) -> Judgement:
    """What was found, or that the event has a form that no rule writes."""
    try:
        return found()
    except UNFIT:
        return judgement([Reason("judged-form", {"kind": event.kind})])


def _of_kind(event: Event, before: Ticket | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against what the event says, whoever wrote it."""
    if (before is None) != (event.kind in BEGINNINGS):
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    definition = known.definition(event.data["definition"] if before is None else before.definition)
    if definition is None:
        return Judgement((), (DEFINITION,))
    refuse_unknown_rules(definition)
    if before is None:
        return both(beginning(event, definition, known), _in_force(event, None, known))
    if event.kind == "did":
        return both(act(event, before, history, definition, known), _in_force(event, before, known))
    if event.kind == "amended":
        return correction(event, before, history, definition, known)
    if event.kind == "escalated":
        return rung(event, before, definition, known)
    if event.kind == HANDED_OVER:
        return handed_over(event, before, definition, known)
    if event.kind == "rescheduled":
        return rescheduled(event, before, definition, known)
    if event.kind == MIGRATED:
        return migrated(event, before, history, definition, known)
    if event.kind in (ASKED, ERASED):
        return erasure(event, before, history, known)
    if event.kind == MEASURED:
        return measured(event, before, known)
    if event.kind == REVERTED:
        return reverted(event, before, history, known)
    if event.kind == RECHECKED:
        return rechecked(event, before, history, known)
    if event.kind == LINKED:
        return linked(event, before, known)
    if event.kind == SET_ASIDE:
        return aside(event, before, known)
    return judgement([Reason("judged-kind", {"kind": event.kind})])


def _in_force(event: Event, before: Ticket | None, known: Known) -> Judgement:
    """Whether every unit to which the event gives something to do was in force. What is closed gives nobody anything to do."""
    effects = event.data.get("effects") or {}
    if effects.get("final", before is not None and before.final):
        return LAWFUL
    if not known.tells_units:
        return Judgement((), (UNITS,))
    if before is not None and not before.final and "lead" not in effects and "with" not in effects:
        return LAWFUL
    had = () if before is None or before.final else units_of(before)
    lead = event.data.get("lead") if before is None else before.lead
    together = event.data.get("with", ()) if before is None else before.cooperators
    given = dict.fromkeys((effects.get("lead", lead), *effects.get("with", together)))
    return judgement(
        Reason("judged-unit", {"unit": unit}) for unit in given if unit is not None and unit not in had and not known.in_force(unit)
    )
